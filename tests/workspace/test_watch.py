"""Noticing what others write: editors, plain git, folders that come and go, and no kernel to tell of it."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from watchdog.observers import Observer

from kyoju_tui.records.errors import StoreNotFound
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.requests import Changed
from kyoju_tui.workspace.watch import Watcher
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF, Git
from tests.workspace.conftest import VISITS


class Watched:
    """A store that is watched, and a way to wait for what it tells."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.workspace = Workspace.open(root, author=STAFF)
        self._told = threading.Condition()
        self.workspace.subscribe(self._listen)
        self.workspace.watch()

    def _listen(self, changed: Changed) -> None:
        assert not changed.own
        with self._told:
            self._told.notify_all()

    def until(self, met: Callable[[Workspace], bool]) -> None:
        """Wait until something is so, looking whenever the store tells of a change."""
        with self._told:
            assert self._told.wait_for(lambda: met(self.workspace), 5)


def refuse(*_arguments: object, **_options: object) -> None:
    raise OSError(28, "inotify watch limit reached")


@pytest.fixture(params=["kernel", "network share", "kernel refuses"])
def watched(request: pytest.FixtureRequest, root: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Watched]:
    if request.param == "network share":
        monkeypatch.setattr("kyoju_tui.workspace.watch._SHARED", Everything())
    if request.param == "kernel refuses":
        monkeypatch.setattr(Observer, "schedule", refuse)
    monkeypatch.setattr("kyoju_tui.workspace.watch._POLL", 0.05)
    watched = Watched(root)
    yield watched
    watched.workspace.close()


class Everything:
    """All kinds of file systems."""

    def __contains__(self, kind: object) -> bool:
        return True


def title(workspace: Workspace, ref: Ref = VISITS) -> str:
    return workspace.snapshot.title(ref)


def test_an_editor_that_writes_beside_and_renames(watched: Watched) -> None:
    file = watched.root / VISITS.path
    (file.parent / f".{file.name}.swp").write_text("swap")
    beside = file.parent / f"{file.name}~"
    beside.write_text(file.read_text().replace("見守り", "声かけ"))
    beside.rename(file)
    watched.until(lambda now: title(now) == "声かけ訪問")
    assert watched.workspace.problems == ()


def test_a_file_that_breaks_and_is_mended(watched: Watched) -> None:
    file = watched.root / VISITS.path
    text = file.read_text()
    file.write_text("title = こわれた\n")
    watched.until(lambda now: VISITS in now.snapshot.broken)
    file.write_text(text)
    watched.until(lambda now: VISITS in now.snapshot)
    assert watched.workspace.snapshot.broken == frozenset()


def test_plain_git_that_changes_very_much_at_once(watched: Watched, git: Git) -> None:
    root = watched.root
    git(root, "switch", "-qc", "other")
    text = (root / VISITS.path).read_text()
    for number in range(1000):
        (root / f"entries/jutaku/20261120-w{number:04}.toml").write_text(text)
    git(root, "rm", "-q", VISITS.path)
    git(root, "add", ".")
    git(root, "commit", "-qm", "other")
    watched.until(lambda now: len(now.snapshot.entries) == 1001)
    git(root, "switch", "-q", "main")
    watched.until(lambda now: len(now.snapshot.entries) == 2 and VISITS in now.snapshot)


def test_a_folder_that_comes_and_goes(watched: Watched) -> None:
    folder = watched.root / "areas"
    away = watched.root.parent / "areas"
    away.mkdir()
    (away / "hoshi.toml").write_text('name = "星波ヶ丘"\n')
    away.rename(folder)
    watched.until(lambda now: "areas/hoshi" in now.snapshot)
    (folder / "hama.toml").write_text('name = "浜町"\n')
    watched.until(lambda now: "areas/hama" in now.snapshot)
    folder.rename(away)
    watched.until(lambda now: "areas/hama" not in now.snapshot)


def test_a_store_that_is_out_of_reach_for_a_while(watched: Watched) -> None:
    root = watched.root
    away = root.rename(root.parent / "away")
    with pytest.raises(StoreNotFound):
        watched.workspace.refresh()
    assert VISITS in watched.workspace.snapshot
    (away / VISITS.path).write_text((away / VISITS.path).read_text().replace("見守り", "声かけ"))
    away.rename(root)
    watched.until(lambda now: title(now) == "声かけ訪問")


def test_what_changed_between_opening_and_watching(root: Path) -> None:
    workspace = Workspace.open(root, author=STAFF)
    file = root / VISITS.path
    file.write_text(file.read_text().replace("見守り", "声かけ"))
    workspace.watch()
    workspace.close()
    assert title(workspace) == "声かけ訪問"


def test_a_store_without_history_is_watched_too(root: Path) -> None:
    (root / ".git").rename(root.parent / "git-away")
    workspace = Workspace.open(root, author=STAFF)
    noticed = threading.Event()
    workspace.watch()
    workspace.subscribe(lambda _changed: noticed.set())
    file = root / VISITS.path
    file.write_text(file.read_text().replace("見守り", "声かけ"))
    assert noticed.wait(5)
    workspace.close()


def test_watching_does_not_begin_once_the_store_is_closed(root: Path) -> None:
    workspace = Workspace.open(root, author=STAFF)
    workspace.close()
    before = threading.active_count()
    workspace.watch()
    assert threading.active_count() == before


def test_an_end_in_the_moment_of_a_notice_is_not_missed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kyoju_tui.workspace.watch._SETTLE", 0.0005)
    often = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for number in range(150):
            watcher = Watcher(root, lambda _paths: None)
            watcher.notice(str(root / VISITS.path), folder=False)
            moment = time.perf_counter() + number % 30 * 0.00005
            while time.perf_counter() < moment:
                pass
            ending = threading.Thread(target=watcher.stop, daemon=True)
            ending.start()
            ending.join(5)
            assert not ending.is_alive()
    finally:
        sys.setswitchinterval(often)


def test_folders_that_replace_each_other_are_followed_still(watched: Watched) -> None:
    """The library's own way of following what lies below a folder came to an end here now and then."""
    entries, away = watched.root / "entries", watched.root.parent / "away"
    home = (watched.root / VISITS.path).parent
    for number in range(20):
        home.rename(away)
        home.mkdir()
        (entries / "other").mkdir()
        home.rename(entries / "other")
        away.rename(home)
        (entries / "other").rename(watched.root.parent / f"gone{number}")
    file = watched.root / VISITS.path
    file.write_text(file.read_text().replace("見守り", "声かけ"))
    watched.until(lambda now: title(now) == "声かけ訪問")


def test_a_disk_that_hangs_keeps_no_program_from_ending(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kyoju_tui.workspace.watch._ENDING", 0.2)
    hangs, answered = threading.Event(), threading.Event()

    def refresh(_paths: object) -> None:
        hangs.set()
        answered.wait(30)

    watcher = Watcher(root, refresh)
    assert hangs.wait(5)
    before = time.monotonic()
    watcher.stop()
    assert time.monotonic() - before < 5
    answered.set()
