"""`category` and `department`: rows and columns rearranged, many records in one commit, shown before it is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import LONELY, VISITS, Run
from tests.cli.test_changing import disk
from tests.conftest import Git


def test_a_merge_of_categories_is_one_commit_that_undo_takes_back(run: Run, town: Path, git: Git) -> None:
    before = git(town, "rev-parse", "HEAD").strip()
    told = run("category", "merge", "koreisha", "sumai")
    assert (told.code, told.err) == (0, "")
    assert told.out == "記録しました: カテゴリー「高齢者」を「住まい」に統合\n"
    assert run("show", VISITS, "--json").json["record"]["categories"] == ["sumai"]
    assert run("check").code == 0
    assert run("undo").code == 0
    assert not git(town, "diff", before, "--", "*.toml").strip()


@pytest.mark.parametrize(
    "arguments",
    [
        "category merge koreisha sumai",
        "category retire shotengai",
        "category add-preset handbook-7",
        "department reorganise rename korei --into fukushi=福祉課 --on 2026-10-01",
    ],
)
def test_a_dry_run_names_what_changes_and_writes_nothing(run: Run, town: Path, arguments: str) -> None:
    before = disk(town)
    told = run(*arguments.split(), "--dry-run")
    assert (told.code, told.err) == (0, "")
    assert "書き込んでいません" in told.out
    planned = run(*arguments.split(), "--dry-run", "--json").json
    assert planned["dry_run"] and planned["refs"] and planned["told"]
    assert disk(town) == before
    assert run(*arguments.split(), "--json").json["refs"] == planned["refs"]


def test_retired_and_back(run: Run) -> None:
    assert run("category", "retire", "shotengai").out == "記録しました: カテゴリー「商店街」を廃止\n"
    assert run("category", "retire", "shotengai").code == 2
    assert run("category", "retire", "shotengai", "--undo").out == "記録しました: カテゴリー「商店街」を使用に戻す\n"


@pytest.mark.parametrize(
    "arguments,words",
    [
        ("category merge koreisha koreisha", "それ自身"),
        ("category merge koreisha nowhere", "見つかりません"),
        ("category merge koreisha", "引数の数が合いません"),
        ("category add-preset handbook-5", "すべてあります"),
        ("category add-preset handbook-6", "型はありません"),
        ("category burn koreisha", "選べません"),
        ("category merge koreisha sumai --undo", "retire だけ"),
        ("department reorganise rename korei", "数が合いません"),
        ("department reorganise rename", "足りません"),
        ("department reorganise rename korei --into korei=福祉課", "もう使われています"),
        ("department reorganise abolish korei --into korei", "自身を引き継ぐ"),
        ("department reorganise rename korei --into 福祉課", "読めません"),
        ("department reorganise rename korei --into fukushi=福祉課 --on R8.2.30", "暦にありません"),
        ("department reorganise split korei --into a=甲課 --into b=乙課 --on 2026-10-01", "2件あります"),
        ("department hand-over korei", "まだ廃止されていません"),
    ],
)
def test_what_cannot_be_is_refused_in_words(run: Run, town: Path, git: Git, arguments: str, words: str) -> None:
    before = git(town, "rev-parse", "HEAD")
    told = run(*arguments.split())
    assert told.code == 2
    assert words in told.err
    answer = run(*arguments.split(), "--json").json
    assert words in answer["error"]["message"] + answer["error"]["cure"]
    assert git(town, "rev-parse", "HEAD") == before


def test_a_split_places_entries_one_by_one_and_the_rest(run: Run) -> None:
    split = ["department", "reorganise", "split", "korei", "--into", "kaigo=介護課", "--into", "jutaku"]
    told = run(*split, "--rest", "kaigo", "--place", f"{LONELY}=jutaku", "--on", "R8.10.1")
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("記録しました: 高齢福祉課を介護課・住宅政策課に分割（令和8年10月1日から）")
    moved = f"entries/kaigo/{VISITS.rpartition('/')[2]}"
    assert run("show", moved).code == 0
    assert run("show", f"entries/jutaku/{LONELY.rpartition('/')[2]}").code == 0
    assert len(run("log", moved, "--json").json["commits"]) == 2
    assert run("check").code == 0


def test_what_a_department_left_is_handed_over_to_its_successor(run: Run) -> None:
    assert run("set", "departments/korei", "until=2026-03-31", "successor=jutaku").code == 0
    told = run("department", "hand-over", "korei")
    assert told.out == "記録しました: 高齢福祉課の取組・課題を住宅政策課へ引き継ぎ\n"
    assert run("show", f"entries/jutaku/{VISITS.rpartition('/')[2]}").code == 0
    assert run("department", "hand-over", "korei", "--into", "x=新課").code == 2
