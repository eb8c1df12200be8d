"""H 12: what is missing shows, is settled from the cell, and stays as a needed initiative (handbook 1-2(2))."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.overview.matrix import matrix
from kyoju_tui.overview.wording import needed_words
from kyoju_tui.records.finding import Finding, finding_key
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.screens.findings import FindingsScreen
from kyoju_tui.ui.widgets.matrix_table import CATEGORY, MatrixTable
from tests.handbook.work import TODAY, Work, at_work
from tests.ui.at_work import until

NEEDED = "買い物の足の確保"
KEY = finding_key("no-initiative", ["categories/shotengai"])


async def do_h12(work: Work) -> None:
    """Find that nobody does anything for the shopping streets, and settle that something is needed."""
    await work.open("matrix")
    table = work.app.screen.query_one(MatrixTable)
    await work.sees("論点")
    table.move_to("shotengai", CATEGORY)
    await work.press("ctrl+r")
    if isinstance(work.app.screen, FindingsScreen):
        # Other points of the row stand here, too.
        work.app.screen.table.move_to(KEY)
        await work.press("enter")
    await work.sees("論点の整理　取組のないカテゴリー")
    await work.press("right", "tab")
    await work.type(NEEDED)
    await work.saved()


async def test_h12_a_point_is_settled_from_its_cell(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h12(work)
        finding = work.snapshot.expect(f"findings/{KEY}", Finding)
        assert (finding.verdict, finding.decided_on) == ("必要な取組", TODAY)
        whole = matrix(work.snapshot, TODAY)
        assert [needed_words(whole, ref) for ref in whole.needed["shotengai"]] == [f"{NEEDED}（所管未定）"]
        await work.sees(f"必要：{NEEDED}")
        assert work.subject() == "論点の整理「取組のないカテゴリー：商店街」を追加（必要な取組）"
        # Settled, it is no longer open; where a department takes it over, the line goes.
        await until(work.pilot, lambda: "必要1" in work.shown)
        work.app.screen.query_one(MatrixTable).move_to("shotengai", "jutaku")
        await work.press("f4")
        await work.type(NEEDED)
        await work.saved()
        assert not matrix(work.snapshot, TODAY).needed["shotengai"]
        assert Ref(f"findings/{KEY}") in work.snapshot
        assert work.clean()
