"""From a file to a layout with what was settled: what the command line and the screens begin with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from kyoju_tui.exchange.books.gate import shown_name
from kyoju_tui.exchange.books.values import Book, Sheet
from kyoju_tui.exchange.sheets.grid import Grid, NotASheet
from kyoju_tui.exchange.sheets.layout import FORMS, Layout, applied, fitting, remembered
from kyoju_tui.exchange.sheets.names import Decisions, Names
from kyoju_tui.exchange.sheets.recognising import alike, fullest, laid_out, recognise
from kyoju_tui.records.errors import UnknownRef
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.mapping import Mapping
from kyoju_tui.records.snapshot import Snapshot

_CURE = (
    "見出しの行（部署名の並び、または「事業名」「概要」などの列）があるシートか確かめてください。"
    "シートが複数あるときは、取り込むシートを選んでください。画面の「表を取り込む」では、見出しを見ながら選べます。"
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A book with the layout of one of its sheets, and what is settled so far."""

    book: Book
    layout: Layout
    decisions: Decisions


def proposed(book: Book, snapshot: Snapshot, today: date, sheet: str = "") -> Opened:
    """A layout to begin from whatever the sheet is, for somebody who looks at it. Errors: `NotASheet` without any."""
    try:
        return open_book(book, snapshot, today, Decisions(), sheet=sheet)
    except NotASheet:
        chosen = next((each for each in _sheets(book, sheet) if each.rows), None)
        if chosen is None:
            raise
        grid = Grid.of(chosen)
        return Opened(book, laid_out(grid, Names(snapshot, today, Decisions()), fullest(grid), 1), Decisions())


def with_head(opened: Opened, snapshot: Snapshot, today: date, top: int, rows: int) -> Opened:
    """The same sheet with its head where a person says."""
    sheet = next(each for each in opened.book.sheets if each.name == opened.layout.sheet)
    names = Names(snapshot, today, opened.decisions)
    return replace(opened, layout=laid_out(Grid.of(sheet), names, top, rows))


def open_book(
    book: Book,
    snapshot: Snapshot,
    today: date,
    decisions: Decisions,
    *,
    sheet: str = "",
    mapping: str = "",
) -> Opened:
    """The sheet that is recognised (or the named one), its columns as a kept mapping of the same heads says.

    Errors: `NotASheet` where none is recognised, `UnknownRef` for a sheet or mapping that does not exist.
    """
    chosen = named_mapping(snapshot, mapping) if mapping else None
    if chosen is not None:
        decisions = remembered(snapshot.expect(chosen, Mapping), decisions, snapshot)
    names = Names(snapshot, today, decisions)
    layout = None
    for each in _sheets(book, sheet):
        layout = recognise(Grid.of(each), names)
        if layout is not None:
            break
    if layout is None:
        raise NotASheet(
            f"「{shown_name(book.file)}」の並びが分かりません。一覧表か事務事業一覧の見出しが見つかりません。"
            "何も取り込んでいません。",
            cure=_CURE,
        )
    if not sheet:
        layout = replace(layout, others=alike(book, layout, names))
    ref = chosen or fitting(snapshot, tuple(each.heading for each in layout.columns))
    if ref is not None:
        record = snapshot.expect(ref, Mapping)
        layout = applied(layout, record, ref)
        decisions = remembered(record, decisions, snapshot)
    return Opened(book, layout, decisions)


def named_mapping(snapshot: Snapshot, name: str) -> Ref:
    """The kept mapping of this title or id. Errors: `UnknownRef`."""
    found = [
        ref
        for ref, each in snapshot.all(Mapping).items()
        if each.form in FORMS and (name in (ref, ref.id) or fold(each.title) == fold(name))
    ]
    if len(found) == 1:
        return found[0]
    known = "、".join(each.title for each in snapshot.all(Mapping).values() if each.form in FORMS)
    what = "複数あります" if found else "ありません"
    raise UnknownRef(
        f"「{name[:80]}」という読み取り方は{what}。何も取り込んでいません。",
        cure=f"使えるもの：{known or '（まだありません。一度取り込むと残ります）'}",
    )


def _sheets(book: Book, name: str) -> list[Sheet]:
    if not name:
        return [sheet for sheet in book.sheets if sheet.visible and sheet.rows]
    found = [sheet for sheet in book.sheets if fold(sheet.name) == fold(name)]
    if not found:
        known = "、".join(shown_name(sheet.name) for sheet in book.sheets)
        raise UnknownRef(f"「{name[:80]}」というシートはありません。", cure=f"シート：{known}")
    return found
