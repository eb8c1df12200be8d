"""A line to type into: no selection on focus, a pasted paragraph becomes one line, the cursor's place is exact."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region
from textual.message import Message
from textual.widgets import Input

_STEPS = 100


class LineInput(Input):
    """One line. The real terminal cursor stands where the next character goes, so that the IME composes there."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+z", "take_back", show=False)]

    DEFAULT_CSS = """
    LineInput {
        height: 1;
        padding: 0;
        border: none;
        background: $field-background;
        color: $foreground;
        text-style: $field-line;
        &:focus { border: none; background: $field-focus; background-tint: transparent; }
        &.-invalid, &.-invalid:focus { border: none; }
        & > .input--cursor { background: $field-focus; color: $foreground; text-style: underline; }
        & > .input--placeholder { color: $text-muted; }
    }
    """

    class Joined(Message):
        """Several lines were pasted and joined with blanks; `lines` tells how many."""

        def __init__(self, control: LineInput, lines: int) -> None:
            super().__init__()
            self.line_input = control
            self.lines = lines

        @property
        def control(self) -> LineInput:
            """The widget it happened in."""
            return self.line_input

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        max_length: int = 0,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(
            value,
            placeholder=placeholder,
            max_length=max_length,
            select_on_focus=False,
            id=id,
            classes=classes,
        )
        self.cursor_blink = False
        self._steps: list[str] = []

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell where the next character goes; Textual reports one too far right at the end of the text."""
        offset = super().cursor_screen_offset
        return offset - Offset(1, 0) if self.cursor_at_end else offset

    def on_focus(self) -> None:
        """Bring the cursor into sight: a text longer than the line was laid out from its beginning."""
        self.scroll_to_region(Region(self._cursor_offset, 0, 1, 1), force=True, animate=False)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        lines = [line.strip() for line in event.text.splitlines() if line.strip()]
        if not lines:
            return
        text = " ".join(lines).replace("\t", " ")
        if self.selection.is_empty:
            self.insert_text_at_cursor(text)
        else:
            self.replace(text, *self.selection)
        if len(lines) > 1:
            self.post_message(self.Joined(self, len(lines)))

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace a stretch of the text, remembering the line as it was for Ctrl+Z."""
        self._steps = [*self._steps[-_STEPS:], self.value]
        super().replace(text, start, end)

    @property
    def changed(self) -> bool:
        """Whether anything typed can be taken back."""
        return bool(self._steps)

    def action_take_back(self) -> None:
        """Take the last change of this line back; Ctrl+Z in a line never touches what is recorded."""
        if self._steps:
            self.value = self._steps.pop()
            self.cursor_position = len(self.value)
