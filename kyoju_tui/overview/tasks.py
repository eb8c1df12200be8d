"""What to do today, ranked: each thing in a sentence, with the screen and the record that it opens (handbook, all)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from kyoju_tui.overview.choosing import lacking
from kyoju_tui.overview.due import due_duties, unanswered
from kyoju_tui.overview.findings import FindingView
from kyoju_tui.overview.matrix import Matrix
from kyoju_tui.overview.meeting_series import overdue_series, standing, upcoming
from kyoju_tui.overview.opening import Opening
from kyoju_tui.overview.progress import Step
from kyoju_tui.overview.steps.overall import is_begun
from kyoju_tui.overview.steps.step import listed
from kyoju_tui.records.dates import format_date, format_short
from kyoju_tui.records.snapshot import Snapshot

Sort = Literal["再依頼", "対応事項", "会議", "論点", "地域", "確認", "次の段階"]

HOW_MANY: Final = 3
_SOON_DAYS: Final = 7
# Areas that wait for another time are not judged now.
_CONSIDERED: Final = ("候補", "モデル", "対象")


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. `key` stays the same while other tasks come and go."""

    key: str
    sort: Sort
    sentence: str
    opening: Opening
    late: bool = False


def tasks(whole: Matrix, steps: Sequence[Step], findings: Sequence[FindingView] = ()) -> tuple[Task, ...]:
    """Everything to do, the most urgent first. `steps` are those of the same moment, `findings` as far as known.

    Late answers, then what is due, then meetings, points that a meeting should not pass over, areas judged without
    evidence, wordings to be confirmed, and what the process map has next.
    """
    before = (
        *_reminders(whole),
        *_duties(whole.snapshot, whole.today),
        *_meetings(whole.snapshot, whole.today),
        *_points(whole, findings),
        *_areas(whole.snapshot),
        *_wordings(findings),
    )
    told = {task.opening.record for task in before if task.opening.record}
    return (*before, *_next_steps(steps, told))


def todays_three(found: Sequence[Task]) -> tuple[Task, ...]:
    """Three of the tasks: the first of each sort, so that one sort does not hide the others, then the rest in order."""
    first: dict[str, Task] = {}
    for task in found:
        first.setdefault(task.sort, task)
    chosen = list(first.values())
    rest = [task for task in found if task not in chosen]
    return tuple([*chosen, *rest][:HOW_MANY])


def _reminders(whole: Matrix) -> Iterator[Task]:
    snapshot = whole.snapshot
    for each in unanswered(whole):
        if each.late:
            names = listed(snapshot.full_name("department", department) for department in each.late)
            yield Task(
                f"remind:{each.inquiry}",
                "再依頼",
                f"{names}に、「{snapshot.title(each.inquiry)}」の回答を再依頼します（期限を過ぎた部署{len(each.late)}）。",
                Opening("inquiries", each.inquiry),
                late=True,
            )


def _duties(snapshot: Snapshot, today: date) -> Iterator[Task]:
    for number, duty in enumerate(due_duties(snapshot, today)):
        day = format_short(duty.due_on) if duty.due_on else ""
        when = f"期日{day}を過ぎています" if duty.late(today) else f"期日{day}"
        who = f"{snapshot.full_name('department', duty.department)}：" if duty.department else ""
        key = f"duty:{duty.origin}:{duty.text}:{number}"
        yield Task(key, "対応事項", f"{who}{duty.text}（{when}）。", duty.opening, late=duty.late(today))


def _meetings(snapshot: Snapshot, today: date) -> Iterator[Task]:
    for ref in overdue_series(snapshot, today):
        last = standing(snapshot, ref.id, today).last_on
        since = f"前回は{format_short(last)}" if last else ""
        sentence = f"「{snapshot.title(ref)}」の間隔を過ぎています（{since}）。次の会議を決めます。"
        yield Task(f"series:{ref}", "会議", sentence, Opening("series", ref), late=True)
    for ref in upcoming(snapshot, today):
        meeting = snapshot.meetings[ref]
        if meeting.held_on is None or (meeting.held_on - today).days > _SOON_DAYS or meeting.agenda:
            continue
        sentence = f"「{meeting.title}」（{format_date(meeting.held_on)}）の次第を用意します。"
        yield Task(f"agenda:{ref}", "会議", sentence, Opening("meetings", ref))


def _points(whole: Matrix, findings: Sequence[FindingView]) -> Iterator[Task]:
    """While nobody has written anything into the matrix, everything is missing in it: that is no point yet."""
    if not is_begun(whole):
        return
    left = [view for view in findings if view.kind == "論点" and view.fires and not view.settled]
    strong = [view for view in left if view.strong]
    for view in strong:
        yield Task(f"point:{view.key}", "論点", view.why, Opening("findings", f"findings/{view.key}"))
    if len(left) > len(strong):
        words = "ほかの論点" if strong else "論点"
        yield Task(
            "points", "論点", f"{words}{len(left) - len(strong)}件を、会議に向けて整理します。", Opening("findings")
        )


def _areas(snapshot: Snapshot) -> Iterator[Task]:
    for ref, area in snapshot.areas.items():
        missing = lacking(area) if area.status in _CONSIDERED else ()
        if missing:
            sentence = f"{area.status}の{area.name}について、{'と'.join(missing)}の判断材料を集めます。"
            yield Task(f"area:{ref}", "地域", sentence, Opening("areas", ref))


def _wordings(findings: Sequence[FindingView]) -> Iterator[Task]:
    for view in findings:
        if view.rule == "unconfirmed" and view.fires:
            yield Task(f"point:{view.key}", "確認", view.why, Opening("findings", f"findings/{view.key}"))


def _next_steps(steps: Sequence[Step], told: Collection[str]) -> Iterator[Task]:
    """The first steps of the map that are not done, in their order; `told` are records that other tasks open."""
    left = [step for step in steps if step.state != "済" and step.opening.record not in told]
    for step in left[:HOW_MANY]:
        yield Task(f"step:{step.key}", "次の段階", f"{step.label}（手引き{step.place}）。{step.reason}", step.opening)
