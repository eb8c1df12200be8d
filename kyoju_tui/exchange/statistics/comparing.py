"""The figures of a file beside those that are there: what is new, changed, gone, the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kyoju_tui.exchange.bringing import Placed
from kyoju_tui.exchange.statistics.table import Table
from kyoju_tui.records.figures import Figure
from kyoju_tui.records.ids import Ref

_SHOWN: Final = 6


def compared(
    ref: Ref, title: str, table: Table, figures_now: Sequence[Figure], before: Sequence[Figure]
) -> list[Placed]:
    """A line for each area that is new, the same, or gone; one for each value of an area that changes."""
    known: dict[tuple[str, str], dict[str, Figure]] = {}
    for figure in before:
        known.setdefault((figure.area_code, figure.area), {})[figure.indicator] = figure
    placed: list[Placed] = [
        Placed(f"{each.row.line}行目", "不明", ref, title, each.row.name, why=f"{each.why}のため、取り込みません。")
        for each in table.left_out
        if each.doubtful
    ]
    lines = {(row.code, row.name): row.line for row in table.rows}
    now: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures_now:
        now.setdefault((figure.area_code, figure.area), []).append(figure)
    for key, figures in now.items():
        where, old = f"{lines.get(key, 0)}行目", known.pop(key, None)
        if old is None:
            placed.append(Placed(where, "追加", ref, title, key[1], after=_several(figures)))
            continue
        changes = _changes(where, ref, title, figures, old)
        placed += changes or [Placed(where, "同じ", ref, title, key[1], _several(figures), _several(figures))]
    placed += [
        Placed("", "消去", ref, title, area, before=_several(list(old.values())), why="このファイルにない地域です。")
        for (_, area), old in known.items()
    ]
    return placed


def _changes(where: str, ref: Ref, title: str, figures: Sequence[Figure], old: dict[str, Figure]) -> list[Placed]:
    changes: list[Placed] = []
    left = dict(old)
    for figure in figures:
        was = left.pop(figure.indicator, None)
        label = f"{figure.area} {figure.indicator}"
        if was is None:
            changes.append(Placed(where, "追加", ref, title, label, after=_words(figure)))
        elif was != figure:
            changes.append(Placed(where, "変更", ref, title, label, _words(was), _words(figure)))
    changes += [
        Placed(where, "消去", ref, title, f"{each.area} {each.indicator}", before=_words(each))
        for each in left.values()
    ]
    return changes


def _several(figures: Sequence[Figure]) -> str:
    more = f" ほか{len(figures) - _SHOWN}件" if len(figures) > _SHOWN else ""
    return "・".join(f"{figure.indicator} {_words(figure)}" for figure in figures[:_SHOWN]) + more


def _words(figure: Figure) -> str:
    """A figure as staff read it; what the source wrote where that differs."""
    if figure.value is None:
        return figure.status
    return f"{figure.value:,}" + ("（推計）" if figure.status == "推計" else "")
