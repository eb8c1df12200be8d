"""A corrected sheet shows its difference, merged by field with what changed here since; what is gone stays gone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kyoju_tui.exchange.books.values import Value
from kyoju_tui.exchange.bringing import Placed
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.past.undoing import undoing
from kyoju_tui.workspace.workspace import Workspace
from tests.exchange.sheets.town import TODAY, book_of, carry_out, plan

HEAD = ["担当課", "事業名", "概要", "予算額（千円）", "対象者", "カテゴリー"]
VISITS: list[Value] = ["高齢福祉課", "見守り訪問", "月に1回訪ねる。", 1200, "ひとり暮らしの方", "高齢者"]
MEALS: list[Value] = ["高齢福祉課", "配食", "昼食を届ける。", 800, "75歳以上", "高齢者"]


def sheet(folder: Path, *rows: Sequence[Value], name: str = "事業.xlsx") -> Path:
    return book_of(folder / name, [HEAD, *rows])


def the(workspace: Workspace, title: str) -> tuple[Ref, Entry]:
    return next((ref, each) for ref, each in workspace.snapshot.entries.items() if each.title == title)


def differing(placed: Sequence[Placed]) -> list[tuple[str, str, str, str]]:
    return [(each.outcome, each.label, each.before, each.after) for each in placed if each.outcome != "同じ"]


def test_both_sides_changes_are_merged_and_the_sheet_again_touches_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    carry_out(workspace, plan(workspace, sheet(tmp_path, VISITS, MEALS)))
    ref, entry = the(workspace, "見守り訪問")
    workspace.save(ref, entry.but(title="見守り訪問（協力員）", difficulties="担い手が足りない。")).result(60)
    corrected = sheet(tmp_path, [*VISITS[:3], 1500, *VISITS[4:]], MEALS)
    found = plan(workspace, corrected)
    assert differing(found.bringing.placed) == [("変更", "予算額（千円）", "1200", "1500")]
    carry_out(workspace, found)
    merged = workspace.snapshot.expect(ref, Entry)
    assert (merged.title, merged.budget_thousand_yen, merged.difficulties) == (
        "見守り訪問（協力員）",
        1500,
        "担い手が足りない。",
    )
    assert plan(workspace, corrected).bringing.changes == ()


def test_what_both_changed_waits_for_a_person(workspace: Workspace, tmp_path: Path) -> None:
    carry_out(workspace, plan(workspace, sheet(tmp_path, VISITS)))
    ref, entry = the(workspace, "見守り訪問")
    workspace.save(ref, entry.but(outline="週に1回訪ねる。")).result(60)
    corrected = sheet(tmp_path, [*VISITS[:2], "月に2回訪ねる。", *VISITS[3:]])
    for _ in range(2):
        found = plan(workspace, corrected)
        assert differing(found.bringing.placed) == [("食い違い", "概要", "週に1回訪ねる。", "月に2回訪ねる。")]
        assert found.bringing.changes == ()


def test_rows_that_move_and_a_name_that_is_corrected_stay_the_same_entries(
    workspace: Workspace, tmp_path: Path
) -> None:
    carry_out(workspace, plan(workspace, sheet(tmp_path, VISITS, MEALS)))
    before = set(workspace.snapshot.entries)
    new: list[Value] = ["住宅課", "空き家相談", "相談を受ける。", 10, "所有者", "住まい"]
    corrected = sheet(tmp_path, new, VISITS, ["高齢福祉課", "配食サービス", *MEALS[2:]])
    found = plan(workspace, corrected)
    assert [each.outcome for each in found.bringing.placed if each.outcome != "同じ"].count("追加") == 1
    carry_out(workspace, found)
    assert len(workspace.snapshot.entries) == 3
    assert before < set(workspace.snapshot.entries)
    assert plan(workspace, corrected).bringing.changes == ()


def test_an_emptied_cell_empties_its_field_and_a_row_that_is_gone_leaves_the_record(
    workspace: Workspace, tmp_path: Path
) -> None:
    carry_out(workspace, plan(workspace, sheet(tmp_path, VISITS, MEALS)))
    found = plan(workspace, sheet(tmp_path, [*VISITS[:4], "", VISITS[5]]))
    assert ("消去", "対象者", "ひとり暮らしの方", "") in differing(found.bringing.placed)
    (gone,) = found.bringing.of("不明")
    assert gone.title == "配食"
    carry_out(workspace, found)
    assert the(workspace, "見守り訪問")[1].target_group is None
    assert the(workspace, "配食")[1].target_group == "75歳以上"


def test_what_was_deleted_here_does_not_come_back_but_an_import_that_was_undone_does(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = sheet(tmp_path, VISITS, MEALS)
    carry_out(workspace, plan(workspace, path))
    workspace.delete(the(workspace, "配食")[0]).result(60)
    found = plan(workspace, path)
    assert found.bringing.changes == ()
    assert any("削除" in each.why for each in found.bringing.of("同じ"))
    workspace.submit(undoing(workspace)).result(60)
    workspace.submit(undoing(workspace)).result(60)
    assert not workspace.snapshot.entries
    assert len(plan(workspace, path).bringing.of("追加")) == 2


def test_an_entry_that_moved_to_another_department_is_followed(workspace: Workspace, tmp_path: Path) -> None:
    path = sheet(tmp_path, VISITS)
    carry_out(workspace, plan(workspace, path))
    workspace.move(the(workspace, "見守り訪問")[0], "shimin").result(60)
    assert plan(workspace, path).bringing.changes == ()


def test_what_somebody_typed_before_is_filled_and_never_replaced(workspace: Workspace, tmp_path: Path) -> None:
    typed = Entry(title="見守り訪問", kind="取組", status="検討中", categories=("koreisha",), outline="まだ案です。")
    ref = workspace.new_ref("entry", typed, department="korei", today=TODAY)
    workspace.save(ref, typed).result(60)
    path = sheet(tmp_path, VISITS)
    found = plan(workspace, path)
    assert ("食い違い", "概要", "まだ案です。", "月に1回訪ねる。") in differing(found.bringing.placed)
    carry_out(workspace, found)
    (entry,) = workspace.snapshot.entries.values()
    assert (entry.outline, entry.status, entry.budget_thousand_yen) == ("まだ案です。", "検討中", 1200)
    again = plan(workspace, path)
    assert again.bringing.changes == ()
    assert {each[0] for each in differing(again.bringing.placed)} == {"食い違い"}


def test_a_corrected_sheet_under_another_name_makes_nothing_twice(workspace: Workspace, tmp_path: Path) -> None:
    carry_out(workspace, plan(workspace, sheet(tmp_path, VISITS, MEALS)))
    found = plan(workspace, sheet(tmp_path, VISITS, [*MEALS[:3], 900, *MEALS[4:]], name="事業（修正版）.xlsx"))
    assert differing(found.bringing.placed) == [("変更", "予算額（千円）", "800", "900")]


def test_a_table_with_less_in_it_takes_nothing_from_what_another_one_told(workspace: Workspace, tmp_path: Path) -> None:
    projects = sheet(tmp_path, [*VISITS[:5], "高齢者、住まい"])
    carry_out(workspace, plan(workspace, projects))
    ref, before = the(workspace, "見守り訪問")
    crossing = book_of(
        tmp_path / "一覧表.xlsx",
        [["カテゴリー", "高齢福祉課", "住宅課"], ["子育て", "", "広場"], ["住まい", "見守り訪問", ""]],
    )
    found = plan(workspace, crossing)
    assert [each[0] for each in differing(found.bringing.placed)] == ["追加"]
    carry_out(workspace, found)
    assert workspace.snapshot.expect(ref, Entry) == before
    for path in (projects, crossing):
        assert plan(workspace, path).bringing.changes == ()
