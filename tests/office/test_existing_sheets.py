"""A sheet entered in a real LibreOffice, never touched by our own writer, gives the golden case's counts."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from kyoju_tui.exchange.books.reading import read_book
from kyoju_tui.exchange.matrix_file import matrix_file
from kyoju_tui.exchange.matrix_paper import LAYERS, Layer, Shown
from kyoju_tui.exchange.sheets.own_matrix import bring_own, is_own
from kyoju_tui.overview.matrix import matrix
from kyoju_tui.workspace.workspace import Workspace
from tests.exchange.sheets.conftest import shelf, workspace
from tests.exchange.sheets.test_golden import counts
from tests.exchange.sheets.town import TODAY, book_of, carry_out, golden_rows, plan
from tests.office.conftest import Convert

__all__ = ["shelf", "workspace"]

pytestmark = pytest.mark.office

_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def cell(text: str) -> str:
    """A cell as LibreOffice keeps what somebody typed: a paragraph a line."""
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n")) if text else ""
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def typed(path: Path) -> Path:
    """The golden case as LibreOffice's own flat file."""
    rows = "".join(f"<table:table-row>{''.join(map(cell, row or ['']))}</table:table-row>" for row in golden_rows())
    columns = '<table:table-column table:number-columns-repeated="7"/>'
    body = f'<office:spreadsheet><table:table table:name="一覧">{columns}{rows}</table:table></office:spreadsheet>'
    kind = 'office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"'
    whole = f"<office:document {_NAMES} {kind}><office:body>{body}</office:body></office:document>"
    path.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{whole}', "utf-8")
    return path


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_the_golden_case_from_libreoffice(workspace: Workspace, tmp_path: Path, soffice: Convert, ending: str) -> None:
    (saved,) = soffice([typed(tmp_path / "一覧表.fods")], ending, tmp_path / "saved")
    carry_out(workspace, plan(workspace, saved))
    assert counts(matrix(workspace.snapshot, TODAY)) == (16, 14, 10, 6, 3, 2)
    assert plan(workspace, saved).bringing.changes == ()


@pytest.mark.parametrize("layer", LAYERS)
def test_our_own_overview_comes_back_from_libreoffice_untouched(
    workspace: Workspace, tmp_path: Path, soffice: Convert, layer: Layer
) -> None:
    carry_out(workspace, plan(workspace, book_of(tmp_path / "一覧表.xlsx", golden_rows())))
    path = tmp_path / "書き出し.xlsx"
    path.write_bytes(matrix_file(matrix(workspace.snapshot, TODAY), ".xlsx", Shown(layer)))
    (saved,) = soffice([path], "xlsx", tmp_path / "saved")
    book = read_book(saved)
    assert is_own(book)
    found = bring_own(workspace, book, TODAY)
    assert found.changes == ()
    assert set(found.counts) <= {"同じ"}
