"""H 25: the scope of an area, its associations and コミュニティ, small areas; overlaps are shown (handbook 3-1)."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.overview.choosing import overlaps
from kyoju_tui.records.group import Group
from tests.handbook.places import NORTH, SOUTH, area_named, on_line, sheet_of, there
from tests.handbook.work import TODAY, Work, at_work

GROUP = "浜の会"
SHARED = "浜町"


async def do_h25(work: Work) -> None:
    """Choose the scope with its コミュニティ, list associations and small areas; another area has one of them too."""
    if not any(group.name == GROUP for group in work.snapshot.all(Group).values()):
        group = Group(name=GROUP, kind="コミュニティ")
        work.workspace.create("group", group, today=TODAY).result(timeout=60)
    there(work, NORTH, SOUTH)
    ref, other = area_named(work, SOUTH)
    base = work.workspace.base(ref)
    work.workspace.save(ref, other.but(members=[SHARED]), base=base).result(timeout=60)
    await sheet_of(work, NORTH)
    on_line(work, "scope")
    await work.press("enter", "right", "right")
    await work.saved()
    await work.sees("どの団体か")
    on_line(work, "members")
    await work.press("enter")
    await work.type(SHARED)
    await work.press("tab", "enter")
    await work.type(GROUP)
    await work.press("enter", "tab")
    await work.type("010010")
    await work.saved()
    await work.sees("重なっています")


async def test_h25_the_scope_is_chosen_and_an_overlap_is_shown(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h25(work)
        ref, area = area_named(work, NORTH)
        assert area.scope == "連合町内会+コミュニティ"
        assert work.snapshot.name("group", area.community or "") == GROUP
        assert (area.members, area.small_areas) == ((SHARED,), ("010010",))
        [shared] = overlaps(work.snapshot)[ref]
        assert (shared.other, shared.name) == (area_named(work, SOUTH)[0], SHARED)
        assert f"「{SOUTH}」と町内会が重なっています" in work.shown
        assert work.subject() == f"地域「{NORTH}」を更新"
        assert work.clean()
