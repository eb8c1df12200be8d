"""意欲 × 優先度 as a grid of words with the areas' names in it: two axes, no score (handbook 3-1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from kyoju_tui.overview.areas import PRIORITY, WILLINGNESS
from kyoju_tui.ui.widgets.matrix_table import Marked, MatrixTable, column
from kyoju_tui.ui.widgets.record_table import Row
from kyoju_tui.ui.widgets.row_heights import allotted
from kyoju_tui.ui.widgets.wrapping import wrap

_HEAD: Final = 14
_AXIS: Final = "@priority"
_LEAST: Final = 3

# A name and its style.
Name = tuple[str, str]


class AreaPlot(MatrixTable):
    """優先度 downwards, 意欲 to the right; the cursor goes over the places."""

    DEFAULT_CSS = """
    AreaPlot { height: 1fr; }
    """

    @property
    def place(self) -> tuple[str, str]:
        """優先度 and 意欲 under the cursor; 意欲 is empty on the axis itself."""
        return self.row_key, "" if self.column_key == _AXIS else self.column_key

    def show_plot(self, names: Mapping[tuple[str, str], Sequence[Name]], lines: int) -> None:
        """Write the names into their places; `lines` is the height that the rows share."""
        each = (self.room - _HEAD) // len(WILLINGNESS)
        cells = {place: _lines(told, each) for place, told in names.items()}
        needed = [max([_LEAST, *(len(cells[high, keen]) for keen in WILLINGNESS)]) for high in PRIORITY]
        heights = allotted(needed, lines, _LEAST)
        columns = [column(_AXIS, "優先度＼意欲", _HEAD), *(column(word, word, each) for word in WILLINGNESS)]
        rows = [
            Row(
                high,
                (Marked.of((high, "bold")), *(_cell(cells[high, keen], height) for keen in WILLINGNESS)),
                height,
            )
            for high, height in zip(PRIORITY, heights, strict=True)
        ]
        self.set_rows(columns, rows)


def _lines(names: Sequence[Name], width: int) -> list[Name]:
    """The names with a point before each, wrapped."""
    lines: list[Name] = []
    for name, style in names:
        lines += [(f"{'　' if at else '・'}{text}", style) for at, text in enumerate(wrap(name, width - 3))]
    return lines


def _cell(lines: list[Name], height: int) -> Marked:
    if not lines:
        return Marked.of(("－", "dim"))
    if len(lines) <= height:
        return Marked.of(*lines)
    left = sum(1 for text, _ in lines[height - 1 :] if text.startswith("・"))
    return Marked.of(*lines[: height - 1], (f"ほか{left}地域" if left else "ほか", "dim"))
