"""Who is saving: read strictly, found in order, never invented."""

from __future__ import annotations

import pytest

from kyoju_tui.history import commits
from kyoju_tui.history.git import Repository
from kyoju_tui.history.identity import Author, find_author, parse_author, require_author
from kyoju_tui.records import errors
from tests.conftest import Git
from tests.history.conftest import RECORD, TEXT, write


@pytest.mark.parametrize(
    ("text", "name", "email"),
    [
        ("住宅課 担当 <jutaku@city.example.jp>", "住宅課 担当", "jutaku@city.example.jp"),
        ("  山田花子<h@x> ", "山田花子", "h@x"),
        ("か\u3099き <k@x>", "がき", "k@x"),
        ("葛\U000e0100城 <k@x>", "葛\U000e0100城", "k@x"),
        ("Jr. <j@x>", "Jr", "j@x"),
    ],
)
def test_parsed(text: str, name: str, email: str) -> None:
    assert parse_author(text) == Author(name, email)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "山田",
        "<a@b>",
        " <a@b>",
        "山田 <>",
        "山田 < >",
        "山田 <a b@c>",
        "山田 <a@b> x",
        "山<田 <a@b>",
        "山田 <<a@b>>",
        "山田 <a@b>>",
        "山\n田 <a@b>",
        "山田 <a@b>\n",
        "山田 <a\x1b@b>",
        "山\u202e田 <a@b>",
        "山\x00田 <a@b>",
        "山\udcff田 <a@b>",
        "..., <a@b>",
        "山" * 300 + " <a@b>",
    ],
)
def test_refused(text: str) -> None:
    with pytest.raises(errors.InvalidValue) as caught:
        parse_author(text)
    assert caught.value.exit_code == 2
    assert caught.value.cure


def test_written_and_read_again(author: Author) -> None:
    assert parse_author(str(author)) == author


def test_the_order_is_as_then_environment_then_git(repository: Repository, git: Git) -> None:
    assert find_author(None, {}, repository) is None
    git(repository.top, "config", "--global", "user.name", "設定 太郎")
    assert find_author(None, {}, repository) is None
    git(repository.top, "config", "--global", "user.email", "taro@x")
    assert find_author(None, {}, repository) == Author("設定 太郎", "taro@x")
    git(repository.top, "config", "user.name", "保管場所 次郎")
    assert find_author(None, {}, repository) == Author("保管場所 次郎", "taro@x")
    environment = {"KYOJU_USER": "環境 三郎 <saburo@x>"}
    assert find_author(None, environment, repository) == Author("環境 三郎", "saburo@x")
    assert find_author("指定 四郎 <shiro@x>", environment, repository) == Author("指定 四郎", "shiro@x")
    assert find_author(None, {"KYOJU_USER": " "}, repository) == Author("保管場所 次郎", "taro@x")


def test_a_mistyped_name_is_not_replaced_by_another(repository: Repository, git: Git) -> None:
    git(repository.top, "config", "--global", "user.name", "設定 太郎")
    git(repository.top, "config", "--global", "user.email", "taro@x")
    for explicit, environment in (("四郎", {}), ("", {}), (None, {"KYOJU_USER": "四郎"})):
        with pytest.raises(errors.InvalidValue):
            find_author(explicit, environment, repository)


def test_nobody_is_refused_with_the_way_out(repository: Repository) -> None:
    with pytest.raises(errors.NoIdentity) as caught:
        require_author(None, {"USER": "root", "EMAIL": "root@host", "GIT_AUTHOR_NAME": "x"}, repository)
    assert caught.value.exit_code == 3
    assert "KYOJU_USER" in caught.value.cure
    assert "--as" in caught.value.cure


@pytest.mark.parametrize("name", ["葛\U000e0100城 髙﨑", "O'Brien (係)", 'a"b', "-x", "#1"])
def test_git_keeps_the_name_as_it_is(repository: Repository, git: Git, name: str) -> None:
    write(repository, RECORD, TEXT + "# 1\n")
    commits.commit_paths(repository, [RECORD], [], "x\n", Author(name, "-a'b@x"))
    assert git(repository.top, "log", "-1", "--format=%an|%ae|%cn|%ce").strip() == f"{name}|-a'b@x|{name}|-a'b@x"
