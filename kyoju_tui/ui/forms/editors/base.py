"""What every editor can do, whatever it looks like."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from textual.message import Message
from textual.widget import Widget

from kyoju_tui.records.description import Described

# The class by which focus moves from one field to the next, and no other widget.
EDITOR: str = "editor"


class Edited(Message):
    """The value that an editor holds may have changed."""

    def __init__(self, editor: Widget) -> None:
        super().__init__()
        self.editor = editor

    @property
    def control(self) -> Widget:
        """The editor."""
        return self.editor


class Drafted(Message):
    """Something was typed that is no value yet, but that a draft should hold."""


@runtime_checkable
class Editor(Protocol):
    """A widget that holds the value of one field.

    Values are plain ones, as TOML has them; None stands for absence. `hint` says which keys work in it, where they are
    not those of every text.
    """

    field: Described
    hint: str

    def read(self) -> object | None:
        """The value. Raises `InvalidValue` where what was typed cannot be understood."""
        ...

    def drafted(self) -> object | None:
        """What a draft keeps: the value, or the bare text of what cannot be read."""
        ...

    def put(self, value: object | None) -> None:
        """Hold this value; text that was no value yet (from a draft) is put in as it is."""
        ...

    def written(self) -> str:
        """What was typed, as text; empty in an editor into which nothing is typed."""
        ...


def move_focus(widget: Widget, step: int) -> None:
    """Go to the next field (1) or the one before (-1)."""
    if step > 0:
        widget.screen.focus_next(f".{EDITOR}")
    else:
        widget.screen.focus_previous(f".{EDITOR}")
