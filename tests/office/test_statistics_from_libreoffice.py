"""Published tables that somebody opened in LibreOffice and saved as a spreadsheet are read as the published ones."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from kyoju_tui.exchange.books.reading import read_book
from kyoju_tui.records.figures import Figure
from tests.exchange.statistics.tables import read_known
from tests.exchange.statistics.test_real_files import CENSUS, ESTIMATE, MUNICIPALITIES
from tests.office.conftest import Convert

pytestmark = pytest.mark.office

FILES = ((CENSUS, "cp932"), (ESTIMATE, "utf-8-sig"), (MUNICIPALITIES, "cp932"))


def without_writing(figures: tuple[Figure, ...]) -> list[Figure]:
    """The figures but for how they were written: a spreadsheet keeps 2.10 as 2.1."""
    return [replace(each, raw="") for each in figures]


def opened(file: Path, encoding: str, place: Path) -> None:
    """The text table as a spreadsheet program opens it: what looks like a number or a date has become one."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("表")
    with file.open(encoding=encoding, newline="") as lines:
        for line in csv.reader(lines):
            sheet.append([as_typed(text) for text in line])
    book.save(place)


def as_typed(text: str) -> str | int | float | date | None:
    """What becomes of a text that somebody types into a cell."""
    if day := re.fullmatch(r"(\d{4})/(\d{1,2})/(\d{1,2})", text):
        return date(int(day[1]), int(day[2]), int(day[3]))
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    return float(text) if re.fullmatch(r"-?\d+\.\d+", text) else text or None


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_the_published_files_come_in_whole_as_spreadsheets(tmp_path: Path, soffice: Convert, ending: str) -> None:
    for file, encoding in FILES:
        opened(file, encoding, tmp_path / f"{file.stem}.xlsx")
    saved = soffice([tmp_path / f"{file.stem}.xlsx" for file, _ in FILES], ending, tmp_path / "saved")
    for (file, _), path in zip(FILES, saved, strict=True):
        book = read_book(path)
        assert book.file.endswith(ending)
        found, published = read_known(book), read_known(read_book(file))
        assert found.faults == ()
        assert without_writing(found.figures()) == without_writing(published.figures())
        assert found.holds == published.holds
        assert (found.as_of, found.columns) == (published.as_of, published.columns)
