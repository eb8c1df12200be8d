"""履歴 on the small store: what is seen, limits, taking back, doing again, colleagues, hostile text."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.comparison import ComparisonScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.edit import EditScreen
from kyoju_tui.ui.screens.history import HistoryScreen
from kyoju_tui.ui.screens.history_deleted import DeletedScreen
from kyoju_tui.ui.screens.history_restoring import RestorePreview
from kyoju_tui.ui.screens.history_save import SaveScreen
from kyoju_tui.ui.screens.history_value import ValueScreen
from kyoju_tui.ui.widgets.line_input import LineInput
from kyoju_tui.ui.widgets.story import Story
from kyoju_tui.ui.widgets.wide_table import WideTable
from kyoju_tui.workspace.past.moments import Moment, at
from kyoju_tui.workspace.past.wanted import Wanted
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import colleague_sets, last_message, opened, record, until, until_shown
from tests.ui.screen_text import english_words, screen_text

# Whole tasks at the keyboard: a command of their own.
pytestmark = pytest.mark.walk


def first_entry(workspace: Workspace) -> Ref:
    """An entry of the small store."""
    return next(iter(workspace.snapshot.entries))


def set_fields(workspace: Workspace, ref: Ref, **fields: object) -> None:
    """Record other values of some fields."""
    record(workspace, {ref: workspace.snapshot.records[ref].but(**fields)})


def story_of(app: KyojuApp) -> str:
    """What the box says."""
    return app.screen.query_one(Story).text


async def test_the_newest_save_is_told_field_by_field(app: KyojuApp, workspace: Workspace) -> None:
    ref = first_entry(workspace)
    set_fields(workspace, ref, summary="一つ目の文はそのまま。二つ目の文は古い言い方のまま残る。三つ目もそのまま。")
    set_fields(workspace, ref, summary="一つ目の文はそのまま。二つ目の文は新しい言い方のまま残る。三つ目もそのまま。")
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "history")
        await until(pilot, lambda: "後：二つ目の文は" in story_of(app))
        text = story_of(app)
        assert "山田 花子" in text
        assert workspace.snapshot.title(ref) in text
        assert "前：二つ目の文は【古】い言い方のまま残る。" in text
        assert "後：二つ目の文は【新し】い言い方のまま残る。" in text
        assert english_words(screen_text(app)) == []


async def test_saves_stand_above_the_meeting_they_came_after(app: KyojuApp, workspace: Workspace) -> None:
    record(workspace, {"meetings/20261001-aaaaa": {"title": "第1回会議", "held_on": date(2026, 10, 1)}})
    set_fields(workspace, first_entry(workspace), note="会議のあと")
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, app, "history")
        assert isinstance(screen, HistoryScreen)
        await until(pilot, lambda: screen.query_one(WideTable).row_count > 0)
        assert "第1回会議" in screen.title_detail and "のあと" in screen.title_detail


async def test_the_limits_are_said_and_esc_lifts_them(app: KyojuApp, workspace: Workspace, store: Path) -> None:
    ref = first_entry(workspace)
    colleague_sets(store, ref, "note=佐藤が書いたこと")
    set_fields(workspace, ref, section="計画係")
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, app, "history")
        table = screen.query_one(WideTable)
        await until(pilot, lambda: table.row_count >= 4)
        before = table.row_count
        await pilot.press("ctrl+l")
        await until_shown(pilot, "絞り込む対象")
        await pilot.press(*"佐藤", "enter")
        await until(pilot, lambda: table.row_count == 1)
        assert "絞り込み：人「佐藤 次郎」" in screen_text(app)
        await pilot.press("f3")
        await until_shown(pilot, "どのことば")
        await pilot.press(*"無い言葉", "enter")
        await until_shown(pilot, "この条件に合う記録はありません")
        await pilot.press("escape")
        await until(pilot, lambda: table.row_count == before)
        assert "絞り込み" not in screen_text(app).split("\n")[1]


async def test_a_period_is_typed_and_refused_in_words(app: KyojuApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "history")
        await pilot.press("ctrl+l")
        await until_shown(pilot, "絞り込む対象")
        await pilot.press(*"期間", "enter")
        await until_shown(pilot, "いつからいつまで")
        await pilot.press(*"R8.10.2から10/1", "enter")
        await until_shown(pilot, "始まりを終わりより")
        await pilot.press("ctrl+u", *"から10/1まで", "enter")
        await until_shown(pilot, "期間「～令和8年10月1日」")


async def test_a_whole_cell_has_its_history(app: KyojuApp, workspace: Workspace) -> None:
    ref = first_entry(workspace)
    entry = workspace.snapshot.entries[ref]
    set_fields(workspace, ref, note="この欄のこと")
    async with app.run_test(size=(160, 45)) as pilot:
        screen = await opened(pilot, app, "matrix")
        screen.query_one("MatrixTable").move_to(entry.categories[0], ref.department)  # type: ignore[attr-defined]
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen))
        assert isinstance(app.screen, HistoryScreen)
        assert app.screen.limits.wanted == Wanted(category=entry.categories[0], department=ref.department or "")
        await until_shown(pilot, "この欄のこと")


async def test_from_a_list_to_the_record_and_from_a_field_to_its_values(app: KyojuApp, workspace: Workspace) -> None:
    ref = first_entry(workspace)
    for note in ("一つ目", "二つ目", "三つ目"):
        set_fields(workspace, ref, note=note)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, app, "entries")
        screen.query_one(WideTable).move_to(ref)
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen))
        await until_shown(pilot, "備考：二つ目 → 三つ目")
        await pilot.press("escape")
        app.open_record(ref, "note")
        await until(pilot, lambda: isinstance(app.screen, EditScreen) and app.screen.focused is not None)
        await until(pilot, lambda: app.screen.focused is not None and "三つ目" in screen_text(app))
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(app.screen, ValueScreen))
        await until_shown(pilot, "今の値")
        assert "山田 花子が記録しました" in story_of(app)
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, RestorePreview))
        assert "備考：三つ目 → 一つ目" in story_of(app)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: workspace.snapshot.entries[ref].note == "一つ目")
        await until(pilot, lambda: app.screen.query_one(WideTable).row_count == 4)
    assert "Kyoju-Action: restore" in last_message(workspace.root)


async def test_one_field_of_an_old_save_is_brought_back_alone(app: KyojuApp, workspace: Workspace) -> None:
    ref = first_entry(workspace)
    set_fields(workspace, ref, note="前の備考", section="前の係")
    set_fields(workspace, ref, note="後の備考", section="後の係")
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "history", wanted=Wanted(ref=ref))
        await until_shown(pilot, "後の備考")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SaveScreen))
        table = app.screen.query_one(WideTable)
        while "前の備考" not in story_of(app) or table.cursor_row == 0:
            await pilot.press("down")
            await pilot.pause()
        await pilot.press("ctrl+r")
        await until_shown(pilot, "どちらの内容")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RestorePreview))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: workspace.snapshot.entries[ref].note == "前の備考")
    assert workspace.snapshot.entries[ref].section == "後の係"


async def test_the_fields_of_a_new_record_are_told_plainly(app: KyojuApp, workspace: Workspace) -> None:
    made = workspace.snapshot.entries[first_entry(workspace)].but(title="新しい見守り", note="備考の一行目\n二行目")
    record(workspace, {"entries/jutaku/20261101-zzzzz": made})
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "history")
        await until_shown(pilot, "新しい見守り")
        await pilot.press("enter")
        await until_shown(pilot, "記録の内容　1件の記録")
        shown = screen_text(app)
        assert "　件名：新しい見守り" in shown and "（なし）→" not in shown
        assert "備考の一行目 二行目" in shown
        await pilot.press("down")
        await until(pilot, lambda: story_of(app).endswith("件名：新しい見守り"))


async def test_any_save_is_taken_back_after_a_preview(app: KyojuApp, workspace: Workspace, store: Path) -> None:
    ref = first_entry(workspace)
    colleague_sets(store, ref, "note=同僚が書いたこと")
    workspace.refresh()
    set_fields(workspace, ref, section="計画係")
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, app, "history")
        await until(pilot, lambda: screen.query_one(WideTable).row_count >= 4)
        await pilot.press("down", "ctrl+r")
        await until(pilot, lambda: isinstance(app.screen, RestorePreview))
        assert "備考：同僚が書いたこと → （なし）" in story_of(app)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        assert workspace.snapshot.entries[ref].note == "同僚が書いたこと"
        await pilot.press("ctrl+r")
        await until(pilot, lambda: isinstance(app.screen, RestorePreview))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: workspace.snapshot.entries[ref].note is None)
    assert workspace.snapshot.entries[ref].section == "計画係"


async def test_undo_names_what_it_takes_back_and_redo_does_it_again(app: KyojuApp, workspace: Workspace) -> None:
    ref = first_entry(workspace)
    set_fields(workspace, ref, note="残すこと")
    set_fields(workspace, ref, note="取り消すこと")
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot, app, "history")
        await pilot.press("ctrl+z")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        shown = screen_text(app)
        assert f"「{workspace.snapshot.title(ref)}」を更新" in shown
        assert "備考：取り消すこと → 残すこと" in shown
        await pilot.press("left", "enter")
        await until(pilot, lambda: workspace.snapshot.entries[ref].note == "残すこと")
        await pilot.press("ctrl+y")
        await until(pilot, lambda: isinstance(app.screen, RestorePreview))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: workspace.snapshot.entries[ref].note == "取り消すこと")
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen))
        await pilot.press("ctrl+y")
        await until_shown(pilot, "やり直せる")


async def test_a_deleted_record_is_found_and_comes_back(app: KyojuApp, workspace: Workspace) -> None:
    ref = first_entry(workspace)
    before = workspace.snapshot.entries[ref]
    workspace.delete(ref, force=True).result(timeout=60)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "history")
        await pilot.press("ctrl+e")
        await until(pilot, lambda: isinstance(app.screen, DeletedScreen))
        await until(pilot, lambda: before.title in screen_text(app) and "件名：" in story_of(app))
        await pilot.press("ctrl+r")
        await until(pilot, lambda: isinstance(app.screen, RestorePreview))
        assert "もう一度加わります" in story_of(app)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: workspace.snapshot.entries.get(ref) == before)
        await until_shown(pilot, "削除した記録はありません")


async def test_a_colleagues_save_appears_and_the_cursor_stays(app: KyojuApp, workspace: Workspace, store: Path) -> None:
    ref = first_entry(workspace)
    set_fields(workspace, ref, note="自分の備考")
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, app, "history")
        table = screen.query_one(WideTable)
        await until(pilot, lambda: table.row_count >= 3)
        await pilot.press("down")
        here, rows = table.row_key, table.row_count
        colleague_sets(store, ref, "note=同僚の備考")
        await until(pilot, lambda: table.row_count == rows + 1)
        assert table.row_key == here and table.cursor_row == 2


async def test_more_is_read_when_the_cursor_nears_the_end(app: KyojuApp, store: Path) -> None:
    script = 'for i in $(seq 1 70); do git commit -q --allow-empty -m "空の記録 $i"; done'
    author = ["-c", "user.name=hand", "-c", "user.email=hand@example.jp"]
    subprocess.run(
        ["bash", "-c", script.replace("git commit", f"git {' '.join(author)} commit")], cwd=store, check=True
    )
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, app, "history")
        table = screen.query_one(WideTable)
        await until(pilot, lambda: table.row_count == 50)
        await pilot.press("ctrl+end")
        await until(pilot, lambda: table.row_count > 70)
        assert table.cursor_row == 49


async def test_hostile_text_of_a_commit_stays_text(app: KyojuApp, store: Path) -> None:
    subject = "\x1b]52;c;aGVsbG8=\x07[red]赤い[/red] [/] \u202e逆さ"
    command = [
        "git",
        "-c",
        "user.name=[b]\x1b[31m偽[/b]",
        "-c",
        "user.email=x@example.jp",
        "commit",
        "-q",
        "--allow-empty",
    ]
    trailers = "Kyoju-Record: passwords/root\nKyoju-Record: ../../etc/passwd\nKyoju-Action: update"
    subprocess.run([*command, "-m", subject, "-m", trailers], cwd=store, check=True)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "history")
        await until_shown(pilot, "[red]赤い[/red] [/]")
        shown = screen_text(app)
        assert "[b]" in shown
        assert not any(sign in shown for sign in "\x1b\x07\u202e")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SaveScreen))
        await until_shown(pilot, "記録のほかのファイルの変更です")


async def test_what_cannot_be_read_is_said(app: KyojuApp, store: Path) -> None:
    (store / ".git" / "HEAD").write_text("ref: refs/heads/nowhere\n", encoding="utf-8")
    (store / ".git" / "refs" / "heads" / "nowhere").write_text("0123456789" * 4 + "\n", encoding="utf-8")
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "history")
        await until_shown(pilot, "履歴を読めません")
        assert english_words(screen_text(app)) == []


async def test_two_moments_are_compared_and_written_out(app: KyojuApp, workspace: Workspace, tmp_path: Path) -> None:
    ref = first_entry(workspace)
    old = Ref(workspace.past.page(Wanted(), size=1).entries[0].commit)
    set_fields(workspace, ref, note="あとから書いた備考")
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "history")
        app.push_screen(ComparisonScreen(at(workspace, Moment("はじめ", None, old)), None))
        await until_shown(pilot, "追加0・変更1・削除0")
        assert "備考：あとから書いた備考" in story_of(app)
        for suffix in (".html", ".txt", ".json"):
            await pilot.press("ctrl+w")
            await until_shown(pilot, "どこに書き出しますか")
            app.screen.query_one(LineInput).value = str(tmp_path / f"hikaku{suffix}")
            await pilot.press("enter")
            await until(pilot, (tmp_path / f"hikaku{suffix}").exists)
            assert "あとから書いた備考" in (tmp_path / f"hikaku{suffix}").read_text(encoding="utf-8")
        record(workspace, {"series/teirei": {"title": "定例会"}})
        await until_shown(pilot, "追加1・変更1・削除0")
        await pilot.press("down")
        await until(pilot, lambda: "備考" in story_of(app))
        await pilot.press("ctrl+r")
        await until_shown(pilot, "戻すところ")
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, RestorePreview))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: workspace.snapshot.entries[ref].note is None)
        await until_shown(pilot, "追加1・変更0・削除0")
