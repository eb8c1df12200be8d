"""The lines of ホーム: what to do, what is due, the process map, what changed; each with what the box says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kyoju_tui.history.log import Commit
from kyoju_tui.overview.due import due_duties, unanswered
from kyoju_tui.overview.matrix import Matrix
from kyoju_tui.overview.meeting_series import overdue_series, standing
from kyoju_tui.overview.opening import Opening
from kyoju_tui.overview.progress import Step
from kyoju_tui.overview.tasks import Task
from kyoju_tui.records.dates import format_date, format_short, format_time
from kyoju_tui.records.policy import Policy
from kyoju_tui.ui.marks import Marks
from kyoju_tui.ui.widgets.matrix_table import Marked
from kyoju_tui.ui.widgets.record_table import Cell, Row, fit
from kyoju_tui.ui.widgets.story import Sentence
from kyoju_tui.ui.widgets.wrapping import wrap
from kyoju_tui.workspace.past.visits import News

# Even, so that a heading runs over both without a gap.
PLACE, SORT = 10, 12
TASK: Final = "task/"
_LABEL: Final = 32
_WIDE: Final = 90
_TALLEST: Final = 2
_STATES: Final = ("済", "実施中", "未着手")
NO_HISTORY: Final = "履歴を読めないため、前回から変わったことはわかりません。"
FIRST_VISIT: Final = "これまでに見た記録がありません。次からは、ほかの人が変えたことがここに並びます。"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: three columns, what the box says, and what Enter opens (a screen, a commit's records, or nothing)."""

    key: str
    place: str
    sort: str
    text: str
    told: tuple[Sentence, ...] = ()
    opening: Opening | None = None
    commit: Commit | None = None
    style: str = ""
    heading: bool = False

    def row(self, room: int) -> Row:
        """As the table shows it in so many cells."""
        if self.heading:
            # Its name runs over two cells that stand side by side.
            half = PLACE // 2
            name = (Cell(self.sort[:half], "bold"), Cell(self.sort[half:], "bold"))
            return Row(self.key, (*name, Marked.of((self.text, ""))))
        width = room - PLACE - SORT - 1
        lines = wrap(self.text, max(width, 10))
        if len(lines) > _TALLEST:
            lines = [*lines[: _TALLEST - 1], fit("".join(lines[_TALLEST - 1 :]), width)]
        cells = (
            Marked.of((self.place, "dim")),
            Marked.of((self.sort, self.style)),
            Marked.of(*((line, "") for line in lines)),
        )
        return Row(self.key, cells, len(lines))


def task_lines(found: Sequence[Task], shown: Sequence[Task], marks: Marks) -> Iterator[Line]:
    """今日すること: the chosen ones of all that were found."""
    yield _heading("today", "今日すること", f"すべてで{len(found)}件" if len(found) > len(shown) else "")
    if not shown:
        yield Line(f"{TASK}none", "", "", "今日することはありません。")
    for number, task in enumerate(shown, start=1):
        told = (Sentence(task.sort, "bold"), Sentence(task.sentence), Sentence("Enter でその画面を開きます。", "dim"))
        style = marks.strong if task.late else ""
        yield Line(f"{TASK}{task.key}", str(number), task.sort, task.sentence, told, task.opening, style=style)


def hand_edit_lines(number: int) -> Iterator[Line]:
    """How many files somebody changed past this program that nobody recorded; nothing where there are none."""
    if number:
        text = f"ファイルに直接書かれて、まだ記録されていない変更が{number}件あります。"
        way = "Enter で点検を開き、Ctrl+L で見ます。記録することも、元に戻すこともできます。"
        told = (Sentence("直接編集", "bold"), Sentence(text), Sentence(way, "dim"))
        yield Line("edits/files", "", "直接編集", text, told, Opening("problems", ""))


def due_lines(whole: Matrix, marks: Marks) -> Iterator[Line]:
    """期日・回答: what is due, which series are late, who has not answered. Nothing where all is well."""
    lines = [*_due(whole, marks), *_late_series(whole, marks), *_unanswered(whole, marks)]
    if lines:
        yield _heading("due", "期日・回答")
        yield from lines


def map_lines(steps: Sequence[Step], policy: Policy | None, room: int, marks: Marks) -> Iterator[Line]:
    """進み具合: every step; on a wide screen with its reason."""
    yield _heading("map", "進み具合", map_words(steps))
    styles = {"済": marks.calm, "実施中": marks.waiting, "未着手": marks.usual}
    for step in steps:
        text = f"{fit(step.label, _LABEL)}{step.reason}" if room >= _WIDE + SORT else step.label
        told = [Sentence(f"{step.label}（手引き{step.place}）　{step.state}", "bold"), Sentence(step.reason)]
        told += [Sentence(each, "", 2) for each in _handbooks(step, policy)]
        if room >= _WIDE + SORT:
            # One line each: the reason is whole in the box.
            text = fit(text, room - PLACE - SORT - 1).rstrip()
        yield Line(f"map/{step.key}", step.place, step.state, text, tuple(told), step.opening, style=styles[step.state])


