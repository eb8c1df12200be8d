"""A numbered compilation (第n回取りまとめ): what stands at a moment, written down and marked in the history.

What counts is what is recorded: everything is read from the newest commit, not from the files.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, datetime

from kyoju_tui.history.commits import head
from kyoju_tui.history.tags import Tag, mark
from kyoju_tui.overview.inquiry_since import next_number
from kyoju_tui.overview.inquiry_status import issued, unanswered
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.errors import InvalidValue, NoIdentity, UnknownRef
from kyoju_tui.records.ids import Ref, new_part_id
from kyoju_tui.records.inquiry import Compilation, Inquiry
from kyoju_tui.records.plain import to_plain
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.past.moments import Moment, at
from kyoju_tui.workspace.requests import Put, Saved
from kyoju_tui.workspace.workspace import Workspace


@dataclass(frozen=True)
class Compiling:
    """A compilation that is to be closed: `put` records it, `then` is everything as it stands in `commit`."""

    ref: Ref
    number: int
    as_of: date
    commit: str
    late: tuple[str, ...]
    then: Snapshot
    put: Put

    @property
    def title(self) -> str:
        """第1回取りまとめ（令和8年11月23日時点）."""
        return compilation_title(self.number, self.as_of)


def compilation_title(number: int | None, as_of: date | None) -> str:
    """What a compilation is called."""
    when = f"（{format_date(as_of, weekday=False)}時点）" if as_of is not None else ""
    return f"第{number or '?'}回取りまとめ{when}"


def compiling(workspace: Workspace, ref: Ref, today: date) -> Compiling:
    """What closing the next compilation of this inquiry today leads to. Reads the history; nothing is written.

    Errors: `InvalidValue` where the inquiry was not sent, `UnknownRef`, those of the repository.
    """
    # The base first: a colleague's change that comes after it is merged.
    base = workspace.base(ref)
    inquiry = workspace.snapshot.expect(ref, Inquiry)
    if not issued(inquiry, today):
        raise InvalidValue(
            "この照会はまだ発出していないため、取りまとめられません。",
            field="issued_on",
            cure="先に発出を記録してください。",
        )
    commit = head(workspace.repository)
    then = None if commit is None else workspace.at(commit)
    if commit is None or then is None or ref not in then.inquiries:
        raise UnknownRef(
            "この照会はまだ履歴に記録されていないため、取りまとめられません。",
            cure="照会を記録してから、もう一度行ってください。",
        )
    number, late = next_number(inquiry), unanswered(then.inquiries[ref], today)
    taken = {each.id for each in inquiry.compilations if each.id}
    new = {"id": new_part_id(taken), "number": number, "as_of": today, "commit": commit, "late": list(late)}
    changed = inquiry.but(compilations=[*map(to_plain, inquiry.compilations), new])
    return Compiling(ref, number, today, commit, late, then, Put(ref, changed, base))


def close(workspace: Workspace, plan: Compiling) -> Future[Saved]:
    """Record the compilation. The mark in the history follows with `mark_compilation`."""
    return workspace.batch([plan.put], action="update", subject=subject(workspace, plan))


def subject(workspace: Workspace, plan: Compiling) -> str:
    """The first line of the commit's message."""
    return f"照会「{workspace.snapshot.title(plan.ref)}」の{plan.title}を記録"


def mark_compilation(workspace: Workspace, ref: Ref, number: int, as_of: date, commit: str) -> Tag:
    """Put the mark on the commit that a compilation shows; what stands there already is left as it is.

    The compilation itself names the commit, so that nothing is lost where this fails. Errors: those of `tags.mark`.
    """
    author = workspace.author()
    if author is None:
        raise NoIdentity("だれの記録かが分からないため、履歴の印を付けていません。")
    title = f"照会「{workspace.snapshot.title(ref)}」の{compilation_title(number, as_of)}"
    now = datetime.now().astimezone()
    return mark(workspace.repository, f"{ref.id}/{number}", commit, title, author, now)


def compilation(workspace: Workspace, ref: Ref, number: int) -> tuple[Compilation, Snapshot]:
    """A compilation that was closed, with everything as it stood: at its commit, else at the end of its day.

    Reads the history. Errors: `UnknownRef`.
    """
    inquiry = workspace.snapshot.expect(ref, Inquiry)
    found = next((each for each in inquiry.compilations if each.number == number), None)
    if found is None:
        known = "・".join(f"第{each.number}回" for each in inquiry.compilations) or "（まだありません）"
        raise UnknownRef(f"第{number}回の取りまとめはありません。", cure=f"記録された取りまとめ：{known}。")
    if found.commit:
        return found, workspace.at(found.commit)
    if found.as_of is None:
        raise UnknownRef(
            f"第{number}回の取りまとめには、いつの時点のものかが記録されていません。",
            cure="照会の記録で、取りまとめの時点を入れてください。",
        )
    # Written down by hand, or brought in from before: the day is all that is known.
    return found, at(workspace, Moment(compilation_title(number, found.as_of), found.as_of)).snapshot
