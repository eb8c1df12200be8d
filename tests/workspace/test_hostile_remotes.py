"""What a remote may hold that no store should: it is refused or harmless, and nothing here changes or runs."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kyoju_tui.files import together
from kyoju_tui.records.errors import KyojuError, Refused, RepositoryState
from kyoju_tui.workspace.sync import receipts, syncing
from kyoju_tui.workspace.sync.syncing import HandEdited
from tests.conftest import STAFF
from tests.workspace.clones import Clone, bare, clone, git
from tests.workspace.conftest import HOUSES, VISITS

COLLEAGUE = "高齢福祉課 担当 <korei@example.jp>"
RECORD = b'name = "\xe7\x92\xb0\xe5\xa2\x83\xe8\xaa\xb2"\n'


@dataclass
class Place:
    remote: Path
    here: Clone

    def push(self, *entries: tuple[str, str, bytes], gone: tuple[str, ...] = ()) -> str:
        """Let the remote's branch go on to a tree with these entries (mode, path, content), past every check."""
        index = {**os.environ, "GIT_INDEX_FILE": str(self.remote / "hostile-index")}

        def plumbing(*arguments: str, data: bytes = b"") -> str:
            who = ("-c", "user.name=管理者", "-c", "user.email=admin@example.jp", "-c", "core.protectNTFS=false")
            command = ["git", *who, "--git-dir", str(self.remote), *arguments]
            return subprocess.run(command, input=data, capture_output=True, check=True, env=index).stdout.decode()[:-1]

        plumbing("read-tree", "main")
        lines = [f"0 {'0' * 40}\t{path}" for path in gone]
        for mode, path, content in entries:
            made = plumbing("hash-object", "-w", "--stdin", data=content) if mode != "160000" else "1" * 40
            lines.append(f"{mode} {made}\t{path}")
        plumbing("update-index", "--index-info", data="".join(f"{line}\n" for line in lines).encode())
        commit = plumbing("commit-tree", plumbing("write-tree"), "-p", "main", "-m", "変更")
        plumbing("update-ref", "refs/heads/main", commit)
        return commit


@pytest.fixture
def place(root: Path, tmp_path: Path) -> Generator[Place]:
    remote = bare(tmp_path / "remote.git")
    here = Clone(root, STAFF)
    syncing.set_remote(here.workspace, str(remote))
    here.sync()
    yield Place(remote, here)
    here.workspace.close()


def files(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".git" not in path.parts and ".kyoju" not in path.parts
    }


@pytest.mark.parametrize(
    ("mode", "path", "content", "words"),
    [
        ("160000", "vendor", b"", "通常のファイルではない"),
        ("160000", "entries/korei/20261105-aaaaa.toml", b"", "通常のファイルではない"),
        ("120000", "docs", b"/etc", "通常のファイルではない"),
        ("120000", "departments/kankyo.toml", b"/etc/passwd", "通常のファイルではない"),
        ("100644", ".kyoju/tmp/x.tmp", b"x", "使えません"),
        ("100644", "back\\slash.toml", b"x", "使えません"),
        ("100644", f"{VISITS.path}/inside.toml", b"x", "通常のファイルやフォルダーでない"),
        ("100644", ".gitmodules", b'[submodule "x"]\n\tpath = x\n\turl = -u./payload\n', "送り先"),
    ],
)
def test_what_no_store_holds_is_refused_and_nothing_changes(
    place: Place, mode: str, path: str, content: bytes, words: str
) -> None:
    before, head = files(place.here.root), git(place.here.root, "rev-parse", "HEAD")
    gone = (VISITS.path,) if path.startswith(VISITS.path) else ()
    place.push((mode, path, content), gone=gone)
    with pytest.raises(KyojuError) as refused:
        place.here.sync()
    assert words in refused.value.message + refused.value.detail
    assert (files(place.here.root), git(place.here.root, "rev-parse", "HEAD")) == (before, head)
    assert git(place.here.root, "status", "--porcelain") == ""
    # One's own work goes on.
    place.here.put(HOUSES, status="取組中")


def test_names_that_differ_in_case_alone_are_two_files(place: Place) -> None:
    place.push(("100644", "README.md", b"one\n"), ("100644", "readme.md", b"two\n"))
    place.here.sync()
    found = files(place.here.root)
    assert (found["README.md"], found["readme.md"]) == (b"one\n", b"two\n")


