"""Documents for word processors: A4 upright, one that staff can go on writing in."""

from __future__ import annotations

from typing import Final

from kyoju_tui.exchange.documents.document import Document, Part
from kyoju_tui.exchange.documents.word_pages import blank_page, paragraph, saved
from kyoju_tui.exchange.documents.word_tables import heading, table

_WIDTH: Final = 160.0
_NAMES: Final = 34.0
# More columns than this are no longer read on an upright page; then rows and columns change places.
_MOST_COLUMNS: Final = 9
_INDENT: Final = 5


def document_docx(document: Document) -> bytes:
    """The file."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    page = blank_page()
    title = paragraph(page, document.title, WD_ALIGN_PARAGRAPH.CENTER, after=6)
    for run in title.runs:
        run.bold, run.font.size = True, Pt(15)
    paragraph(page, document.fact, WD_ALIGN_PARAGRAPH.RIGHT, after=6)
    for part in document.parts:
        heading(page, part.heading)
        if part.table:
            rows = _upright(part)
            table(page, rows[0], rows[1:], _widths(len(rows[0])))
        for line in part.lines:
            added = paragraph(page, f"・{line}", after=2)
            # What goes on over a line stands under its words.
            added.paragraph_format.left_indent = Mm(_INDENT)
            added.paragraph_format.first_line_indent = Mm(1 - _INDENT)
        if not part.table and not part.lines:
            paragraph(page, part.nothing)
    return saved(page)


def _upright(part: Part) -> tuple[tuple[str, ...], ...]:
    if len(part.table[0]) <= _MOST_COLUMNS:
        return part.table
    return tuple(zip(*part.table, strict=True))


def _widths(columns: int) -> list[float]:
    rest = columns - 1
    return [_NAMES, *[(_WIDTH - _NAMES) / rest] * rest] if rest else [_WIDTH]
