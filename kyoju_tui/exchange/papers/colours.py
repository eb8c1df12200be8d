"""The colours of paper: those of the screens' marks on a light ground, every word with a contrast of 4.5:1 or more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kyoju_tui.exchange.papers.paper import Tone

PAPER: Final = "#FFFFFF"
INK: Final = "#1C1C1C"
HEAD: Final = "#E3E9EF"
LINE: Final = "#8C96A0"
QUIET: Final = "#595959"


@dataclass(frozen=True, slots=True)
class Look:
    """How words of a tone look; `ground` is empty where the paper shines through."""

    ink: str = INK
    ground: str = ""
    bold: bool = False


LOOKS: Final[dict[Tone, Look]] = {
    "usual": Look(),
    "strong": Look("#8A5A00", bold=True),
    "calm": Look(QUIET),
    "gap": Look("#000000", "#E69F00", bold=True),
    "late": Look("#FFFFFF", "#A33F00", bold=True),
    "waiting": Look("#0066A1"),
}
