from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from kyoju_tui.history.commits import commit_paths, files_at, init
from kyoju_tui.history.fresh import Planned, write_commits
from kyoju_tui.history.identity import Author
from kyoju_tui.history.log import commits
from kyoju_tui.records.errors import GitFailed

WHO = Author("住宅政策課 担当", "jutaku@example.jp")
AT = datetime(2026, 11, 20, 9, 10, tzinfo=timezone(timedelta(hours=9)))


def test_commits_files_and_index_are_as_planned(tmp_path: Path) -> None:
    repository = init(tmp_path / "store")
    first = Planned({"store.toml": b"format = 1\n", "a/b.toml": "名 = 1".encode()}, "初め\n\n本文\n", WHO, AT)
    second = Planned({"a/b.toml": b""}, "次\n", WHO, AT + timedelta(days=1))
    revision = write_commits(repository, [first, second])
    assert files_at(repository, revision) == {"store.toml": b"format = 1\n", "a/b.toml": b""}
    assert (repository.top / "a" / "b.toml").read_bytes() == b""
    assert repository.run("status", "--porcelain") == b""
    newest, oldest = commits(repository)
    assert (newest.subject, newest.author, newest.at) == ("次", WHO.name, second.at)
    assert files_at(repository, oldest.commit) == dict(first.files)


def test_a_repository_with_a_past_is_refused(tmp_path: Path) -> None:
    repository = init(tmp_path)
    (tmp_path / "store.toml").write_bytes(b"format = 1\n")
    before = commit_paths(repository, ["store.toml"], ["store.toml"], "既にある\n", WHO, AT)
    with pytest.raises(ValueError, match="new repository"):
        write_commits(repository, [Planned({"a.toml": b""}, "次\n", WHO, AT)])
    assert [each.commit for each in commits(repository)] == [before]


def test_a_path_that_git_refuses_is_an_error(tmp_path: Path) -> None:
    repository = init(tmp_path)
    with pytest.raises(GitFailed):
        write_commits(repository, [Planned({"../out.toml": b""}, "外\n", WHO, AT)])
    assert not (tmp_path.parent / "out.toml").exists()
