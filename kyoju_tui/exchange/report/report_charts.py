"""Charts of the report as small drawings: figures beside each other, and the plot of 意欲 × 優先度.

Each says in words what it shows, and its description says all of it again for those who cannot see it. What is put in
are text nodes of a tree, so no markup comes through.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from kyoju_tui.exchange.papers.as_svg import FONTS
from kyoju_tui.exchange.papers.colours import HEAD, INK, LINE
from kyoju_tui.exchange.svg_text import broken, drawable
from kyoju_tui.overview.areas import PRIORITY, WILLINGNESS

_BLUE: Final = "#0072B2"
_PALE: Final = "#9CC4DE"
_SIZE: Final = 13
_STEP: Final = 19
_NAME: Final = 170
_BAR: Final = 300
_WORDS: Final = 330
_PAD: Final = 8
_CELL: Final = 150
_SIDE: Final = 90


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure: whose it is, its value (None: nothing to draw), it in words, a remark, whether it is uncertain."""

    name: str
    value: float | None
    words: str
    remark: str = ""
    uncertain: bool = False


def bars(caption: str, found: Sequence[Bar]) -> str:
    """Bars from one line of zero, each with its value in words; uncertain ones are pale and say so."""
    values = [bar.value for bar in found if bar.value is not None]
    low, high = min([0.0, *values]), max([0.0, *values])
    scale = _BAR / ((high - low) or 1)
    zero = _NAME + _PAD - low * scale
    rows = [(bar, _lines(bar.name, _NAME), _lines(_told(bar), _WORDS)) for bar in found]
    heights = [max(len(name), len(words)) * _STEP + _PAD for _, name, words in rows]
    told = "、".join(f"{bar.name} {_told(bar)}" for bar in found)
    root = _root(_NAME + _BAR + _WORDS + 4 * _PAD, sum(heights) + _PAD, f"{caption}：{told}")
    y = _PAD
    for (bar, name, words), height in zip(rows, heights, strict=True):
        _write(root, name, 0, y)
        if bar.value is not None:
            start, end = sorted((zero, zero + bar.value * scale))
            _rectangle(root, start, y + 2, max(end - start, 1), _STEP - 6, _PALE if bar.uncertain else _BLUE)
        _write(root, words, _NAME + _BAR + 3 * _PAD, y)
        y += height
    _rectangle(root, zero - 0.5, 0, 1, y, LINE)
    return _document(root)


def axes(places: Mapping[tuple[str, str], Sequence[str]]) -> str:
    """The areas by 優先度 (down) and 意欲 (across), each by its name in the one place where it stands."""
    lines = {place: [_lines(f"・{name}", _CELL - 2 * _PAD) for name in names] for place, names in places.items()}
    heights = [
        max(3, *(sum(map(len, lines.get((high, keen), []))) for keen in WILLINGNESS)) * _STEP + 2 * _PAD
        for high in PRIORITY
    ]
    told = [f"優先度{high}・意欲{keen}：{'、'.join(names)}" for (high, keen), names in places.items() if names]
    root = _root(
        _SIDE + len(WILLINGNESS) * _CELL + 1, 2 * _STEP + 2 * _PAD + sum(heights) + 1, "。".join(told) or "地域なし"
    )
    top = 2 * _STEP + 2 * _PAD
    _rectangle(root, 0, 0, _SIDE, top, HEAD, LINE)
    _write(root, ["優先度＼意欲"], _PAD / 2, _STEP / 2 + _PAD / 2, bold=True)
    for number, keen in enumerate(WILLINGNESS):
        _rectangle(root, _SIDE + number * _CELL, 0, _CELL, top, HEAD, LINE)
        _write(root, [keen], _SIDE + number * _CELL + _PAD, _STEP / 2 + _PAD / 2, bold=True)
    y = float(top)
    for high, height in zip(PRIORITY, heights, strict=True):
        _rectangle(root, 0, y, _SIDE, height, HEAD, LINE)
        _write(root, [high], _PAD, y + _PAD, bold=True)
        for number, keen in enumerate(WILLINGNESS):
            _rectangle(root, _SIDE + number * _CELL, y, _CELL, height, "#FFFFFF", LINE)
            flat = [line for name in lines.get((high, keen), []) for line in name]
            _write(root, flat, _SIDE + number * _CELL + _PAD, y + _PAD)
        y += height
    return _document(root)


def _told(bar: Bar) -> str:
    return f"{bar.words}　{bar.remark}" if bar.remark else bar.words


def _lines(text: str, width: float) -> list[str]:
    return broken(drawable(text), _SIZE, width - _SIZE)


def _root(width: float, height: float, told: str) -> Element:
    shown = {"width": f"{width:g}", "height": f"{height:g}", "viewBox": f"0 0 {width:g} {height:g}"}
    said = {"role": "img", "aria-label": drawable(told), "lang": "ja", "font-family": FONTS, "fill": INK}
    return Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **shown, **said})


def _document(root: Element) -> str:
    return tostring(root, encoding="unicode")


def _rectangle(
    parent: Element, x: float, y: float, width: float, height: float, fill: str, stroke: str = "none"
) -> None:
    place = {"x": f"{x:g}", "y": f"{y:g}", "width": f"{width:g}", "height": f"{height:g}"}
    SubElement(parent, "rect", {**place, "fill": fill, "stroke": stroke})


def _write(parent: Element, lines: Sequence[str], x: float, y: float, *, bold: bool = False) -> None:
    """Lines from `y`, the upper edge of the first, downwards."""
    weight = {"font-weight": "bold"} if bold else {}
    for number, line in enumerate(lines):
        place = {"x": f"{x:g}", "y": f"{y + number * _STEP + _SIZE:g}", "font-size": str(_SIZE)}
        SubElement(parent, "text", {**place, **weight}).text = line
