"""Layouts of other publishers: each comes in right, or is a question to a person; none comes in as wrong numbers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kyoju_tui.exchange.books.reading import read_book
from kyoju_tui.exchange.books.values import Book, UnreadableFile
from kyoju_tui.exchange.statistics.concepts import concepts
from kyoju_tui.exchange.statistics.drafting import mapping_for, of_mapping, preview, proposed
from kyoju_tui.exchange.statistics.importing import Wish, bring
from kyoju_tui.exchange.statistics.known import Unknown, recognise
from kyoju_tui.exchange.statistics.table import Table
from kyoju_tui.exchange.statistics.unknown import SeveralDays, SeveralMappings, UnknownLayout, UnreadTable
from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.mapping import Mapping
from kyoju_tui.workspace.requests import Put
from kyoju_tui.workspace.workspace import Workspace
from tests.exchange.statistics.tables import TODAY, book_of, census, read_known
from tests.exchange.statistics.test_importing import DAY, save

PREFECTURE = (
    "14907,1,見本市,,0,,,30,9", "149070010,3,見本市,本町,0,,,30,9", "14907001001,4,見本市,本町一丁目,0,,,10,4",
    "14907001002,4,見本市,本町二丁目,0,,,20,5", "14908,1,遠い市,,0,,,7,1", "149080010,2,遠い市,本町,0,,,7,1",
)  # fmt: skip


def as_proposed(book: Book) -> Table:
    """The table as the assistant proposes it."""
    found = preview(book, proposed(book), TODAY)
    assert isinstance(found, Table), found
    return found


def cells(table: Table) -> list[tuple[str, list[float | None]]]:
    return [(row.name, [cell.value for cell in row.cells]) for row in table.rows]


def keep(workspace: Workspace, ref: Ref, record: Mapping) -> None:
    put = Put(ref, record, workspace.base(ref))
    workspace.batch([put], action="import", subject="対応表を記録").result(timeout=60)


@pytest.mark.parametrize(
    "text, said",
    [
        ("地域,本町,港町\n人口,120,80\n世帯数,50,31\n", "行と列が入れ替わった表"),
        ("町名,2020年,2021年\n本町,120,118\n港町,80,82\n", "年ごとに列が分かれた表"),
        ("町名,令和2年度,R3\n本町,120,118\n港町,80,82\n", "年ごとに列が分かれた表"),
        ("町名,2020,2021\n本町,120,118\n港町,80,82\n", "年ごとに列が分かれた表"),
        ("町名,人口\n本町,1.2\n港町,0.8\n（単位：千人）,\n", "「単位：千人」と書かれています"),
        ("町名,人口\n本町,120\n港町,80\n\n町名,世帯数\n本町,50\n港町,31\n", "「世帯数」は数として読めません"),
    ],
)
def test_what_only_looks_like_figures_of_areas_is_a_question(
    workspace: Workspace, text: str, said: str, tmp_path: Path
) -> None:
    book = book_of(tmp_path, text)
    with pytest.raises(UnreadTable) as refused:
        bring(workspace, book, Wish(title="表", as_of=DAY), TODAY)
    assert said in refused.value.message
    assert refused.value.teachable
    if not said.startswith("「単位"):
        assert any(said in fault for fault in as_proposed(book).faults)


def test_a_row_without_figures_is_no_area(tmp_path: Path) -> None:
    table = read_known(book_of(tmp_path, "町名,人口\n東部,\n本町,120\n港町,…\n令和8年10月1日現在,\n"))
    assert cells(table) == [("本町", [120]), ("港町", [None])]
    assert [(each.row.name, each.doubtful) for each in table.left_out] == [
        ("東部", True), ("令和8年10月1日現在", True),
    ]  # fmt: skip


@pytest.mark.parametrize("first", ["", "単位"])
def test_a_row_of_units_belongs_to_the_heads(first: str, tmp_path: Path) -> None:
    book = book_of(tmp_path, f"町名,人口,世帯数\n{first},千人,（世帯）\n本町,1.2,50\n港町,0.8,31\n")
    assert isinstance(recognise(book), Unknown)
    table = as_proposed(book)
    assert [(each.indicator, each.unit) for each in table.columns] == [("人口", "千人"), ("世帯数", "世帯")]
    assert cells(table) == [("本町", [1.2, 50]), ("港町", [0.8, 31])]


def test_a_unit_above_the_heads_is_proposed_for_what_it_can_be(tmp_path: Path) -> None:
    table = as_proposed(book_of(tmp_path, "町別人口（単位：千人）,,\n町名,人口,世帯数\n本町,1.2,50\n港町,0.8,31\n"))
    assert [(each.indicator, each.unit) for each in table.columns] == [("人口", "千人"), ("世帯数", "")]
    assert "人口" not in concepts(table.columns)


def test_a_table_of_wards_alone_is_one_of_areas(tmp_path: Path) -> None:
    table = as_proposed(book_of(tmp_path, "行政区,人口\n東区,120\n西区,80\n"))
    assert (table.faults, cells(table)) == ((), [("東区", [120]), ("西区", [80])])


def test_percent_signs_are_a_unit(tmp_path: Path) -> None:
    table = read_known(book_of(tmp_path, "町名,人口,高齢化率\n本町,120,28.5%\n港町,80,31.0％\n"))
    assert table.faults == ()
    assert (table.columns[1].unit, cells(table)) == ("%", [("本町", [120, 28.5]), ("港町", [80, 31.0])])
    assert read_known(book_of(tmp_path, "町名,人口（人）\n本町,12%\n港町,3\n")).faults


def test_shares_that_a_spreadsheet_keeps_as_fractions_are_told(tmp_path: Path) -> None:
    table = read_known(book_of(tmp_path, "町名,高齢化率\n本町,0.285\n港町,0.31\n"))
    assert "0から1までの数です" in "".join(table.remarks)


def test_totals_in_the_middle_are_compared_with_their_own_rows(tmp_path: Path) -> None:
    text = "町名,人口\n本町,120\n港町,81\n東部計,201\n浜町,300\n谷,40\n西部計,{}\n市計,541\n"
    right = "".join(read_known(book_of(tmp_path, text.format(340))).remarks)
    assert "「東部計」の人口 201 は、取り込む2地域の合計と一致します" in right
    assert "合いません" not in right
    wrong = "".join(read_known(book_of(tmp_path, text.format(350))).remarks)
    assert "「西部計」の人口 350 と" in wrong and wrong.count("合いません") == 1


def test_merged_heads_and_wards_of_a_yearbook(tmp_path: Path) -> None:
    made = Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    for row in (
        ["町丁別人口"], ["区", "町名", "人口", None, "世帯数"], [None, None, "総数", "男", None],
        ["東区", "本町", 120, 60, 50], [None, "港町", 81, 40, 31], [None, "計", 201, 100, 81],
        ["西区", "本町", 300, 150, 120], ["合計", None, 501, 250, 201], ["資料：市民課"],
    ):  # fmt: skip
        sheet.append(row)
    for area in ("A1:E1", "C2:D2", "A2:A3", "B2:B3", "E2:E3", "A4:A6"):
        sheet.merge_cells(area)
    made.create_sheet("世帯").append(["町名", "世帯数"])
    made.save(tmp_path / "年報.xlsx")
    book = read_book(tmp_path / "年報.xlsx")
    table = as_proposed(book)
    assert table.faults == ()
    assert [each.indicator for each in table.columns] == ["人口／総数", "人口／男", "世帯数"]
    assert [row.name for row in table.rows] == ["東区本町", "港町", "西区本町"]
    assert table.total("人口／総数") == 501
    assert set(concepts(table.columns)) == {"人口", "世帯数"}


def test_days_of_one_table_are_brought_one_by_one(workspace: Workspace, tmp_path: Path) -> None:
    book = book_of(tmp_path, "年月日,町名,人口\n2025/4/1,本町,120\n2025/4/1,港町,80\n2026/4/1,本町,118\n")
    with pytest.raises(SeveralDays) as refused:
        bring(workspace, book, Wish(title="人口"), TODAY)
    second = date(2026, 4, 1)
    assert refused.value.days == (date(2025, 4, 1), second)
    assert "--" not in refused.value.cure
    found = bring(workspace, book, Wish(title="人口", as_of=second), TODAY)
    assert [each.label for each in found.placed if each.where] == ["本町"]


def test_of_a_prefectures_census_the_town_itself_is_taken(workspace: Workspace, tmp_path: Path) -> None:
    found = bring(workspace, book_of(tmp_path, census(*PREFECTURE)), Wish(as_of=DAY), TODAY)
    assert "「見本市」の行だけを取り込みます（ほかの1市区町村の行を除きました）。" in found.remarks
    assert [each.label for each in found.placed if each.where] == ["本町一丁目", "本町二丁目"]
    elsewhere = [line.replace("見本市", "近い市") for line in PREFECTURE]
    whole = bring(workspace, book_of(tmp_path, census(*elsewhere)), Wish(as_of=DAY), TODAY)
    assert len([each for each in whole.placed if each.where]) == 3


def test_another_table_of_the_census_does_not_take_the_place_of_the_first(workspace: Workspace, tmp_path: Path) -> None:
    text = census(*PREFECTURE)
    save(workspace, bring(workspace, book_of(tmp_path, text), Wish(as_of=DAY), TODAY))
    other = text.replace("T001082", "T001081").replace("総数６５歳以上", "世帯数")
    save(workspace, bring(workspace, book_of(tmp_path, other), Wish(as_of=DAY), TODAY))
    titles = {each.title for each in workspace.snapshot.all(Dataset).values()}
    assert titles == {"国勢調査 小地域集計 T001082（見本市）", "国勢調査 小地域集計 T001081（見本市）"}
    shops = book_of(tmp_path, "市区町村コード,市区町村名,事業所数\n14101,鶴見区,100\n14102,神奈川区,90\n", "商業.csv")
    assert [each.after for each in bring(workspace, shops, Wish(), TODAY).placed if each.label == "新しい資料"]
    assert bring(workspace, shops, Wish(), TODAY).placed[0].title == "商業"


def test_figures_told_with_an_areas_own_are_not_its_own(workspace: Workspace, tmp_path: Path) -> None:
    rows = ("14907009001,4,見本市,桜が丘一丁目,1,,002,900,300", "14907009002,4,見本市,桜が丘二丁目,2,001,,X,X")
    found = bring(workspace, book_of(tmp_path, census(*rows)), Wish(as_of=DAY), TODAY)
    told = next(each for each in found.placed if each.label == "人口")
    assert (told.outcome, "地域の外の小地域と合算" in told.why) == ("不明", True)


def test_a_mapping_that_is_taught_again_stays_one(workspace: Workspace, tmp_path: Path) -> None:
    text = "区割,町の呼び名,住む人\n東,本通り,410\n西,港通り,皆無\n"
    book = book_of(tmp_path, text)
    ref, record = mapping_for(workspace, proposed(book), "町の数", "市民課", TODAY)
    keep(workspace, ref, record)
    with pytest.raises(UnreadTable) as refused:
        bring(workspace, book, Wish(title="町"), TODAY)
    assert refused.value.teachable
    draft = of_mapping(book, record)
    assert [each.role for each in draft.columns] == [each.role for each in proposed(book).columns]
    again, changed = mapping_for(workspace, draft, "町の数", "", TODAY)
    assert (again, changed.columns, changed.publisher) == (ref, record.columns, "市民課")
    other = workspace.new_ref("mapping", record, today=TODAY)
    keep(workspace, other, record.but(title="別の読み方"))
    with pytest.raises(SeveralMappings) as several:
        bring(workspace, book, Wish(title="町"), TODAY)
    assert set(several.value.refs) == {ref, other}
    assert isinstance(several.value, UnknownLayout)


def test_sheets_that_are_not_read_are_told(workspace: Workspace, tmp_path: Path) -> None:
    made = Workbook()
    for name, head in (("人口", "人口"), ("世帯", "世帯数")):
        sheet = made.create_sheet(name)
        for row in (["町名", head], ["本町", 120], ["港町", 80]):
            sheet.append(row)
    made.save(tmp_path / "年報.xlsx")
    found = bring(workspace, read_book(tmp_path / "年報.xlsx"), Wish(as_of=DAY), TODAY)
    assert "シート「人口」を読みました。ほかのシート（世帯）は取り込みません。" in found.remarks


def test_an_older_table_is_told(workspace: Workspace, tmp_path: Path) -> None:
    book = book_of(tmp_path, "町名,人口\n本町,120\n港町,80\n")
    save(workspace, bring(workspace, book, Wish(title="人口", as_of=DAY), TODAY))
    older = bring(workspace, book, Wish(title="人口", as_of=DAY.replace(year=2015)), TODAY)
    assert any("より古い時点の表です" in remark for remark in older.remarks)


@pytest.mark.parametrize("stray", [b"\x80", b"\xa0", b"\xfd", b"\xff"])
def test_a_byte_that_is_no_letter_of_cp932_is_refused(stray: bytes, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="2行目に"):
        book_of(tmp_path, "地域,人口\n本町".encode("cp932") + stray + b",1\n")
