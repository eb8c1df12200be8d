"""Which rows of a table add up to the whole: its leaves. Totals, subtotals and 内数 are left out, and said to be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kyoju_tui.exchange.statistics.cells import folded
from kyoju_tui.exchange.statistics.layout import ALL, ValueColumn
from kyoju_tui.exchange.statistics.table import AreaRow, LeftOut
from kyoju_tui.records.errors import InvalidValue

_TOTAL: Final = re.compile(
    r"(?:総|合|小|中|累)?計|総数|全[市町村区域体]|[市町村区県]計|.+[合小]計|.{2,}(?<!会)(?<!時)(?<!設)計"
)
_PART: Final = re.compile(r"\(?(?:再掲|内数|うち)[)・:: ]?.*|.*\((?:再掲|内数)\)")
_LONGEST_BLOCK: Final = 400
# A few small numbers add up by chance; a total of people or households does not.
_TELLING: Final = 100
_FEWEST: Final = 2
# Columns that are tried for the ends of a block.
_PILOTS: Final = 4


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rows that are taken, those that are not, and what is to be told."""

    rows: tuple[AreaRow, ...]
    left_out: tuple[LeftOut, ...]
    remarks: tuple[str, ...] = ()


def choose(
    rows: Sequence[AreaRow], columns: Sequence[ValueColumn], *, leaves: Sequence[str], wanted: Sequence[str]
) -> Chosen:
    """The rows to be taken: the leaves, or those of the `wanted` levels.

    Errors: `InvalidValue` for a level that the table has not, or where nothing tells which levels are the leaves.
    """
    levels = tuple(dict.fromkeys(row.level for row in rows if row.level))
    if wanted:
        return _wished(rows, levels, wanted)
    if leaves:
        return _parted(rows, [row.level in leaves for row in rows], "階層{0}の行")
    if levels:
        return _parted(rows, _leaves(rows), "内訳の行がある階層{0}の行")
    return _without_sums(rows, columns)


def _wished(rows: Sequence[AreaRow], levels: Sequence[str], wanted: Sequence[str]) -> Chosen:
    if ALL in wanted:
        several = "複数の階層や合計の行を含みます。足し合わせると重複します。"
        return Chosen(tuple(rows), (), (several,))
    unknown = [level for level in wanted if level not in levels]
    if unknown:
        there = f"この表の階層：{'、'.join(levels)}" if levels else "この表には階層の列がありません。"
        raise InvalidValue(
            f"階層「{'、'.join(unknown)[:40]}」はこの表にありません。何も取り込んでいません。",
            field="level",
            cure=f"{there}（すべての行を取り込むときは「{ALL}」）",
        )
    chosen = _parted(rows, [row.level in wanted for row in rows], "階層{0}の行")
    several = ("複数の階層を取り込みます。足し合わせると重複することがあります。",) if len(set(wanted)) > 1 else ()
    return Chosen(chosen.rows, chosen.left_out, several)


def _parted(rows: Sequence[AreaRow], kept: Sequence[bool], why: str) -> Chosen:
    taken = tuple(row for row, keep in zip(rows, kept, strict=True) if keep)
    left = tuple(LeftOut(row, why.format(row.level)) for row, keep in zip(rows, kept, strict=True) if not keep)
    return Chosen(taken, left)


def _leaves(rows: Sequence[AreaRow]) -> list[bool]:
    """By codes where each level's begin with those of the level above, else by the order of the rows."""
    if any(not row.level.isdecimal() for row in rows):
        raise InvalidValue(
            "どの階層を取り込めば重複しないかが分かりません。何も取り込んでいません。",
            field="level",
            cure="合計すると全体になる、いちばん細かい階層を「取り込む階層」で選んでください。",
        )
    depth = [int(row.level) for row in rows]
    if all(row.code for row in rows):
        above: dict[str, int] = {}
        for row, level in zip(rows, depth, strict=True):
            for end in range(1, len(row.code)):
                key = row.code[:end]
                above[key] = max(above.get(key, level), level)
        return [above.get(row.code, level) <= level for row, level in zip(rows, depth, strict=True)]
    return [number + 1 == len(rows) or depth[number + 1] <= level for number, level in enumerate(depth)]


# -- without a column of levels ----------------------------------------------------------------------------------------


def _without_sums(rows: Sequence[AreaRow], columns: Sequence[ValueColumn]) -> Chosen:
    counts = [number for number, column in enumerate(columns) if column.is_count]
    left: dict[int, LeftOut] = {}
    for number, row in enumerate(rows):
        name = folded(row.name)
        if _PART.fullmatch(name) and name != "うち":
            left[number] = LeftOut(row, "内数（再掲）の行")
        elif _TOTAL.fullmatch(name):
            left[number] = LeftOut(row, "合計の行")
    names = [row.name for row in rows]
    heads = {name.split(" ")[0] for name in names if " " in name}
    for number, name in enumerate(names):
        if name in heads and number not in left and _covers(rows[number], rows, counts):
            left[number] = LeftOut(rows[number], "内訳の行がある合計の行")
    _leave_blocks(rows, counts, left)
    _leave_whole(rows, counts, left)
    kept = tuple(row for number, row in enumerate(rows) if number not in left)
    return Chosen(kept, tuple(left[number] for number in sorted(left)))


