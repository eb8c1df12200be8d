"""H 13: joint work of two departments over categories, its direction, each one's share (handbook 1-2(2), 1-3(1))."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.records.collaboration import Collaboration
from tests.handbook.work import Work, at_work

TITLE = "見守りと住まいの相談をつなぐ"


async def do_h13(work: Work) -> None:
    """Record joint work of two departments, then write the share that is still missing."""
    await work.open("collaborations")
    await work.press("f4")
    await work.type(TITLE)
    await work.field("categories")
    await work.press("space", "right", "right", "space")
    await work.field("departments")
    await work.press("f4")
    await work.type("korei")
    await work.press("enter")
    await work.field("share")
    await work.type("訪問で気づいた困りごとを伝える。")
    await work.press("ctrl+s")
    await work.press("f4")
    await work.type("jutaku")
    await work.press("enter")
    await work.press("ctrl+s")
    await work.saved()
    await work.sees("未記入 1")
    await work.press("ctrl+r")
    await work.sees("住宅課の分担")
    await work.field("share")
    await work.type("空き家の持ち主に声をかける。")
    await work.saved()


async def test_h13_joint_work_across_categories_with_every_share(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h13(work)
        joint = next(each for each in work.snapshot.all(Collaboration).values() if each.title == TITLE)
        assert {each.department: bool(each.share) for each in joint.departments} == {"korei": True, "jutaku": True}
        assert len(joint.categories) == 2
        await work.sees("カテゴリー横断")
        assert work.subject() == f"連携協働「{TITLE}」を更新"
        assert work.clean()
