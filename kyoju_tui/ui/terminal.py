"""What the terminal does with characters of ambiguous width (① ● → …).

Textual counts them as one cell; terminals set up for Japanese often draw two, and every row with one then shifts. So
one is drawn at the top left before the first paint, followed by the question where the cursor is now. The answer comes
as an event among the keys, whenever it comes: nothing waits, no key is lost, and a terminal that never answers is taken
at Textual's word. The first paint covers the mark.
"""

from __future__ import annotations

from typing import Final

# Save the cursor, home, a circled digit, "where is the cursor?", restore.
WIDTH_QUESTION: Final = "\x1b7\x1b[H①\x1b[6n\x1b8"


def drew_wide(x: int, y: int) -> bool | None:
    """Whether the mark took two cells, by the cursor's place (0-based) in the answer; None for any other answer."""
    return {1: False, 2: True}.get(x) if y == 0 else None
