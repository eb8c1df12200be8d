"""The matrix as a spreadsheet in a real LibreOffice: it opens, and prints one A3 page wide."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from kyoju_tui.exchange.matrix_file import matrix_file
from kyoju_tui.exchange.matrix_paper import Shown
from kyoju_tui.exchange.papers.as_xlsx import PLACES
from kyoju_tui.overview.matrix import matrix
from tests.office.browser import pages, text_of
from tests.office.conftest import Convert
from tests.office.test_papers_in_chromium import A3, COLUMNS, TODAY, full

pytestmark = pytest.mark.office


@pytest.mark.parametrize("layer", ["記入の状況", "件名"])
def test_the_matrix_prints_one_a3_page_wide(soffice: Convert, tmp_path: Path, layer: str) -> None:
    place = tmp_path / "一覧表.xlsx"
    place.write_bytes(matrix_file(matrix(full(), TODAY), ".xlsx", Shown("件名" if layer == "件名" else "記入の状況")))
    (pdf,) = soffice([place], "pdf", tmp_path / "pdf")
    found = pages(pdf)
    first = "".join(text_of(pdf, 1).split())

    assert all((round(width), round(height)) == A3 for width, height in found)
    assert f"1/{len(found)}" in first
    assert "カテゴリー" in first
    assert "意見・考え方等" in first
    assert first.count("課") >= COLUMNS


def test_what_brings_it_back_survives_a_save(soffice: Convert, tmp_path: Path) -> None:
    place = tmp_path / "一覧表.xlsx"
    place.write_bytes(matrix_file(matrix(full(), TODAY), ".xlsx"))
    (saved,) = soffice([place], "xlsx", tmp_path / "saved")
    before, after = (openpyxl.load_workbook(each) for each in (place, saved))

    assert after[PLACES].sheet_state in ("hidden", "veryHidden")
    assert list(after[PLACES].iter_rows(values_only=True)) == [
        tuple(value or None for value in row) for row in before[PLACES].iter_rows(values_only=True)
    ]
    listed = after["取組・課題・データ"]
    assert listed.column_dimensions["A"].hidden
    assert listed["A6"].value == before["取組・課題・データ"]["A6"].value
