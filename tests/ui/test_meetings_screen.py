"""The list of meetings, the sheet, attendance, minutes, series, and lines put on the agenda."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import pytest
from textual.pilot import Pilot

from kyoju_tui.records.meeting import Meeting
from kyoju_tui.ui.agenda import put_on_agenda
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.screens.edit import EditScreen
from kyoju_tui.ui.screens.meeting_minutes import MinutesScreen
from kyoju_tui.ui.screens.meeting_sheet import MeetingSheet
from kyoju_tui.ui.widgets.record_table import RecordTable
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, colleague_sets, keys_of, last_message, opened, record, until, until_shown
from tests.ui.screen_text import screen_text

# Whole tasks at the keyboard: a command of their own.
pytestmark = pytest.mark.walk

PAST, NEXT, LATER = "meetings/20261007-aaaaa", "meetings/20261120-bbbbb", "meetings/20261120-ccccc"
MEETINGS: dict[str, dict[str, object]] = {
    "series/20260801-sssss": {"title": "意見交換会", "interval_days": 42, "members": ["jutaku", "korei"]},
    PAST: {
        "title": "第2回意見交換会",
        "series": "20260801-sssss",
        "held_on": date(2026, 10, 7),
        "next_on": date(2026, 12, 22),
        "opinions": [{"id": "aaaaa", "text": "前の意見"}],
        "actions": [{"id": "xxxxx", "text": "資料を送る", "department": "jutaku", "due_on": date(2026, 11, 1)}],
        "attendance": [{"department": "jutaku", "status": "出席"}, {"department": "korei"}],
    },
    NEXT: {
        "title": "第3回意見交換会",
        "series": "20260801-sssss",
        "held_on": date(2026, 12, 1),
        "agenda": ["坂の移動"],
    },
    LATER: {"title": "打合せ"},
}


def listed(app: KyojuApp) -> list[str]:
    return [str(row.key.value) for row in app.screen.query_one(RecordTable).ordered_rows]


async def until_told(pilot: Pilot[None], text: str) -> None:
    """A note may be broken into lines anywhere, so its own text is asked."""
    notes = pilot.app._notifications  # pyright: ignore[reportPrivateUsage]
    await until(pilot, lambda: any(text in note.message.replace("\n", "") for note in notes))


async def test_the_next_meeting_first_with_what_the_last_one_left(app: KyojuApp, workspace: Workspace) -> None:
    record(workspace, MEETINGS)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "meetings")
        assert listed(app) == [NEXT, LATER, PAST]
        shown = screen_text(app)
        assert "次回 R8.12.1" in shown and shown.count("次回 ") == 1
        assert "11/1まで　住宅課　資料を送る（期日を過ぎています）" in shown
        assert "1　坂の移動" in shown
        await pilot.press("f4", *keys_of("iken"))
        await at_rest(pilot)
        await pilot.press("escape")


async def test_a_new_meeting_takes_over_from_its_series(app: KyojuApp, workspace: Workspace, store: Path) -> None:
    record(workspace, MEETINGS)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "meetings")
        await pilot.press("f4")
        await until_shown(pilot, "系列のない会議")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await until_shown(pilot, "第4回意見交換会")
        await pilot.press("ctrl+s")
        await until(
            pilot, lambda: any(each.title == "第4回意見交換会" for each in workspace.snapshot.meetings.values())
        )
        made = next(each for each in workspace.snapshot.meetings.values() if each.title == "第4回意見交換会")
        assert [each.department for each in made.attendance] == ["jutaku", "korei"]
        assert made.series == "20260801-sssss"
        await at_rest(pilot)
    assert last_message(store).startswith("会議「第4回意見交換会」を追加")


async def test_the_words_of_an_earlier_opinion_are_changed_only_after_asking(
    app: KyojuApp, workspace: Workspace
) -> None:
    record(workspace, MEETINGS)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_rest(pilot)
        app.push_screen(MeetingSheet(PAST))
        await at_rest(pilot)
        app.screen.query_one(RecordTable).move_to("opinions.0")
        await pilot.press("enter")
        await until_shown(pilot, "記録する")
        # A lens is added without a question; other words are asked about, and the form comes back with them.
        await pilot.press("tab", "tab", "tab", *keys_of("追記"), "ctrl+s")
        await until_shown(pilot, "意見の文を変えますか")
        assert workspace.snapshot.expect(PAST, Meeting).opinions[0].text == "前の意見"
        await pilot.press("enter")
        await until_shown(pilot, "追記")
        await pilot.press("ctrl+s")
        await until_shown(pilot, "意見の文を変えますか")
        await pilot.press("left", "enter")
        await until(pilot, lambda: "追記" in str(workspace.snapshot.expect(PAST, Meeting).opinions[0].text))


async def test_the_whole_form_asks_before_an_earlier_opinion_is_reworded(app: KyojuApp, workspace: Workspace) -> None:
    record(workspace, MEETINGS)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_rest(pilot)
        form = EditScreen(PAST, "meeting", begin="opinions")
        app.push_screen(form)
        await at_rest(pilot)
        await pilot.press("enter")
        await until_shown(pilot, "この行を決定")
        await pilot.press("tab", "tab", "tab", *keys_of("追記"), "ctrl+s")
        await until(pilot, lambda: app.screen is form)
        await pilot.press("ctrl+s")
        await until_shown(pilot, "意見の文を変えますか")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is form)
        assert form.holds_changes
        assert workspace.snapshot.expect(PAST, Meeting).opinions[0].text == "前の意見"
        await pilot.press("ctrl+s")
        await until_shown(pilot, "意見の文を変えますか")
        await pilot.press("left", "enter")
        await until(pilot, lambda: "追記" in str(workspace.snapshot.expect(PAST, Meeting).opinions[0].text))


async def test_a_meeting_that_was_announced_is_offered(app: KyojuApp, workspace: Workspace) -> None:
    record(workspace, {key: fields for key, fields in MEETINGS.items() if key != NEXT})
    async with app.run_test(size=(100, 30)) as pilot:
        await at_rest(pilot)
        app.push_screen(MeetingSheet(PAST))
        await until_shown(pilot, "次回は令和8年12月22日(火)です")
        await pilot.press("ctrl+n")
        await until_shown(pilot, "第3回意見交換会")
        assert "令和8年12月22日" in screen_text(app)


async def test_attendance_is_one_save_merged_with_a_colleagues(
    app: KyojuApp, workspace: Workspace, store: Path
) -> None:
    record(workspace, MEETINGS)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "meetings", record=PAST.split("/")[1])
        await pilot.press("ctrl+a")
        await until_shown(pilot, "構成部署のほか")
        await pilot.press("down", "enter", "enter", "enter", "ctrl+d", "escape")
        await until_shown(pilot, "出欠の変更は、まだ記録されていません")
        await pilot.press("escape")
        colleague_sets(store, PAST, "place=大会議室")
        await until(pilot, lambda: workspace.snapshot.expect(PAST, Meeting).place)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: workspace.snapshot.expect(PAST, Meeting).attendance[1].status == "欠席")
        meeting = workspace.snapshot.expect(PAST, Meeting)
        assert meeting.attendance[1].sent_documents and meeting.place == "大会議室"
        await at_rest(pilot)
    assert last_message(store).startswith("会議「第2回意見交換会」の出欠を記録（1/2）")


async def test_minutes_go_back_only_after_asking_and_are_written(
    app: KyojuApp, workspace: Workspace, tmp_path: Path
) -> None:
    record(workspace, MEETINGS | {PAST: MEETINGS[PAST] | {"minutes_status": "確定"}})
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await at_rest(pilot)
        app.push_screen(MinutesScreen(PAST))
        await until_shown(pilot, "【確定】")
        await pilot.press("ctrl+r")
        await until_shown(pilot, "「供覧済」に進める")
        await pilot.press("right", "enter")
        await until_shown(pilot, "「確定」から「出席課確認中」に戻しますか")
        await pilot.press("left", "enter")
        await until_shown(pilot, "【出席課確認中】")
        await pilot.press("ctrl+w")
        await until_shown(pilot, "書き出すファイル")
        await pilot.press("enter")
        await until_shown(pilot, "書き出しました")
    written = docx.Document(str(tmp_path / "20261007-会議概要-第2回意見交換会.docx"))
    assert "第2回意見交換会　会議概要（出席課確認中）" in [each.text for each in written.paragraphs]


async def test_a_series_past_its_interval_says_so(app: KyojuApp, workspace: Workspace) -> None:
    record(workspace, {key: fields for key, fields in MEETINGS.items() if key != NEXT})
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, "series")
        assert screen_text(app).count("間隔を過ぎています") == 2
        record(workspace, {NEXT: MEETINGS[NEXT]})
        await until_shown(pilot, "次回 R8.12.1")
        assert "間隔を過ぎています" not in screen_text(app)


async def test_lines_are_put_on_an_agenda_once(app: KyojuApp, workspace: Workspace) -> None:
    record(workspace, MEETINGS)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        screen = await opened(pilot, app, "findings")
        assert isinstance(screen, DataScreen)
        put_on_agenda(screen, ["坂の移動", "空き家\nの使い方"])
        await until_shown(pilot, "次第に載せる会議")
        assert "第2回意見交換会" not in screen_text(app)
        await pilot.press("enter")
        await until_told(pilot, "「第3回意見交換会」の次第に1件載せました")
        assert workspace.snapshot.expect(NEXT, Meeting).agenda == ("坂の移動", "空き家 の使い方")
        put_on_agenda(screen, ["坂の移動"])
        await until_shown(pilot, "次第に載せる会議")
        await pilot.press("enter")
        await until_told(pilot, "すでに載っています")
        put_on_agenda(screen, ["新しい話題"])
        await until_shown(pilot, "次第に載せる会議")
        await pilot.press(*keys_of("新しい会議"), "enter")
        await until_shown(pilot, "新しい話題")
        assert isinstance(app.screen, EditScreen)
