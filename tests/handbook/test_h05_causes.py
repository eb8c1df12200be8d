"""H 5: causes that chain, and differ by housing area: issues linked across departments (handbook 1-1(2))."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from tests.handbook.places import NORTH, area_named, sheet_of, there
from tests.handbook.sheets import to_line
from tests.handbook.work import Work, at_work

BUYERS, SHOPS, FORMATION = "購買層の減少", "商店街の衰退", "昭和40年代の戸建て団地で、同じ世代が一斉に住んだ"


def issue_named(work: Work, title: str) -> tuple[Ref, Entry]:
    """The issue of this title as it is recorded."""
    return next((ref, entry) for ref, entry in work.snapshot.entries.items() if entry.title == title)


async def do_h05(work: Work) -> None:
    """Record two issues of different departments, link cause and effect, describe how an area came to be."""
    for department, title in (("chiiki-kyodo", BUYERS), ("jutaku", SHOPS)):
        await work.open("category-table", category="shotengai", department=department)
        await work.press("right", "right", "right", "f4")
        await work.type(title)
        await work.saved()
    await work.open("causes")
    await work.press("f3")
    await work.type(SHOPS)
    await work.press("enter", "ctrl+r")
    await work.type(BUYERS)
    await work.saved("enter")
    await work.press("escape")
    await work.sees(f"＞{SHOPS}")
    there(work, NORTH)
    await sheet_of(work, NORTH)
    await to_line(work, "formation")
    await work.press("enter")
    await work.type(FORMATION)
    await work.saved()


async def test_h05_a_cause_is_linked_to_its_effect(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h05(work)
        cause, _ = issue_named(work, BUYERS)
        effect, issue = issue_named(work, SHOPS)
        assert (cause.department, effect.department) == ("chiiki-kyodo", "jutaku")
        assert issue.causes == (cause.id,)
        assert f"背景にある課題: ＋{BUYERS}" in work.git("log", "--format=%b", "--", effect.path)
        assert area_named(work, NORTH)[1].formation == FORMATION
        assert work.clean()
