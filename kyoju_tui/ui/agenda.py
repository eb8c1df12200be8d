"""Lines put on the agenda (次第) of a meeting from wherever they are seen: points, themes, unanswered cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from kyoju_tui.overview.meeting_series import upcoming
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.errors import UnknownRef
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.text import LINE_LIMIT
from kyoju_tui.ui.forms.candidates import Candidate
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.safe import one_line

if TYPE_CHECKING:
    from kyoju_tui.ui.screens.data import DataScreen

_NEW: Final = "@new"


def put_on_agenda(screen: DataScreen, lines: Sequence[str]) -> None:
    """Ask which meeting, then append these lines to its agenda as one save; those that stand there already are left.

    Meetings not yet held are offered, the next one first; then a new one, whose form opens with the lines in it.
    """
    wanted = tuple(dict.fromkeys(filter(None, (one_line(line).strip()[:LINE_LIMIT] for line in lines))))
    if wanted:
        screen.run_worker(_ask(screen, wanted))


async def _ask(screen: DataScreen, lines: tuple[str, ...]) -> None:
    meetings = [_offered(screen, ref) for ref in upcoming(screen.snapshot, screen.today)]
    new = Candidate(_NEW, "新しい会議", "次第に入れて、会議を新しく記録します")
    chosen = await screen.kyoju.push_screen_wait(Picker("次第に載せる会議", [*meetings, new], (), many=False))
    if not chosen:
        return
    if chosen[0] == _NEW:
        screen.add("meeting", preset={"agenda": list(lines)})
    else:
        _append(screen, Ref(f"meetings/{chosen[0]}"), lines)


def _offered(screen: DataScreen, ref: Ref) -> Candidate:
    meeting = screen.snapshot.meetings[ref]
    day = format_date(meeting.held_on) if meeting.held_on else "開催日未定"
    return Candidate(ref.id, meeting.title, f"{day}　次第{len(meeting.agenda)}件")


def _append(screen: DataScreen, ref: Ref, lines: tuple[str, ...]) -> None:
    # The base first: a colleague's change that comes after it is merged.
    base = screen.workspace.base(ref)
    meeting = screen.snapshot.get(ref)
    if not isinstance(meeting, Meeting):
        screen.kyoju.tell(UnknownRef("この会議は削除されました。", cure="もう一度、会議を選んでください。"))
        return
    title = meeting.title
    missing = [line for line in lines if line not in meeting.agenda]
    if not missing:
        screen.kyoju.notify(f"「{title}」の次第に、すでに載っています。")
        return
    changed = meeting.but(agenda=[*meeting.agenda, *missing])
    screen.kyoju.save(
        lambda: screen.workspace.save(ref, changed, base=base),
        done=lambda _saved: screen.kyoju.notify(f"「{title}」の次第に{len(missing)}件載せました。"),
    )
