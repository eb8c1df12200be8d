"""The pieces of a save: one commit of one's own paths, and what HEAD holds."""

from __future__ import annotations

import os
import stat
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from kyoju_tui.history import commits
from kyoju_tui.history.git import Repository
from kyoju_tui.history.identity import Author
from kyoju_tui.records import errors
from tests.conftest import Git
from tests.history.conftest import RECORD, TEXT, program, write

NEW = "entries/korei/new.toml"


def test_the_first_commit_of_a_new_store(tmp_path: Path, git: Git, author: Author) -> None:
    made = commits.init(tmp_path / "new")
    assert commits.head(made) is None
    assert commits.tracked(made) == set()
    write(made, "store.toml", "format = 1\n")
    assert commits.dirty_paths(made) == [("??", "store.toml")]
    made_at = commits.commit_paths(made, ["store.toml"], ["store.toml"], "始め\n", author)
    assert commits.head(made) == made_at == git(made.top, "rev-parse", "HEAD").strip()
    assert git(made.top, "symbolic-ref", "HEAD").strip() == "refs/heads/main"
    assert not (made.git_dir / "hooks").exists()


def test_change_new_and_deletion_in_one_commit(repository: Repository, git: Git, author: Author) -> None:
    write(repository, "entries/korei/gone.toml", TEXT)
    gone = "entries/korei/gone.toml"
    commits.commit_paths(repository, [gone], [gone], "消す前\n", author)
    (repository.store / gone).unlink()
    write(repository, RECORD, TEXT + "# 2\n")
    write(repository, NEW, TEXT)
    commits.commit_paths(repository, [RECORD, NEW, gone], [NEW], "取組「見守り訪問」を更新\n\n本文。\n", author)
    assert git(repository.top, "show", "--name-status", "--no-renames", "--format=%B", "HEAD").split("\n") == [
        "取組「見守り訪問」を更新",
        "",
        "本文。",
        "",
        "",
        f"M\t{RECORD}",
        f"D\t{gone}",
        f"A\t{NEW}",
        "",
    ]
    assert commits.dirty_paths(repository) == []


def test_the_same_content_is_no_commit_and_no_error(repository: Repository, author: Author) -> None:
    before = commits.head(repository)
    write(repository, RECORD, TEXT)
    assert commits.commit_paths(repository, [RECORD], [], "同じ\n", author) == before
    write(repository, "unrelated.txt", "x")
    assert commits.commit_paths(repository, [RECORD], [], "同じ\n", author) == before


def test_an_unknown_path_is_an_error_and_commits_nothing(repository: Repository, author: Author) -> None:
    before = commits.head(repository)
    write(repository, RECORD, TEXT + "# 2\n")
    with pytest.raises(errors.GitFailed) as caught:
        commits.commit_paths(repository, [RECORD, "entries/nowhere.toml"], [], "x\n", author)
    assert "did not match any file" in caught.value.detail
    assert commits.head(repository) == before


def test_only_own_paths_of_a_store_in_another_repository(inner: Repository, git: Git, author: Author) -> None:
    (inner.top / "foreign.txt").write_text("2\n")
    git(inner.top, "add", "foreign.txt")
    (inner.top / "staged.txt").write_text("new\n")
    git(inner.top, "add", "staged.txt")
    (inner.top / "loose.txt").write_text("untracked\n")
    write(inner, NEW, TEXT)
    write(inner, RECORD, TEXT + "# 2\n")
    write(inner, "also.toml", "staged = 1\n")
    git(inner.store, "add", "also.toml")
    assert commits.dirty_paths(inner) == [("A ", "also.toml"), (" M", RECORD), ("??", NEW)]
    commits.commit_paths(inner, [RECORD, NEW], [NEW], "二つ\n", author)
    shown = git(inner.top, "show", "--name-only", "--format=", "HEAD").split()
    assert shown == [f"docs/store/{RECORD}", f"docs/store/{NEW}"]
    assert git(inner.top, "diff", "--cached", "--name-status").split() == [
        *("A", "docs/store/also.toml", "M", "foreign.txt", "A", "staged.txt"),
    ]
    assert commits.tracked(inner) == {RECORD, NEW, "also.toml"}
    assert commits.files_at(inner, "HEAD") == {RECORD: (TEXT + "# 2\n").encode(), NEW: TEXT.encode()}
    assert commits.blob_at(inner, "HEAD", NEW) == TEXT.encode()
    assert commits.blob_at(inner, "HEAD", "foreign.txt") is None


def test_paths_are_literal(repository: Repository, git: Git, author: Author) -> None:
    odd = ["a*.toml", "[a].toml", ":(glob)x.toml", "-x.toml", "日本 語.toml", "a\nb.toml", '"q".toml']
    for path in [*odd, "ab.toml", "a.toml"]:
        write(repository, path, path)
    commits.commit_paths(repository, odd, odd, "奇妙な名前\n", author)
    assert commits.tracked(repository) == {RECORD, *odd}
    assert commits.files_at(repository, "HEAD") == {RECORD: TEXT.encode(), **{path: path.encode() for path in odd}}
    assert commits.blob_ids(repository, "HEAD", odd).keys() == set(odd)
    assert [commits.blob_at(repository, "HEAD", path) for path in odd] == [path.encode() for path in odd]
    assert commits.dirty_paths(repository) == [("??", "a.toml"), ("??", "ab.toml")]
    assert "a.toml" not in git(repository.top, "show", "--name-only", "--format=", "-z", "HEAD").split("\0")


