"""Editing by hand: what is typed becomes one commit, what is wrong is said in place, nothing typed is lost."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from textual.pilot import Pilot

from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import KINDS
from kyoju_tui.records.meeting import Meeting, Opinion
from kyoju_tui.records.plain import to_plain
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.forms.editors.line import LineEditor
from kyoju_tui.ui.forms.editors.parts import PartsEditor
from kyoju_tui.ui.forms.field_row import FieldRow
from kyoju_tui.ui.forms.row_screen import RowScreen
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.screens.clash import ClashScreen
from kyoju_tui.ui.screens.edit import EditScreen
from kyoju_tui.ui.screens.edit_drafts import drafts_waiting, from_draft
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.conftest import SIZES, TODAY, MakeApp
from tests.ui.screen_text import english_words, screen_text
from tests.ui.small_store import AUTHOR

# Whole tasks at the keyboard: a command of their own.
pytestmark = pytest.mark.walk


SAMPLE = Path(__file__).parents[2] / "store"
OTHER = "佐藤 次郎 <jiro@city.example.jp>"
ENTRY = Ref("entries/korei/20261101-00003")

# The kinds that staff edit most.
DAILY = ("entry", "meeting", "area", "department", "category")


def commits(root: Path) -> list[str]:
    """The first lines of the messages, newest first."""
    out = subprocess.run(["git", "log", "--format=%s"], cwd=root, check=True, capture_output=True, text=True)
    return out.stdout.splitlines()


async def until(pilot: Pilot[None], holds: Callable[[], object]) -> None:
    """Let the app run until something holds; fails after 20 seconds."""
    for _ in range(400):
        await pilot.pause(0.05)
        if holds():
            return
    raise AssertionError(f"never came to hold; the screen shows\n{screen_text(pilot.app)}")


async def opened(pilot: Pilot[None], screen: EditScreen) -> EditScreen:
    """The screen, open and at rest."""
    await pilot.pause()
    await pilot.app.push_screen(screen)
    await pilot.pause()
    return screen


def row(screen: EditScreen | RowScreen, *path: str) -> FieldRow:
    """The row of a field."""
    return next(found for found in screen.query(FieldRow) if found.path == path)


def said(screen: EditScreen | RowScreen, *path: str) -> str:
    """What is said under a field."""
    return "\n".join(f"{item.tone}: {item.text}" for item in row(screen, *path).remark.said)


async def typed(pilot: Pilot[None], screen: EditScreen | RowScreen, name: str, text: str) -> None:
    """Type a text into the line of a field, key by key, in place of what stands there."""
    editor = row(screen, name).editor_widget
    assert isinstance(editor, LineEditor)
    editor.focus()
    editor.value = ""
    await pilot.press(*(key_of(character) for character in text))
    await pilot.pause()


def key_of(character: str) -> str:
    """The name of the key that sends a character."""
    if character.isalnum():
        return character
    name = unicodedata.name(character).lower().replace(" ", "_").replace("-", "_")
    return {"hyphen_minus": "minus", "solidus": "slash", "commercial_at": "at"}.get(name, name)


@pytest.fixture
def sample(tmp_path: Path) -> Workspace:
    """The sample store in a repository of its own."""
    root = shutil.copytree(SAMPLE, tmp_path / "sample")
    for arguments in (["init", "-q", "-b", "main"], ["add", "-A"]):
        subprocess.run(["git", *arguments], cwd=root, check=True)
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.jp"]
    subprocess.run(["git", *identity, "commit", "-q", "-m", "sample"], cwd=root, check=True)
    return Workspace.open(root, author=AUTHOR, environ={})


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=() if kind in DAILY else pytest.mark.heavy) for kind in KINDS]
)
async def test_every_kind_opens_and_saves_unchanged_without_a_commit(
    kind: str, sample: Workspace, make_app: MakeApp
) -> None:
    before = commits(sample.root)
    refs = list(sample.snapshot.all(KINDS[kind].model))[:3]
    assert refs, f"the sample has no {kind}"
    app = make_app(sample)
    async with app.run_test(size=(100, 30)) as pilot:
        for ref in refs:
            screen = await opened(pilot, EditScreen(ref, kind))
            assert not screen.holds_changes
            await pilot.press("ctrl+s")
            await until(pilot, lambda screen=screen: screen not in app.screen_stack)
    assert commits(sample.root) == before
    subprocess.run(["git", "diff", "--exit-code"], cwd=sample.root, check=True)
    sample.close()


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_new_record_of_every_kind_can_be_begun_without_english(size: tuple[int, int], app: KyojuApp) -> None:
    async with app.run_test(size=size) as pilot:
        # A point is settled on a screen of its own; the keys of its rules are for programs.
        for kind in KINDS.keys() - {"finding"}:
            screen = await opened(pilot, EditScreen(None, kind))
            assert screen.title_ja in screen_text(app)
            assert not screen.holds_changes
            assert english_words(screen_text(app)) == [], kind
            await screen.form.open_folded()
            await pilot.press("end")
            await pilot.pause()
            assert english_words(screen_text(app)) == [], kind
            app.pop_screen()


@pytest.mark.parametrize("size", SIZES)
async def test_an_entry_is_made_on_one_screen_and_is_one_commit(
    size: tuple[int, int], workspace: Workspace, app: KyojuApp
) -> None:
    before = len(commits(workspace.root))
    async with app.run_test(size=size) as pilot:
        screen = await opened(pilot, EditScreen(None, "entry"))
        text = screen_text(app)
        for label in ("部署 必須", "件名 必須", "種別 必須", "状況", "カテゴリー 必須", "くわしい項目"):
            assert label in text
        await pilot.press("enter", *"kourei", "enter")
        await pilot.pause()
        await pilot.press("tab", *"見守り訪問", "enter")
        await pilot.press("right", "tab", "right", "right", "right", "tab", "ideographic_space")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: screen not in app.screen_stack)
    made = [entry for entry in workspace.snapshot.entries.values() if entry.title == "見守り訪問"]
    assert len(made) == 1
    assert (made[0].kind, made[0].status, len(made[0].categories)) == ("取組", "取組中", 1)
    assert len(commits(workspace.root)) == before + 1
    assert "見守り訪問" in commits(workspace.root)[0]
    assert not workspace.drafts.all()


async def test_a_cell_of_the_matrix_fills_department_category_kind_and_status(
    workspace: Workspace, app: KyojuApp
) -> None:
    preset: Mapping[str, object] = {"kind": "取組", "status": "取組中", "categories": ["kosodate"]}
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, EditScreen(None, "entry", department="shoko", preset=preset))
        assert not screen.holds_changes
        assert "商工課" in screen_text(app)
        await pilot.press(*"親子商店街", "ctrl+s")
        await until(pilot, lambda: screen not in app.screen_stack)
    ref = next(ref for ref, entry in workspace.snapshot.entries.items() if entry.title == "親子商店街")
    assert ref.department == "shoko"
    assert to_plain(workspace.snapshot.records[ref])["categories"] == ["kosodate"]


async def test_what_is_wrong_is_said_under_the_field_while_typing(app: KyojuApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, EditScreen(ENTRY, "entry"))
        await typed(pilot, screen, "as_of", "R8.13.45")
        assert "fault: " in said(screen, "as_of")
        await typed(pilot, screen, "as_of", "Ｒ８年１１月２３日")
        assert "令和8年11月23日(月)" in said(screen, "as_of")
        assert "fault: " not in said(screen, "as_of")
        await typed(pilot, screen, "as_of", "平成32年1月1日")
        assert "令和2年" in said(screen, "as_of")


async def test_saving_goes_to_the_first_faulty_field_and_writes_nothing(workspace: Workspace, app: KyojuApp) -> None:
    before = commits(workspace.root)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, EditScreen(ENTRY, "entry"))
        await typed(pilot, screen, "title", "")
        row(screen, "as_of").editor_widget.focus()
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert screen.focused is row(screen, "title").editor_widget
        assert "必須" in said(screen, "title")
        assert screen in app.screen_stack
    assert commits(workspace.root) == before


async def test_a_rule_between_fields_is_said_under_the_field_it_names(app: KyojuApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, EditScreen(ENTRY, "entry"))
        kind = row(screen, "kind").editor
        kind.put("取組")
        row(screen, "status").editor.put(None)
        row(screen, "kind").editor_widget.focus()
        await pilot.press("home")
        await pilot.pause()
        assert "状況" in said(screen, "status")


async def test_common_is_for_data_and_needed_initiatives_only(workspace: Workspace, app: KyojuApp) -> None:
    preset: Mapping[str, object] = {"title": "移動の支援", "kind": "取組", "status": "取組中", "categories": ["sumai"]}
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, EditScreen(None, "entry", department="common", preset=preset))
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "共通" in said(screen, "@department")
        row(screen, "status").editor.put("必要")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: screen not in app.screen_stack)
    assert any(ref.department == "common" for ref in workspace.snapshot.entries)


async def test_the_id_of_a_department_follows_its_reading(workspace: Workspace, app: KyojuApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, EditScreen(None, "department"))
        await typed(pilot, screen, "name", "健康推進課")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "よみをひらがなで" in said(screen, "reading"))
        assert app.focused is row(screen, "reading").editor_widget
        await typed(pilot, screen, "reading", "けんこう")
        assert row(screen, "@id").editor.written() == "kenko"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: screen not in app.screen_stack)
    assert "kenko" in workspace.snapshot.departments


async def test_leaving_with_changes_asks(workspace: Workspace, app: KyojuApp) -> None:
    before = commits(workspace.root)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, EditScreen(ENTRY, "entry"))
        await typed(pilot, screen, "title", "書きかけ")
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, ChooseScreen)
        assert "破棄する" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is screen
        assert row(screen, "title").editor.written() == "書きかけ"
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("right", "enter")
        await until(pilot, lambda: screen not in app.screen_stack)
        await pilot.pause()
        # Only the form was left: going back once more from here would say that this is the first screen.
        assert "最初の画面" not in screen_text(app)
    assert commits(workspace.root) == before
    assert not workspace.drafts.all()


async def test_leaving_without_changes_does_not_ask(app: KyojuApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, EditScreen(ENTRY, "entry"))
        await pilot.press("escape")
        await pilot.pause()
        assert screen not in app.screen_stack


async def test_the_draft_of_a_broken_session_comes_back(workspace: Workspace, make_app: MakeApp) -> None:
    app = make_app(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, EditScreen(None, "entry", department="korei"))
        await typed(pilot, screen, "title", "消えてはいけない文")
        await typed(pilot, screen, "as_of", "R8.13.45")
        await until(pilot, workspace.drafts.all)
        await typed(pilot, screen, "as_of", "R8.99")
        screen.keep_draft()
        # The line drops here: the app ends without a word.
    waiting = drafts_waiting(workspace)
    assert [item.title for item in waiting] == ["新しい取組・課題「消えてはいけない文」"]
    assert any("消えてはいけない文" in line for line in waiting[0].lines)
    again = make_app(workspace)
    async with again.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, from_draft(waiting[0].draft, workspace.snapshot))
        assert row(screen, "title").editor.written() == "消えてはいけない文"
        assert row(screen, "as_of").editor.written() == "R8.99"
        assert screen.holds_changes
        assert "高齢福祉課" in screen_text(again)


async def test_a_record_with_a_draft_offers_it(workspace: Workspace, make_app: MakeApp) -> None:
    app = make_app(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, EditScreen(ENTRY, "entry"))
        await typed(pilot, screen, "title", "途中の件名")
        screen.keep_draft()
    again = make_app(workspace)
    async with again.run_test(size=(80, 24)) as pilot:
        await opened(pilot, EditScreen(ENTRY, "entry"))
        await until(pilot, lambda: isinstance(again.screen, ChooseScreen))
        assert "途中の件名" in screen_text(again)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(again.screen, EditScreen) and again.screen.holds_changes)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: workspace.snapshot.title(ENTRY) == "途中の件名")
    assert not workspace.drafts.all()


async def test_a_meeting_whose_rows_are_added_removed_and_moved(workspace: Workspace, app: KyojuApp) -> None:
    opinions = tuple(Opinion(id=f"aaa0{number}", text=f"意見{number}") for number in range(3))
    saved = workspace.create("meeting", Meeting(title="第1回", opinions=opinions), today=TODAY).result(timeout=60)
    ref = saved.refs[0]
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, EditScreen(ref, "meeting"))
        parts = row(screen, "opinions").editor_widget
        assert isinstance(parts, PartsEditor)
        parts.focus()
        await pilot.press("down", "delete")
        assert "意見1" not in screen_text(app)
        await pilot.press("ctrl+z")
        assert "意見1" in screen_text(app)
        await pilot.press("delete", "ctrl+down")
        await pilot.pause()
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, RowScreen))
        inner = app.screen
        assert isinstance(inner, RowScreen)
        row(inner, "text").editor_widget.focus()
        await pilot.press(*"新しい意見", "ctrl+s")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: screen not in app.screen_stack)
    meeting = workspace.snapshot.expect(ref, Meeting)
    assert [opinion.text for opinion in meeting.opinions] == ["意見0", "意見2", "新しい意見"]
    assert meeting.opinions[0].id == "aaa00"
    assert meeting.opinions[2].id not in (None, "aaa00", "aaa01", "aaa02")


async def test_somebody_elses_save_is_said_at_once_and_merged(workspace: Workspace, app: KyojuApp) -> None:
    other = Workspace.open(workspace.root, author=OTHER, environ={})
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, EditScreen(ENTRY, "entry"))
        await typed(pilot, screen, "title", "自分の件名")
        theirs = other.snapshot.expect(ENTRY, Entry).but(outline="相手の概要")
        other.save(ENTRY, theirs).result(timeout=60)
        workspace.refresh()
        await until(pilot, lambda: "さんが 概要 を変えました。" in screen_text(app))
        assert "相手の概要" in screen_text(app)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: screen not in app.screen_stack)
    other.close()
    entry = workspace.snapshot.expect(ENTRY, Entry)
    assert (entry.title, entry.outline) == ("自分の件名", "相手の概要")


@pytest.mark.parametrize(("keys", "title"), [(("f3",), "自分の件名"), (("f4",), "相手の件名")])
async def test_a_clash_is_settled_field_by_field(
    keys: tuple[str, ...], title: str, workspace: Workspace, app: KyojuApp
) -> None:
    other = Workspace.open(workspace.root, author=OTHER, environ={})
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, EditScreen(ENTRY, "entry"))
        await typed(pilot, screen, "title", "自分の件名")
        await typed(pilot, screen, "as_of", "R8.11.1")
        theirs = other.snapshot.expect(ENTRY, Entry).but(title="相手の件名", outline="相手の概要")
        other.save(ENTRY, theirs).result(timeout=60)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ClashScreen))
        text = screen_text(app)
        assert "元の記録" in text
        assert "自分の件名" in text
        assert "相手の件名" in text
        await pilot.press("escape")
        await pilot.pause()
        assert row(screen, "title").editor.written() == "自分の件名"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ClashScreen))
        await pilot.press(*keys, "ctrl+s")
        await until(pilot, lambda: screen not in app.screen_stack)
    other.close()
    entry = workspace.snapshot.expect(ENTRY, Entry)
    assert (entry.title, entry.outline, entry.as_of is not None) == (title, "相手の概要", True)
    assert not workspace.drafts.all()


async def test_an_untouched_form_follows_the_record(workspace: Workspace, app: KyojuApp) -> None:
    other = Workspace.open(workspace.root, author=OTHER, environ={})
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, EditScreen(ENTRY, "entry"))
        other.save(ENTRY, other.snapshot.expect(ENTRY, Entry).but(title="相手の件名")).result(timeout=60)
        workspace.refresh()
        await until(pilot, lambda: row(screen, "title").editor.written() == "相手の件名")
        assert not screen.holds_changes
    other.close()


async def test_names_and_numbers_are_warned_of_and_saved(workspace: Workspace, app: KyojuApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, EditScreen(ENTRY, "entry"))
        await typed(pilot, screen, "title", "本町の会長との相談")
        assert "caution: " in said(screen, "title")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: screen not in app.screen_stack)
    assert workspace.snapshot.title(ENTRY) == "本町の会長との相談"


async def test_a_save_by_nobody_keeps_the_text(store: Path, make_app: MakeApp) -> None:
    nobody = Workspace.open(store, environ={})
    app = make_app(nobody)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, EditScreen(ENTRY, "entry"))
        await typed(pilot, screen, "title", "だれの文か")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is not screen)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        assert row(screen, "title").editor.written() == "だれの文か"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is not screen)
        await pilot.press(
            *"a", "space", "less_than_sign", "a", "at", *"example", "full_stop", *"jp", "greater_than_sign"
        )
        await pilot.press("enter")
        await until(pilot, lambda: screen not in app.screen_stack)
    assert nobody.snapshot.title(ENTRY) == "だれの文か"
    nobody.close()


async def test_a_file_that_cannot_be_read_is_said_and_left_alone(workspace: Workspace, make_app: MakeApp) -> None:
    path = workspace.root / ENTRY.path
    path.write_bytes(b"title = ")
    broken = Workspace.open(workspace.root, author=AUTHOR, environ={})
    app = make_app(broken)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, EditScreen(ENTRY, "entry"))
        assert "読み取れない" in screen_text(app)
        await pilot.press("ctrl+s")
        await pilot.press("escape")
        await until(pilot, lambda: screen not in app.screen_stack)
    broken.close()
    assert path.read_bytes() == b"title = "


async def test_a_draft_of_what_was_put_back_is_forgotten(workspace: Workspace, app: KyojuApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, EditScreen(ENTRY, "entry"))
        before = row(screen, "title").editor.written()
        await typed(pilot, screen, "title", "書きかけ")
        await until(pilot, workspace.drafts.all)
        row(screen, "title").editor.put(before)
        await until(pilot, lambda: not workspace.drafts.all())
        await pilot.press("escape")
        await until(pilot, lambda: screen not in app.screen_stack)


async def test_the_draft_holds_what_is_typed_in_an_open_row(workspace: Workspace, make_app: MakeApp) -> None:
    saved = workspace.create("meeting", Meeting(title="第1回"), today=TODAY).result(timeout=60)
    app = make_app(workspace)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, EditScreen(saved.refs[0], "meeting"))
        await screen.form.open_folded()
        row(screen, "actions").editor_widget.focus()
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, RowScreen))
        inner = app.screen
        assert isinstance(inner, RowScreen)
        row(inner, "text").editor_widget.focus()
        await pilot.press(*"鍵の案")
        await typed(pilot, inner, "due_on", "R8.13")
        await until(pilot, lambda: "R8.13" in str([draft.plain for draft in workspace.drafts.all()]))
        # The line drops here.
    draft = workspace.drafts.all()[0]
    again = make_app(workspace)
    async with again.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, from_draft(draft, workspace.snapshot))
        assert "鍵の案" in screen_text(again)
        assert "期日" in said(screen, "actions")
