"""One version of a text beside others: wrapped as Japanese is, its differing parts between marks."""

from __future__ import annotations

from itertools import zip_longest

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from kyoju_tui.records.marking import Marks
from kyoju_tui.ui.safe import safe
from kyoju_tui.ui.widgets.wrapping import wrap

_MARKED = "bold"


class VersionText(Widget):
    """A text in a box; who holds several of them moves them together by `read`. The last line tells what is left."""

    DEFAULT_CSS = """
    VersionText { height: 1fr; padding: 0 1; background: $surface; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._text = ""
        self._marks = Marks("", "")
        self._top = 0

    @property
    def text(self) -> str:
        """The whole text with its marks."""
        return self._text

    def show(self, text: str, marks: Marks) -> None:
        """Show another text, from the top; what stands between the marks is in bold."""
        self._text, self._marks, self._top = safe(text), marks, 0
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the text takes."""
        return len(wrap(self._text, max(2, width)))

    def read(self, by: int) -> None:
        """Move the text by some lines, as far as there is any."""
        before = self._seen()
        self._top = max(0, min(len(self._lines()) - self.content_size.height, self._top + by))
        for y, (old, new) in enumerate(zip_longest(before, self._seen())):
            if old != new:
                self.refresh(Region(0, y, self.content_size.width, 1))

    def render_line(self, y: int) -> Strip:
        """Draw one line of those in sight."""
        usual = self.visual_style.rich_style
        seen = self._seen()
        segments = [Segment(part, usual + Style.parse(style)) for part, style in (seen[y] if y < len(seen) else ())]
        return Strip(segments).adjust_cell_length(self.content_size.width, usual)

    def _lines(self) -> list[tuple[tuple[str, str], ...]]:
        """Every line in parts with their styles; a mark that opens on one line may close on a later one."""
        width = self.content_size.width
        if width < 2:
            return []
        lines: list[tuple[tuple[str, str], ...]] = []
        inside = False
        for line in wrap(self._text, width):
            parts: list[tuple[str, str]] = []
            rest = line
            while rest:
                sign = self._marks.closing if inside else self._marks.opening
                before, found, after = rest.partition(sign) if sign else (rest, "", "")
                text = f"{before}{found}" if inside else before
                if text:
                    parts.append((text, _MARKED if inside else ""))
                rest = after if inside or not found else f"{found}{after}"
                if found:
                    if not inside:
                        # The sign itself is drawn with what it opens.
                        parts.append((found, _MARKED))
                        rest = after
                    inside = not inside
            lines.append(tuple(parts))
        return lines

    def _seen(self) -> list[tuple[tuple[str, str], ...]]:
        lines, height = self._lines()[self._top :], self.content_size.height
        if len(lines) <= height or height < 2:
            return lines[:height]
        left = f"ほか{len(lines) - height + 1}行（下矢印）"
        short = left if cell_len(left) <= self.content_size.width else f"ほか{len(lines) - height + 1}行"
        return [*lines[: height - 1], ((short, "bold"),)]
