"""A paper as a spreadsheet: A3 landscape fitted to the width, heads that stay and repeat, text that stays text.

A sheet that programs alone see tells which cell is about which category, department and records.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from kyoju_tui.exchange.books.heights import height
from kyoju_tui.exchange.books.writing import HEAD, Looks, new_book, paper, put, text, widths, written
from kyoju_tui.exchange.papers.colours import LOOKS
from kyoju_tui.exchange.papers.paper import Box, Paper, Said, Table, Tone

PLACES: Final = "_kyoju"
"""The hidden sheet: a line per cell: `sheet`, `cell`, `category`, `department`, `refs` with blanks between."""
PLACES_HEAD: Final = ("sheet", "cell", "category", "department", "refs")

_A3: Final = 8
# A full-width character takes two of what spreadsheets count widths in; the edges take one.
_EM, _EDGES = 2.0, 1.0
_LONGEST_NAME: Final = 31
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\']")
_HEADS_HEIGHT: Final = 36.0


@dataclass(frozen=True, slots=True)
class _Looks:
    title: Looks
    fact: Looks
    head: Looks
    name: Looks
    urgent: Looks
    cells: Mapping[tuple[Tone, bool, bool], Looks]


def paper_xlsx(paper: Paper) -> bytes:
    """The file: a sheet per table."""
    book = new_book()
    places: list[tuple[str, ...]] = []
    taken: set[str] = set()
    for table in paper.tables:
        sheet: Any = book.create_sheet(_name(table.caption, taken))
        _write(sheet, paper, table)
        places += _places(sheet, table)
    if places:
        _hide(book.create_sheet(PLACES), places)
    return written(book)


def _write(sheet: Any, whole: Paper, table: Table) -> None:
    looks = _looks()
    put(sheet, 1, 1, whole.title, style=looks.title)
    sheet.row_dimensions[1].height = 24
    for row, fact in enumerate((*whole.facts, *_legend_words(whole.legend)), 2):
        put(sheet, row, 1, fact, style=looks.fact)
    top = _top(whole)
    for column, each in enumerate(table.columns, 1):
        put(sheet, top, column, each.head, style=looks.head)
    wide = [each.width * _EM + _EDGES for each in table.columns]
    heads = height(zip((text(each.head) for each in table.columns), wide, strict=True))
    sheet.row_dimensions[top].height = max(_HEADS_HEIGHT, heads)
    for row, boxes in enumerate(table.rows, top + 1):
        for column, (box, about) in enumerate(zip(boxes, table.columns, strict=True), 1):
            named = looks.urgent if _tone(box) == "gap" else looks.name
            style = named if column == 1 else looks.cells[_tone(box), box.gap, about.centred]
            put(sheet, row, column, "\n".join(line.text for line in box.shown), style=style)
        shown = ("\n".join(line.text for line in box.shown) for box in boxes)
        sheet.row_dimensions[row].height = height(zip(map(text, shown), wide, strict=True))
    if not table.rows:
        put(sheet, top + 1, 1, table.nothing, style=looks.fact)
    widths(sheet, wide)
    for column, each in enumerate(table.columns, 1):
        if each.hidden:
            sheet.column_dimensions[sheet.cell(1, column).column_letter].hidden = True
    first = sum(1 for each in table.columns if each.hidden) + 1
    sheet.freeze_panes = sheet.cell(top + 1, first + 1)
    sheet.sheet_view.showGridLines = False
    paper(sheet, size=_A3, heads=f"{top}:{top}", foot=_one_line(whole.title))


def _top(whole: Paper) -> int:
    """The row of the headings: below the title, the facts, and what the signs mean."""
    return 2 + len(whole.facts) + len(_legend_words(whole.legend))


def _legend_words(legend: Iterable[Said]) -> list[str]:
    words = "　".join(said.text for said in legend)
    return [words] if words else []


def _tone(box: Box) -> Tone:
    """The one look of a cell: a gap's, that of its second word, or of its lines where they agree."""
    if box.gap:
        return "gap"
    if box.answer is not None:
        return box.answer.tone
    tones: set[Tone] = {line.tone for line in box.lines}
    if "gap" in tones:
        return "gap"
    return tones.pop() if len(tones) == 1 else "usual"


def _places(sheet: Any, table: Table) -> list[tuple[str, ...]]:
    first = sheet.freeze_panes
    start = int(re.sub(r"\D", "", first))
    return [
        (sheet.title, sheet.cell(row, column).coordinate, box.category, box.department, " ".join(box.refs))
        for row, boxes in enumerate(table.rows, start)
        for column, box in enumerate(boxes, 1)
        if box.category or box.department or box.refs
    ]


def _hide(sheet: Any, places: Iterable[tuple[str, ...]]) -> None:
    for row, line in enumerate((PLACES_HEAD, *places), 1):
        for column, value in enumerate(line, 1):
            put(sheet, row, column, value)
    sheet.sheet_state = "veryHidden"


def _name(caption: str, taken: set[str]) -> str:
    plain = _NOT_IN_NAMES.sub("・", text(caption))[:_LONGEST_NAME].strip() or "表"
    number, chosen = 1, plain
    while chosen.casefold() in taken:
        number += 1
        chosen = f"{plain[: _LONGEST_NAME - 4]}（{number}）"
    taken.add(chosen.casefold())
    return chosen


def _one_line(title: str) -> str:
    return " ".join(text(title).split())


@cache
def _looks() -> _Looks:
    quiet = f"FF{LOOKS['calm'].ink[1:]}"
    return _Looks(
        title=Looks(bold=True, size=15, border=False, down="center", wrap=False),
        fact=Looks(size=10, border=False, down="center", wrap=False, color=quiet),
        head=Looks(bold=True, fill=HEAD, across="center", down="center"),
        name=Looks(bold=True, fill=HEAD),
        urgent=_cell("gap", gap=True, centred=False),
        cells={
            (tone, gap, centred): _cell(tone, gap=gap, centred=centred)
            for tone in LOOKS
            for gap in (False, True)
            for centred in (False, True)
        },
    )


def _cell(tone: Tone, *, gap: bool, centred: bool) -> Looks:
    """A gap fills its cell; all other tones colour the words, so that the eye finds the gap first."""
    look = LOOKS["gap" if gap else tone]
    filled = look.ground if look.ground and tone != "late" else ""
    return Looks(
        bold=look.bold,
        color=f"FF{(look.ink if filled else look.ground or look.ink)[1:]}",
        fill=f"FF{filled[1:]}" if filled else "",
        across="center" if centred else "left",
        down="center" if centred else "top",
    )
