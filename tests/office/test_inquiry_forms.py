"""The forms of the sample in a real LibreOffice: they open, print as they should, and keep what programs need."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kyoju_tui.exchange.forms.file_set import write_set
from kyoju_tui.exchange.inquiries import inquiry_layout as layout
from kyoju_tui.exchange.inquiries.inquiry_export import make_forms
from kyoju_tui.exchange.inquiries.inquiry_layout import FormId, RowMark
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.new_store.demo import make_demo
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF, TODAY

pytestmark = pytest.mark.office

SENT = Ref("inquiries/20260709-azw8m")
_BOX = re.compile(rb"/Type/Page/[^\[]*?/MediaBox\[0 0 ([\d.]+) ([\d.]+)\]")
A4, A3 = (595, 842), (1191, 842)


def converted(files: list[Path], form: str, out: Path, profile: Path) -> None:
    """What LibreOffice makes of the files; a machine without it fails here."""
    office = shutil.which("soffice")
    assert office, "LibreOffice is not installed"
    command = [office, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", form, "--outdir"]
    subprocess.run([*command, str(out), *map(str, files)], check=True, capture_output=True, timeout=300)


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every form of the sample's inquiry."""
    place = tmp_path_factory.mktemp("forms")
    workspace = Workspace.open(make_demo(place / "store", date.fromisoformat(TODAY)), author=STAFF)
    write_set(make_forms(workspace, SENT, date.fromisoformat(TODAY), letter="none"), place / "set")
    workspace.close()
    return sorted((place / "set").iterdir())


def test_every_form_prints_one_page_wide(forms: list[Path], tmp_path: Path) -> None:
    converted(forms, "pdf", tmp_path, tmp_path / "profile")
    for form in forms:
        pdf = (tmp_path / f"{form.stem}.pdf").read_bytes()
        pages = [(round(float(wide)), round(float(high))) for wide, high in _BOX.findall(pdf)]
        assert pages[0] == A4 and set(pages[1:]) == {A3}, form.name
        rows: Any = openpyxl.load_workbook(form)[layout.ANSWERS]
        points = sum(rows.row_dimensions[row].height or 35 for row in range(1, rows.max_row + 1))
        # The sheet is shrunk to about four fifths: a second page beside each would be twice as many.
        assert len(pages) - 2 <= points * 0.95 / 760 + 1, form.name


def test_a_form_saved_again_keeps_its_ids_and_its_locks(forms: list[Path], tmp_path: Path) -> None:
    converted(forms[:3], "xlsx", tmp_path, tmp_path / "profile")
    for form in forms[:3]:
        before, after = openpyxl.load_workbook(form), openpyxl.load_workbook(tmp_path / form.name)
        assert after.sheetnames == before.sheetnames
        assert after[layout.COPY].sheet_state != "visible" and after[layout.CHOICES].sheet_state == "hidden"
        ours: Any = before[layout.ANSWERS]
        theirs: Any = after[layout.ANSWERS]
        assert theirs.protection.sheet and theirs.column_dimensions["A"].hidden
        assert FormId.parse(theirs.cell(layout.FORM_ROW, layout.ID_COLUMN).value) is not None
        for row in range(layout.FIRST_ROW, ours.max_row + 1):
            mark = ours.cell(row, layout.ID_COLUMN).value
            assert theirs.cell(row, layout.ID_COLUMN).value == mark
            if RowMark.parse(mark):
                for column in layout.columns(2025):
                    one, other = ours.cell(row, column.number), theirs.cell(row, column.number)
                    assert (one.value, one.protection.locked) == (other.value, other.protection.locked), one.coordinate
        assert len(theirs.data_validations.dataValidation) >= len(ours.data_validations.dataValidation)
