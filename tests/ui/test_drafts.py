"""What is typed anywhere is kept, offered again where it was typed, and told against what is recorded now."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import TextArea

from kyoju_tui.records.finding import Finding, finding_key
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.ending import keep_drafts
from kyoju_tui.ui.forms.row_screen import RowScreen
from kyoju_tui.ui.screens.ask_text import TAKEN_UP, AskTextScreen
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.drafts import DraftsScreen
from kyoju_tui.ui.screens.edit import EditScreen
from kyoju_tui.ui.screens.edit_drafts import drafts_waiting, go_on
from kyoju_tui.ui.screens.meeting_mode import MeetingModeScreen
from kyoju_tui.ui.screens.settle import SettleScreen
from kyoju_tui.ui.widgets.line_input import LineInput
from kyoju_tui.workspace.drafts.kept import Draft
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, keys_of, opened, record, until, until_shown
from tests.ui.conftest import TODAY, MakeApp
from tests.ui.screen_text import english_words, screen_text
from tests.ui.test_edit import ENTRY, row

# Whole tasks at the keyboard: a command of their own.
pytestmark = pytest.mark.walk

MEETING = Ref("meetings/20261120-dai1kai")
_TYPING = """
import sys
from pathlib import Path
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.drafts.kept import Draft
from kyoju_tui.workspace.workspace import Workspace

