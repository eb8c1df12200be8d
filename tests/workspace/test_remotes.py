"""Remotes that are missing, closed, silent, foreign or full: each is told in words, and nothing here changes."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from kyoju_tui.history.git import Repository
from kyoju_tui.history.identity import Author
from kyoju_tui.history.remote import shown
from kyoju_tui.history.remote_words import (
    RemoteDenied,
    RemoteDiffers,
    RemoteFull,
    RemoteMissing,
    RemoteRejected,
    RemoteSilent,
    RemoteTrouble,
)
from kyoju_tui.history.tags import mark
from kyoju_tui.records.errors import HostileConfig, InvalidValue, KyojuError, NotARepository
from kyoju_tui.workspace.new_store.start import init_store
from kyoju_tui.workspace.sync import syncing
from kyoju_tui.workspace.sync.syncing import Cancelled
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF
from tests.history.conftest import program as script
from tests.workspace.clones import Clone, bare, clone, git
from tests.workspace.conftest import HOUSES, VISITS

TOKEN = "himitsu-no-token"


@pytest.fixture
def here(root: Path) -> Generator[Clone]:
    opened = Clone(root, STAFF)
    yield opened
    opened.workspace.close()


def told(here: Clone, address: Path | str, kind: type[KyojuError], words: str) -> KyojuError:
    """The exchange with this address is refused with these words, and changes nothing here."""
    git(here.root, "config", "remote.origin.url", str(address))
    before = git(here.root, "rev-parse", "HEAD")
    with pytest.raises(kind, match=words) as refused:
        here.sync()
    assert git(here.root, "rev-parse", "HEAD") == before
    assert git(here.root, "status", "--porcelain") == ""
    assert words in syncing.standing(here.workspace).trouble
    assert refused.value.exit_code == 3
    assert "fatal" not in refused.value.message + refused.value.cure
    # What was typed can be recorded as ever.
    here.put(HOUSES, direction=f"{kind.__name__}のあと")
    return refused.value


def hook(remote: Path, name: str, *lines: str) -> None:
    script(remote / "hooks" / name, *lines)


def test_one_that_is_missing(here: Clone, tmp_path: Path) -> None:
    told(here, tmp_path / "nothing.git", RemoteMissing, "見つかりません")
    (tmp_path / "folder").mkdir()
    told(here, tmp_path / "folder", RemoteMissing, "見つかりません")


def test_one_of_another_object_format(here: Clone, tmp_path: Path) -> None:
    told(here, bare(tmp_path / "other.git", "--object-format=sha256"), RemoteDiffers, "形式")


def test_one_without_a_server(here: Clone) -> None:
    told(here, "https://127.0.0.1:1/store.git", RemoteSilent, "応答がありません")
    told(here, "ssh://127.0.0.1:1/store.git", RemoteSilent, "応答がありません")


def test_one_of_another_store(here: Clone, tmp_path: Path) -> None:
    other = init_store(tmp_path / "other", "別の市", "handbook-7", author=STAFF)
    error = told(here, other, RemoteDiffers, "共通の記録がありません")
    assert "別の保管場所" in error.message


def test_one_with_other_branches_only(here: Clone, tmp_path: Path) -> None:
    remote = bare(tmp_path / "remote.git")
    git(here.root, "push", "-q", str(remote), "HEAD:refs/heads/master")
    told(here, remote, RemoteDiffers, "別の枝")
    assert git(remote, "branch", "--format=%(refname:short)") == "master"


def test_one_that_refuses(here: Clone, tmp_path: Path) -> None:
    remote = bare(tmp_path / "remote.git")
    hook(remote, "pre-receive", "echo not today >&2", "exit 1")
    error = told(here, remote, RemoteRejected, "受け付けられませんでした")
    assert "not today" in error.detail


def test_somebodys_working_copy(here: Clone, tmp_path: Path) -> None:
    remote = bare(tmp_path / "remote.git")
    git(here.root, "push", "-q", str(remote), "HEAD:refs/heads/main")
    subprocess.run(["git", "clone", "-q", str(remote), str(tmp_path / "work")], check=True)
    here.put(VISITS, status="取組中")
    told(here, tmp_path / "work", RemoteRejected, "作業用の保管場所")


@pytest.mark.skipif(os.geteuid() != 0, reason="somebody else has to be played")
def test_one_that_may_not_be_written(here: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(tempfile.mkdtemp(prefix="kyoju-closed-"))
    folder.chmod(0o755)
    try:
        remote = bare(folder / "remote.git")
        # Our ssh: the far end is another user, who may read and not write.
        ssh = script(
            folder / "ssh",
            'for last in "$@"; do :; done',
            "export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*' HOME=/nonexistent",
            'exec setpriv --reuid=65534 --regid=65534 --clear-groups sh -c "$last"',
        )
        monkeypatch.setenv("GIT_SSH_COMMAND", str(ssh))
        told(here, f"ssh://server{remote}", RemoteDenied, "権限がありません")
    finally:
        shutil.rmtree(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="a small disk has to be mounted")
def test_one_whose_disk_is_full(here: Clone, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "none", str(disk)], check=False)
    if mounted.returncode:
        pytest.skip("no disk can be mounted here: not run")
    try:
        remote = bare(disk / "remote.git", "--template=")
        (here.root / "docs").mkdir()
        (here.root / "docs" / "a.bin").write_bytes(os.urandom(700_000))
        git(here.root, "add", ".")
        git(here.root, "commit", "-qm", "much")
        told(here, remote, RemoteFull, "送り先のディスクに空きがない")
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def silent_server(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Our ssh connects and then says nothing; the file tells that it was reached, and that it was ended."""
    reached = folder / "reached"
    ssh = script(
        folder / "ssh", f"trap 'echo ended >> {reached}; exit 1' TERM", f"echo reached > {reached}", "sleep 60 & wait"
    )
    monkeypatch.setenv("GIT_SSH_COMMAND", str(ssh))
    return reached


