"""H 21: a record first, then the judgement; moving without a review asks for a reason (handbook 2-2)."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.records.framework import Framework
from tests.handbook.sheets import to_line
from tests.handbook.work import TODAY, Work, at_work

RESULT, PROBLEM, JUDGED = "空き家の相談をつなぐ連絡票を作った", "調整に日数がかかる", "まだ実績が少ない"
UNIT, WHY = "居住コミュニティ課", "組織の見直しと時期が重なるため"


async def do_h21(work: Work) -> None:
    """Log a result and a problem; moving at once is warned of, so the review says 継続."""
    await work.open("framework")
    for field, text in (("results", RESULT), ("problems", PROBLEM)):
        await to_line(work, field)
        await work.press("f4", "tab")
        await work.type(text)
        await work.saved()
    await to_line(work, "reviews")
    await work.press("f4", "tab", "right", "right", "right", "ctrl+s")
    await work.sees("検証の記録がないまま")
    await work.press("escape", "tab", "left", "left", "tab")
    await work.type(JUDGED)
    await work.saved()


async def test_h21_results_and_problems_then_a_review(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h21(work)
        framework = work.snapshot.expect("framework", Framework)
        assert [(each.on, each.text) for each in framework.results] == [(TODAY, RESULT)]
        assert [(each.on, each.text) for each in framework.problems] == [(TODAY, PROBLEM)]
        assert [(each.judgement, each.reason) for each in framework.reviews] == [("継続", JUDGED)]
        assert framework.transition is None
        await work.sees("次の検証の目安：令和9年5月23日")
        assert work.clean()


async def test_h21_moving_without_a_review_keeps_the_reason(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await work.open("framework")
        await to_line(work, "transition")
        await work.press("enter")
        await work.type(UNIT)
        await work.press("ctrl+s")
        await work.sees("検証を経ずに移る")
        await work.type(WHY)
        await work.saved("enter")
        transition = work.snapshot.expect("framework", Framework).transition
        assert transition is not None
        assert (transition.unit, transition.override_reason) == (UNIT, WHY)
        await work.sees("関係部署との連携協働は続けます")
        assert work.clean()
