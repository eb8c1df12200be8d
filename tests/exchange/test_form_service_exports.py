"""What services and people do to an export: branches, prefixes, stamps saved again, shifted rows, mere tries."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kyoju_tui.exchange.surveys.form_service import moment_of
from kyoju_tui.overview.surveys import rate, unaddressed
from tests.exchange.surveys import CAFE, DONE, HARD, START, SURVEY, WITH, Desk, csv_file, filled, outcomes

STAMP, SAID, TROUBLE = "タイムスタンプ", "続けている活動を教えてください。", "困っていることは何ですか。"


def told(desk: Desk) -> list[str]:
    return sorted(each.text or "" for each in unaddressed(desk.survey))


def spreadsheet(desk: Desk, *rows: list[Any], name: str = "回答.xlsx") -> Path:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    book.save(desk.folder / name)
    return desk.folder / name


def test_the_same_export_saved_again_by_a_spreadsheet_brings_nothing(desk: Desk) -> None:
    lines = [
        "2026/11/10 9:15:02 午前 GMT+9,朝の体操",
        "2026/11/10 9:15:40 午前 GMT+9,朝の体操",
        "2026/11/10 3:20:02 午後 GMT+9,散歩",
    ]
    desk.save(desk.bring(csv_file(desk.folder, [f"{STAMP},{SAID}", *lines]), survey=SURVEY))
    assert told(desk) == ["散歩", "朝の体操", "朝の体操"]
    # Excel shows and saves a stamp without its seconds; the service's own .xlsx has true moments.
    saved = ["2026/11/10 9:15,朝の体操", "2026/11/10 9:15,朝の体操", "2026/11/10 15:20,散歩"]
    again = csv_file(desk.folder, [f"{STAMP},{SAID}", *saved], "保存.csv", "cp932")
    moments = [datetime(2026, 11, 10, 9, 15, 2), datetime(2026, 11, 10, 9, 15, 40), datetime(2026, 11, 10, 15, 20, 2)]
    table = spreadsheet(
        desk, [STAMP, SAID], *([on, said] for on, said in zip(moments, ("朝の体操", "朝の体操", "散歩"), strict=True))
    )
    for path in (again, table):
        found = desk.bring(path, survey=SURVEY)
        assert not found.changes and dict(found.counts) == {"同じ": 3}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026/11/10 9:15:02", datetime(2026, 11, 10, 9, 15)),
        ("２０２６年１１月１０日 21時15分", datetime(2026, 11, 10, 21, 15)),
        ("2026-11-10T09:15:02+09:00", datetime(2026, 11, 10, 9, 15)),
        ("2026/11/10 午後0:05", datetime(2026, 11, 10, 12, 5)),
        ("2026/11/10 12:05:00 AM", datetime(2026, 11, 10, 0, 5)), ("2026/11/10", datetime(2026, 11, 10)),
        ("11/10/2026 9:15", None), ("2026/13/40 9:15", None), ("2026/11/10 99:15", None), ("よい", None), (None, None),
    ],
)  # fmt: skip
def test_a_stamp_is_one_moment_however_it_is_written(value: str | None, expected: datetime | None) -> None:
    assert moment_of(value) == expected


def test_a_question_of_two_branches_is_one_question(desk: Desk) -> None:
    head = f"{STAMP},{SAID},{SAID},{TROUBLE}"
    rows = [
        "2026/11/10 9:00,体操,,鍵",
        "2026/11/10 9:01,,散歩,",
        "2026/11/10 9:02,花壇,水やり,",
        "2026/11/10 9:03,踊り,踊り,",
    ]
    found = desk.bring(csv_file(desk.folder, [head, *rows]), survey=SURVEY)
    assert [each.after for each in found.of("追加")] == ["体操", "鍵", "散歩", "踊り"]
    (both,) = found.of("不明")
    assert "同じ質問の列が2つ" in both.why and both.where == "B4"


def test_two_questions_in_the_same_words_are_two(desk: Desk) -> None:
    questions = [
        {"id": name, "section": section, "text": "ご意見をお聞かせください。"}
        for name, section in (("q8aaa", "活動"), ("q8bbb", "予定"))
    ]
    desk.workspace.save(SURVEY, desk.survey.but(questions=questions)).result(timeout=60)
    asked = "ご意見をお聞かせください。"
    desk.save(desk.bring(csv_file(desk.folder, [f"{asked},{asked}", "甲,乙"]), survey=SURVEY))
    assert {each.question: each.text for each in desk.survey.answers} == {"q8aaa": "甲", "q8bbb": "乙"}


@pytest.mark.parametrize(
    "head", ["Q1-2. {}【必須】", "（2）{}", "【任意】③{}", "問１（必須）{} *", "2. {} (複数選択可)", "設問12　{}※"]
)
def test_what_services_put_around_a_question_is_looked_past(desk: Desk, head: str) -> None:
    found = desk.bring(csv_file(desk.folder, [head.format(SAID), "体操"]), survey=SURVEY)
    assert [(each.outcome, each.after) for each in found.placed] == [("追加", "体操")]


def test_a_row_that_is_shifted_is_left_out_and_told(desk: Desk) -> None:
    lines = [
        f"{STAMP},お名前,{SAID},{TROUBLE}", "2026/11/10 9:00,氏名甲,体操,鍵", "2026/11/10 9:01,氏名,乙,散歩,水",
        "2026/11/10 9:02,氏名丙,花壇", "途中で切れた,氏名丁,乙の話", "2026/11/10 9:03,氏名戊,踊り,",
        "2026/11/10 9:04,氏名己,歌,声",
    ]  # fmt: skip
    found = desk.bring(csv_file(desk.folder, lines), survey=SURVEY)
    assert [each.after for each in found.of("追加")] == ["体操", "鍵", "花壇", "踊り", "歌", "声"]
    left = [each for each in found.of("不明") if "列の数が見出しと合わず" in each.why]
    assert [each.label for each in left] == ["3行目", "5行目"]
    desk.save(found)
    kept = desk.workspace.root.joinpath(SURVEY.path).read_text()
    assert "氏名" not in kept and "乙" not in kept


def test_answers_that_only_try_the_form_out_are_left_out_and_told(desk: Desk) -> None:
    head = f"{STAMP},団体名,{SAID}"
    rows = [
        "2026/11/1,,テスト",
        "2026/11/1,テスト,体操",
        "2026/11/1,,これはテストです。",
        "2026/11/1,,テスト前の勉強会",
        "2026/11/1,,",
        ",,　",
    ]
    found = desk.bring(csv_file(desk.folder, [head, *rows]), survey=SURVEY)
    assert [each.after for each in found.of("追加")] == ["テスト前の勉強会"]
    assert [(each.label, each.after) for each in found.of("不明")] == [
        ("2行目", "テスト"), ("3行目", "テスト"), ("4行目", "これはテストです。"),
    ]  # fmt: skip


def test_a_question_that_asks_for_a_name_is_never_read(desk: Desk) -> None:
    asked = "代表者のお名前とご連絡先を教えてください。（任意）"
    questions = [{"id": "q9nam", "text": asked}, {"id": "q9liv", "text": "続けている活動（氏名は書かないでください）"}]
    desk.workspace.save(SURVEY, desk.survey.but(questions=questions)).result(timeout=60)
    found = desk.bring(
        csv_file(desk.folder, [f"{asked},続けている活動（氏名は書かないでください）", "氏名甲,体操"]), survey=SURVEY
    )
    assert [each.after for each in found.of("追加")] == ["体操"]
    assert any(asked[:10] in remark for remark in found.remarks)
    back = desk.bring(filled(desk.forms()[CAFE], {"q9nam": "氏名甲", "q9liv": "踊り"}))
    assert [(outcome, after) for outcome, _, after in outcomes(back)] == [("不明", ""), ("追加", "踊り")]


def test_words_that_name_somebody_are_told_before_they_are_recorded(desk: Desk) -> None:
    head = f"{STAMP},{SAID},{TROUBLE}"
    rows = ["2026/11/10 9:00,体操,佐藤さんが休むと回らない", "2026/11/10 9:01,みなさんで散歩,"]
    path = csv_file(desk.folder, [head, *rows])
    found = desk.bring(path, survey=SURVEY)
    assert "個人が分かる書き方かもしれない回答が1件あります（C2）" in found.remarks[0]
    desk.save(found)
    assert not any("個人が分かる書き方" in remark for remark in desk.bring(path, survey=SURVEY).remarks)
    form = desk.bring(filled(desk.forms()[CAFE], {HARD: "会長が替わる", DONE: "体操"}))
    assert "個人が分かる書き方かもしれない回答が1件" in form.remarks[0]


def test_tables_that_hold_each_other_in_one_go_count_once(desk: Desk) -> None:
    head = f"{STAMP},団体名,{SAID}"
    rows = ["2026/11/10 9:00,つどいの会,体操", "2026/11/10 9:01,,散歩", "2026/11/12 9:01,見守り隊,見回り"]
    first = csv_file(desk.folder, [head, *rows[:2]], "1.csv")
    second = csv_file(desk.folder, [head, *rows], "2.csv")
    for bringing in desk.brought(first, second, survey=SURVEY).bringings:
        desk.save(bringing)
    assert sorted(each.text or "" for each in desk.survey.answers) == ["体操", "散歩", "見回り"]
    assert rate(desk.survey).words == "2/3（67%）"
    assert all(not each.changes for each in desk.brought(second, first, survey=SURVEY).bringings)


def test_a_group_that_is_named_right_later_gets_its_answers(desk: Desk) -> None:
    head, row = f"団体名,{STAMP},{SAID},{TROUBLE}", "2026/11/10 9:00,体操,鍵"
    desk.save(desk.bring(csv_file(desk.folder, [head, f"つどい会,{row}"]), survey=SURVEY))
    assert told(desk) == ["体操", "鍵"] and rate(desk.survey).received == 0
    right = csv_file(desk.folder, [head, f"つどいの会,{row}"], "直した.csv")
    found = desk.bring(right, survey=SURVEY)
    assert dict(found.counts) == {"変更": 2}
    desk.save(found)
    assert desk.answers(CAFE) == {DONE: "体操", HARD: "鍵"} and told(desk) == [] and rate(desk.survey).received == 1
    assert not desk.bring(right, survey=SURVEY).changes
    # What is somebody's here already is not another's by a name in a file.
    other = desk.bring(csv_file(desk.folder, [head, f"見守り隊,{row}"], "別.csv"), survey=SURVEY)
    assert not other.changes and dict(other.counts) == {"同じ": 2}


def test_the_place_of_a_value_is_its_cell_alone(desk: Desk) -> None:
    path = spreadsheet(desk, [STAMP, SAID, "始めたいことはありますか。"], ["2026/11/10", "体操", "未定"])
    found = desk.bring(path, survey=SURVEY)
    assert [each.where for each in found.placed] == ["B2", "C2"]


def test_a_form_takes_two_words_and_free_ones_and_asks_first(desk: Desk) -> None:
    form = desk.forms()[CAFE]
    sheet: Any = openpyxl.load_workbook(form)["回答票"]
    rules = {str(rule.errorStyle) for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    assert rules == {"None", "warning"}, "はい・いいえ takes nothing else, words that are chosen do"
    found = desk.bring(filled(form, {WITH: "市、ほかの団体", START: "はい"}))
    assert [after for _, _, after in outcomes(found)] == ["はい", "市、ほかの団体"]
