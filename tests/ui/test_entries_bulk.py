"""取組・課題: several chosen and changed at once; the cursor follows what was made or moved."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.entries import EntriesScreen
from kyoju_tui.ui.widgets.record_table import RecordTable
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, keys_of, last_message, opened, until, until_shown
from tests.ui.screen_text import screen_text


def key_here(app: KyojuApp) -> str:
    return app.screen.query_one(RecordTable).row_key


async def test_several_are_changed_in_one_save(app: KyojuApp, workspace: Workspace, store: Path) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "entries", limits=["種別:取組", "部署:korei"])
        chosen = [Ref(row.key.value or "") for row in app.screen.query_one(RecordTable).ordered_rows][:2]
        await pilot.press("space", "ideographic_space")
        await at_rest(pilot)
        assert "選択2件" in screen_text(app)
        await pilot.press("ctrl+g")
        await until_shown(pilot, "2件について変える項目")
        await pilot.press("enter")
        await until_shown(pilot, "検討中")
        await pilot.press(*keys_of("検討中"), "enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        assert "状況: 取組中 → 検討中" in screen_text(app)
        await pilot.press("left", "enter")
        await until(pilot, lambda: {workspace.snapshot.entries[ref].status for ref in chosen} == {"検討中"})
        await until(pilot, lambda: "選択" not in screen_text(app).split("\n")[0])
    assert last_message(store).startswith("取組・課題2件の状況を変更\n")


async def test_where_one_cannot_follow_nothing_is_recorded(app: KyojuApp, store: Path) -> None:
    before = last_message(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "entries", limits=["部署:korei"])
        await pilot.press("ctrl+a", "ctrl+g")
        await until_shown(pilot, "変える項目")
        await pilot.press("enter")
        await until_shown(pilot, "検討中")
        await pilot.press(*keys_of("検討中"), "enter")
        await until_shown(pilot, "何も変えていません")
        assert "状況を付けられるのは取組だけです" in screen_text(app)
        await pilot.press("escape")
        await at_rest(pilot)
        assert isinstance(app.screen, EntriesScreen) and "選択5件" in screen_text(app)
        await pilot.press("ctrl+a")
        await at_rest(pilot)
        assert "選択" not in screen_text(app).split("\n")[0]
    assert last_message(store) == before


async def test_the_cursor_follows_what_is_copied_and_moved(app: KyojuApp, workspace: Workspace) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "entries")
        known = set(workspace.snapshot.entries)
        await pilot.press("ctrl+d")
        await at_rest(pilot)
        await pilot.press("ctrl+s")
        await until(
            pilot, lambda: isinstance(app.screen, EntriesScreen) and len(workspace.snapshot.entries) > len(known)
        )
        (made,) = set(workspace.snapshot.entries) - known
        await until(pilot, lambda: key_here(app) == made)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: isinstance(app.screen, Picker))
        await pilot.press(*"kankyo", "enter")
        await until(pilot, lambda: key_here(app) == f"entries/kankyo/{made.id}")


async def test_my_departments_unconfirmed_come_first(app: KyojuApp, workspace: Workspace) -> None:
    ref = next(ref for ref in workspace.snapshot.entries if ref.department == "kankyo")
    workspace.save(ref, workspace.snapshot.entries[ref].but(confirmed="課長確認済")).result()
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "entries")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, Picker))
        await pilot.press(*"kankyo", "enter")
        await until_shown(pilot, "絞り込み：環境課")
        await pilot.press("ctrl+u")
        await until_shown(pilot, "絞り込み：環境課・未確認")
        assert ref not in [row.key.value for row in app.screen.query_one(RecordTable).ordered_rows]
        await opened(pilot, app, "entries")
        first = Ref(key_here(app))
        assert first.department == "kankyo" and first != ref