@pytest.mark.parametrize("path", ["", "/etc/passwd", "../x.toml", "a/../../x.toml", ".git/config", "a/.GIT/x", "a\0b"])
def test_a_path_outside_the_store_is_refused(inner: Repository, author: Author, path: str) -> None:
    before = commits.head(inner)
    for paths, new in (([path], []), ([RECORD], [path])):
        with pytest.raises(errors.UnsafePath):
            commits.commit_paths(inner, paths, new, "x\n", author)
    with pytest.raises(errors.UnsafePath):
        commits.blob_at(inner, "HEAD", path)
    assert commits.head(inner) == before


def test_more_paths_than_a_command_line_is_given(repository: Repository, git: Git, author: Author) -> None:
    paths = [f"entries/korei/20261123-{number:05}.toml" for number in range(450)]
    for path in paths:
        write(repository, path, TEXT + path)
    write(repository, "foreign.toml", "x")
    git(repository.top, "add", "foreign.toml")
    trailers = "\n".join(f"Kyoju-Record: {path}" for path in paths)
    commits.commit_paths(repository, paths, paths, f"取り込み\n\n{trailers * 20}\n", author)
    assert commits.blob_ids(repository, "HEAD", paths).keys() == set(paths)
    assert len(commits.blob_ids(repository, "HEAD", paths[:3])) == 3
    assert commits.files_at(repository, "HEAD").keys() == {RECORD, *paths}


def test_ignored_files_of_a_store_are_recorded_all_the_same(repository: Repository, author: Author) -> None:
    write(repository, ".gitignore", "*.toml\n")
    write(repository, NEW, TEXT)
    commits.commit_paths(repository, [NEW], [NEW], "x\n", author)
    assert NEW in commits.tracked(repository)


def test_author_committer_and_time(repository: Repository, git: Git, author: Author) -> None:
    at = datetime(2026, 4, 1, 9, 30, tzinfo=timezone(timedelta(hours=9)))
    write(repository, RECORD, TEXT + "# 2\n")
    commits.commit_paths(repository, [RECORD], [], "過去\n", author, at)
    who = "住宅課 担当 <jutaku@city.example.jp> 2026-04-01T09:30:00+09:00"
    assert git(repository.top, "log", "-1", "--format=%an <%ae> %aI%n%cn <%ce> %cI").split("\n")[:2] == [who, who]
    with pytest.raises(ValueError, match="time zone"):
        commits.commit_paths(repository, [RECORD], [], "x\n", author, at.replace(tzinfo=None))


def test_the_message_is_kept_to_the_letter(repository: Repository, git: Git, author: Author) -> None:
    message = "題\n\n# 番号記号\n\n\n  空白 \n\x1b[31m赤\n\nKyoju-Action: update\n"
    write(repository, RECORD, TEXT + "# 2\n")
    commits.commit_paths(repository, [RECORD], [], message, author)
    assert git(repository.top, "cat-file", "commit", "HEAD").partition("\n\n")[2] == message


def test_bytes_are_kept_whatever_the_user_has_set(repository: Repository, git: Git, author: Author, home: Path) -> None:
    (home / ".config" / "git").mkdir(parents=True)
    (home / ".config" / "git" / "attributes").write_text("*.toml text ident\n")
    git(repository.top, "config", "--global", "core.autocrlf", "input")
    git(repository.top, "config", "--global", "core.safecrlf", "true")
    write(repository, NEW, "a\r\n$Id: 1$\n")
    commits.commit_paths(repository, [NEW], [NEW], "x\n", author)
    assert commits.blob_at(repository, "HEAD", NEW) == (repository.store / NEW).read_bytes() == b"a\r\n$Id: 1$\n"


@pytest.mark.parametrize("format_", ["sha1", "sha256"])
def test_blob_ids_computed_and_asked_for(tmp_path: Path, git: Git, author: Author, format_: str) -> None:
    git(tmp_path, "init", "-q", "-b", "main", f"--object-format={format_}", "store")
    made = Repository.discover(tmp_path / "store")
    assert made.object_format == format_
    for name, data in {"a": b"", "b": "見守り\n".encode(), "c": bytes(range(256)) * 100}.items():
        (made.store / name).write_bytes(data)
    head = commits.commit_paths(made, ["a", "b", "c"], ["a", "b", "c"], "x\n", author)
    assert commits.blob_ids(made, head, ["a", "b", "c", "none"]) == {
        name: commits.blob_id(made, (made.store / name).read_bytes()) for name in "abc"
    }
    assert commits.blob_ids(made, head, []) == {}
    assert commits.files_at(made, head)["c"] == bytes(range(256)) * 100


