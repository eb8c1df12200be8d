"""Forms that came back: what is taken as it is meant, what is told instead, and what is refused in words."""

from __future__ import annotations

import shutil
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kyoju_tui.exchange.inquiries.inquiry_export import make_forms
from kyoju_tui.exchange.surveys.survey_layout import ANSWERS, COPY, WHO
from kyoju_tui.overview.surveys import hearable, rate
from kyoju_tui.records.errors import InvalidValue, KyojuError, Refused
from tests.conftest import Git
from tests.exchange.answers import ASKED, TODAY
from tests.exchange.surveys import (
    CAFE,
    DONE,
    HARD,
    KEEPER,
    OTHER,
    PEOPLE,
    START,
    SURVEY,
    WATCH,
    WITH,
    Desk,
    filled,
    outcomes,
    rows,
)

SAID = {PEOPLE: 12, DONE: "朝の体操", HARD: "鍵を開ける人が足りない。", START: "はい", WITH: "学校"}


def test_answers_come_in_as_one_save_that_names_the_file(desk: Desk, git: Git) -> None:
    path = filled(desk.forms()[CAFE], SAID)
    found = desk.bring(path, on=date(2026, 11, 20))
    assert [outcome for outcome, _, _ in outcomes(found)] == ["追加"] * 5
    assert len(found.changes) == 1
    saved = desk.save(found)
    assert desk.answers(CAFE) == {PEOPLE: "12", **{key: str(value) for key, value in SAID.items() if key != PEOPLE}}
    target = desk.survey.targets[0]
    assert target.received_on == date(2026, 11, 20) and target.receipts[0].sha256 == found.sha256
    assert rate(desk.survey).words == "1/3（33%）"
    assert path.name in saved.subject and found.sha256[:12] in saved.subject
    assert found.sha256 in git(desk.workspace.root, "show", "HEAD")
    assert [each.ref for each in hearable(desk.workspace.snapshot)] == [CAFE]


def test_the_same_file_again_touches_nothing(desk: Desk) -> None:
    path = filled(desk.forms()[CAFE], SAID)
    desk.save(desk.bring(path))
    again = desk.bring(path)
    assert not again.changes
    assert [each.outcome for each in again.placed] == ["同じ"]
    # Also once somebody has put an answer right here, and under another name.
    desk.correct(HARD, "鍵の当番が足りない。")
    other = Path(shutil.copy(path, desk.folder / "写し.xlsx"))
    assert not desk.bring(other).changes
    assert desk.answers(CAFE)[HARD] == "鍵の当番が足りない。"


def test_an_untouched_form_touches_nothing(desk: Desk) -> None:
    desk.correct(HARD, "鍵を開ける人が足りない。  \n　")
    for path in desk.forms().values():
        found = desk.bring(path)
        assert not found.changes and not outcomes(found)
    assert rate(desk.survey).received == 0


def test_a_corrected_file_shows_its_difference(desk: Desk) -> None:
    form = desk.forms()[CAFE]
    first = filled(form, SAID)
    desk.save(desk.bring(first, on=date(2026, 11, 20)))
    found = desk.bring(filled(form, {**SAID, PEOPLE: 15}, name="差替.xlsx"))
    assert outcomes(found) == [("変更", "活動を担っている人は何人ですか。", "15")]
    desk.save(found)
    target = desk.survey.targets[0]
    assert (target.received_on, len(target.receipts)) == (date(2026, 11, 20), 2)
    # The first file again is no way back.
    assert not desk.bring(first).changes


def test_what_a_corrected_file_leaves_out_is_asked_about(desk: Desk) -> None:
    form = desk.forms()[CAFE]
    desk.save(desk.bring(filled(form, SAID)))
    found = desk.bring(filled(form, {PEOPLE: 15}, name="差替.xlsx"))
    assert [outcome for outcome, _, _ in outcomes(found)] == ["変更", "食い違い", "食い違い", "食い違い", "食い違い"]


def test_an_answer_that_was_shown_can_be_changed_and_emptied(desk: Desk) -> None:
    desk.save(desk.bring(filled(desk.forms(name="一回目")[CAFE], SAID)))
    form = desk.forms(name="二回目")[CAFE]
    found = desk.bring(filled(form, {HARD: "なくなった。", WITH: None}))
    assert {(outcome, value) for outcome, _, value in outcomes(found)} == {("変更", "なくなった。"), ("消去", "")}
    desk.save(found)
    assert WITH not in desk.answers(CAFE)


