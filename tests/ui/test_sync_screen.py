"""送受信 with a real bare repository: what waits, one key, conflicts, trouble, and work that goes on meanwhile."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.screens.clash import ClashScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.edit import EditScreen
from kyoju_tui.ui.screens.matrix import MatrixScreen
from kyoju_tui.ui.screens.sync import SyncScreen
from kyoju_tui.ui.widgets.line_input import LineInput
from kyoju_tui.ui.widgets.wide_table import WideTable
from kyoju_tui.workspace.saving.lock import store_lock
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import COLLEAGUE, colleague_sets, opened, record, until, until_shown
from tests.ui.conftest import MakeApp
from tests.ui.screen_text import english_words, screen_text
from tests.ui.small_store import AUTHOR

# Whole tasks at the keyboard: a command of their own.
pytestmark = pytest.mark.walk

REF = "entries/jutaku/20261101-00001"
TITLE = "高齢者の課題（住宅課）"


def git(folder: Path, *arguments: str) -> str:
    """Stock git, as an administrator runs it."""
    command = ["git", "-c", "safe.directory=*", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


@pytest.fixture
def remote(store: Path, tmp_path: Path) -> Path:
    """A bare repository that has what the store has, and is its remote."""
    bare = tmp_path / "remote.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(store), str(bare))
    git(store, "remote", "add", "origin", str(bare))
    git(store, "fetch", "--quiet", "origin")
    return bare


@pytest.fixture
def elsewhere(remote: Path, tmp_path: Path) -> Path:
    """A colleague's clone."""
    clone = tmp_path / "elsewhere"
    git(tmp_path, "clone", "--quiet", str(remote), str(clone))
    return clone


def sets_elsewhere(clone: Path, *assignments: str, ref: str = REF) -> None:
    """The colleague records in the clone, and sends it."""
    colleague_sets(clone, ref, *assignments)
    git(clone, "push", "--quiet")


def sets_here(workspace: Workspace, **fields: object) -> None:
    """Something is recorded in this store."""
    record(workspace, {REF: workspace.snapshot.records[Ref(REF)].but(**fields)})


def heads(*repositories: Path) -> set[str]:
    """The commits that their main branches stand on."""
    return {git(repository, "rev-parse", "main").strip() for repository in repositories}


async def exchanged(pilot: Pilot[None], app: KyojuApp) -> None:
    """Send and receive, and wait for the end."""
    await pilot.press("ctrl+r")
    await until(pilot, lambda: not app.sending.running)
    await pilot.pause()


async def test_without_a_partner_it_says_what_it_is_for(app: KyojuApp, store: Path, tmp_path: Path) -> None:
    bare = tmp_path / "new.git"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(bare))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, "sync")
        await until_shown(pilot, "F2 で送り先を決めます")
        assert english_words(screen_text(app)) == []
        assert "送信待ち" not in app.store_line
        # Nothing can be sent to nobody.
        await pilot.press("ctrl+r")
        assert not app.sending.running

        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, AskScreen))
        for hostile in ("ext::sh -c touch% /tmp/x", "-oProxyCommand=x", "https://u:secret@example.jp/x.git"):
            app.screen.query_one(LineInput).value = hostile
            await pilot.press("enter")
            await until_shown(pilot, "何も変えていません")
        assert "remote.origin" not in git(store, "config", "--local", "--list")
        app.screen.query_one(LineInput).value = str(bare)
        await pilot.press("enter")
        await until_shown(pilot, "送っていない記録が2件あります")
        assert "送信待ち 2" in app.store_line
        # Setting it sent nothing.
        assert git(bare, "for-each-ref") == ""

        await exchanged(pilot, app)
        await until_shown(pilot, "送受信が終わりました（受信 0件・送信 2件）")
        assert len(heads(store, bare)) == 1

        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("left", "enter")
        await until_shown(pilot, "F2 で送り先を決めます")
        assert "送信待ち" not in app.store_line
        assert len(heads(store, bare)) == 1


