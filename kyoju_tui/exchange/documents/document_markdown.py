"""Documents as Markdown, to be read on the screen, printed, and amended by hand."""

from __future__ import annotations

from collections.abc import Iterator

from kyoju_tui.exchange.documents.document import Document, Part
from kyoju_tui.exchange.documents.markdown import as_text
from kyoju_tui.exchange.papers.as_markdown import rows_markdown

_INDENT = "　"


def document_markdown(document: Document) -> str:
    """The whole document; what is recorded stands in it as text, never as markup."""
    lines = [f"# {as_text(document.title)}", "", as_text(document.fact), ""]
    for part in document.parts:
        lines += [f"## {as_text(part.heading)}", "", *_body(part), ""]
    return "\n".join(lines) + "\n"


def _body(part: Part) -> Iterator[str]:
    if part.table:
        yield from rows_markdown(part.table[0], part.table[1:]).splitlines()
    elif part.lines:
        yield from map(_item, part.lines)
    else:
        yield part.nothing


def _item(line: str) -> str:
    """An item of a list; one that belongs to the one above keeps its blank."""
    return f"- {_INDENT if line.startswith(_INDENT) else ''}{as_text(line)}"
