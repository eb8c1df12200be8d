"""The meeting mode: at once, beside colleagues, on a projector, with nothing lost."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from kyoju_tui.records.errors import SaveFailed
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.minuting import with_note, with_opinion
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.meeting_minutes import MinutesScreen
from kyoju_tui.ui.screens.meeting_mode import MeetingModeScreen
from kyoju_tui.ui.widgets.agenda_table import AgendaTable
from kyoju_tui.ui.widgets.matrix_table import MatrixTable
from kyoju_tui.workspace.requests import Saved
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, keys_of, last_message, record, same_screen, until, until_shown
from tests.ui.screen_text import screen_text

# Whole tasks at the keyboard: a command of their own.
pytestmark = pytest.mark.walk


REF = "meetings/20261120-aaaaa"
COLLEAGUE = "住宅課 担当 <jutaku@city.example.jp>"


async def begun(pilot: Pilot[None], app: KyojuApp, workspace: Workspace, **fields: object) -> MeetingModeScreen:
    """The mode of a meeting with an agenda of two items."""
    meeting = {"title": "第1回意見交換会", "held_on": date(2026, 11, 20), "agenda": ["趣旨", "意見交換"], **fields}
    record(workspace, {REF: meeting})
    await at_rest(pilot)
    screen = MeetingModeScreen(REF)
    app.push_screen(screen)
    await at_rest(pilot)
    return screen


async def begun_again(pilot: Pilot[None], app: KyojuApp) -> None:
    """The mode of the same meeting once more."""
    app.push_screen(MeetingModeScreen(REF))
    await at_rest(pilot)


def the_meeting(workspace: Workspace) -> Meeting:
    return workspace.snapshot.expect(REF, Meeting)


def colleague(store: Path, change: str) -> None:
    """Another open copy of the store records an opinion, or a line of the notes."""
    other = Workspace.open(store, author=COLLEAGUE, environ={})
    try:
        base, meeting = other.base(REF), other.snapshot.expect(REF, Meeting)
        changed = with_note(meeting, "同僚の要点") if change == "note" else with_opinion(meeting, "同僚の意見")
        other.save(REF, changed, base=base).result(timeout=30)
    finally:
        other.close()


async def test_an_opinion_in_three_keystrokes_with_its_lens(app: KyojuApp, workspace: Workspace, store: Path) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begun(pilot, app, workspace)
        screen.query_one(MatrixTable).move_to("sumai", "shimin")
        await pilot.press("ctrl+r", "enter", *keys_of("空き家"), "enter")
        await until(pilot, lambda: the_meeting(workspace).opinions)
        await at_rest(pilot)
        (opinion,) = the_meeting(workspace).opinions
        assert (opinion.category, opinion.department, opinion.lens) == ("sumai", "shimin", "課題")
        assert last_message(store).startswith("会議「第1回意見交換会」に意見・考え方等（住まい｜市民課）を追加")
        # The line stays open; the arrows go on to the next place, and nothing typed belongs to the old one.
        await pilot.press("down", "ctrl+left", *keys_of("公園"), "enter")
        await until(pilot, lambda: len(the_meeting(workspace).opinions) == 2)
        second = the_meeting(workspace).opinions[1]
        assert (second.category, second.department) == ("shotengai", "kosodate")
        await pilot.press("enter")
        assert screen.query_one(MatrixTable).has_focus


async def test_a_colleague_records_meanwhile_and_both_are_kept(
    app: KyojuApp, workspace: Workspace, store: Path
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begun(pilot, app, workspace)
        screen.query_one(MatrixTable).move_to("sumai", "shimin")
        await pilot.press("f4", *keys_of("書きかけ"))
        thread = threading.Thread(target=colleague, args=(store, "opinion"))
        thread.start()
        await until(pilot, lambda: not thread.is_alive())
        await until_shown(pilot, "意見 1件")
        assert screen.line.text == "書きかけ"
        assert screen.place_here == ("sumai", "shimin")
        await pilot.press("enter")
        await until(pilot, lambda: len(the_meeting(workspace).opinions) == 2)
        assert [each.text for each in the_meeting(workspace).opinions] == ["同僚の意見", "書きかけ"]


async def test_notes_written_at_the_same_moment_are_both_kept(
    app: KyojuApp, workspace: Workspace, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begun(pilot, app, workspace, notes="はじめの要点")
        # The colleague's save comes between what was read here and what is written.
        putting, came = workspace.putting, threading.Event()

        def put_late(ref: str, record: object, base: object) -> object:
            if not came.is_set():
                came.set()
                colleague(store, "note")
            return putting(ref, record, base)  # pyright: ignore[reportArgumentType]

        monkeypatch.setattr(workspace, "putting", put_late)
        await pilot.press("ctrl+n", *keys_of("私の要点"), "enter")
        await until(pilot, lambda: "私の要点" in (the_meeting(workspace).notes or ""))
        assert the_meeting(workspace).notes == "はじめの要点\n同僚の要点\n私の要点"
        assert not screen.holds_changes


async def test_words_that_cannot_be_recorded_stay_in_the_line(
    app: KyojuApp, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        screen = await begun(pilot, app, workspace)

        def full(*_: object, **__: object) -> object:
            raise SaveFailed("空きがありません。", cure="管理者に知らせてください。")

        with monkeypatch.context() as patched:
            patched.setattr(workspace, "batch", full)
            await pilot.press("ctrl+d", *keys_of("決めた"), "enter")
            await until(pilot, lambda: screen.line.text == "決めた")
        screen.keep_draft()
        draft = workspace.drafts.get(Ref(REF))
        assert draft is not None and draft.plain["decisions"] == ["決めた"]
        await pilot.press("enter")
        await until(pilot, lambda: the_meeting(workspace).decisions == ("決めた",))
        await until(pilot, lambda: workspace.drafts.get(Ref(REF)) is None)


async def test_what_is_typed_is_kept_when_the_line_is_closed_and_asked_about_on_leaving(
    app: KyojuApp, workspace: Workspace
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begun(pilot, app, workspace)
        await pilot.press("f4", *keys_of("途中"), "escape")
        assert app.screen is screen and screen.holds_changes
        await pilot.press("escape")
        await until_shown(pilot, "まだ記録されていません")
        await pilot.press("enter")
        await until(pilot, lambda: len(the_meeting(workspace).opinions) == 1)


async def test_a_save_that_ends_after_the_screen_was_left(
    app: KyojuApp, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        screen = await begun(pilot, app, workspace)
        batch, late = workspace.batch, Future[Saved]()

        def slow(*_: object, **__: object) -> Future[Saved]:
            return late

        monkeypatch.setattr(workspace, "batch", slow)
        await pilot.press("ctrl+d", *keys_of("一つ目"), "enter", "escape", "escape")
        await until(pilot, lambda: not screen.is_attached)
        late.set_exception(SaveFailed("空きがありません。"))
        notes = app._notifications  # pyright: ignore[reportPrivateUsage]
        await until(pilot, lambda: any("一つ目" in note.message.replace("\n", "") for note in notes))
        monkeypatch.setattr(workspace, "batch", batch)
        await begun_again(pilot, app)
        await pilot.press("ctrl+d", *keys_of("二つ目"), "enter", "escape", "escape")
        await until(pilot, lambda: the_meeting(workspace).decisions == ("二つ目",))


async def test_the_agenda_is_gone_through(app: KyojuApp, workspace: Workspace) -> None:
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        screen = await begun(pilot, app, workspace)
        same_screen(app, "meeting-mode-100x30")
        agenda = screen.query_one(AgendaTable)
        assert agenda.current == "趣旨"
        await pilot.press("ctrl+g")
        assert agenda.current == "意見交換"
        agenda.focus()
        await pilot.press("up", "enter")
        assert agenda.current == "趣旨"
        await pilot.press("enter", "enter")
        await until_shown(pilot, "すべて済みました")
        assert not screen.line.is_open


async def test_nothing_for_the_secretariat_alone_is_shown(app: KyojuApp, workspace: Workspace) -> None:
    asked = [{"department": "shoko", "sent_on": date(2026, 7, 1)}]
    record(
        workspace,
        {
            "inquiries/20260701-aaaaa": {
                "title": "照会", "issued_on": date(2026, 7, 1), "due_on": date(2026, 7, 15), "targets": asked,
            }
        },
    )  # fmt: skip
    absent = [{"department": "shoko", "status": "欠席"}]
    async with app.run_test(size=(160, 45)) as pilot:
        await begun(pilot, app, workspace, attendance=absent)
        assert "期限超過" not in screen_text(app)
        await pilot.press("ctrl+a")
        await at_rest(pilot)
        assert "欠席" in screen_text(app) and "資料送付要" not in screen_text(app)
        await pilot.press("f12")
        await until_shown(pilot, "未参加（資料送付要）")
        await pilot.press("escape", "f12")
        await until_shown(pilot, "期限超過")


async def test_it_ends_with_the_minutes(app: KyojuApp, workspace: Workspace) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await begun(pilot, app, workspace)
        await pilot.press("ctrl+w")
        await until_shown(pilot, "会議進行を終えますか")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MinutesScreen))
        await until(pilot, lambda: the_meeting(workspace).minutes_status == "案")
        await until_shown(pilot, "【案】")


async def test_an_action_needs_words(app: KyojuApp, workspace: Workspace) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, app, workspace)
        await pilot.press("ctrl+e")
        await until_shown(pilot, "対応事項を加える")
        assert "必須" not in screen_text(app)
        await pilot.press("down", "down", *keys_of("12/1"), "ctrl+s")
        await until_shown(pilot, "必須の項目です")
        await pilot.press("escape", "right", "enter")
        await at_rest(pilot)
    assert the_meeting(workspace).actions == ()