def map_words(steps: Iterable[Step]) -> str:
    """済5・実施中6・未着手6."""
    counts = Counter(step.state for step in steps)
    return "・".join(f"{state}{counts[state]}" for state in _STATES)


def news_lines(found: News | None, *, asked: bool) -> Iterator[Line]:
    """前回から変わったこと; `found` is None where there is no history, or while it is being read (`asked` is false)."""
    if not asked:
        yield _heading("news", "前回から変わったこと", "読み込み中")
    elif found is None:
        yield _heading("news", "前回から変わったこと")
        yield Line("news/none", "", "", NO_HISTORY)
    elif found.since is None:
        yield _heading("news", "前回から変わったこと")
        yield Line("news/none", "", "", FIRST_VISIT)
    else:
        seen = found.since.at.astimezone()
        day = f"{format_short(seen.date())} {format_time(seen.time())}"
        more = "以上" if found.more else ""
        yield _heading("news", "前回から変わったこと", f"{day}から、ほかの人の記録{len(found.commits)}件{more}")
        if not found.commits:
            yield Line("news/none", "", "", "変わったことはありません。")
        for commit in found.commits:
            yield _commit_line(commit)


def _commit_line(commit: Commit) -> Line:
    at = commit.at.astimezone()
    told = (
        Sentence(commit.subject, "bold"),
        Sentence(f"{format_date(at.date())} {format_time(at.time())}　{commit.author}"),
        Sentence("Enter でその記録を開きます。", "dim"),
    )
    return Line(f"news/{commit.commit}", format_short(at.date()), commit.author, commit.subject, told, commit=commit)


def _due(whole: Matrix, marks: Marks) -> Iterator[Line]:
    snapshot, today = whole.snapshot, whole.today
    duties = due_duties(snapshot, today)
    if duties:
        late = sum(1 for duty in duties if duty.late(today))
        words = [
            f"期日を過ぎたもの{late}件" if late else "",
            f"1週間以内のもの{len(duties) - late}件" if len(duties) > late else "",
        ]
        told = [Sentence("期日を過ぎた・近い対応事項", "bold")]
        for duty in duties:
            who = f"　{snapshot.full_name('department', duty.department)}" if duty.department else ""
            told.append(Sentence(f"{_day(duty.due_on)}{who}　{duty.text}"))
        style = marks.strong if late else ""
        text = "、".join(filter(None, words))
        yield Line("due/duties", "", "対応事項", text, tuple(told), duties[0].opening, style=style)


def _late_series(whole: Matrix, marks: Marks) -> Iterator[Line]:
    snapshot, today = whole.snapshot, whole.today
    late = overdue_series(snapshot, today)
    if late:
        told = [Sentence("間隔を過ぎた会議", "bold")]
        told.extend(
            Sentence(f"{snapshot.title(ref)}　前回{_day(standing(snapshot, ref.id, today).last_on)}") for ref in late
        )
        names = "・".join(snapshot.title(ref) for ref in late)
        text = f"間隔を過ぎたもの{len(late)}件（{names}）"
        yield Line("due/series", "", "会議の系列", text, tuple(told), Opening("series", late[0]), style=marks.strong)


def _unanswered(whole: Matrix, marks: Marks) -> Iterator[Line]:
    snapshot = whole.snapshot
    open_ones = unanswered(whole)
    if open_ones:
        late = {each for one in open_ones for each in one.late}
        waiting = {each for one in open_ones for each in one.waiting} - late
        told: list[Sentence] = []
        for one in open_ones:
            told.append(Sentence(f"{snapshot.title(one.inquiry)}　回答期限{_day(one.due_on)}", "bold"))
            for word, departments in (("期限超過", one.late), ("回答待ち", one.waiting)):
                if departments:
                    names = "、".join(snapshot.full_name("department", each) for each in departments)
                    told.append(Sentence(f"{word}：{names}", "", 2))
        text = f"未回答{len(late) + len(waiting)}部署（期限超過{len(late)}・回答待ち{len(waiting)}）"
        style = marks.strong if late else ""
        opening = Opening("inquiries", open_ones[0].inquiry)
        yield Line("due/answers", "", "照会", text, tuple(told), opening, style=style)


def _handbooks(step: Step, policy: Policy | None) -> Iterator[str]:
    for each in policy.handbooks if policy is not None else ():
        if each.step == step.label:
            yield f"次に見る手引：{each.handbook or ''}　{each.text or ''}"


def _heading(key: str, name: str, detail: str = "") -> Line:
    """`name` is of full-width characters, at most twelve."""
    return Line(f"heading/{key}", "", name, detail, heading=True)


def _day(value: date | None) -> str:
    return format_short(value) if value is not None else "（日付なし）"
