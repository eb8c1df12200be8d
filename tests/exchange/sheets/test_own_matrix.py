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
from kyoju_tui.workspace.requests import Put
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


def test_a_wide_space_in_a_title_is_no_edit(workspace: Workspace, tmp_path: Path) -> None:
    entry = Entry(title="相談　実施中", kind="取組", status="取組中", categories=("sumai",))
    ref = workspace.new_ref("entry", entry, department="jutaku", today=TODAY)
    workspace.save(ref, entry).result(60)
    found = come_back(workspace, write(workspace, tmp_path, TEXTS))
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


def rows_of(book: Any) -> tuple[Any, dict[str, int]]:
    """The sheet of entries, and its columns by their headings."""
    sheet = book["取組・課題・データ"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "REF")
    return sheet, {each.value: each.column for each in head}


def type_row(sheet: Any, columns: dict[str, int], **values: str) -> None:
    row = sheet.max_row + 1
    for head, value in values.items():
        sheet.cell(row, columns[head]).value = value


def test_rows_that_a_clerk_adds_are_new_entries_and_come_in_once(workspace: Workspace, written: Path) -> None:
    written.write_bytes(matrix_file(matrix(workspace.snapshot, TODAY), ".xlsx"))

    def change(first: Any) -> None:
        sheet, columns = rows_of(first.parent)
        type_row(sheet, columns, 部署="住宅課", カテゴリー="住まい、商店街", 種別="取組", 状況="検討中", 件名="転用")
        type_row(sheet, columns, 部署="商工", カテゴリー="商店街", 件名="朝市", 概要="月に1回開く。")
        type_row(sheet, columns, 部署="環境課", カテゴリー="住まい", 種別="課題", 件名="分別")
        type_row(sheet, columns, 部署="建築課", カテゴリー="住まい", 件名="耐震診断")
        type_row(sheet, columns, 部署="環境課", 件名="行き先のない取組")
        # A copied row brings its hidden REF along.
        visits = cell(sheet, "見守り訪問を実施").row
        row = sheet.max_row + 1
        for column in columns.values():
            sheet.cell(row, column).value = sheet.cell(visits, column).value
        sheet.cell(row, columns["件名"]).value = "声かけ"

    found = come_back(workspace, edited(written, change))
    assert [each.title for each in found.of("追加")] == ["転用", "朝市", "分別", "声かけ"]
    assert found.of("変更") == ()
    why = {each.title: each.why for each in found.of("不明")}
    assert "建築課" in why["耐震診断"]
    assert "カテゴリー" in why["行き先のない取組"]
    workspace.batch(found.changes, action="import", subject=found.subject).result(60)
    entries = {each.title: (ref.department, each) for ref, each in workspace.snapshot.entries.items()}
    department, market = entries["朝市"]
    assert (department, market.kind, market.status, market.outline) == ("shoko", "取組", "取組中", "月に1回開く。")
    assert entries["転用"][1].categories == ("sumai", "shotengai")
    assert "見守り訪問を実施" in entries
    again = come_back(workspace, written)
    assert again.changes == ()
    assert again.of("追加", "変更", "消去", "食い違い") == ()


def test_whose_a_row_is(workspace: Workspace, written: Path) -> None:
    written.write_bytes(matrix_file(matrix(workspace.snapshot, TODAY), ".xlsx"))

    def change(first: Any) -> None:
        sheet, columns = rows_of(first.parent)
        row = cell(sheet, "親子の広場を開設").row
        sheet.cell(row, columns["カテゴリー"]).value = "子育て、住民活動"
        sheet.cell(row, columns["部署"]).value = "市民課"
        sheet.cell(row, columns["種別"]).value = "課題"
        sheet.cell(row + 1, columns["REF"]).value = "entries/korei/20200101-aaaaa"

    found = come_back(workspace, edited(written, change))
    assert [(each.outcome, each.label) for each in found.placed] == [
        ("変更", "カテゴリー"),
        ("不明", "部署"),
        ("不明", "種別"),
        ("不明", ""),
    ]
    assert "別の保管場所" in found.placed[-1].why
    (change_of,) = found.changes
    assert isinstance(change_of, Put)
    assert isinstance(change_of.record, Entry)
    assert set(change_of.record.categories) == {"kosodate", "jumin-katsudo"}


def test_words_typed_where_nothing_can_be_taken_from_are_told(workspace: Workspace, written: Path) -> None:
    written.write_bytes(matrix_file(matrix(workspace.snapshot, TODAY), ".xlsx"))

    def change(sheet: Any) -> None:
        head = cell(sheet, "カテゴリー")
        last = sheet.max_column
        sheet.cell(head.row + 1, 2).value = "高齢者数 120人"
        sheet.cell(head.row + 1, last).value = "みんなで話したい"
        sheet.cell(head.row + 2, 4).value = "記入なし\n配食"
        sheet.cell(head.row, last + 1).value = "建築課"
        sheet.cell(head.row + 3, last + 1).value = "［取組中］耐震診断"
        sheet.cell(sheet.max_row + 1, 1).value = "新しい分野"

    found = come_back(workspace, edited(written, change))
    assert found.changes == ()
    assert {each.after for each in found.of("不明")} == {
        "高齢者数 120人", "みんなで話したい", "配食", "［取組中］耐震診断", "新しい分野",
    }  # fmt: skip


def test_a_line_that_is_too_long_for_a_record_is_told(workspace: Workspace, written: Path) -> None:
    def change(sheet: Any) -> None:
        empty = next(each for row in sheet.iter_rows() for each in row if each.value == "記入なし")
        empty.value = "長" * 25_000

    found = come_back(workspace, edited(written, change))
    assert found.changes == ()
    assert len(found.of("不明")) == 1


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


def test_an_overview_of_another_town_is_refused(first_day: Workspace, written: Path) -> None:
    with pytest.raises(NotASheet, match="別の保管場所"):
        come_back(first_day, written)
