"""Who has what open: seen by others, gone with the process, and of no effect where it cannot be told."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.presence.living import Process, this_process
from kyoju_tui.workspace.presence.open_records import EXPIRES, Presence, Present, place_of
from kyoju_tui.workspace.presence.presence_file import Place
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF, Git
from tests.workspace.conftest import VISITS

WHO = "子育て支援課 担当"
OTHER = Ref("meetings/20261101-aaaaa")


class Desk:
    """One session, and a way to wait for what it sees."""

    def __init__(self, place: Place | None, who: str = WHO, process: Process | None = None) -> None:
        self._told = threading.Condition()
        self.presence = Presence(lambda: place, lambda: who, self._listen, process=process)

    def _listen(self) -> None:
        with self._told:
            self._told.notify_all()

    def sees(self, *refs: Ref) -> tuple[Present, ...]:
        """Wait until others have these open, and nothing else."""
        with self._told:
            met = self._told.wait_for(lambda: [each.ref for each in self.presence.others()] == list(refs), 10)
        assert met, self.presence.others()
        return self.presence.others()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look more often than the program does."""
    monkeypatch.setattr("kyoju_tui.workspace.presence.open_records.LOOK", 0.05)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    (tmp_path / "kyoju").mkdir()
    return Place(tmp_path / "kyoju" / "presence", shared=False)


@pytest.fixture
def desk(place: Place) -> Iterator[Callable[..., Desk]]:
    """Opens sessions; they end with the test."""
    opened: list[Desk] = []

    def make(*arguments: object, **options: object) -> Desk:
        opened.append(Desk(place, *arguments, **options))  # pyright: ignore[reportArgumentType]
        return opened[-1]

    yield make
    for each in opened:
        each.presence.stop()


