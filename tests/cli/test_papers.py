"""Papers from the command line: the matrix, the points, the report, the minutes and a compilation as files."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Run

FORMS = (".xlsx", ".html", ".csv", ".md", ".svg")


@pytest.mark.parametrize("form", FORMS)
def test_the_matrix_and_the_points_are_written_in_every_form(run: Run, tmp_path: Path, form: str) -> None:
    for words in (["matrix"], ["matrix", "--layer", "件名"], ["matrix", "--discreet"], ["findings", "--open"]):
        place = tmp_path / f"{len(words)}{form}"
        ran = run(*words, "-o", place)

        assert (ran.code, ran.err) == (0, "")
        assert ran.out == f"書き出しました: {place}\n"
        assert place.stat().st_size > 100


def test_a_csv_for_old_programs(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "一覧表.csv"

    assert run("matrix", "-o", place, "--encoding", "cp932").code == 0
    assert "カテゴリー" in place.read_bytes().decode("cp932")
    assert run("set", "departments/jutaku", "name=住宅😀課").code == 0
    before = place.read_bytes()
    ran = run("matrix", "-o", place, "--encoding", "cp932")
    assert ran.code == 2
    assert "😀（U+1F600）" in ran.err
    assert place.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        ["matrix", "-o", "x.pdf"],
        ["matrix", "-o", "x"],
        ["matrix", "--layer", "件名"],
        ["matrix", "-o", "x.md", "--encoding", "cp932"],
        ["findings", "-o", "x.docx"],
        ["report"],
        ["report", "-o", "none/there"],
        ["report", "-o", "r.html", "--internal", "--public"],
    ],
)
def test_what_cannot_be_written_is_said_before_anything_is(
    run: Run, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    ran = run(*words)

    assert ran.code == 2
    assert ran.err
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    "command",
    ["matrix -o x.csv", "findings -o x.md", "image-map -o x.svg", "handover -o x.docx", "case-sheet -o x.md",
     "diff HEAD -o x.txt", "report -o x.html"],
)  # fmt: skip
def test_no_document_goes_among_the_records(run: Run, town: Path, command: str) -> None:
    words = [str(town / "datasets" / word) if word.startswith("x.") else word for word in command.split()]
    (town / "datasets").mkdir(exist_ok=True)
    told = run(*words)

    assert told.code == 2, told.out
    assert "保管場所の中には書き出せません" in told.err
    assert list((town / "datasets").iterdir()) == []


def test_the_report_goes_into_a_folder_or_a_file(run: Run, tmp_path: Path, town: Path) -> None:
    folder = tmp_path / "報告"

    assert run("report", "-o", folder).out == f"書き出しました: {folder / '報告書-20261123.html'}\n"
    page = (folder / "報告書-20261123.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "見守り訪問" in page
    answer = run("report", "-o", tmp_path / "公開.html", "--public", "--json").json
    assert answer == {"schema": 1, "output": str(tmp_path / "公開.html"), "readers": "公開"}
    assert "見守り訪問" not in (tmp_path / "公開.html").read_text(encoding="utf-8")
    inside = run("report", "-o", town / "報告")
    assert inside.code == 2
    assert "保管場所の中" in inside.err


def test_the_report_tells_what_changed_since_a_moment(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "r.html"
    assert run("set", "entries/korei/20261101-aaaaa", "status=取組中").code == 0
    assert run("report", "-o", place, "--since", "HEAD").code == 0
    assert "変わったところはありません。" in place.read_text(encoding="utf-8")
    assert run("report", "-o", place, "--since", "HEAD~1").code == 0
    assert "状況: 検討中 → 取組中" in place.read_text(encoding="utf-8")
    assert run("report", "-o", place, "--since", "R7.1.1").code == 2


def test_a_report_cannot_tell_what_changed_after_its_own_day(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "r.html"
    # Days that come after the town's commits, whatever day the test runs on.
    told = run("report", "-o", place, "--at", "2090-01-10", "--since", "2090-01-20", KYOJU_TODAY="2090-02-01")
    assert told.code == 2 and "より後です" in told.err
    assert not place.exists()


def test_minutes_as_a_document(run: Run, tmp_path: Path) -> None:
    assert run("new", "meeting", "--id", "first", "title=第1回", "held_on=R8.11.23").code == 0
    assert run("minutes", "first", "-o", tmp_path / "概要.docx").code == 0
    assert zipfile.is_zipfile(tmp_path / "概要.docx")


@pytest.mark.parametrize("form", [".xlsx", ".html", ".md"])
def test_a_compilation_as_a_paper(run: Run, tmp_path: Path, form: str) -> None:
    told = ["title=時点修正", "issued_on=R8.11.1", "due_on=R8.11.20", 'targets:=[{department = "jutaku"}]']
    assert run("new", "inquiry", "--id", "asked", *told).code == 0
    assert run("inquiry", "compile", "asked", "-o", tmp_path / "x.pdf").code == 2
    place = tmp_path / f"第1回{form}"

    assert run("inquiry", "compile", "asked", "-o", place).code == 0
    first = place.read_bytes()
    assert run("inquiry", "compile", "asked", "--number", "1", "-o", place).code == 0
    if form != ".xlsx":
        assert "間に合わなかった部署：住宅政策課" in first.decode()
        assert place.read_bytes() == first
