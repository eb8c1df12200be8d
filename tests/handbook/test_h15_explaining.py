"""H 15: a department explains content, results by fiscal year, difficulties and direction (handbook 1-3(1))."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.screens.edit import EditScreen
from tests.handbook.work import Work, at_work

TITLE = "見守り訪問"


async def do_h15(work: Work) -> None:
    """Record an initiative with its results; the form asks for the difficulties, which are then written."""
    await work.open("category-table", category="koreisha", department="korei")
    await work.press("f4")
    await work.type(TITLE)
    await work.saved()
    work.app.open_record(ref_of(work), "results")
    await work.press("f4")
    await work.type("R7")
    await work.press("enter")
    await work.type("訪問 420回")
    await work.press("ctrl+s")
    await work.sees("困っていることも書いてください")
    await to_field(work, "difficulties")
    await work.type("訪問員の担い手が足りない")
    await to_field(work, "direction")
    await work.type("地域の団体と分担する")
    await work.saved()


async def to_field(work: Work, name: str) -> None:
    """Go to a field of the form by Tab."""
    screen = work.app.screen
    assert isinstance(screen, EditScreen)
    for _ in range(40):
        focused = getattr(work.app.focused, "field", None)
        if getattr(focused, "name", "") == name:
            return
        await work.press("tab")
    raise AssertionError(f"no field {name}; the screen shows\n{work.shown}")


def ref_of(work: Work) -> Ref:
    return next(ref for ref, each in work.snapshot.entries.items() if each.title == TITLE)


async def test_h15_results_ask_for_difficulties(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h15(work)
        entry = work.snapshot.entries[ref_of(work)]
        assert [(each.fiscal_year, each.text) for each in entry.results] == [(2025, "訪問 420回")]
        assert entry.difficulties == "訪問員の担い手が足りない"
        assert entry.direction == "地域の団体と分担する"
        assert work.subject() == f"取組「{TITLE}」を更新（高齢福祉課・高齢者）"
        assert "実績: 1件を追加（令和7年度）" in work.git("log", "-1", "--format=%b")
        assert work.clean()
