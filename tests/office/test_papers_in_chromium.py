"""The report and the matrix in a real Chromium: silent, in need of nothing, readable by all, one A3 page wide."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from kyoju_tui.exchange.matrix_file import matrix_file
from kyoju_tui.exchange.matrix_paper import LAYERS, Layer, Shown
from kyoju_tui.exchange.report.publishing import Audience
from kyoju_tui.exchange.report.report import Since, report
from kyoju_tui.exchange.report.report_html import report_html
from kyoju_tui.overview.findings import examine
from kyoju_tui.overview.matrix import matrix
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.new_store.demo import make_demo
from kyoju_tui.workspace.past.moments import at, on_day
from kyoju_tui.workspace.workspace import Workspace
from tests.building import category, data, department, initiative, inquiry, issue, meeting, record, snapshot, target
from tests.exchange.test_hostile_exports import HOSTILE, files, town
from tests.office.browser import Look, Seen, look, pages, text_of

__all__ = ["look"]
pytestmark = pytest.mark.office

TODAY = date(2026, 11, 23)
A3 = (1191, 842)
ROWS, COLUMNS = 15, 30


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with its weeks of history."""
    return make_demo(tmp_path_factory.mktemp("sample") / "store", TODAY)


def full() -> Snapshot:
    """A matrix of 15 rows and 30 columns with everything that can stand in a cell."""
    rows = [f"r{number}" for number in range(ROWS)]
    columns = [f"d{number}" for number in range(COLUMNS)]
    cells = [(row, column) for row in range(ROWS) for column in range(COLUMNS)]
    return snapshot(
        *(category(row, f"カテゴリー{number + 1}", order=number) for number, row in enumerate(rows)),
        *(department(each, f"とても長い名前の第{number + 1}課", order=number) for number, each in enumerate(columns)),
        *(
            initiative(f"d{column}", f"i{row}-{column}", f"r{row}", ("取組中", "検討中", "終了")[(row + column) % 3],
                       title=f"{row}の{column}の取組について")
            for row, column in cells if (row * 7 + column) % 5
        ),
        *(issue(f"d{column}", f"k{row}-{column}", f"r{row}") for row, column in cells if (row + column) % 4 == 0),
        *(data("common", f"b{number}", row, title=f"資料{number}") for number, row in enumerate(rows)),
        inquiry("q", targets=[target(each) for each in columns[:20]], due_on=date(2026, 12, 31)),
        inquiry("p", targets=[target(each) for each in columns[20:]]),
        meeting("m", TODAY, *(said(row) for row in rows)),
    )  # fmt: skip


def said(row: str) -> dict[str, object]:
    return {"category": row, "text": "印刷する意見" * 8, "print": True}


def made(folder: Path, name: str, content: bytes) -> Path:
    place = folder / name
    place.write_bytes(content)
    return place


def quiet(seen: Seen, page: Path) -> None:
    """What must hold of every page."""
    assert seen.console == []
    assert seen.errors == []
    assert seen.requests == [page.as_uri()]
    assert seen.outside == []
    assert seen.scripts == 0
    assert seen.passes > 10
    assert seen.violations == []
    assert seen.cut == []
    assert all((round(width), round(height)) == A3 for width, height in pages(seen.pdf))


@pytest.mark.parametrize("audience", ["庁内", "事務局", "公開"])
def test_the_report_of_the_sample(look: Look, sample: Path, tmp_path: Path, audience: Audience) -> None:
    workspace = Workspace.open(sample, environ={})
    try:
        then = at(workspace, on_day("2026-10-10", TODAY))
        since = Since(then.moment.words, then.snapshot)
        page = report_html(report(workspace.snapshot, TODAY, audience, since))
    finally:
        workspace.close()
    place = made(tmp_path, "報告書.html", page.encode())
    seen = look(place)

    quiet(seen, place)
    assert one_page_has_all_heads(seen, [axis.name for axis in matrix(workspace.snapshot, TODAY).departments])


@pytest.mark.parametrize("layer", LAYERS)
def test_a_full_matrix(look: Look, tmp_path: Path, layer: Layer) -> None:
    whole = matrix(full(), TODAY)
    views = examine(whole).views if layer == "論点" else ()
    place = made(tmp_path, "一覧表.html", matrix_file(whole, ".html", Shown(layer, views)))
    seen = look(place)

    quiet(seen, place)
    assert one_page_has_all_heads(seen, [axis.name for axis in whole.departments])


def test_the_report_of_a_full_matrix(look: Look, tmp_path: Path) -> None:
    whole = full()
    place = made(tmp_path, "報告書.html", report_html(report(whole, TODAY, "事務局")).encode())
    seen = look(place)

    quiet(seen, place)
    assert one_page_has_all_heads(seen, [f"とても長い名前の第{number + 1}課" for number in range(COLUMNS)])


@pytest.mark.parametrize("evil", ["markup", "long"])
def test_hostile_records_do_nothing_in_a_page(look: Look, tmp_path: Path, evil: str) -> None:
    whole = town(HOSTILE[evil])
    folder = tmp_path / "名前に 空白と%23のある #フォルダー"
    folder.mkdir()
    for name, content in files(whole).items():
        if name in ("report.html", "matrix-1.html", "compilation.html"):
            place = made(folder, name, content)
            quiet(look(place), place)


def test_forty_departments_of_long_names_and_not_one_entry(look: Look, tmp_path: Path) -> None:
    name = "とても長い部署の名前" * 6
    whole = snapshot(
        record("store", "", format=1, municipality="澪帆市", title="題" * 200),
        *(category(f"r{row}", f"カテゴリー{row}" * 8, order=row) for row in range(9)),
        *(department(f"d{number}", f"第{number + 1}{name}"[:60], order=number) for number in range(40)),
    )
    matrix_page = made(tmp_path, "一覧表.html", matrix_file(matrix(whole, TODAY), ".html", Shown("件名")))
    report_page = made(tmp_path, "報告書.html", report_html(report(whole, TODAY)).encode())
    nothing = made(tmp_path, "空.html", report_html(report(snapshot(), TODAY)).encode())

    for place in (matrix_page, report_page, nothing):
        quiet(look(place), place)


def one_page_has_all_heads(seen: Seen, names: list[str]) -> bool:
    """Whether a page has the whole width of the matrix: from the first column over all departments to the last.

    A name is broken over lines, so its letters are counted, and the last column's head closes the row.
    """
    for page in range(1, len(pages(seen.pdf)) + 1):
        text = re.sub(r"\s", "", text_of(seen.pdf, page))
        if "カテゴリー" in text and "意見・考え方等" in text:
            letters = [letter for name in names for letter in name]
            return all(text.count(letter) >= letters.count(letter) for letter in set(letters))
    return False