def test_what_changed_here_since_is_merged_or_asked_about(desk: Desk) -> None:
    desk.correct(HARD, "鍵が足りない。\n夏は暑い。\n冬は寒い。")
    form = desk.forms()[CAFE]
    desk.correct(HARD, "鍵が足りない。\n夏は暑い。\n冬は寒い（暖房なし）。")
    both = filled(form, {HARD: "鍵が2本しかない。\n夏は暑い。\n冬は寒い。"})
    found = desk.bring(both)
    assert [outcome for outcome, _, _ in outcomes(found)] == ["変更"]
    assert "合わせました" in found.of("変更")[0].why
    desk.save(found)
    assert desk.answers(CAFE)[HARD] == "鍵が2本しかない。\n夏は暑い。\n冬は寒い（暖房なし）。"
    desk.correct(DONE, "こちらで書いた。")
    against = desk.bring(filled(form, {DONE: "あちらで書いた。"}, name="別.xlsx"))
    assert ("食い違い", "続けている活動を教えてください。", "あちらで書いた。") in outcomes(against)
    assert desk.answers(CAFE)[DONE] == "こちらで書いた。"


def test_a_colleague_who_saves_before_us_loses_nothing(desk: Desk) -> None:
    found = desk.bring(filled(desk.forms()[CAFE], {DONE: "朝の体操"}))
    desk.correct(HARD, "別の人が先に書いた。")
    saved = desk.save(found)
    assert saved.merged
    assert desk.answers(CAFE) == {DONE: "朝の体操", HARD: "別の人が先に書いた。"}


MEANT = (
    (PEOPLE, "１２", "追加", "12", ""), (PEOPLE, "1,200人", "追加", "1200", "として読みました"),
    (PEOPLE, "約12人", "不明", "約12人", "数として読めません"), (PEOPLE, 12.5, "追加", "12.5", ""),
    (START, "ハイ", "追加", "はい", ""), (START, "○", "追加", "はい", ""),
    (START, "はいー", "不明", "はいー", "「はい」"),
    (WITH, "学　校", "追加", "学校", ""), (WITH, "市、学校", "追加", "市、学校", ""),
    (WITH, "ほかの団体等", "不明", "ほかの団体等", "「ほかの団体」のことでしょうか"),
    (DONE, date(2026, 11, 23), "追加", "令和8年11月23日", "日付に変わっていた"),
    (DONE, datetime(2026, 11, 23, 9, 30), "追加", "令和8年11月23日 9:30", "日付に変わっていた"),
    (DONE, 5, "追加", "5", ""), (DONE, True, "追加", "はい", ""), (DONE, "#REF!", "不明", "", "計算式の結果"),
    (DONE, "=1+1", "不明", "", "計算式の結果"), (DONE, "長" * 20_001, "不明", f"{'長' * 39}…", "文字以内"),
    (DONE, "連絡は 090-1234-5678 へ", "不明", "", "電話番号"),
    (DONE, "taro@example.jp まで", "不明", "", "メールアドレス"),
    (DONE, "行1_x000D_\n行2 ", "追加", "行1\n行2", ""),
)  # fmt: skip


def test_what_is_typed_is_read_as_it_is_meant(desk: Desk) -> None:
    form = desk.forms()[CAFE]
    for question, value, outcome, text, why in MEANT:
        found = desk.bring(filled(form, {question: value}))
        (placed,) = found.of("追加", "不明")
        assert (placed.outcome, placed.after) == (outcome, text), value
        assert why in placed.why, value
        assert placed.where.startswith(f"{ANSWERS}!C")
        assert found.changes, "the form has come in, whatever could be read of it"


def test_formulas_that_look_like_answers_stay_text(desk: Desk) -> None:
    def change(book: Any) -> None:
        cell = book[ANSWERS].cell(rows(path)[DONE], 3)
        cell.value, cell.data_type = '=cmd|"/c calc"!A1', "s"

    path = desk.forms()[CAFE]
    desk.save(desk.bring(filled(path, {HARD: "＝1"}, change)))
    assert desk.answers(CAFE)[DONE] == '=cmd|"/c calc"!A1'
    again = desk.forms(name="次")[CAFE]
    cell = openpyxl.load_workbook(again)[ANSWERS].cell(rows(again)[DONE], 3)
    assert cell.data_type == "s"


def insert_rows(book: Any) -> None:
    sheet = book[ANSWERS]
    sheet.unmerge_cells("B1:C1")
    sheet.insert_rows(3, 4)


