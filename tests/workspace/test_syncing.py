"""Two clones and a bare remote: what one records the other receives, merged by field; conflicts are a question."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from kyoju_tui.files.tree import read_tree
from kyoju_tui.records.category import Category
from kyoju_tui.records.department import Department
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import NewerFormat, NoIdentity, Refused
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.requests import Base, Put
from kyoju_tui.workspace.sync import syncing
from kyoju_tui.workspace.sync.syncing import HandEdited, NeedsDecision, NoRemote
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF
from tests.workspace.clones import Clone, bare, clone, git
from tests.workspace.conftest import HOUSES, VISITS, initiative

COLLEAGUE = "高齢福祉課 担当 <korei@example.jp>"
NEW = Ref("entries/korei/20261105-fffff")


@dataclass
class Two:
    remote: Path
    here: Clone
    there: Clone


@pytest.fixture
def sent(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store that was sent to an empty remote, that remote, and a colleague's clone: made once."""
    folder = tmp_path_factory.getbasetemp() / "shelf" / "sent"
    if not folder.exists():
        folder.mkdir(parents=True)
        remote = bare(folder / "remote.git")
        here = Clone(Path(shutil.copytree(root, folder / "town")), STAFF)
        syncing.set_remote(here.workspace, str(remote))
        here.sync()
        there = clone(remote, folder / "colleague", COLLEAGUE)
        here.workspace.close()
        there.workspace.close()
    return folder


@pytest.fixture
def two(sent: Path, tmp_path: Path) -> Generator[Two]:
    """The first copy and the colleague's clone, with a remote of their own."""
    folder = Path(shutil.copytree(sent, tmp_path / "sent"))
    for name in ("town", "colleague"):
        git(folder / name, "config", "remote.origin.url", str(folder / "remote.git"))
    here, there = Clone(folder / "town", STAFF), Clone(folder / "colleague", COLLEAGUE)
    yield Two(folder / "remote.git", here, there)
    here.workspace.close()
    there.workspace.close()


def settled(*clones: Clone) -> None:
    """All have the same tree, clean, and it is sound for git."""
    trees = {git(each.root, "rev-parse", "HEAD^{tree}") for each in clones}
    assert len(trees) == 1
    for each in clones:
        assert git(each.root, "status", "--porcelain") == ""
        git(each.root, "fsck", "--strict")
        assert read_tree(each.root).data == {ref: each.workspace.base(ref).data for ref in read_tree(each.root).data}


def test_the_first_exchange_fills_an_empty_remote(root: Path, tmp_path: Path) -> None:
    remote = bare(tmp_path / "remote.git")
    here = Clone(root, STAFF)
    with pytest.raises(NoRemote):
        here.sync()
    syncing.set_remote(here.workspace, str(remote))
    before = syncing.standing(here.workspace)
    assert (before.to_send, before.to_receive, before.looked_at) == (2, 0, None)

    done = here.sync()

    assert (done.sent, done.received, done.commit) == (2, 0, None)
    assert git(remote, "rev-parse", "main") == git(root, "rev-parse", "HEAD")
    after = syncing.standing(here.workspace)
    assert (after.remote, after.to_send, after.to_receive, after.trouble) == (str(remote), 0, 0, "")
    assert after.looked_at is not None
    assert here.steps == ["受信しています", "合わせています", "送信しています"]
    here.workspace.close()


def test_what_one_records_the_other_receives(two: Two) -> None:
    two.there.put(VISITS, status="取組中")
    two.there.workspace.batch(
        [Put(NEW, initiative("新しい訪問", "koreisha"), Base(NEW, None))], action="create"
    ).result()
    two.there.sync()
    assert syncing.look(two.here.workspace).to_receive == 2
    seen: list[Ref] = []
    two.here.workspace.subscribe(lambda changed: seen.extend(changed.refs))

    done = two.here.sync()

    assert (done.received, done.sent, done.commit) == (2, 0, None)
    assert set(done.taken) == {VISITS, NEW} == set(seen)
    assert two.here.entry(VISITS).status == "取組中"
    assert two.here.entry(NEW).title == "新しい訪問"
    settled(two.here, two.there)


