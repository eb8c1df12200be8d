"""A form made from a model: every field with its editor, checked while a person types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import ClassVar, cast

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from kyoju_tui.files.lines import place_of
from kyoju_tui.records.base import Part
from kyoju_tui.records.description import Described, field_map, fields_of
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.matching import same
from kyoju_tui.records.plain import Plain, without_empty
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.commands import bindings
from kyoju_tui.ui.forms.arrangement import arrange, value_at
from kyoju_tui.ui.forms.checking import Checked, Examine, Path, check, no_remarks, path_at
from kyoju_tui.ui.forms.editors.base import Drafted, Edited
from kyoju_tui.ui.forms.editors.making import make_editor
from kyoju_tui.ui.forms.field_row import FieldRow
from kyoju_tui.ui.forms.fold_line import FoldLine
from kyoju_tui.ui.forms.refusal import Refusal
from kyoju_tui.ui.forms.remark import Remark, Said
from kyoju_tui.ui.forms.setting import Setting
from kyoju_tui.ui.forms.speaking import said_of
from kyoju_tui.ui.forms.taking import Taken, taken


class RecordForm(VerticalScroll, can_focus=False):
    """The fields of one record, or of one table inside one.

    It holds plain values as TOML has them. Unknown keys of what it was given stay; fields that are folded away keep
    their value. `Looked` is posted whenever what was typed has been looked at.
    """

    DEFAULT_CSS = """
    RecordForm { height: 1fr; width: 1fr; scrollbar-size-vertical: 1; }
    RecordForm .group { text-style: bold; padding: 0 1; height: 1; margin: 1 0 0 0; }
    RecordForm .folded { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(("edit.revert",))]

    class Looked(Message):
        """What was typed has been checked; `edited` tells whether a value differs from what the form began with."""

        def __init__(self, checked: Checked, *, edited: bool) -> None:
            super().__init__()
            self.checked = checked
            self.edited = edited

    def __init__(
        self,
        model: type[Part],
        setting: Setting,
        given: Plain,
        start: Mapping[str, object] | None = None,
        examine: Examine = no_remarks,
    ) -> None:
        """`given` is what is recorded, `start` what the form begins with where that differs (a draft, presets).

        `examine` judges what is valid in itself among the other records.
        """
        super().__init__()
        self.model = model
        self._setting = setting
        self._given = given
        self._examine = examine
        self._refused: Refusal | None = None
        self._plain: Plain = dict(given if start is None else start)
        self._arranged = arrange(model, self._plain)
        self._rows: dict[Path, FieldRow] = {}
        self._held: dict[Path, object | None] = {}
        self._history: list[tuple[Path, object | None]] = []
        self._strict = False
        self._waiting = False
        self._general = Remark()

    def compose(self) -> ComposeResult:
        """The fields in sight; the others follow when their section is opened."""
        yield self._general
        yield from self._widgets(self._arranged.shown)
        if self._arranged.folded:
            yield FoldLine(self._arranged.folded)

    def on_mount(self) -> None:
        """Say what is to be said from the start, such as how a date reads."""
        self._look()

    @property
    def dirty(self) -> bool:
        """Whether anything differs from what is recorded."""
        return not same(without_empty(self.draft()), without_empty(self._given))

    def plain(self) -> Plain:
        """What could be read, as TOML has it."""
        return self._reading()[0]

    def draft(self) -> Plain:
        """The same with the bare text of what could not be read, and open rows, so that nothing typed is lost."""
        return self._collect(lambda row: row.editor.drafted())

    def check(self) -> Checked:
        """Validate what stands in the form."""
        plain, unreadable = self._reading()
        return check(self.model, plain, unreadable, self._paths(), self._examine)

    def take(self, theirs: Plain, begun: Plain | None = None) -> Taken:
        """Show what somebody else has recorded wherever nothing was typed; what is typed stays, with its cursor.

        `begun` is what the edit began from, where that is not what the form was given (a table with presets).
        """
        typed = self.draft()
        found = taken(self._given if begun is None else begun, typed, theirs, self._paths())
        self._given, self._plain = found.given if begun is None else found.follow(self._given), found.holding
        for path, row in self._rows.items():
            value = value_at(found.holding, path)
            if not same(value, value_at(typed, path)):
                row.editor.put(value)
                self._held[path] = _held(row, value)
                self._history = [step for step in self._history if step[0] != path]
        self._look()
        return found

    @property
    def snapshot(self) -> Snapshot:
        """The records that the form is among."""
        return self._setting.snapshot()

    def labels(self, paths: Iterable[Path]) -> list[str]:
        """What the fields at these places are called; those of one group by its name."""
        known = field_map(self.model)
        return list(dict.fromkeys(known[path[0]].label for path in paths))

    async def insist(self) -> bool:
        """Say everything that is wrong, missing fields too, and go to the first such field. Whether all is well."""
        self._strict = True
        checked = self._look()
        wrong = [path for path in self._paths() if path in checked.faults or path in checked.missing]
        if wrong and wrong[0] not in self._rows:
            await self.open_folded()
            self._look()
        if wrong:
            self._rows[wrong[0]].editor_widget.focus()
        return checked.record is not None

    async def open_folded(self) -> None:
        """Show the seldom used fields too."""
        lines = self.query(FoldLine)
        if lines:
            await lines.remove()
            section = Vertical(*self._widgets(self._arranged.folded), classes="folded")
            await self.mount(section)

    async def refuse(self, dotted: str, text: str) -> bool:
        """Say under a field why a save was refused, until something else is typed; whether there is such a field."""
        path = path_at(place_of(dotted), self._paths())
        if path is None:
            return False
        if path not in self._rows:
            await self.open_folded()
        self._refused = Refusal(path, text, self.draft())
        self._look()
        self._rows[path].editor_widget.focus()
        return True

    def focus_field(self, dotted: str) -> None:
        """Go to the field that a dotted name lies in, if the form shows it."""
        steps = tuple(dotted.split("."))
        row = next((row for path, row in self._rows.items() if steps[: len(path)] == path), None)
        if row is not None:
            row.editor_widget.focus()

    async def begin_in(self, dotted: str) -> None:
        """Go to the field that a dotted name lies in, opening the folded section where it is in there."""
        if any(field.name == dotted.partition(".")[0] for field in self._arranged.folded):
            await self.open_folded()
        self.focus_field(dotted)

    def focus_first(self) -> None:
        """Go to the first field that is required and empty, else to the first."""
        empty = (row for row in self._rows.values() if value_at(self._plain, row.path) is None and row.required)
        row = next(empty, None) or next(iter(self._rows.values()), None)
        if row is not None:
            row.editor_widget.focus()

    async def on_fold_line_opened(self, event: FoldLine.Opened) -> None:
        """Open the section and go on in it."""
        event.stop()
        await self.open_folded()
        first = self._arranged.folded[0]
        path = next(path for path in self._rows if path[0] == first.name)
        self._rows[path].editor_widget.focus()
        self._look()

    def on_edited(self, event: Edited) -> None:
        """Remember what stood there where Ctrl+Z is not the editor's own, and look again."""
        event.stop()
        for row in self._rows.values():
            if row.editor_widget is event.editor and not isinstance(row.editor_widget, Input | TextArea):
                self._history.append((row.path, self._held.get(row.path)))
                self._held[row.path] = row.editor.read()
        self._look_soon()

    def on_drafted(self, event: Drafted) -> None:
        """Something is typed in the form of a row."""
        event.stop()
        self._look_soon()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only what was changed can be taken back."""
        return action != "revert" or bool(self._history)

    def action_revert(self) -> None:
        """Take the last choice, removed row or moved row back."""
        path, value = self._history.pop()
        self._rows[path].editor.put(value)
        self._held[path] = value
        self._rows[path].editor_widget.focus()
        self.refresh_bindings()
        self._look()

    def _widgets(self, fields: tuple[Described, ...]) -> Iterator[Widget]:
        for field in fields:
            if field.widget == "part" and field.part is not None:
                yield Static(Text(field.label), classes="group")
                for inner in fields_of(field.part):
                    yield self._row((field.name, inner.name), inner, required=False)
            else:
                yield self._row((field.name,), field, required=field.required)

    def _row(self, path: Path, field: Described, *, required: bool) -> FieldRow:
        value = value_at(self._plain, path)
        row = FieldRow(path, make_editor(field, self._setting, value), required=required)
        self._rows[path] = row
        self._held[path] = _held(row, value)
        return row

    def _paths(self) -> list[Path]:
        """Every place a field has in this form, folded ones too, in order."""
        paths: list[Path] = []
        for field in (*self._arranged.shown, *self._arranged.folded):
            if field.widget == "part" and field.part is not None:
                paths += [(field.name, inner.name) for inner in fields_of(field.part)]
            else:
                paths.append((field.name,))
        return paths

    def _reading(self) -> tuple[Plain, dict[Path, str]]:
        """What can be read, and the sentences on what cannot."""
        unreadable: dict[Path, str] = {}

        def read(row: FieldRow) -> object | None:
            try:
                return row.editor.read()
            except InvalidValue as error:
                unreadable[row.path] = f"{error.message}{error.cure}"
                return None

        return self._collect(read), unreadable

    def _collect(self, read: Callable[[FieldRow], object | None]) -> Plain:
        plain: Plain = dict(self._plain)
        groups: dict[str, Plain] = {}
        for path, row in self._rows.items():
            value = read(row)
            if value == row.editor.field.default and not row.editor.field.required:
                value = None
            table = plain
            if len(path) > 1:
                table = groups.setdefault(path[0], dict(cast("Mapping[str, object]", plain.get(path[0]) or {})))
                plain[path[0]] = table
            name = row.editor.field.name
            if value is None:
                table.pop(name, None)
            else:
                table[name] = value
        for name, table in groups.items():
            if not table:
                plain.pop(name, None)
        order = [field.name for field in fields_of(self.model)]
        ordered = {name: plain[name] for name in order if name in plain}
        return {**ordered, **plain}

    def _look_soon(self) -> None:
        if not self._waiting:
            self._waiting = True
            self.call_later(self._look)

    def _look(self) -> Checked:
        """Check, and say under each field what there is to say."""
        self._waiting = False
        checked = self.check()
        # What is only missing is spoken of once somebody wants to record.
        spoken = checked if self._strict else replace(checked, missing=frozenset())
        if self._refused is not None:
            spoken = replace(spoken, faults=self._refused.among(spoken.faults, self.draft()))
        values, today = self.plain(), self._setting.today()
        for row in self._rows.values():
            row.say(*said_of(row, self.model, spoken, values, today))
        self._general.say(*(Said("fault", text) for text in checked.general))
        self.post_message(self.Looked(checked, edited=self.dirty))
        return checked


def _held(row: FieldRow, value: object | None) -> object | None:
    """What Ctrl+Z puts back first: the value, as the editor of the row has it."""
    return value if isinstance(row.editor_widget, Input | TextArea) else row.editor.read()
