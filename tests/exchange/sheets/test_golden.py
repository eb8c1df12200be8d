"""The golden case as a town has it in Excel: it comes in, and comes in only once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from kyoju_tui.exchange.sheets.creating import creating
from kyoju_tui.exchange.sheets.found import Origin
from kyoju_tui.exchange.sheets.names import Decisions
from kyoju_tui.overview.matrix import Matrix, matrix
from kyoju_tui.records.mapping import Mapping
from kyoju_tui.workspace.workspace import Workspace
from tests.exchange.sheets.town import DEPARTMENTS, TODAY, book_of, carry_out, golden_rows, plan


def counts(found: Matrix) -> tuple[int, int, int, int, int, int]:
    """Filled and empty cells, cells with an initiative, with issues only; rows with several such cells, with one."""
    filled = [cell for cell in found.cells.values() if cell.state == "記載あり"]
    with_work = [cell for cell in filled if cell.counts.initiatives]
    rows = Counter(cell.category for cell in with_work)
    several, one = sum(each >= 2 for each in rows.values()), sum(each == 1 for each in rows.values())
    return len(filled), len(found.cells) - len(filled), len(with_work), len(filled) - len(with_work), several, one


def test_the_golden_case_gives_its_counts_and_the_same_file_again_touches_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = book_of(tmp_path / "一覧表.xlsx", golden_rows())
    first = plan(workspace, path)
    assert not first.unknown
    assert {each.outcome for each in first.bringing.placed} == {"追加"}
    saved = carry_out(workspace, first)
    assert counts(matrix(workspace.snapshot, TODAY)) == (16, 14, 10, 6, 3, 2)
    assert "一覧表.xlsx" in saved.subject
    assert first.bringing.sha256[:12] in saved.subject
    entry = next(each for each in workspace.snapshot.entries.values() if each.title == "見守り訪問を実施")
    assert entry.source is not None
    assert Origin.parse(entry.source.document) == Origin("一覧表.xlsx", "一覧", "C4")
    again = plan(workspace, path)
    assert again.bringing.changes == ()
    assert {each.outcome for each in again.bringing.placed} == {"同じ"}
    assert any("聞き取り" in each for each in again.bringing.remarks)


def test_on_the_first_day_departments_are_made_in_the_same_commit(first_day: Workspace, tmp_path: Path) -> None:
    path = book_of(tmp_path / "一覧表.xlsx", golden_rows())
    asked = plan(first_day, path)
    assert asked.bringing.changes == ()
    assert {word for _, word in asked.unknown} == set(DEPARTMENTS)
    decisions = creating(Decisions(), asked.unknown, first_day.snapshot)
    made = {each.name: each.id for each in decisions.created}
    assert made["高齢福祉課"] == "koreifukushi"
    saved = carry_out(first_day, plan(first_day, path, decisions))
    assert counts(matrix(first_day.snapshot, TODAY)) == (16, 14, 10, 6, 3, 2)
    assert [each.name for each in first_day.snapshot.departments.values()] == list(DEPARTMENTS)
    assert saved.refs[0].startswith("departments/")
    assert len(first_day.snapshot.all(Mapping)) == 1
    assert plan(first_day, path).bringing.changes == ()
