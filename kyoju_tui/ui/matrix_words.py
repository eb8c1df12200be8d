"""The 一覧表 in short words: counts like 「取2 課1」, answers that are late, what a whole row says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from rich.cells import cell_len

from kyoju_tui.overview.asked import InquiryState
from kyoju_tui.overview.matrix import Cell
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot

# In the order in which a cell names them, with the full word that help and panel give.
SHORT: Final = {"取組中": "取", "検討中": "検", "必要": "必", "終了": "終", "課題": "課", "データ": "デ"}
LEGEND: Final = "取＝取組中　検＝検討中　必＝必要（所管未定など）　終＝終了　課＝課題"

# Second words: answers that are missing. All others stand in the panel only.
OPEN_ANSWERS: Final[tuple[InquiryState, ...]] = ("期限超過", "回答待ち")


def sort_of(entry: Entry) -> str:
    """取組中, 検討中, 必要, 終了, 課題 or データ."""
    return entry.status or entry.kind


def counts(refs: Iterable[Ref], snapshot: Snapshot) -> Counter[str]:
    """How many entries of each sort."""
    entries = snapshot.entries
    return Counter(sort_of(entries[ref]) for ref in refs if ref in entries)


def counts_of(cell: Cell) -> Counter[str]:
    """The same of a whole cell, whose figures are known."""
    figures = Counter(cell.counts.by_word())
    del figures["取組上の課題"]
    figures["必要"] = len(cell.entries) - figures.total()
    return figures


def count_lines(count: Counter[str], width: int) -> list[str]:
    """The counts in as few lines of this width as they need: 「取2 課1」, closer together where it is narrow."""
    words = [f"{short}{count[sort]}" for sort, short in SHORT.items() if count[sort]]
    lines: list[str] = []
    for blank in (" ", ""):
        joined = blank.join(words)
        if cell_len(joined) <= width:
            return [joined] if joined else []
    for word in words:
        if lines and cell_len(lines[-1]) + 1 + cell_len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def count_sentence(count: Counter[str]) -> str:
    """The counts in full words: 取組中2件・課題1件."""
    return "・".join(f"{sort}{count[sort]}件" for sort in SHORT if count[sort])
