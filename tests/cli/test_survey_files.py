"""`survey export` and `survey import`: forms out, answers in, what programs are told."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kyoju_tui.exchange.surveys.survey_layout import ANSWERS, Mark
from tests.cli.conftest import Run
from tests.cli.test_survey import survey as asked_survey
from tests.conftest import Git

survey = asked_survey
QUESTION = "これから行いたいこと"


def answered(path: Path, text: str) -> Path:
    book = openpyxl.load_workbook(path)
    sheet: Any = book[ANSWERS]
    row = next(row for row in range(1, sheet.max_row + 1) if Mark.parse(sheet.cell(row, 1).value))
    sheet.cell(row, 3).value = text
    out = path.with_name(f"記入_{path.name}")
    book.save(out)
    return out


def test_forms_go_out_and_answers_come_in(run: Run, survey: str, tmp_path: Path, town: Path, git: Git) -> None:
    out = tmp_path / "様式"
    told = run("survey", "export", survey, "-o", out)
    assert told.code == 0, told.err
    assert "2件の相手と、相手を決めない用紙を書き出しました" in told.out
    back = answered(out / "活動の調べ_見守り隊.xlsx", "朝の見守り")
    looked = run("survey", "import", back, "--dry-run")
    assert looked.code == 0 and "追加" in looked.out and "何も書き込んでいません" in looked.out
    before = git(town, "rev-parse", "HEAD")
    done = run("survey", "import", back, "--on", "R8.11.20")
    assert done.code == 0 and "回答率 2/2（100%）" in done.out, done.err
    assert git(town, "rev-list", "--count", f"{before.strip()}..HEAD").strip() == "1"
    assert "見守り隊：朝の見守り" in run("survey", "summary", survey).out
    again = run("survey", "import", back, "--json")
    assert again.code == 0 and again.json["files"][0]["commit"] is None


def test_a_zip_is_one_file_and_nothing_is_written_over(run: Run, survey: str, tmp_path: Path) -> None:
    out = tmp_path / "様式.zip"
    made = run("survey", "export", survey, "-o", out, "--json").json
    with zipfile.ZipFile(out) as archive:
        assert archive.namelist() == [each["file"] for each in made["files"]]
    assert run("survey", "export", survey, "-o", out).code == 3
    assert run("survey", "export", survey, "-o", out, "--force").code == 0
    looked = run("survey", "export", survey, "-o", tmp_path / "まだ", "--dry-run", "--json").json
    assert not looked["written"] and not (tmp_path / "まだ").exists()


def test_a_form_service_is_told_in_json(run: Run, survey: str, tmp_path: Path) -> None:
    path = tmp_path / "回答.csv"
    path.write_text(f"タイムスタンプ,メールアドレス,{QUESTION}\n2026/11/10,a@example.jp,朝市\n", encoding="utf-8")
    (told,) = run("survey", "import", path, "--survey", survey, "--json").json["files"]
    assert told["counts"] == {"追加": 1} and told["commit"]
    assert "a@example.jp" not in str(told)
    assert "（相手を定めない回答）：朝市" in run("survey", "summary", survey).out
    assert run("survey", "import", path, "--survey", survey, "--json").json["files"][0]["commit"] is None


def test_a_file_that_is_not_taken_is_exit_3(run: Run, survey: str, tmp_path: Path) -> None:
    broken = tmp_path / "壊れた.xlsx"
    broken.write_bytes(b"PK\x03\x04broken")
    alone = run("survey", "import", broken)
    assert alone.code == 3 and "壊れ" in alone.err
    run("survey", "export", survey, "-o", tmp_path / "様式")
    back = answered(tmp_path / "様式" / "活動の調べ_見守り隊.xlsx", "朝の見守り")
    both = run("survey", "import", broken, back, "--json")
    assert both.code == 3 and both.json["refused"][0]["error"]["code"] == "unreadable-file"
    assert both.json["files"][0]["commit"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("export",), ("export", "ID"), ("import",), ("summary", "ID", "--dry-run"), ("summary", "ID", "-o", "x"),
        ("import", "回答.csv", "--force"), ("candidates", "--on", "R8.11.1"), ("summary", "ID", "もう一つ"),
    ],
)  # fmt: skip
def test_wrong_use_is_told(run: Run, survey: str, arguments: tuple[str, ...]) -> None:
    told = run("survey", *(survey if each == "ID" else each for each in arguments))
    assert told.code == 2 and told.err
