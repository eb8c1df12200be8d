"""`inquiry`: status, send, receive, remind, compile."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import VISITS, Ran, Run
from tests.cli.test_changing import disk
from tests.conftest import Git

ID = "20261101-qqqqq"


@pytest.fixture
def draft(run: Run) -> str:
    """An inquiry to both departments that is not sent yet."""
    targets = 'targets:=[{department="jutaku"}, {department="korei"}]'
    made = run("new", "inquiry", "--id", ID, "title=第1次照会", "due_on=2026-12-07", targets, "--json")
    assert made.code == 0, made.err
    return ID


@pytest.fixture
def sent(run: Run, draft: str) -> str:
    """The same, sent."""
    told = run("inquiry", "send", draft, "--on", "R8.11.20")
    assert told.code == 0 and "事前説明の会議が決まっていません" in told.err
    return draft


def test_the_whole_course(run: Run, town: Path, sent: str, git: Git) -> None:
    assert run("inquiry", "receive", sent, "jutaku", "--confirmed", "課長確認済").code == 0
    assert run("inquiry", "remind", sent, "korei", "--how", "電話", "--reply", "来週").code == 0
    told = run("inquiry", "status", sent)
    assert told.code == 0
    head, _, *lines = told.out.splitlines()
    assert "第1次照会　回答 1/2　期限 R8.12.7　残り14日（10開庁日）" in head
    assert [line.split()[:2] for line in lines] == [["高齢福祉課", "回答待ち"], ["住宅政策課", "回答済"]]
    status = run("inquiry", "status", sent, "--json").json
    assert (status["answered"], status["expected"], status["days_left"]) == (1, 2, 14)
    assert [each["state"] for each in status["targets"]] == ["回答待ち", "回答済"]
    assert status["targets"][0]["reminders"][0]["reply"] == "来週"

    output = town.parent / "第1回.md"
    head_before = git(town, "rev-parse", "HEAD").strip()
    told = run("inquiry", "compile", sent, "-o", output)
    assert told.code == 0, told.err
    assert "第1回取りまとめ" in told.out and "高齢福祉課" in told.out
    assert git(town, "rev-parse", f"kyoju/{sent}/1^{{commit}}").strip() == head_before
    text = output.read_text(encoding="utf-8")
    assert "間に合わなかった部署：高齢福祉課" in text and "| 住宅政策課 | 回答済 | 第1版 |" in text

    assert run("set", VISITS, "title=変わった訪問").code == 0
    assert run("inquiry", "receive", sent, "jutaku", "--reason", "訂正").code == 0
    again = town.parent / "また.md"
    assert run("inquiry", "compile", sent, "--number", "1", "-o", again).code == 0
    assert again.read_text(encoding="utf-8") == text
    second = run("inquiry", "compile", sent, "--json").json
    assert (second["number"], second["late"]) == (2, ["korei"])
    assert git(town, "tag", "--list").split() == [f"kyoju/{sent}/1", f"kyoju/{sent}/2"]
    assert git(town, "log", "-1", "--format=%s").strip().startswith("照会「第1次照会」の第2回取りまとめ")
    assert run("check").code == 0


def test_a_compilation_taken_back_leaves_its_mark_and_the_next_stands_beside_it(
    run: Run, town: Path, sent: str, git: Git
) -> None:
    assert run("inquiry", "compile", sent).code == 0
    assert run("undo").code == 0
    assert run("inquiry", "compile", sent).code == 0
    assert git(town, "tag", "--list").split() == [f"kyoju/{sent}/1", f"kyoju/{sent}/1-2"]


def test_a_compilation_of_which_the_day_alone_is_known_is_written_as_of_that_day(run: Run, sent: str) -> None:
    ref = f"inquiries/{sent}"
    # A day that comes after the town's commits, whatever day the test runs on.
    noted = 'compilations:=[{id="aaaaa", number=1, as_of=2090-01-10}, {id="bbbbb", number=2}]'
    assert run("set", ref, noted).code == 0
    told = run("inquiry", "compile", sent, "--number", "1")

    assert told.code == 0, told.err
    assert "第1回取りまとめ（令和72年1月10日時点）" in told.out and "| 高齢福祉課 | 期限超過 |" in told.out
    assert "いつの時点のものかが記録されていません" in run("inquiry", "compile", sent, "--number", "2").err
    assert "記録された取りまとめ：第1回・第2回。" in run("inquiry", "compile", sent, "--number", "3").err
    assert f"照会のid：{sent}。list と log" in run("inquiry", "compile", "20990101-aaaaa").err


def test_dry_runs_write_nothing(run: Run, town: Path, sent: str) -> None:
    before = disk(town)
    for arguments in (
        f"receive {sent} jutaku", f"remind {sent} jutaku --how 電話", f"compile {sent} -o {town.parent / 'x.md'}",
    ):  # fmt: skip
        told = run("inquiry", *arguments.split(), "--dry-run")
        assert told.code == 0 and "書き込んでいません" in told.out, told.err
    assert disk(town) == before
    assert not (town.parent / "x.md").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("fetch {}", "選べません"),
        ("export {}", "-o"),
        ("status", "ID"),
        ("status nowhere", "見つかりません"),
        ("receive {}", "DEPARTMENT"),
        ("receive {} kankyo", "照会先にありません"),
        ("receive {} jutaku --how 電話", "付けられません"),
        ("receive {} jutaku --version 0", "整数"),
        ("receive {} jutaku --on 令和8年2月30日", "2月30日"),
        ("receive {} jutaku --confirmed 済", "選べません"),
        ("remind {} jutaku", "--how"),
        ("status {} jutaku", "付けられません"),
        ("send {}", "発出済み"),
        ("compile {} --number 7", "第7回の取りまとめはありません"),
    ],
)
def test_wrong_use(run: Run, sent: str, arguments: str, words: str) -> None:
    told: Ran = run("inquiry", *arguments.format(sent).split())
    assert told.code == 2, told.out
    assert words in told.err


def test_a_draft_is_neither_answered_nor_compiled(run: Run, draft: str) -> None:
    for arguments in (("receive", draft, "jutaku"), ("compile", draft)):
        told = run("inquiry", *arguments)
        assert told.code == 2 and "まだ発出して" in told.err


def test_an_output_that_cannot_be_written_closes_nothing(run: Run, town: Path, sent: str, git: Git) -> None:
    told = run("inquiry", "compile", sent, "-o", town.parent / "nowhere" / "x.md")
    assert told.code == 3
    assert git(town, "tag", "--list") == ""
    assert "compilations" not in (town / "inquiries" / f"{sent}.toml").read_text(encoding="utf-8")


def test_nothing_to_report_is_an_answer_of_its_own(run: Run, sent: str) -> None:
    def nothing() -> list[dict[str, str]]:
        rows = run("show", sent, "--json").json["record"].get("nothing_to_report", [])
        return [{name: value for name, value in row.items() if name != "id"} for row in rows]

    whole = {"department": "jutaku", "category": "koreisha"}
    told = run("inquiry", "nothing", sent, "jutaku", "koreisha")
    assert told.code == 0, told.err
    assert nothing() == [whole]
    # Said twice it stands once.
    assert run("inquiry", "nothing", sent, "jutaku", "koreisha").code == 0
    assert run("inquiry", "nothing", sent, "korei", "koreisha", "--kind", "データ").code == 0
    assert nothing() == [whole, {"department": "korei", "category": "koreisha", "kind": "データ"}]
    cells = run("matrix", "--json").json["cells"]
    assert next(c["state"] for c in cells if (c["department"], c["category"]) == ("jutaku", "koreisha")) == "該当なし"
    assert run("inquiry", "nothing", sent, "korei", "koreisha", "--kind", "データ", "--undo").code == 0
    assert nothing() == [whole]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["jutaku"], "CATEGORY"),
        (["nope", "koreisha"], "nope"),
        (["jutaku", "nope"], "nope"),
        (["korei", "koreisha"], "見守り訪問"),
        (["korei", "koreisha", "--kind", "取組"], "見守り訪問"),
        (["korei", "koreisha", "--how", "電話"], "--how"),
    ],
)
def test_nothing_is_refused_where_something_stands_or_nobody_asked(
    run: Run, sent: str, arguments: list[str], said: str
) -> None:
    told = run("inquiry", "nothing", sent, *arguments)
    assert told.code == 2
    assert said in told.err
