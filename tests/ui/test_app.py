from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from kyoju_tui.records.department import Department
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.widgets.footer import CommandLine
from kyoju_tui.ui.widgets.line_input import LineInput
from kyoju_tui.ui.widgets.record_table import RecordTable
from kyoju_tui.ui.widgets.sidebar import Sidebar
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.screen_text import screen_text
from tests.ui.small_store import AUTHOR
from tests.ui.trial_screen import TrialScreen


async def until(pilot: Pilot[None], holds: Callable[[], object], seconds: float = 20) -> None:
    """Let the app work until it holds."""
    async with asyncio.timeout(seconds):
        while not holds():
            await pilot.pause()


async def test_every_screen_says_where_who_and_when(trial: KyojuApp) -> None:
    async with trial.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "山田" in trial.store_line)
        lines = screen_text(trial).split("\n")
    assert lines[0].strip() == "試し"
    assert lines[-2].startswith(" さくら市　山田 花子　令和8年11月23日(月)  ")
    assert lines[-2].endswith("Ctrl+O 移動　Ctrl+P 命令")
    assert lines[-1].startswith(" F1 説明") and lines[-1].endswith("Ctrl+Q 終了")


async def test_a_save_is_told_from_begin_to_end(trial: KyojuApp, workspace: Workspace) -> None:
    async with trial.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+s")
        await until(pilot, lambda: trial.save_line[0].startswith("記録しました"))
        assert "記録しました（部署「さくら課」を更新）" in screen_text(trial)
        assert workspace.snapshot.expect("departments/jutaku", Department).name == "さくら課"
        table = trial.screen.query_one(RecordTable)
        await until(pilot, lambda: "さくら課" in screen_text(trial).split("\n")[2])
        assert table.row_key == "jutaku"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: trial.save_line == ("変更はありません", False))


async def test_undo_asks_and_takes_the_last_save_back(trial: KyojuApp, workspace: Workspace) -> None:
    async with trial.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+s")
        await until(pilot, lambda: trial.save_line[0].startswith("記録しました"))
        trial.screen.query_one(RecordTable).focus()
        await pilot.press("ctrl+z")
        await until(pilot, lambda: isinstance(trial.screen, ConfirmScreen))
        await pilot.press("left", "enter")
        await until(pilot, lambda: "元に戻す" in trial.save_line[0])
        assert workspace.snapshot.expect("departments/jutaku", Department).name == "住宅課"


async def test_a_save_that_fails_says_so_and_what_to_do(trial: KyojuApp, store: Path) -> None:
    async with trial.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        (store / ".git" / "MERGE_HEAD").write_text("0" * 40 + "\n")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: trial.save_line[1])
        assert trial.save_line[0].startswith("未記録（")
        assert trial._notifications  # pyright: ignore[reportPrivateUsage]


