"""H 22: integrated care by daily living area: coverage of the elements, bodies to contact (handbook 2-2)."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.overview.care import care
from tests.handbook.places import NORTH, area_named, sheet_of, there
from tests.handbook.sheets import to_line
from tests.handbook.work import Work, at_work

LIVING_AREA, MEALS, CENTRE = "北圏域", "配食と声かけ", "地域包括支援センター北"


async def do_h22(work: Work) -> None:
    """Give an area its daily living area, tag an initiative in its column, and name the centre to contact."""
    there(work, NORTH)
    await sheet_of(work, NORTH)
    await to_line(work, "daily_living_area")
    await work.press("enter")
    await work.type(LIVING_AREA)
    await work.saved()
    await work.open("category-table", category="koreisha", department="korei")
    await work.press("f4")
    await work.type(MEALS)
    await work.saved()
    await work.open("groups")
    await work.press("f4")
    await work.type(CENTRE)
    await work.press("tab", "right", "right", "right", "right", "tab")
    await work.type(NORTH)
    await work.press("enter")
    await work.saved()
    await work.open("integrated-care", element="生活支援", living_area=LIVING_AREA)
    await work.sees(CENTRE)
    await work.press("ctrl+r")
    await work.type(MEALS)
    await work.saved("enter")
    await work.sees(f"取組：{MEALS}")


async def test_h22_coverage_by_daily_living_area(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h22(work)
        ref, entry = next((ref, each) for ref, each in work.snapshot.entries.items() if each.title == MEALS)
        assert (entry.care_elements, entry.areas) == (("生活支援",), (area_named(work, NORTH)[0].id,))
        found = care(work.snapshot)
        assert found.cell("生活支援", LIVING_AREA).initiatives == (ref,)
        assert ("医療", LIVING_AREA) in found.gaps
        assert "支えなし" in work.shown
        assert work.subject() == f"地域包括ケアの「生活支援」を1件に付ける（{LIVING_AREA}）"
        assert work.clean()