def test_head_is_read_from_loose_and_packed_references(repository: Repository, git: Git) -> None:
    expected = git(repository.top, "rev-parse", "HEAD").strip()
    assert commits.head(repository) == expected
    git(repository.top, "pack-refs", "--all")
    assert not (repository.git_dir / "refs/heads/main").exists()
    assert commits.head(repository) == expected
    git(repository.top, "checkout", "-q", "--detach")
    assert commits.head(repository) == expected
    git(repository.top, "switch", "-q", "--orphan", "empty")
    assert commits.head(repository) is None
    git(repository.top, "symbolic-ref", "refs/heads/alias", "refs/heads/main")
    git(repository.top, "symbolic-ref", "HEAD", "refs/heads/alias")
    assert commits.head(repository) == expected


def test_resolve(repository: Repository, git: Git) -> None:
    head = commits.head(repository)
    assert head is not None
    git(repository.top, "tag", "-a", "第1回", "-m", "x")
    for revision in ("HEAD", "main", head, head[:8], "第1回", "@"):
        assert commits.resolve(repository, revision) == head
    tree = git(repository.top, "rev-parse", "HEAD^{tree}").strip()
    for revision in (
        "",
        "nowhere",
        "-x",
        "--all",
        "--git-dir",
        "HEAD\n",
        "HEAD..HEAD",
        "^HEAD",
        "0" * 40,
        tree,
        "a\0b",
    ):
        with pytest.raises(errors.UnknownRef) as caught:
            commits.resolve(repository, revision)
        assert caught.value.exit_code == 2
    with pytest.raises(errors.UnknownRef):
        commits.files_at(repository, "nowhere")


def test_links_and_submodules_are_no_files_of_the_store(repository: Repository, git: Git) -> None:
    (repository.store / "link.toml").symlink_to("/etc/passwd")
    git(repository.top, "add", "link.toml")
    head = commits.head(repository)
    git(repository.top, "update-index", "--add", "--cacheinfo", f"160000,{head},part")
    git(repository.top, "commit", "-q", "-m", "x")
    assert commits.files_at(repository, "HEAD").keys() == {RECORD}
    assert commits.blob_ids(repository, "HEAD", ["link.toml", "part", RECORD]).keys() == {RECORD}
    assert commits.blob_at(repository, "HEAD", "entries") is None


def test_a_shared_repository_lets_the_group_write(repository: Repository, git: Git, author: Author) -> None:
    assert not repository.shared
    git(repository.top, "config", "core.sharedRepository", "group")
    shared = Repository.discover(repository.store)
    assert shared.shared
    (shared.git_dir / "COMMIT_EDITMSG").unlink()
    before = os.umask(0o022)
    try:
        write(shared, NEW, "shared = true\n")
        commits.commit_paths(shared, [NEW], [NEW], "x\n", author)
        assert os.umask(0o022) == 0o022
    finally:
        os.umask(before)
    for name in ("index", "refs/heads/main", "logs/HEAD", "COMMIT_EDITMSG"):
        file = shared.git_dir / name
        assert file.stat().st_mode & stat.S_IWGRP, file
    blob = commits.blob_id(shared, b"shared = true\n")
    assert (shared.git_dir / "objects" / blob[:2]).stat().st_mode & stat.S_IWGRP


def test_a_lock_of_another_git_is_told_as_such(repository: Repository, author: Author) -> None:
    (repository.git_dir / "index.lock").write_bytes(b"")
    write(repository, RECORD, TEXT + "# 2\n")
    with pytest.raises(errors.RepositoryState) as caught:
        commits.commit_paths(repository, [RECORD], [], "x\n", author)
    assert "失われていません" in caught.value.message


def test_a_full_disk_is_told_as_such(
    repository: Repository, author: Author, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(
        tmp_path / "bin" / "git",
        'case "$*" in *commit*) echo "fatal: sha1 file write error: No space left on device" >&2; exit 128;; esac',
        'exec /usr/bin/git "$@"',
    )
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    with pytest.raises(errors.GitFailed) as caught:
        commits.commit_paths(repository, [RECORD], [], "x\n", author)
    assert "ディスクの空き" in caught.value.message


def test_signing_that_the_user_has_set_up_is_kept(
    repository: Repository, tmp_path: Path, git: Git, author: Author
) -> None:
    signature = "-----BEGIN PGP SIGNATURE-----\\n\\nx\\n-----END PGP SIGNATURE-----"
    program(tmp_path / "sign", "cat > /dev/null", 'echo "[GNUPG:] SIG_CREATED " >&2', f"printf -- '{signature}\\n'")
    git(repository.top, "config", "--global", "commit.gpgSign", "true")
    git(repository.top, "config", "--global", "gpg.program", str(tmp_path / "sign"))
    write(repository, RECORD, TEXT + "# 2\n")
    commits.commit_paths(repository, [RECORD], [], "署名\n", author)
    assert "gpgsig -----BEGIN PGP SIGNATURE-----" in git(repository.top, "cat-file", "commit", "HEAD")