def lose_column(book: Any) -> None:
    for row in book[ANSWERS].iter_rows(max_col=1):
        row[0].value = None


def lose_copy(book: Any) -> None:
    del book[COPY]


def lose_all(book: Any) -> None:
    lose_column(book)
    lose_copy(book)


def shift_and_lose_column(book: Any) -> None:
    lose_column(book)
    book[ANSWERS].insert_rows(1, 2)


def copy_sheet(book: Any) -> None:
    book.copy_worksheet(book[ANSWERS]).title = "回答票 (2)"


def rename(book: Any) -> None:
    book[ANSWERS].title = "提出用"


def test_what_people_do_to_a_form_is_survived(desk: Desk) -> None:
    form = desk.forms()[CAFE]
    for change in (insert_rows, lose_column, lose_copy, lose_all, shift_and_lose_column, copy_sheet, rename):
        found = desk.bring(filled(form, SAID, change))
        assert [value for _, _, value in outcomes(found)] == [str(value) for value in SAID.values()], change
        assert len(found.changes) == 1


def test_without_ids_what_is_there_already_is_asked_about(desk: Desk) -> None:
    desk.correct(HARD, "鍵が足りない。")
    found = desk.bring(filled(desk.forms()[CAFE], {HARD: "場所がない。", DONE: "体操"}, lose_all))
    assert {outcome for outcome, _, _ in outcomes(found)} == {"食い違い", "追加"}
    assert any("履歴にない" in remark for remark in found.remarks)


def test_merged_cells_and_cells_beside_are_told(desk: Desk) -> None:
    def change(book: Any) -> None:
        sheet = book[ANSWERS]
        sheet.merge_cells(start_row=where[HARD] - 1, end_row=where[HARD], start_column=3, end_column=3)
        sheet.cell(where[DONE], 5).value = "横に書いた"

    path = desk.forms()[CAFE]
    where = rows(path)
    found = desk.bring(filled(path, {PEOPLE: 3}, change))
    told = {each.where: each.why for each in found.of("不明")}
    assert "結合されています" in told[f"{ANSWERS}!C{where[HARD]}"]
    assert "様式にない欄" in told[f"{ANSWERS}!E{where[DONE]}"]


def test_two_sheets_that_say_different_things_are_told(desk: Desk) -> None:
    def change(book: Any) -> None:
        other = book.copy_worksheet(book[ANSWERS])
        other.cell(rows(path)[DONE], 3).value = "別のこと"

    path = desk.forms()[CAFE]
    found = desk.bring(filled(path, {DONE: "体操"}, change))
    assert "欄が2つあり" in found.of("不明")[0].why


def test_many_forms_at_once_are_one_save(desk: Desk, git: Git) -> None:
    forms = desk.forms()
    paths = [filled(forms[each], {**SAID, PEOPLE: number}) for number, each in enumerate((CAFE, WATCH, KEEPER), 3)]
    found = desk.bring(*paths)
    assert len(found.of("追加")) == 15
    assert all(each.where.startswith("記入_") for each in found.placed)
    desk.save(found)
    assert rate(desk.survey).words == "3/3（100%）"
    assert git(desk.workspace.root, "log", "-1", "--format=%s").count("照合値") == 2
    assert len({target.receipts[0].sha256 for target in desk.survey.targets}) == 3
    assert not desk.bring(*paths).changes


def test_two_forms_of_one_target_are_not_chosen_between(desk: Desk) -> None:
    form = desk.forms()[CAFE]
    one, two = filled(form, {DONE: "甲"}), filled(form, {DONE: "乙"}, name="もう一つ.xlsx")
    found = desk.bring(one, two)
    assert not found.changes and all("2つあり" in each.why for each in found.of("不明"))
    same = Path(shutil.copy(one, desk.folder / "写し.xlsx"))
    assert len(desk.bring(one, same).of("追加")) == 1


def test_what_cannot_be_taken_keeps_no_other_from_being_taken(desk: Desk) -> None:
    broken = desk.folder / "壊れた.xlsx"
    broken.write_bytes(b"PK\x03\x04" + bytes(50))
    found = desk.brought(broken, filled(desk.forms()[CAFE], SAID))
    assert [each.file for each in found.refused] == ["壊れた.xlsx"]
    (bringing,) = found.bringings
    assert bringing.changes and bringing.placed[0].where == "壊れた.xlsx"
    with pytest.raises(Refused, match="壊れ"):
        desk.brought(broken)


