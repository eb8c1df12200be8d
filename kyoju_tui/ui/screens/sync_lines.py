"""The lines of 送受信: what is undecided, what the last exchange brought, what waits to be sent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from kyoju_tui.records.dates import format_date, format_month_day, format_time
from kyoju_tui.records.disagreement import Sides, told
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.ui.widgets.story import Sentence

if TYPE_CHECKING:
    from kyoju_tui.history.log import Commit
    from kyoju_tui.records.snapshot import Snapshot
    from kyoju_tui.ui.marks import Marks
    from kyoju_tui.workspace.sync.syncing import Synced, Undecided

CLASH: Final = "clash/"
# Of a save of many records so many are named.
_NAMED: Final = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its sort in a word with the style of that word, when, who and what; what is told of it below.

    `refs` are the records that Enter opens, one of them by choice.
    """

    key: str
    sort: str
    style: str
    when: str
    who: str
    what: str
    told: tuple[Sentence, ...]
    refs: tuple[Ref, ...] = ()


def clash_lines(
    conflicts: Iterable[Undecided], left: Collection[Ref], snapshot: Snapshot, marks: Marks
) -> Iterator[Line]:
    """What a person has to decide (`left`) first, then what is decided and not sent yet."""
    for record in sorted(conflicts, key=lambda each: each.ref not in left):
        name, at = record.theirs_by[0] if record.theirs_by else ("", None)
        decided = record.ref not in left
        fields = "・".join(dict.fromkeys(each.label or "記録の有無" for each in record.conflicts))
        way = (
            "決めました。送受信するまで、Enter で開いて変えられます。"
            if decided
            else "Enter で開いて、項目ごとに決めます。"
        )
        sides = Sides(theirs=name or "ほかの人")
        yield Line(
            f"{CLASH}{record.ref}",
            "決定済み" if decided else "食い違い",
            marks.calm if decided else marks.late,
            short_time(at),
            name,
            f"{record.title}：{fields}" if fields else record.title,
            (
                Sentence(f"{record.title}　{_kind(record.ref)}", "bold"),
                Sentence(way, "bold"),
                *([Sentence(record.why)] if record.why else []),
                *(Sentence(told(each, sides, snapshot.name)) for each in record.conflicts),
                Sentence(_whose(record.theirs_by), "dim"),
            ),
        )


def came_lines(synced: Synced | None, snapshot: Snapshot, marks: Marks) -> Iterator[Line]:
    """What the last exchange merged and took, records that are in both said once."""
    if synced is None:
        return
    seen: set[Ref] = set()
    sorts = (
        ("合わせた", marks.strong, synced.merged, "こちらとあちらの変更を、項目ごとに合わせました。"),
        ("受信", marks.usual, synced.taken, "ほかの人の記録を受け取りました。"),
    )
    for sort, style, refs, words in sorts:
        for ref in refs:
            if ref in seen:
                continue
            seen.add(ref)
            gone = "" if ref in snapshot else "この記録は、いまはありません。"
            said = (Sentence(f"{snapshot.title(ref)}　{_kind(ref)}", "bold"), Sentence(words), Sentence(gone))
            yield Line(f"came/{ref}", sort, style, "", _kind(ref), snapshot.title(ref), said, (ref,))


def unsent_lines(unsent: Sequence[Commit], snapshot: Snapshot) -> Iterator[Line]:
    """The saves that wait to be sent, newest first."""
    for commit in unsent:
        refs, at = tuple(map(Ref, commit.records)), commit.at.astimezone()
        said = [
            Sentence(commit.subject, "bold"),
            Sentence(f"{format_date(at.date())} {format_time(at.time())}　{commit.author}"),
            *(Sentence(f"・{snapshot.title(ref)}　{_kind(ref)}") for ref in refs[:_NAMED]),
        ]
        if len(refs) > _NAMED:
            said.append(Sentence(f"ほか{len(refs) - _NAMED}件"))
        yield Line(
            f"unsent/{commit.commit}",
            "送信待ち",
            "",
            short_time(commit.at),
            commit.author,
            commit.subject,
            tuple(said),
            refs,
        )


def _kind(ref: Ref) -> str:
    try:
        return kind_of(ref).label
    except InvalidValue:
        # A file beside the records, such as the figures of a data set.
        return ref


def _whose(changed: Sequence[tuple[str, datetime]]) -> str:
    if not changed:
        return ""
    return "あちらで変えた人：" + "、".join(f"{name}（{short_time(at)}）" for name, at in changed)


def short_time(at: datetime | None) -> str:
    """Day and time where this program runs; nothing where it is not known."""
    if at is None:
        return ""
    here = at.astimezone()
    return f"{format_month_day(here.date())} {format_time(here.time())}"
