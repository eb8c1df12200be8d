"""A document as a file, in the form that the file's name asks for."""

from __future__ import annotations

from typing import Final

from kyoju_tui.exchange.documents.document import Document
from kyoju_tui.exchange.documents.document_markdown import document_markdown
from kyoju_tui.exchange.papers.paper_file import require_form

WORD: Final = ".docx"
DOCUMENT_FORMS: Final = (WORD, ".md")


def document_file(document: Document, suffix: str) -> bytes:
    """What the file holds. Errors: `WrongUse` for a form not in `DOCUMENT_FORMS`."""
    require_form(suffix, DOCUMENT_FORMS)
    if suffix.lower() != WORD:
        return document_markdown(document).encode()
    from kyoju_tui.exchange.documents.document_docx import document_docx

    return document_docx(document)
