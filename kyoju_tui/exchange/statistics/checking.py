"""Whether the rows that are taken add up to the totals that were left out; what is suppressed is never shown by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kyoju_tui.exchange.statistics.layout import ValueColumn
from kyoju_tui.exchange.statistics.table import AreaRow, LeftOut


def told_totals(
    rows: Sequence[AreaRow], columns: Sequence[ValueColumn], left_out: Sequence[LeftOut], held: frozenset[int]
) -> Iterator[str]:
    """For every total of the whole: that it is the sum of what is taken, or where it differs.

    `held` are the lines whose figures another row tells with its own: they are suppressed, and still counted.
    """
    for total, members in _wholes(left_out, rows, columns):
        hidden = any(row.suppressed and row.line not in held for row in members)
        if not members:
            continue
        compared = [
            (column, total.cells[at].value, sum(row.cells[at].value or 0 for row in members))
            for at, column in enumerate(columns)
            if column.is_count and total.cells[at].value is not None
        ]
        differing = [
            (column, value, found)
            for column, value, found in compared
            if abs((value or 0) - found) > _slack(value, found, members)
        ]
        head = compared[0] if compared else None
        if head is None:
            continue
        if hidden:
            yield f"「{total.name}」の合計とは比べていません（秘匿の行があるため）。"
        elif not differing:
            said = f"「{total.name}」の{head[0].indicator} {head[1]:,}"
            yield f"{said} は、取り込む{len(members)}地域の合計と一致します。"
        else:
            column, value, found = differing[0]
            yield (
                f"「{total.name}」の{column.indicator} {value:,} と、取り込む{len(members)}地域の合計 {found:,} が"
                f"合いません（{len(differing)}項目）。元の表を確かめてください。"
            )


def _wholes(
    left_out: Sequence[LeftOut], rows: Sequence[AreaRow], columns: Sequence[ValueColumn]
) -> Iterator[tuple[AreaRow, Sequence[AreaRow]]]:
    """The rows that stand for a whole, and what they are the whole of.

    They are those of the highest level; without levels the largest of the totals, and each other with its neighbours.
    """
    levels = [each.row.level for each in left_out if each.row.level]
    if levels:
        for each in left_out:
            if each.row.level == min(levels):
                yield each.row, [row for row in rows if _below(row, each.row)]
        return
    totals = [each.row for each in left_out if each.why.startswith(("合計", "ほかの行の合計"))]
    at = next((at for at, column in enumerate(columns) if column.is_count), None)
    if at is None or not totals:
        return
    largest = max(totals, key=lambda row: row.cells[at].value or 0)
    for total in totals:
        yield total, rows if total is largest else _neighbours(total, rows, at)


def _neighbours(total: AreaRow, rows: Sequence[AreaRow], at: int) -> Sequence[AreaRow]:
    """The rows just before or just after a subtotal that add up to it; all of them on one side where none do."""
    before = [row for row in reversed(rows) if row.line < total.line]
    after = [row for row in rows if row.line > total.line]
    for side in (before, after):
        found: float = 0
        for number, row in enumerate(side, 1):
            found += row.cells[at].value or 0
            wanted = total.cells[at].value or 0
            if abs(wanted - found) <= _slack(wanted, found, side[:number]):
                return side[:number]
    return before or after


def _below(row: AreaRow, total: AreaRow) -> bool:
    return not (total.level and total.code) or row.code.startswith(total.code)


def _slack(value: float | None, found: float, members: Sequence[AreaRow]) -> float:
    return 0 if isinstance(value, int) and isinstance(found, int) else 0.005 * len(members)
