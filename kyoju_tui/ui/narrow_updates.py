"""Partial paints that write only the cells that changed.

Textual 8.2 knows which part of a line is to be drawn again, but writes the line from the widget's left edge on. For a
table that is most of the line; on a slow line every step of the cursor is felt.
"""

from __future__ import annotations

from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate, Compositor


class NarrowUpdate(ChopsUpdate):
    """Writes each span from its own first cell to its last."""

    def render_segments(self, console: Console) -> str:
        """Render the spans, each behind a move of the terminal's cursor."""
        written: list[str] = []
        for y, first, last in self.spans:
            for end, (start, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                left, right = max(start, first), min(end, last)
                if strip is not None and left < right:
                    written.append(Control.move_to(left, y).segment.text)
                    written.append(strip.crop(left - start, right - start).render(console))
        return "".join(written)


class NarrowCompositor(Compositor):
    """Textual's own, but for how a partial paint is written."""

    def render_partial_update(self) -> NarrowUpdate | None:
        """What changed since the last paint."""
        update = super().render_partial_update()
        return None if update is None else NarrowUpdate(update.chops, update.spans, update.chop_ends)
