"""The 一覧表 at an earlier moment: what can be chosen, and what is shown of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from kyoju_tui.overview.matrix import Matrix, matrix
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.forms.candidates import Candidate
from kyoju_tui.ui.matrix_layers import Points
from kyoju_tui.workspace.past.moments import Moment, Then, compilations, meetings

NOW: Final = "今"
A_DAY: Final = "日付"


@dataclass(frozen=True, slots=True)
class Past:
    """A moment as the matrix shows it: the records, their matrix, and what was raised, once that is known."""

    moment: Moment
    snapshot: Snapshot
    matrix: Matrix
    raised: Points

    @classmethod
    def of(cls, then: Then, today: date) -> Past:
        """The matrix of a moment with the eyes of its day; its points are added by `examined`."""
        return cls(then.moment, then.snapshot, matrix(then.snapshot, then.moment.day or today), Points())

    def examined(self) -> Past:
        """The same with its points: all texts are compared with each other, so ask in a worker."""
        from kyoju_tui.overview.findings import examine

        return Past(self.moment, self.snapshot, self.matrix, Points.of(examine(self.matrix).views, self.matrix))


def offered(snapshot: Snapshot, today: date) -> tuple[tuple[Candidate, Moment | None], ...]:
    """What can be chosen: now, a day to be typed, the meetings (newest first), the compilations.

    The first two have no moment of their own.
    """
    found: list[tuple[Candidate, Moment | None]] = [
        (Candidate(NOW, "今の一覧表", "", ("いま", "げんざい")), None),
        (Candidate(A_DAY, "日付を入れる", "", ("ひづけ",)), None),
    ]
    # Short numbers as values: the list shows them, and people choose by the names.
    held = meetings(snapshot, today)
    for number, (ref, moment) in enumerate(held, 1):
        day = format_date(moment.day, weekday=False) if moment.day else ""
        found.append((Candidate(str(number), snapshot.title(ref), day, ("かいぎ", ref.id)), moment))
    for number, moment in enumerate(compilations(snapshot), len(held) + 1):
        day = format_date(moment.day, weekday=False) if moment.day else ""
        found.append((Candidate(str(number), moment.words, day, ("とりまとめ",)), moment))
    return tuple(found)
