"""The status line: what was recorded and what was done to it are both read at 80 columns; the footer's order."""

from __future__ import annotations

from pathlib import Path

from rich.cells import cell_len

from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.widgets.footer import CommandLine
from kyoju_tui.ui.widgets.status_line import both_ends
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import opened, record, until_shown
from tests.ui.screen_text import screen_text


def test_a_long_line_keeps_its_beginning_and_its_end() -> None:
    told = "記録しました（照会「居住コミュニティに関する取組・課題・データについて」：住宅課の受付を記録）"
    shown = both_ends(told, 60)
    assert cell_len(shown) <= 60
    assert shown.startswith("記録しました（照会「") and shown.endswith("：住宅課の受付を記録）")
    assert both_ends(told, 200) == told


async def test_what_matters_now_stands_first_in_the_footer(app: KyojuApp, workspace: Workspace) -> None:
    record(workspace, {"inquiries/shokai": {"title": "新しい照会", "targets": [{"department": "jutaku"}]}})
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, "inquiries", inquiry="shokai")
        names = [command.name for command, _ in app.screen.query_one(CommandLine).shown()]
    assert names[:2] == ["help", "quit"]
    assert {"inquiry.briefing", "inquiry.forms", "inquiry.send"} <= set(names[:5])


async def test_a_long_line_on_the_last_save_leaves_room_for_what_waits(app: KyojuApp, store: Path) -> None:
    (store / "entries/jutaku/20261101-zzzzz.toml").write_text("title = \n", encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "読めない記録1件")
        app.save_line = (f"記録しました（{'とても長い件名' * 20}を更新）", False)
        await until_shown(pilot, "を更新）")
        line = screen_text(app).splitlines()[-2]
        assert line.strip().startswith("読めない記録1件") and "記録しました（とても" in line