async def test_what_is_not_sent_is_seen_first(
    app: KyojuApp, workspace: Workspace, elsewhere: Path, remote: Path
) -> None:
    sets_elsewhere(elsewhere, "note=あちらで")
    sets_here(workspace, summary="送迎の足りないところ")
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "sync")
        await until_shown(pilot, "送っていない記録が1件あります")
        text = screen_text(app)
        assert "山田 花子" in text and f"課題「{TITLE}」を更新" in text
        assert "受信待ちの件数は、まだ確かめていません" in text
        assert "remote.git" in text
        assert english_words(text) == []

        await pilot.press("f5")
        await until_shown(pilot, "受信待ちは1件です")
        assert "送信待ち 1・受信待ち 1" in app.store_line
        assert len(heads(workspace.root, remote, elsewhere)) == 2

        await exchanged(pilot, app)
        await until_shown(pilot, "合わせた記録 1件")
        assert "受信 1件" in screen_text(app)
        assert "送信待ち 0" in app.store_line
        entry = workspace.snapshot.records[Ref(REF)]
        assert isinstance(entry, Entry)
        assert (entry.note, entry.summary) == ("あちらで", "送迎の足りないところ")
        assert len(heads(workspace.root, remote)) == 1

        # What was merged is listed, and opens; the list has the keys.
        assert isinstance(app.focused, WideTable)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))


async def test_a_save_counts_at_once(app: KyojuApp, workspace: Workspace, remote: Path) -> None:
    assert remote.exists()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "送信待ち 0" in app.store_line)
        app.save(lambda: workspace.delete(REF))
        await until(pilot, lambda: "送信待ち 1" in app.store_line)


async def test_a_conflict_is_settled_here_and_kept_over_a_restart(
    store: Path, make_app: MakeApp, elsewhere: Path, remote: Path
) -> None:
    sets_elsewhere(elsewhere, "title=あちらの題", "note=あちら")
    workspace = Workspace.open(store, author=AUTHOR, environ={})
    sets_here(workspace, title="こちらの題")
    before = git(store, "rev-parse", "HEAD")
    app = make_app(workspace)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "sync")
        await until_shown(pilot, "送っていない記録が1件あります")
        await exchanged(pilot, app)
        await until_shown(pilot, "食い違いが1件あります")
        assert "食い違い 1" in app.store_line
        # Nothing is changed before somebody decides.
        assert git(store, "rev-parse", "HEAD") == before
        text = screen_text(app)
        assert "こちらの題" in text and "あちらの題" in text
        assert english_words(text) == []

        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ClashScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, SyncScreen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ClashScreen))
        await pilot.press("f3", "ctrl+s")
        await until_shown(pilot, "すべて決まりました")
        assert "決定済み" in screen_text(app)
    workspace.close()

    # The program is opened again: what was decided stands, and can still be changed.
    workspace = Workspace.open(store, author=AUTHOR, environ={})
    app = make_app(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, "sync")
        await until_shown(pilot, "すべて決まりました")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ClashScreen))
        assert "1/1 決めた" in screen_text(app)
        await pilot.press("f4", "ctrl+s")
        await until_shown(pilot, "すべて決まりました")
        await exchanged(pilot, app)
        await until_shown(pilot, "送受信が終わりました")
    workspace.close()
    assert len(heads(store, remote)) == 1
    content = git(remote, "show", f"main:{REF}.toml")
    assert 'title = "あちらの題"' in content and 'note = "あちら"' in content
    assert git(store, "status", "--porcelain") == ""


async def test_elsewhere_a_note_says_how_it_ended(app: KyojuApp, workspace: Workspace, remote: Path) -> None:
    sets_here(workspace, note="送りたい")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot, app, "sync")
        await until_shown(pilot, "送っていない記録が1件あります")
        # While another writer holds the lock the exchange waits, so that it cannot end before the screen is left.
        with store_lock(workspace.repository.common_dir, shared=False):
            await pilot.press("ctrl+r")
            await until(pilot, lambda: app.sending.running)
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, MatrixScreen))
        await until_shown(pilot, "送受信が終わりました")
    assert len(heads(workspace.root, remote)) == 1


