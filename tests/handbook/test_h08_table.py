"""H 8: the table of a department is filled, with 「該当なし」 for one kind alone (handbook 1-2(1))."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kyoju_tui.overview.matrix import matrix
from kyoju_tui.overview.table import NothingMark, category_table
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.ui.widgets.matrix_table import MatrixTable
from tests.handbook.work import TODAY, Work, at_work

TITLE = "住み替え相談"


async def be_asked(work: Work) -> None:
    """Somebody has asked 住宅課 about everything."""
    whole = matrix(work.snapshot, TODAY)
    if whole.cells["sumai", "jutaku"].asked is None:
        fields = {"title": "取組等の照会", "issued_on": date(2026, 11, 2), "due_on": date(2026, 11, 30)}
        inquiry = Inquiry.model_validate({**fields, "targets": [{"department": "jutaku"}]})
        work.workspace.create("inquiry", inquiry, today=TODAY).result(timeout=60)


async def do_h08(work: Work) -> None:
    """See the table of 住宅課, fill its column 取組中, and answer that it has no data of its own."""
    await be_asked(work)
    await work.open("category-table", category="sumai")
    await work.press("f3")
    await work.type("jutaku")
    await work.press("enter")
    await work.sees("カテゴリー別整理表　住宅課")
    table = work.app.screen.query_one(MatrixTable)
    table.move_to("sumai", "under_way")
    await work.press("f4")
    await work.type(TITLE)
    await work.saved()
    table.move_to("sumai", "data")
    await work.press("ctrl+g")
    await work.sees("データだけ")
    await work.saved("enter")


async def test_h08_the_table_of_a_department_is_filled(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h08(work)
        await work.sees("該当なし")
        rows = category_table(matrix(work.snapshot, TODAY), "jutaku")
        row = next(each for each in rows if each.category.id == "sumai")
        assert [work.snapshot.title(ref) for ref in row.under_way] == [TITLE]
        assert row.nothing == (NothingMark("jutaku", "データ"),)
        assert work.subject() == "照会「取組等の照会」を更新"
        assert work.clean()
