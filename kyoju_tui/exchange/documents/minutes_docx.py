"""The minutes (会議概要) of a meeting as a document for word processors: A4, what is a table stands in a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from kyoju_tui.exchange.documents.word_pages import blank_page, paragraph, saved
from kyoju_tui.exchange.documents.word_tables import heading, table
from kyoju_tui.overview.minutes import ACTIONS, ATTENDANCE, NOTHING, Minutes, Section

if TYPE_CHECKING:
    from docx.document import Document

_FACTS: Final = (30.0, 130.0)
_ATTENDANCE: Final = (30.0, 130.0)
_ACTIONS: Final = (56.0, 32.0, 36.0, 36.0)
_INDENT: Final = 5


def minutes_docx(minutes: Minutes) -> bytes:
    """The file."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document = blank_page()
    if minutes.town:
        paragraph(document, minutes.town, WD_ALIGN_PARAGRAPH.RIGHT)
    title = paragraph(document, f"{minutes.title}　会議概要（{minutes.status}）", WD_ALIGN_PARAGRAPH.CENTER, after=10)
    _large(title)
    facts = [(label, value or NOTHING) for label, value in minutes.facts if label not in ATTENDANCE]
    table(document, (), facts, _FACTS)
    heading(document, "出欠")
    if minutes.attendance:
        table(document, ("区分", "部署"), minutes.attendance, _ATTENDANCE)
    else:
        paragraph(document, NOTHING)
    for section in minutes.sections:
        heading(document, section.heading)
        if section.heading == ACTIONS and minutes.actions:
            table(document, ("内容", "担当", "期日", "済んだ日"), minutes.actions, _ACTIONS)
        else:
            _write(document, section)
    return saved(document)


def _write(document: Document, section: Section) -> None:
    if not section.lines and not section.groups:
        paragraph(document, NOTHING)
    _lines(document, section.lines)
    for name, lines in section.groups:
        heading(document, name, level=2)
        _lines(document, [f"・{line}" for line in lines])


def _lines(document: Document, lines: Sequence[str]) -> None:
    from docx.shared import Mm

    for line in lines:
        added: Any = paragraph(document, line)
        # What goes on over a line stands under its words.
        added.paragraph_format.left_indent = Mm(_INDENT)
        added.paragraph_format.first_line_indent = Mm(-_INDENT + 1)


def _large(title: Any) -> None:
    from docx.shared import Pt

    for run in title.runs:
        run.bold, run.font.size = True, Pt(15)
