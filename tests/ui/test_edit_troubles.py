"""What can come in between while somebody edits: two keys at once, a colleague, a repository that refuses."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.commands import COMMANDS
from kyoju_tui.ui.screens.clash import ClashScreen
from kyoju_tui.ui.screens.edit import EditScreen
from kyoju_tui.ui.screens.help import working
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import record
from tests.ui.conftest import MakeApp
from tests.ui.screen_text import screen_text
from tests.ui.test_edit import ENTRY, commits, opened, row, typed, until

# Whole tasks at the keyboard: a command of their own.
pytestmark = pytest.mark.walk

MEETING = Ref("meetings/20261120-dai1kai")
LONG = "住まいと見守りを一体に考える。" * 1333  # as long as a text may be: 20,000 characters


def names(screen: EditScreen) -> set[str]:
    """The form's own commands that work now."""
    return {command.name for command, _key in working(screen) if "edit" in command.where}


async def test_the_keys_of_a_form_are_told_while_they_work(app: KyojuApp) -> None:
    async with app.run_test(size=(160, 45)) as pilot:
        preset = {"title": "会議", "opinions": [{"text": "一"}, {"text": "二"}]}
        screen = await opened(pilot, EditScreen(None, "meeting", preset=preset))
        row(screen, "title").editor_widget.focus()
        await pilot.pause()
        assert names(screen) == {"edit.next"}
        await pilot.press("x")
        await pilot.pause()
        assert names(screen) == {"edit.next", "edit.revert"}
        row(screen, "actions").editor_widget.focus()
        await pilot.pause()
        assert names(screen) == {"edit.row", "edit.add"}
        editor = row(screen, "opinions").editor
        row(screen, "opinions").editor_widget.focus()
        await pilot.pause()
        assert names(screen) == {"edit.row", "edit.add", "edit.cut", "edit.lower"}
        assert "F4 行を加える" in screen_text(app)
        await pilot.press("ctrl+down")
        await pilot.pause()
        assert names(screen) == {"edit.row", "edit.add", "edit.cut", "edit.raise", "edit.revert"}
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert editor.read() == [{"text": "一"}, {"text": "二"}]
        assert "取り消し" not in screen_text(app).splitlines()[-1]
    assert all(COMMANDS[name].where for name in COMMANDS if name.startswith("edit."))


async def test_ctrl_z_with_nothing_to_take_back_leaves_what_is_recorded(workspace: Workspace, app: KyojuApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, EditScreen(ENTRY, "entry"))
        before = commits(workspace.root)
        await pilot.press("ctrl+z", "ctrl+z")
        await pilot.pause(0.2)
        assert app.screen is screen
        assert commits(workspace.root) == before


async def test_saving_twice_at_once_is_one_record(workspace: Workspace, app: KyojuApp) -> None:
    preset = {"title": "二度押し", "kind": "課題", "categories": ["sumai"]}
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, EditScreen(None, "entry", department="korei", preset=preset))
        before = commits(workspace.root)
        screen.action_save()
        screen.action_save()
        await pilot.press("ctrl+s")
        await until(pilot, lambda: screen not in app.screen_stack)
        await pilot.pause(0.3)
        assert app.save_line[0].startswith("記録しました")
    assert len(commits(workspace.root)) == len(before) + 1
    assert [entry.title for entry in workspace.snapshot.entries.values()].count("二度押し") == 1


async def test_a_record_that_a_colleague_deleted_can_be_recorded_again(workspace: Workspace, app: KyojuApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, EditScreen(ENTRY, "entry"))
        await typed(pilot, screen, "title", "残したい")
        workspace.delete(ENTRY, force=True).result(timeout=60)
        await until(pilot, lambda: "削除しました" in screen_text(app))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ClashScreen))
        await pilot.press("f3", "ctrl+s")
        await until(pilot, lambda: screen not in app.screen_stack)
    assert workspace.snapshot.title(ENTRY) == "残したい"


async def test_a_declined_question_of_who_saves_says_so_in_the_form(store: Path, make_app: MakeApp) -> None:
    nobody = Workspace.open(store, environ={})
    app = make_app(nobody)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, EditScreen(ENTRY, "entry"))
        await typed(pilot, screen, "title", "だれの文か")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is not screen)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        await until(pilot, lambda: "未記録（だれの記録か未入力です。）" in screen_text(app))
        assert "もう一度記録し" in screen_text(app)
        assert row(screen, "title").editor.written() == "だれの文か"
        assert nobody.drafts.get(ENTRY) is not None
    nobody.close()


async def test_a_lock_of_another_program_is_told_and_the_text_stays(workspace: Workspace, app: KyojuApp) -> None:
    head = workspace.root / ".git" / "MERGE_HEAD"
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, EditScreen(ENTRY, "entry"))
        await typed(pilot, screen, "title", "待つ文")
        head.write_bytes(b"0" * 40 + b"\n")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.save_line[0].startswith("未記録"))
        assert row(screen, "title").editor.written() == "待つ文"
        assert not row(screen, "title").editor_widget.disabled and screen.focused is row(screen, "title").editor_widget
        assert "誤り：" in screen_text(app)
        head.unlink()
        await pilot.press("ctrl+s")
        await until(pilot, lambda: screen not in app.screen_stack)
    assert workspace.snapshot.title(ENTRY) == "待つ文"


async def test_a_long_text_and_many_opinions_stay_quick(workspace: Workspace, app: KyojuApp) -> None:
    opinions = [{"id": f"p{number:03d}aaa", "text": f"{number}番目の意見です"} for number in range(300)]
    plain = {"title": "長い会議", "held_on": date(2026, 11, 20), "notes": LONG, "opinions": opinions}
    record(workspace, {MEETING: Meeting.model_validate(plain)})
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, EditScreen(MEETING, "meeting"))
        row(screen, "title").editor_widget.focus()
        begun = time.perf_counter()
        for _ in range(10):
            await pilot.press("x")
        await pilot.pause()
        print("TIME", (time.perf_counter() - begun) / 10)
        assert (time.perf_counter() - begun) / 10 < 0.5
        await pilot.press("ctrl+s")
        await until(pilot, lambda: screen not in app.screen_stack)
    saved = workspace.snapshot.expect(MEETING, Meeting)
    assert saved.title.endswith("x" * 10) and len(saved.opinions) == 300
