"""The sheet 回答 of an inquiry's form: what stands in the store, filled in, and room for what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kyoju_tui.exchange.books.heights import height
from kyoju_tui.exchange.books.values import address
from kyoju_tui.exchange.books.writing import paper, put, widths
from kyoju_tui.exchange.forms.form_looks import form_looks
from kyoju_tui.exchange.inquiries import inquiry_layout as layout
from kyoju_tui.exchange.inquiries.inquiry_layout import Column, RowMark, RowSort, columns
from kyoju_tui.overview.asking import AskedSection, Block
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

A3: Final = 8
_LEFT: Final = {layout.ID_COLUMN: 2.0, layout.CATEGORY_COLUMN: 11.0, layout.KIND_COLUMN: 7.0, layout.SAID_COLUMN: 11.0}
_BAR: Final = 24.0
_BLOCK: Final = 21.0
_HEAD: Final = 34.0
_ROOM: Final = 2
_NAMED: Final = 30
USUAL: Final = height((), least=_ROOM)
"""How high the sheet's rows are where nothing else is said."""


@dataclass(slots=True)
class AnswerSheet:
    """Writes the sheet from top to bottom, and remembers what every row is."""

    sheet: Worksheet
    snapshot: Snapshot
    fields: tuple[Column, ...]
    marks: list[tuple[int, RowMark]] = field(default_factory=list[tuple[int, RowMark]])
    chosen: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    row: int = layout.FIRST_ROW
    _above: list[Ref] = field(default_factory=list[Ref])

    def section(self, section: AskedSection) -> None:
        """A bar with the heading, and all that is asked under it."""
        looks = form_looks()
        self.sheet.row_dimensions[self.row].height = _BAR
        for column in range(layout.CATEGORY_COLUMN, self.fields[-1].number + 1):
            put(self.sheet, self.row, column, section.label if column == layout.CATEGORY_COLUMN else None,
                style=looks.bar)  # fmt: skip
        self.row += 1
        for block in section.blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        name = self.snapshot.full_name("category", block.category)
        self._head(block, name)
        for ref in block.entries:
            self._entry(block, name, ref, self.snapshot.entries[ref])
        for _ in range(layout.EMPTY_ROWS):
            self._new(block, name)

    def _head(self, block: Block, name: str) -> None:
        looks, sheet, row = form_looks(), self.sheet, self.row
        sheet.row_dimensions[row].height = _BLOCK
        said = layout.NOTHING if block.nothing else ""
        self._mark("block", block, None, [said])
        put(sheet, row, layout.CATEGORY_COLUMN, name, style=looks.block)
        put(sheet, row, layout.KIND_COLUMN, block.kind, style=looks.block)
        put(sheet, row, layout.SAID_COLUMN, said or None, style=looks.choice)
        put(sheet, row, layout.FIRST_FIELD_COLUMN, self._hint(block, name), style=looks.quiet)
        self.chosen.setdefault("nothing", []).append(row)
        self.row += 1

    def _hint(self, block: Block, name: str) -> str:
        """What to choose on the line; an entry of several rows stands under the first of them alone."""
        above = [
            entry.title
            for ref in self._above
            if (entry := self.snapshot.entries[ref]).kind == block.kind and block.category in entry.categories
        ]
        if block.entries or not above:
            return f"← {name}の{block.kind}がないときは、ここで「{layout.NOTHING}」を選んでください。"
        more = f"など{len(above)}件" if len(above) > 1 else ""
        return (
            f"← 上に書いてある「{above[0][:_NAMED]}」{more}は、{name}にも入ります。新しいものだけを下に書いてください。"
        )

    def _entry(self, block: Block, name: str, ref: Ref, entry: Entry) -> None:
        texts = [layout.filled(column, entry, block.category, self.snapshot) for column in self.fields]
        self._above.append(ref)
        points = height(zip(texts, (column.width for column in self.fields), strict=True), least=_ROOM)
        if points > USUAL:
            self.sheet.row_dimensions[self.row].height = points
        self._mark("entry", block, ref, texts)
        self._fixed(block, name)
        put(self.sheet, self.row, layout.SAID_COLUMN, None, style=form_looks().pick)
        self.chosen.setdefault("changes", []).append(self.row)
        self._fields(block, texts)

    def _new(self, block: Block, name: str) -> None:
        texts = [""] * len(self.fields)
        self._mark("new", block, None, texts)
        self._fixed(block, name)
        put(self.sheet, self.row, layout.SAID_COLUMN, layout.ADDED, style=form_looks().fixed)
        self._fields(block, texts)

    def _fixed(self, block: Block, name: str) -> None:
        fixed = form_looks().fixed
        put(self.sheet, self.row, layout.CATEGORY_COLUMN, name, style=fixed)
        put(self.sheet, self.row, layout.KIND_COLUMN, block.kind, style=fixed)

    def _fields(self, block: Block, texts: Sequence[str]) -> None:
        looks = form_looks()
        for column, text in zip(self.fields, texts, strict=True):
            # What the kind does not have is left white: half of the sheet would else be cells without a use.
            if block.kind in column.kinds:
                look = looks.pick if column.choices else looks.words if column.long else looks.line
                put(self.sheet, self.row, column.number, text or None, style=look)
        self.row += 1

    def _mark(self, sort: RowSort, block: Block, ref: Ref | None, texts: Sequence[str]) -> None:
        name = f"r{len(self.marks) + 1:04}"
        mark = RowMark(name, sort, block.category, block.kind, ref, layout.check_of(texts))
        self.marks.append((self.row, mark))
        put(self.sheet, self.row, layout.ID_COLUMN, mark.text())


