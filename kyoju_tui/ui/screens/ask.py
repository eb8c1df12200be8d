"""One question, one line."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button

from kyoju_tui.ui.screens.dialog import Dialog, said
from kyoju_tui.ui.widgets.line_input import LineInput
from kyoju_tui.ui.widgets.push_button import PushButton
from kyoju_tui.ui.widgets.reading import Reading


class AskScreen(Dialog[str]):
    """Answers the text; None where the question was closed.

    `check` returns why a text cannot be taken, or the empty string; the window stays open until it is satisfied.
    """

    def __init__(
        self,
        question: str,
        detail: str = "",
        *,
        value: str = "",
        placeholder: str = "",
        check: Callable[[str], str] = lambda _text: "",
        take: str = "決定",
    ) -> None:
        super().__init__()
        self._question = question
        self._detail = detail
        self._value = value
        self._placeholder = placeholder
        self._check = check
        self._take = take

    def compose_dialog(self) -> ComposeResult:
        """Question, line, fault, buttons."""
        yield said(self._question, "dialog-title")
        if self._detail:
            yield said(self._detail)
        yield LineInput(self._value, placeholder=self._placeholder, id="answer")
        yield Reading(id="fault", classes="dialog-fault")
        with Horizontal(classes="dialog-buttons"):
            yield PushButton(self._take, id="take")
            yield PushButton("やめる", id="cancel")

    def on_input_submitted(self) -> None:
        """Enter in the line is the same as the first button."""
        self._answer()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer or close."""
        if event.button.id == "take":
            self._answer()
        else:
            self.dismiss(None)

    def _answer(self) -> None:
        text = self.query_one(LineInput).value.strip()
        fault = self._check(text) if text else "入力してください。"
        if fault:
            self.query_one("#fault", Reading).update(fault)
        else:
            self.dismiss(text)
