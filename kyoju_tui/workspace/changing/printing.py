"""Which opinions go onto paper: the tick of many opinions in one save (handbook 1-3(2))."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kyoju_tui.records.ids import Ref
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.requests import Base, Put

OpinionPlace = tuple[Ref, int]
"""An opinion: its meeting, and its place among the meeting's opinions."""


def opinions_on(snapshot: Snapshot, category: str) -> dict[OpinionPlace, bool]:
    """Every opinion on a category with its tick, the newest meeting first."""
    meetings = sorted(
        snapshot.meetings.items(), key=lambda item: item[1].held_on.toordinal() if item[1].held_on else 0, reverse=True
    )
    return {
        (ref, place): opinion.print
        for ref, meeting in meetings
        for place, opinion in enumerate(meeting.opinions)
        if opinion.category == category and opinion.text
    }


def ticking(
    snapshot: Snapshot, category: str, chosen: Collection[OpinionPlace], bases: Mapping[Ref, Base]
) -> tuple[Put, ...]:
    """The changes after which just `chosen` of a category's opinions are printed. The words stay as they are."""
    before = opinions_on(snapshot, category)
    touched = dict.fromkeys(place[0] for place, printed in before.items() if printed != (place in chosen))
    puts: list[Put] = []
    for ref in touched:
        meeting = snapshot.meetings[ref]
        rows: list[Plain] = []
        for place, opinion in enumerate(meeting.opinions):
            row = to_plain(opinion)
            if (ref, place) in before:
                row = {name: value for name, value in row.items() if name != "print"}
                row |= {"print": True} if (ref, place) in chosen else {}
            rows.append(row)
        puts.append(Put(ref, meeting.but(opinions=rows), bases[ref]))
    return tuple(puts)
