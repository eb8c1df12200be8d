"""取組・課題: found while typing, limited, copied, moved, deleted only after asking."""

from __future__ import annotations

from pathlib import Path

import pytest

from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.edit import EditScreen
from kyoju_tui.ui.screens.entries import EntriesScreen
from kyoju_tui.ui.widgets.record_table import RecordTable
from kyoju_tui.workspace.new_store.start import init_store
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, keys_of, last_message, opened, record, same_screen, until, until_shown
from tests.ui.conftest import SIZES, MakeApp
from tests.ui.screen_text import screen_text
from tests.ui.small_store import AUTHOR

# Whole tasks at the keyboard: a command of their own.
pytestmark = pytest.mark.walk


def listed(app: KyojuApp) -> list[str]:
    """The REFs in the list."""
    return [row.key.value or "" for row in app.screen.query_one(RecordTable).ordered_rows]


def titled(workspace: Workspace, title: str) -> Ref:
    """The entry of this title."""
    return next(ref for ref, entry in workspace.snapshot.entries.items() if entry.title == title)


@pytest.mark.parametrize("size", SIZES)
async def test_all_entries_in_the_order_of_departments(app: KyojuApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(pilot, app, "entries")
        assert len(listed(app)) == 26 and listed(app)[0].startswith("entries/jutaku/")
        same_screen(app, f"entries-{size[0]}x{size[1]}")


async def test_found_by_kanji_kana_and_romaji_while_typing(app: KyojuApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "entries")
        await pilot.press("f3", *"kankyo")
        await at_rest(pilot)
        assert listed(app) and all(ref.startswith("entries/kankyo/") for ref in listed(app))
        await pilot.press("escape", "f3", *keys_of("しょうてんがい 課題"))
        await at_rest(pilot)
        assert [ref.split("/")[1] for ref in listed(app)] == ["shoko"]
        await pilot.press(*"zzz")
        await until_shown(pilot, "見つかりません")
        await pilot.press("escape")
        await at_rest(pilot)
        assert len(listed(app)) == 26
        await pilot.press("f3", *keys_of("住まい"), "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))


async def test_limited_by_kind_status_department_and_category(app: KyojuApp, workspace: Workspace) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "entries")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, Picker))
        await pilot.press(*keys_of("課題"), "space")
        await pilot.press(*["backspace"] * 2, *"sumai", "space", "enter")
        await until(pilot, lambda: isinstance(app.screen, EntriesScreen))
        await at_rest(pilot)
        found = [workspace.snapshot.entries[Ref(ref)] for ref in listed(app)]
        assert len(found) == 5
        assert all(entry.kind == "課題" and "sumai" in entry.categories for entry in found)
        assert "絞り込み：課題・住まい" in screen_text(app)


async def test_delete_asks_and_no_keeps_it(app: KyojuApp, workspace: Workspace, store: Path) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "entries")
        here = app.screen.query_one(RecordTable).row_key
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        assert "を削除しますか" in screen_text(app)
        await pilot.press("enter")
        await at_rest(pilot)
        assert here in listed(app)
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("left", "enter")
        await until(pilot, lambda: here not in listed(app))
        assert Ref(here) not in workspace.snapshot
    assert "を削除" in last_message(store).splitlines()[0]


async def test_what_others_name_is_asked_about_twice(app: KyojuApp, workspace: Workspace) -> None:
    issue = titled(workspace, "住まいの課題（住宅課）")
    answer = titled(workspace, "住まいの取組（環境課）")
    record(workspace, {answer: workspace.snapshot.entries[answer].but(addresses=[issue.id])})
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "entries")
        app.screen.query_one(RecordTable).move_to(issue)
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("left", "enter")
        await until_shown(pilot, "次の1件の記録から参照されています")
        assert "・住まいの取組（環境課）" in screen_text(app)
        await pilot.press("enter")
        await at_rest(pilot)
        assert issue in workspace.snapshot
        await pilot.press("delete", "left", "enter")
        await until_shown(pilot, "次の1件の記録から参照されています")
        await pilot.press("left", "enter")
        await until(pilot, lambda: issue not in workspace.snapshot)


async def test_a_copy_is_a_new_entry_and_the_old_one_stays(app: KyojuApp, workspace: Workspace) -> None:
    ref = titled(workspace, "住まいの取組（環境課）")
    record(workspace, {ref: workspace.snapshot.entries[ref].but(outline="古い家の片付け", confirmed="課長確認済")})
    before = workspace.snapshot.entries[ref]
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "entries")
        app.screen.query_one(RecordTable).move_to(ref)
        await pilot.press("ctrl+d")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await at_rest(pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, EntriesScreen))
        await until(pilot, lambda: len(listed(app)) == 27)
    same = [each for each, entry in workspace.snapshot.entries.items() if entry.title == before.title]
    assert len(same) == 2 and workspace.snapshot.entries[ref] == before
    copy = workspace.snapshot.entries[next(each for each in same if each != ref)]
    assert (copy.outline, copy.confirmed) == ("古い家の片付け", None)


async def test_moved_to_another_department(app: KyojuApp, workspace: Workspace) -> None:
    ref = titled(workspace, "住まいの取組（環境課）")
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "entries")
        app.screen.query_one(RecordTable).move_to(ref)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: isinstance(app.screen, Picker))
        await pilot.press(*"jutaku", "enter")
        await until(pilot, lambda: f"entries/jutaku/{ref.id}" in listed(app))
        assert ref not in workspace.snapshot


@pytest.mark.heavy
async def test_a_thousand_entries_do_not_keep_the_keys_waiting(app: KyojuApp, workspace: Workspace) -> None:
    many = {
        f"entries/jutaku/20261102-{number:05d}": {"title": f"取組その{number}", "kind": "課題", "categories": ["sumai"]}
        for number in range(1000)
    }
    record(workspace, many)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "entries")
        assert "1026件（はじめの500件を表示。検索で絞り込めます）" in screen_text(app)
        await pilot.press("f3", *keys_of("その999"))
        await at_rest(pilot)
        assert listed(app) == ["entries/jutaku/20261102-00999"]


async def test_an_empty_list_says_how_to_begin(tmp_path: Path, make_app: MakeApp) -> None:
    root = init_store(tmp_path / "empty", "さくら市", "handbook-5", author=AUTHOR, environ={})
    workspace = Workspace.open(root, author=AUTHOR, environ={})
    app = make_app(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, "entries")
        assert "F4 で最初の1件を記録します" in screen_text(app)
        await pilot.press("enter", "f2", "delete", "ctrl+d", "ctrl+r")
        await at_rest(pilot)
        assert isinstance(app.screen, EntriesScreen)
    workspace.close()
