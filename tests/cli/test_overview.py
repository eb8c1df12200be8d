"""`matrix` and `findings`: the handbook's own example typed in, exports, as it stood."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import HOUSES, LONELY, VISITS, Run, Write
from tests.conftest import Git
from tests.dated import made_on

DEPARTMENTS = ["住宅課", "高齢福祉課", "子育て支援課", "市民課", "商工課", "環境課"]
# T = an initiative, I = an issue, in the order of the departments.
GOLDEN = {
    "高齢者": "I TI - TI I -",
    "子育て": "I - TI - - -",
    "住まい": "TI TI I I - TI",
    "商店街": "- - - - TI -",
    "住民活動": "- I TI TI - TI",
}


@pytest.fixture
def golden(run: Run, tmp_path: Path) -> Path:
    """The handbook's example, entered as staff would enter it."""
    root = tmp_path / "golden"
    assert run("init", root, "--municipality", "試験市", store=None).code == 0

    def new(kind: str, *fields: str) -> None:
        assert run("new", kind, *fields, store=root).code == 0

    for order, name in enumerate(GOLDEN):
        new("category", f"name={name}", "--id", f"c{order}", f"order={order}")
    for order, name in enumerate(DEPARTMENTS):
        new("department", f"name={name}", "--id", f"d{order}", f"order={order}")
    for row, line in enumerate(GOLDEN.values()):
        for column, marks in enumerate(line.split()):
            where = [f"categories=c{row}", f"department=d{column}"]
            if "T" in marks:
                new("entry", "title=事業", "kind=取組", "status=取組中", *where)
            if "I" in marks:
                new("entry", "title=課題", "kind=課題", *where)
    return root


def test_the_handbooks_example(run: Run, golden: Path) -> None:
    told = run("matrix", "--json", store=golden).json
    keys = ["schema", "categories", "departments", "cells", "base_data", "needed", "opinions"]
    assert list(told) == keys
    assert [each["name"] for each in told["categories"]] == list(GOLDEN)
    assert [each["name"] for each in told["departments"]] == DEPARTMENTS
    cells: dict[tuple[str, str], dict[str, Any]] = {
        (cell["category"], cell["department"]): cell for cell in told["cells"]
    }
    assert len(cells) == 30
    for row, line in enumerate(GOLDEN.values()):
        for column, marks in enumerate(line.split()):
            cell = cells[f"c{row}", f"d{column}"]
            assert list(cell) == ["category", "department", "state", "inquiry", "counts", "entries"]
            assert cell["state"] == ("記入なし" if marks == "-" else "記載あり")
            assert cell["inquiry"] == "照会なし"
            under_way, issues = int("T" in marks), int("I" in marks)
            assert cell["counts"] == {
                "取組中": under_way,
                "検討中": 0,
                "終了": 0,
                "課題": issues,
                "取組上の課題": 0,
            }
            assert len(cell["entries"]) == under_way + issues
    filled = [cell for cell in cells.values() if cell["state"] == "記載あり"]
    at_work = [cell for cell in filled if cell["counts"]["取組中"]]
    rows = [sum(cell["category"] == f"c{row}" for cell in at_work) for row in range(5)]
    assert (len(filled), len(cells) - len(filled)) == (16, 14)
    assert (len(at_work), len(filled) - len(at_work)) == (10, 6)
    assert (sum(count >= 2 for count in rows), rows.count(1)) == (3, 2)
    assert run("check", store=golden).code == 0


def test_the_matrix_for_people(run: Run) -> None:
    assert run("new", "entry", "title=送迎", "kind=取組", "status=必要", "categories=sumai").code == 0
    told = run("matrix")
    assert told.code == 0
    assert told.out.splitlines()[0].split() == ["カテゴリー", "基礎データ", "住宅", "高齢", "意見・考え方等"]
    assert "検討中1・課題1" in told.out
    assert told.out.splitlines()[-1] == "必要な取組（住まい）: 送迎（所管未定）"


