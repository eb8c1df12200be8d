"""対応事項 of all meetings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kyoju_tui.records.meeting import Meeting
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.widgets.record_table import RecordTable
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, keys_of, last_message, opened, record, until, until_shown
from tests.ui.screen_text import screen_text

ONE, TWO = "meetings/20261007-aaaaa", "meetings/20261120-bbbbb"
MEETINGS: dict[str, dict[str, object]] = {
    ONE: {
        "title": "第2回意見交換会",
        "held_on": date(2026, 10, 7),
        "actions": [
            {"id": "later", "text": "案をつくる", "department": "korei", "due_on": date(2026, 12, 1)},
            {"id": "late1", "text": "資料を送る", "department": "jutaku", "due_on": date(2026, 11, 1)},
        ],
    },
    TWO: {"title": "打合せ", "actions": [{"id": "done1", "text": "下見をする", "done_on": date(2026, 11, 2)}]},
}


def listed(app: KyojuApp) -> list[str]:
    return [str(row.key.value).partition("#")[2] for row in app.screen.query_one(RecordTable).ordered_rows]


async def test_open_ones_by_due_date_done_today_and_taken_back(
    app: KyojuApp, workspace: Workspace, store: Path
) -> None:
    record(workspace, MEETINGS)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, "actions")
        assert listed(app) == ["late1", "later", "done1"]
        assert "残り2件（期日超過1件）" in screen_text(app)
        await pilot.press("ctrl+d")
        await until(pilot, lambda: listed(app) == ["later", "late1", "done1"])
        assert "期日超過" not in screen_text(app)
        assert last_message(store).startswith("対応事項「資料を送る」を済みに（会議「第2回意見交換会」）")
        # The cursor stays on the action, so that the same key takes it back.
        await pilot.press("ctrl+d")
        await until(pilot, lambda: listed(app) == ["late1", "later", "done1"])
        assert workspace.snapshot.expect(ONE, Meeting).actions[1].done_on is None


async def test_limited_to_a_department_and_opened(app: KyojuApp, workspace: Workspace) -> None:
    record(workspace, MEETINGS)
    async with app.run_test(size=(120, 30)) as pilot:
        await opened(pilot, app, "actions")
        await pilot.press("ctrl+l")
        await until_shown(pilot, "すべての部署")
        # What is no record shows no id, and is not found by one.
        assert "@" not in screen_text(app)
        await pilot.press(*keys_of("korei"), "enter")
        await until(pilot, lambda: listed(app) == ["later"])
        await pilot.press("enter")
        await until_shown(pilot, "対応事項（第2回意見交換会）")
        await pilot.press(*keys_of("新しい"), "ctrl+s")
        await until(pilot, lambda: "新しい" in str(workspace.snapshot.expect(ONE, Meeting).actions[0].text))
        await at_rest(pilot)
        await pilot.press("f4")
        await until_shown(pilot, "対応事項の出た会議")
        await pilot.press("enter")
        await until_shown(pilot, "対応事項を加える")
        assert "高齢福祉課" in screen_text(app)


async def test_without_any_meeting_it_says_how_to_begin(app: KyojuApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot, app, "actions")
        assert "F4 で会議を選び" in screen_text(app)
        await pilot.press("f4")
        notes = app._notifications  # pyright: ignore[reportPrivateUsage]
        told = "先に「会議」の画面で会議を記録してください"
        await until(pilot, lambda: any(told in note.message.replace("\n", "") for note in notes))