def test_a_blank_form_counts_for_the_group_that_it_names(desk: Desk) -> None:
    blank = desk.forms()[""]
    desk.save(desk.bring(filled(blank, {**SAID, WHO: "見守リ隊"[:2] + "り隊"})))
    assert desk.answers(WATCH)[DONE] == "朝の体操"
    with pytest.raises(Refused, match="見つかりません") as refused:
        desk.bring(filled(blank, {**SAID, WHO: "見守りたい"}, name="別.xlsx"))
    assert "「見守り隊」のことでしょうか" in refused.value.cure
    with pytest.raises(Refused, match="だれの回答か"):
        desk.bring(filled(blank, SAID, name="無名.xlsx"))


def test_forms_of_others_are_refused_in_words(desk: Desk) -> None:
    other = filled(desk.forms(OTHER, "聞き取り")[WATCH], {"h1aaa": "場所"})
    with pytest.raises(Refused, match="「聞き取り」の様式です"):
        desk.bring(other, survey=SURVEY)
    mine = desk.forms()[WATCH]
    changed = desk.survey.but(targets=[{"ref": CAFE}])
    desk.workspace.save(SURVEY, changed).result(timeout=60)
    with pytest.raises(Refused, match="いまは相手にありません"):
        desk.bring(filled(mine, SAID))
    made = make_forms(desk.workspace, ASKED, TODAY, ["korei"], "none").files[0]
    inquiry = desk.folder / made.name
    inquiry.write_bytes(made.data)
    with pytest.raises(Refused, match="照会の様式です"):
        desk.bring(inquiry, survey=SURVEY)


def test_a_form_of_another_store_is_refused(desk: Desk) -> None:
    def change(book: Any) -> None:
        for sheet, row, column in ((ANSWERS, 1, 1), (COPY, 1, 2)):
            cell = book[sheet].cell(row, column)
            parts = cell.value.split("|")
            parts[2] = "f" * 40
            cell.value = "|".join(parts)

    with pytest.raises(Refused, match="別の保管場所"):
        desk.bring(filled(desk.forms()[CAFE], SAID, change))


def test_ids_that_were_tampered_with_reach_nothing_else(desk: Desk) -> None:
    def change(book: Any) -> None:
        book[ANSWERS].cell(1, 1).value = book[ANSWERS].cell(1, 1).value.replace(CAFE, "policy")
        del book[COPY]

    with pytest.raises(KyojuError):
        desk.bring(filled(desk.forms()[CAFE], SAID, change))

    def question(book: Any) -> None:
        cell = book[ANSWERS].cell(rows(path)[DONE], 1)
        cell.value = cell.value.replace(DONE, "zzzzz")
        book[COPY].cell(1, 2).value = None

    path = desk.forms(name="次")[CAFE]
    found = desk.bring(filled(path, {DONE: "体操"}, question))
    assert "いまはありません" in found.of("不明")[0].why


def test_days_that_cannot_be_are_refused(desk: Desk) -> None:
    path = filled(desk.forms()[CAFE], SAID)
    with pytest.raises(InvalidValue, match="今日より後"):
        desk.bring(path, on=date(2026, 11, 24))
    with pytest.raises(InvalidValue, match="送付日"):
        desk.bring(path, on=date(2026, 11, 1))


def test_hostile_texts_reach_neither_record_nor_screen(desk: Desk) -> None:
    def change(book: Any) -> None:
        book[ANSWERS].cell(rows(path)[DONE], 3).value = "\u202e逆さ"
        book[ANSWERS].title = "回答票\u202e逆"

    path = desk.forms()[CAFE]
    found = desk.bring(filled(path, {HARD: "x" * 30_000}, change))
    assert not found.of("追加")
    assert all("\u202e" not in each.where for each in found.placed)
    assert "制御文字" in "".join(each.why for each in found.placed)


def test_a_cell_of_200_kilobytes_is_told_within_seconds(desk: Desk) -> None:
    path = filled(desk.forms()[CAFE], {DONE: "HERE", HARD: "場所がない"})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(b"HERE", "長".encode() * 70_000))
    found = desk.bring(path)
    assert [each.after for each in found.of("追加")] == ["場所がない"]
    assert len(found.of("不明")[0].after) <= 40


def test_what_is_no_form_is_refused(desk: Desk) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "関係のない表"  # type: ignore[index]
    path = desk.folder / "ほか.xlsx"
    book.save(path)
    with pytest.raises(Refused, match="どのアンケート"):
        desk.bring(path)
    with pytest.raises(Refused, match="見つかりません"):
        desk.bring(path, survey=SURVEY)
