"""History as it is read: whoever wrote it, with whatever in it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from kyoju_tui.history import commits, log
from kyoju_tui.history.git import Repository
from kyoju_tui.history.identity import Author
from kyoju_tui.records import errors
from tests.conftest import Git
from tests.history.conftest import RECORD, TEXT, write

REF = RECORD.removesuffix(".toml")
OTHER = "departments/korei.toml"
MESSAGE = f"""取組「見守り訪問」を更新（高齢福祉課・高齢者）

状況: 検討中 → 取組中
概要: 3行を変更

Kyoju-Record: {REF}
Kyoju-Action: update
"""


def save(repository: Repository, author: Author, path: str, text: str, message: str, at: datetime | None = None) -> str:
    write(repository, path, text)
    return commits.commit_paths(repository, [path], [path], message, author, at)


def test_a_commit_as_we_write_it(repository: Repository, author: Author) -> None:
    at = datetime(2026, 11, 23, 14, 5, tzinfo=timezone(timedelta(hours=9)))
    made = save(repository, author, RECORD, TEXT + "# 2\n", MESSAGE, at)
    newest, oldest = log.commits(repository)
    assert newest == log.Commit(
        commit=made,
        at=at,
        author="住宅課 担当",
        email="jutaku@city.example.jp",
        subject="取組「見守り訪問」を更新（高齢福祉課・高齢者）",
        action="update",
        records=(REF,),
        paths=(("M", RECORD),),
        ours=True,
    )
    assert newest.at.utcoffset() == timedelta(hours=9)
    assert (oldest.action, oldest.records, oldest.paths) == ("create", (REF,), (("A", RECORD),))


def test_a_batch_names_all_its_records(repository: Repository, author: Author) -> None:
    paths = [RECORD, OTHER, "policy.toml"]
    for path in paths:
        write(repository, path, "x = 1\n")
    trailers = "".join(f"Kyoju-Record: {path.removesuffix('.toml')}\n" for path in paths)
    commits.commit_paths(repository, paths, paths, f"取り込み\n\n{trailers}Kyoju-Action: import\n", author)
    newest = log.commits(repository, limit=1)[0]
    assert newest.action == "import"
    assert newest.records == (REF, "departments/korei", "policy")
    assert sorted(newest.paths) == [("A", OTHER), ("A", "policy.toml"), ("M", RECORD)]
    assert log.commits(repository, path=OTHER)[0].records == newest.records
    assert log.commits(repository, path=OTHER)[0].paths == (("A", OTHER),)


def test_limits_paths_and_points_in_time(repository: Repository, author: Author) -> None:
    made = [save(repository, author, OTHER if n % 2 else RECORD, f"n = {n}\n", f"{n}\n") for n in range(6)]
    ids = [commit.commit for commit in log.commits(repository)]
    assert ids[:6] == made[::-1]
    assert [commit.commit for commit in log.commits(repository, limit=2, skip=1)] == ids[1:3]
    assert [commit.commit for commit in log.commits(repository, path=OTHER)] == [made[5], made[3], made[1]]
    assert [commit.commit for commit in log.commits(repository, path="departments")] == [made[5], made[3], made[1]]
    assert len(log.commits(repository, path=[OTHER, RECORD])) == 7
    assert log.commits(repository, path=[]) == ()
    assert [commit.commit for commit in log.commits(repository, since=made[3])] == [made[5], made[4]]
    assert log.commits(repository, until=made[1])[0].commit == made[1]
    with pytest.raises(errors.UnknownRef):
        log.commits(repository, since="--all")
    with pytest.raises(errors.UnknownRef):
        log.commits(repository, until="nowhere")


def test_no_commit_yet(repository: Repository, git: Git) -> None:
    git(repository.top, "switch", "-q", "--orphan", "empty")
    assert log.commits(repository) == ()


def test_a_store_in_another_repository_sees_its_own_history(inner: Repository, git: Git) -> None:
    (inner.top / "foreign.txt").write_text("2\n")
    git(inner.top, "commit", "-q", "-a", "-m", "theirs alone")
    write(inner, RECORD, TEXT + "# 2\n")
    (inner.top / "foreign.txt").write_text("3\n")
    git(inner.top, "commit", "-q", "-a", "-m", "both")
    found = log.commits(inner)
    assert [(commit.subject, commit.paths) for commit in found] == [
        ("both", (("M", RECORD),)),
        ("theirs", (("A", RECORD),)),
    ]
    assert log.changes(inner, [(found[0].commit, RECORD)])[0] == (TEXT.encode(), (TEXT + "# 2\n").encode())


def test_before_and_after_for_many(repository: Repository, author: Author) -> None:
    first = commits.head(repository)
    assert first is not None
    second = save(repository, author, RECORD, "二\n", "2\n")
    (repository.store / RECORD).unlink()
    third = commits.commit_paths(repository, [RECORD], [], "3\n", author)
    assert log.changes(repository, [(third, RECORD), (second, RECORD), (first, RECORD), (second, OTHER)]) == [
        ("二\n".encode(), None),
        (TEXT.encode(), "二\n".encode()),
        (None, TEXT.encode()),
        (None, None),
    ]
    assert log.changes(repository, []) == []
    assert log.commits(repository, limit=1)[0].action == "delete"
    with pytest.raises(errors.UnknownRef):
        log.changes(repository, [("--batch", RECORD)])


@pytest.mark.parametrize(
    "message",
    [
        f"偽\n\nKyoju-Record: {REF}\nKyoju-Action: delete\n\n本文で終わる。\n",
        "一行\nKyoju-Action: delete\n",
        f"Kyoju-Record: {REF}\nKyoju-Action: delete\n",
        "偽\n\nKyoju-Record: ../../etc/passwd\nKyoju-Record: a b\nKyoju-Action: explode\n",
        "偽\n\n文\nKyoju-Record: entries/korei/other\nKyoju-Action: delete\n",
        "\x1b]52;c;eA==\x07\n\n\x01\x02\x1e\x1f\n",
        "M\n\nM\tentries/x.toml\n",
        "",
        "\n\n\n",
        "0123456789abcdef0123456789abcdef01234567\n",
        "\u202eevil\u2066\n",
    ],
)
def test_a_message_can_say_what_it_likes(repository: Repository, git: Git, message: str) -> None:
    write(repository, RECORD, TEXT + "# 2\n")
    git(repository.top, "add", ".")
    options = ("--cleanup=verbatim", "--allow-empty-message")
    git(repository.top, "commit", "-q", *options, "-F", "-", data=message.encode())
    write(repository, OTHER, "x = 1\n")
    git(repository.top, "add", ".")
    git(repository.top, "commit", "-q", "-m", "次")
    following, commit, _ = log.commits(repository)
    assert (following.subject, following.paths) == ("次", (("A", OTHER),))
    assert (commit.action, commit.records, commit.paths) == ("update", (REF,), (("M", RECORD),))
    assert all(letter.isprintable() for letter in commit.subject)


def test_an_author_can_be_anything(repository: Repository, git: Git) -> None:
    write(repository, RECORD, "x\n")
    git(repository.top, "add", ".")
    tree = git(repository.top, "write-tree").strip()
    body = (
        f"tree {tree}\nparent {commits.head(repository)}\n".encode()
        + b"author \x1b[2J\xff\xe5\xb1\xb1\xc2\x9b <a\x07@b> 99999999999999 +9999\n"
        + b"committer x <x@x> 1 +0000\n\nsub\xffject\n\nbo\x00dy\n"
    )
    made = git(repository.top, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", data=body).strip()
    git(repository.top, "update-ref", "refs/heads/main", made)
    newest, oldest = log.commits(repository)
    assert (newest.author, newest.email, newest.subject) == ("[2J山", "a@b", "subject")
    assert newest.at.tzinfo is not None
    assert newest.paths == (("M", RECORD),)
    assert oldest.subject == "最初の記録"


def test_paths_with_line_breaks_and_quotes(repository: Repository, author: Author) -> None:
    for path in ("a\nb.toml", 'q".toml', "M"):
        save(repository, author, path, "x\n", "x\n")
    found = log.commits(repository, limit=3)
    assert [commit.paths for commit in found] == [(("A", "M"),), (("A", 'q".toml'),), (("A", "a\nb.toml"),)]
    assert [commit.records for commit in found] == [(), (), ()]
    pairs = [(commit.commit, commit.paths[0][1]) for commit in found]
    assert log.changes(repository, pairs) == [(None, b"x\n")] * 3


def test_a_merge_tells_only_what_differs_from_both_sides(repository: Repository, git: Git, author: Author) -> None:
    git(repository.top, "switch", "-q", "-c", "side")
    save(repository, author, RECORD, "乙\n", "side\n")
    save(repository, author, "side.toml", "x\n", "side 2\n")
    git(repository.top, "switch", "-q", "main")
    mine = save(repository, author, RECORD, "甲\n", "main\n")
    git(repository.top, "merge", "-q", "side", ok=(1,))
    write(repository, RECORD, "甲乙\n")
    git(repository.top, "add", ".")
    git(repository.top, "commit", "-q", "-m", "受信")
    merge = log.commits(repository)[0]
    assert (merge.subject, merge.paths) == ("受信", (("MM", RECORD),))
    assert len(log.commits(repository)) == 5
    assert log.changes(repository, [(merge.commit, RECORD)])[0] == ("甲\n".encode(), "甲乙\n".encode())
    assert [commit.subject for commit in log.commits(repository, path=RECORD)].count("受信") == 1
    assert log.commits(repository, since=mine)[0].commit == merge.commit


def test_a_clean_merge_changes_nothing_itself(repository: Repository, git: Git, author: Author) -> None:
    git(repository.top, "switch", "-q", "-c", "side")
    save(repository, author, OTHER, "x\n", "side\n")
    git(repository.top, "switch", "-q", "main")
    save(repository, author, RECORD, "甲\n", "main\n")
    git(repository.top, "merge", "-q", "side", "-m", "受信")
    newest = log.commits(repository)[0]
    assert (newest.subject, newest.action, newest.paths, newest.records) == ("受信", "merge", (), ())
    assert len(log.commits(repository)) == 4


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("log.showSignature", "true"),
        ("log.showRoot", "false"),
        ("log.follow", "true"),
        ("log.date", "relative"),
        ("log.decorate", "full"),
        ("log.diffMerges", "separate"),
        ("diff.renames", "copies"),
        ("diff.relative", "true"),
        ("diff.noprefix", "true"),
        ("color.ui", "always"),
        ("format.pretty", "oneline"),
        ("i18n.logOutputEncoding", "EUC-JP"),
        ("core.quotePath", "true"),
        ("status.relativePaths", "true"),
        ("notes.displayRef", "*"),
    ],
)
def test_the_users_own_taste_does_not_change_what_is_read(
    inner: Repository, git: Git, author: Author, key: str, value: str
) -> None:
    save(inner, author, "日本.toml", "x\n", MESSAGE)
    git(inner.top, "notes", "add", "-m", "note", "HEAD")
    git(inner.top, "config", "--global", key, value)
    write(inner, RECORD, "x\n")
    newest, oldest = log.commits(inner)
    assert (newest.paths, newest.records) == ((("A", "日本.toml"),), (REF,))
    assert newest.subject == "取組「見守り訪問」を更新（高齢福祉課・高齢者）"
    assert oldest.paths == (("A", RECORD),)
    assert commits.dirty_paths(inner) == [(" M", RECORD)]