workspace = Workspace.open(Path(sys.argv[1]), environ={})
workspace.drafts.save(Draft(Ref(sys.argv[2]), {"title": "よそで入力"}, workspace.base(sys.argv[2]).data))
print("kept", flush=True)
sys.stdin.read()
"""


def kept(workspace: Workspace, ref: str = ENTRY, **fields: object) -> None:
    """An earlier session typed this and did not record it."""
    plain = {"title": "前の入力", "kind": "取組", "status": "取組中", "categories": ["sumai"], **fields}
    workspace.drafts.save(Draft(Ref(ref), plain, workspace.base(ref).data, slot=f"t{len(workspace.drafts.all())}"))


@pytest.fixture
def elsewhere(store: Path) -> Iterator[subprocess.Popen[str]]:
    """Another session of the same user, which is typing into the entry."""
    command = [sys.executable, "-c", _TYPING, str(store), ENTRY]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "kept\n"
        yield process
        process.kill()


async def test_a_draft_opens_where_it_was_typed(workspace: Workspace, make_app: MakeApp) -> None:
    app = make_app(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        app.open_record(ENTRY, "outline")
        await at_rest(pilot)
        await pilot.press(*"一行目", "enter", *"二行目", "left")
        await until(pilot, workspace.drafts.all)
        keep_drafts(app)
    (draft,) = workspace.drafts.all()
    assert (draft.place, draft.cursor) == ("outline", (1, 2))
    again = make_app(workspace)
    async with again.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "続ける")
        assert "概要：" in screen_text(again)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(again.screen, EditScreen) and again.screen.holds_changes)
        await at_rest(pilot)
        await pilot.press("x")
        await pilot.pause()
        screen = again.screen
        assert isinstance(screen, EditScreen)
        editor = row(screen, "outline").editor_widget
        assert isinstance(editor, TextArea) and editor.has_focus and editor.text == "一行目\n二行x目"


async def test_several_drafts_are_offered_in_one_list(workspace: Workspace, make_app: MakeApp) -> None:
    kept(workspace)
    kept(workspace, "entries/jutaku/20261101-zzzzz", title="新しい取組の案")
    record(workspace, {ENTRY: workspace.snapshot.entries[ENTRY].but(title="別の件名")})
    app = make_app(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "記録していない下書きが2件あります")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DraftsScreen))
        await at_rest(pilot)
        text = screen_text(app)
        assert "前の入力" in text and "新しい取組・課題「新しい取組の案」" in text and "さきほど" in text
        assert "食い違いあり" in text and "Del 捨てる" in text
        assert english_words(text) == []
        app.screen.query_one("WideTable").focus()
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        assert "食い違い：件名" in screen_text(app) and "そのあとに記録された内容" in screen_text(app)
        await pilot.press("right", "enter")
        await until(pilot, lambda: isinstance(app.screen, DraftsScreen))
        assert len(workspace.drafts.all()) == 2
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("enter")
        await at_rest(pilot)
        assert len(workspace.drafts.all()) == 2
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("left", "enter")
        await until(pilot, lambda: len(workspace.drafts.all()) == 1)
        await until_shown(pilot, "下書き　1件")


async def test_typing_beside_a_left_draft_leaves_it(workspace: Workspace, make_app: MakeApp) -> None:
    kept(workspace)
    app = make_app(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "続ける")
        await pilot.press("escape")
        await at_rest(pilot)
        app.open_record(ENTRY, "title")
        await until_shown(pilot, "続ける")
        await pilot.press("escape")
        await at_rest(pilot)
        await pilot.press("end", *"別の入力")
        await until(pilot, lambda: len(workspace.drafts.all()) == 2)
        app.open_screen("drafts")
        await until_shown(pilot, "この画面で入力中")
        await pilot.press("escape")
        await at_rest(pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "別の入力" in workspace.snapshot.title(ENTRY))
        await at_rest(pilot)
    assert [draft.plain["title"] for draft in workspace.drafts.all()] == ["前の入力"]


async def test_what_another_session_is_typing_is_not_offered(
    workspace: Workspace, app: KyojuApp, elsewhere: subprocess.Popen[str]
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        assert not isinstance(app.screen, ChooseScreen)
        app.open_record(ENTRY)
        await at_rest(pilot)
        assert isinstance(app.screen, EditScreen)
        await opened(pilot, app, "drafts")
        assert "別の画面で入力中" in screen_text(app)
        await pilot.press("enter", "delete")
        await at_rest(pilot)
        assert isinstance(app.screen, DraftsScreen)
        elsewhere.kill()
        elsewhere.wait()
        await pilot.press("f5")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
    assert workspace.drafts.get(ENTRY) is not None


async def test_a_draft_of_a_deleted_record_is_recorded_as_a_new_one(workspace: Workspace, make_app: MakeApp) -> None:
    kept(workspace)
    workspace.delete(ENTRY, force=True).result(timeout=60)
    app = make_app(workspace)
    async with app.run_test(size=(100, 30)) as pilot:
        await until_shown(pilot, "その後削除されました")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await at_rest(pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: workspace.snapshot.title(ENTRY) == "前の入力")
        await at_rest(pilot)
    assert workspace.drafts.all() == ()


async def test_what_cannot_be_opened_here_is_only_kept_or_thrown_away(workspace: Workspace, make_app: MakeApp) -> None:
    workspace.drafts.save(Draft(Ref("festivals/natsu"), {"name": "夏まつり"}, None))
    app = make_app(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "この版の kyoju-tui が知らない種類の下書きです")
        assert "続ける" not in screen_text(app) and "捨てる" in screen_text(app)
        await pilot.press("enter")
        await at_rest(pilot)
    assert len(workspace.drafts.all()) == 1


def open_issue(workspace: Workspace) -> Ref:
    """An issue that nothing answers: the matrix raises it."""
    return next(ref for ref, entry in workspace.snapshot.entries.items() if entry.kind == "課題")


async def test_settling_a_point_is_kept_and_goes_on(workspace: Workspace, make_app: MakeApp) -> None:
    ref = Ref(f"findings/{finding_key('open-issue', [open_issue(workspace)])}")
    app = make_app(workspace)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "findings", finding=ref.id)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SettleScreen))
        await at_rest(pilot)
        await pilot.press("right", "right", "right", "right")
        reason = next(each for each in app.screen.query(TextArea))
        reason.focus()
        await pilot.press(*"次の会議で話す")
        await until(pilot, lambda: "次の会議で話す" in str([each.plain for each in workspace.drafts.all()]))
    again = make_app(workspace)
    async with again.run_test(size=(100, 30)) as pilot:
        await until_shown(pilot, "続ける")
        assert "論点の整理" in screen_text(again)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(again.screen, SettleScreen))
        await at_rest(pilot)
        assert "次の会議で話す" in screen_text(again)
        assert isinstance(again.screen, KyojuScreen) and again.screen.holds_changes
        await pilot.press("ctrl+s")
        await until(pilot, lambda: ref in workspace.snapshot)
        await at_rest(pilot)
    assert workspace.snapshot.expect(ref, Finding).reason == "次の会議で話す"
    assert workspace.drafts.all() == ()


async def test_a_reorganisation_that_was_being_typed_goes_on(workspace: Workspace, make_app: MakeApp) -> None:
    app = make_app(workspace)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "april")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RowScreen))
        await at_rest(pilot)
        await pilot.press("enter", *keys_of("jutaku"), "enter")
        await at_rest(pilot)
        await pilot.press("tab", *keys_of("住まい課"), "tab", *keys_of("すまいか"))
        # At once, as when the line drops: small windows over a screen are kept too.
        keep_drafts(app)
    (draft,) = workspace.drafts.all()
    assert draft.form == "部署の改称" and draft.plain["name"] == "住まい課"
    again = make_app(workspace)
    async with again.run_test(size=(100, 30)) as pilot:
        await until_shown(pilot, "続ける")
        assert "・新しい名称：（なし）→ 住まい課" in screen_text(again)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(again.screen, RowScreen))
        await at_rest(pilot)
        assert "住まい課" in screen_text(again) and "すまいか" in screen_text(again)
        await pilot.press("ctrl+s")
        await until_shown(pilot, "件が変わります")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "sumaika" in workspace.snapshot.departments)
        await at_rest(pilot)
    assert workspace.drafts.all() == ()


async def test_an_answer_in_words_is_there_when_it_is_asked_again(workspace: Workspace, make_app: MakeApp) -> None:
    question = "「高齢者」への意見・考え方等"
    app = make_app(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        app.push_screen(AskTextScreen(question))
        await until(pilot, lambda: isinstance(app.screen, AskTextScreen))
        await pilot.press(*"買い物の足が心配")
        await until(pilot, workspace.drafts.all)
        keep_drafts(app)
    again = make_app(workspace)
    async with again.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "買い物の足が心配")
        await pilot.press("escape")
        await at_rest(pilot)
        again.push_screen(AskTextScreen(question))
        await until(pilot, lambda: isinstance(again.screen, AskTextScreen))
        await until_shown(pilot, TAKEN_UP)
        assert again.screen.query_one(LineInput).value == "買い物の足が心配"
        await pilot.press(*"だ", "enter")
        await at_rest(pilot)
        assert [draft.plain["text"] for draft in workspace.drafts.all()] == ["買い物の足が心配だ"]
    meeting = Meeting.model_validate({"title": "第1回", "opinions": [{"id": "a1", "text": "買い物の足が心配だ"}]})
    record(workspace, {MEETING: meeting})
    assert workspace.drafts.all() == ()


async def test_a_question_that_is_left_leaves_no_draft(workspace: Workspace, app: KyojuApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        app.push_screen(AskTextScreen("理由"))
        await until(pilot, lambda: isinstance(app.screen, AskTextScreen))
        await pilot.press(*"やはりやめる")
        await until(pilot, workspace.drafts.all)
        await pilot.press("escape")
        await at_rest(pilot)
        assert workspace.drafts.all() == ()
        assert isinstance(app.screen, KyojuScreen) and app.screen.keepings == []


async def test_a_meeting_keeps_its_line_and_the_form_of_an_action_apart(workspace: Workspace, app: KyojuApp) -> None:
    record(workspace, {MEETING: Meeting(title="第1回", held_on=TODAY)})
    async with app.run_test(size=(100, 30)) as pilot:
        await at_rest(pilot)
        screen = MeetingModeScreen(MEETING)
        await app.push_screen(screen)
        await at_rest(pilot)
        await screen.run_action("decision")
        await pilot.press(*"決めたこと")
        await screen.run_action("action")
        await until(pilot, lambda: isinstance(app.screen, RowScreen))
        await at_rest(pilot)
        await pilot.press(*"することの案")
        keep_drafts(app)
        drafts = str([draft.plain for draft in workspace.drafts.all()])
        assert "決めたこと" in drafts and "することの案" in drafts


@pytest.mark.parametrize("junk", ["半分\ud83d", "a\x00b\x1b[31m", "\u202e逆\u200b", "が\u3099" * 50], ids=ascii)
async def test_junk_that_is_typed_is_kept_or_cleaned(workspace: Workspace, app: KyojuApp, junk: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        app.open_record(ENTRY, "outline")
        await at_rest(pilot)
        assert isinstance(app.screen, EditScreen)
        editor = row(app.screen, "outline").editor_widget
        assert isinstance(editor, TextArea)
        editor.text = f"前{junk}後"
        await until(pilot, workspace.drafts.all)
        (draft,) = workspace.drafts.all()
        assert str(draft.plain["outline"]).startswith("前") and str(draft.plain["outline"]).endswith("後")
        await pilot.press("ctrl+s")
        await at_rest(pilot)
    for waiting in drafts_waiting(workspace):
        assert waiting.lines


async def test_a_record_broken_by_hand_while_its_form_is_open(workspace: Workspace, app: KyojuApp, store: Path) -> None:
    path = store / ENTRY.path
    sound = path.read_bytes()
    async with app.run_test(size=(100, 30)) as pilot:
        await at_rest(pilot)
        app.open_record(ENTRY, "outline")
        await at_rest(pilot)
        await pilot.press(*"打った文")
        path.write_bytes(b"title = \n")
        await until_shown(pilot, "読み取れなくなりました")
        assert "入力した内容は残っています" in screen_text(app) and "打った文" in screen_text(app)
        await pilot.press("ctrl+s")
        await until_shown(pilot, "未記録")
        await at_rest(pilot)
        assert "打った文" in screen_text(app) and "点検" in screen_text(app)
        assert path.read_bytes() == b"title = \n"
        assert any("打った文" in str(draft.plain) for draft in workspace.drafts.all())
        path.write_bytes(sound)
        await until(pilot, lambda: ENTRY in workspace.snapshot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "打った文" in (workspace.snapshot.entries[ENTRY].outline or ""))
        await at_rest(pilot)
    assert workspace.drafts.all() == ()


async def test_a_draft_that_cannot_be_written_is_told_and_tried_again(
    workspace: Workspace, app: KyojuApp, store: Path, home: Path
) -> None:
    blocked = [store / ".git/kyoju", home / ".local"]
    for path in blocked:
        if path.exists():
            path.rename(path.with_suffix(".before"))
        path.write_text("ここには書けない")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await at_rest(pilot)
        app.open_record(ENTRY, "outline")
        await at_rest(pilot)
        await pilot.press(*"消えない文")
        await until_shown(pilot, "下書きを保存できませんでした")
        for path in blocked:
            path.unlink()
        await until(pilot, lambda: any("消えない文" in str(draft.plain) for draft in workspace.drafts.all()))


async def test_a_draft_that_is_gone_on_with_takes_the_place_of_the_old_one(workspace: Workspace, app: KyojuApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        kept(workspace)
        (waiting,) = drafts_waiting(workspace)
        assert await go_on(app, waiting)
        await until(pilot, lambda: waiting.draft.file not in [draft.file for draft in workspace.drafts.all()])
        assert len(workspace.drafts.all()) == 1
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("right", "enter")
        await at_rest(pilot)
    assert workspace.drafts.all() == ()
