"""A list of the records of one kind. The columns come from the model; subclasses add what can be told beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.widget import Widget

from kyoju_tui.records.base import Part, Record
from kyoju_tui.records.description import Described, fields_of
from kyoju_tui.records.entering import show
from kyoju_tui.records.folding import SearchText
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_named
from kyoju_tui.ui.screens.list_screen import ListScreen
from kyoju_tui.ui.search_texts import SearchTexts
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.record_table import Column, Row
from kyoju_tui.ui.widgets.story import Sentence, Story

_NARROWEST, _WIDEST, _FIRST = 6, 30, 20


class RecordsScreen(ListScreen):
    """All records of the kind `KIND`, in the order of `standing`.

    Subclasses may tell more: `heads` and `cells` are the columns (a cell is a text, or `Marked.of((text, style))`),
    and with `DETAIL` lines a box below the list holds `detail` on the record under the cursor.
    """

    KIND: ClassVar[str] = ""
    DETAIL: ClassVar[int] = 0
    COMMANDS = ("open", "edit", "new", "search", "remove", "reload", "back")
    DEFAULT_CSS = """
    RecordsScreen Story { height: 6; }
    """

    def __init__(self, record: str = "") -> None:
        """`record` is the id on which the cursor begins."""
        super().__init__()
        self.kind = kind_named(self.KIND)
        self.title_ja = self.title_ja or self.kind.label
        self._begin = record
        self._fields = tuple(field for field in fields_of(self.kind.model) if field.column)
        self._texts = SearchTexts(self._words)
        self._cells: dict[Ref, Sequence[str | Marked]] = {}

    # -- what subclasses may tell --------------------------------------------------------------------------------

    def heads(self) -> Sequence[tuple[str, str]]:
        """Key and label of each column; the first is the name and takes the room that the others leave."""
        return [(field.name, field.label) for field in self._fields]

    def cells(self, ref: Ref, record: Record) -> Sequence[str | Marked]:  # noqa: ARG002 - for subclasses
        """What each column says of a record."""
        return [self._word(field, getattr(record, field.attribute)) for field in self._fields]

    def standing(self, ref: Ref, record: Record) -> tuple[object, ...]:  # noqa: ARG002 - for subclasses
        """Where a record stands: they are sorted by this."""
        return (ref,)

    def detail(self, ref: Ref, record: Record) -> Iterable[Sentence]:
        """What the box below the list says of a record; asked for only where `DETAIL` is not 0."""
        raise NotImplementedError

    def chosen(self, ref: Ref, record: Record) -> bool:  # noqa: ARG002 - for subclasses
        """Whether the list shows a record at all, the search apart."""
        return True

    # -- the list ------------------------------------------------------------------------------------------------

    def compose_body(self) -> Iterable[Widget]:
        """The list, and the box below it."""
        yield from super().compose_body()
        if self.DETAIL:
            story = Story()
            story.styles.height = self.DETAIL
            yield story

    def on_mount(self) -> None:
        """Begin on the record that was asked for."""
        if self._begin:
            # This comes before the base class's own, which shows the list.
            self.show()
            self.table.move_to(self.kind.ref(self._begin))

    def columns(self) -> Sequence[Column]:
        """Each as wide as its fullest cell, the first as wide as the others leave; all of them are in sight."""
        heads = self.heads()
        rows = [self._texts_of(ref, record) for ref, record in self.records().items() if self.chosen(ref, record)]
        widths = [
            min(_WIDEST, max(_NARROWEST, cell_len(label), *(cell_len(row[number]) for row in rows)) + 2)
            if rows
            else cell_len(label) + 2
            for number, (_, label) in enumerate(heads)
        ]
        widths[0] = max(_FIRST, min(self.room - sum(widths[1:]), 50))
        while sum(widths) > self.room and max(widths) > _NARROWEST:
            widths[widths.index(max(widths))] -= 1
        return tuple(column(key, label, width) for (key, label), width in zip(heads, widths, strict=True))

    def keys(self) -> Iterable[str]:
        """By their place."""
        found = self.records()
        kept = [(ref, record) for ref, record in found.items() if self.chosen(ref, record)]
        return [ref for ref, _ in sorted(kept, key=lambda pair: self.standing(*pair))]

    def row(self, key: str) -> Row:
        """The columns in words."""
        ref = Ref(key)
        cells = self._cells_of(ref, self.records()[ref])
        return Row(key, tuple(Marked.of((cell, "")) if isinstance(cell, str) else cell for cell in cells))

    def search_text(self, key: str) -> SearchText:
        """Found by everything that a column shows, and by the reading."""
        return self._texts.of(Ref(key), self.records()[Ref(key)])

    def nothing_yet(self) -> bool:
        """Whether there is none of this kind."""
        return not self.records()

    def records(self) -> Mapping[Ref, Record]:
        """All of the kind."""
        return self.snapshot.all(self.kind.model)

    @property
    def here(self) -> tuple[Ref, Record] | None:
        """The record under the cursor."""
        ref = Ref(self.key_here)
        record = self.snapshot.get(ref) if ref else None
        return None if record is None else (ref, record)

    def show(self) -> None:
        """Show the list, and what the box says."""
        self._cells.clear()
        super().show()
        self.explain()

    def explain(self) -> None:
        """Say what the cursor is on."""
        if self.DETAIL:
            here = self.here
            story = self.query_one(Story)
            story.display = here is not None
            story.show(() if here is None else (*self._open_elsewhere(here[0]), *self.detail(*here)))
        self.refresh_bindings()

    def _open_elsewhere(self, ref: Ref) -> Iterator[Sentence]:
        """Who else has the record open."""
        return (Sentence(text) for text in self.kyoju.company.at_work((ref,), self.snapshot))

    def _cells_of(self, ref: Ref, record: Record) -> Sequence[str | Marked]:
        """The cells, made once for widths, search and row together."""
        cells = self._cells.get(ref)
        if cells is None:
            cells = self._cells[ref] = self.cells(ref, record)
        return cells

    def _texts_of(self, ref: Ref, record: Record) -> tuple[str, ...]:
        return tuple(cell if isinstance(cell, str) else cell.text for cell in self._cells_of(ref, record))

    def _word(self, field: Described, value: object) -> str:
        if value is None or value is False:
            return ""
        if isinstance(value, Part):
            # A table shows what it marks as a column itself: the level of 意欲 and 優先度.
            inner = (each for each in fields_of(type(value)) if each.column)
            return "・".join(self._word(each, getattr(value, each.attribute)) for each in inner)
        shown = show(field, value, self.snapshot.name)
        # Figures stand under each other by their ends.
        return shown.rjust(_NARROWEST) if isinstance(value, int) else shown

    def _words(self, ref: Ref, record: Record) -> tuple[str, ...]:
        return (*self._texts_of(ref, record), str(getattr(record, "reading", None) or ""), record.note or "", ref.id)

    # -- acting --------------------------------------------------------------------------------------------------

    def action_new(self) -> None:
        """An empty form."""
        self.add(self.kind.word)

    def action_remove(self) -> None:
        """Delete, after asking."""
        self.remove_record(Ref(self.key_here))
