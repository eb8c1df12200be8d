"""Partial paints that write only the cells that changed.

Textual 8.2 knows which part of a line is to be drawn again, but writes the line from the widget's left edge on. For a
table that is most of the line; on a slow line every step of the cursor is felt.
"""

from __future__ import annotations

from rich.cells import cell_len
from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate, Compositor
from textual.strip import Strip


class NarrowUpdate(ChopsUpdate):
    """Writes each span from its own first cell to its last, and never half of a full-width character.

    What lay over the text (a notice) may end in the middle of one: its other half would be wiped out.
    """

    def render_segments(self, console: Console) -> str:
        """Render the spans, each behind a move of the terminal's cursor."""
        written: list[str] = []
        for y, first, last in self.spans:
            for end, (start, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                left, right = max(start, first), min(end, last)
                if strip is not None and left < right:
                    left, right = _whole(strip, left - start, right - start)
                    written.append(Control.move_to(start + left, y).segment.text)
                    written.append(strip.crop(left, right).render(console))
        return "".join(written)


def _whole(strip: Strip, left: int, right: int) -> tuple[int, int]:
    """The span, widened by the halves of characters that its ends cut through."""
    begins = _cut(strip, left)
    ends = _cut(strip, right)
    return (left if begins is None else begins[0]), (right if ends is None else ends[1])


def _cut(strip: Strip, cell: int) -> tuple[int, int] | None:
    """The first cell and the end of the character that a cut before this cell goes through; None where it does not."""
    at = 0
    for segment in strip:
        width = segment.cell_length
        if at + width <= cell:
            at += width
            continue
        if segment.text.isascii():
            return None
        for character in segment.text:
            if at >= cell:
                return None
            end = at + cell_len(character)
            if at < cell < end:
                return at, end
            at = end
    return None


class NarrowCompositor(Compositor):
    """Textual's own, but for how a partial paint is written."""

    def render_partial_update(self) -> NarrowUpdate | None:
        """What changed since the last paint."""
        update = super().render_partial_update()
        return None if update is None else NarrowUpdate(update.chops, update.spans, update.chop_ends)
