"""Sheets as towns have them: head rows, merged cells, names in many writings, sums, notes; what is unknown is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kyoju_tui.exchange.books.values import Area, Book, Sheet, Value
from kyoju_tui.exchange.sheets.assistant import open_book, proposed
from kyoju_tui.exchange.sheets.bringing_in import read_sheets
from kyoju_tui.exchange.sheets.grid import NotASheet
from kyoju_tui.exchange.sheets.names import Decisions, Names
from kyoju_tui.exchange.sheets.readings import reading_of
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import UnknownRef
from kyoju_tui.records.mapping import Mapping
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.workspace import Workspace
from tests.building import category, department, snapshot
from tests.exchange.sheets.town import TODAY, book_of, carry_out, plan


def entries(workspace: Workspace) -> dict[str, Entry]:
    return {each.title: each for each in workspace.snapshot.entries.values()}


def test_a_list_of_projects_as_an_office_lays_it_out(workspace: Workspace, tmp_path: Path) -> None:
    rows: list[list[Value]] = [
        ["令和8年度　事務事業一覧"],
        [None, None, None, None, None, None, None, None, None, "（単位：円）"],
        ["№", "担当", "事務事業名", "事業概要", "予算額", None, "根拠法令", "事業期間", "区分", "分野", "実施方法"],
        [None, None, None, None, "R7", "R8", None, None, None, None, None],
        [1, "福祉部 高齢福祉課 介護予防係", "見守り訪問", "月2回\n訪ねる。", 900000, 1200000, "老人福祉法", "H30～",
         None, "高齢者", "委託"],
        [2, None, "配食", "届ける。", 1, 1500500, "－", "R5～R9", None, "高齢者・住まい", "一部委託"],
        [None, "小計", None, None, 2, 2700500],
        ["住宅課"],
        [3, None, "空き家相談（R9開始予定）", None, None, "3,000千円", None, 2020, None, "住まい", "直営"],
        ["※金額は当初予算"],
    ]  # fmt: skip
    path = book_of(tmp_path / "事業.xlsx", rows, merged=["A1:K1", "A3:A4", "B3:B4", "C3:C4", "E3:F3", "B5:B6"])
    found = plan(workspace, path)
    carry_out(workspace, found)
    there = entries(workspace)
    visits, meals, houses = there["見守り訪問"], there["配食"], there["空き家相談（R9開始予定）"]
    assert (visits.section, visits.legal_basis, visits.since) == ("介護予防係", "老人福祉法", date(2018, 4, 1))
    assert visits.outline == "月2回\n訪ねる。"
    assert (meals.since, meals.until) == (date(2023, 4, 1), date(2028, 3, 31))
    assert meals.categories == ("koreisha", "sumai")
    assert "実施方法：一部委託" in (meals.note or "")
    assert (visits.budget_thousand_yen, meals.budget_thousand_yen, houses.budget_thousand_yen) == (1200, 1500, 3000)
    assert {ref.department for ref in workspace.snapshot.entries} == {"korei", "jutaku"}
    assert any("小計" in each and "7行目" in each for each in found.bringing.remarks)
    assert any("当初予算" in each for each in found.bringing.remarks)
    assert {each.where for each in found.bringing.of("不明")} >= {"一覧!K6"}


def test_kinds_below_departments_and_merged_cells(workspace: Workspace, tmp_path: Path) -> None:
    rows: list[list[Value]] = [
        ["分野", "住宅", None, "高齢福祉", None, "備考"],
        [None, "取組", "課題", "取組", "課題", None],
        ["高齢者", "住まいの相談", "－", "見守り", "担い手", None],
        ["住 ま い", "共同の会議", None, None, "空き家\n情報が届かない", "要確認"],
    ]
    path = book_of(tmp_path / "表.xlsx", rows, merged=["A1:A2", "B1:C1", "D1:E1", "B4:D4"])
    found = plan(workspace, path)
    carry_out(workspace, found)
    there = entries(workspace)
    assert there["担い手"].kind == there["空き家"].kind == "課題"
    assert there["共同の会議"].related_departments == ("korei",)
    assert [(each.where, each.after) for each in found.bringing.of("不明")] == [("一覧!F4", "要確認")]
    assert [each.where for each in found.bringing.of("該当なし")] == ["一覧!C3"]


def test_categories_as_columns_and_departments_as_rows(workspace: Workspace, tmp_path: Path) -> None:
    rows = [["", "高齢者", "子育て"], ["住宅課", "取組：相談", ""], ["市民課", "", "課題：場所の不足"]]
    carry_out(workspace, plan(workspace, book_of(tmp_path / "表.xlsx", rows)))
    there = {(ref.department, each.categories) for ref, each in workspace.snapshot.entries.items()}
    assert there == {("jutaku", ("koreisha",)), ("shimin", ("kosodate",))}


def test_one_departments_own_table(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ["カテゴリー", "取組中", "検討中", "既往データ", "課題"],
        ["高齢者", "見守り", "配食", "高齢者数 120人", "担い手"],
    ]
    path = book_of(tmp_path / "整理表.xlsx", rows)
    with_name = plan(workspace, path, Decisions(department="korei"))
    carry_out(workspace, with_name)
    there = entries(workspace)
    assert [(there[title].kind, there[title].status) for title in ("見守り", "配食", "高齢者数 120人", "担い手")] == [
        ("取組", "取組中"),
        ("取組", "検討中"),
        ("データ", None),
        ("課題", None),
    ]


def test_names_are_never_guessed(workspace: Workspace, tmp_path: Path) -> None:
    rows = [["事業名", "担当課", "分野"], ["花壇", "高齢福祉支援課", "住まい"], ["清掃", "環境課", "すまい環境"]]
    path = book_of(tmp_path / "表.xlsx", rows)
    found = plan(workspace, path)
    assert found.bringing.changes == ()
    assert "「高齢福祉課」のことでしょうか" in found.bringing.of("不明")[0].why
    settled = Decisions().meaning("department", "高齢福祉支援課", "korei").meaning("category", "すまい環境", "")
    carry_out(workspace, plan(workspace, path, settled))
    assert set(entries(workspace)) == {"花壇"}
    # What was settled is kept for the next sheet with these heads.
    (mapping,) = workspace.snapshot.all(Mapping).values()
    assert {each.means for each in mapping.values} == {"departments/korei", "categories/"}
    following = book_of(
        tmp_path / "翌年.xlsx", [rows[0], ["花壇", "高齢福祉支援課", "住まい"], ["緑化", "高齢福祉支援課", "住まい"]]
    )
    carry_out(workspace, plan(workspace, following))
    assert set(entries(workspace)) == {"花壇", "緑化"}
    assert len(workspace.snapshot.all(Mapping)) == 1
    named = plan(workspace, path, mapping=mapping.title).bringing
    assert [each.title for each in named.placed if each.outcome == "同じ"] == ["花壇"]
    assert any("取り込まないことにした" in each for each in named.remarks)


def test_a_sheet_for_each_department(workspace: Workspace, tmp_path: Path) -> None:
    from kyoju_tui.exchange.books.writing import new_book, put, written

    book = new_book()
    for name, title in (("住宅課", "空き家相談"), ("市民課", "花壇"), ("説明", "")):
        page = book.create_sheet(name)
        for number, row in enumerate(
            [["事業名", "カテゴリー"], [title, "住まい"]] if title else [["この表の書き方"]], 1
        ):
            for column, text in enumerate(row, 1):
                put(page, number, column, text)
    path = tmp_path / "各課.xlsx"
    path.write_bytes(written(book))
    found = plan(workspace, path)
    carry_out(workspace, found)
    assert {ref.department for ref in workspace.snapshot.entries} == {"jutaku", "shimin"}
    assert any("説明" in each for each in found.bringing.remarks)


@pytest.mark.parametrize("rows", [[["あ", "い"], ["う", "え"]], [["令和8年度"]], [["事業名"], ["花壇"]]])
def test_what_is_not_understood_is_refused_and_can_be_looked_at(
    workspace: Workspace, tmp_path: Path, rows: list[list[str]]
) -> None:
    path = book_of(tmp_path / "x.xlsx", rows)
    with pytest.raises(NotASheet, match="何も取り込んでいません"):
        plan(workspace, path)


def test_a_sheet_or_mapping_that_is_not_there_is_named(workspace: Workspace, tmp_path: Path) -> None:
    path = book_of(tmp_path / "x.xlsx", [["事業名", "担当課"], ["花壇", "市民課"]])
    with pytest.raises(UnknownRef, match="シート"):
        plan(workspace, path, sheet="ない")
    with pytest.raises(UnknownRef, match="読み取り方"):
        plan(workspace, path, mapping="ない")


def test_readings_are_made_of_known_words_or_not_at_all() -> None:
    assert reading_of("子育て支援課") == "こそだてしえんか"
    assert reading_of("まちづくり推進室") == "まちづくりすいしんしつ"
    assert reading_of("澪帆課") == ""


STORE: Snapshot = snapshot(
    category("koreisha", "高齢者"),
    category("sumai", "住まい"),
    department("korei", "高齢福祉課"),
    department("jutaku", "住宅課"),
)
_TEXTS = st.sampled_from(
    [
        *(
            "事業名",
            "担当課",
            "カテゴリー",
            "高齢者",
            "住まい",
            "高齢福祉課",
            "住宅課",
            "取組",
            "課題",
            "概要",
            "備考",
            "状況",
        ),
        *(
            "予算額（円）",
            "合計",
            "※注",
            "取組：見守り\n課題：不足",
            "・a\n・b（検討中）",
            "該当なし",
            "開始年度",
            "H30～",
        ),
        *("なし", "実績", "R5実績", "番号", "\x1b[31m赤\x07", "[/]=1+1", "関係課", "種別", "データ", "終了年度"),
    ]
)
_VALUES = st.none() | _TEXTS | st.text(max_size=12) | st.integers(-5, 10**15) | st.floats(allow_nan=True) | st.dates()
_ROWS = st.lists(st.lists(_VALUES, min_size=1, max_size=6), min_size=1, max_size=8)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(_ROWS, st.lists(st.tuples(*[st.integers(0, 6)] * 4), max_size=2))
def test_no_sheet_crashes_or_loses_a_cell_that_is_split(
    rows: list[list[Value]], areas: list[tuple[int, int, int, int]]
) -> None:
    width = max(map(len, rows))
    square = tuple((*row, *[None] * (width - len(row))) for row in rows)
    merged = tuple(Area(*area) for area in areas if area[0] <= area[2] and area[1] <= area[3])
    book = Book("表.xlsx", "0" * 64, (Sheet("一覧", square, merged=merged),))
    try:
        opened = open_book(book, STORE, TODAY, Decisions())
    except NotASheet:
        opened = proposed(book, STORE, TODAY)
    (reading,) = read_sheets(book, opened.layout, Names(STORE, TODAY, Decisions()), STORE, TODAY)
    for each in reading.found:
        plain = {name: value for name, value in (each.assumed | each.said).items() if value is not None}
        assert str(Entry.model_validate(plain).title).strip()
    # Every cell below the head that belongs to a column is an entry, is told, or is a remark's.
    told = {each.where for each in (*reading.found, *reading.left)}
    remarks = "".join(reading.remarks)
    assert all(where.startswith("一覧!") for where in told)
    assert "\x1b" not in remarks + "".join(each.text + each.why for each in reading.left)
