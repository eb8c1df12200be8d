"""One answer out of a few, in a row of buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button

from kyoju_tui.ui.screens.dialog import Dialog, said
from kyoju_tui.ui.widgets.push_button import PushButton


class ChooseScreen(Dialog[str]):
    """A question with answers by name: gives the name of the one chosen, None for Esc. The first has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]
    AUTO_FOCUS = "PushButton"

    def __init__(self, message: str, detail: str = "", *, answers: Sequence[tuple[str, str]]) -> None:
        """`answers` are names and labels."""
        super().__init__()
        self._message = message
        self._detail = detail
        self._answers = tuple(answers)

    def compose_dialog(self) -> ComposeResult:
        """Question, what it means, the answers."""
        yield said(self._message, "dialog-title")
        if self._detail:
            yield said(self._detail)
        with Horizontal(classes="dialog-buttons"):
            for number, (_, label) in enumerate(self._answers):
                yield PushButton(label, id=f"answer-{number}")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer."""
        number = int((event.button.id or "").removeprefix("answer-"))
        self.dismiss(self._answers[number][0])


def leaving(message: str, detail: str = "", *, keep: str) -> ChooseScreen:
    """The question when somebody leaves a form in which something was typed: keep, discard, or stay."""
    return ChooseScreen(message, detail, answers=(("keep", keep), ("discard", "破棄する"), ("stay", "続ける")))
