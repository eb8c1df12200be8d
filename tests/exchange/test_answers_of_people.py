"""What people do with a form that nobody told them to: each is taken for what it means, or told."""

from __future__ import annotations

from typing import Any

import pytest

from kyoju_tui.exchange.inquiries.inquiry_layout import CONFIRMED_CELL
from kyoju_tui.records.ids import Ref
from tests.exchange.answers import COLUMN, COUNTED, LONELY, VISITS, Office, Write, cell, change, new_row, put, row_of

SLOPE = Ref("entries/korei/20261101-eeeee")
NEW = ("new", "koreisha", "課題")
AGAIN = "前に取り込んだ回答と同じ内容です。何も変わりません。"


def swapped(one: Ref | tuple[str, str, str], other: Ref | tuple[str, str, str]) -> Write:
    """Two rows change places in all cells that can be seen; the hidden ids stay."""

    def write(book: Any) -> None:
        sheet, first, second = book["回答"], row_of(book, one), row_of(book, other)
        for column in range(2, sheet.max_column + 1):
            here, there = sheet.cell(first, column), sheet.cell(second, column)
            here.value, there.value = there.value, here.value

    return write


def told(found: Any) -> list[tuple[str, str, str]]:
    """What a file does, without what is as it was."""
    return [(each.outcome, each.title, each.label) for each in found.placed if each.outcome != "同じ"]


@pytest.mark.parametrize("other", [SLOPE, NEW])
def test_rows_sorted_without_their_hidden_ids_are_known_by_what_they_hold(
    office: Office, other: Ref | tuple[str, str, str]
) -> None:
    slope: dict[str, object] = {"title": "坂が多い", "kind": "課題", "categories": ["koreisha"], "outline": "坂。"}
    put(office.workspace, {SLOPE: slope})
    assert office.bringing(office.form("並べ替え.xlsx", "korei", swapped(LONELY, other))).changes == ()
    edited = office.form(
        "直し.xlsx",
        "korei",
        cell(LONELY, "outline", "声をかけた。"),
        swapped(LONELY, other),
        cell(VISITS, "until", "R9"),
    )
    assert told(office.brought(edited)) == [("追加", "見守り訪問", "終了予定"), ("変更", "孤立", "概要")]
    assert office.entry(LONELY).outline == "声をかけた。"
    assert office.entry(SLOPE).outline == "坂。"


def test_a_row_pushed_down_to_write_another_above_it(office: Office) -> None:
    path = office.form("回答.xlsx", "korei", swapped(LONELY, NEW), cell(LONELY, "title", "階段"))
    assert told(office.brought(path)) == [("追加", "階段", "件名")]
    assert office.entry(LONELY).title == "孤立"


@pytest.mark.parametrize("words", ["該当なし", "特になし。", "無し", "－"])
def test_nothing_written_where_something_could_stand_is_no_record(office: Office, words: str) -> None:
    path = office.form("回答.xlsx", "korei", new_row("shotengai", "課題", title=words))
    assert told(office.brought(path)) == [("該当なし", "商店街・課題", "該当なし")]
    assert [(each.category, each.kind) for each in office.inquiry.nothing_to_report] == [("shotengai", "課題")]


def test_nothing_new_beside_what_stands_is_an_answer(office: Office) -> None:
    found = office.brought(office.form("回答.xlsx", "korei", new_row("koreisha", "課題", title="特になし")))
    assert told(found) == []
    assert office.inquiry.targets[0].receipts
    assert not office.inquiry.nothing_to_report


def test_unchanged_in_every_row_is_an_answer_and_once_is_enough(office: Office) -> None:
    ticks = [cell(each, "said", "変更なし") for each in (VISITS, LONELY, COUNTED)]
    path = office.form("回答.xlsx", "korei", *ticks)
    office.brought(path)
    again = office.edited(path, lambda book: book["依頼文"].cell(40, 1, "余白のメモ"), name="保存し直し.xlsx")
    found = office.bringing(again)
    assert (found.changes, found.remarks) == ((), (AGAIN,))
    sure = office.edited(path, lambda book: book["回答"].cell(*CONFIRMED_CELL, "課長確認済"), name="確認済.xlsx")
    office.brought(sure)
    assert [(each.version, each.confirmed) for each in office.inquiry.targets[0].receipts] == [
        (1, None), (2, "課長確認済"),
    ]  # fmt: skip


