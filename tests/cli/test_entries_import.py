"""`entries import`: a town's own sheet into entries, or a refusal that says what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.conftest import Run
from tests.conftest import Git
from tests.exchange.sheets.town import book_of, golden_rows

ROWS = [
    ["事業名", "担当課", "概要"],
    ["花壇", "住宅政策課", "花を植える。"],
    ["交流会", "まちづくり推進課", "集まる。"],
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A list of projects without categories, one department of which is nobody's."""
    return book_of(tmp_path / "事業.xlsx", ROWS)


def test_a_first_look_writes_nothing(run: Run, git: Git, town: Path, tmp_path: Path) -> None:
    before = git(town, "rev-parse", "HEAD")
    path = book_of(tmp_path / "一覧表.xlsx", golden_rows())
    looked = run("entries", "import", path, "--create", "--dry-run", "--json")
    assert looked.code == 0
    assert looked.json["counts"]["追加"] == 26 + 4
    assert any("「住宅課」は「住宅政策課」" in each for each in looked.json["remarks"])
    assert looked.json["commit"] is None
    assert git(town, "rev-parse", "HEAD") == before
    assert not git(town, "status", "--porcelain")


def test_the_golden_case_comes_in_with_its_counts_as_one_commit(run: Run, git: Git, town: Path, tmp_path: Path) -> None:
    for ref in ("entries/korei/20261101-aaaaa", "entries/jutaku/20261101-bbbbb", "entries/korei/20261101-ccccc"):
        assert run("rm", ref, "--force").code == 0
    before = int(git(town, "rev-list", "--count", "HEAD"))
    path = book_of(tmp_path / "一覧表.xlsx", golden_rows())
    told = run("entries", "import", path, "--create", "--map", "住宅課=jutaku")
    assert told.code == 0, told.err
    assert int(git(town, "rev-list", "--count", "HEAD")) == before + 1
    cells = run("matrix", "--json").json["cells"]
    filled = [cell for cell in cells if cell["state"] == "記載あり"]
    work = [cell for cell in filled if cell["counts"]["取組中"]]
    assert (len(filled), len(cells) - len(filled), len(work)) == (16, 14, 10)
    again = run("entries", "import", path)
    assert "もう入っています" in again.out
    assert int(git(town, "rev-list", "--count", "HEAD")) == before + 1


def test_what_is_not_understood_ends_with_3_and_what_to_do(run: Run, tmp_path: Path, file: Path) -> None:
    unknown = run("entries", "import", book_of(tmp_path / "名簿.xlsx", [["あ", "い"], ["う", "え"]]))
    assert unknown.code == 3
    assert "見出し" in unknown.err
    rowless = run("entries", "import", file, "--json")
    assert rowless.code == 3
    error = json.loads(rowless.out)["error"]
    assert "--category" in error["cure"]
    assert error["code"] == "unknown-layout"


def test_what_the_sheet_does_not_say_is_said_beside_it(run: Run, file: Path) -> None:
    done = run("entries", "import", file, "--category", "sumai", "--json")
    assert done.code == 0
    assert done.json["counts"] == {"追加": 1, "不明": 1}
    left = next(each for each in done.json["placed"] if each["outcome"] == "不明")
    assert (left["where"], left["after"]) == ("一覧!A3", "交流会")
    more = run("entries", "import", file, "--category", "sumai", "--map", "まちづくり推進課=korei", "--json")
    assert more.json["counts"] == {"追加": 1, "同じ": 1}


@pytest.mark.parametrize(
    "more",
    [
        ("--department", "nai"),
        ("--category", "nai"),
        ("--map", "ことば"),
        ("--map", "ことば=nai"),
        ("--sheet", "ない"),
        ("--mapping", "ない"),
    ],
)
def test_wrong_use_is_told(run: Run, file: Path, more: tuple[str, str]) -> None:
    assert run("entries", "import", file, *more).code == 2


def test_a_file_that_cannot_be_read_is_told(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "壊れた.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    assert run("entries", "import", broken).code == 3
    assert run("entries", "import", tmp_path / "ない.xlsx").code == 3


def test_hostile_text_stays_text_and_steers_no_terminal(run: Run, town: Path, tmp_path: Path) -> None:
    rows = [["事業名", "担当課", "概要"], ["花壇\u202e[/]", "住宅政策課", '=HYPERLINK("x")\u2066']]
    path = tmp_path / "表.csv"
    path.write_text(
        "\r\n".join(",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows), "utf-8-sig"
    )
    told = run("entries", "import", path, "--category", "sumai")
    assert told.code == 0, told.err
    assert "\u202e" not in told.out
    assert "制御文字" in told.out
    (written,) = [each for each in (town / "entries" / "jutaku").glob("*.toml") if "花壇" in each.read_text("utf-8")]
    assert 'title = "花壇[/]"' in written.read_text("utf-8")


def test_what_was_left_out_is_not_said_to_be_there(run: Run, git: Git, town: Path, tmp_path: Path) -> None:
    path = tmp_path / "書き出し.xlsx"
    assert run("matrix", "-o", path).code == 0
    book = openpyxl.load_workbook(path)
    sheet: Any = book.worksheets[0]
    sheet.cell(sheet.max_row, sheet.max_column).value = "みんなで話したい"
    book.save(path)
    before = git(town, "rev-parse", "HEAD")
    told = run("entries", "import", path)
    assert "みんなで話したい" in told.out
    assert "取り込めるものがありません" in told.out
    assert git(town, "rev-parse", "HEAD") == before


def test_a_title_that_points_to_another_one_is_no_entry(run: Run, town: Path, tmp_path: Path) -> None:
    assert town.exists()
    rows = [["事業名", "担当課", "分野"], ["花壇", "住宅政策課", "住まい"], ["〃（委託）", "〃", "〃"]]
    told = run("entries", "import", book_of(tmp_path / "事業.xlsx", rows), "--json")
    assert [each["where"] for each in told.json["placed"] if each["outcome"] == "追加"] == ["一覧!A2"]
    assert "一覧!A3" in [each["where"] for each in told.json["placed"] if each["outcome"] == "不明"]
