"""Layouts that need no mapping, recognised by their heads alone and strictly: what is nearly one is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kyoju_tui.exchange.books.values import Book, Sheet
from kyoju_tui.exchange.statistics.cells import folded, read_cell, text_of
from kyoju_tui.exchange.statistics.heads import heads_of, unit_in_cells
from kyoju_tui.exchange.statistics.layout import Holding, Layout, Tidy, ValueColumn
from kyoju_tui.records.dataset import CSV_HEADER

CENSUS: Final = "国勢調査 小地域集計"
MUNICIPALITIES: Final = "市区町村の一覧"
ESTIMATE: Final = "人口と世帯数（市区町村別）"
SIMPLE: Final = "地域ごとの数値の表"

MUNICIPAL_HEADS: Final = frozenset(
    {
        "全国地方公共団体コード",
        "地方公共団体コード",
        "団体コード",
        "市区町村コード",
        "自治体コード",
        "都道府県コード又は市区町村コード",
    }
)
CODE_HEADS: Final = (
    frozenset({"area_code", "コード", "地域コード", "町丁コード", "町字コード", "key_code"}) | MUNICIPAL_HEADS
)
AREA_HEADS: Final = frozenset(
    {
        "area", "地域", "地区", "町丁", "町丁名", "町名", "町字名", "町丁・字等", "地域名", "地区名", "名称", "圏域",
        "市区名", "市区町村名", "区名", "市町村名", "市町村", "町丁目", "町丁目名", "大字・町名",
    }
)  # fmt: skip
DAY_HEADS: Final = frozenset({"年月日", "時点", "基準日", "調査年月日", "調査日", "集計日", "現在"})
LEVEL_HEADS: Final = frozenset({"hyosyo", "階層", "階層レベル", "レベル", "地域階層", "表章区分"})

_CENSUS_HEADS: Final = ("KEY_CODE", "HYOSYO", "CITYNAME", "NAME")
_HOLDING_HEADS: Final = ("HTKSYORI", "HTKSAKI", "GASSAN")
_CENSUS_VALUE: Final = re.compile(r"(T\d{6})\d{3}")
_LOCALGOV_HEADS: Final = ("pid", "pref", "cid", "city", "citykana", "lat", "lng", "url", "phrase")
_MOST_COLUMNS: Final = 300


@dataclass(frozen=True, slots=True)
class Unknown:
    """A table that is none of the known layouts, and how near it comes."""

    why: str


def recognise(book: Book) -> Layout | Tidy | Unknown:
    """The layout of the first sheet in sight that holds something."""
    sheet = next((each for each in book.sheets if each.visible and each.rows), None)
    if sheet is None:
        return Unknown("中身のあるシートがありません。")
    first = [folded(text_of(value)) for value in sheet.rows[0]]
    while first and not first[-1]:
        first.pop()
    if tuple(first) == CSV_HEADER:
        return Tidy(sheet.name)
    for read in (_census, _localgov):
        found = read(sheet, first)
        if found is not None:
            return found
    return _simple(sheet, first)


def _census(sheet: Sheet, first: Sequence[str]) -> Layout | Unknown | None:
    """e-Stat's small-area tables: codes of the items in the first row, their names in the second."""
    if tuple(first[:4]) != _CENSUS_HEADS:
        return None
    keys = 7 if tuple(first[4:7]) == _HOLDING_HEADS else 4
    found = [_CENSUS_VALUE.fullmatch(head) for head in first[keys:]]
    if not found or any(each is None for each in found) or len({each[1] for each in found if each}) > 1:
        return Unknown("国勢調査の小地域集計に似ていますが、1行目の項目の符号がそろっていません。")
    if len(sheet.rows) < 2:
        return Unknown("国勢調査の小地域集計に似ていますが、2行目がありません。")
    second = [folded(text_of(value)) for value in sheet.rows[1]]
    names = heads_of(sheet, 1, 1)[keys : len(first)]
    if any(second[:keys]) or not all(head.text for head in names) or len({head.text for head in names}) < len(names):
        return Unknown("国勢調査の小地域集計に似ていますが、2行目に項目の名前がそろっていません。")
    values = tuple(
        ValueColumn(keys + number, head.name, head.unit, heading=f"{first[keys + number]}／{head.text}")
        for number, head in enumerate(names)
    )
    holding = Holding(4, 5, 6) if keys == 7 else None
    return Layout(
        CENSUS, sheet.name, 2, 3, values, code=0, level=1, city=2, holding=holding,
        publisher="総務省統計局", survey="国勢調査",
    )  # fmt: skip


