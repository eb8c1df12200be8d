"""Moving over the lines of a sheet with the arrows, as staff do."""

from __future__ import annotations

from kyoju_tui.ui.screens.sheet import SheetScreen
from kyoju_tui.ui.widgets.wide_table import WideTable
from tests.handbook.work import Work


async def to_line(work: Work, key: str) -> None:
    """Put the cursor on a line of the sheet in sight: a field, or `field.number` for a table of its list."""
    screen = work.app.screen
    assert isinstance(screen, SheetScreen), screen
    table = screen.query_one(WideTable)
    keys = [row.key.value for row in table.ordered_rows]
    assert key in keys, f"{key} is none of {keys}"
    steps = keys.index(key) - table.cursor_row
    if steps:
        await work.press(*["down" if steps > 0 else "up"] * abs(steps))
    assert table.row_key == key
