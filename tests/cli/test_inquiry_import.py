"""`inquiry import`: the preview in words, the save, what is refused, and the answer for programs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kyoju_tui.exchange.inquiries.inquiry_answers import Turned, read_answers
from kyoju_tui.exchange.inquiries.inquiry_export import make_forms
from kyoju_tui.exchange.inquiries.inquiry_layout import RowMark, columns, results_year
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.workspace import Workspace
from tests.cli.conftest import VISITS, Run
from tests.conftest import STAFF, Git

DAY = date(2026, 11, 23)
ASKED = "20261101-qqqqq"
COLUMN = {column.name: column.number for column in columns(results_year(DAY, 4))}


@pytest.fixture
def forms(town: Path, run: Run, tmp_path: Path) -> dict[str, Path]:
    """An inquiry that was sent, and its forms by department."""
    targets = 'targets:=[{department = "korei"}, {department = "jutaku"}]'
    made = run("new", "inquiry", "--id", ASKED, "title=時点修正の照会", "issued_on=R8.11.6", targets)
    assert made.code == 0, made.err
    workspace = Workspace.open(town, author=STAFF)
    found: dict[str, Path] = {}
    for file in make_forms(workspace, Ref(f"inquiries/{ASKED}"), DAY, (), "none").files:
        found[file.target] = tmp_path / file.name
        found[file.target].write_bytes(file.data)
    workspace.close()
    return found


def edit(path: Path, name: str, **fields: Any) -> Path:
    """Write into the department's first entry."""
    book = openpyxl.load_workbook(path)
    sheet: Any = book["回答"]
    row = next(
        row
        for row in range(1, sheet.max_row + 1)
        if (mark := RowMark.parse(sheet.cell(row, 1).value)) is not None and mark.entry is not None
    )
    for field, value in fields.items():
        sheet.cell(row, COLUMN[field]).value = value
    book.save(path.with_name(name))
    return path.with_name(name)


def test_looked_at_recorded_and_once_more(run: Run, forms: dict[str, Path], town: Path, git: Git) -> None:
    path = edit(forms["korei"], "回答.xlsx", outline="直した概要", status="取り組み中")
    before = git(town, "rev-parse", "HEAD")
    looked = run("inquiry", "import", path, "--dry-run")
    assert looked.code == 0
    for words in ("追加", "見守り訪問", "概要: 直した概要", "不明", "「取組中」のことでしょうか", "確認だけ"):
        assert words in looked.out
    assert git(town, "rev-parse", "HEAD") == before

    done = run("inquiry", "import", path, "--on", "R8.11.20", "--confirmed", "課長確認済")
    assert done.code == 0
    assert "回答 1/2" in done.out
    assert "1か所は取り込みません" in done.err
    shown = run("show", f"inquiries/{ASKED}", "--json").json["record"]["targets"][0]["receipts"]
    assert [(each["version"], each["on"], each["confirmed"]) for each in shown] == [(1, "2026-11-20", "課長確認済")]
    assert run("show", VISITS, "--json").json["record"]["outline"] == "直した概要"

    after = git(town, "rev-parse", "HEAD")
    again = run("inquiry", "import", path)
    assert again.code == 0
    assert "取り込み済み" in again.out
    assert git(town, "rev-parse", "HEAD") == after


def test_each_file_is_a_save_of_its_own_and_a_bad_one_stops_no_other(
    run: Run, forms: dict[str, Path], town: Path, git: Git, tmp_path: Path
) -> None:
    (tmp_path / "だめ.xlsx").write_bytes(b"PK\x03\x04 no")
    paths = [edit(forms[each], f"{each}.xlsx", outline="直した") for each in ("korei", "jutaku")]
    before = int(git(town, "rev-list", "--count", "HEAD"))
    ran = run("inquiry", "import", paths[0], tmp_path / "だめ.xlsx", paths[1], "--inquiry", ASKED, "--json")
    assert ran.code == 3
    files = ran.json["files"]
    assert [each.get("department") for each in files] == ["korei", None, "jutaku"]
    assert files[1]["error"]["code"] == "unreadable-file"
    assert [each["version"] for each in (files[0], files[2])] == [1, 1]
    assert list(files[0]) == [
        "file", "sha256", "inquiry", "department", "version", "counts", "placed", "remarks", "refs", "commit",
        "subject", "error",
    ]  # fmt: skip
    assert int(git(town, "rev-list", "--count", "HEAD")) == before + 2


@pytest.mark.parametrize(
    "told, code, words",
    [
        (("--department", "jutaku"), 3, "高齢福祉課あて"),
        (("--department", "nai"), 2, "nai"),
        (("--inquiry", "20200101-nnnnn"), 2, "照会は見つかりません"),
        (("--how", "電話"), 2, "付けられません"),
        (("--on", "R9.1.1"), 3, "今日より後"),
    ],
)
def test_what_is_refused(run: Run, forms: dict[str, Path], told: tuple[str, ...], code: int, words: str) -> None:
    ran = run("inquiry", "import", edit(forms["korei"], "回答.xlsx", outline="直した"), *told)
    assert ran.code == code
    assert words in ran.err


def test_what_the_file_does_not_say_can_be_said_here_and_only_here(
    run: Run, forms: dict[str, Path], town: Path, tmp_path: Path
) -> None:
    renamed, nobody, nameless = tmp_path / "別名.xlsx", tmp_path / "だれか.xlsx", tmp_path / "どれか.xlsx"
    book = openpyxl.load_workbook(forms["korei"])
    sheet: Any = book["回答"]
    sheet.cell(1, 2).value = "回答票　住宅政策課"
    book.save(renamed)
    sheet.cell(1, 2).value = "回答票"
    sheet.delete_cols(1)
    del book["控え"]
    book.save(nobody)
    sheet.cell(1, 1).value, sheet.cell(2, 1).value = "回答票　高齢福祉課", "照会"
    book.save(nameless)
    for path, words in ((renamed, "--department"), (nobody, "--department"), (nameless, "--inquiry")):
        ran = run("inquiry", "import", path)
        assert (ran.code, words in ran.err) == (3, True)
        workspace = Workspace.open(town, author=STAFF)
        (turned,) = read_answers(workspace, [path], DAY)
        workspace.close()
        assert isinstance(turned, Turned)
        assert "--" not in turned.error.message + turned.error.cure
    assert run("inquiry", "import", renamed, "--department", "korei").code == 0
    assert run("inquiry", "import", nameless, "--inquiry", ASKED).code == 0


def test_other_words_take_no_files(run: Run, forms: dict[str, Path]) -> None:
    assert forms
    assert run("inquiry", "status", ASKED, "a", "b", "c.xlsx").code == 2
    assert run("inquiry", "status", ASKED, "--inquiry", ASKED).code == 2
    assert run("inquiry", "status", ASKED).code == 0