async def test_who_saves_is_asked_once_at_the_first_save(
    store: Path, trial: KyojuApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = Workspace.open(store, environ={})
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    trial.workspace = nobody
    if nobody.author() is not None:
        pytest.fail("the test's home names an author")
    try:
        async with trial.run_test(size=(80, 24)) as pilot:
            await pilot.press("ctrl+s")
            await until(pilot, lambda: isinstance(trial.screen, AskScreen))
            await pilot.press(*"yamada", "enter")
            await until(pilot, lambda: "氏名 <メールアドレス>" in screen_text(trial))
            assert isinstance(trial.screen, AskScreen)
            trial.screen.query_one(LineInput).value = AUTHOR
            await pilot.press("enter")
            await until(pilot, lambda: trial.save_line[0].startswith("記録しました"))
            assert "山田 花子" in trial.store_line
            trial.screen.query_one("#line", LineInput).value = "すみれ課"
            await pilot.press("ctrl+s")
            await until(pilot, lambda: "すみれ課" in trial.save_line[0])
    finally:
        nobody.close()


async def test_closing_the_question_saves_nothing(store: Path, trial: KyojuApp) -> None:
    nobody = Workspace.open(store, environ={})
    trial.workspace = nobody
    try:
        async with trial.run_test(size=(80, 24)) as pilot:
            await pilot.press("ctrl+s")
            await until(pilot, lambda: isinstance(trial.screen, AskScreen))
            await pilot.press("escape")
            await until(pilot, lambda: trial.save_line[1])
            assert trial.save_line[0].startswith("未記録")
            assert nobody.snapshot.expect("departments/jutaku", Department).name == "住宅課"
    finally:
        nobody.close()


async def test_another_session_s_save_is_seen_and_the_cursor_stays(trial: KyojuApp, store: Path) -> None:
    async with trial.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down")
        table = trial.screen.query_one(RecordTable)
        assert table.row_key == "kosodate"
        other = Workspace.open(store, author=AUTHOR, environ={})
        try:
            record = other.snapshot.expect("departments/korei", Department)
            other.save("departments/korei", record.but(name="長寿課")).result(timeout=30)
        finally:
            other.close()
        trial.store_open.refresh()
        await until(pilot, lambda: "長寿課" in screen_text(trial))
        assert table.row_key == "kosodate"


async def test_the_list_of_screens_gives_way_on_narrow_terminals(trial: KyojuApp) -> None:
    async with trial.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        sidebar = trial.screen.query_one(Sidebar)
        assert not sidebar.display
        await pilot.press("ctrl+t")
        assert sidebar.display and sidebar.has_focus_within
        await pilot.press("ctrl+t")
        assert not sidebar.display
        await pilot.resize_terminal(160, 45)
        assert not sidebar.display, "what was chosen stays chosen"


async def test_the_list_of_screens_stands_open_on_wide_terminals(trial: KyojuApp) -> None:
    async with trial.run_test(size=(160, 45)) as pilot:
        await pilot.pause()
        assert trial.screen.query_one(Sidebar).display
        assert "試し" in screen_text(trial)


async def test_a_line_longer_than_its_field_has_no_scroll_bar_over_it(trial: KyojuApp) -> None:
    async with trial.run_test(size=(80, 24)) as pilot:
        line = trial.screen.query_one("#line", LineInput)
        line.focus()
        line.value = "市" * 100 + "終"
        await pilot.press("end")
        await pilot.pause()
        assert "市終" in screen_text(trial)
        assert not line.show_horizontal_scrollbar or line.scrollbar_size_horizontal == 0


async def test_the_footer_names_only_keys_that_work_here(trial: KyojuApp) -> None:
    async with trial.run_test(size=(200, 24)) as pilot:
        await pilot.pause()
        names = [command.name for command, _key in trial.screen.query_one(CommandLine).shown()]
    assert "save" in names and "search" in names
    assert "edit" not in names and "new" not in names and "reload" not in names


@pytest.mark.parametrize("query", ["ためし", "tameshi", "試", "ｔａｍｅｓｈｉ"])
async def test_screens_are_found_by_kanji_kana_and_romaji(trial: KyojuApp, query: str) -> None:
    async with trial.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+o")
        trial.screen.query_one(LineInput).value = query
        await until(pilot, lambda: "試し" in screen_text(trial))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(trial.screen, TrialScreen))
        assert len([screen for screen in trial.screen_stack if isinstance(screen, TrialScreen)]) == 1


async def test_records_are_found_in_the_palette(trial: KyojuApp) -> None:
    async with trial.run_test(size=(100, 30)) as pilot:
        await pilot.press("ctrl+p")
        trial.screen.query_one(LineInput).value = "shotengai torikumi"
        await pilot.pause()
        assert "見つかりません" in screen_text(trial)
        trial.screen.query_one(LineInput).value = "商店街の取組"
        await until(pilot, lambda: "商店街の取組（商工課）" in screen_text(trial))


async def test_a_command_is_found_by_its_words_and_run(trial: KyojuApp) -> None:
    async with trial.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        trial.screen.query_one(LineInput).value = "絞り込み"
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(trial.focused, LineInput) and trial.focused.id == "line")


async def test_help_comes_from_the_table(trial: KyojuApp) -> None:
    async with trial.run_test(size=(80, 24)) as pilot:
        await pilot.press("f1")
        await pilot.pause()
        text = screen_text(trial)
        assert "説明：試し" in text
        assert "Ctrl+S" in text and "入力した内容を記録します" in text
        assert "F2" not in text
        await pilot.press("escape")
        assert isinstance(trial.screen, TrialScreen)


async def test_quitting_asks_where_something_is_not_recorded(trial: KyojuApp) -> None:
    async with trial.run_test(size=(80, 24)) as pilot:
        trial.screen.query_one("#line", LineInput).value = "未記録"
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(trial.screen, ConfirmScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(trial.screen, TrialScreen))
        assert trial.is_running
        trial.screen.query_one("#line", LineInput).value = "さくら課"
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not trial.is_running)


async def test_notes_quote_records_and_are_never_markup(trial: KyojuApp) -> None:
    async with trial.run_test(size=(80, 24), notifications=True) as pilot:
        trial.notify("[/]件名[b]\x1b]52;c;AAAA\x07", title="[red]")
        await until(pilot, lambda: "[/]件名[b]]52;c;AAAA" in screen_text(trial))


async def test_a_store_that_cannot_be_saved_into_says_so_and_is_readable(store: Path, trial: KyojuApp) -> None:
    text = (store / "store.toml").read_text()
    (store / "store.toml").write_text(text.replace("format = 1", "format = 99"))
    newer = Workspace.open(store, author=AUTHOR, environ={})
    trial.workspace = newer
    try:
        async with trial.run_test(size=(160, 24)) as pilot:
            await until(pilot, lambda: "読み取り専用" in screen_text(trial))
            assert "住宅課" in screen_text(trial)
            await pilot.press("ctrl+s")
            await until(pilot, lambda: trial.save_line[0].startswith("未記録"))
    finally:
        newer.close()