def test_attributes_of_theirs_run_nothing(place: Place) -> None:
    place.push(("100644", ".gitattributes", b"*.toml text eol=crlf filter=evil diff=evil merge=evil ident\n"))
    place.here.sync()
    place.here.put(VISITS, status="取組中")
    assert b"\r" not in (place.here.root / VISITS.path).read_bytes()
    assert place.here.sync().sent == 1
    assert git(place.here.root, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        (".gitattributes", b"*.toml working-tree-encoding=UTF-16\n"),
        ("entries/.gitattributes", b"[attr]odd working-tree-encoding=latin1\n* odd\n"),
    ],
)
def test_an_encoding_of_theirs_is_not_received(place: Place, path: str, lines: bytes) -> None:
    before = files(place.here.root)
    place.push(("100644", path, lines))
    with pytest.raises(Refused, match="文字コードを変える指定") as refused:
        place.here.sync()
    assert path in refused.value.message
    assert files(place.here.root) == before
    place.here.put(VISITS, status="取組中")
    # It is taken as soon as that is put right.
    place.push(("100644", path, b"*.png binary\n"))
    place.here.sync()


@pytest.mark.parametrize("encoding", ["UTF-16", "SHIFT-JIS", "latin1"])
def test_an_encoding_that_lies_here_keeps_saves_away_and_loses_nothing(place: Place, encoding: str) -> None:
    (place.here.root / "entries/.gitattributes").write_text(f"*.toml working-tree-encoding={encoding}\n")
    git(place.here.root, "add", "entries/.gitattributes")
    git(place.here.root, "commit", "-q", "-m", "変更")
    before, head = files(place.here.root), git(place.here.root, "rev-parse", "HEAD")
    with pytest.raises(RepositoryState, match="文字コードを変える指定") as refused:
        place.here.put(VISITS, status="取組中")
    assert encoding in refused.value.detail
    assert ".gitattributes" in refused.value.cure
    assert (files(place.here.root), git(place.here.root, "rev-parse", "HEAD")) == (before, head)
    (place.here.root / "entries/.gitattributes").write_text("*.png working-tree-encoding=UTF-16\n")
    place.here.put(VISITS, status="取組中")


def test_a_file_that_would_fill_the_memory_is_refused(place: Place) -> None:
    known = git(place.here.root, "rev-parse", "refs/remotes/origin/main")
    place.push(("100644", "large.bin", bytes(129 * 1024 * 1024)))
    for _ in range(2):
        with pytest.raises(Refused, match="大きすぎる"):
            place.here.sync()
    assert git(place.here.root, "rev-parse", "refs/remotes/origin/main") == known
    assert syncing.undecided(place.here.workspace) == ()


def test_a_file_written_while_it_is_received_stays(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    there = clone(place.remote, place.here.root.parent / "there", COLLEAGUE)
    there.put(VISITS, status="取組中")
    there.put(HOUSES, status="取組中")
    there.sync()
    there.workspace.close()
    before, head = files(place.here.root), git(place.here.root, "rev-parse", "HEAD")
    file = place.here.root / VISITS.path
    put: Callable[[together.Replacement], None] = together.Replacement.put

    def written_just_before(ready: together.Replacement) -> None:
        file.write_text(file.read_text() + "# 手書き\n")
        put(ready)

    with monkeypatch.context() as patched:
        patched.setattr(together.Replacement, "put", written_just_before)
        with pytest.raises(HandEdited) as refused:
            place.here.sync()
    assert refused.value.paths == (VISITS.path,)
    assert file.read_text().endswith("# 手書き\n")
    changed = {path for path, data in files(place.here.root).items() if before[path] != data}
    assert (changed, git(place.here.root, "rev-parse", "HEAD")) == ({VISITS.path}, head)
    assert not receipts.pending(place.here.root / ".git/kyoju/root/journal")


def test_what_others_put_in_place_of_a_note_says_nothing(place: Place) -> None:
    folder = place.here.root / ".git/kyoju/root"
    (folder / "exchange.json").unlink()
    os.mkfifo(folder / "exchange.json")
    mine = folder / "drafts" / str(os.geteuid())
    mine.mkdir(parents=True, exist_ok=True)
    os.mkfifo(mine / "received.toml")
    assert syncing.standing(place.here.workspace).looked_at is None
    assert syncing.undecided(place.here.workspace) == ()
