"""One question that is answered with a sentence: what is typed is a draft until it is recorded."""

from __future__ import annotations

from collections.abc import Callable

from textual.widgets import Input

from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.base import KyojuScreen, kyoju
from kyoju_tui.ui.screens.edit_drafts import typed_here
from kyoju_tui.ui.screens.edit_keeping import Keeping
from kyoju_tui.ui.widgets.line_input import LineInput
from kyoju_tui.ui.widgets.reading import Reading
from kyoju_tui.workspace.drafts.aside import ASKED
from kyoju_tui.workspace.drafts.kept import Draft

TAKEN_UP = "前に入力して、記録していない文が入っています。"


class AskTextScreen(AskScreen):
    """Asks like `AskScreen`. The same question, asked again after a line dropped, holds what was typed then.

    The draft goes when its text is recorded (`drafts.aside`), or when the question is left.
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
        super().__init__(question, detail, value=value, placeholder=placeholder, check=check, take=take)
        self._keeping: Keeping | None = None

    def on_mount(self) -> None:
        """Take up what was typed before."""
        app = kyoju(self)
        below = next((screen for screen in reversed(app.screen_stack) if isinstance(screen, KyojuScreen)), None)
        if below is None:
            return
        left = app.store_open.drafts.get(Ref(""), self._question)
        if left is not None and typed_here(app, left):
            left = None
        self._keeping = Keeping(below, left)
        text = "" if left is None else str(left.plain.get(ASKED) or "")
        if text:
            line = self.query_one(LineInput)
            line.value = text
            line.cursor_position = len(text)
            self.query_one("#fault", Reading).update(TAKEN_UP)

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is typed is a draft shortly."""
        event.stop()
        if self._keeping is not None and event.value.strip() != self._value:
            self._keeping.soon(self._keep)

    def keep_draft(self) -> None:
        """Keep what was typed up to this moment."""
        if self._keeping is not None and self._keeping in self._keeping.screen.keepings:
            self._keep()

    def _keep(self) -> None:
        if self._keeping is None or not self.is_attached:
            return
        self._keeping.stop()
        text = self.query_one(LineInput).value.strip()
        if text and text != self._value:
            self._keeping.attempt(Draft(Ref(""), {ASKED: text}, None, form=self._question))
        else:
            self._keeping.forget()

    def dismiss(self, result: str | None = None):
        """An answer stays a draft until it is recorded; a question that is left needs none."""
        if self._keeping is not None:
            if result is None:
                self._keeping.close()
            else:
                self._keep()
                self._keeping.release()
        return super().dismiss(result)