async def test_without_a_connection_everything_stays_and_nothing_is_tried_again(
    app: KyojuApp, workspace: Workspace, remote: Path
) -> None:
    sets_here(workspace, note="送りたい")
    gone = remote.rename(remote.with_name("away.git"))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, "sync")
        await exchanged(pilot, app)
        await until_shown(pilot, "送っていない記録が1件あります")
        assert app.sending.outcome is not None and app.sending.outcome.refused is not None
        assert app.sending.outcome.refused.message[:12] in screen_text(app)
        assert english_words(screen_text(app)) == []
        # It says so after a while, too, and comes through once there is a connection and somebody asks.
        gone.rename(remote)
        assert not app.sending.running
        assert git(remote, "rev-parse", "main") != git(workspace.root, "rev-parse", "main")
        await exchanged(pilot, app)
        await until_shown(pilot, "送受信が終わりました")
    assert len(heads(workspace.root, remote)) == 1


@pytest.fixture
def hanging(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A remote behind a line that never answers; the file is there once somebody waits for it."""
    asked = tmp_path / "asked"
    ssh = tmp_path / "ssh"
    ssh.write_text(f"#!/bin/sh\necho $$ > {asked}.new && mv {asked}.new {asked}\nexec sleep 600\n")
    ssh.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(ssh))
    git(store, "remote", "add", "origin", "ssh://host.city.example.jp/srv/store.git")
    yield asked


def waits(asked: Path) -> bool:
    """Whether the line is still held open by a process, one that only waits to be buried apart."""
    try:
        return Path(f"/proc/{asked.read_text().strip()}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def test_work_goes_on_while_it_runs_and_one_key_stops_it(
    app: KyojuApp, workspace: Workspace, hanging: Path
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened_at_once(pilot, app)
        await pilot.press("ctrl+r")
        await until(pilot, hanging.exists)
        await until_shown(pilot, "この画面を離れても続きます")
        assert "送受信中" in app.store_line
        # Elsewhere, a save, and back: it still runs.
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, MatrixScreen))
        app.save(lambda: workspace.delete(REF))
        await until(pilot, lambda: app.save_line[0].startswith("記録しました"))
        assert app.sending.running and waits(hanging)
        app.open_screen("sync")
        await until_shown(pilot, "Ctrl+K で中止できます")
        await pilot.press("ctrl+k")
        await until(pilot, lambda: not app.sending.running)
        await until(pilot, lambda: not waits(hanging))
        await until_shown(pilot, "送っていない記録が3件あります")


async def test_leaving_the_program_asks_about_an_exchange_under_way(app: KyojuApp, hanging: Path) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened_at_once(pilot, app)
        await pilot.press("ctrl+r")
        await until(pilot, hanging.exists)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, SyncScreen))
        assert app.sending.running
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("right", "enter")
        await until(pilot, lambda: not app.is_running)
    assert not waits(hanging)


async def opened_at_once(pilot: Pilot[None], app: KyojuApp) -> None:
    """送受信, ready to begin."""
    await opened(pilot, app, "sync")
    await until_shown(pilot, "送っていない記録が2件あります")


async def test_a_store_within_another_repository_is_refused_in_words(
    store: Path, tmp_path: Path, make_app: MakeApp
) -> None:
    outer = tmp_path / "outer"
    shutil.copytree(store, outer / "inner", ignore=shutil.ignore_patterns(".git"))
    git(outer, "init", "--quiet", "--initial-branch=main")
    git(outer, "add", "--all")
    environment = {**os.environ, "GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x@example.jp"}
    environment |= {"GIT_COMMITTER_NAME": "x", "GIT_COMMITTER_EMAIL": "x@example.jp"}
    subprocess.run(["git", "-C", str(outer), "commit", "--quiet", "-m", "x"], check=True, env=environment)
    workspace = Workspace.open(outer / "inner", author=COLLEAGUE, environ={})
    app = make_app(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, "sync")
        await until_shown(pilot, "ほかの大きなリポジトリ")
        assert english_words(screen_text(app)) == []
        await pilot.press("f2", "ctrl+r")
        assert isinstance(app.screen, SyncScreen) and not app.sending.running
    workspace.close()