def test_fields_of_one_record_are_merged_and_comments_stay(two: Two) -> None:
    file = two.here.root / VISITS.path
    file.write_text("# 係の覚え書き\n" + file.read_text())
    two.here.put(VISITS, direction="広げる")
    two.there.put(VISITS, status="取組中")
    two.there.put(HOUSES, direction="続ける")
    two.there.sync()

    done = two.here.sync()

    assert (done.received, done.merged, done.taken) == (2, (VISITS,), (HOUSES,))
    entry = two.here.entry(VISITS)
    assert (entry.status, entry.direction) == ("取組中", "広げる")
    assert file.read_text().startswith("# 係の覚え書き\n")
    message = git(two.here.root, "log", "-1", "--format=%B")
    assert message.startswith("受信：取組「見守り訪問」ほか1件\n")
    assert git(two.here.root, "log", "-1", "--format=%(trailers:key=Kyoju-Record,valueonly)").split() == [
        VISITS,
        HOUSES,
    ]
    assert git(two.here.root, "log", "-1", "--format=%(trailers:key=Kyoju-Action,valueonly)") == "merge"
    assert len(git(two.here.root, "log", "-1", "--format=%P").split()) == 2
    assert git(two.remote, "rev-parse", "main") == git(two.here.root, "rev-parse", "HEAD") == done.commit
    two.there.sync()
    settled(two.here, two.there)


def test_comments_that_only_the_other_side_has_stay_too(two: Two) -> None:
    file = two.there.root / VISITS.path
    file.write_text("# あちらの覚え書き\n" + file.read_text().replace("\nstatus", "\n# 議会で説明済み\nstatus"))
    two.there.put(VISITS, status="取組中")
    two.there.sync()
    two.here.put(VISITS, direction="広げる")

    assert two.here.sync().merged == (VISITS,)

    entry, text = two.here.entry(VISITS), (two.here.root / VISITS.path).read_text()
    assert (entry.status, entry.direction) == ("取組中", "広げる")
    assert text.startswith("# あちらの覚え書き\n")
    assert '\n# 議会で説明済み\nstatus = "取組中"\n' in text
    two.there.sync()
    settled(two.here, two.there)


def test_what_both_changed_is_asked_and_nothing_changes_before(two: Two) -> None:
    two.here.put(VISITS, direction="広げる", outline="こちらの文。")
    two.there.put(VISITS, direction="改善する", status="取組中")
    two.there.sync()
    before = git(two.here.root, "rev-parse", "HEAD")

    with pytest.raises(NeedsDecision) as asked:
        two.here.sync()

    (waiting,) = asked.value.records
    (conflict,) = waiting.conflicts
    assert (waiting.ref, waiting.title) == (VISITS, "取組「見守り訪問」")
    assert (conflict.field, conflict.base, conflict.ours, conflict.theirs) == ("direction", None, "広げる", "改善する")
    assert [name for name, _ in waiting.theirs_by] == ["高齢福祉課 担当"]
    assert git(two.here.root, "rev-parse", "HEAD") == before
    assert git(two.here.root, "status", "--porcelain") == ""
    assert syncing.standing(two.here.workspace).undecided == 1

    # After a restart it still waits, and what was decided is kept.
    again = Workspace.open(two.here.root, author=STAFF)
    assert [each.ref for each in syncing.undecided(again)] == [VISITS]
    syncing.decide(again, VISITS, {"direction": "改善する"})
    again.close()
    assert syncing.undecided(two.here.workspace) == ()

    done = two.here.sync()
    assert done.merged == (VISITS,)
    entry = two.here.entry(VISITS)
    assert (entry.direction, entry.outline, entry.status) == ("改善する", "こちらの文。", "取組中")
    assert syncing.standing(two.here.workspace).undecided == 0
    two.there.sync()
    settled(two.here, two.there)


def test_a_decision_holds_only_for_what_it_was_made_on(two: Two) -> None:
    two.here.put(VISITS, direction="広げる")
    two.there.put(VISITS, direction="改善する")
    two.there.sync()
    with pytest.raises(NeedsDecision):
        two.here.sync()
    syncing.decide(two.here.workspace, VISITS, {"direction": "新しい方法にする"})
    two.there.put(VISITS, direction="終了する")
    two.there.sync()
    with pytest.raises(NeedsDecision):
        two.here.sync()
    syncing.decide(two.here.workspace, VISITS, {"direction": None})
    two.here.sync()
    assert two.here.entry(VISITS).direction is None


def test_a_deletion_against_a_change_is_a_question(two: Two) -> None:
    two.here.workspace.delete(VISITS).result()
    two.there.put(VISITS, status="取組中")
    two.there.sync()
    with pytest.raises(NeedsDecision) as asked:
        two.here.sync()
    (waiting,) = asked.value.records
    (conflict,) = waiting.conflicts
    assert (conflict.field, conflict.ours) == ("", None)
    assert waiting.theirs is not None
    syncing.decide(two.here.workspace, VISITS, {"": conflict.theirs})
    two.here.sync()
    assert two.here.entry(VISITS).status == "取組中"
    two.there.sync()
    settled(two.here, two.there)


