"""Writes that are whole, stay inside the store, and fail in words."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kyoju_tui.files.atomic import remove, write
from kyoju_tui.records.errors import KyojuError, ReadOnly, SaveFailed, UnsafePath

PATH = "entries/jutaku/a.toml"


def _files(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if not path.is_dir())


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write(tmp_path, PATH, b"one")
        write(tmp_path, PATH, b"two")
    finally:
        os.umask(before)
    assert (tmp_path / PATH).read_bytes() == b"two"
    assert _files(tmp_path) == [PATH]
    assert _mode(tmp_path / PATH) == 0o644
    assert _mode(tmp_path / ".kyoju") == 0o700
    assert _mode(tmp_path / "entries") == 0o755


def test_a_shared_store_is_writable_for_the_group_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        write(tmp_path, PATH, b"one", shared=True)
    finally:
        os.umask(before)
    assert _mode(tmp_path / PATH) == 0o664
    assert _mode(tmp_path / "entries" / "jutaku") == 0o2775
    assert _mode(tmp_path / ".kyoju" / "tmp") == 0o2770


def test_what_the_umask_keeps_from_others_stays_with_the_user(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        write(tmp_path, PATH, b"one")
        write(tmp_path, PATH, b"two")
    finally:
        os.umask(before)
    assert _mode(tmp_path / PATH) == 0o600
    assert _mode(tmp_path / "entries" / "jutaku") == 0o700


def test_large_and_empty_data(tmp_path: Path) -> None:
    for data in (b"", os.urandom(3_000_000)):
        write(tmp_path, "x.csv", data)
        assert (tmp_path / "x.csv").read_bytes() == data


def test_a_file_is_removed_and_removing_again_is_fine(tmp_path: Path) -> None:
    write(tmp_path, PATH, b"one")
    remove(tmp_path, PATH)
    remove(tmp_path, PATH)
    remove(tmp_path, "nowhere/a.toml")
    assert _files(tmp_path) == []


@pytest.mark.parametrize("link", ["entries", "entries/jutaku", ".kyoju", ".kyoju/tmp"])
def test_no_write_follows_a_linked_folder(tmp_path: Path, link: str) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    outside.mkdir()
    (root / link).parent.mkdir(parents=True)
    (root / link).symlink_to(outside, target_is_directory=True)
    with pytest.raises(UnsafePath) as raised:
        write(root, PATH, b"one")
    assert "元のまま" in raised.value.message
    assert _files(outside) == []


def test_no_write_goes_through_a_linked_or_odd_file(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "secret"
    outside.write_bytes(b"secret")
    (root / "entries" / "jutaku").mkdir(parents=True)
    target = root / PATH
    target.symlink_to(outside)
    for act in (lambda: write(root, PATH, b"one"), lambda: remove(root, PATH)):
        with pytest.raises(UnsafePath):
            act()
    assert outside.read_bytes() == b"secret"
    target.unlink()
    os.mkfifo(target)
    with pytest.raises(UnsafePath):
        write(root, PATH, b"one")
    target.unlink()
    target.mkdir()
    with pytest.raises(UnsafePath):
        write(root, PATH, b"one")
    assert _files(root) == []


@pytest.mark.parametrize("path", ["../a.toml", "/a.toml", ".git/hooks/post-commit", "a/../../b", ".kyoju/tmp/a"])
def test_no_write_leaves_the_store(tmp_path: Path, path: str) -> None:
    with pytest.raises(UnsafePath):
        write(tmp_path, path, b"x")
    assert _files(tmp_path) == []


# A limit on the size of files cuts a write short after some bytes, as a full disk does.
_LIMITED = """
import resource, signal, sys
from pathlib import Path
from kyoju_tui.files.atomic import write
from kyoju_tui.records.errors import KyojuError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write(Path(sys.argv[1]), "a.toml", b"x" * 5000)
except KyojuError as error:
    print(error.code, error.message)
"""


def test_a_write_cut_short_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", b"old")
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(tmp_path)], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.startswith("save-failed")
    assert "元のまま" in done.stdout
    assert (tmp_path / "a.toml").read_bytes() == b"old"
    assert _files(tmp_path) == ["a.toml"]


def test_a_folder_without_permission_is_read_only(plain_user: Path) -> None:
    write(plain_user, PATH, b"old")
    folder = (plain_user / PATH).parent
    folder.chmod(0o555)
    try:
        with pytest.raises(ReadOnly) as raised:
            write(plain_user, PATH, b"new")
        assert "元のまま" in raised.value.message
        with pytest.raises(ReadOnly):
            remove(plain_user, PATH)
        assert (plain_user / PATH).read_bytes() == b"old"
        assert _files(plain_user) == [PATH]
    finally:
        folder.chmod(0o755)


def test_a_missing_root_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(SaveFailed) as raised:
        write(tmp_path / "gone", "a.toml", b"x")
    assert isinstance(raised.value, KyojuError)
    assert raised.value.cure
    assert raised.value.detail
