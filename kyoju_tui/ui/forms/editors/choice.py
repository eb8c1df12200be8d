"""A choice among few words, all in sight: one of them, or any number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, cast

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size

from kyoju_tui.records.description import Described
from kyoju_tui.ui.commands import bindings
from kyoju_tui.ui.forms.editors.chosen import ChosenEditor
from kyoju_tui.ui.safe import safe

NONE_LABEL = "なし"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen; a value of None takes the value away."""

    value: object | None
    label: str


class ChoiceEditor(ChosenEditor[object | None]):
    """Options in a row, over several lines where they must. The chosen ones stand in 【brackets】.

    One of them: the arrows choose. Any number: the arrows move, Space or Enter chooses or lets go.
    """

    DEFAULT_CSS = """
    ChoiceEditor { height: auto; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "前へ", show=False),
        Binding("right", "move(1)", "次へ", show=False),
        Binding("home", "edge(0)", "先頭", show=False),
        Binding("end", "edge(-1)", "末尾", show=False),
        *bindings(("edit.choose", "edit.drop")),
        Binding("space,ideographic_space", "choose", show=False),
        Binding("backspace", "drop", show=False),
    ]

    def __init__(
        self,
        field: Described,
        options: Sequence[Option],
        value: object | None,
        *,
        name: Callable[[str], str] = str,
    ) -> None:
        """`name` tells what a value is called that is no longer among the options."""
        super().__init__(field, "左右で動かし、スペースで選びます・外します" if field.many else "左右で選びます")
        self._name_of = name
        self._options = tuple(options)
        self._cursor = 0
        self.put(value)

    @classmethod
    def of_words(cls, field: Described, value: object | None) -> ChoiceEditor:
        """For a field with a fixed list of words, or a flag."""
        if field.widget == "flag":
            return cls(field, (Option(True, "はい"), Option(False, "いいえ")), value)
        words = [Option(word, word) for word in field.choices]
        optional = not field.many and not field.required and field.default is None
        return cls(field, [Option(None, NONE_LABEL), *words] if optional else words, value)

    def put(self, value: object | None) -> None:
        """Choose this value (these values)."""
        if self.field.many:
            values = list(cast("Sequence[object]", value)) if isinstance(value, list | tuple) else []
        else:
            values = [self.field.default if value is None else value]
        known = [option.value for option in self._options]
        # A value that is no longer offered (a retired category) stays until somebody lets it go.
        self._options += tuple(
            Option(item, self._name_of(str(item))) for item in values if item not in known and item not in (None, "")
        )
        known = [option.value for option in self._options]
        self._chosen = [item for item in values if item in known]
        if self._chosen:
            self._cursor = known.index(self._chosen[0])
        self.refresh(layout=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only what can be chosen is chosen, only what is chosen is let go."""
        if action == "choose":
            return self.field.many or not self._chosen
        if action == "drop":
            return self.read() is not None and (self.field.many or self._may_be_none)
        return True

    def action_move(self, step: int) -> None:
        """Move the cursor, and with it the choice where there is one."""
        if not self.field.many and not self._chosen:
            self._go(0 if step > 0 else len(self._options) - 1)
        else:
            self._go(min(max(self._cursor + step, 0), len(self._options) - 1))

    def action_edge(self, index: int) -> None:
        """Go to the first or the last option."""
        self._go(index % len(self._options))

    def action_choose(self) -> None:
        """Choose what is under the cursor, or let it go again."""
        value = self._options[self._cursor].value
        if not self.field.many:
            self._choose([value])
        elif value in self._chosen:
            self._choose([item for item in self._chosen if item != value])
        else:
            self._choose([*self._chosen, value])

    def action_drop(self) -> None:
        """Let everything go, where the field may be empty."""
        if self.field.many:
            self._choose([])
        elif self._may_be_none:
            self._cursor = next(index for index, option in enumerate(self._options) if option.value is None)
            self._choose([None])

    def on_click(self, event: events.Click) -> None:
        """Choose what is clicked."""
        for line, row in enumerate(self._lines(self.size.width)):
            x = 0
            for index in row:
                width = cell_len(self._shown(index))
                if line == event.y and x <= event.x < x + width:
                    self._cursor = index
                    self.action_choose()
                x += width
        self.refresh()

    def render(self) -> Text:
        """The options, wrapped whole."""
        text = Text(no_wrap=True)
        for number, row in enumerate(self._lines(self.size.width)):
            if number:
                text.append("\n")
            for index in row:
                chosen = self._options[index].value in self._chosen
                style = "bold" if chosen else ""
                if self.has_focus and index == self._cursor and (self.field.many or self._chosen or index):
                    style += " reverse"
                elif self.has_focus and index == self._cursor:
                    style += " underline"
                text.append(self._shown(index), style.strip())
        return text

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the options need."""
        return len(self._lines(width))

    @property
    def _may_be_none(self) -> bool:
        return any(option.value is None for option in self._options)

    def _shown(self, index: int) -> str:
        option = self._options[index]
        label = safe(option.label)
        return f"【{label}】" if option.value in self._chosen else f"　{label}　"

    def _lines(self, width: int) -> list[list[int]]:
        lines: list[list[int]] = [[]]
        used = 0
        for index in range(len(self._options)):
            cells = cell_len(self._shown(index))
            if used and used + cells > width:
                lines.append([])
                used = 0
            lines[-1].append(index)
            used += cells
        return lines

    def _go(self, index: int) -> None:
        self._cursor = index
        if self.field.many:
            self.refresh()
        else:
            self._choose([self._options[index].value])

    def _choose(self, values: list[object | None]) -> None:
        # A fixed order of many: as offered, so that choosing the same again changes nothing in the file.
        if self.field.many and self.field.choices:
            order = [option.value for option in self._options]
            values = sorted(values, key=order.index)
        self._chosen = values
        self.tell()
