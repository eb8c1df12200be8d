"""Answers in: exactly what was written comes in, by field, against the store as it is now."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from kyoju_tui.exchange.inquiries.answer_rows import HINT
from kyoju_tui.exchange.inquiries.inquiry_answers import Arrived, bring
from kyoju_tui.exchange.inquiries.inquiry_layout import AS_BEFORE, AS_BEFORE_CELL, CONFIRMED_CELL
from kyoju_tui.records.ids import Ref
from tests.exchange.answers import (
    ASKED,
    COLUMN,
    COUNTED,
    HOUSES,
    LONELY,
    TODAY,
    VISITS,
    Office,
    Write,
    cell,
    change,
    new_row,
    put,
    row_of,
    without_copy,
    without_ids,
)


def test_an_unedited_form_touches_nothing_and_says_so(office: Office) -> None:
    found = office.bringing(office.form())
    assert found.changes == ()
    assert set(found.counts) == {"同じ"}
    assert any("様式のまま" in remark for remark in found.remarks)


def test_edits_come_in_exactly_as_one_commit_with_the_receipt(office: Office) -> None:
    path = office.form(
        "回答.xlsx", "korei",
        cell(VISITS, "outline", "協力員が訪問する。\n週に1回。"),
        cell(VISITS, "results", "１５世帯"),
        cell(VISITS, "until", "令和９年３月３１日"),
        cell(LONELY, "outline", None),
        new_row("kosodate", "取組", title="=寄り道の会", status="検討中", outline="+1\n-2\n@3"),
        cell(("block", "shotengai", "課題"), "said", "該当なし"),
        lambda book: book["回答"].cell(*CONFIRMED_CELL, "課長確認済"),
    )  # fmt: skip
    before = office.workspace.snapshot
    found = office.brought(path)
    assert {(each.outcome, each.label) for each in found.placed if each.outcome != "同じ"} == {
        ("変更", "概要"), ("変更", "令和7年度の実績"), ("追加", "終了予定"), ("消去", "概要"),
        ("追加", "件名"), ("追加", "状況"), ("追加", "概要"), ("該当なし", "該当なし"),
    }  # fmt: skip
    visits = office.entry(VISITS)
    assert (visits.outline, visits.until) == ("協力員が訪問する。\n週に1回。", date(2027, 3, 31))
    assert [(each.fiscal_year, each.text) for each in visits.results] == [(2025, "１５世帯")]
    assert visits.categories == ("koreisha", "sumai")
    assert office.entry(LONELY).outline is None
    (new,) = set(office.workspace.snapshot.entries) - set(before.entries)
    made = office.entry(new)
    assert (new.department, made.title, made.outline) == ("korei", "=寄り道の会", "+1\n-2\n@3")
    assert (made.kind, made.categories, made.source.inquiry) == ("取組", ("kosodate",), ASKED.id)
    receipt = office.inquiry.targets[0].receipts[0]
    assert (receipt.version, receipt.file, receipt.sha256) == (1, "回答.xlsx", found.sha256)
    assert (receipt.on, receipt.confirmed) == (TODAY, "課長確認済")
    assert [(each.category, each.kind) for each in office.inquiry.nothing_to_report] == [("shotengai", "課題")]
    newest, older = office.workspace.past.page(size=2).entries
    assert newest.action == "import"
    assert "回答.xlsx" in newest.subject
    assert found.sha256[:12] in newest.subject
    assert "取り込み" not in older.subject


def test_the_same_file_again_touches_nothing(office: Office) -> None:
    path = office.form("回答.xlsx", "korei", cell(VISITS, "outline", "直した。"))
    office.brought(path)
    change(office.workspace, VISITS, outline="こちらで直した。")
    again = office.bringing(path)
    assert again.changes == ()
    assert "取り込み済み" in again.remarks[0]


def test_a_newer_value_is_never_overwritten_by_one_that_the_form_did_not_change(office: Office) -> None:
    path = office.form("回答.xlsx", "korei", cell(VISITS, "target_group", "ひとり暮らしの高齢者"))
    change(office.workspace, VISITS, outline="こちらで直した。")
    office.brought(path)
    visits = office.entry(VISITS)
    assert (visits.outline, visits.target_group) == ("こちらで直した。", "ひとり暮らしの高齢者")


def test_what_both_changed_is_left_out_and_told(office: Office) -> None:
    path = office.form("回答.xlsx", "korei", cell(VISITS, "status", "取組中"), cell(VISITS, "target_group", "だれでも"))
    change(office.workspace, VISITS, status="終了")
    found = office.brought(path)
    (clash,) = found.of("食い違い")
    assert (clash.label, clash.before, clash.after) == ("状況", "終了", "取組中")
    assert "検討中" in clash.why
    assert (office.entry(VISITS).status, office.entry(VISITS).target_group) == ("終了", "だれでも")


def test_lines_apart_of_one_text_are_put_together(office: Office) -> None:
    put(office.workspace, {VISITS: {
        "title": "見守り訪問", "kind": "取組", "status": "検討中", "categories": ["koreisha"], "outline": "一\n二\n三",
    }})  # fmt: skip
    path = office.form("回答.xlsx", "korei", cell(VISITS, "outline", "一\n二\n三さん"))
    change(office.workspace, VISITS, outline="いち\n二\n三")
    found = office.brought(path)
    assert office.entry(VISITS).outline == "いち\n二\n三さん"
    assert "合わせました" in found.of("変更")[0].why


def test_a_corrected_file_is_a_further_version_with_its_difference_alone(office: Office) -> None:
    first = office.form(
        "第1版.xlsx", "korei",
        cell(VISITS, "outline", "はじめの答え。"),
        cell(VISITS, "target_group", "高齢者"),
        new_row("kosodate", "取組", title="寄り道の会", status="検討中"),
    )  # fmt: skip
    second = office.edited(
        first, cell(VISITS, "outline", "直した答え。"), new_row("kosodate", "取組", status="取組中"), name="第2版.xlsx"
    )
    office.brought(first)
    change(office.workspace, VISITS, target_group="こちらで直した対象")
    found = office.brought(second)
    changed = found.of("変更", "追加", "消去", "食い違い")
    assert {(each.label, each.before, each.after) for each in changed} == {
        ("概要", "はじめの答え。", "直した答え。"), ("状況", "検討中", "取組中"),
    }  # fmt: skip
    assert office.entry(VISITS).target_group == "こちらで直した対象"
    assert len([each for each in office.workspace.snapshot.entries.values() if each.title == "寄り道の会"]) == 1
    assert [each.version for each in office.inquiry.targets[0].receipts] == [1, 2]


def test_what_a_correction_takes_back_is_asked(office: Office) -> None:
    first = office.form("1.xlsx", "korei", cell(VISITS, "outline", "直した。"), cell(VISITS, "target_group", "対象"))
    second = office.edited(first, cell(VISITS, "outline", "協力員が訪問する。\n月に1回。"), name="2.xlsx")
    office.brought(first)
    found = office.bringing(second)
    assert [each.label for each in found.of("食い違い")] == ["概要"]
    assert not found.of("変更", "追加", "消去")


@pytest.mark.parametrize(
    "value, meant",
    [
        ("R8.4.1", date(2026, 4, 1)),
        ("令和８年４月１日", date(2026, 4, 1)),
        (datetime(2026, 4, 1), date(2026, 4, 1)),
        (46113, date(2026, 4, 1)),
        ("４６１１３", date(2026, 4, 1)),
        ("令和8年4月1日現在", date(2026, 4, 1)),
        ("令和8年度", date(2026, 4, 1)),
        ("来春", None),
    ],
)
def test_dates_as_people_write_them(office: Office, value: Any, meant: date | None) -> None:
    found = office.bringing(office.form("回答.xlsx", "korei", cell(VISITS, "since", value)))
    if meant is None:
        assert [(each.where[:3], each.label) for each in found.of("不明")] == [("回答!", "開始")]
        assert found.changes == ()
    else:
        assert f"令和{meant.year - 2018}年{meant.month}月{meant.day}日" in found.of("変更")[0].after


@pytest.mark.parametrize(
    "field, value, words",
    [
        ("status", "取り組み中", "「取組中」のことでしょうか"),
        ("categories", "住い", "「住まい」のことでしょうか"),
        ("since", "=formula", "計算式"),
        ("outline", "制\x1b御", ""),
        ("outline", "長" * 25_000, "文字以内"),
        ("title", None, "件名は空にできません"),
        ("outline", date(2026, 1, 2), "日付か時刻に変わっています"),
        ("until", "R5.3.31", "開始より前"),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_cell(office: Office, field: str, value: Any, words: str) -> None:
    if isinstance(value, str) and "\x1b" in value:
        value = value.replace("\x1b", "\u202e")
        words = "制御文字"
    path = office.form("回答.xlsx", "korei", cell(VISITS, field, value), cell(VISITS, "direction", "続ける。"))
    found = office.brought(path)
    (unclear,) = found.of("不明")
    assert unclear.where.startswith("回答!")
    assert words in unclear.why
    assert office.entry(VISITS).direction == "続ける。"
    assert office.entry(VISITS).title == "見守り訪問"


def test_an_end_and_an_issue_that_is_gone(office: Office) -> None:
    path = office.form("回答.xlsx", "korei", cell(VISITS, "said", "廃止"), cell(LONELY, "said", "廃止"))
    found = office.brought(path)
    assert office.entry(VISITS).status == "終了"
    assert LONELY not in office.workspace.snapshot
    assert [each.outcome for each in found.placed if each.label == "記録"] == ["消去"]


def test_an_issue_that_others_name_stays(office: Office) -> None:
    change(office.workspace, VISITS, addresses=[LONELY.id])
    found = office.bringing(office.form("回答.xlsx", "korei", cell(LONELY, "said", "廃止")))
    assert found.changes == ()
    assert "参照" in found.of("不明")[0].why


def test_as_before_is_an_answer(office: Office) -> None:
    earlier = Ref("inquiries/20251101-ooooo")
    put(office.workspace, {earlier: {
        "title": "昨年", "issued_on": date(2025, 11, 6), "targets": [{"department": "korei"}],
    }})  # fmt: skip
    path = office.form("回答.xlsx", "korei", lambda book: book["回答"].cell(*AS_BEFORE_CELL, AS_BEFORE))
    office.brought(path)
    target = office.inquiry.targets[0]
    assert target.unchanged
    assert target.receipts


def test_nothing_to_report_where_something_stands_is_told(office: Office) -> None:
    found = office.bringing(office.form("回答.xlsx", "korei", cell(("block", "koreisha", "課題"), "said", "該当なし")))
    assert found.changes == ()
    assert "孤立" in found.of("不明")[0].why


def reorder(book: Any) -> None:
    sheet = book["回答"]
    one, other = row_of(book, VISITS), row_of(book, COUNTED)
    for column in range(1, sheet.max_column + 1):
        first, second = sheet.cell(one, column), sheet.cell(other, column)
        first.value, second.value = second.value, first.value


def insert(book: Any) -> None:
    """A row put in under the issues of the elderly, and a column."""
    sheet = book["回答"]
    row = row_of(book, ("block", "koreisha", "データ"))
    sheet.insert_rows(row)
    for column, value in ((2, "高齢者"), (3, "課題"), (COLUMN["title"], "坂が多い")):
        sheet.cell(row, column).value = value
    sheet.insert_cols(COLUMN["outline"])


def copied_sheet(book: Any) -> None:
    book.copy_worksheet(book["回答"])


def moved_column(book: Any) -> None:
    """The outline cut out and put in at the end."""
    sheet, at = book["回答"], COLUMN["outline"]
    last = sheet.max_column + 1
    for row in range(1, sheet.max_row + 1):
        sheet.cell(row, last).value = sheet.cell(row, at).value
    sheet.delete_cols(at)


@pytest.mark.parametrize("spoil", [reorder, insert, copied_sheet, moved_column, without_ids, without_copy])
def test_the_edit_comes_in_whatever_became_of_the_sheet(office: Office, spoil: Write) -> None:
    path = office.form("回答.xlsx", "korei", cell(VISITS, "outline", "直した。"), spoil)
    found = office.brought(path)
    assert office.entry(VISITS).outline == "直した。"
    told = {(each.outcome, each.label) for each in found.placed if each.outcome != "同じ"}
    new = {("追加", "件名")} if spoil is insert else set[tuple[str, str]]()
    assert told == {("変更", "概要")} | new
    if spoil is insert:
        made = next(each for each in office.workspace.snapshot.entries.values() if each.title == "坂が多い")
        assert (made.kind, made.categories) == ("課題", ("koreisha",))


@pytest.mark.parametrize("sent, outcome", [(date.today(), "変更"), (date(2020, 4, 1), "食い違い")])
def test_a_form_without_any_id_is_compared_with_the_day_it_went_out(office: Office, sent: date, outcome: str) -> None:
    change(office.workspace, ASKED, targets=[{"department": "korei", "sent_on": sent}])
    path = office.form("回答.xlsx", "korei", cell(VISITS, "outline", "直した。"), without_ids, without_copy)
    found = office.bringing(path)
    told = [(each.outcome, each.title, each.label) for each in found.placed if each.outcome != "同じ"]
    assert told == [(outcome, "見守り訪問", "概要")]


def test_merged_cells_are_told_and_clear_nothing(office: Office) -> None:
    def merge(book: Any) -> None:
        row, column = row_of(book, VISITS), COLUMN["direction"]
        book["回答"].merge_cells(start_row=row, end_row=row, start_column=column - 3, end_column=column)

    found = office.bringing(office.form("回答.xlsx", "korei", merge))
    assert {each.outcome for each in found.placed} == {"同じ", "不明"}
    assert found.changes == ()
    assert "結合" in found.of("不明")[0].why


def test_a_row_that_is_gone_leaves_its_record(office: Office) -> None:
    found = office.bringing(
        office.form("回答.xlsx", "korei", lambda book: book["回答"].delete_rows(row_of(book, LONELY)))
    )
    assert found.changes == ()
    assert [(each.outcome, each.title) for each in found.of("不明")] == [("不明", "孤立")]


def test_a_row_copied_to_begin_a_new_one(office: Office) -> None:
    def copy(book: Any) -> None:
        sheet, row = book["回答"], row_of(book, VISITS)
        sheet.insert_rows(row + 1)
        for column in range(1, sheet.max_column + 1):
            sheet.cell(row + 1, column).value = sheet.cell(row, column).value
        sheet.cell(row + 1, COLUMN["title"]).value = "買い物の手伝い"

    office.brought(office.form("回答.xlsx", "korei", copy))
    titles = sorted(each.title for ref, each in office.workspace.snapshot.entries.items() if ref.department == "korei")
    assert titles == ["ひとり暮らしの数", "孤立", "見守り訪問", "買い物の手伝い"]


def test_what_is_written_beside_the_form_is_told(office: Office) -> None:
    path = office.form("回答.xlsx", "korei", lambda book: book["回答"].cell(row_of(book, VISITS), 25, "欄外の一言"))
    (unclear,) = office.bringing(path).of("不明")
    assert (unclear.after, unclear.where) == ("欄外の一言", unclear.where)


def test_a_row_whose_record_was_deleted_here_or_moved(office: Office) -> None:
    path = office.form("回答.xlsx", "korei", cell(LONELY, "outline", "直した。"), cell(COUNTED, "outline", "直した。"))
    office.workspace.delete(LONELY).result()
    office.workspace.move(COUNTED, "jutaku").result()
    found = office.bringing(path)
    assert found.changes == ()
    assert len(found.of("食い違い")) == len(found.of("不明")) == 1


def test_the_base_is_gone(office: Office) -> None:
    path = office.form("回答.xlsx", "korei", cell(VISITS, "outline", "直した。"), cell(LONELY, "outline", "直した。"))
    change(office.workspace, VISITS, outline="こちらで。")
    (arrived,) = office.read(path)
    assert isinstance(arrived, Arrived)
    lost = Arrived(arrived.path, arrived.form, arrived.inquiry, arrived.department, "0" * 40)
    found = bring(office.workspace, lost, TODAY)
    assert [(each.outcome, each.title) for each in found.placed if each.label == "概要"] == [
        ("食い違い", "見守り訪問"), ("変更", "孤立"),
    ]  # fmt: skip


def test_a_form_of_elsewhere_is_refused_in_words(office: Office) -> None:
    other = Ref("inquiries/20251101-ooooo")
    day = date(2025, 11, 6)
    put(office.workspace, {other: {"title": "昨年", "issued_on": day, "targets": [{"department": "korei"}]}})
    old = office.form("昨年.xlsx", inquiry=other)
    assert "前の照会「昨年」" in office.turned(old)[0]
    assert "別の照会「昨年」" in office.turned(old, inquiry=ASKED)[0]
    assert office.turned(old, inquiry=other) == []

    form = office.form()
    assert "別の保管場所" in office.turned(office.edited(form, swap(0, "a" * 40), name="他.xlsx"))[0]
    assert "高齢福祉課あて" in office.turned(form, department="jutaku")[0]
    renamed = office.edited(form, lambda book: book["回答"].cell(1, 2, "回答票　住宅政策課"), name="直し.xlsx")
    assert "書きかえられています" in office.turned(renamed)[0]
    assert office.turned(renamed, department="korei") == []
    assert "食い違っています" in office.turned(office.edited(form, lambda book: swap(2, "jutaku")(book, "回答")))[0]
    change(office.workspace, ASKED, targets=[{"department": "jutaku"}])
    assert "照会先にありません" in office.turned(renamed, department="korei")[0]


def swap(place: int, value: str) -> Any:
    """Another store, department … in the form's id, in both places or in one."""

    def write(book: Any, only: str = "") -> None:
        for name, where in (("回答", "A1"), ("控え", "B1")):
            if only in ("", name):
                parts = book[name][where].value.split("|")
                parts[2 + place] = value
                book[name][where].value = "|".join(parts)

    return write


def test_two_answers_of_one_department(office: Office) -> None:
    one = office.form("1.xlsx", "korei", cell(VISITS, "outline", "一"))
    two = office.edited(one, cell(VISITS, "outline", "二"), name="2.xlsx")
    three = office.form("3.xlsx", "jutaku", cell(HOUSES, "outline", "三"))
    words = office.turned(one, two, three)
    assert len(words) == 2
    assert all("1.xlsx、2.xlsx" in each for each in words)


def test_what_is_no_form(office: Office) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.create_sheet("表").append(["名前", "数"])
    path = office.folder / "別の表.xlsx"
    book.save(path)
    (office.folder / "壊れた.xlsx").write_bytes(b"PK\x03\x04broken")
    assert "見つかりません" in office.turned(path)[0]
    assert "壊れている" in office.turned(office.folder / "壊れた.xlsx")[0]


def test_the_hint_is_the_one_that_the_form_has(office: Office) -> None:
    import openpyxl

    book = openpyxl.load_workbook(office.form())
    row = row_of(book, ("block", "koreisha", "取組"))
    assert str(book["回答"].cell(row, COLUMN["title"]).value).startswith(HINT)
