"""`log`: what happened, in the domain's words."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import LONELY, VISITS, Run, Write
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
