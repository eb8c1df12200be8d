"""The 一覧表 that this program wrote out, edited in a spreadsheet and come back: its hidden sheet tells the records."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from kyoju_tui.exchange.books.gate import shown_name
from kyoju_tui.exchange.books.values import Book
from kyoju_tui.exchange.bringing import Bringing
from kyoju_tui.exchange.papers.as_xlsx import PLACES, PLACES_HEAD
from kyoju_tui.exchange.sheets.grid import Grid, NotASheet
from kyoju_tui.exchange.sheets.own_cells import OwnCells
from kyoju_tui.exchange.sheets.own_changes import Changes
from kyoju_tui.exchange.sheets.own_rows import ROWS, OwnRows
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.workspace import Workspace


def is_own(book: Book) -> bool:
    """Whether a workbook is an 一覧表 that this program wrote."""
    sheet = book.sheet(PLACES)
    return sheet is not None and bool(sheet.rows) and sheet.rows[0][: len(PLACES_HEAD)] == PLACES_HEAD


def bring_own(workspace: Workspace, book: Book, today: date) -> Bringing:
    """What the edits of our own 一覧表 change. Nothing is written. Errors: `NotASheet` for a view without titles."""
    changes = Changes(workspace, book, today)
    remarks = list(book.remarks)
    rows = book.sheet(ROWS)
    places = _places(book)
    told = [ref for cells in places.values() for refs in cells.values() for ref in refs]
    if told and not any(workspace.snapshot.by_id("entry", ref.id) for ref in told):
        raise NotASheet(
            f"「{shown_name(book.file)}」は、別の保管場所から書き出した一覧表です。何も取り込んでいません。",
            cure="この保管場所から書き出した一覧表を選んでください。",
        )
    if rows is not None:
        OwnRows(changes, rows).read()
    for name, refs in places.items():
        sheet = book.sheet(name)
        cells = OwnCells(changes, Grid.of(sheet), refs) if sheet is not None else None
        # Counts and points cannot be edited; the sheet of entries behind them can.
        if rows is None and (cells is None or not cells.titled):
            raise NotASheet(
                f"「{shown_name(book.file)}」からは、書き換えたところを取り込めません。何も取り込んでいません。",
                cure="一覧表を「件名」の表示で書き出し、見出しを残したまま書き換えたファイルを選んでください。",
            )
        if cells is None or not cells.headed:
            remarks.append(f"シート「{shown_name(name)}」は、ないか見出しが分からないため、読んでいません。")
        else:
            cells.read()
    counts = [
        f"{name}{count}件" for name in ("追加", "変更") if (count := sum(p.outcome == name for p in changes.placed))
    ]
    what = "・".join(counts) or "変更なし"
    subject = f"一覧表「{shown_name(book.file)[:60]}」を取り込み（{what}、照合値 {book.sha256[:12]}）"
    return Bringing(
        shown_name(book.file), book.sha256, tuple(changes.placed), tuple(changes.puts.values()), subject, tuple(remarks)
    )


def _places(book: Book) -> dict[str, dict[tuple[str, str], list[Ref]]]:
    """By sheet of cells: the records of each category and department."""
    found: dict[str, dict[tuple[str, str], list[Ref]]] = defaultdict(lambda: defaultdict(list))
    hidden = book.sheet(PLACES)
    for row in hidden.rows[1:] if hidden is not None else ():
        sheet, _, category, department, refs = (*map(_text, row), "", "", "", "", "")[:5]
        if sheet and category and department:
            found[sheet][category, department] += [Ref(each) for each in refs.split()]
    return found


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
