"""H 23: one argument per viewpoint and audience for those concerned (handbook 2-2)."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.records.policy import Policy
from tests.handbook.work import Work, at_work

TO_DEPARTMENTS, TO_COUNCIL, MORE = "頼みごとをまとめて話せる", "動き出した地区の工夫を渡していく", "。手間も減る"


async def do_h23(work: Work) -> None:
    """Write two arguments in their places; the third time the first is opened, so that none is doubled."""
    await work.open("policy")
    await work.press("ctrl+g")
    await work.sees("視点｜相手")
    await work.press("enter", "tab", "tab")
    await work.type(TO_DEPARTMENTS)
    await work.saved()
    await work.press("right", "right", "right", "enter", "tab", "tab")
    await work.type(TO_COUNCIL)
    await work.saved()
    await work.press("left", "left", "left", "enter", "tab", "tab", "end")
    await work.type(MORE)
    await work.saved()


async def test_h23_an_argument_for_each_viewpoint_and_audience(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h23(work)
        told = [(each.viewpoint, each.audience, each.text) for each in work.snapshot.expect("policy", Policy).arguments]
        assert told == [
            ("地域まちづくり", "部署", TO_DEPARTMENTS + MORE),
            ("地域まちづくり", "議会", TO_COUNCIL),
        ]
        assert "2／24" in work.shown
        assert work.clean()
