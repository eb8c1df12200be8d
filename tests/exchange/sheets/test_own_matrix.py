"""The 一覧表 that was written out comes back: unedited it touches nothing, edits come in, nothing is deleted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kyoju_tui.exchange.books.reading import read_book
from kyoju_tui.exchange.bringing import Bringing
from kyoju_tui.exchange.matrix_file import matrix_file
from kyoju_tui.exchange.matrix_paper import STATES, TEXTS, Layer, Shown, matrix_paper
from kyoju_tui.exchange.papers.as_xlsx import paper_xlsx
from kyoju_tui.exchange.sheets.grid import NotASheet
from kyoju_tui.exchange.sheets.own_matrix import bring_own, is_own
from kyoju_tui.overview.matrix import matrix
from kyoju_tui.records.entry import Entry
from kyoju_tui.workspace.workspace import Workspace
from tests.exchange.sheets.town import TODAY, book_of, carry_out, golden_rows, plan


@pytest.fixture
def written(workspace: Workspace, tmp_path: Path) -> Path:
    """The golden case, written out with its titles."""
    carry_out(workspace, plan(workspace, book_of(tmp_path / "一覧表.xlsx", golden_rows())))
    return write(workspace, tmp_path, TEXTS)


def write(workspace: Workspace, folder: Path, layer: Layer) -> Path:
    path = folder / "書き出し.xlsx"
    path.write_bytes(paper_xlsx(matrix_paper(matrix(workspace.snapshot, TODAY), Shown(layer))))
    return path


def edited(path: Path, change: Callable[[Any], object]) -> Path:
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0])
    book.save(path)
    return path


def come_back(workspace: Workspace, path: Path) -> Bringing:
    book = read_book(path)
    assert is_own(book)
    return bring_own(workspace, book, TODAY)


def cell(sheet: Any, part: str) -> Any:
    return next(each for row in sheet.iter_rows() for each in row if part in str(each.value))


def test_unedited_it_touches_nothing(workspace: Workspace, written: Path) -> None:
    found = come_back(workspace, written)
    assert found.changes == ()
    assert set(found.counts) == {"同じ"}


def test_edits_come_in_and_what_was_taken_out_stays(workspace: Workspace, written: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.insert_rows(1, 2)
        visits = cell(sheet, "見守り訪問を実施")
        visits.value = (
            visits.value.replace("［取組中］見守り訪問を実施", "［終了］見守り訪問の実施") + "\n［検討中］配食"
        )
        cell(sheet, "後継者の不足").value = "［取組中］空き店舗の活用を支援"

    found = come_back(workspace, edited(written, change))
    told = [(each.outcome, each.label, each.after) for each in found.placed if each.outcome != "同じ"]
    assert ("変更", "件名", "見守り訪問の実施") in told
    assert ("変更", "状況", "終了") in told
    assert ("追加", "検討中", "配食") in told
    assert [each.title for each in found.of("不明")] == ["後継者の不足（商工課）"]
    before = len(workspace.snapshot.entries)
    saved = workspace.batch(found.changes, action="import", subject=found.subject).result(60)
    assert len(saved.refs) == 2
    assert len(workspace.snapshot.entries) == before + 1
    assert any(
        each.title == "見守り訪問の実施" and each.status == "終了" for each in workspace.snapshot.entries.values()
    )
    assert come_back(workspace, written).of("追加") == ()


def test_the_sheet_of_entries_takes_every_field(workspace: Workspace, written: Path) -> None:
    written.write_bytes(matrix_file(matrix(workspace.snapshot, TODAY), ".xlsx"))
    unedited = come_back(workspace, written)
    assert (unedited.changes, unedited.placed) == ((), ())

    def change(_sheet: Any) -> None:
        sheet = _sheet.parent["取組・課題・データ"]
        head = next(row for row in sheet.iter_rows() if row[0].value == "REF")
        columns = {each.value: each.column for each in head}
        row = cell(sheet, "見守り訪問を実施").row
        sheet.cell(row, columns["概要"]).value = "月に2回訪ねる。"
        sheet.cell(row, columns["状況"]).value = "検討中"
        sheet.cell(sheet.max_row + 1, columns["件名"]).value = "新しい取組"

    found = come_back(workspace, edited(written, change))
    told = {(each.outcome, each.label, each.after) for each in found.placed}
    assert told >= {("変更", "概要", "月に2回訪ねる。"), ("変更", "状況", "検討中"), ("不明", "", "新しい取組")}
    assert len(found.changes) == 1


def test_what_changed_here_since_is_not_turned_back(workspace: Workspace, written: Path) -> None:
    ref = next(ref for ref, each in workspace.snapshot.entries.items() if each.title == "親子の広場を開設")
    entry = workspace.snapshot.expect(ref, Entry)
    workspace.save(ref, entry.but(title="親子の広場")).result(60)
    found = come_back(workspace, written)
    assert found.changes == ()
    assert [each.outcome for each in found.placed if each.outcome != "同じ"] == ["食い違い"]


def test_a_view_without_titles_cannot_come_back(workspace: Workspace, written: Path, tmp_path: Path) -> None:
    assert written.exists()
    with pytest.raises(NotASheet, match="件名"):
        try:
            come_back(workspace, write(workspace, tmp_path, STATES))
        except NotASheet as error:
            raise NotASheet(error.cure) from error
