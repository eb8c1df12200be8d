"""A reference to another record, or several: names, chosen in the picker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, cast

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size

from kyoju_tui.records.description import Described
from kyoju_tui.ui.app_of import kyoju
from kyoju_tui.ui.commands import bindings
from kyoju_tui.ui.forms.candidates import Candidate, candidates
from kyoju_tui.ui.forms.editors.chosen import ChosenEditor
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.forms.setting import Setting
from kyoju_tui.ui.safe import safe
from kyoju_tui.ui.widgets.record_table import fit
from kyoju_tui.ui.widgets.wrapping import wrap

EMPTY = "（Enterで選びます）"


class ReferenceEditor(ChosenEditor[str]):
    """Shows the names of what is referred to. Enter, or typing, opens the picker; Delete takes the last away."""

    DEFAULT_CSS = """
    ReferenceEditor {
        height: auto; width: 1fr; padding: 0 1; background: $field-background; text-style: $field-line;
        &:focus { background: $field-focus; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(("edit.pick", "edit.drop")),
        Binding("space,ideographic_space", "pick", show=False),
        Binding("backspace", "drop", show=False),
    ]

    def __init__(
        self,
        field: Described,
        setting: Setting,
        value: object | None,
        *,
        extra: Callable[[], Sequence[Candidate]] = tuple,
    ) -> None:
        """`extra` are candidates that are no records, offered first."""
        super().__init__(field, "Enterで選び、Delで消します。名前・よみ・ローマ字を打っても探せます")
        self._setting = setting
        self._extra = extra
        self._picker: Picker | None = None
        self.put(value)

    def put(self, value: object | None) -> None:
        """Refer to this (these)."""
        if isinstance(value, list | tuple):
            self._chosen = [str(item) for item in cast("Sequence[object]", value)]
        else:
            self._chosen = [str(value)] if value else []
        self.refresh(layout=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only what is chosen can be let go."""
        return action != "drop" or bool(self._chosen)

    def action_pick(self) -> None:
        """Open the picker."""
        self._pick("")

    def action_drop(self) -> None:
        """Take the last reference away."""
        if self._chosen:
            self._choose(self._chosen[:-1])

    def on_click(self) -> None:
        """Open the picker."""
        self._pick("")

    def on_key(self, event: events.Key) -> None:
        """Typing begins a search."""
        if event.character is None or not event.is_printable:
            return
        event.stop()
        event.prevent_default()
        self._pick(event.character)

    def render(self) -> Text:
        """The names, wrapped, joined by 「・」."""
        width = self.content_size.width
        if not self._chosen:
            return Text(fit(EMPTY, width), style="dim", no_wrap=True)
        # Filled up, so that the line that shows the field's extent is as long as the field.
        return Text("\n".join(fit(line, width) for line in self._wrapped(width)), no_wrap=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the names need."""
        return max(len(self._wrapped(width)), 1)

    def _wrapped(self, width: int) -> list[str]:
        return wrap(safe("・".join(self._named(text) for text in self._chosen)), max(width, 8))

    def _named(self, text: str) -> str:
        extra = next((candidate.name for candidate in self._extra() if candidate.value == text), None)
        return extra or self._setting.name(self.field.refers.kind if self.field.refers else "", text)

    def _pick(self, query: str) -> None:
        """Open the picker with a query; what is typed before it has the focus goes to it too."""
        if self._picker is not None:
            self._picker.type(query)
            return
        kind = self.field.refers.kind if self.field.refers is not None else ""
        offered = [*self._extra(), *candidates(self._setting.snapshot(), kind, self._setting.today())]
        self._picker = Picker(self.field.label, offered, self._chosen, many=self.field.many, query=query)
        kyoju(self).push_screen(self._picker, self._picked)

    def _picked(self, chosen: tuple[str, ...] | None) -> None:
        self._picker = None
        if chosen is not None:
            self._choose(list(chosen))

    def _choose(self, values: list[str]) -> None:
        if values != self._chosen:
            self._chosen = values
            self.tell()
