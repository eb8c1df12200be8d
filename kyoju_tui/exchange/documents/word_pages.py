"""Writing .docx: A4 in a Japanese font, plain paragraphs, and not a word on who made the file, when or where."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from kyoju_tui.exchange.books.writing import text as writable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

MINCHO: Final = "BIZ UDP明朝 Medium"
_WHEN: Final = datetime(2000, 1, 1)


def blank_page(font: str = MINCHO, margin: float = 25) -> Document:
    """An empty A4 page; `margin` is in millimetres."""
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = docx.Document()
    page: Any = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(margin)
    page.top_margin = page.bottom_margin = Mm(margin)
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = font, Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    # Without it programs take the signs and the rules for line ends of another language.
    language: Any = document.styles.element
    language.find(f".//{qn('w:lang')}").set(qn("w:eastAsia"), "ja-JP")
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.3
    properties: Any = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = properties.title = ""
    properties.created = properties.modified = _WHEN
    return document


def paragraph(document: Document, text: str, alignment: Any = None, *, before: int = 0, after: int = 0) -> Paragraph:
    """Add a paragraph; the space around it is in points."""
    from docx.shared import Pt

    added = document.add_paragraph(writable(text))
    added.alignment = alignment
    added.paragraph_format.space_before = Pt(before)
    added.paragraph_format.space_after = Pt(after)
    return added


def saved(document: Document) -> bytes:
    """The file's bytes."""
    sink = io.BytesIO()
    document.save(sink)
    return sink.getvalue()