def _covers(row: AreaRow, rows: Sequence[AreaRow], counts: Sequence[int]) -> bool:
    """Whether nothing contradicts that a row is the whole of those whose names begin with its own."""
    parts = [each for each in rows if each.name.startswith(f"{row.name} ")]
    sums = [(row.cells[at].value, _sum(each.cells[at].value for each in parts)) for at in counts]
    return all(value is None or total is None or _equal(value, total, len(parts)) for value, total in sums)


def _leave_blocks(rows: Sequence[AreaRow], counts: Sequence[int], left: dict[int, LeftOut]) -> None:
    """Subtotals: a row that is the sum of the rows just after it, or just before it."""
    pilots = [at for at in counts if _leads(at, rows)][:_PILOTS]
    for step in (1, -1):
        places = range(len(rows)) if step == 1 else range(len(rows) - 1, -1, -1)
        for number in places:
            # Zeros leave open where a block ends; another column may tell.
            if number not in left and any(_is_subtotal(rows, number, step, pilot, counts, left) for pilot in pilots):
                left[number] = LeftOut(rows[number], f"{'続く' if step == 1 else '前の'}行の小計の行")


def _is_subtotal(
    rows: Sequence[AreaRow], number: int, step: int, pilot: int, counts: Sequence[int], left: dict[int, LeftOut]
) -> bool:
    row = rows[number]
    wanted = row.cells[pilot].value
    block = _block(rows, number, step, pilot, wanted, left) if wanted else []
    if len(block) < _FEWEST or len(block) >= len(rows) - len(left) - 1:
        return False
    members = [rows[each] for each in block]
    named = all(each.name.startswith(row.name) for each in members)
    return _is_sum(row, members, counts) and (named or _strong(row, counts))


def _leads(at: int, rows: Sequence[AreaRow]) -> bool:
    """Whether a column can tell where a block ends: nothing below zero, and not zero all over."""
    values = [row.cells[at].value or 0 for row in rows]
    return min(values, default=0) >= 0 and max(values, default=0) > 0


def _block(
    rows: Sequence[AreaRow], start: int, step: int, pilot: int, wanted: float, left: dict[int, LeftOut]
) -> list[int]:
    """The rows next to `start` whose figures come to `wanted`; none where they pass it."""
    block: list[int] = []
    total: float = 0
    number = start + step
    while 0 <= number < len(rows) and number not in left and len(block) < _LONGEST_BLOCK:
        value = rows[number].cells[pilot].value
        if value is None:
            return []
        total += value
        block.append(number)
        if total > wanted:
            return []
        if total == wanted and _next_adds(rows, number + step, pilot):
            return block
        number += step
    return block if total == wanted else []


def _next_adds(rows: Sequence[AreaRow], number: int, pilot: int) -> bool:
    """Whether the block ends here: a zero behind it would belong to it as well."""
    return not 0 <= number < len(rows) or rows[number].cells[pilot].value != 0


def _leave_whole(rows: Sequence[AreaRow], counts: Sequence[int], left: dict[int, LeftOut]) -> None:
    """The plain total, wherever it stands and whatever it is called."""
    rest = [number for number in range(len(rows)) if number not in left]
    if len(rest) <= _FEWEST:
        return
    sums = [_sum(rows[number].cells[at].value for number in rest) for at in counts]
    for number in rest:
        row = rows[number]
        pairs = [(row.cells[at].value, total) for at, total in zip(counts, sums, strict=True)]
        known = [(value, total) for value, total in pairs if value is not None and total is not None]
        # Its own figure is in the sum too.
        if not any(value for value, _ in known) or any(
            not _equal(value * 2, total, len(rest)) for value, total in known
        ):
            continue
        others = [rows[each] for each in rest if each != number]
        if _is_sum(row, others, counts):
            strong = _strong(row, counts)
            why = "ほかの行の合計と同じ数の行"
            doubt = "（地域の行であれば、すべての行を取り込み直してください）"
            left[number] = LeftOut(row, why if strong else f"{why}{doubt}", doubtful=not strong)
            return


def _is_sum(row: AreaRow, members: Sequence[AreaRow], counts: Sequence[int]) -> bool:
    """Whether every figure that can be compared is the sum of the members', and one at least is no zero."""
    some = False
    for at in counts:
        value = row.cells[at].value
        total = _sum(each.cells[at].value for each in members)
        if value is None or total is None:
            continue
        if not _equal(value, total, len(members)):
            return False
        some = some or value != 0
    return some


def _strong(row: AreaRow, counts: Sequence[int]) -> bool:
    """Whether its figures say more than chance would: two of them, or a large one."""
    values = [abs(value) for at in counts if (value := row.cells[at].value)]
    return len(values) > 1 or max(values, default=0) >= _TELLING


def _sum(values: Iterable[float | None]) -> float | None:
    """The sum; None where a value is suppressed or missing: then nothing is compared, and nothing unmasked."""
    total: float = 0
    for value in values:
        if value is None:
            return None
        total += value
    return total


def _equal(one: float, other: float, terms: int) -> bool:
    """Equal, where published figures were rounded up to their rounding."""
    if isinstance(one, int) and isinstance(other, int):
        return one == other
    return abs(one - other) <= 0.005 * max(terms, 1)
