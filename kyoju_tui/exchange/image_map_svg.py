"""The image map (イメージ図) as an SVG to be printed or put into a document.

Every zone is a box as high as its content needs, every line is broken here: no text lies over another. What a thing is
stands beside it in a word, the colour is the second sign. Texts are text nodes of the tree, so no markup comes through.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from kyoju_tui.exchange.svg_text import broken, drawable
from kyoju_tui.overview.image_map import LAYERS, Content, Layer, picture
from kyoju_tui.records.snapshot import Snapshot

_WIDTH: Final = 300
_GAP: Final = 16
_MARGIN: Final = 24
_PAD: Final = 12
_BAR: Final = 8  # the coloured bar of a card, with the space after it
_SIZE: Final = 14
_LINE: Final = 20
_SMALL: Final = 12
_LABEL: Final = 16
_TITLE: Final = 22
_INK: Final = "#1A1A1A"
_PALE: Final = "#595959"
_PAPER: Final = "#FFFFFF"
_HEAD: Final = "#E9EEF3"
_FRAME: Final = "#6B6B6B"
# Okabe-Ito; 論点・意見 and その他 darkened for print.
_COLOURS: Final[dict[Layer, str]] = {
    "取組": "#009E73",
    "課題": "#D55E00",
    "データ": "#0072B2",
    "論点・意見": "#A0527A",
    "その他": "#6B6B6B",
}
_FONTS: Final = "BIZ UDPGothic, Noto Sans CJK JP, Noto Sans JP, Yu Gothic, Meiryo, sans-serif"


@dataclass(frozen=True, slots=True)
class _Card:
    """A placed thing, broken into lines."""

    content: Content
    lines: tuple[str, ...]

    @property
    def height(self) -> int:
        return _LINE + _LINE * len(self.lines) + 4


@dataclass(frozen=True, slots=True)
class _Zone:
    """A zone with its cards; the place is counted in columns and rows."""

    row: int
    column: int
    label: tuple[str, ...]
    cards: tuple[_Card, ...]

    @property
    def head(self) -> int:
        return len(self.label) * (_LABEL + 6) + 10

    @property
    def height(self) -> int:
        inner = sum(card.height + 8 for card in self.cards) if self.cards else _LINE + 8
        return self.head + _PAD + inner


def image_map_svg(snapshot: Snapshot, layers: Collection[Layer] = LAYERS) -> str:
    """The picture as one SVG document with the content of these layers."""
    shown = picture(snapshot, layers)
    zones = [_zone(box.row, box.column, box.label, box.contents) for box in shown.boxes]
    if shown.loose:
        zones.append(_zone(shown.rows, 0, "場所の決まっていないもの", shown.loose))
    columns = max((zone.column + 1 for zone in zones), default=1)
    heights = [
        max((zone.height for zone in zones if zone.row == row), default=0)
        for row in range(max((zone.row + 1 for zone in zones), default=0))
    ]
    title = drawable(f"{snapshot.store.municipality}　イメージ図")
    head = broken(title, _TITLE, columns * (_WIDTH + _GAP) - _GAP - _TITLE)
    top = _MARGIN + len(head) * (_TITLE + 8) + _GAP
    bottom = top + sum(height + _GAP for height in heights)
    wanted: list[Layer] = [layer for layer in LAYERS if layer in layers]
    legend = _legend_places(wanted, columns * (_WIDTH + _GAP) - _GAP)
    height = bottom + (legend[-1][1] + 1) * (_LINE + 4) + _MARGIN
    root = _root(2 * _MARGIN + columns * (_WIDTH + _GAP) - _GAP, height, title, _told(zones))
    _write(root, head, _MARGIN, _MARGIN + _TITLE, _TITLE, weight="bold", step=_TITLE + 8)
    if not zones:
        _write(root, ["場所がまだありません。"], _MARGIN, top, _SIZE)
    nothing = "空き" if len(wanted) == len(LAYERS) else "－"
    for zone in zones:
        y = top + sum(each + _GAP for each in heights[: zone.row])
        _draw(root, zone, _MARGIN + zone.column * (_WIDTH + _GAP), y, heights[zone.row], nothing)
    for layer, (x, row) in zip(wanted, legend, strict=False):
        y = bottom + row * (_LINE + 4)
        _rectangle(root, _MARGIN + x, y, 12, 12, _COLOURS[layer])
        _write(root, [layer], _MARGIN + x + 18, y + 11, _SMALL)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _zone(row: int, column: int, label: str, contents: Collection[Content]) -> _Zone:
    cards = (_Card(content, tuple(_broken(content.title, _SIZE, _WIDTH - 2 * _PAD - _BAR))) for content in contents)
    return _Zone(row, column, tuple(_broken(label, _LABEL, _WIDTH - 2 * _PAD)), tuple(cards))


def _broken(text: str, size: int, width: int) -> list[str]:
    """Broken so that a hanging mark stays inside, too."""
    return broken(drawable(text), size, width - size)


def _legend_places(layers: list[Layer], width: int) -> list[tuple[int, int]]:
    """Where each word of the legend stands: x, and on which line."""
    places, x, row = [(0, 0)], 0, 0
    for layer in layers:
        needed = 18 + len(layer) * _SMALL + 2 * _GAP
        if x and x + needed > width:
            x, row = 0, row + 1
        places.append((x, row))
        x += needed
    return places[1:] or places


def _told(zones: list[_Zone]) -> str:
    """The picture in words, for those who cannot see it."""
    told: list[str] = []
    for zone in zones:
        cards = [f"{card.content.word}「{drawable(card.content.title)}」" for card in zone.cards]
        told.append(f"{''.join(zone.label)}：{'、'.join(cards) or 'なし'}")
    return "。".join(told) or "場所がまだありません。"


def _root(width: int, height: int, title: str, told: str) -> Element:
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": str(width),
            "height": str(height),
            "viewBox": f"0 0 {width} {height}",
            "lang": "ja",
            "xml:lang": "ja",
            "role": "img",
            "aria-labelledby": "title told",
            "font-family": _FONTS,
            "fill": _INK,
        },
    )
    SubElement(root, "title", {"id": "title"}).text = title
    SubElement(root, "desc", {"id": "told"}).text = told
    _rectangle(root, 0, 0, width, height, _PAPER)
    return root


def _draw(root: Element, zone: _Zone, x: int, y: int, height: int, nothing: str) -> None:
    group = SubElement(root, "g")
    _rectangle(group, x, y, _WIDTH, height, _PAPER, stroke=_FRAME)
    _rectangle(group, x, y, _WIDTH, zone.head, _HEAD, stroke=_FRAME)
    _write(group, zone.label, x + _PAD, y + _LABEL + 6, _LABEL, weight="bold", step=_LABEL + 6)
    at = y + zone.head + _PAD
    if not zone.cards:
        _write(group, [nothing], x + _PAD, at + _SIZE, _SIZE, colour=_PALE)
    for card in zone.cards:
        colour = _COLOURS[card.content.layer]
        _rectangle(group, x + _PAD, at, 4, card.height, colour)
        _write(group, [card.content.word], x + _PAD + _BAR, at + _SMALL, _SMALL, weight="bold", colour=_PALE)
        _write(group, card.lines, x + _PAD + _BAR, at + _LINE + _SIZE, _SIZE)
        at += card.height + 8


def _rectangle(parent: Element, x: int, y: int, width: int, height: int, fill: str, *, stroke: str = "none") -> None:
    box = {"x": str(x), "y": str(y), "width": str(width), "height": str(height)}
    SubElement(parent, "rect", {**box, "fill": fill, "stroke": stroke})


def _write(
    parent: Element,
    lines: Collection[str],
    x: int,
    y: int,
    size: int,
    *,
    weight: str = "normal",
    colour: str = _INK,
    step: int = _LINE,
) -> None:
    """Lines from the base line `y` downwards."""
    for number, line in enumerate(lines):
        style = {"x": str(x), "y": str(y + number * step), "font-size": str(size), "font-weight": weight}
        SubElement(parent, "text", {**style, "fill": colour}).text = line
