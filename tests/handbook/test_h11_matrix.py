"""H 11: the matrix live: heads that stay, limits, drilling into a cell, as it stood at a meeting (handbook 1-2(2))."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.ui.widgets.cell_panel import CellPanel
from kyoju_tui.ui.widgets.matrix_table import MatrixTable
from tests.dated import made_on
from tests.handbook.work import TODAY, Work, at_work

TITLE = "子どもの居場所づくり"


async def do_h11(work: Work) -> None:
    """Fill a cell of the matrix, look at it through the layers, limit the table to it, and drill into it."""
    await work.open("matrix")
    table = work.app.screen.query_one(MatrixTable)
    table.move_to("kosodate", "kosodate")
    await work.press("f4")
    await work.type(TITLE)
    await work.saved()
    await work.sees("取1")
    await work.press("f3")
    await work.type("子育て支援課")
    await work.press("enter")
    await work.sees("絞り込み：子育て支援課")
    await work.press("ctrl+l")
    await work.sees(f"取 {TITLE[:6]}")
    await work.press("ctrl+l", "ctrl+l", "ctrl+l", "escape")
    await work.press("ctrl+y")
    await work.type("hizuke")
    await work.press("enter")
    await work.type("H30.4.1")
    await work.press("enter")
    await work.sees("この保管場所ができる前")


async def test_h11_the_matrix_is_live_and_remembers(store: Path, tmp_path: Path) -> None:
    ref = Ref("meetings/20261007-aaaaa")
    async with at_work(store, tmp_path) as work:
        held = Meeting(title="第1回意見交換会", held_on=date(2026, 10, 7))
        work.workspace.save(ref, held).result(timeout=60)
        made_on(work.store, date(2026, 10, 7))
        await do_h11(work)
        made_on(work.store, TODAY)
        (entry,) = [each for each in work.snapshot.entries.values() if each.title == TITLE]
        assert (entry.kind, entry.status, entry.categories) == ("取組", "取組中", ("kosodate",))
        assert work.subject() == f"取組「{TITLE}」を追加（子育て支援課・子育て）"
        table = work.app.screen.query_one(MatrixTable)
        assert table.fixed_columns == 1
        table.move_to("kosodate", "kosodate")
        await work.press("ctrl+y")
        await work.type("第1回")
        await work.press("enter")
        await work.sees("令和8年10月7日 第1回意見交換会の時点")
        assert "その後の追加1件：子どもの居場所づくり" in work.app.screen.query_one(CellPanel).text
        await work.press("f4")
        await work.sees("過去は変えられません")
        await work.press("escape")
        assert "時点　" not in work.shown
        await work.press("enter")
        await work.sees("子どもの居場所づくり")
        assert isinstance(work.snapshot.records[Ref("entries/kosodate/" + _id(work))], Entry)
        assert work.clean()


def _id(work: Work) -> str:
    return next(ref.id for ref, each in work.snapshot.entries.items() if each.title == TITLE)
