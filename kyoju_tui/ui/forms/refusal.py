"""Why a save was refused, told under its field for as long as the form holds what was refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kyoju_tui.records.plain import Plain
from kyoju_tui.ui.forms.checking import Path


@dataclass(frozen=True, slots=True)
class Refusal:
    """The field, the sentence, and what stood in the form. The next attempt may go through: others record too."""

    path: Path
    text: str
    typed: Plain

    def among(self, faults: Mapping[Path, str], typed: Plain) -> Mapping[Path, str]:
        """The faults of what is typed now, with this one where nothing was typed since."""
        return {self.path: self.text, **faults} if typed == self.typed else faults