def test_a_deletion_on_one_side_alone_is_taken(two: Two) -> None:
    two.there.workspace.delete(VISITS).result()
    two.there.sync()
    two.here.put(HOUSES, status="取組中")
    two.here.sync()
    assert VISITS not in two.here.workspace.snapshot
    assert not (two.here.root / VISITS.path).exists()
    two.there.sync()
    settled(two.here, two.there)


def test_a_moved_entry_takes_the_other_sides_edit_along(two: Two) -> None:
    two.here.workspace.move(HOUSES, "korei").result()
    two.there.put(HOUSES, status="取組中")
    two.there.sync()
    two.here.sync()
    moved = Ref(f"entries/korei/{HOUSES.id}")
    assert two.here.entry(moved).status == "取組中"
    assert HOUSES not in two.here.workspace.snapshot
    two.there.sync()
    settled(two.here, two.there)

    # The other way round: edited here, moved there.
    two.there.workspace.move(moved, "jutaku").result()
    two.there.sync()
    two.here.put(moved, direction="広げる")
    two.here.sync()
    assert two.here.entry(HOUSES).direction == "広げる"
    assert moved not in two.here.workspace.snapshot
    two.there.sync()
    settled(two.here, two.there)


def test_an_entry_moved_to_two_departments_is_a_question(two: Two) -> None:
    for each, name in ((two.here, "machi"), (two.there, "fukushi")):
        ref = Ref(f"departments/{name}")
        each.workspace.batch([Put(ref, Department(name=f"{name}課"), Base(ref, None))], action="create").result()
        each.workspace.move(HOUSES, name).result()
    two.there.sync()
    with pytest.raises(NeedsDecision) as asked:
        two.here.sync()
    (conflict,) = asked.value.records[0].conflicts
    assert (conflict.field, conflict.base, conflict.ours, conflict.theirs) == (
        "department",
        "jutaku",
        "machi",
        "fukushi",
    )
    syncing.decide(two.here.workspace, asked.value.records[0].ref, {"department": "fukushi"})
    two.here.sync()
    assert [ref for ref in two.here.workspace.snapshot.entries if ref.id == HOUSES.id] == [
        f"entries/fukushi/{HOUSES.id}"
    ]
    two.there.sync()
    settled(two.here, two.there)


def test_a_record_taken_away_while_another_began_to_name_it_is_a_question(two: Two) -> None:
    category = Ref("categories/kosodate")
    two.there.workspace.delete(category).result()
    two.there.sync()
    two.here.put(VISITS, categories=["koreisha", "kosodate"])
    with pytest.raises(NeedsDecision) as asked:
        two.here.sync()
    (waiting,) = asked.value.records
    assert waiting.ref == category
    assert "参照しています" in waiting.why
    syncing.decide(two.here.workspace, category, {"": waiting.ours})
    two.here.sync()
    assert isinstance(two.here.workspace.snapshot.get(category), Category)
    two.there.sync()
    settled(two.here, two.there)


def test_the_same_the_other_way_round(two: Two) -> None:
    category = Ref("categories/kosodate")
    two.there.put(VISITS, categories=["koreisha", "kosodate"])
    two.there.sync()
    two.here.workspace.delete(category).result()
    with pytest.raises(NeedsDecision) as asked:
        two.here.sync()
    assert [each.ref for each in asked.value.records] == [category]
    syncing.decide(two.here.workspace, category, {"": None})
    two.here.sync()
    assert two.here.workspace.snapshot.get(category) is None
    two.there.sync()
    settled(two.here, two.there)


def test_fields_that_contradict_each_other_together_are_a_question(two: Two) -> None:
    ref = Ref("departments/jutaku")
    department = two.here.workspace.snapshot.expect(ref, Department)
    two.here.workspace.save(ref, department.but(**{"from": date(2027, 4, 1)})).result()
    two.there.workspace.save(ref, department.but(until=date(2026, 3, 31))).result()
    two.there.sync()
    with pytest.raises(NeedsDecision) as asked:
        two.here.sync()
    (waiting,) = asked.value.records
    assert {conflict.field for conflict in waiting.conflicts} == {"from", "until"}
    values = {conflict.field: conflict.ours for conflict in waiting.conflicts}
    syncing.decide(two.here.workspace, ref, values)
    two.here.sync()
    assert two.here.workspace.snapshot.expect(ref, Department).until is None


