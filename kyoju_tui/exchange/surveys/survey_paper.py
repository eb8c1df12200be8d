"""The questions of a survey on paper (.docx): to be handed out, with frames to write into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kyoju_tui.exchange.books.writing import FONT
from kyoju_tui.exchange.books.writing import text as writable
from kyoju_tui.exchange.documents.word_pages import blank_page, paragraph, saved
from kyoju_tui.exchange.surveys import survey_layout as layout
from kyoju_tui.exchange.surveys.survey_words import PAPER_GUIDE, sections, words_of
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.survey import Question, Survey

if TYPE_CHECKING:
    from docx.document import Document

# Heights of the frames in millimetres.
_WORDS: Final = 32
_SHORT: Final = 10


def paper_docx(survey: Survey, target: str, snapshot: Snapshot) -> bytes:
    """The paper for a target, or with an empty one for nobody in particular. Nothing is filled in."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Pt

    words = words_of(snapshot, survey, target, PAPER_GUIDE)
    document = blank_page(FONT, margin=20)
    title = paragraph(document, words.title, ALIGN.CENTER, after=10)
    title.runs[0].font.size = Pt(15)
    title.runs[0].font.bold = True
    if words.purpose:
        paragraph(document, words.purpose, after=6)
    for fact in words.facts:
        paragraph(document, fact)
    guide = paragraph(document, words.guide, before=6, after=4)
    guide.runs[0].font.size = Pt(9)
    if words.asks_who:
        _asked(document, layout.WHO_ASKED)
        _frame(document, _SHORT)
    for label, numbered in sections(survey):
        if label:
            head = paragraph(document, f"■ {label}", before=12)
            head.runs[0].font.bold = True
            head.paragraph_format.keep_with_next = True
        for number, question in numbered:
            _asked(document, f"問{number}　{question.text or question.section or ''}")
            _answer(document, question)
    return saved(document)


def _asked(document: Document, text: str) -> None:
    asked = paragraph(document, text, before=8, after=3)
    asked.paragraph_format.keep_with_next = True


def _answer(document: Document, question: Question) -> None:
    """Words to ring, or a frame."""
    choices = layout.choices_of(question)
    if choices:
        ring = paragraph(document, f"（○を付ける）　{'　・　'.join(choices)}", after=4)
        ring.paragraph_format.left_indent = _points(22)
    else:
        _frame(document, _SHORT if layout.sort_of(question) == "number" else _WORDS)


def _frame(document: Document, millimetres: float) -> None:
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Mm

    table: Any = document.add_table(rows=1, cols=1)
    table.style = "Table Grid"
    row = table.rows[0]
    row.height, row.height_rule = Mm(millimetres), WD_ROW_HEIGHT_RULE.AT_LEAST
    row.cells[0].text = writable("")
    document.add_paragraph().paragraph_format.line_spacing = _points(4)


def _points(number: float) -> Any:
    from docx.shared import Pt

    return Pt(number)
