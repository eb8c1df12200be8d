"""The lines under a field: what is wrong, what to mind, how a date was understood, help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from rich.text import Text
from textual.geometry import Size
from textual.widget import Widget

from kyoju_tui.ui.safe import safe
from kyoju_tui.ui.widgets.wrapping import wrap

Tone = Literal["fault", "caution", "prompt", "reading", "help"]

# A word and weight tell the tones apart; colour is the second sign.
_WORDS: dict[Tone, str] = {"fault": "誤り：", "caution": "ご注意：", "prompt": "", "reading": "", "help": ""}


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence in its tone."""

    tone: Tone
    text: str


class Remark(Widget):
    """Sentences, wrapped; nothing at all where there are none."""

    DEFAULT_CSS = """
    Remark { height: auto; width: 1fr; padding: 0 1; display: none; }
    Remark > .remark--fault { color: $text-error; text-style: bold; }
    Remark > .remark--caution { color: $text-warning; }
    Remark > .remark--prompt { color: $text-warning; }
    Remark > .remark--reading { color: $foreground; }
    Remark > .remark--help { text-style: dim; }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "remark--fault",
        "remark--caution",
        "remark--prompt",
        "remark--reading",
        "remark--help",
    }

    def __init__(self) -> None:
        super().__init__()
        self.said: tuple[Said, ...] = ()

    def say(self, *said: Said) -> None:
        """Say these and nothing else."""
        kept = tuple(item for item in said if item.text)
        if kept != self.said:
            self.said = kept
            self.display = bool(kept)
            self.refresh(layout=True)

    def render(self) -> Text:
        """The sentences, each from a line of its own."""
        text = Text(no_wrap=True, end="")
        for item in self.said:
            style = self.get_component_rich_style(f"remark--{item.tone}", partial=True)
            for line in _lines(item, self.content_size.width):
                if text.plain:
                    text.append("\n")
                text.append(line, style)
        return text

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the sentences need."""
        return sum(len(_lines(item, width)) for item in self.said)


def _lines(item: Said, width: int) -> list[str]:
    return wrap(safe(_WORDS[item.tone] + item.text), max(width, 8))