def test_the_matrix_as_a_file(run: Run, tmp_path: Path) -> None:
    told = run("matrix", "-o", tmp_path / "一覧表.csv")
    assert (told.code, told.out) == (0, f"書き出しました: {tmp_path / '一覧表.csv'}\n")
    with (tmp_path / "一覧表.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file))[0] == "カテゴリー"
    assert run("matrix", "--output", tmp_path / "x.MD", "--json").json["categories"]
    assert (tmp_path / "x.MD").read_text(encoding="utf-8").startswith("# 試験市　居住コミュニティ一覧表")
    assert run("matrix", "-o", tmp_path / "nowhere" / "x.md").code == 3


@pytest.mark.parametrize("name", ["x.pdf", "x", "x.csv.exe"])
def test_a_form_that_there_is_not(run: Run, tmp_path: Path, name: str) -> None:
    told = run("matrix", "-o", tmp_path / name, "--json")
    assert told.code == 2
    assert ".csv" in told.json["error"]["cure"]
    assert not (tmp_path / name).exists()


def test_as_it_stood(run: Run, git: Git, town: Path) -> None:
    before = git(town, "rev-parse", "HEAD").strip()
    then = run("matrix", "--json").json
    assert run("rm", LONELY).code == 0
    assert run("matrix", "--json").json != then
    assert run("matrix", "--at", before, "--json").json == run("matrix", "--at", "HEAD~1", "--json").json == then
    told = run("findings", "--at", before, "--json").json["findings"]
    assert LONELY in [subject for each in told for subject in each["subjects"]]
    for command in ("matrix", "findings"):
        assert run(command, "--at", "nothing").code == 2
        assert run(command, "--at", "--all").code == 2


def test_findings_for_programs(run: Run) -> None:
    told = run("findings", "--json").json["findings"]
    keys = ["key", "rule", "name", "kind", "subjects", "why", "score", "verdict", "stage", "reason", "decided_on"]
    assert all(list(each)[: len(keys)] == keys for each in told)
    issue = next(each for each in told if each["rule"] == "open-issue")
    assert (issue["name"], issue["kind"], issue["subjects"]) == ("対応する取組が未確認の課題", "論点", [LONELY])
    assert (issue["verdict"], issue["decided_on"]) == (None, None)


def test_a_settled_point_is_told_as_settled(run: Run) -> None:
    new = ["new", "finding", "rule=open-issue", f"subjects={LONELY}", "verdict=継続検討", "decided_on=R8.11.20"]
    key = run(*new, "--json").json["ref"].removeprefix("findings/")
    issue = next(each for each in run("findings", "--json").json["findings"] if each["key"] == key)
    assert (issue["verdict"], issue["decided_on"]) == ("継続検討", "2026-11-20")
    assert key not in [each["key"] for each in run("findings", "--open", "--json").json["findings"]]
    assert key in run("findings").out
    assert "［継続検討］" in run("findings").out


def test_findings_of_one_kind(run: Run, write: Write) -> None:
    write(
        f"{VISITS}.toml",
        'title = "x"\nkind = "取組"\nstatus = "取組中"\ncategories = ["koreisha"]\nuntil = 2027-03-31\n',
    )
    kinds = {kind: run("findings", "--kind", kind, "--json").json["findings"] for kind in ("論点", "確認事項")}
    assert {each["kind"] for each in kinds["論点"]} == {"論点"}
    assert [each["rule"] for each in kinds["確認事項"]] == ["ending"]
    assert [each["subjects"] for each in kinds["確認事項"]] == [[VISITS]]
    assert run("findings").out.splitlines()[-1] == f"{len(kinds['論点']) + 1}件"


def test_what_is_read_depends_on_the_day(run: Run, write: Write) -> None:
    write(f"{HOUSES}.toml", 'title = "x"\nkind = "データ"\ncategories = ["sumai"]\nas_of = 2024-06-01\n')
    rules = [each["rule"] for each in run("findings", "--json", KYOJU_TODAY="2025-04-01").json["findings"]]
    assert "stale" not in rules
    rules = [each["rule"] for each in run("findings", "--json", KYOJU_TODAY="2026-11-23").json["findings"]]
    assert "stale" in rules
    told = run("findings", "--json", KYOJU_TODAY="いつか")
    assert (told.code, told.json["error"]["code"]) == (2, "invalid-value")


def test_as_it_stood_at_a_day_and_at_a_meeting(run: Run, town: Path) -> None:
    fields = ["title=意見交換会", "held_on=2026-11-20", "--id", "20261120-aaaaa"]
    assert run("new", "meeting", *fields).code == 0
    made_on(town, date(2026, 11, 20))
    now = run("matrix", "--json").json
    assert run("matrix", "--at", "令和8年11月23日", "--json").json == now
    early = run("matrix", "--at", "平成30年4月1日")
    assert early.code == 2 and "できる前" in early.err
    assert "まだ来ていない" in run("findings", "--at", "2026-11-24").err
    then = run("findings", "--at", "meetings/20261120-aaaaa", "--json").json
    assert then == run("findings", "--at", "20261120-aaaaa", "--json").json == run("findings", "--json").json