def _localgov(sheet: Sheet, first: Sequence[str]) -> Layout | None:
    """A list of municipalities: its only figures are where the town halls stand; the rest is words."""
    if tuple(first) != _LOCALGOV_HEADS:
        return None
    places = (ValueColumn(5, "緯度", "度", heading="lat"), ValueColumn(6, "経度", "度", heading="lng"))
    unread = ("pid", "pref", "citykana", "url", "phrase")
    return Layout(MUNICIPALITIES, sheet.name, 1, 3, places, code=2, municipal=True, unread=unread)


def _simple(sheet: Sheet, first: Sequence[str]) -> Layout | Unknown:
    """One row of heads: a day, a code and an area, as far as they are there, then nothing but figures."""
    lowered = [head.lower() for head in first]
    roles: dict[str, int] = {}
    for role, heads in (("day", DAY_HEADS), ("code", CODE_HEADS), ("name", AREA_HEADS)):
        at = [number for number, head in enumerate(lowered) if head in heads]
        if len(at) > 1:
            return Unknown(f"見出し「{first[at[0]]}」「{first[at[1]]}」のどちらを使うか分かりません。")
        if at:
            roles[role] = at[0]
    if "name" not in roles:
        return Unknown(f"1行目（「{_few(first)}」）に、地域の列の見出しがありません。")
    keys = len(roles)
    if set(roles.values()) != set(range(keys)):
        return Unknown("地域やコードの列が、数値の列の間にあります。")
    if len(first) > _MOST_COLUMNS:
        return Unknown(f"列が多すぎます（{len(first)}列）。")
    heads = heads_of(sheet, 0, 1)[keys : len(first)]
    if not heads or not all(head.text for head in heads) or len({head.text for head in heads}) < len(heads):
        return Unknown("数値の列の見出しが空いているか、同じものがあります。")
    if LEVEL_HEADS & set(lowered[keys:]):
        return Unknown("階層の列があります。")
    if 0 in sheet.ragged or any(value is not None for row in sheet.rows for value in row[len(first) :]):
        return Unknown("見出しのない列があります。")
    if _is_head(sheet, roles["name"], keys):
        return Unknown("見出しが2行以上あります。")
    values = tuple(
        ValueColumn(
            keys + number,
            head.name,
            head.unit or unit_in_cells(sheet, keys + number, 1),
            heading=head.text,
            estimated="推計" in head.text,
        )
        for number, head in enumerate(heads)
    )
    municipal = "code" in roles and lowered[roles["code"]] in MUNICIPAL_HEADS
    return Layout(
        ESTIMATE if municipal else SIMPLE, sheet.name, 1, roles["name"], values,
        code=roles.get("code"), day=roles.get("day"), municipal=municipal,
    )  # fmt: skip


def _is_head(sheet: Sheet, name: int, keys: int) -> bool:
    """Whether the second row goes on with the heads: it names no area and holds no figure."""
    row = sheet.rows[1] if len(sheet.rows) > 1 else ()
    figures = [read_cell(value) for value in row[keys:] if value is not None]
    named = folded(text_of(sheet.at(1, name))) not in ("", "単位")
    return bool(figures) and not named and not any(cell is not None for cell in figures)


def _few(first: Sequence[str]) -> str:
    said = "、".join(filter(None, first))
    return f"{said[:40]}…" if len(said) > 40 else said
