"""How an inquiry stands: who has answered, what is still to come, and how many days are left (handbook 1-2(1))."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from kyoju_tui.overview.asked import (
    CellKey,
    InquiryState,
    answer_state,
    due_date,
    newest_first,
    nothing_cells,
    rows_asked,
)
from kyoju_tui.records.dates import working_days_between
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry, Receipt, Target
from kyoju_tui.records.snapshot import Snapshot

Stand = InquiryState | Literal["未発出"]
ANSWERED: Final = frozenset({"回答済", "内容確認中", "前回のまま"})
WAITED_FOR: Final = frozenset({"回答待ち", "期限超過"})
# On the board the answers that are missed stand first.
_ORDER: Final = ("期限超過", "回答待ち", "未発出", "内容確認中", "回答済", "前回のまま", "取下げ")
# Nobody counts the working days of half a year; a mistyped year must not keep the keys waiting.
_COUNTED: Final = 180


@dataclass(frozen=True, slots=True)
class Left:
    """Days from today to a due date, negative where it has passed; `working` counts the days of an open town hall."""

    days: int
    working: int | None

    @property
    def words(self) -> str:
        """残り3日, 本日まで, 期限超過2日."""
        return f"残り{self.days}日" if self.days > 0 else f"期限超過{-self.days}日" if self.days else "本日まで"

    @property
    def full_words(self) -> str:
        """残り3日（2開庁日）; without the working days where there are none or nobody counts them."""
        return f"{self.words}（{self.working}開庁日）" if self.working else self.words


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the departments asked have answered; `left` is about the answer that is due first, if any is."""

    answered: int
    expected: int
    late: int
    left: Left | None

    @property
    def done(self) -> bool:
        """Whether nobody is waited for any more."""
        return self.expected > 0 and self.answered == self.expected


@dataclass(frozen=True, slots=True)
class TargetStatus:
    """One department's line on the board.

    `left` is given while an answer is waited for. Of the `asked` rows `filled` have a record of a kind that is asked,
    `nothing` were answered with 「該当なし」, and `missing` have neither.
    """

    target: Target
    state: Stand
    due: date | None
    left: Left | None
    asked: int
    filled: int
    nothing: int
    missing: tuple[str, ...]

    @property
    def department(self) -> str:
        """The department's id."""
        return self.target.department


@lru_cache(maxsize=1024)
def left_until(due: date, today: date) -> Left:
    """The days from today to a due date, or since."""
    days = (due - today).days
    if abs(days) > _COUNTED:
        return Left(days, None)
    return Left(days, working_days_between(min(today, due), max(today, due)))


def stand(inquiry: Inquiry, target: Target, today: date) -> Stand:
    """A department's state; an inquiry that was not sent by today waits for nobody."""
    if not issued(inquiry, today) and not target.receipts and not target.withdrawn:
        return "未発出"
    return answer_state(inquiry, target, today)


def issued(inquiry: Inquiry, today: date) -> bool:
    """Whether the inquiry was sent by today."""
    return inquiry.issued_on is not None and inquiry.issued_on <= today


def progress(inquiry: Inquiry, today: date) -> Progress:
    """How far the answers are. Departments whose request was withdrawn do not count."""
    states = [(stand(inquiry, target, today), target) for target in inquiry.targets if not target.withdrawn]
    waited = [target for state, target in states if state in WAITED_FOR]
    dues = [due for target in waited if (due := due_date(inquiry, target)) is not None]
    return Progress(
        sum(state in ANSWERED for state, _ in states),
        len(states),
        sum(state == "期限超過" for state, _ in states),
        left_until(min(dues), today) if dues else None,
    )


def unanswered(inquiry: Inquiry, today: date) -> tuple[str, ...]:
    """The departments whose answer is not there, late or not, in the order in which they are asked."""
    return tuple(each.department for each in inquiry.targets if stand(inquiry, each, today) in WAITED_FOR)


def board(snapshot: Snapshot, inquiry: Inquiry, today: date) -> tuple[TargetStatus, ...]:
    """A line per department, the missed answers first, the longest missed on top, then in the departments' order."""
    rows = rows_asked(inquiry, snapshot.categories_in_use)
    nothing = nothing_cells(inquiry, rows)
    lines = [_line(snapshot, inquiry, target, rows, nothing, today) for target in inquiry.targets]
    place = {department: number for number, department in enumerate(snapshot.departments)}
    return tuple(
        sorted(
            lines,
            key=lambda line: (
                _ORDER.index(line.state),
                line.due or date.max if line.state in WAITED_FOR else date.max,
                place.get(line.department, len(place)),
            ),
        )
    )


def kinds_wanted(inquiry: Inquiry) -> frozenset[str]:
    """The kinds that fill a cell: as in the matrix data alone do not, unless nothing else is asked."""
    kinds = frozenset[str](inquiry.kinds)
    return (kinds - {"データ"} or kinds) if kinds else frozenset({"取組", "課題"})


def earlier_inquiry(snapshot: Snapshot, ref: Ref, department: str, today: date) -> Ref | None:
    """The inquiry before this one that asked the department about one of the same rows; 前回のまま refers to it."""
    this = snapshot.inquiries.get(ref)
    if this is None:
        return None
    rows = frozenset(rows_asked(this, snapshot.categories_in_use))
    issued_before = [other for other, _ in newest_first(snapshot.inquiries, today)]
    if ref in issued_before:
        issued_before = issued_before[issued_before.index(ref) + 1 :]
    for other in issued_before:
        inquiry = snapshot.inquiries[other]
        asked = any(each.department == department and not each.withdrawn for each in inquiry.targets)
        if asked and rows & frozenset(rows_asked(inquiry, snapshot.categories_in_use)):
            return other
    return None


def latest(target: Target) -> Receipt | None:
    """The newest version of an answer."""
    return max(target.receipts, key=lambda each: each.version or 0) if target.receipts else None


def next_version(target: Target) -> int:
    """The number of the next version of an answer."""
    return max((each.version or 0 for each in target.receipts), default=0) + 1


def _line(
    snapshot: Snapshot,
    inquiry: Inquiry,
    target: Target,
    rows: tuple[str, ...],
    nothing: Mapping[CellKey, Set[str | None]],
    today: date,
) -> TargetStatus:
    department = snapshot.departments.get(target.department)
    expected = frozenset(department.categories) if department is not None else frozenset[str]()
    asked = tuple(row for row in rows if not expected or row in expected)
    wanted = kinds_wanted(inquiry)
    filled = [row for row in asked if _filled(snapshot, row, target.department, wanted)]
    none = [row for row in asked if row not in filled and _all_nothing(nothing.get((row, target.department)), wanted)]
    state, due = stand(inquiry, target, today), due_date(inquiry, target)
    return TargetStatus(
        target,
        state,
        due,
        left_until(due, today) if due is not None and state in WAITED_FOR else None,
        len(asked),
        len(filled),
        len(none),
        tuple(row for row in asked if row not in filled and row not in none),
    )


def _filled(snapshot: Snapshot, row: str, department: str, kinds: frozenset[str]) -> bool:
    return any(snapshot.entries[ref].kind in kinds for ref in snapshot.entries_by_cell.get((row, department), ()))


def _all_nothing(kinds: Set[str | None] | None, wanted: frozenset[str]) -> bool:
    """Whether a cell was answered with 該当なし as a whole, at once or kind by kind."""
    return kinds is not None and (None in kinds or wanted <= kinds)
