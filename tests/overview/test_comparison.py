"""Two moments side by side."""

from __future__ import annotations

from datetime import date

from kyoju_tui.overview.comparison import compare, naming
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot
from tests.building import COLUMNS, ROWS, initiative, issue, meeting, record, snapshot, with_records

BEFORE = snapshot(
    *ROWS,
    *COLUMNS,
    initiative("fukushi", "a1", "korei", title="見守り訪問", status="検討中", outline="一人で。"),
    initiative("fukushi", "a2", "korei joho", title="配食"),
    issue("jutaku", "b1", "kosodate", title="空き家"),
    meeting("m1", date(2026, 10, 7), {"text": "よい"}),
)


def after() -> Snapshot:
    changed = with_records(
        BEFORE,
        initiative("fukushi", "a1", "korei", title="見守り訪問", status="取組中", outline="二人で。"),
        initiative("jutaku", "a2", "korei joho", title="配食"),
        initiative("fukushi", "c1", "joho", title="案内板"),
        meeting("m1", date(2026, 10, 7), {"text": "よい"}, {"text": "わるい"}),
    )
    return changed.replacing({Ref("entries/fukushi/a2"): None, Ref("entries/jutaku/b1"): None})


def test_what_came_went_and_changed() -> None:
    found = compare(BEFORE, after())
    assert not found.empty
    assert [(each.kind_label, each.title, each.where, each.ref) for each in found.added] == [
        ("取組", "案内板", "高齢福祉課・情報", "entries/fukushi/c1")
    ]
    assert [(each.kind_label, each.title, each.where) for each in found.removed] == [
        ("課題", "空き家", "住宅課・子育て")
    ]
    assert [(each.title, each.moved_from) for each in found.changed] == [
        ("見守り訪問", None),
        ("配食", "entries/fukushi/a2"),
        ("意見交換会", None),
    ]
    told, moved, met = found.changed
    assert [(each.field, each.before, each.after) for each in told.changes] == [
        ("status", "検討中", "取組中"),
        ("outline", "一人で。", "二人で。"),
    ]
    assert [(each.label, each.before, each.after) for each in moved.changes] == [("部署", "fukushi", "jutaku")]
    assert [(each.field, each.item) for each in met.changes] == [("opinions[o2]", "わるい")]
    # All fields of what came and went.
    assert {each.field for each in found.added[0].changes} == {"title", "kind", "status", "categories"}
    assert all(each.after is None for each in found.removed[0].changes)


def test_the_other_way_round_mirrors_it() -> None:
    there, back = compare(BEFORE, after()), compare(after(), BEFORE)
    assert [each.ref for each in there.added] == [each.ref for each in back.removed]
    assert [each.ref for each in there.removed] == [each.ref for each in back.added]
    assert [[(each.before, each.after) for each in one.changes] for one in there.changed] == [
        [(each.after, each.before) for each in one.changes] for one in back.changed
    ]


def test_the_same_moment_differs_in_nothing() -> None:
    again = Snapshot({ref: each.model_copy() for ref, each in BEFORE.records.items()})
    assert compare(BEFORE, again).empty and compare(BEFORE, BEFORE).empty


def test_of_one_record_wherever_it_was() -> None:
    for ref in ("entries/fukushi/a2", "entries/jutaku/a2"):
        found = compare(BEFORE, after(), Ref(ref))
        assert ([each.title for each in found.changed], found.added, found.removed) == (["配食"], (), ())
    assert [each.title for each in compare(BEFORE, after(), Ref("entries/fukushi/c1")).added] == ["案内板"]
    assert compare(BEFORE, after(), Ref("meetings/a2")).empty


def test_in_the_order_of_kinds_and_titles() -> None:
    later = with_records(
        BEFORE,
        record("theme", "t1", title="あ"),
        record("area", "n1", name="本町"),
        initiative("fukushi", "z1", "korei", title="い"),
        initiative("fukushi", "z2", "korei", title="あ"),
        record("category", "kankyo", name="環境"),
    )
    assert [each.title for each in compare(BEFORE, later).added] == ["環境", "あ", "い", "あ", "本町"]


def test_names_are_those_of_their_time() -> None:
    later = with_records(BEFORE, record("department", "fukushi", name="長寿課")).replacing(
        {Ref("departments/jutaku"): None}
    )
    name = naming(BEFORE, later)
    assert [name("department", each) for each in ("fukushi", "jutaku", "common", "none")] == [
        "長寿課",
        "住宅課",
        "共通",
        "none",
    ]
    point = record("finding", "f1", rule="alike", subjects=["entries/fukushi/a1", "entries/none/x"])
    (found,) = compare(BEFORE, with_records(BEFORE, point)).added
    assert found.title == "見守り訪問・entries/none/x"


def test_a_record_that_cannot_be_read_at_one_moment_neither_came_nor_went() -> None:
    ref = Ref("entries/fukushi/a1")
    broken = BEFORE.replacing({ref: None}, [ref])
    assert compare(BEFORE, broken).empty and compare(broken, BEFORE).empty
