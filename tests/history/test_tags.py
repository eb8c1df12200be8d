"""Annotated tags: by a named person, never moved, harmless to whoever else uses the repository."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kyoju_tui.history import commits
from kyoju_tui.history.git import Repository
from kyoju_tui.history.identity import Author
from kyoju_tui.history.tags import Tag, mark, tags
from kyoju_tui.records.errors import InvalidValue, Refused, UnknownRef
from tests.conftest import Git
from tests.history.conftest import RECORD, TEXT, program, write

NAME = "20261123-7k3q9/1"
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def marked(repository: Repository, author: Author, commit: str = "HEAD", name: str = NAME) -> Tag:
    return mark(repository, name, commit, "第1回取りまとめ", author, AT)


def test_a_tag_is_annotated_and_names_who_put_it_there(repository: Repository, author: Author, git: Git) -> None:
    tag = marked(repository, author)
    assert tag == Tag(f"kyoju/{NAME}", commits.head(repository) or "")
    content = git(repository.store, "cat-file", "-p", tag.name)
    assert f"tagger 住宅課 担当 <jutaku@city.example.jp> {int(AT.timestamp())} +0000" in content
    assert content.endswith("第1回取りまとめ\n")
    assert "error" not in git(repository.store, "fsck", "--strict")


def test_the_same_again_is_the_same_tag_and_another_commit_gets_one_beside_it(
    repository: Repository, author: Author, git: Git
) -> None:
    first = marked(repository, author)
    before = git(repository.store, "rev-parse", f"refs/tags/{first.name}")
    assert marked(repository, author) == first
    write(repository, RECORD, TEXT + 'note = "2"\n')
    commits.commit_paths(repository, [RECORD], [], "次\n", author)
    second = marked(repository, author)
    assert second == Tag(f"kyoju/{NAME}-2", commits.head(repository) or "")
    assert marked(repository, author) == second
    assert git(repository.store, "rev-parse", f"refs/tags/{first.name}") == before
    assert tags(repository, NAME) == (first, second)
    assert tags(repository, "20261123-7k3q9/2") == ()


def test_in_somebody_elses_repository_the_folder_is_part_of_the_name(
    inner: Repository, author: Author, git: Git
) -> None:
    tag = marked(inner, author)
    assert tag.name.startswith("kyoju/at-") and tag.name.endswith(f"/{NAME}")
    assert git(inner.top, "tag", "--list").split() == [tag.name]


def test_no_hook_hears_of_it(repository: Repository, author: Author, git: Git, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    program(repository.git_dir / "hooks" / "reference-transaction", f"touch {seen}", "exit 1")
    assert marked(repository, author).name in git(repository.store, "tag", "--list")
    assert not seen.exists()


def test_what_cannot_be_marked(repository: Repository, author: Author, git: Git) -> None:
    with pytest.raises(UnknownRef):
        marked(repository, author, "f" * 40)
    for name in ("", "../x", "-d", "a b", "a//b", "A", "a/"):
        with pytest.raises(InvalidValue):
            marked(repository, author, name=name)
    # Somebody's own tag stands where our folder would be.
    git(repository.store, "tag", "kyoju")
    with pytest.raises(Refused) as refused:
        marked(repository, author)
    assert "失われていません" in refused.value.message
    assert git(repository.store, "tag", "--list").split() == ["kyoju"]
