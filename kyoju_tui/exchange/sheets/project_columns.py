"""What the columns of a 事務事業一覧 are, by their headings and by what stands below them."""

from __future__ import annotations

from collections.abc import Iterable

from kyoju_tui.exchange.sheets import words
from kyoju_tui.exchange.sheets.grid import Grid, one_line
from kyoju_tui.exchange.sheets.layout import LayoutColumn
from kyoju_tui.exchange.sheets.names import Names


def project_columns(grid: Grid, names: Names, top: int, rows: int) -> tuple[LayoutColumn, ...]:
    """The columns of a list of projects. A field is given to the first column that says it most plainly."""
    unit = next(
        (found for row in range(top) for column in grid.filled(row) if (found := _unit_line(grid.text(row, column)))),
        "",
    )
    columns: list[LayoutColumn] = []
    for number in range(grid.width):
        texts = grid.headings(number, top, rows)
        whole = one_line(texts)
        meaning = words.meaning_of("".join(texts)) or next(
            (found for text in reversed(texts) if (found := words.meaning_of(text))), words.NOTHING
        )
        if not whole and not any(grid.text(row, number).strip() for row in range(top + rows, grid.height)):
            continue
        if meaning == words.DEPARTMENT and words.bureaus(whole):
            meaning = words.BUREAU
        if not meaning and _holds_categories(grid, names, number, top + rows):
            meaning = words.CATEGORY
        money = (words.unit_in(whole) or unit or "千円") if meaning == "budget_thousand_yen" else ""
        columns.append(LayoutColumn(number, whole, meaning, unit=money))
    # A bureau says whose a row is only where nothing says it more closely.
    instead = words.SKIPPED if any(each.field == words.DEPARTMENT for each in columns) else words.DEPARTMENT
    columns = [each.being(instead) if each.field == words.BUREAU else each for each in columns]
    return tuple(_once(columns))


def _once(columns: list[LayoutColumn]) -> Iterable[LayoutColumn]:
    """Only one column can hold what an entry has once: of several the last year's, or the first; others are unknown."""
    taken: set[str] = set()
    single = {"title", "budget_thousand_yen", words.DEPARTMENT, "status", "since", "until"}
    money = [each for each in columns if each.field == "budget_thousand_yen"]
    kept = next(
        (each for each in money if "予算" in each.heading and not words.year_of(each.heading)),
        money[-1] if money else None,
    )
    for each in columns:
        again = each.field in single and each.field in taken
        if each.field == "budget_thousand_yen":
            again = each is not kept
        if each.field == "since" and not again and "期間" not in each.heading and each.field in taken:
            again = True
        yield each.being(words.NOTHING) if again else each
        taken.add(each.field)


def _holds_categories(grid: Grid, names: Names, number: int, first: int) -> bool:
    below = grid.below(number, first)
    return bool(below) and all(names.find("category", each) is not None for each in below)


def _unit_line(text: str) -> str:
    return words.unit_in(text) if "単位" in text else ""
