"""`diff`, `restore`, `undo`, `redo`: two moments compared, and the way back."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import HOUSES, LONELY, VISITS, Run, Write
from tests.conftest import Git
from tests.dated import made_on

COLLEAGUE = "高齢福祉課 担当 <korei@example.jp>"


@pytest.fixture
def told(run: Run, town: Path, shelf: Path) -> Run:
    """A store begun on 1 October; on the 20th a value changed and a record went, and there was a meeting on the 7th."""
    made = shelf / "told"
    if not made.exists():
        command = [
            "git",
            "-C",
            str(town),
            "-c",
            "user.name=t",
            "-c",
            "user.email=t@example.jp",
            "rebase",
            "-q",
            "--root",
        ]
        environment = {**os.environ, "GIT_COMMITTER_DATE": "2026-10-01T10:00:00+09:00"}
        subprocess.run([*command, "--exec", "git commit -q --amend --no-edit"], check=True, env=environment)
        assert run("new", "meeting", "--id", "20261007-aaaaa", "title=第1回意見交換会", "held_on=2026-10-07").code == 0
        made_on(town, date(2026, 10, 2))
        assert run("set", VISITS, "status=取組中", "outline=協力員が訪問する。").code == 0
        made_on(town, date(2026, 10, 20))
        assert run("rm", LONELY).code == 0
        made_on(town, date(2026, 10, 21))
        assert run("set", HOUSES, "status=終了").code == 0
        shutil.copytree(town, made)
    shutil.rmtree(town)
    shutil.copytree(made, town)
    return run


def test_between_two_moments(told: Run, write: Write) -> None:
    answer = told("diff", "10/10", "R8.10.21", "--json").json
    assert list(answer) == ["schema", "before", "after", "added", "removed", "changed"]
    assert (answer["before"], answer["after"]) == ("令和8年10月10日", "令和8年10月21日")
    assert [each["ref"] for each in answer["removed"]] == [LONELY]
    (changed,) = answer["changed"]
    assert changed["ref"] == VISITS
    assert changed["changes"][0] == {"field": "status", "label": "状況", "before": "検討中", "after": "取組中"}
    # Until now, hand edits included; a meeting stands for its day.
    write("departments/kankyo.toml", 'name = "環境課"\n')
    lines = told("diff", "meetings/20261007-aaaaa").out.splitlines()
    assert lines[:3] == [
        "前: 令和8年10月7日 第1回意見交換会",
        "後: 令和8年11月23日（今）",
        "追加 1件・削除 1件・変更 2件",
    ]
    assert "部署「環境課」　departments/kankyo" in lines and "　　状況: 取組中 → 終了" in lines
    assert told("diff", "20261007-aaaaa", "令和8年10月7日").out.endswith("違いはありません。\n")


def test_of_one_record(told: Run) -> None:
    for arguments in (("10/10", VISITS), ("10/10", "R8.11.1", VISITS), ("10/10", "20261101-aaaaa")):
        answer = told("diff", *arguments, "--json").json
        assert [each["ref"] for each in (*answer["added"], *answer["removed"], *answer["changed"])] == [VISITS]
    assert [each["ref"] for each in told("diff", "10/10", LONELY, "--json").json["removed"]] == [LONELY]
    assert told("diff", "10/10", "10/11", VISITS).out.endswith("違いはありません。\n")


def test_revisions_and_compilations(told: Run, town: Path, git: Git) -> None:
    commit = git(town, "rev-parse", "HEAD~2").strip()
    compiled = f'compilations:=[{{id="c0001", number=2, as_of=2026-10-20, commit="{commit}"}}]'
    inquiry = ["new", "inquiry", "title=照会", "--id", "20261001-aaaaa", compiled]
    assert told(*inquiry).code == 0
    for word in (commit[:10], "20261001-aaaaa/2", "inquiries/20261001-aaaaa/2", "第2回取りまとめ", "第２回"):
        answer = told("diff", word, "HEAD~1", "--json").json
        assert [each["ref"] for each in answer["removed"]] == [LONELY]
        assert [each["ref"] for each in answer["changed"]] == [HOUSES]
    assert told("diff", "第2回", "--json").json["before"] == "第2回取りまとめ（照会）"
    assert told(*inquiry[:4], "20261001-bbbbb", compiled, "title=別の照会").code == 0
    refused = told("diff", "第2回")
    assert (refused.code, "2件の照会" in refused.err) == (2, True)


def test_into_files(told: Run, tmp_path: Path) -> None:
    for form in ("txt", "json", "html"):
        file = tmp_path / f"違い.{form}"
        answer = told("diff", "10/10", "-o", file)
        assert (answer.code, answer.out) == (0, f"書き出しました: {file}\n")
    text = (tmp_path / "違い.txt").read_text(encoding="utf-8")
    assert text == told("diff", "10/10").out
    assert json.loads((tmp_path / "違い.json").read_text(encoding="utf-8")) == told("diff", "10/10", "--json").json
    page = (tmp_path / "違い.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>") and "見守り訪問" in page
    assert told("diff", "10/10", "-o", tmp_path / "x.pdf").code == 2
    assert told("diff", "10/10", "-o", tmp_path / "nowhere" / "x.txt").code == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("", "「A」が足りません"),
        ("10/1 10/2 10/3 10/4", "余分"),
        ("R8.9.1", "できる前"),
        ("R20.1.1", "まだ来ていない"),
        ("nowhere", "「nowhere」という時点は履歴にありません"),
        ("HEAD --all", "「--all」は余分か"),
        ("-- -1", "履歴にありません"),
        ("HEAD nowhere", "履歴にありません"),
        (f"{VISITS}", "履歴にありません"),
        ("HEAD HEAD nothing/x", "読めません"),
        ("HEAD entries/korei/20200101-zzzzz", "どちらの時点にも"),
    ],
)
def test_what_diff_refuses(told: Run, arguments: str, said: str) -> None:
    answer = told("diff", *arguments.split())
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_restoring_a_field_and_a_record(told: Run) -> None:
    shown = told("restore", VISITS, "--at", "10/10", "--field", "状況", "--dry-run")
    assert "状況: 取組中 → 検討中" in shown.out and "書き込んでいません" in shown.out
    assert told("show", VISITS, "--json").json["record"]["status"] == "取組中"
    answer = told("restore", VISITS, "--at", "meetings/20261007-aaaaa", "--field", "状況")
    assert answer.out == "記録しました: 取組「見守り訪問」の状況を復元（令和8年10月2日の内容）\n".replace(
        "10月2日", told("log", "--json").json["commits"][0]["subject"].partition("令和8年")[2].partition("の内容")[0]
    )
    record = told("show", VISITS, "--json").json["record"]
    assert (record["status"], record["outline"]) == ("検討中", "協力員が訪問する。")
    assert told("restore", VISITS, "--at", "10/10").code == 0
    assert "outline" not in told("show", VISITS, "--json").json["record"]
    assert told("restore", LONELY, "--at", "10/20").code == 0
    assert told("show", LONELY, "--json").json["record"]["title"] == "孤立"
    assert "そのまま" in told("restore", LONELY, "--at", "10/20").out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (f"{VISITS}", 2, "--at"),
        (f"{VISITS} --at R8.9.1", 2, "できる前"),
        (f"{VISITS} --at nowhere", 2, "履歴にありません"),
        (f"{VISITS} --at=--all", 2, "履歴にありません"),
        (f"{VISITS} --at 10/10 --field nothing", 2, "使える項目"),
        (f"{VISITS} --at 10/10 --field department", 2, "mv で移動"),
        (f"{VISITS} --at 10/10 --field results[2026]", 2, "項目は、この記録にはありません"),
        (f"{LONELY} --at HEAD", 2, "削除されています"),
        (f"{LONELY} --at 10/10 --field title", 2, "項目だけ"),
        ("meetings/20261007-aaaaa --at HEAD~4", 2, "まだありません"),
        ("entries/korei/20200101-zzzzz --at HEAD", 2, "今も過去にもありません"),
        ("20200101-zzzzz --at HEAD", 2, "見つかりません"),
        ("nothing/x --at HEAD", 2, "読めません"),
    ],
)
def test_what_restore_refuses(told: Run, town: Path, git: Git, arguments: str, code: int, said: str) -> None:
    before = git(town, "rev-parse", "HEAD")
    answer = told("restore", *arguments.split())
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err
    assert git(town, "rev-parse", "HEAD") == before


def test_undo_and_redo(run: Run, town: Path, git: Git) -> None:
    assert run("set", VISITS, "status=取組中").code == 0
    done = git(town, "rev-parse", "HEAD^{tree}")
    assert run("redo").code == 2
    assert run("undo").out == "記録しました: 元に戻す：取組「見守り訪問」を更新（高齢福祉課・高齢者）\n"
    shown = run("redo", "--dry-run", "--json").json
    assert (shown["refs"], shown["dry_run"]) == ([VISITS], True)
    assert "Kyoju-Undoes: " in shown["message"] and shown["message"].startswith("やり直す：")
    assert run("redo").out == "記録しました: やり直す：取組「見守り訪問」を更新（高齢福祉課・高齢者）\n"
    assert git(town, "rev-parse", "HEAD^{tree}") == done
    assert run("redo", KYOJU_USER="").code in (2, 3)


def test_an_undo_leaves_what_a_colleague_changed_and_clashes_over_the_same_field(run: Run) -> None:
    assert run("set", VISITS, "status=取組中", "title=声かけ").code == 0
    assert run("set", VISITS, "direction=広げる", KYOJU_USER=COLLEAGUE).code == 0
    assert run("undo", "--dry-run").code == 0
    assert run("undo").code == 0
    record = run("show", VISITS, "--json").json["record"]
    assert (record["status"], record["title"], record["direction"]) == ("検討中", "見守り訪問", "広げる")
    assert run("set", VISITS, "status=終了", KYOJU_USER=COLLEAGUE).code == 0
    refused = run("redo", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (3, "clash")
    assert "同じ項目" in refused.json["error"]["message"] and "状況" in refused.json["error"]["message"]
