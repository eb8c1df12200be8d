"""H 29: groups and businesses that are bound to no area, with where they were heard of (handbook 3-2)."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.records.group import Group
from tests.handbook.work import Work, at_work

NAME = "空き家つなぎ手ネット"


async def do_h29(work: Work) -> None:
    """Register a group without area, and find it among those that are bound to none."""
    await work.open("groups")
    await work.press("f4")
    await work.type(NAME)
    await work.field("heard_from")
    await work.type("県から紹介")
    await work.saved()
    await work.press("ctrl+l")
    await work.type("限らない")
    await work.press("space", "enter")
    await work.sees(NAME)


async def test_h29_a_group_that_is_bound_to_no_area(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h29(work)
        group = next(each for each in work.snapshot.all(Group).values() if each.name == NAME)
        assert group.areas == () and group.heard_from == "県から紹介"
        await work.sees("県から紹介から把握")
        assert work.subject() == f"団体「{NAME}」を追加"
        assert work.clean()
