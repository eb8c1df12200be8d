"""The table of the 一覧表: cells of several lines, each line in its own style, with a gutter between the columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from kyoju_tui.overview.point_places import BASE_DATA, WHOLE_ROW
from kyoju_tui.ui.safe import one_line
from kyoju_tui.ui.widgets.record_table import CUT, Cell, Column, fit
from kyoju_tui.ui.widgets.wide_table import WideTable
from kyoju_tui.ui.widgets.wrapping import wrap

# Columns that are no department; the sign keeps them apart from every id.
CATEGORY: Final = WHOLE_ROW
DATA: Final = BASE_DATA
OPINIONS: Final = "@opinions"


@dataclass(frozen=True, slots=True)
class Marked(Cell):
    """A cell whose lines have styles of their own; the lines below the last one take `style`."""

    lines: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, *lines: tuple[str, str], rest: str = "") -> Marked:
        """From (text, style) pairs."""
        return cls("\n".join(one_line(text) for text, _ in lines), rest, "left", lines)

    def drawn(self, width: int, height: int | None) -> Iterator[Sequence[tuple[str, str]]]:
        """The last cell of the width stays blank."""
        height = height or max(len(self.lines), 1)
        for number in range(height):
            text, style = self.lines[number] if number < len(self.lines) else ("", self.style)
            text = one_line(text)
            if number == height - 1 and len(self.lines) > height:
                text = f"{text}{CUT}"
            yield (fit(text, width - 1), style), (" ", "")


def column(key: str, label: str, width: int, lines: int = 1) -> Column:
    """A column with its gutter; its head takes so many lines, and is cut with a sign where that is not enough."""
    room = width - 1
    whole = wrap(one_line(label), room)
    rest = "".join(whole[lines - 1 :])
    return Column(key, "\n".join(fit(line, room) for line in (*whole[: lines - 1], rest)), width)


class MatrixTable(WideTable):
    """The 一覧表: a cursor over cells, the categories always in sight."""

    DEFAULT_CSS = """
    MatrixTable { scrollbar-gutter: stable; }
    MatrixTable > .datatable--hover { background: $background; }
    """

    def __init__(self) -> None:
        super().__init__(cursor="cell", fixed_columns=1, id="matrix")

    @property
    def lines(self) -> int:
        """How many lines heads and rows need."""
        return self.header_height + sum(row.height for row in self.ordered_rows)

    def _scroll_cursor_into_view(self, animate: bool = False) -> None:  # noqa: ARG002 - nothing is animated
        """Bring the cursor into sight, beginning with a whole column and row: half a column reads as something else.

        In one step: on a slow line every paint of the table is felt.
        """
        region = self._get_cell_region(self.cursor_coordinate)
        top, _right, _bottom, left = self._get_fixed_offset()
        room = self.scrollable_content_region.size
        if room.width <= left or room.height <= top:
            return
        widths = [each.get_render_width(self) for each in self.ordered_columns][self.fixed_columns :]
        heights = [each.height for each in self.ordered_rows]
        fixed = self.cursor_column < self.fixed_columns
        at_x, at_y = round(self.scroll_target_x), round(self.scroll_target_y)
        x = at_x if fixed else _shown(widths, region.x - left, region.width, at_x, room.width - left, self.max_scroll_x)
        y = _shown(heights, region.y - top, region.height, at_y, room.height - top, self.max_scroll_y)
        if (x, y) != (self.scroll_target_x, self.scroll_target_y):
            self.scroll_to(x, y, animate=False, immediate=True, force=True)


def _shown(sizes: Iterable[int], place: int, size: int, at: int, room: int, furthest: int) -> int:
    """Where to scroll so that something at `place` of this `size` is in sight, from `at`, in a window of `room`."""
    if place < at:
        at = place
    elif place + size > at + room:
        at = min(place, place + size - room)
    return _next_start(sizes, min(at, furthest), furthest)


def _next_start(sizes: Iterable[int], at: int, furthest: int) -> int:
    """The first place at or after `at` where something begins, if it can be scrolled to; else `at`."""
    start = next((start for start in accumulate(sizes, initial=0) if start >= at), at)
    return start if start <= furthest else at
