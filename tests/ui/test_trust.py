from __future__ import annotations

import subprocess
from pathlib import Path

from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest
from tests.ui.screen_text import screen_text
from tests.ui.small_store import AUTHOR
from tests.ui.test_app import until
from tests.ui.trial_screen import TrialScreen


def strange(store: Path) -> None:
    """Give the repository a setting that can run a program."""
    subprocess.run(["git", "-C", str(store), "config", "core.pager", "touch /tmp/never"], check=True)


async def test_unknown_settings_are_named_and_asked_about_once(store: Path, trial: KyojuApp) -> None:
    strange(store)
    for ask in (True, False):
        opened = Workspace.open(store, author=AUTHOR, environ={})
        app = KyojuApp(opened, start=store, today=trial.today, environ={}, preferences=trial.preferences)
        try:
            async with app.run_test(size=(100, 30)) as pilot:
                if ask:
                    await until(pilot, lambda app=app: "core.pager" in screen_text(app))
                    assert isinstance(app.screen, ConfirmScreen)
                    await pilot.press("left", "enter")
                await until(pilot, lambda app=app: isinstance(app.screen, TrialScreen))
                await pilot.pause()
                assert opened.read_only is None
                await pilot.press("ctrl+s")
                await until(pilot, lambda app=app: app.save_line[0].startswith(("記録しました", "変更はありません")))
        finally:
            opened.close()


async def test_without_consent_the_store_is_read_only(store: Path, trial: KyojuApp) -> None:
    strange(store)
    opened = Workspace.open(store, author=AUTHOR, environ={})
    app = KyojuApp(opened, start=store, today=trial.today, environ={}, preferences=trial.preferences)
    try:
        async with app.run_test(size=(100, 30)) as pilot:
            await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, TrialScreen))
            await pilot.press("ctrl+s")
            await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
            await pilot.press("enter")
            await until(pilot, lambda: app.save_line[0].startswith("未記録"))
            assert opened.read_only is not None
    finally:
        opened.close()


async def test_settings_that_turn_up_later_are_asked_about_at_the_save(
    store: Path, workspace: Workspace, app: KyojuApp
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await at_rest(pilot)
        assert workspace.read_only is None
        app.open_record(next(ref for ref in workspace.snapshot.records if ref.startswith("entries/")))
        await at_rest(pilot)
        await pilot.press(*"2026")
        strange(store)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "core.pager" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.save_line[0].startswith("未記録"))
        assert "2026" in screen_text(app)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "core.pager" in screen_text(app))
        await pilot.press("left", "enter")
        await until(pilot, lambda: app.save_line[0].startswith("記録しました"))
