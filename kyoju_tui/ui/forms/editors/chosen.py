"""What editors have in common into which nothing is typed: the value is chosen, and the focus shows as a cursor."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.widget import Widget

from kyoju_tui.records.description import Described
from kyoju_tui.ui.forms.editors.base import EDITOR, Edited

ValueT = TypeVar("ValueT")


class UntypedEditor(Widget, can_focus=True):
    """The part of an `Editor` that is the same whatever is chosen and however. Subclasses read, put and draw."""

    def __init__(self, field: Described, hint: str) -> None:
        super().__init__(classes=EDITOR)
        self.field = field
        self.hint = hint

    def read(self) -> object | None:
        """The value, or None where nothing is chosen."""
        raise NotImplementedError

    def drafted(self) -> object | None:
        """The same: there is nothing that cannot be read."""
        return self.read()

    def written(self) -> str:
        """Nothing is typed here."""
        return ""

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh()

    def tell(self) -> None:
        """The value is another one now: draw it, tell the form, and offer the keys that work now."""
        self.refresh(layout=True)
        self.refresh_bindings()
        self.post_message(Edited(self))


class ChosenEditor(UntypedEditor, Generic[ValueT]):
    """One value, or several in the order of choice."""

    def __init__(self, field: Described, hint: str) -> None:
        super().__init__(field, hint)
        self._chosen: list[ValueT] = []

    def read(self) -> object | None:
        """The chosen value, or the list of them."""
        if self.field.many:
            return list(self._chosen) or None
        return self._chosen[0] if self._chosen else None