def until(holds: Callable[[], object], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "never came to hold"
        time.sleep(0.01)


def files(place: Place) -> list[Path]:
    return sorted(place.folder.iterdir()) if place.folder.is_dir() else []


def written(process: Process, **changes: object) -> str:
    now = datetime.now(UTC).isoformat()
    said: dict[str, object] = {
        "schema": 1,
        "who": WHO,
        "host": process.host,
        "pid": process.pid,
        "start": process.start,
        "at": now,
        "open": {str(VISITS): now},
    }
    return json.dumps({**said, **changes})


def put(place: Place, text: str, name: str = "0123456789abcdef.presence.json") -> Path:
    place.folder.mkdir(exist_ok=True)
    path = place.folder / name
    path.write_text(text)
    return path


def test_what_one_opens_and_closes_the_other_sees(desk: Callable[..., Desk], place: Place) -> None:
    here, there = desk("高齢福祉課 担当"), desk()
    before = datetime.now(UTC) - timedelta(seconds=1)
    there.presence.open(VISITS)
    (seen,) = here.sees(VISITS)
    assert seen.who == WHO and before <= seen.since <= datetime.now(UTC)
    assert there.presence.others() == ()
    (file,) = files(place)
    assert file.stat().st_mode & 0o777 == 0o600 and place.folder.stat().st_mode & 0o7777 == 0o700
    there.presence.open(VISITS)
    there.presence.open(OTHER)
    here.sees(VISITS, OTHER)
    there.presence.close(OTHER)
    there.presence.close(VISITS)
    here.sees(VISITS)
    there.presence.close(VISITS)
    here.sees()
    assert files(place) == []


def test_nothing_is_written_while_nothing_changes(desk: Callable[..., Desk], place: Place) -> None:
    here, there = desk(), desk()
    there.presence.open(VISITS)
    here.sees(VISITS)
    (file,) = files(place)
    before = file.stat()
    # Each session has looked several times once these have come and gone.
    for _ in range(3):
        third = desk("住宅課 担当")
        third.presence.open(OTHER)
        here.sees(VISITS, OTHER)
        third.presence.stop()
        here.sees(VISITS)
    after = file.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


CHILD = """
import sys
from pathlib import Path
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.presence.open_records import Presence
from kyoju_tui.workspace.presence.presence_file import Place
place = Place(Path(sys.argv[1]), False)
presence = Presence(lambda: place, lambda: "別の職員", lambda: None)
presence.open(Ref(sys.argv[2]))
sys.stdin.read()
presence.stop()
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, None])
def test_it_goes_with_the_process(how: signal.Signals | None, desk: Callable[..., Desk], place: Place) -> None:
    here = desk()
    with subprocess.Popen([sys.executable, "-c", CHILD, str(place.folder), VISITS], stdin=subprocess.PIPE) as child:
        assert here.sees(VISITS)[0].who == "別の職員"
        if how is None:
            child.communicate(timeout=20)
        else:
            child.send_signal(how)
            child.wait(timeout=20)
    here.sees()
    until(lambda: files(place) == [])


def test_a_session_that_was_taken_for_dead_tells_of_itself_again(desk: Callable[..., Desk], place: Place) -> None:
    here, there = desk(), desk()
    there.presence.open(VISITS)
    here.sees(VISITS)
    files(place)[0].unlink()
    here.sees()
    here.sees(VISITS)


def test_a_number_that_was_given_to_another_process_is_nobody(desk: Callable[..., Desk], place: Place) -> None:
    mine = this_process()
    old = put(place, written(Process(mine.pid, mine.host, f"{mine.start}0")))
    here = desk()
    until(lambda: not old.exists())
    assert here.presence.others() == ()


@pytest.mark.parametrize("hours", [-40, 0, 40])
def test_clocks_of_other_hosts_do_no_harm(hours: int, desk: Callable[..., Desk], place: Place) -> None:
    theirs = datetime.now(UTC) + timedelta(hours=hours)
    opened = (theirs - timedelta(minutes=30)).isoformat()
    away = Process(4711, "another-host", "x")
    put(place, written(away, at=theirs.isoformat(), open={str(VISITS): opened}))
    (seen,) = desk().sees(VISITS)
    assert abs(datetime.now(UTC) - seen.since - timedelta(minutes=30)) < timedelta(seconds=10)


def test_a_session_on_another_host_expires_without_being_renewed(desk: Callable[..., Desk], place: Place) -> None:
    fresh = put(place, written(Process(4711, "another-host", "x")))
    old = put(place, written(Process(4712, "another-host", "x"), open={str(OTHER): datetime.now(UTC).isoformat()}),
              "fedcba9876543210.presence.json")  # fmt: skip
    past = time.time() - EXPIRES - 1
    os.utime(old, (past, past))
    here = desk()
    here.sees(VISITS)
    forgotten = time.time() - 2 * 3600
    os.utime(old, (forgotten, forgotten))
    assert fresh.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"schema": 2},
        {"who": 3},
        {"pid": True},
        {"pid": 10**40},
        {"pid": -1},
        {"open": ["x"]},
        {"open": {"../../etc/passwd": "2026-11-23T10:00:00+09:00"}},
        {"open": {str(VISITS): "yesterday"}},
        {"open": {str(VISITS): "2026-11-23T10:00:00"}},
        {"open": {str(VISITS): "0001-01-01T00:00:00+14:00"}},
        {"open": {f"a/{number}": "2026-11-23T10:00:00+09:00" for number in range(101)}},
        {"at": None},
        {"host": {}},
    ],
)
def test_what_is_no_entry_is_nobody_and_stays(changes: dict[str, object], place: Place) -> None:
    """Also what a newer version writes is left alone."""
    from kyoju_tui.workspace.presence.presence_file import listed, read

    path = put(place, written(this_process(), **changes))
    assert list(listed(place)) == [path.name]
    assert read(place, path.name) is None


@pytest.mark.parametrize("text", ["", "{", "[" * 30_000, '{"schema": 1}', "null", "\0" * 100, "x" * 40_000])
def test_bytes_of_any_kind_are_nobody(text: str, place: Place) -> None:
    from kyoju_tui.workspace.presence.presence_file import read

    assert read(place, put(place, text).name) is None


def test_what_is_no_plain_file_is_never_followed(desk: Callable[..., Desk], place: Place, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    target.write_text(written(this_process()))
    place.folder.mkdir()
    (place.folder / f"{'a' * 16}.presence.json").symlink_to(target)
    os.mkfifo(place.folder / f"{'b' * 16}.presence.json")
    (place.folder / f"{'c' * 16}.presence.json").mkdir()
    (place.folder / "name.presence.json").write_text(written(this_process()))
    here, there = desk(), desk()
    there.presence.open(OTHER)
    here.sees(OTHER)
    assert target.exists()


def test_names_bring_no_control_characters(desk: Callable[..., Desk], place: Place) -> None:
    put(place, written(this_process(), who="悪い\x1b[31m\u202e名前\n" + "長" * 500))
    (seen,) = desk().sees(VISITS)
    assert "\x1b" not in seen.who and "\u202e" not in seen.who and "\n" not in seen.who and len(seen.who) < 100


def test_a_folder_that_leads_elsewhere_is_not_used(desk: Callable[..., Desk], place: Place, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    place.folder.symlink_to(tmp_path / "elsewhere")
    here, there = desk(), desk()
    there.presence.open(VISITS)
    there.presence.stop()
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert here.presence.others() == ()


def test_without_a_place_nothing_happens() -> None:
    alone = Desk(None)
    alone.presence.open(VISITS)
    alone.presence.stop()
    assert alone.presence.others() == ()


def test_it_lies_beside_the_journal_and_never_in_git(root: Path, git: Git) -> None:
    workspace = Workspace.open(root, author=STAFF)
    told = threading.Event()
    here = Presence.of(workspace, told.set)
    there = Presence.of(workspace, told.set)
    there.open(VISITS)
    assert told.wait(10)
    (seen,) = here.others()
    author = workspace.author()
    assert author is not None and seen.who == author.name
    place = place_of(workspace)
    assert place is not None and place.folder == workspace.repository.state_dir() / "presence"
    assert git(root, "status", "--porcelain", "--ignored") == ""
    here.stop()
    there.stop()
    assert files(place) == []
    workspace.close()


def test_a_groups_repository_lets_the_group_tell(root: Path, git: Git) -> None:
    git(root, "config", "core.sharedRepository", "group")
    workspace = Workspace.open(root, author=STAFF)
    place = place_of(workspace)
    assert place is not None and place.shared
    desk = Desk(place)
    desk.presence.open(VISITS)
    until(lambda: files(place))
    assert files(place)[0].stat().st_mode & 0o777 == 0o660 and place.folder.stat().st_mode & 0o7777 == 0o2770
    desk.presence.stop()
    workspace.close()


def test_worktrees_are_copies_of_their_own(root: Path, git: Git, tmp_path: Path) -> None:
    git(root, "worktree", "add", "-q", str(tmp_path / "second"), "-b", "second")
    first, second = Workspace.open(root, author=STAFF), Workspace.open(tmp_path / "second", author=STAFF)
    places = place_of(first), place_of(second)
    assert places[0] is not None and places[1] is not None and places[0] != places[1]
    first.close()
    second.close()