def test_one_that_hangs(here: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reached = silent_server(tmp_path, monkeypatch)
    git(here.root, "config", "remote.origin.url", "ssh://server/store.git")
    started = time.monotonic()
    with pytest.raises(RemoteSilent, match="応答がありません"):
        here.sync(patience=1.0)
    assert time.monotonic() - started < 8
    # It was asked to end, and so could take its locks away.
    assert reached.read_text().split() == ["reached", "ended"]
    assert list((here.root / ".git").glob("*.lock")) == []
    here.put(VISITS, status="取組中")


def test_one_that_hangs_can_be_left_at_any_moment_and_saves_go_on(
    here: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached = silent_server(tmp_path, monkeypatch)
    git(here.root, "config", "remote.origin.url", "ssh://server/store.git")
    stop = threading.Event()
    ended: list[BaseException] = []

    def exchange() -> None:
        try:
            here.sync(cancelled=stop.is_set)
        except KyojuError as error:
            ended.append(error)

    thread = threading.Thread(target=exchange)
    thread.start()
    deadline = time.monotonic() + 10
    while not reached.exists():
        assert time.monotonic() < deadline
        threading.Event().wait(0.01)
    here.put(VISITS, status="取組中")
    stop.set()
    thread.join(5)
    assert not thread.is_alive()
    assert isinstance(ended[0], Cancelled)
    assert syncing.standing(here.workspace).trouble == ""


def test_a_branch_that_is_named_like_an_option(here: Clone, tmp_path: Path) -> None:
    remote = bare(tmp_path / "remote.git")
    git(here.root, "update-ref", "refs/heads/--upload-pack=touch-me", "HEAD")
    git(here.root, "symbolic-ref", "HEAD", "refs/heads/--upload-pack=touch-me")
    git(here.root, "config", "remote.origin.url", str(remote))
    here.put(VISITS, status="取組中")
    assert here.sync().sent == 3
    assert git(remote, "for-each-ref", "--format=%(refname)") == "refs/heads/--upload-pack=touch-me"
    assert here.sync().sent == 0


@pytest.mark.parametrize(
    "address",
    [
        "ext::sh -c touch% /tmp/x",
        "--upload-pack=touch",
        "-oProxyCommand=x",
        "http://server/store.git",
        "git://server/store.git",
        "ftp://server/store.git",
        "file://server/share/store.git",
        f"https://user:{TOKEN}@server/store.git",
        "ssh://-oProxyCommand=touch/store.git",
        "https:///store.git",
        "/srv/store.git\nurl = x",
    ],
)
def test_addresses_that_are_refused(here: Clone, address: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        syncing.set_remote(here.workspace, address)
    assert TOKEN not in refused.value.message + refused.value.cure + refused.value.detail
    assert syncing.standing(here.workspace).remote == ""


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/srv/store.git", "/srv/store.git"),
        ("file:///srv/store.git", "/srv/store.git"),
        ("ssh://staff@server:2222/srv/store.git", "ssh://server:2222/srv/store.git"),
        ("staff@server:store.git", "staff@server:store.git"),
        ("https://server/store.git", "https://server/store.git"),
    ],
)
def test_addresses_that_are_taken(here: Clone, address: str, kept: str) -> None:
    syncing.set_remote(here.workspace, address)
    assert syncing.standing(here.workspace).remote == kept
    assert here.workspace.read_only is None
    syncing.set_remote(here.workspace, "")
    assert syncing.standing(here.workspace).remote == ""
    assert "remote" not in (here.root / ".git/config").read_text()


def test_a_password_that_somebody_wrote_into_the_settings_is_shown_nowhere(here: Clone) -> None:
    error = told(here, f"https://user:{TOKEN}@127.0.0.1:1/store.git", RemoteTrouble, "応答がありません")
    standing = syncing.standing(here.workspace)
    assert standing.remote == "https://127.0.0.1:1/store.git" == shown(standing.remote)
    assert TOKEN not in f"{standing} {error.message} {error.cure} {error.detail}"


def test_a_helper_program_for_an_address_is_never_run(here: Clone, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    git(here.root, "config", "remote.origin.url", f"ext::sh -c 'touch {canary}'")
    with pytest.raises(HostileConfig):
        here.sync()
    assert not canary.exists()


def test_a_store_in_a_folder_of_a_larger_repository_is_not_exchanged(tmp_path: Path, root: Path) -> None:
    top = tmp_path / "large"
    top.mkdir()
    subprocess.run(["git", "init", "-q", "-b", "main", str(top)], check=True)
    shutil.copytree(root, top / "store", ignore=shutil.ignore_patterns(".git"))
    git(top, "add", ".")
    git(top, "commit", "-qm", "all")
    inner = Clone(top / "store", STAFF)
    with pytest.raises(NotARepository, match="大きなリポジトリ"):
        inner.sync()
    inner.workspace.close()


def test_marks_of_compilations_travel_and_no_others(here: Clone, tmp_path: Path) -> None:
    from datetime import UTC, datetime

    remote = bare(tmp_path / "remote.git")
    repository = Repository.discover(here.root)
    author = Author("住宅政策課 担当", "jutaku@example.jp")
    made = mark(repository, "inquiry/1", "HEAD", "第1回", author, datetime(2026, 11, 23, tzinfo=UTC))
    git(here.root, "tag", "private")
    git(here.root, "config", "remote.origin.url", str(remote))
    here.sync()
    assert git(remote, "tag") == made.name
    there = clone(remote, tmp_path / "there", STAFF)
    git(there.root, "tag", "-d", made.name)
    there.sync()
    assert git(there.root, "tag") == made.name
    # The same name on another commit: each keeps its own, and the records travel.
    git(there.root, "tag", "-f", "-m", "other", made.name, "HEAD^")
    there.put(VISITS, status="取組中")
    there.sync()
    here.sync()
    assert git(here.root, "rev-parse", f"{made.name}^{{commit}}") == made.commit
    assert here.entry(VISITS).status == "取組中"
    there.workspace.close()


def test_the_users_own_push_settings_force_nothing(here: Clone, tmp_path: Path, home: Path) -> None:
    remote = bare(tmp_path / "remote.git")
    (home / ".gitconfig").write_text("[push]\n\tfollowTags = true\n\tdefault = matching\n[fetch]\n\tprune = true\n")
    git(here.root, "branch", "side")
    git(here.root, "tag", "-m", "x", "annotated")
    git(here.root, "config", "remote.origin.url", str(remote))
    here.sync()
    assert git(remote, "for-each-ref", "--format=%(refname)") == "refs/heads/main"


def test_opening_and_standing_never_ask_the_remote(
    here: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached = silent_server(tmp_path, monkeypatch)
    git(here.root, "config", "remote.origin.url", "ssh://server/store.git")
    workspace = Workspace.open(here.root, author=STAFF)
    assert syncing.standing(workspace).to_send == 2
    assert syncing.undecided(workspace) == ()
    workspace.close()
    assert not reached.exists()