def test_a_broken_file_is_taken_as_it_is_and_hides_nothing_else(two: Two) -> None:
    broken = two.there.root / VISITS.path
    broken.write_text("title = \n")
    git(two.there.root, "commit", "-qam", "by hand")
    two.there.put(HOUSES, status="取組中")
    two.there.sync()
    two.here.put(Ref(HOUSES), direction="広げる")
    two.here.sync()
    assert two.here.entry(HOUSES).status == "取組中"
    assert VISITS in two.here.workspace.snapshot.broken
    assert (two.here.root / VISITS.path).read_text() == "title = \n"


def test_a_broken_file_that_both_changed_is_a_question(two: Two) -> None:
    (two.there.root / VISITS.path).write_text("title = \n")
    git(two.there.root, "commit", "-qam", "by hand")
    two.there.sync()
    two.here.put(VISITS, status="取組中")
    with pytest.raises(NeedsDecision) as asked:
        two.here.sync()
    (conflict,) = asked.value.records[0].conflicts
    assert conflict.theirs == "title = \n"
    syncing.decide(two.here.workspace, VISITS, {"": conflict.ours})
    two.here.sync()
    assert two.here.entry(VISITS).status == "取組中"


def test_other_files_that_both_changed_are_a_question(two: Two) -> None:
    for each, text in ((two.here, "こちら\n"), (two.there, "あちら\n")):
        (each.root / "README.md").write_text(text)
        git(each.root, "add", "README.md")
        git(each.root, "commit", "-qm", "readme")
    two.there.sync()
    with pytest.raises(NeedsDecision) as asked:
        two.here.sync()
    (waiting,) = asked.value.records
    assert waiting.ref == "README.md"
    syncing.decide(two.here.workspace, waiting.ref, {"": "あちら\n"})
    two.here.sync()
    assert (two.here.root / "README.md").read_text() == "あちら\n"
    # Ours is still reachable.
    assert "こちら" in git(two.here.root, "show", "HEAD^1:README.md")


def test_a_store_of_a_newer_format_is_not_received(two: Two) -> None:
    file = two.there.root / "store.toml"
    file.write_text(file.read_text().replace("format = 1", "format = 2"))
    git(two.there.root, "commit", "-qam", "newer")
    git(two.there.root, "push", "-q")
    with pytest.raises(NewerFormat):
        two.here.sync()
    assert "format = 1" in (two.here.root / "store.toml").read_text()
    assert "新しい版" in syncing.standing(two.here.workspace).trouble


def test_links_are_not_received(two: Two) -> None:
    (two.there.root / "entries/korei/20261105-aaaaa.toml").symlink_to("/etc/passwd")
    git(two.there.root, "add", ".")
    git(two.there.root, "commit", "-qm", "link")
    git(two.there.root, "push", "-q")
    with pytest.raises(Refused, match="通常のファイルではない"):
        two.here.sync()
    assert git(two.here.root, "status", "--porcelain") == ""


def test_hand_edits_are_never_overwritten(two: Two) -> None:
    two.there.put(VISITS, status="取組中")
    two.there.sync()
    file = two.here.root / VISITS.path
    file.write_text(file.read_text().replace("見守り訪問", "あんしん訪問"))
    untouched = two.here.root / HOUSES.path
    untouched.write_text(untouched.read_text() + "# 手書き\n")
    head = git(two.here.root, "rev-parse", "HEAD")

    with pytest.raises(HandEdited) as refused:
        two.here.sync()

    assert refused.value.paths == (VISITS.path,)
    assert "あんしん訪問" in file.read_text()
    assert git(two.here.root, "rev-parse", "HEAD") == head
    # A hand edit elsewhere stays, and hinders nothing.
    git(two.here.root, "checkout", "-q", "--", VISITS.path)
    two.here.sync()
    assert untouched.read_text().endswith("# 手書き\n")
    assert git(two.here.root, "status", "--porcelain") == f"M {HOUSES.path}"


def test_a_new_file_is_not_written_over_one_that_nobody_recorded(two: Two) -> None:
    two.there.workspace.batch([Put(NEW, initiative("新しい訪問"), Base(NEW, None))], action="create").result()
    two.there.sync()
    (two.here.root / NEW.path).write_text("# 書きかけ\n")
    with pytest.raises(HandEdited):
        two.here.sync()
    assert (two.here.root / NEW.path).read_text() == "# 書きかけ\n"


