"""A statistical file brought to a data set: what would change there and in the areas' indicators, as one save."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kyoju_tui.exchange.books.gate import shown_name
from kyoju_tui.exchange.books.values import Book
from kyoju_tui.exchange.bringing import Bringing, Placed
from kyoju_tui.exchange.statistics import mapped, tidy
from kyoju_tui.exchange.statistics.area_indicators import Offered, offered
from kyoju_tui.exchange.statistics.comparing import compared
from kyoju_tui.exchange.statistics.known import Unknown, recognise
from kyoju_tui.exchange.statistics.layout import Layout, Tidy
from kyoju_tui.exchange.statistics.made import made
from kyoju_tui.exchange.statistics.matching import place_key
from kyoju_tui.exchange.statistics.reading import listed, read
from kyoju_tui.exchange.statistics.table import Table
from kyoju_tui.exchange.statistics.unknown import UnknownLayout
from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.figures import Figure, read_figures, write_figures
from kyoju_tui.records.ids import Ref, new_part_id
from kyoju_tui.records.mapping import Mapping as MappingRecord
from kyoju_tui.records.plain import to_plain
from kyoju_tui.workspace.requests import Change, Put, PutFigures
from kyoju_tui.workspace.workspace import Workspace

LIMIT: Final = 16 * 1024 * 1024
"""Bytes of the figures beside a data set."""
_TOLD_FAULTS: Final = 5
_NOTE_LIMIT: Final = 4000


@dataclass(frozen=True, slots=True)
class Wish:
    """Where the figures go and how the file is read.

    `dataset` is an existing data set, else one of this `title` is taken or made. `mapping` is one to be used, with its
    REF; where the store has not got it so, it is recorded with the figures.
    """

    dataset: Ref | None = None
    title: str = ""
    as_of: date | None = None
    levels: tuple[str, ...] = ()
    mapping: tuple[Ref, MappingRecord] | None = None


@dataclass(frozen=True, slots=True)
class Recognised:
    """How a book will be read: by which layout, and by which mapping of the store, if by one."""

    layout: Layout | Tidy
    mapping: tuple[Ref, MappingRecord] | None = None


def recognised(workspace: Workspace, book: Book, wish: Wish) -> Recognised:
    """The mapping that was asked for, a known layout, or the one mapping that fits.

    Errors: `UnknownLayout`, `UnfitMapping`.
    """
    if wish.mapping is not None and any(column.field for column in wish.mapping[1].columns):
        return Recognised(mapped.layout_of(book, wish.mapping[1]), wish.mapping)
    found = recognise(book)
    if isinstance(found, Tidy) or (isinstance(found, Layout) and found.holding is not None):
        return _with_aliases(workspace, found, wish)
    fitting = mapped.fitting(book, workspace.snapshot)
    if fitting is not None:
        return Recognised(fitting[2], fitting[:2])
    if isinstance(found, Unknown):
        raise UnknownLayout(book, found.why)
    return _with_aliases(workspace, found, wish)


def bring(workspace: Workspace, book: Book, wish: Wish, today: date) -> Bringing:
    """What bringing the book in would change. Nothing is written.

    Errors: `UnknownLayout`, `UnfitMapping`, `InvalidValue` for a table that cannot be taken as it is, `UnknownRef`.
    """
    ref = wish.dataset
    existing = workspace.snapshot.expect(ref, Dataset) if ref is not None else None
    how = recognised(workspace, book, wish)
    table = table_of(book, how.layout, today, wish)
    if table.faults:
        raise _faulty(book, table.faults)
    _require_day(table, wish)
    if ref is None:
        ref, existing = _place(workspace, wish.title or _title(book, how, table), today)
    base = workspace.base(ref)
    before = workspace.figures(ref) if existing is not None else None
    dataset = _dataset(existing, table, book, how, wish)
    figures = table.figures()
    data = write_figures(figures)
    if len(data) > LIMIT:
        raise InvalidValue(
            f"数値が多すぎます（{len(data) // 1024 // 1024}MB）。何も取り込んでいません。",
            field="file",
            cure=f"{LIMIT // 1024 // 1024}MBまでです。必要な列か地域だけのファイルにしてください。",
        )
    changes: list[Change] = []
    placed: list[Placed] = []
    if how.mapping is not None and workspace.snapshot.get(how.mapping[0]) != how.mapping[1]:
        changes.append(Put(how.mapping[0], how.mapping[1], workspace.base(how.mapping[0])))
        placed.append(Placed("", "追加", how.mapping[0], how.mapping[1].title, "対応表", after="表の読み方を残します"))
    if dataset != existing:
        changes.append(Put(ref, dataset, base))
        placed += _fields(ref, existing, dataset)
    if data != before:
        changes.append(PutFigures(ref, data, before))
    placed += compared(ref, dataset.title, table, figures, read_figures(before or b"").rows if before else ())
    offer = _offered(workspace, table, how, ref, dataset)
    changes += offer.changes
    placed += offer.placed
    digest = book.sha256[:12]
    return Bringing(
        shown_name(book.file),
        book.sha256,
        tuple(placed),
        tuple(changes),
        f"基礎データ「{dataset.title}」の数値を取り込み（{shown_name(book.file)[:60]}、照合値 {digest}）",
        (
            _size(table, figures),
            *table.remarks,
            *_told(table, figures, how, dataset, before),
            *book.remarks,
            *offer.remarks,
        ),
    )


def table_of(book: Book, layout: Layout | Tidy, today: date, wish: Wish, first: int | None = None) -> Table:
    """The table of a layout; with `first` only its first rows."""
    sheet = book.sheet(layout.sheet)
    if sheet is None:
        raise UnknownLayout(book, f"シート「{layout.sheet[:40]}」がありません")
    if isinstance(layout, Tidy):
        return tidy.read_tidy(sheet, layout)
    return read(sheet, layout, today=today, levels=wish.levels, as_of=wish.as_of, first=first)


def _require_day(table: Table, wish: Wish) -> None:
    if wish.as_of is not None and table.as_of is not None and wish.as_of != table.as_of:
        raise InvalidValue(
            f"指定した時点（{wish.as_of}）と、表の時点（{table.as_of}）が違います。何も取り込んでいません。",
            field="as_of",
            cure="時点の指定を外すと、表の時点で取り込みます。",
        )


def _with_aliases(workspace: Workspace, layout: Layout | Tidy, wish: Wish) -> Recognised:
    """A known layout with the names that were remembered for it: those of the mapping of its title, or the wished."""
    remembered = wish.mapping or next(
        ((ref, each) for ref, each in mapped.mappings(workspace.snapshot).items() if each.title == layout.title), None
    )
    if remembered is None or isinstance(layout, Tidy):
        return Recognised(layout, remembered)
    return Recognised(replace(layout, aliases=mapped.aliases_of([remembered[1]])), remembered)


def _offered(workspace: Workspace, table: Table, how: Recognised, ref: Ref, dataset: Dataset) -> Offered:
    aliases: Mapping[str, str] = how.layout.aliases if isinstance(how.layout, Layout) else {}
    if isinstance(how.layout, Tidy) and how.mapping is not None:
        aliases = mapped.aliases_of([how.mapping[1]])
    return offered(workspace, table, aliases, ref, dataset)


def _place(workspace: Workspace, title: str, today: date) -> tuple[Ref, Dataset | None]:
    """The data set of this title, or a REF for a new one."""
    key = place_key(title)
    found = [(ref, each) for ref, each in workspace.snapshot.all(Dataset).items() if place_key(each.title) == key]
    if len(found) > 1:
        raise InvalidValue(
            f"「{title}」という資料が{len(found)}つあります。何も取り込んでいません。",
            field="dataset",
            cure=f"どの資料かを場所で指定してください（--dataset {found[0][0]} など）。",
        )
    return found[0] if found else (workspace.new_ref("dataset", made(Dataset, {"title": title}), today=today), None)


def _title(book: Book, how: Recognised, table: Table) -> str:
    """What a new data set is called: after the mapping or the layout, and the municipality where there is one."""
    if isinstance(how.layout, Tidy):
        return shown_name(book.file).rpartition(".")[0] or shown_name(book.file)
    city = next((row.city for row in table.rows if row.city), "")
    if how.layout.title.startswith("地域ごと"):
        return shown_name(book.file).rpartition(".")[0] or shown_name(book.file)
    return f"{how.layout.title}（{city}）" if city else how.layout.title


def _dataset(existing: Dataset | None, table: Table, book: Book, how: Recognised, wish: Wish) -> Dataset:
    """The data set as it will be; what is written there already stays, but for the day that the file tells."""
    title = wish.title or _title(book, how, table)
    dataset = existing or made(
        Dataset, {"title": title, "publisher": table.publisher, "survey": table.survey, "data_kind": "統計"}
    )
    plain = to_plain(dataset)
    known = {column.indicator: to_plain(column) for column in dataset.columns}
    taken = {str(column.id) for column in dataset.columns}
    columns = [to_plain(column) for column in dataset.columns]
    for column in table.columns:
        if column.indicator in known:
            continue
        fresh: dict[str, object] = {"id": new_part_id(taken), "indicator": column.indicator}
        taken.add(str(fresh["id"]))
        fresh |= {name: said for name, said in (("unit", column.unit), ("denominator", column.denominator)) if said}
        columns.append(fresh)
    plain["columns"] = columns
    as_of = wish.as_of or table.as_of
    if as_of is not None:
        plain["as_of"] = as_of
    units = {column.unit for column in table.columns}
    if existing is None and len(units) == 1 and "" not in units:
        plain["unit"] = next(iter(units))
    merged = next((remark for remark in table.remarks if remark.startswith("合算：")), "")
    note = dataset.note or ""
    if merged and merged not in note and len(note) + len(merged) < _NOTE_LIMIT:
        plain["note"] = f"{note}\n{merged}".strip()
    return made(Dataset, plain)


def _fields(ref: Ref, before: Dataset | None, after: Dataset) -> list[Placed]:
    """What changes in the data set's own record."""
    if before is None:
        told = "　".join(filter(None, (after.publisher, _day(after.as_of), f"{len(after.columns)}指標")))
        return [Placed("", "追加", ref, after.title, "新しい資料", after=told)]
    placed: list[Placed] = []
    if before.as_of != after.as_of:
        placed.append(
            Placed(
                "", "変更" if before.as_of else "追加", ref, after.title, "時点", _day(before.as_of), _day(after.as_of)
            )
        )
    fresh = [column.indicator or "" for column in after.columns[len(before.columns) :]]
    if fresh:
        placed.append(Placed("", "追加", ref, after.title, "指標", after="、".join(fresh)))
    if before.note != after.note:
        placed.append(Placed("", "変更", ref, after.title, "備考", before.note or "", after.note or ""))
    return placed


