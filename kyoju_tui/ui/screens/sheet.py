"""One record laid out to be read: its fields line by line, each opened and added to where it stands.

The form edits a whole record; the sheet is for records that grow over months (the policy, a theme, an area).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, cast

from textual.widget import Widget

from kyoju_tui.records.base import Part, Record
from kyoju_tui.records.description import Described, field_map, fields_of
from kyoju_tui.records.entering import show
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.screens.rows import Place, record_at, with_table
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.record_table import Row
from kyoju_tui.ui.widgets.story import Sentence, Story
from kyoju_tui.ui.widgets.wide_table import WideTable
from kyoju_tui.ui.widgets.wrapping import wrap

_LABEL: Final = 22
_LINES: Final = 6
NOTHING_YET: Final = "（まだありません）"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet: the field it is of, and which table of a list (None: the field as a whole)."""

    field: Described
    number: int | None
    label: str
    text: str

    @property
    def key(self) -> str:
        """Stays the same while the record changes around it."""
        return self.field.name if self.number is None else f"{self.field.name}.{self.number}"


class SheetScreen(DataScreen):
    """The sheet of one record. Subclasses may choose and order the fields (`FIELDS`) and say more in `told`.

    `told` stands in a box above the lines (`TOLD` lines high; 0 is no box).
    """

    FIELDS: ClassVar[tuple[str, ...]] = ()
    TOLD: ClassVar[int] = 0
    COMMANDS = ("open", "edit", "new", "sheet.cut", "reload", "back")
    AUTO_FOCUS = "WideTable"

    def __init__(self, ref: str) -> None:
        super().__init__()
        self.ref = Ref(ref)
        self.kind = kind_of(ref)
        self.title_ja = self.title_ja or self.kind.label

    @property
    def record_open(self) -> Ref | None:
        """The record of the sheet."""
        return self.ref

    # -- what subclasses may tell --------------------------------------------------------------------------------

    def told(self, record: Record) -> Iterable[Sentence]:  # noqa: ARG002 - for subclasses
        """What stands above the lines."""
        return ()

    def line_of(self, part: Part) -> tuple[str, str]:
        """How a table of a list is told: what it is headed by, and the rest with its labels."""
        filled = self._filled(part)
        if len(filled) == 1:
            return "", filled[0][1]
        if not filled or filled[0][0].widget in ("text", "parts"):
            return "", self._labelled(filled)
        return filled[0][1], self._labelled(filled[1:])

    # -- what is on the screen -----------------------------------------------------------------------------------

    def compose_body(self) -> Iterable[Widget]:
        """The box and the lines."""
        if self.TOLD:
            story = Story()
            story.styles.height = self.TOLD
            yield story
        yield WideTable(id="sheet")

    @property
    def record(self) -> Record:
        """The record as it is now; an empty one where a single kind has none yet."""
        return record_at(self, self.ref)

    @property
    def fields(self) -> Sequence[Described]:
        """The fields in their order on the sheet."""
        known = field_map(self.kind.model)
        return [known[name] for name in self.FIELDS] if self.FIELDS else fields_of(self.kind.model)

    @property
    def title_detail(self) -> str:
        """What the record is called."""
        return "" if self.kind.single else self.snapshot.title(self.ref)

    def lines(self) -> Iterator[Line]:
        """Every line: a field, or a heading with a line for each table of its list."""
        record = self.record
        for field in self.fields:
            value = getattr(record, field.attribute)
            if field.part is None:
                text = "" if value is None or value == () else show(field, value, self.snapshot.name)
                yield Line(field, None, field.label, text or NOTHING_YET)
            elif not field.many:
                filled = [] if value is None else self._filled(cast("Part", value))
                text = filled[0][1] if len(filled) == 1 else self._labelled(filled)
                yield Line(field, None, field.label, text or NOTHING_YET)
            else:
                parts = cast("Sequence[Part]", value)
                yield Line(field, None, field.label, f"{len(parts)}件" if parts else NOTHING_YET)
                for number, part in enumerate(parts):
                    head, text = self.line_of(part)
                    yield Line(field, number, f"　{head}", text)

    def _filled(self, part: Part) -> list[tuple[Described, str]]:
        """What a table says: its fields in words, ids and empty ones apart."""
        return [
            (field, show(field, value, self.snapshot.name))
            for field in fields_of(type(part))
            if field.name != "id" and (value := getattr(part, field.attribute)) not in (None, (), False)
        ]

    def _labelled(self, filled: Sequence[tuple[Described, str]]) -> str:
        """In one paragraph; a single text needs no label."""
        if len(filled) == 1 and filled[0][0].widget == "text":
            return filled[0][1]
        return "　".join(f"{field.label}：{text}" for field, text in filled)

    def show(self) -> None:
        """Show the lines, touching only what differs."""
        if not self.kind.single and self.ref not in self.snapshot:
            self.kyoju.notify("この記録は削除されました。")
            self.kyoju.go_back()
            return
        table = self.query_one(WideTable)
        room = table.room - _LABEL
        rows: list[Row] = []
        for line in self.lines():
            wrapped = wrap(line.text, max(room - 2, 10))[:_LINES]
            head = "bold" if line.number is None else ""
            calm = "dim" if line.text == NOTHING_YET else ""
            cells = (Marked.of((line.label, head)), Marked.of(*((text, calm) for text in wrapped)))
            rows.append(Row(line.key, cells, max(len(wrapped), 1)))
        table.set_rows((column("label", "項目", _LABEL), column("text", "内容", room)), rows)
        if self.TOLD:
            told = tuple(self.told(self.record))
            story = self.query_one(Story)
            story.display = bool(told)
            # No taller than what is told: the lines are what the sheet is for.
            wanted = sum(len(wrap(each.text, max(table.room - each.indent - 1, 10))) for each in told)
            story.styles.height = min(self.TOLD, wanted)
            story.show(told)
        self.show_title()
        self.refresh_bindings()

    @property
    def line_here(self) -> Line | None:
        """The line under the cursor."""
        key = self.query_one(WideTable).row_key
        return next((line for line in self.lines() if line.key == key), None)

    # -- acting --------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only lists are added to, only their tables are taken away."""
        if action in ("new", "cut") and self.is_mounted:
            line = self.line_here
            listed = line is not None and line.field.part is not None and line.field.many
            return listed and (action == "new" or (line is not None and line.number is not None))
        return super().check_action(action, parameters)

    def action_open(self) -> None:
        """Open what the line shows: a table in its small form, any other field in the record's form."""
        line = self.line_here
        if line is None:
            return
        if line.field.part is None:
            self.kyoju.open_record(self.ref, line.field.name)
        elif not line.field.many or line.number is not None:
            self.edit_row(self.ref, line.field.name, line.number)
        else:
            self.action_new()

    def action_edit(self) -> None:
        """Open the whole record in its form."""
        self.kyoju.open_record(self.ref)

    def action_new(self) -> None:
        """Add a table to the list that the cursor is in."""
        line = self.line_here
        if line is not None:
            self.add_to(line.field.name)

    def add_to(self, field: str) -> None:
        """Add a table to a list; subclasses give it what is known beforehand."""
        self.add_row(self.ref, field)

    def action_cut(self) -> None:
        """Take a table out of its list, after asking."""
        line = self.line_here
        if line is not None and line.number is not None:
            self.run_worker(self._cut(line, Place(self.ref, line.field.name, line.number)))

    async def _cut(self, line: Line, place: Place) -> None:
        base, record = self.workspace.base(self.ref), self.record
        question = ConfirmScreen(
            f"「{line.field.label}」からこの行を消しますか。",
            f"{line.text}\n\n履歴には残ります。直後なら Ctrl+Z で元に戻せます。",
            yes="消す",
            no="やめる",
        )
        if await self.kyoju.push_screen_wait(question):
            changed = with_table(record, place, None)
            self.kyoju.save(lambda: self.workspace.save(self.ref, changed, base=base))
