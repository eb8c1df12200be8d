"""H 16: opinions appended to the matrix, in the meeting and afterwards from paper (handbook 1-3(2))."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.overview.matrix import matrix
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting, Opinion, Series
from kyoju_tui.ui.screens.meeting_mode import MeetingModeScreen
from tests.handbook.sheets import to_line
from tests.handbook.work import TODAY, Work, at_work

TITLE = "見守りの意見交換"
IN_THE_MEETING = "訪問先が重なる"
FROM_PAPER = ("空き家の情報も要る", "町内会にも声をかけたい")


def _meeting(work: Work) -> tuple[Ref, Meeting]:
    return next((ref, meeting) for ref, meeting in work.snapshot.meetings.items() if meeting.title == TITLE)


async def do_h16(work: Work) -> None:
    """An opinion in the meeting in three keystrokes; two more afterwards from paper, one after the other."""
    await work.open("meetings")
    await work.press("f4")
    if work.snapshot.all(Series):
        await work.type("系列のない")
        await work.press("enter")
    await work.type(TITLE)
    await work.press("enter", "enter")
    await work.type("R8.11.20")
    await work.saved()
    ref, _ = _meeting(work)
    await work.open("meetings", record=ref.id)
    await work.press("ctrl+r")
    screen = work.app.screen
    assert isinstance(screen, MeetingModeScreen)
    # To the row and the department that spoke; then a key, the words, Enter.
    await work.press("down")
    while screen.place_here[1] != "korei":
        await work.press("right")
    await work.press("enter")
    await work.type(IN_THE_MEETING)
    await work.saved("enter")
    await work.sees(f"この会議の意見　高齢福祉課：{IN_THE_MEETING}")
    await work.press("escape", "escape")
    # Afterwards from paper, in the sheet: the form comes again until it is left.
    await work.press("enter")
    await to_line(work, "opinions")
    await work.press("f4")
    for text in FROM_PAPER:
        await work.sees("続けて書けます")
        await work.press("tab", "tab", "tab")
        await work.type(text)
        await work.saved()
    await work.press("escape")


def _told(opinion: Opinion) -> tuple[str | None, str | None, str | None]:
    return opinion.category, opinion.department, opinion.text


async def test_h16_opinions_accumulate_dated(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        row = list(work.snapshot.categories_in_use)[1]
        before = work.commits()
        await do_h16(work)
        ref, meeting = _meeting(work)
        assert [_told(each) for each in meeting.opinions] == [
            (row, "korei", IN_THE_MEETING), (None, None, FROM_PAPER[0]), (None, None, FROM_PAPER[1]),
        ]  # fmt: skip
        line = next(each for each in matrix(work.snapshot, TODAY).opinions[row] if each.text == IN_THE_MEETING)
        assert (line.meeting, line.on) == (ref, meeting.held_on)
        assert work.commits() == before + 4
        subjects = work.git("log", "--format=%s", "-4").splitlines()
        name = work.snapshot.full_name("category", row)
        assert subjects[2] == f"会議「{TITLE}」に意見・考え方等（{name}｜高齢福祉課）を追加"
        assert work.clean()
