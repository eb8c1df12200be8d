"""One field in a form: its label, its editor, and what is to be said about it."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static, TextArea

from kyoju_tui.ui.commands import bindings
from kyoju_tui.ui.forms.checking import Path
from kyoju_tui.ui.forms.editors.base import Editor, move_focus
from kyoju_tui.ui.forms.remark import Remark, Said
from kyoju_tui.ui.safe import safe

REQUIRED = "必須"


class FieldRow(Horizontal):
    """Label at the left with the word 必須 where it is, editor at the right, remarks below. Up and Down leave it."""

    DEFAULT_CSS = """
    FieldRow { height: auto; width: 1fr; }
    FieldRow > .label { width: 24; height: auto; padding: 0 1; }
    FieldRow.inner > .label { padding: 0 1 0 3; }
    FieldRow.active > .label { text-style: reverse; }
    FieldRow > Vertical { width: 1fr; max-width: 110; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "leave(-1)", "上の項目", show=False),
        Binding("down", "leave(1)", "下の項目", show=False),
        *bindings(("edit.next",)),
    ]

    def __init__(self, path: Path, editor: Widget, *, required: bool) -> None:
        """`editor` is an `Editor`; `path` is where its field stands in the form."""
        super().__init__(classes="inner" if len(path) > 1 else "")
        if not isinstance(editor, Editor):
            raise TypeError(f"{type(editor).__name__} is no editor")
        self.path = path
        self.editor: Editor = editor
        self.editor_widget: Widget = editor
        self.remark = Remark()
        self.required = required
        self._said: tuple[Said, ...] = ()

    def compose(self) -> ComposeResult:
        """The parts."""
        label = Text(safe(self.editor.field.label))
        if self.required:
            label.append(f" {REQUIRED}", style="bold")
        yield Static(label, classes="label")
        with Vertical():
            yield self.editor_widget
            yield self.remark

    def say(self, *said: Said) -> None:
        """Say this under the field. Help is said while the field has the focus, its own where nothing is wrong."""
        self._said = said
        self._show()

    def on_descendant_focus(self) -> None:
        """Mark the label, show the help, and bring the whole row into sight."""
        self._mark()
        self.call_after_refresh(self.scroll_visible, animate=False)

    def on_descendant_blur(self) -> None:
        """The help goes with the focus."""
        self.call_later(self._mark)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """In a text of several lines Enter begins a line."""
        return action != "next" or not isinstance(self.editor_widget, TextArea)

    def action_next(self) -> None:
        """Go to the next field."""
        move_focus(self, 1)

    def action_leave(self, step: int) -> None:
        """Go to the field above or below."""
        move_focus(self, step)

    def _mark(self) -> None:
        focused = self.screen.focused
        self.set_class(focused is not None and self in focused.ancestors, "active")
        self._show()

    def _show(self) -> None:
        active = self.has_class("active")
        said = [item for item in self._said if item.tone != "help" or active]
        if active and not any(item.tone == "fault" and item.text for item in said):
            said.append(Said("help", self.editor.field.help))
            said.append(Said("help", self.editor.hint))
        self.remark.say(*said)
