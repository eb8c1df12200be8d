"""A paper as a drawing: every line is broken here and every row as high as it must be, so no text lies over another.

Texts are text nodes of a tree, so no markup comes through.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from kyoju_tui.exchange.papers.colours import HEAD, INK, LINE, LOOKS, PAPER, QUIET
from kyoju_tui.exchange.papers.paper import Box, Column, Paper, Said, Table
from kyoju_tui.exchange.svg_text import broken, drawable, width_of

FONTS: Final = "BIZ UDPGothic, Noto Sans CJK JP, Noto Sans JP, Yu Gothic, Meiryo, sans-serif"
_SIZE: Final = 13
_STEP: Final = 18
_TITLE: Final = 22
_MARGIN: Final = 24
_PAD: Final = 7


@dataclass(frozen=True, slots=True)
class _Row:
    """A row broken into lines, and whether it is one of headings."""

    cells: tuple[tuple[Said, ...], ...]
    boxes: tuple[Box, ...]
    head: bool = False

    @property
    def height(self) -> int:
        return max((len(cell) for cell in self.cells), default=1) * _STEP + 2 * _PAD


def paper_svg(paper: Paper) -> str:
    """The drawing: title, facts, tables below each other, and what the signs mean."""
    sheets = [(table, _rows(table)) for table in paper.tables]
    inner = max((sum(map(_wide, table.columns)) for table, _ in sheets), default=600)
    title = broken(drawable(paper.title), _TITLE, inner - _TITLE)
    told = [line for fact in paper.facts for line in broken(drawable(fact), _SIZE, inner - _SIZE)]
    root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg"})
    SubElement(root, "title").text = drawable(paper.title)
    SubElement(root, "desc").text = drawable("。".join((*paper.facts, *(table.caption for table, _ in sheets))))
    ground = _rectangle(root, 0, 0, 0, 0, PAPER)
    y = _MARGIN
    for line in title:
        y += _TITLE + 6
        _write(root, line, _MARGIN, y - 6, _TITLE, bold=True)
    for line in told:
        y += _STEP
        _write(root, line, _MARGIN, y, _SIZE, QUIET)
    y += _STEP
    for table, rows in sheets:
        y = _table(root, table, rows, y) + _STEP
    y = _legend(root, paper.legend, y)
    width, height = inner + 2 * _MARGIN, y + _MARGIN
    for element in (root, ground):
        element.set("width", str(width))
        element.set("height", str(height))
    root.attrib |= {"viewBox": f"0 0 {width} {height}", "role": "img", "lang": "ja", "font-family": FONTS, "fill": INK}
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _rows(table: Table) -> list[_Row]:
    columns = [column for column in table.columns if not column.hidden]
    heads = tuple(Box((Said(column.head),)) for column in columns)
    found = [_Row(_broken(columns, heads), heads, head=True)]
    for boxes in table.rows:
        seen = tuple(box for box, column in zip(boxes, table.columns, strict=True) if not column.hidden)
        found.append(_Row(_broken(columns, seen), seen))
    return found


def _broken(columns: Iterable[Column], boxes: Iterable[Box]) -> tuple[tuple[Said, ...], ...]:
    return tuple(
        tuple(
            Said(part, line.tone)
            for line in box.shown
            for text in drawable(line.text).split("\n")
            for part in broken(text, _SIZE, _wide(column) - 2 * _PAD - _SIZE)
        )
        for column, box in zip(columns, boxes, strict=True)
    )


def _table(root: Element, table: Table, rows: list[_Row], y: int) -> int:
    """Draw a table from `y` downwards; gives where it ends."""
    columns = [column for column in table.columns if not column.hidden]
    _write(root, drawable(table.caption), _MARGIN, y + _SIZE, _SIZE + 2, bold=True)
    y += _STEP + 8
    for row in rows:
        x = _MARGIN
        for number, (column, cell, box) in enumerate(zip(columns, row.cells, row.boxes, strict=True)):
            fill = HEAD if row.head or not number else LOOKS["gap"].ground if box.gap else PAPER
            _rectangle(root, x, y, _wide(column), row.height, fill, LINE)
            middle = row.head or (column.centred and number > 0)
            top = y + (row.height - len(cell) * _STEP) // 2 if middle else y + _PAD
            for line, said in enumerate(cell):
                bold = row.head or not number
                _said(root, said, (x, top + line * _STEP, _wide(column)), middle=middle, bold=bold, ground=box.gap)
            x += _wide(column)
        y += row.height
    if not table.rows:
        _write(root, table.nothing, _MARGIN, y + _STEP, _SIZE, QUIET)
        y += _STEP + _PAD
    return y


def _said(root: Element, said: Said, at: tuple[int, int, int], *, middle: bool, bold: bool, ground: bool) -> None:
    """One line in its tone; a mark has its own ground behind the word."""
    x, y, wide = at
    look, used = LOOKS[said.tone], width_of(said.text, _SIZE)
    left = x + (wide - used) / 2 if middle else x + _PAD
    if look.ground and not (ground and said.tone == "gap"):
        _rectangle(root, left - 3, y + 1, used + 6, _STEP - 2, look.ground)
    _write(root, said.text, left, y + _SIZE + 1, _SIZE, look.ink, bold=bold or look.bold)


def _legend(root: Element, legend: tuple[Said, ...], y: int) -> int:
    x = float(_MARGIN)
    for said in legend:
        _said(root, said, (int(x), y, 0), middle=False, bold=False, ground=False)
        x += width_of(said.text, _SIZE) + 2 * _PAD
    return y + _STEP if legend else y


def _wide(column: Column) -> int:
    return int(column.width * _SIZE) + 2 * _PAD + _SIZE


def _rectangle(
    parent: Element, x: float, y: float, width: float, height: float, fill: str, stroke: str = "none"
) -> Element:
    place = {"x": _number(x), "y": _number(y), "width": _number(width), "height": _number(height)}
    return SubElement(parent, "rect", {**place, "fill": fill, "stroke": stroke})


def _write(parent: Element, text: str, x: float, y: float, size: int, colour: str = INK, *, bold: bool = False) -> None:
    weight = {"font-weight": "bold"} if bold else {}
    style = {"x": _number(x), "y": _number(y), "font-size": str(size), "fill": colour, **weight}
    SubElement(parent, "text", style).text = text


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
