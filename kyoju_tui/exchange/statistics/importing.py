"""A statistical file brought to a data set: what would change there and in the areas' indicators, as one save."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kyoju_tui.exchange.books.gate import shown_name
from kyoju_tui.exchange.books.values import Book
from kyoju_tui.exchange.bringing import Bringing, Placed
from kyoju_tui.exchange.statistics import mapped, tidy
from kyoju_tui.exchange.statistics.area_indicators import Offered, offered
from kyoju_tui.exchange.statistics.comparing import compared
from kyoju_tui.exchange.statistics.into_dataset import dataset_of, day_words, fields, place, title_of
from kyoju_tui.exchange.statistics.known import CENSUS, MUNICIPALITIES, Unknown, recognise
from kyoju_tui.exchange.statistics.layout import Layout, Tidy
from kyoju_tui.exchange.statistics.reading import listed, read
from kyoju_tui.exchange.statistics.rows import Asked
from kyoju_tui.exchange.statistics.table import Table
from kyoju_tui.exchange.statistics.unknown import SeveralDays, SeveralMappings, UnknownLayout, UnreadTable
from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.figures import Figure, read_figures, write_figures
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.mapping import Mapping as MappingRecord
from kyoju_tui.workspace.requests import Change, Put, PutFigures
from kyoju_tui.workspace.workspace import Workspace

LIMIT: Final = 16 * 1024 * 1024
"""Bytes of the figures beside a data set."""


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

    Errors: `UnknownLayout` (`SeveralMappings` among them), `UnfitMapping`.
    """
    if wish.mapping is not None and any(column.field for column in wish.mapping[1].columns):
        return Recognised(mapped.layout_of(book, wish.mapping[1]), wish.mapping)
    found = recognise(book)
    if isinstance(found, Tidy) or (isinstance(found, Layout) and found.holding is not None):
        return _with_aliases(workspace, found, wish)
    fitting = mapped.fitting(book, workspace.snapshot)
    if len(fitting) > 1:
        raise SeveralMappings(book, {ref: each.title for ref, each, _ in fitting})
    if fitting:
        return Recognised(fitting[0][2], fitting[0][:2])
    if isinstance(found, Unknown):
        raise UnknownLayout(book, found.why)
    return _with_aliases(workspace, found, wish)


def bring(workspace: Workspace, book: Book, wish: Wish, today: date) -> Bringing:
    """What bringing the book in would change. Nothing is written.

    Errors: `UnknownLayout`, `UnfitMapping`, `UnreadTable`, `SeveralDays`, `InvalidValue` for a wish that the table does
    not grant, `UnknownRef`.
    """
    ref = wish.dataset
    existing = workspace.snapshot.expect(ref, Dataset) if ref is not None else None
    how = recognised(workspace, book, wish)
    table = table_of(book, how.layout, Asked(today, wish.as_of, workspace.snapshot.store.municipality), wish.levels)
    if len(table.days) > 1:
        raise SeveralDays(book, table.days)
    if table.faults:
        raise UnreadTable(book, table.faults, teachable=_teachable(how))
    _require_day(table, wish)
    title = wish.title or title_of(book, how.layout, table)
    if ref is None:
        ref, existing = place(workspace, title, today)
    base = workspace.base(ref)
    before = workspace.figures(ref) if existing is not None else None
    dataset = dataset_of(existing, title, wish.as_of, table)
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
        outcome = "変更" if how.mapping[0] in workspace.snapshot else "追加"
        placed.append(Placed("", outcome, how.mapping[0], how.mapping[1].title, "対応表", after="表の読み方を残します"))
    if dataset != existing:
        changes.append(Put(ref, dataset, base))
        placed += fields(ref, existing, dataset)
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
            *_told(table, figures, how, existing, dataset, before),
            *_other_sheets(book, how.layout),
            *book.remarks,
            *offer.remarks,
        ),
    )


def table_of(book: Book, layout: Layout | Tidy, asked: Asked, levels: Sequence[str] = ()) -> Table:
    """The table of a layout, as far as it is asked for."""
    sheet = book.sheet(layout.sheet)
    if sheet is None:
        raise UnknownLayout(book, f"シート「{layout.sheet[:40]}」がありません")
    if isinstance(layout, Tidy):
        return tidy.read_tidy(sheet, layout)
    return read(sheet, layout, asked, levels=levels)


def _teachable(how: Recognised) -> bool:
    """Whether a person may say how it is to be read: not of tables that are recognised as a publisher's own."""
    return isinstance(how.layout, Layout) and how.layout.title not in (CENSUS, MUNICIPALITIES)


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


def _size(table: Table, figures: Sequence[Figure]) -> str:
    indicators = list(dict.fromkeys(figure.indicator for figure in figures))
    areas = len({(row.code, row.name) for row in table.rows})
    return f"{areas}地域 × {len(indicators)}指標、{len(figures)}件（{listed(indicators)}）"


def _told(
    table: Table,
    figures: Sequence[Figure],
    how: Recognised,
    existing: Dataset | None,
    dataset: Dataset,
    before: bytes | None,
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
    if existing is not None and existing.as_of and dataset.as_of and dataset.as_of < existing.as_of:
        told.append(
            f"いまの資料（{day_words(existing.as_of)}）より古い時点の表です。残したいときは、別の資料にしてください。"
        )
    if before is not None:
        told.append("これまでの数値と入れ替えます（前の数値は履歴に残ります）。")
    return told


def _other_sheets(book: Book, layout: Layout | Tidy) -> Iterator[str]:
    others = [shown_name(each.name) for each in book.sheets if each.visible and each.rows and each.name != layout.sheet]
    if others:
        yield f"シート「{shown_name(layout.sheet)}」を読みました。ほかのシート（{listed(others)}）は取り込みません。"
