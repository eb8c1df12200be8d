"""Causes and effects as a tree: several causes, repeated places, rings, areas."""

from __future__ import annotations

from itertools import pairwise

from kyoju_tui.overview.causes import Branch, causes, of_area
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot
from tests.building import Built, data, initiative, issue, snapshot


def chain(*links: str) -> list[Built]:
    """Issues from `a<b,c` (a has the causes b and c); the department is the first letter's."""
    found: list[Built] = []
    for link in links:
        name, _, behind = link.partition("<")
        found.append(issue(f"d{name[0]}", name, "korei", causes=behind.split(",") if behind else []))
    return found


def told(store: Snapshot, within: frozenset[Ref] | None = None) -> list[str]:
    """The tree as lines: indentation, id, mark."""
    return [f"{'.' * branch.depth}{branch.ref.id}{branch.mark}" for branch in causes(store).tree(within)]


def test_effects_stand_below_their_cause_across_departments() -> None:
    store = snapshot(*chain("akiya<ninaite", "kaimono<shoten", "ninaite", "shoten<ninaite", "yuki"))
    assert told(store) == ["ninaite", ".akiya", ".shoten", "..kaimono", "yuki"]
    first = causes(store).tree()[1]
    assert first == Branch(Ref("entries/da/akiya"), 1, Ref("entries/dn/ninaite"))


def test_an_issue_with_two_causes_stands_twice_and_its_effects_once() -> None:
    store = snapshot(*chain("a", "b", "c<a,b", "d<c"))
    assert told(store) == ["a", ".c", "..d", "b", ".c再掲"]


def test_a_leaf_that_is_repeated_hides_nothing() -> None:
    assert told(snapshot(*chain("a", "b", "c<a,b"))) == ["a", ".c", "b", ".c"]


def test_a_ring_ends_and_is_named() -> None:
    store = snapshot(*chain("a<c", "b<a", "c<b", "d<a"))
    assert told(store) == ["a", ".b", "..c", "...a循環", ".d"]
    ring = next(branch.ring for branch in causes(store).tree() if branch.mark)
    assert [ref.id for ref in ring] == ["a", "b", "c"]


def test_an_issue_that_is_its_own_cause() -> None:
    assert told(snapshot(*chain("a<a"))) == ["a", ".a循環"]


def test_a_ring_below_a_root() -> None:
    assert told(snapshot(*chain("a", "b<a,c", "c<b"))) == ["a", ".b", "..c", "...b循環"]


def test_what_is_no_issue_and_what_is_gone() -> None:
    store = snapshot(
        issue("korei", "a", "korei", causes=["b", "gone"]),
        initiative("korei", "b", "korei"),
        initiative("korei", "c", "korei"),
        data("korei", "e", "korei"),
    )
    assert told(store) == ["b", ".a"]


def test_a_chain_of_thousands() -> None:
    names = [f"k{number:04d}" for number in range(3000)]
    links = [f"{name}<{before}" for before, name in pairwise(names)]
    assert len(told(snapshot(*chain(names[0], *links)))) == 3000


def test_of_an_area_with_what_it_hangs_on() -> None:
    store = snapshot(
        *chain("a", "b<a", "x<a", "other"),
        issue("dc", "c", "korei", causes=["b"], areas=["honcho"]),
        issue("dd", "d", "korei", causes=["c"]),
    )
    around = causes(store).around(of_area(store, "honcho"))
    assert told(store, around) == ["a", ".b", "..c", "...d"]
    assert told(store, causes(store).around(of_area(store, "nowhere"))) == []


def test_near_and_far() -> None:
    found = causes(snapshot(*chain("a", "b<a", "c<b")))
    first, last = found.issues[0], found.issues[-1]
    assert [ref.id for ref in sorted(found.led_to(first))] == ["b", "c"]
    assert [ref.id for ref in sorted(found.led_from(last))] == ["a", "b"]


def test_every_issue_has_a_place_whatever_the_links() -> None:
    names = [f"k{number:03d}" for number in range(300)]
    # Two causes each, spread so that there are chains, joints and rings of many lengths.
    links = [f"{name}<{names[n * 7 % 300]},{names[(n * n + 1) % 300]}" for n, name in enumerate(names)]
    found = causes(snapshot(*chain(*links)))
    tree = found.tree()
    assert {branch.ref for branch in tree} == set(found.issues)
    assert len({(branch.ref, branch.cause) for branch in tree}) == len(tree)
