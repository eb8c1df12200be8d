"""A `mapping` record and the layout that it describes: found again in a sheet by its heads, exactly or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kyoju_tui.exchange.books.values import Book
from kyoju_tui.exchange.statistics.cells import Words
from kyoju_tui.exchange.statistics.heads import Head, heads_of, unit_in_cells
from kyoju_tui.exchange.statistics.known import MUNICIPAL_HEADS
from kyoju_tui.exchange.statistics.layout import Layout, ValueColumn
from kyoju_tui.exchange.statistics.made import made
from kyoju_tui.exchange.statistics.matching import place_key
from kyoju_tui.records.errors import InvalidValue, Refused
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import Ref, new_part_id
from kyoju_tui.records.mapping import Mapping as MappingRecord
from kyoju_tui.records.snapshot import Snapshot

FORM: Final = "統計表"
# What a column of such a table can be (`columns[].field`).
AREA, CITY, CODE, LEVEL, DAY, VALUE = "area", "city", "area_code", "level", "as_of", "value"
ROLES: Final[Mapping[str, str]] = {
    AREA: "地域の名前", CITY: "上の地域（区など）", CODE: "地域のコード", LEVEL: "階層", DAY: "時点", VALUE: "数値",
    "": "読み飛ばす",
}  # fmt: skip


class UnfitMapping(Refused):
    """The sheet is not as the mapping says."""

    code = "unfit-mapping"


def mappings(snapshot: Snapshot) -> Mapping[Ref, MappingRecord]:
    """The mappings of statistical tables."""
    return {ref: each for ref, each in snapshot.all(MappingRecord).items() if each.form == FORM}


def find(snapshot: Snapshot, name: str) -> tuple[Ref, MappingRecord]:
    """A mapping by its REF, id or title. Errors: `InvalidValue` naming those that exist."""
    there = mappings(snapshot)
    wanted = fold(name)
    found = [ref for ref, each in there.items() if name in (ref, ref.id) or fold(each.title) == wanted]
    if len(found) == 1:
        return found[0], there[found[0]]
    names = "、".join(f"{each.title}（{ref.id}）" for ref, each in there.items()) or "まだありません"
    raise InvalidValue(
        f"対応表「{name[:40]}」が{'複数あります' if found else '見つかりません'}。何も取り込んでいません。",
        field="mapping",
        cure=f"使える対応表：{names}",
    )


def aliases_of(records: Iterable[MappingRecord]) -> dict[str, str]:
    """Folded names of places, and the ids of the areas that they stand for."""
    return {
        place_key(value.written): value.means
        for record in records
        for value in record.values
        if value.written and value.means
    }


def layout_of(book: Book, record: MappingRecord) -> Layout:
    """The layout that a mapping describes, in this very book. Errors: `UnfitMapping` saying what is not there."""
    if not any(column.field == VALUE for column in record.columns):
        raise _unfit(record, "数値の列が書かれていません。")
    sheet = book.sheet(record.sheet) if record.sheet else next((each for each in book.sheets if each.visible), None)
    if sheet is None:
        raise _unfit(record, f"シート「{record.sheet or ''}」がありません。")
    top, rows = max((record.head_from or 1) - 1, 0), max(record.head_rows or 1, 1)
    heads = heads_of(sheet, top, rows)
    wanted = [column.heading or "" for column in record.columns if column.field]
    missing = [heading for heading in wanted if _places(heads, heading) != 1]
    if missing:
        more = f" ほか{len(missing) - 2}つ" if len(missing) > 2 else ""
        raise _unfit(record, f"見出し「{'」「'.join(missing[:2])}」{more}が{top + 1}行目にないか、2つ以上あります。")
    places: dict[str, int] = {}
    values: list[ValueColumn] = []
    for column in record.columns:
        at = next((number for number, head in enumerate(heads) if head.text == column.heading), None)
        if at is None or not column.field:
            continue
        head = heads[at]
        if column.field == VALUE:
            indicator = column.indicator or head.name
            unit = column.unit or head.unit or unit_in_cells(sheet, at, top + rows)
            values.append(
                ValueColumn(at, indicator, unit, column.denominator or "", head.text, estimated="推計" in head.text)
            )
        else:
            places[column.field] = at
    if AREA not in places:
        raise _unfit(record, "地域の名前の列が書かれていません。")
    if len({value.indicator for value in values}) < len(values):
        raise _unfit(record, "同じ名前の指標が2つあります。")
    level = places.get(LEVEL)
    if level is None and record.level_column:
        level = next((number for number, head in enumerate(heads) if head.text == record.level_column), None)
        if level is None:
            raise _unfit(record, f"階層の列「{record.level_column}」がありません。")
    mapped = {column.heading for column in record.columns} | {record.level_column}
    code = places.get(CODE)
    return Layout(
        record.title,
        sheet.name,
        top + rows,
        places[AREA],
        tuple(values),
        code=code,
        level=level,
        day=places.get(DAY),
        city=places.get(CITY),
        leaves=record.leaves,
        municipal=code is not None and heads[code].name in MUNICIPAL_HEADS,
        words=Words.of(record.zero, record.suppressed, record.missing),
        publisher=record.publisher or "",
        unread=tuple(head.text for head in heads if head.text and head.text not in mapped),
        aliases=aliases_of([record]),
    )


def fitting(book: Book, snapshot: Snapshot) -> list[tuple[Ref, MappingRecord, Layout]]:
    """The mappings of the store that this book is laid out by."""
    found: list[tuple[Ref, MappingRecord, Layout]] = []
    for ref, record in mappings(snapshot).items():
        try:
            found.append((ref, record, layout_of(book, record)))
        except UnfitMapping:
            # Another table's mapping.
            continue
    return found


def record_of(
    title: str, publisher: str, top: int, rows: int, columns: Sequence[tuple[Head, str, str, str]], **more: object
) -> MappingRecord:
    """A new mapping from heads with role, indicator and unit. Columns without a role are kept by their heads."""
    taken: set[str] = set()
    told: list[dict[str, object]] = []
    for head, role, indicator, unit in columns:
        if not head.text:
            continue
        column: dict[str, object] = {"id": new_part_id(taken), "heading": head.text}
        taken.add(str(column["id"]))
        if role:
            column["field"] = role
        if role == VALUE:
            column |= {"indicator": indicator, "unit": unit}
        told.append(column)
    plain = {
        "title": title, "form": FORM, "publisher": publisher, "head_from": top + 1, "head_rows": rows, "columns": told,
        **more,
    }  # fmt: skip
    return made(MappingRecord, plain)


def _places(heads: Sequence[Head], heading: str) -> int:
    return sum(1 for head in heads if head.text == heading)


def _unfit(record: MappingRecord, why: str) -> UnfitMapping:
    return UnfitMapping(
        f"この表は、対応表「{record.title}」のとおりの形ではありません（{why}）。何も取り込んでいません。",
        cure="対応表を直すか、画面の基礎データで表の読み方を作り直してください。",
    )
