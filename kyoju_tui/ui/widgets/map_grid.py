"""The zones of the image map as a grid of boxes, with what is placed on them (handbook 1-3(2))."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kyoju_tui.overview.image_map import Box, Content, Picture
from kyoju_tui.ui.widgets.matrix_table import Marked, MatrixTable, column
from kyoju_tui.ui.widgets.record_table import Row
from kyoju_tui.ui.widgets.row_heights import allotted
from kyoju_tui.ui.widgets.wrapping import wrap

_NARROWEST: Final = 22
_LOWEST: Final = 4


# A text and its style.
_Line = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """The style of a zone's name, what stands in a zone without content, the style of a content."""

    bar: str
    empty: _Line
    style: Callable[[Content], str]


class MapGrid(MatrixTable):
    """The cursor goes over the places of the grid, with a zone or without."""

    DEFAULT_CSS = """
    MapGrid { height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.show_header = False
        self.fixed_columns = 0

    @property
    def place(self) -> tuple[int, int]:
        """Row and column under the cursor."""
        return self.cursor_row, self.cursor_column

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor on a place."""
        self.move_cursor(row=row, column=column, animate=False)

    def show_picture(self, shown: Picture, lines: int, look: Look) -> None:
        """Draw all boxes; the rows share `lines` where they need more."""
        each = self.room // max(1, min(shown.columns, self.room // _NARROWEST))
        drawn = {(box.row, box.column): _lines(box, each, look) for box in shown.boxes}
        needed = [
            max([_LOWEST, *(len(told) + 1 for (at, _), told in drawn.items() if at == row)])
            for row in range(shown.rows)
        ]
        heights = allotted(needed, lines, _LOWEST)
        rows = [
            Row(
                str(row),
                tuple(Marked.of(*_fitting(drawn.get((row, at), []), heights[row] - 1)) for at in range(shown.columns)),
                heights[row],
            )
            for row in range(shown.rows)
        ]
        self.set_rows(tuple(column(str(at), "", each) for at in range(shown.columns)), rows)


def _lines(box: Box, width: int, look: Look) -> list[_Line]:
    """The zone's name as a bar, then what stands on it."""
    lines: list[_Line] = [(f" {text}", look.bar) for text in wrap(box.label, width - 3)]
    if not box.contents:
        return [*lines, look.empty]
    for content in box.contents:
        wrapped = wrap(f"{content.word}：{content.title}", width - 2)[:2]
        lines += [(text if not at else f" {text}", look.style(content)) for at, text in enumerate(wrapped)]
    return lines


def _fitting(lines: list[_Line], height: int) -> list[_Line]:
    """As many as there is room for; the last one says how much is left."""
    if len(lines) <= height:
        return lines
    return [*lines[: height - 1], (f"ほか{len(lines) - height + 1}行", "dim")]
