"""H 27: the lessons of a model area, and the area they were passed to (横展開; handbook 3-1)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kyoju_tui.overview.choosing import received
from kyoju_tui.ui.forms.picker import PickList
from tests.handbook.places import NORTH, SOUTH, area_named, on_line, sheet_of, there
from tests.handbook.work import Work, at_work

LESSONS = ("鍵を先に", "役は一つ")


async def do_h27(work: Work) -> None:
    """Record two lessons, pass one on to a second area, and see there what came from where."""
    there(work, NORTH, SOUTH)
    await sheet_of(work, NORTH)
    for lesson in LESSONS:
        on_line(work, "lessons")
        await work.press("f4", "tab")
        await work.type(lesson)
        await work.saved()
    await work.press("ctrl+n")
    await work.type(LESSONS[0])
    await work.press("enter")
    await work.sees("渡した先の地域")
    offered = work.app.screen.query_one(PickList)
    await work.type(NORTH)
    assert offered.current is None, "an area does not pass on to itself"
    await work.press(*["backspace"] * len(NORTH))
    await work.type(SOUTH)
    await work.saved("enter")
    await sheet_of(work, SOUTH)
    await work.sees("横展開で受け取ったこと")


async def test_h27_a_lesson_is_passed_on_to_a_second_area(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h27(work)
        assert f"横展開で受け取ったこと（{NORTH}から・R8.11.23）：{LESSONS[0]}" in work.shown
        ref, area = area_named(work, NORTH)
        assert [lesson.text for lesson in area.lessons] == list(LESSONS)
        [passed] = area.passed_to
        target, _ = area_named(work, SOUTH)
        assert (passed.area, passed.on, passed.text) == (target.id, date(2026, 11, 23), LESSONS[0])
        [came] = received(work.snapshot)[target]
        assert came.source == ref
        assert work.subject() == f"地域「{NORTH}」を更新"
        assert work.clean()
