"""The colours of states in tables. Each stands beside a word; without colours (plain theme) reverse and bold remain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual.theme import Theme

from kyoju_tui.ui.themes import BLUE, ORANGE, SKY, VERMILION


@dataclass(frozen=True, slots=True)
class Marks:
    """Rich styles: `gap` fills what the eye must find first, `late` and `waiting` mark words, `calm` steps back."""

    gap: str
    late: str
    waiting: str
    strong: str
    calm: str = "dim"
    usual: str = ""


_DARK: Final = Marks(f"bold #000000 on {ORANGE}", f"bold #FFFFFF on {VERMILION}", SKY, ORANGE)
_LIGHT: Final = Marks(f"bold #000000 on {ORANGE}", "bold #FFFFFF on #A33F00", BLUE, "bold #8A5A00")
_PLAIN: Final = Marks("bold reverse", "bold", "", "bold")


def marks_for(theme: Theme) -> Marks:
    """The marks that can be read in this theme."""
    if theme.ansi:
        return _PLAIN
    return _DARK if theme.dark else _LIGHT
