"""`progress`, `handover` and `case-sheet`."""

from __future__ import annotations

from pathlib import Path

import docx

from tests.cli.conftest import LONELY, Run


def test_progress_for_people(run: Run) -> None:
    told = run("progress")
    assert told.code == 0
    assert told.out.splitlines()[0].split()[:3] == ["未着手", "1-1(1)", "担当部局を決める"]
    assert "今日すること（3件／" in told.out
    assert "1. " in told.out and "4. " not in told.out
    assert "4. " in run("progress", "--all").out


def test_progress_for_programs(run: Run) -> None:
    told = run("progress", "--json").json
    assert list(told) == ["schema", "steps", "tasks"]
    assert list(told["steps"][0]) == ["key", "label", "place", "state", "reason", "screen", "record"]
    assert {each["state"] for each in told["steps"]} == {"未着手", "実施中", "済"}
    assert told["steps"][0] | {"reason": ""} == {
        "key": "lead", "label": "担当部局を決める", "place": "1-1(1)", "state": "未着手", "reason": "",
        "screen": "policy", "record": "policy",
    }  # fmt: skip
    assert list(told["tasks"][0]) == ["key", "sort", "sentence", "screen", "record"]
    assert {each["sort"] for each in told["tasks"]} == {"論点", "次の段階"}


def test_a_handover_to_read_and_as_a_file(run: Run, tmp_path: Path) -> None:
    told = run("handover")
    assert told.code == 0 and told.out.startswith("# 引継書　試験市\n")
    file = tmp_path / "引継書.md"
    assert run("handover", "-o", file).out == f"書き出しました: {file}\n"
    assert file.read_text(encoding="utf-8") == told.out
    points = run("handover", "--json").json["points"]
    assert [LONELY] in [each["subjects"] for each in points]


def test_a_case_sheet(run: Run, tmp_path: Path) -> None:
    assert run("set", LONELY, "disclosure=意思形成過程").code == 0
    told = run("case-sheet", "--json").json
    assert told["left_out"] == 1 and told["text"].startswith("# 事例票　試験市\n")
    file = tmp_path / "事例票.md"
    assert run("case-sheet", "--output", file, "--json").json["text"] == file.read_text(encoding="utf-8")


def test_both_are_documents_for_word_processors_too(run: Run, tmp_path: Path) -> None:
    for command in ("handover", "case-sheet"):
        file = tmp_path / f"{command}.docx"
        assert run(command, "-o", file).code == 0
        told = [each.text for each in docx.Document(str(file)).paragraphs]
        heads = [line.removeprefix("## ") for line in run(command).out.splitlines() if line.startswith("## ")]
        assert heads and [each for each in told if each in heads] == heads


def test_other_forms_and_places_are_refused(run: Run, tmp_path: Path) -> None:
    for command in ("handover", "case-sheet"):
        assert run(command, "-o", tmp_path / "x.pdf").code == 2
        assert run(command, "-o", tmp_path / "nowhere" / "x.md").code == 3
    assert list(tmp_path.glob("x.*")) == []
