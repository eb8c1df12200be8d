"""Rows whose visible cells were sorted, cut or pasted elsewhere while the hidden ids stayed where they were.

An id then stands beside another record's contents. What was filled in tells whose they are: the check value, or the
title of a record that stands nowhere else in the form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kyoju_tui.exchange.inquiries.answer_form import Line
from kyoju_tui.exchange.inquiries.inquiry_layout import Column, RowMark, check_of
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import Ref


def homes(
    lines: Sequence[Line], marks: Iterable[RowMark], standing: Mapping[Ref, Entry], columns: Sequence[Column]
) -> dict[int, RowMark | None]:
    """By `id` of the line: the mark of the row whose contents it holds, None where its own went elsewhere.

    `marks` are those of the form, also of rows that are gone; lines that are where they were are not among the keys.
    """
    entries = {mark.entry: mark for mark in marks if mark.entry is not None}
    by_check = _only((mark.check, mark) for mark in entries.values())
    by_title = _only((fold(standing[ref].title), mark) for ref, mark in entries.items() if ref in standing)
    holds = {
        id(line): by_check.get(check_of(line.text(column) for column in columns))
        or by_title.get(fold(line.text(columns[0])))
        for line in lines
    }
    at_home = {line.mark.entry for line in lines if line.mark is not None and holds[id(line)] == line.mark}
    found: dict[int, RowMark | None] = {}
    for line in lines:
        held = holds[id(line)]
        if held is not None and held.entry not in at_home:
            found[id(line)] = held
    went = {mark.entry for mark in found.values() if mark is not None}
    for line in lines:
        if line.mark is not None and line.mark.entry in went:
            found.setdefault(id(line), None)
    return found


def _only(pairs: Iterable[tuple[str, RowMark]]) -> dict[str, RowMark]:
    """By key, without those that several have."""
    found: dict[str, list[RowMark]] = {}
    for key, mark in pairs:
        found.setdefault(key, []).append(mark)
    return {key: marks[0] for key, marks in found.items() if key and len(marks) == 1}
