"""`set` on several records at once, members of lists added and taken away, and points settled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import HOUSES, LONELY, VISITS, Run
from tests.conftest import Git


def fields(run: Run, ref: str) -> dict[str, Any]:
    return run("show", ref, "--json").json["record"]


def test_several_records_change_as_one_commit(run: Run, town: Path, git: Git) -> None:
    before = git(town, "rev-list", "--count", "HEAD").strip()
    told = run("set", VISITS, HOUSES, "confirmed=担当者案", "categories+=kosodate", "--json").json
    assert told["refs"] == [VISITS, HOUSES]
    assert fields(run, VISITS)["categories"] == ["koreisha", "kosodate"]
    assert fields(run, HOUSES)["confirmed"] == "担当者案"
    assert int(git(town, "rev-list", "--count", "HEAD")) == int(before) + 1
    assert git(town, "log", "-1", "--format=%s").strip() == "取組「見守り訪問」ほか1件を更新"


def test_of_several_the_one_that_cannot_follow_is_named_and_nothing_is_changed(run: Run, town: Path, git: Git) -> None:
    head = git(town, "rev-parse", "HEAD")
    told = run("set", VISITS, LONELY, "status=終了")
    assert told.code == 2
    assert "孤立" in told.err and LONELY in told.err
    assert run("set", VISITS, LONELY).code == 2
    assert run("set", VISITS, "nope", "status=終了").code == 2
    assert git(town, "rev-parse", "HEAD") == head


def test_the_secretariats_wording_of_several_awaits_the_departments_again(run: Run) -> None:
    assert run("set", VISITS, HOUSES, "confirmed=課長確認済").code == 0
    assert run("set", VISITS, HOUSES, "summary=見直し").code == 0
    assert {fields(run, each)["confirmed"] for each in (VISITS, HOUSES)} == {"未確認"}


def test_a_row_is_added_to_a_list_and_taken_out_by_its_id(run: Run) -> None:
    meeting = run("new", "meeting", "title=会議", "held_on=R8.11.20", "documents=資料1", "--json").json["ref"]
    first = 'opinions+:={category = "koreisha", text = "担い手が足りない", lens = "課題"}'
    more = 'opinions+:=[{category = "sumai", text = "空き家"}, {category = "sumai", text = "坂道"}]'
    assert run("set", meeting, first).code == run("set", meeting, more, "documents+=資料1, 資料2").code == 0
    record = fields(run, meeting)
    assert [each["text"] for each in record["opinions"]] == ["担い手が足りない", "空き家", "坂道"]
    assert record["documents"] == ["資料1", "資料2"]
    gone = ",".join(each["id"] for each in record["opinions"][:2])
    assert run("set", meeting, f"opinions-={gone}", "documents-=資料1").code == 0
    assert [each["text"] for each in fields(run, meeting)["opinions"]] == ["坂道"]
    assert fields(run, meeting)["documents"] == ["資料2"]


@pytest.mark.parametrize(
    "assignment",
    ["title+=x", "title-=x", "opinions+=x", "opinions-=zzzzz", "documents-=資料9", "opinions+:={nope = 1}", "nope+=x"],
)
def test_what_cannot_be_added_or_taken_away_is_refused_in_words(
    run: Run, town: Path, git: Git, assignment: str
) -> None:
    meeting = run("new", "meeting", "title=会議", "held_on=R8.11.20", "--json").json["ref"]
    head = git(town, "rev-parse", "HEAD")
    told = run("set", meeting, assignment)
    assert told.code == 2
    assert "「" in told.err
    assert git(town, "rev-parse", "HEAD") == head


def test_a_row_with_a_natural_key_is_taken_out_by_it(run: Run) -> None:
    assert run("set", VISITS, "results.R7.text=420回", "results.R8.text=100回").code == 0
    assert run("set", VISITS, "results-=R7").code == 0
    assert fields(run, VISITS)["results"] == [{"fiscal_year": 2026, "text": "100回"}]


def test_a_point_is_settled_changed_and_opened_again(run: Run) -> None:
    point = next(each for each in run("findings", "--json").json["findings"] if each["rule"] == "no-initiative")
    key = point["key"]
    needed = run("settle", key, "必要な取組", "needed.title=買い物の足", "stage=会議で整理")
    assert needed.code == 0, needed.err
    record = fields(run, f"findings/{key}")
    assert (record["subjects"], record["decided_on"]) == (point["subjects"], "2026-11-23")
    assert record["needed"] == {"title": "買い物の足"}
    # Decided otherwise, the line of the matrix goes.
    assert run("settle", f"findings/{key}", "不要", "reason=足りている").code == 0
    assert "needed" not in fields(run, f"findings/{key}")
    assert run("rm", f"findings/{key}").code == 0
    again = next(each for each in run("findings", "--json").json["findings"] if each["key"] == key)
    assert again["verdict"] is None


def test_only_the_words_of_its_rule_settle_a_point(run: Run) -> None:
    key = next(each["key"] for each in run("findings", "--json").json["findings"] if each["rule"] == "no-initiative")
    wrong = run("settle", key, "役割分担済")
    assert (wrong.code, "使える整理結果：必要な取組、不要、継続検討" in wrong.err) == (2, True)
    assert "needed.title" in run("settle", key, "必要な取組").err
    assert run("settle", "no-initiative-000000000000", "不要").code == 2
