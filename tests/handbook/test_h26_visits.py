"""H 26: going there; needs heard, promises made and kept; areas that want to begin come first (handbook 3-1)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kyoju_tui.overview.choosing import open_promises
from kyoju_tui.ui.screens.areas import AreasScreen
from tests.handbook.places import NORTH, SOUTH, area_named, listed, on_line, sheet_of, there
from tests.handbook.work import Work, at_work

NEED, PROMISE = "集まる場所", "開放を相談"


async def do_h26(work: Work) -> None:
    """Log a visit from the list, note that the area wants to begin, keep a promise."""
    there(work, NORTH, SOUTH)
    for promise in (PROMISE, "日程"):
        await listed(work, SOUTH)
        await work.press("ctrl+r", "tab", "tab")
        await work.type(NEED)
        await work.press("tab")
        await work.type(promise)
        await work.saved()
    await sheet_of(work, SOUTH)
    await work.sees(f"残っている約束（R8.11.23）：{PROMISE}")
    visits = len(area_named(work, SOUTH)[1].visits)
    on_line(work, f"visits.{visits - 1}")
    await work.saved("ctrl+k")
    on_line(work, "intent")
    await work.press("enter", "right", "right")
    await work.saved()
    await work.open("areas")
    await work.press("ctrl+l")
    await work.sees("始めたい地域から")


async def test_h26_a_visit_is_logged_and_who_wants_to_begin_is_found(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h26(work)
        ref, area = area_named(work, SOUTH)
        first, second = area.visits
        assert (first.on, first.needs, first.promises) == (date(2026, 11, 23), NEED, PROMISE)
        assert first.kept_on is None and second.kept_on == date(2026, 11, 23)
        assert [each.text for each in open_promises(work.snapshot, ref)] == [PROMISE]
        assert area.intent == "始めたい"
        screen = work.app.screen
        assert isinstance(screen, AreasScreen)
        assert next(iter(screen.keys())) == ref
        assert work.shown.index(SOUTH) < work.shown.index(NORTH)
        assert work.subject() == f"地域「{SOUTH}」を更新"
        assert work.clean()