def write_heads(sheet: Any, results: int) -> None:
    """The headings and widths that the answer sheet and the example share."""
    heads, head = layout.heads(results), form_looks().head
    sheet.row_dimensions[layout.HEAD_ROW].height = _HEAD
    for column, text in heads.items():
        put(sheet, layout.HEAD_ROW, column, text, style=head)
    widths(sheet, [*_LEFT.values(), *(column.width for column in columns(results))])


def finish(sheet: Any, last: int, results: int, foot: str) -> None:
    """Locked but for the input, rows with room to write, frozen heads, A3 landscape one page wide."""
    corner = sheet.cell(layout.FIRST_ROW, layout.FIRST_FIELD_COLUMN + 1)
    sheet.freeze_panes = corner.coordinate
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = USUAL, True
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 85
    end = address(last - 1, columns(results)[-1].number - 1)
    sheet.print_area = f"{address(0, layout.CATEGORY_COLUMN - 1)}:{end}"
    paper(sheet, size=A3, heads=f"{layout.HEAD_ROW}:{layout.HEAD_ROW}", foot=foot)
    lock(sheet)


def lock(sheet: Any) -> None:
    """Protect a sheet without a password; rows can still be put in, and made higher or wider."""
    sheet.protection.sheet = True
    # In a protected sheet False is what is allowed.
    sheet.protection.formatRows = sheet.protection.formatColumns = sheet.protection.insertRows = False


def drop_downs(sheet: Any, places: Mapping[str, str], lists: Mapping[str, tuple[str, ...]]) -> None:
    """Lets cells choose from the lists of the hidden sheet; `places` are ranges by the list's name."""
    from openpyxl.worksheet.datavalidation import DataValidation

    for number, (name, words) in enumerate(lists.items()):
        if name not in places:
            continue
        column = address(0, number)[:-1]
        rule = DataValidation(
            type="list",
            formula1=f"{layout.CHOICES}!${column}$2:${column}${len(words) + 1}",
            sqref=places[name],
            allow_blank=True,
            showErrorMessage=True,
            errorTitle="選べない言葉です",
            error="右の▼を押して、一覧から選んでください。",
        )
        sheet.add_data_validation(rule)


def ranges(column: int, rows: Sequence[int]) -> str:
    """The cells of some rows in one column, as a list of ranges."""
    letters = address(0, column - 1)[:-1]
    found: list[list[int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    return " ".join(f"{letters}{first}:{letters}{last}" for first, last in found)