def _size(table: Table, figures: Sequence[Figure]) -> str:
    indicators = list(dict.fromkeys(figure.indicator for figure in figures))
    areas = len({(row.code, row.name) for row in table.rows})
    return f"{areas}地域 × {len(indicators)}指標、{len(figures)}件（{listed(indicators)}）"


def _told(
    table: Table, figures: Sequence[Figure], how: Recognised, dataset: Dataset, before: bytes | None
) -> Sequence[str]:
    by = "対応表" if how.mapping is not None and any(c.field for c in how.mapping[1].columns) else "表の形"
    told = [f"{by}：{table.title}"]
    for status in ("秘匿", "欠損", "推計"):
        number = sum(figure.status == status for figure in figures)
        if number:
            told.append(f"{status}：{number}件" + ("（数としては扱いません）" if status != "推計" else ""))
    if table.unread:
        told.append(f"数値でない列などは取り込みません（{listed(table.unread)}）。")
    if dataset.as_of is None:
        told.append("時点が分かりません。資料の画面で時点を入れてください（地域の指標は時点がないと計算しません）。")
    if not dataset.attribution:
        told.append("出典の表示と利用条件は、取り込んだあとに資料の画面で書いてください。")
    if before is not None:
        told.append("これまでの数値と入れ替えます（前の数値は履歴に残ります）。")
    return told


def _day(day: date | None) -> str:
    return "" if day is None else f"{format_date(day, weekday=False)}時点"


def _faulty(book: Book, faults: Sequence[str]) -> InvalidValue:
    more = f" ほか{len(faults) - _TOLD_FAULTS}件" if len(faults) > _TOLD_FAULTS else ""
    return InvalidValue(
        f"「{shown_name(book.file)}」{''.join(faults[:_TOLD_FAULTS])}{more}何も取り込んでいません。",
        field="file",
        cure="ファイルを直してから、もう一度取り込んでください。",
    )
