"""Headings and tables for .docx: real heading styles and heads that repeat, in the document's own Japanese font."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from kyoju_tui.exchange.books.writing import text as writable

if TYPE_CHECKING:
    from docx.document import Document

_SIZES: Final = {1: 13, 2: 11}
_GROUND: Final = "E3E9EF"
_PADDING: Final = 2


def heading(document: Document, text: str, *, level: int = 1) -> None:
    """A heading, in black and in the document's font, with which a screen reader finds its way."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    added = document.add_heading(writable(text), level)
    added.paragraph_format.space_before, added.paragraph_format.space_after = Pt(12 if level == 1 else 6), Pt(3)
    style: Any = document.styles["Normal"]
    runs: list[Any] = added.runs
    for run in runs:
        run.bold, run.font.size, run.font.name = True, Pt(_SIZES[level]), style.font.name
        run.font.color.rgb = RGBColor(0, 0, 0)
        properties: Any = run._element.get_or_add_rPr()  # noqa: SLF001 - there is no other door to this font
        properties.get_or_add_rFonts().set(qn("w:eastAsia"), style.font.name)


def table(document: Document, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
    """A table with `widths` in millimetres. Without `heads` the first column names each row."""
    from docx.shared import Mm

    lines = [*([list(heads)] if heads else []), *rows]
    made: Any = document.add_table(rows=len(lines), cols=len(widths), style="Table Grid")
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    for number, line in enumerate(lines):
        row = made.rows[number]
        for column, (text, width) in enumerate(zip(line, widths, strict=True)):
            cell = row.cells[column]
            cell.width = Mm(width)
            is_head = (heads and number == 0) or (not heads and column == 0)
            _fill(cell, text, is_head=bool(is_head))
    if heads:
        _repeat(made.rows[0])


def _fill(cell: Any, text: str, *, is_head: bool) -> None:
    from docx.shared import Pt

    first = cell.paragraphs[0]
    run = first.add_run(writable(text))
    first.paragraph_format.space_before = first.paragraph_format.space_after = Pt(_PADDING)
    first.paragraph_format.line_spacing = 1.15
    if is_head:
        run.bold = True
        cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", fill=_GROUND))  # noqa: SLF001 - no other door


def _repeat(row: Any) -> None:
    row._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))  # noqa: SLF001 - there is no other door


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    told = " ".join(f'w:{key}="{value}"' for key, value in attributes.items())
    return parse_xml(f"<{name} {nsdecls('w')} {told}/>")
