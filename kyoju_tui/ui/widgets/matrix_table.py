"""The table of the 一覧表: cells of several lines, each line in its own style, with a gutter between the columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.style import Style

from kyoju_tui.ui.safe import one_line
from kyoju_tui.ui.widgets.record_table import CUT, Cell, Column, fit
from kyoju_tui.ui.widgets.wide_table import WideTable

# Columns that are no department; the sign keeps them apart from every id.
CATEGORY: Final = "@category"
DATA: Final = "@data"
OPINIONS: Final = "@opinions"


@dataclass(frozen=True, slots=True)
class Marked(Cell):
    """A cell whose lines have styles of their own; the lines below the last one take `style`."""

    lines: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, *lines: tuple[str, str], rest: str = "") -> Marked:
        """From (text, style) pairs."""
        return cls("\n".join(one_line(text) for text, _ in lines), rest, "left", lines)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw exactly the width that is given; the last cell of it stays blank."""
        width = options.max_width - 1
        height = options.height or max(len(self.lines), 1)
        for number in range(height):
            if number:
                yield Segment.line()
            text, style = self.lines[number] if number < len(self.lines) else ("", self.style)
            text = one_line(text)
            if number == height - 1 and len(self.lines) > height:
                text = f"{text}{CUT}"
            yield Segment(fit(text, width), console.get_style(style) if style else Style.null())
            yield Segment(" ")


def column(key: str, label: str, width: int) -> Column:
    """A column with its gutter."""
    return Column(key, fit(one_line(label), width - 1), width)


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
        """Bring the cursor into sight, and begin with a whole column: half a column reads as something else."""
        super()._scroll_cursor_into_view(animate=False)
        self.call_after_refresh(self._snap)

    def _snap(self) -> None:
        """Begin with a whole column and a whole row, where there is anything left to scroll."""
        widths = [each.get_render_width(self) for each in self.ordered_columns][self.fixed_columns :]
        heights = [each.height for each in self.ordered_rows]
        x = _next_start(widths, round(self.scroll_target_x), self.max_scroll_x)
        y = _next_start(heights, round(self.scroll_target_y), self.max_scroll_y)
        if (x, y) != (self.scroll_target_x, self.scroll_target_y):
            self.scroll_to(x, y, animate=False)


def _next_start(sizes: Iterable[int], at: int, furthest: int) -> int:
    """The first place at or after `at` where something begins, if it can be scrolled to; else `at`."""
    start = next((start for start in accumulate(sizes, initial=0) if start >= at), at)
    return start if start <= furthest else at