def test_a_change_announced_and_not_made_is_told(office: Office) -> None:
    found = office.bringing(office.form("回答.xlsx", "korei", cell(VISITS, "said", "変更あり")))
    assert told(found) == [("不明", "見守り訪問", "変更の有無")]
    assert found.changes == ()


def test_an_emptied_row_takes_nothing_away_and_an_end_still_counts(office: Office) -> None:
    empty = [cell(VISITS, name, None) for name in COLUMN]
    path = office.form("回答.xlsx", "korei", *empty)
    (unclear,) = office.bringing(path).of("不明")
    assert "行の内容がすべて消されています" in unclear.why
    assert told(office.brought(office.edited(path, cell(VISITS, "said", "廃止")))) == [("変更", "見守り訪問", "状況")]
    assert (office.entry(VISITS).status, office.entry(VISITS).since is None) == ("終了", False)


def test_a_status_taken_out_is_the_only_field_left_as_it_was(office: Office) -> None:
    path = office.form("回答.xlsx", "korei", cell(VISITS, "status", None), cell(VISITS, "outline", "直した。"))
    assert told(office.brought(path)) == [("不明", "見守り訪問", "状況"), ("変更", "見守り訪問", "概要")]


@pytest.mark.parametrize(
    "value, why",
    [("平成32年4月1日", "令和2年として読み取りました。"), (43922, "日付の通し番号（43922）を令和2年4月1日")],
)
def test_how_a_day_was_understood_is_told(office: Office, value: object, why: str) -> None:
    path = office.form(
        "回答.xlsx", "korei", cell(VISITS, "as_of", value), new_row("kosodate", "課題", title="待機", as_of=value)
    )
    notes = [each.why for each in office.bringing(path).of("追加") if each.label == "時点"]
    assert len(notes) == 2
    assert all(each.startswith(why) for each in notes)


def test_a_new_row_that_says_it_belongs_where_nothing_is_is_told(office: Office) -> None:
    def elsewhere(book: Any) -> None:
        book["回答"].cell(row_of(book, NEW), 2).value = "高令者"

    path = office.form("回答.xlsx", "korei", new_row("koreisha", "課題", title="坂が多い"), elsewhere)
    (unclear,) = office.bringing(path).of("不明")
    assert "「高齢者」のことでしょうか" in unclear.why


def test_a_category_renamed_here_takes_the_new_rows_of_forms_that_are_out(office: Office) -> None:
    path = office.form("回答.xlsx", "korei", new_row("koreisha", "課題", title="坂が多い"))
    change(office.workspace, Ref("categories/koreisha"), name="シニア")
    assert told(office.bringing(path)) == [("追加", "坂が多い", "件名")]


def test_what_stands_once_more_beside_the_form_is_no_new_record(office: Office) -> None:
    """The answers copied as values onto another sheet; and a change written as if it were new."""

    def copy(book: Any) -> None:
        sheet = book.copy_worksheet(book["回答"])
        sheet.title = "前年度"
        for row in range(1, sheet.max_row + 1):
            sheet.cell(row, 1).value = None

    more = new_row("koreisha", "課題", title="孤立", outline="こちらに書いた。")
    found = office.bringing(office.form("回答.xlsx", "korei", copy, more))
    assert found.changes == ()
    assert [each.title for each in found.of("不明")] == ["孤立", "見守り訪問", "孤立", "ひとり暮らしの数"]


def test_a_mark_for_the_cell_above_is_told(office: Office) -> None:
    found = office.bringing(office.form("回答.xlsx", "korei", cell(LONELY, "outline", "〃")))
    assert told(found) == [("不明", "孤立", "概要")]


def test_a_correction_that_takes_all_back_is_asked_row_by_row(office: Office) -> None:
    sent = office.form("様式.xlsx")
    first = office.edited(
        sent, cell(VISITS, "outline", "直した。"), cell(LONELY, "said", "廃止"),
        new_row("koreisha", "課題", title="階段"), name="1.xlsx",
    )  # fmt: skip
    office.brought(first)
    kept = office.edited(first, cell(VISITS, "target_group", "全員"), name="2.xlsx")
    assert told(office.bringing(kept)) == [("追加", "見守り訪問", "対象者")]
    found = office.bringing(sent)
    assert told(found) == [("食い違い", "見守り訪問", "概要"), ("食い違い", "孤立", ""), ("食い違い", "階段", "")]
    assert "前の版" in found.of("食い違い")[1].why
    assert found.changes == ()
