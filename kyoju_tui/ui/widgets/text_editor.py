"""Several lines to type into."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import TextArea


class TextEditor(TextArea):
    """Text with line ends. Tab moves to the next field; Ctrl+Z takes typing back; no blink, no line numbers."""

    # Textual binds F6 and F7 to selecting: they are the IME's, so Textual's bindings are not inherited blindly.
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f6,f7", "none", show=False)]

    DEFAULT_CSS = """
    TextEditor {
        height: 5;
        border: none;
        padding: 0;
        background: $field-background;
        color: $foreground;
        text-style: $field-line;
        scrollbar-size-vertical: 1;
        &:focus { border: none; background: $field-focus; background-tint: transparent; }
        & .text-area--cursor { background: $field-focus; color: $foreground; text-style: underline; }
        & .text-area--cursor-line { background: $field-background; }
        &:focus .text-area--cursor-line { background: $field-focus; }
        & .text-area--placeholder { color: $text-muted; }
    }
    """

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "",
        read_only: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(
            text,
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            read_only=read_only,
            placeholder=placeholder,
            id=id,
            classes=classes,
        )
        self.cursor_blink = False

    def action_none(self) -> None:
        """Do nothing: the key belongs to the IME."""
