"""H 32: the next handbook noted for a step, and a case sheet for the prefecture's desk (handbook, cover)."""

from __future__ import annotations

from pathlib import Path

import docx

from kyoju_tui.records.policy import Policy
from kyoju_tui.ui.screens.home import HomeScreen
from kyoju_tui.ui.screens.home_paper import PaperScreen
from kyoju_tui.ui.widgets.story import Story
from tests.handbook.test_h01_process import to_step
from tests.handbook.work import TODAY, Work, at_work
from tests.ui.at_work import until


async def do_h32(work: Work) -> None:
    """Note which handbook helps with the themes; then read the case sheet and write it into a file."""
    await work.open("home")
    await to_step(work, "themes")
    await work.press("ctrl+n")
    await work.sees("次に見る手引")
    await work.press("right", "right", "right", "tab", "tab")
    await work.type("進め方の章を見る")
    await work.saved()
    await until(work.pilot, lambda: isinstance(work.app.screen, HomeScreen))
    await work.press("ctrl+g")
    await until(work.pilot, lambda: isinstance(work.app.screen, PaperScreen))
    await work.press("ctrl+e")
    await work.sees("書き出すファイル")
    await work.press("enter")
    await work.sees("書き出しました")
    await work.press("escape")


async def test_h32_the_next_handbook_and_a_case_sheet(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h32(work)
        noted = work.snapshot.expect("policy", Policy).handbooks
        assert [(each.handbook, each.step, each.text) for each in noted] == [
            ("3", "優先テーマを実践に移す", "進め方の章を見る")
        ]
        await until(work.pilot, lambda: "次に見る手引：3　進め方の章を見る" in work.app.screen.query_one(Story).text)
        assert "居住コミュニティ政策" in work.subject()
        sheet = docx.Document(str(tmp_path / f"事例票-{TODAY:%Y%m%d}.docx"))
        told = [each.text for each in sheet.paragraphs]
        assert told[0] == "事例票　澪帆市" and "優先テーマ" in told
        assert work.clean()
