"""Areas of the story: there, found in the list, their sheet and its lines."""

from __future__ import annotations

from kyoju_tui.records.area import Area
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.screens.area_sheet import AreaSheetScreen
from kyoju_tui.ui.widgets.wide_table import WideTable
from tests.handbook.work import TODAY, Work

NORTH, SOUTH = "北浜", "南浜"
READINGS = {NORTH: "きた", SOUTH: "みなみ"}


def area_named(work: Work, name: str) -> tuple[Ref, Area]:
    """The area of this name as it is recorded."""
    return next((ref, area) for ref, area in work.snapshot.areas.items() if area.name == name)


def known(work: Work, name: str) -> bool:
    """Whether an area of this name is recorded."""
    return any(area.name == name for area in work.snapshot.areas.values())


def there(work: Work, *names: str) -> None:
    """Areas that a row needs, recorded beforehand where the rows before it have not."""
    for name in names:
        if not known(work, name):
            made = Area(name=name, reading=READINGS[name], status="候補")
            work.workspace.create("area", made, today=TODAY).result(timeout=60)


async def listed(work: Work, name: str) -> None:
    """The list of areas with the cursor on this one."""
    await work.open("areas", record=area_named(work, name)[0].id)
    await work.sees(name)


async def sheet_of(work: Work, name: str) -> AreaSheetScreen:
    """The area's sheet."""
    await listed(work, name)
    await work.press("enter")
    screen = work.app.screen
    assert isinstance(screen, AreaSheetScreen), work.shown
    return screen


def on_line(work: Work, key: str) -> None:
    """Put the cursor on a line of the sheet: a field, or `field.number` for a table of its list."""
    assert work.app.screen.query_one(WideTable).move_to(key), key
