"""`new` and `set`: what is typed as KEY=VALUE and KEY:=TOML, and what it becomes in the file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import LONELY, VISITS, Run, Write
from tests.conftest import STAFF, Git

GENERATED = re.compile(r"20261123-[0-9a-hjkmnp-tv-z]{5}")


def fields(run: Run, ref: str) -> dict[str, Any]:
    return run("show", ref, "--json").json["record"]


def test_new_prints_the_ref_as_its_last_line(run: Run, town: Path, git: Git) -> None:
    told = run(
        "new", "entry", "title=買物支援", "kind=取組", "status=検討中", "categories=koreisha", "department=korei"
    )
    assert told.code == 0, told.err
    ref = told.out.splitlines()[-1]
    assert GENERATED.fullmatch(ref.removeprefix("entries/korei/"))
    assert (town / f"{ref}.toml").exists()
    assert git(town, "log", "-1", "--format=%an <%ae>%n%s").splitlines() == [
        STAFF,
        "取組「買物支援」を追加（高齢福祉課・高齢者）",
    ]
    assert git(town, "show", "--name-only", "--format=").split() == [f"{ref}.toml"]
    assert git(town, "status", "--porcelain") == ""


def test_new_for_programs(run: Run) -> None:
    told = run("new", "area", "name=本町", "reading=ほんちょう", "--json").json
    assert list(told) == ["schema", "refs", "commit", "subject", "merged", "ref"]
    assert (told["ref"], told["refs"], told["merged"]) == ("areas/honcho", ["areas/honcho"], False)


@pytest.mark.parametrize(
    ("arguments", "folder"),
    [
        ("kind=データ", "common"),
        ("kind=取組 status=必要", "common"),
        ("kind=データ department=korei", "korei"),
        ("kind=取組 status=必要 department=jutaku", "jutaku"),
        ('kind=課題 department:="korei"', "korei"),
    ],
)
def test_an_entry_lies_with_its_department_or_in_common(run: Run, arguments: str, folder: str) -> None:
    told = run("new", "entry", "title=x", "categories=sumai", *arguments.split(), "--json")
    assert told.code == 0, told.out
    assert told.json["ref"].startswith(f"entries/{folder}/")
    assert "department" not in fields(run, told.json["ref"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("kind=課題", "部署"),
        ("kind=取組 status=検討中", "部署"),
        ("kind=取組 department=korei", "状況"),
        ("kind=課題 status=検討中 department=korei", "状況"),
        ("kind=データ status=必要", "状況"),
        ("kind=課題 department=nowhere", "nowhere"),
        ("kind=課題 department=../x", "使えません"),
        ("kind=課題 department=korei categories=nothing", "nothing"),
        ("kind=課題 department=korei categories=", "カテゴリー"),
        ("kind=施策 department=korei", "「種別」に「施策」は選べません"),
        ("kind=課題 department=korei stauts=検討中", "「stauts」という項目はありません"),
        ("kind=課題 department=korei source.page=3", "「source.page」という項目はありません"),
        ("kind=課題 department=korei source:={page=3}", "「source.page」という項目はありません"),
        (
            "kind=課題 department=korei results:=[{fiscal_year=2026,amount=1}]",
            "「results.amount」という項目はありません",
        ),
        ("kind=課題 department=korei title.x=3", "表ではない"),
        ("kind=課題 department=korei source=x", "表なので"),
        ("kind=課題 department=korei source:=5 source.document=x", "表なので"),
        ("kind=課題 department=korei results:=5 results.0.text=x", "表の並び"),
        ("kind=課題 department=korei results:=[5] results.0.text=x", "表の並び"),
        ("kind=課題 department=korei results.text=x", "表の並び"),
        ("kind=課題 department=korei since=2026-13-01", "暦"),
        ("kind=課題 department=korei since=いつか", "いつか"),
        ("kind=課題 department=korei budget_thousand_yen=多い", "数として"),
        ("kind=課題 department=korei budget_thousand_yen=-1", "0以上"),
        ("kind=課題 department=korei budget_thousand_yen:=nan", "数として扱えない"),
        ("kind=課題 department=korei budget_thousand_yen:=99999999999999999999", "大きすぎます"),
        ("kind=課題 department=korei budget_thousand_yen:=1.5", "整数"),
        ("kind=課題 department=korei since:=2026-11-23T10:00:00", "日付"),
        ("kind=課題 department=korei outline:=5", "文字"),
        ("kind=課題 department=korei outline:=[", "TOML"),
        ("kind=課題 department=korei outline:=1\ntitle=2", "1つだけ"),
        (f"kind=課題 department=korei source:={{{'b.' * 30}c=1}}", "TOML"),
        ("kind=課題 department=korei outline=\x1b[31m", "制御文字"),
        ("kind=課題 department=korei outline=\udc93", "UTF-8"),
        (f"kind=課題 department=korei outline={'長' * 20_001}", "20000文字以内"),
        ("kind=課題 department=korei related_departments=korei,nowhere", "nowhere"),
        ("kind=課題 department=korei =x", "KEY=VALUE"),
        ("kind=課題 department=korei title", "KEY=VALUE"),
    ],
)
def test_a_wrong_value_is_refused_in_words_and_nothing_is_written(
    run: Run, town: Path, git: Git, arguments: str, said: str
) -> None:
    before = git(town, "rev-parse", "HEAD")
    told = run("new", "entry", "title=x", "categories=sumai", *re.split(" +", arguments), "--json")
    assert told.code == 2
    assert said in told.json["error"]["message"]
    assert not re.search(r"[Ii]nput|should|valid\b", told.json["error"]["message"])
    assert git(town, "rev-parse", "HEAD") == before
    assert git(town, "status", "--porcelain") == ""


def test_an_unknown_key_names_the_fields_there_are(run: Run) -> None:
    told = run("set", VISITS, "stauts=取組中", "--json")
    assert told.code == 2
    assert "title、kind、status、data_kind、categories" in told.json["error"]["cure"]


def test_text_is_coerced_by_its_field(run: Run) -> None:
    told = run(
        *(
            "set",
            VISITS,
            "since=令和７年４月１日",
            "until=R9.3.31",
            "as_of=2026/11/23",
            "budget_thousand_yen=１，２００",
        ),
        *("categories=koreisha、sumai, kosodate", "care_elements=医療,介護", "results.2025.text=延べ120件"),
        *("results.令和8年度.text=延べ60件", "source.document=事務事業一覧", "note=a=b:=c", "operator= 委託 "),
    )
    assert told.code == 0, told.err
    assert fields(run, VISITS) == {
        "title": "見守り訪問",
        "kind": "取組",
        "status": "検討中",
        "categories": ["koreisha", "sumai", "kosodate"],
        "results": [{"fiscal_year": 2025, "text": "延べ120件"}, {"fiscal_year": 2026, "text": "延べ60件"}],
        "since": "2025-04-01",
        "until": "2027-03-31",
        "as_of": "2026-11-23",
        "budget_thousand_yen": 1200,
        "operator": "委託",
        "care_elements": ["医療", "介護"],
        "source": {"document": "事務事業一覧"},
        "note": "a=b:=c",
    }


def test_rows_are_reached_by_natural_key_by_id_and_by_number(run: Run) -> None:
    opinions = '[{department="korei", text="一つ目"}, {id="abc12", text="二つ目"}]'
    ref = run("new", "meeting", "title=連携会議", "kind=連携会議", f"opinions:={opinions}", "--json").json["ref"]
    first, second = fields(run, ref)["opinions"]
    assert re.fullmatch(r"[0-9a-z]{5}", first["id"])
    assert second["id"] == "abc12"
    changed = ("opinions.abc12.lens=課題", "opinions.0.text=直した", f"opinions.{first['id']}.print=はい")
    assert run("set", ref, *changed, "attendance.korei.status=代理").code == 0
    record = fields(run, ref)
    assert record["opinions"][0] == {**first, "text": "直した", "print": True}
    assert record["opinions"][1] == {"id": "abc12", "text": "二つ目", "lens": "課題"}
    assert record["attendance"] == [{"department": "korei", "status": "代理"}]
    assert run("set", ref, "opinions.zzzzz.text=x").code == 2


def test_a_natural_key_may_be_written_as_staff_write_it(run: Run) -> None:
    assert run("set", VISITS, "results.2025.text=3回", "results.R7.text=4回", "results.令和8年度.text=5回").code == 0
    assert fields(run, VISITS)["results"] == [
        {"fiscal_year": 2025, "text": "4回"},
        {"fiscal_year": 2026, "text": "5回"},
    ]


def test_an_empty_value_clears(run: Run) -> None:
    assert run("set", VISITS, "note=x", "source.document=y", "areas=").code == 0
    assert run("set", VISITS, "note=", "source.document= ", "direction=").code == 0
    assert fields(run, VISITS).keys() == {"title", "kind", "status", "categories"}
    assert run("set", VISITS, "title=").code == 2


def test_the_format_of_the_store_is_not_set_by_hand(run: Run, town: Path, git: Git) -> None:
    told = run("set", "store", "format=2", "--json")
    assert (told.code, told.json["error"]["code"]) == (2, "invalid-value")
    assert run("set", "store", "format=1", "title=一覧").code == 0
    assert "format = 1" in git(town, "show", "HEAD:store.toml")


def test_a_department_is_no_field_of_an_entry(run: Run) -> None:
    told = run("set", VISITS, "department=jutaku", "--json")
    assert told.code == 2
    assert "mv" in told.json["error"]["cure"]


def test_unknown_keys_and_comments_of_a_file_survive(run: Run, write: Write) -> None:
    file = write(
        f"{LONELY}.toml", '# 手書き\nkind = "課題"\ntitle = "孤立"\nmemo = "残す"\ncategories = ["koreisha"]\n'
    )
    assert run("set", LONELY, "direction=話し合う").code == 0
    text = file.read_text(encoding="utf-8")
    assert text.startswith('# 手書き\nkind = "課題"\ntitle = "孤立"\nmemo = "残す"\n')
    assert 'direction = "話し合う"' in text


def test_what_does_not_change_makes_no_commit(run: Run, town: Path, git: Git) -> None:
    before = git(town, "rev-parse", "HEAD")
    assert "そのまま" in run("set", VISITS, "title=見守り訪問").out
    assert run("set", VISITS, "title=見守り訪問", "--json").json["commit"] is None
    assert git(town, "rev-parse", "HEAD") == before


def test_a_changed_summary_waits_to_be_confirmed(run: Run) -> None:
    assert run("set", VISITS, "summary=短い文", "confirmed=課長確認済").code == 0
    told = run("set", VISITS, "summary=別の文", "--dry-run", "--json")
    assert "未確認" in told.json["message"]
    assert run("set", VISITS, "summary=別の文").code == 0
    assert fields(run, VISITS)["confirmed"] == "未確認"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("department name=謎の課", "idを自分で決める"),
        ("category name=交通 --id Kotsu", "使えません"),
        ("category name=住まい --id sumai", "もうあります"),
        ("store municipality=市 format=1", "もうあります"),
        ("entry title=x kind=課題 categories=sumai department=jutaku --id 20261101-aaaaa", "もうあります"),
    ],
)
def test_an_id_that_cannot_be_had_is_said(run: Run, arguments: str, said: str) -> None:
    told = run("new", *arguments.split(), "--json")
    assert told.code == 2
    assert said in told.json["error"]["message"] + told.json["error"]["cure"]


def test_a_kind_of_which_there_is_one(run: Run) -> None:
    assert run("new", "policy", "purpose=住み続けられるまち").out.splitlines()[-1] == "policy"
    assert run("new", "policy", "purpose=x").code == 2
    assert run("set", "policy", "lead.department=korei", "lead.decided_on=R8.4.1").code == 0
    assert fields(run, "policy")["lead"] == {"department": "korei", "decided_on": "2026-04-01"}