def test_clocks_decide_nothing(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    ref = Ref("entries/korei/20261106-ggggg")
    for each, when, text in (
        (two.here, "2001-01-01T00:00:00", "広げる"),
        (two.there, "2099-01-01T00:00:00", "改善する"),
    ):
        monkeypatch.setenv("GIT_AUTHOR_DATE", when)
        monkeypatch.setenv("GIT_COMMITTER_DATE", when)
        file = each.root / (HOUSES if each is two.here else VISITS).path
        file.write_text(file.read_text() + f'direction = "{text}"\n')
        git(each.root, "commit", "-qam", "by hand")
    monkeypatch.undo()
    two.there.sync()
    two.here.workspace.refresh()
    done = two.here.sync()
    assert (done.received, done.taken) == (1, (VISITS,))
    two.there.sync()
    two.there.workspace.refresh()
    assert (two.there.entry(HOUSES).direction, two.there.entry(VISITS).direction) == ("広げる", "改善する")
    settled(two.here, two.there)
    assert ref not in two.here.workspace.snapshot


def test_without_a_name_nothing_is_merged_but_can_be_received(two: Two) -> None:
    two.there.put(VISITS, status="取組中")
    two.there.sync()
    nobody = Workspace.open(two.here.root, environ={})
    syncing.sync(nobody, told=lambda _: None)
    assert nobody.snapshot.expect(VISITS, Entry).status == "取組中"
    two.here.put(VISITS, direction="広げる")
    two.there.put(HOUSES, status="取組中")
    two.there.sync()
    with pytest.raises(NoIdentity):
        syncing.sync(nobody, told=lambda _: None)
    nobody.close()


def test_a_rehearsal_changes_nothing(two: Two) -> None:
    two.there.put(VISITS, status="取組中")
    two.there.sync()
    two.here.put(VISITS, direction="広げる")
    before = git(two.here.root, "rev-parse", "HEAD")
    found = syncing.rehearsal(two.here.workspace)
    assert (found.to_receive, found.to_send, found.merged, found.undecided) == (1, 2, (VISITS,), ())
    assert git(two.here.root, "rev-parse", "HEAD") == before


def test_two_on_one_copy_exchange_at_once(two: Two) -> None:
    two.there.put(VISITS, status="取組中")
    two.there.sync()
    two.here.put(HOUSES, direction="広げる")
    others = [Workspace.open(two.here.root, author=STAFF) for _ in range(3)]
    with ThreadPoolExecutor(3) as hands:
        found = list(hands.map(partial(syncing.sync, told=lambda _: None), others))
    assert sum(each.commit is not None for each in found) == 1
    for each in others:
        each.close()
    two.here.workspace.refresh()
    two.there.sync()
    settled(two.here, two.there)


def crossed(two: Two) -> None:
    """Each side has merged the other's change by hand: they have two latest common versions."""
    two.here.put(VISITS, status="取組中")
    two.there.put(HOUSES, status="取組中")
    names = {each.root: git(each.root, "rev-parse", "HEAD") for each in (two.here, two.there)}
    for mine, other in ((two.here, two.there), (two.there, two.here)):
        git(mine.root, "fetch", "-q", str(other.root), "main:refs/heads/other")
        git(mine.root, "merge", "-q", "--no-edit", names[other.root])
        mine.workspace.refresh()


def test_histories_that_cross_are_merged_too(two: Two) -> None:
    crossed(two)
    two.here.put(VISITS, status="終了", note="こちらの備考")
    two.there.put(VISITS, direction="広げる")
    two.there.put(HOUSES, note="あちらの備考")
    two.there.sync()
    git(two.here.root, "fetch", "-q", "origin")
    assert len(git(two.here.root, "merge-base", "--all", "HEAD", "origin/main").split()) == 2
    # Of the two common versions one has this status, the other has not: nothing is guessed.
    with pytest.raises(NeedsDecision) as asked:
        two.here.sync()
    (waiting,) = asked.value.records
    assert (waiting.ref, [each.field for each in waiting.conflicts]) == (VISITS, ["status"])
    syncing.decide(two.here.workspace, VISITS, {"status": "終了"})
    two.here.sync()
    visits, houses = two.here.entry(VISITS), two.here.entry(HOUSES)
    assert (visits.status, visits.note, visits.direction) == ("終了", "こちらの備考", "広げる")
    assert (houses.status, houses.note) == ("取組中", "あちらの備考")
    two.there.sync()
    settled(two.here, two.there)
