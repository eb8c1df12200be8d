"""H 14: regular meetings: series, attendance, decisions, actions with due dates, minutes (handbook 1-3)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kyoju_tui.overview.attending import to_be_sent
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting, Series
from tests.handbook.work import Work, at_work

SERIES = "居住コミュニティ意見交換会"
TITLE = f"第1回{SERIES}"
DECISION = "見守りの分担を来月決める"
ACTION = "訪問先の一覧を持ち寄る"


def meeting_titled(work: Work, title: str) -> tuple[Ref, Meeting]:
    """The meeting of this title."""
    return next((ref, meeting) for ref, meeting in work.snapshot.meetings.items() if meeting.title == title)


async def do_h14(work: Work) -> None:
    """A series, its first meeting, who was there, what was decided and is to be done, the minutes a step on."""
    await work.open("series")
    await work.press("f4")
    await work.type(SERIES)
    await work.press("enter")
    await work.type("42")
    # 段階 is left as it is; then the departments.
    await work.press("enter", "enter", "enter")
    for name in ("jutaku", "korei", "kosodate"):
        await work.type(name)
        await work.press("space", *["backspace"] * len(name))
    await work.press("enter")
    await work.saved()
    await work.press("ctrl+n")
    await work.sees(TITLE)
    await work.saved()
    await work.open("meetings")
    ref, _ = meeting_titled(work, TITLE)
    await work.open("meetings", record=ref.id)
    # Attendance: there, by proxy, absent.
    await work.press("ctrl+a", "enter", "down", "enter", "enter", "ctrl+e")
    await work.sees("未参加（資料送付要）")
    await work.saved()
    await work.press("ctrl+r", "ctrl+d")
    await work.type(DECISION)
    await work.saved("enter")
    await work.press("escape", "ctrl+e")
    await work.type(ACTION)
    await work.press("enter")
    await work.type("korei")
    await work.press("enter", "tab")
    await work.type("R8.12.18")
    await work.saved()
    await work.press("ctrl+w")
    await work.saved("enter")
    await work.sees("会議概要（案）")
    await work.press("ctrl+r")
    await work.saved("enter")
    await work.sees("【出席課確認中】")
    # The next day what is left stands in one list for all meetings; done today.
    await work.open("actions")
    await work.press("f3")
    await work.type(ACTION)
    await work.press("enter")
    await work.saved("ctrl+d")


async def test_h14_meetings_from_series_to_minutes(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        before = work.commits()
        await do_h14(work)
        ((series_ref, series),) = work.snapshot.all(Series).items()
        assert (series.title, series.interval_days) == (SERIES, 42)
        assert series.members == ("jutaku", "korei", "kosodate")
        _, meeting = meeting_titled(work, TITLE)
        assert meeting.series == series_ref.id
        assert [(each.department, each.status) for each in meeting.attendance] == [
            ("jutaku", "出席"), ("korei", "代理"), ("kosodate", "欠席"),
        ]  # fmt: skip
        assert to_be_sent(meeting) == ("kosodate",)
        assert meeting.decisions == (DECISION,)
        (action,) = meeting.actions
        assert (action.text, action.department, action.due_on) == (ACTION, "korei", date(2026, 12, 18))
        assert action.done_on == date(2026, 11, 23)
        assert meeting.minutes_status == "出席課確認中"
        subjects = work.git("log", "--format=%s", f"-{work.commits() - before}").splitlines()
        assert subjects == [
            f"対応事項「{ACTION}」を済みに（会議「{TITLE}」）",
            f"会議「{TITLE}」を更新",
            f"会議「{TITLE}」を更新",
            f"会議「{TITLE}」を更新",
            f"会議「{TITLE}」に決まったことを追加",
            f"会議「{TITLE}」の出欠を記録（2/3）",
            f"会議「{TITLE}」を追加",
            f"会議の系列「{SERIES}」を追加",
        ]
        assert work.clean()
