"""`log`: what happened, in the domain's words, by record, field, cell, person and time; what was deleted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import HOUSES, LONELY, VISITS, Run, Write
from tests.conftest import STAFF, Git


def test_log_for_programs(run: Run, git: Git, town: Path) -> None:
    assert run("set", VISITS, "status=取組中", "care_elements=医療").code == 0
    told = run("log", "--json").json["commits"]
    assert [each["subject"] for each in told[:2]] == [
        "取組「見守り訪問」を更新（高齢福祉課・高齢者）",
        "課題「孤立」を追加（高齢福祉課・高齢者）",
    ]
    assert [each["commit"] for each in told] == git(town, "log", "--format=%H").split()
    newest = told[0]
    assert list(newest) == ["commit", "at", "author", "subject", "action", "records", "changes"]
    assert (newest["author"], newest["action"], newest["records"]) == (STAFF.partition(" <")[0], "update", [VISITS])
    assert newest["changes"] == [
        {"record": VISITS, "field": "status", "label": "状況", "before": "検討中", "after": "取組中"},
        {"record": VISITS, "field": "care_elements", "label": "地域包括ケアの要素", "before": None, "after": ["医療"]},
    ]


def test_log_for_people(run: Run) -> None:
    assert run("set", VISITS, "status=取組中", "since=R8.4.1").code == 0
    head, subject, *changes = run("log", "-n", "1").out.splitlines()
    assert head.startswith("令和")
    assert STAFF.partition(" <")[0] in head
    assert subject == "　取組「見守り訪問」を更新（高齢福祉課・高齢者）"
    assert changes == ["　　状況: 検討中 → 取組中", "　　開始: （なし）→ 令和8年4月1日"]


def test_the_newest_n(run: Run) -> None:
    whole = run("log", "--json").json["commits"]
    assert len(whole) == 6
    assert run("log", "-n", "2", "--json").json["commits"] == whole[:2]
    assert run("log", "--limit", "99", "--json").json["commits"] == whole


def test_the_history_of_a_record_goes_where_it_went(run: Run) -> None:
    moved = VISITS.replace("korei", "jutaku")
    assert run("set", VISITS, "status=取組中").code == 0
    assert run("mv", VISITS, "jutaku").code == 0
    assert run("log", "-n", "1", "--json").json["commits"][0]["changes"] == [
        {"record": moved, "field": "department", "label": "部署", "before": "korei", "after": "jutaku"}
    ]
    assert run("rm", moved).code == 0
    wanted = ["delete", "move", "update", "create"]
    for ref in (moved, VISITS, f"{moved}.toml"):
        assert [each["action"] for each in run("log", ref, "--json").json["commits"]] == wanted
    assert len(run("log", moved, "-n", "1", "--json").json["commits"]) == 1


def test_a_record_that_never_was_is_unknown(run: Run) -> None:
    for ref in ("entries/korei/20200101-aaaaa", "20200101-aaaaa", "nothing/x", "categories/gone"):
        assert run("log", ref).code == 2


def test_a_broken_record_has_its_history(run: Run, write: Write) -> None:
    write(f"{LONELY}.toml", "title = ")
    assert [each["action"] for each in run("log", LONELY, "--json").json["commits"]] == ["create"]


def test_a_folder_in_another_repository_has_its_own_history(run: Run, town: Path, git: Git, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    git(whole, "init", "-q", "-b", "main")
    (whole / "README").write_text("x")
    git(whole, "add", "-A")
    git(whole, "commit", "-qm", "ほかの話")
    (town / ".git").rename(tmp_path / "away")
    inside = town.rename(whole / "store")
    git(whole, "add", "-A")
    git(whole, "commit", "-qm", "取り込み")
    assert run("set", VISITS, "status=取組中", store=inside).code == 0
    told = run("log", "--json", store=inside).json["commits"]
    assert [each["action"] for each in told] == ["update", "create"]
    assert run("check", store=inside).code == 0
    assert [each["action"] for each in run("log", VISITS, "--json", store=inside).json["commits"]] == [
        "update",
        "create",
    ]


def test_who_last_changed_a_value_when_from_what(run: Run) -> None:
    assert run("set", VISITS, "status=取組中").code == 0
    assert run("set", VISITS, "title=声かけ", KYOJU_USER="高齢福祉課 担当 <korei@example.jp>").code == 0
    for field in ("status", "状況"):
        told = run("log", VISITS, "--field", field, "--json").json
        assert list(told) == ["schema", "commits", "next", "origin"]
        assert [each["action"] for each in told["commits"]] == ["update", "create"]
        origin = told["origin"]
        assert (origin["label"], origin["before"], origin["after"]) == ("状況", "検討中", "取組中")
        assert (origin["author"], origin["commit"]) == ("住宅政策課 担当", told["commits"][0]["commit"])
    first, second, *_ = run("log", VISITS, "--field", "title").out.splitlines()
    assert first == "今の値: 件名 声かけ"
    assert "に 高齢福祉課 担当 が「見守り訪問」から変えました（取組「声かけ」を更新" in second
    assert "はじめて記録しました" in run("log", VISITS, "--field", "部署").out
    assert "今は値がない" in run("log", VISITS, "--field", "direction").out
    assert run("log", VISITS, "--field", "direction", "--json").json["origin"] is None


def test_by_cell_person_time_and_words(run: Run) -> None:
    assert run("set", VISITS, "status=取組中", KYOJU_USER="高齢福祉課 担当 <korei@example.jp>").code == 0
    assert run("set", HOUSES, "direction=広げる").code == 0

    def told(*arguments: str) -> list[str]:
        answer = run("log", *arguments, "--json")
        assert answer.code == 0, answer.err
        return [each["action"] + " " + ",".join(each["records"]) for each in answer.json["commits"]]

    assert told("--department", "korei", "--category", "koreisha") == [
        f"update {VISITS}",
        f"create {LONELY}",
        f"create {VISITS}",
    ]
    assert told("--department", "高齢", "--category", "高齢者") == told(
        "--department", "korei", "--category", "koreisha"
    )
    assert told("--department", "住宅政策課") == [f"update {HOUSES}", f"create {HOUSES}"]
    assert told("--department", "common") == []
    assert told("--author", "高齢福祉課") == told("--author", "korei@example.jp") == [f"update {VISITS}"]
    assert told("--text", "空き家") == [f"update {HOUSES}", f"create {HOUSES}"]
    assert told("--since", "R8.1.1", "--author", "高齢福祉課", VISITS) == [f"update {VISITS}"]
    assert told("--until", "令和2年1月1日") == []
    series = run("new", "series", "title=意見交換会", "--json").json["ref"].rpartition("/")[2]
    first = run("new", "meeting", "title=第1回", f"series={series}", "held_on=2026-10-01", "--json").json["ref"]
    assert told("--meeting", first) == []
    second = run("new", "meeting", "title=第2回", f"series={series}", "held_on=2099-01-01", "--json").json["ref"]
    assert f"update {HOUSES}" in told("--meeting", second)


def test_page_by_page(run: Run, town: Path, git: Git) -> None:
    whole = git(town, "log", "--format=%H").split()
    read: list[str] = []
    following = None
    while following is not None or not read:
        more = [] if following is None else ["--after", following]
        answer = run("log", "-n", "4", *more, "--json").json
        read += [each["commit"] for each in answer["commits"]]
        following = answer["next"]
    assert read == whole
    assert f"--after {whole[1][:10]}" in run("log", "-n", "2").err
    assert run("log", "-n", "2", "--after", whole[1][:10], "--json").json["commits"][0]["commit"] == whole[2]


def test_what_was_deleted(run: Run) -> None:
    assert run("log", "--deleted").out == "削除されたままの記録はありません。\n"
    assert run("rm", LONELY).code == 0
    (gone,) = run("log", "--deleted", "--json").json["deleted"]
    assert list(gone) == ["ref", "kind", "title", "at", "author", "commit"]
    assert (gone["ref"], gone["kind"], gone["title"]) == (LONELY, "entry", "孤立")
    first, second, cure = run("log", "--deleted").out.splitlines()
    assert first == f"取組・課題「孤立」　{LONELY}" and second.endswith(f"担当が削除　{gone['commit'][:10]}")
    arguments = cure.partition("kyoju-tui ")[2].split()
    assert run(*arguments).code == 0
    assert run("show", LONELY).code == 0
    assert run("log", "--deleted", "--json").json == {"schema": 1, "deleted": [], "next": None}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("--field status", "REF"),
        (f"{VISITS} --field nothing", "使える項目：title（件名）"),
        (f"{VISITS} --category sumai", "一緒に使えません"),
        ("--category koreisya", "使えるカテゴリー：koreisha"),
        ("--department nobody", "使える部署：jutaku、korei"),
        ("--since きのう", "きのう"),
        ("--since R8.10.2 --until R8.10.1", "始まり"),
        ("--since R20.1.1", "まだ来ていない"),
        ("--meeting nowhere", "見つかりません"),
        (f"--meeting {VISITS}", "見つかりません"),
        ("--meeting x --since R8.1.1", "一緒に使えません"),
        ("--after=--all", "履歴にありません"),
        ("--after nowhere", "履歴にありません"),
        ("--deleted --field status", "一緒に使えません"),
        ("--deleted --after nowhere", "履歴にありません"),
        ("--limit 0", "1以上"),
    ],
)
def test_what_log_refuses(run: Run, arguments: str, said: str) -> None:
    told = run("log", *arguments.split())
    assert (told.code, told.out) == (2, "")
    assert said in told.err


def test_nothing_of_a_commit_steers_the_terminal(run: Run, town: Path, git: Git) -> None:
    who = ("-c", "user.name=悪\x1b[2J者\u202e", "-c", "user.email=x@example.jp")
    git(town, *who, "commit", "-q", "--allow-empty", "-m", "\x1b]52;c;eA==\x07\u202e偽")
    told = run("log", "-n", "1")
    assert "偽" in told.out
    assert all(letter.isprintable() or letter in "\n\u3000" for letter in told.out)
