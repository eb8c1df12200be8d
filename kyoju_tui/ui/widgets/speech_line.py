"""The line at the foot of the meeting mode: what is said is typed here, and recorded by Enter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget

from kyoju_tui.ui.widgets.line_input import LineInput
from kyoju_tui.ui.widgets.reading import Reading


class SpeechInput(LineInput):
    """While it is open the arrows go on moving the place on the matrix that an opinion is about."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "screen.place(0, -1)", show=False),
        Binding("down", "screen.place(0, 1)", show=False),
        Binding("ctrl+left", "screen.place(-1, 0)", show=False),
        Binding("ctrl+right", "screen.place(1, 0)", show=False),
    ]


class SpeechLine(Vertical):
    """What is written down and about what, over the line to type into. Not seen until it is opened."""

    DEFAULT_CSS = """
    SpeechLine {
        height: auto;
        padding: 0 1;
        background: $surface;
        display: none;
        &.open { display: block; }
        .about { text-style: bold; }
    }
    """

    def compose(self) -> Iterable[Widget]:
        """The head and the line."""
        yield Reading(classes="about")
        yield SpeechInput()

    @property
    def input(self) -> SpeechInput:
        """The line to type into."""
        return self.query_one(SpeechInput)

    @property
    def text(self) -> str:
        """What was typed, without blanks around it."""
        return self.input.value.strip()

    @property
    def is_open(self) -> bool:
        """Whether it is seen."""
        return self.has_class("open")

    def open(self) -> None:
        """Show the line; it takes the keys."""
        self.add_class("open")
        self.input.focus()

    def close(self) -> None:
        """Put the line away. What was typed stays in it for the next time."""
        self.remove_class("open")

    def say(self, about: str) -> None:
        """Say what is written down and about what."""
        self.query_one(".about", Reading).update(about)

    def begin_again(self) -> None:
        """An empty line for the next."""
        self.input.value = ""
