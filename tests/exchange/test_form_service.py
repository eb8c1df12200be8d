"""Tables of form services: questions matched, people left out, and only what is new brought in."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from kyoju_tui.exchange.bringing import Stopped
from kyoju_tui.exchange.surveys.survey_import import bring_answers
from kyoju_tui.overview.surveys import unaddressed
from kyoju_tui.records.errors import InvalidValue, Refused
from tests.conftest import Git
from tests.exchange.surveys import CAFE, DONE, HARD, PEOPLE, START, SURVEY, TODAY, WATCH, WITH, Desk, csv_file

HEAD = (
    "タイムスタンプ,メールアドレス,お名前,活動を担っている人は何人ですか。 [必須],続けている活動を教えてください。,"
    "困っていること,始めたいことはありますか。"
)
ROWS = (
    "2026/11/10 9:15:02,a@example.jp,氏名甲,12,朝の体操,場所がない,はい",
    '2026/11/11 20:01:44,b@example.jp,氏名乙,５,"見守り、買い物",,いいえ',
)


def written(desk: Desk, *lines: str, head: str = HEAD, **how: str) -> Any:
    return csv_file(desk.folder, [head, *lines], **how)


def test_answers_of_nobody_in_particular_come_in_without_who_they_are(desk: Desk, git: Git) -> None:
    found = desk.bring(written(desk, *ROWS), survey=SURVEY)
    assert any("個人が分かる列は取り込みません：メールアドレス、お名前" in remark for remark in found.remarks)
    unknown = found.of("不明")
    assert [(each.where, each.label) for each in unknown] == [("見出し", "困っていること")]
    assert "「困っていることは何ですか。」のことでしょうか" in unknown[0].why
    saved = desk.save(found)
    assert "照合値" in saved.subject and found.sha256[:12] in saved.subject
    told = sorted((each.question or "", each.text or "") for each in unaddressed(desk.survey))
    assert told == [
        (PEOPLE, "12"), (PEOPLE, "5"), (DONE, "朝の体操"), (DONE, "見守り、買い物"), (START, "いいえ"), (START, "はい"),
    ]  # fmt: skip
    whole = git(desk.workspace.root, "log", "-p", "-1")
    assert "example.jp" not in whole.split("diff --git")[1] and "氏名" not in whole
    # Nobody who was asked has answered by this.
    assert all(target.received_on is None for target in desk.survey.targets)


def test_the_same_export_again_and_a_longer_one_bring_only_what_is_new(desk: Desk) -> None:
    desk.save(desk.bring(written(desk, *ROWS), survey=SURVEY))
    assert not desk.bring(written(desk, *ROWS, name="同じ.csv"), survey=SURVEY).changes
    third = "2026/11/12 8:00:00,c@example.jp,氏名丙,7,花壇,,はい"
    longer = written(desk, *reversed(ROWS), third, name="長い.csv", encoding="utf-8-sig")
    found = desk.bring(longer, survey=SURVEY)
    assert [(each.label[:2], each.after) for each in found.of("追加")] == [
        ("活動", "7"),
        ("続け", "花壇"),
        ("始め", "はい"),
    ]
    desk.save(found)
    assert len(unaddressed(desk.survey)) == 9


def test_a_head_that_is_put_right_later_brings_its_answers_alone(desk: Desk) -> None:
    desk.save(desk.bring(written(desk, *ROWS), survey=SURVEY))
    mended = written(desk, *ROWS, head=HEAD.replace("困っていること", "困っていることは何ですか。"), name="直した.csv")
    assert [each.after for each in desk.bring(mended, survey=SURVEY).of("追加")] == ["場所がない"]


def test_what_was_put_right_or_deleted_here_stays_so(desk: Desk) -> None:
    desk.save(desk.bring(written(desk, *ROWS), survey=SURVEY))
    kept = [each.model_dump(exclude_none=True) for each in desk.survey.answers if each.text != "朝の体操"]
    for each in kept:
        if each["text"] == "見守り、買い物":
            each["text"] = "見守りと買い物の手伝い"
    desk.workspace.save(SURVEY, desk.survey.but(answers=kept)).result(timeout=60)
    found = desk.bring(written(desk, *ROWS), survey=SURVEY)
    assert not found.changes
    assert [each.why for each in found.of("不明") if each.after == "朝の体操"] == [
        "前に取り込んだあと、ここで削除された回答なので、取り込みません。"
    ]


def test_equal_answers_of_two_people_are_two(desk: Desk) -> None:
    head = "始めたいことはありますか。"
    path = csv_file(desk.folder, [head, "はい", "はい", "いいえ"])
    found = desk.bring(path, survey=SURVEY)
    assert len(found.of("追加")) == 3 and any("日時の列がない" in remark for remark in found.remarks)
    desk.save(found)
    longer = csv_file(desk.folder, [head, "はい", "はい", "いいえ", "はい"], "次.csv")
    assert len(desk.bring(longer, survey=SURVEY).of("追加")) == 1


def test_a_group_that_is_asked_has_answered(desk: Desk) -> None:
    head = "回答日時,団体名,続けている活動を教えてください。"
    lines = ["2026/11/10 9:00,つどいの会,体操", "令和8年11月12日,見守り たい,散歩", "2026/11/13,海の会,清掃"]
    found = desk.bring(csv_file(desk.folder, [head, *lines]), survey=SURVEY)
    assert "「見守り隊」のことなら" in found.of("追加")[1].why
    desk.save(found)
    assert desk.answers(CAFE) == {DONE: "体操"}
    assert {target.ref: target.received_on for target in desk.survey.targets}[CAFE] == date(2026, 11, 10)
    assert desk.survey.targets[1].ref == WATCH and desk.survey.targets[1].received_on is None
    assert sorted(each.text or "" for each in unaddressed(desk.survey)) == ["散歩", "清掃"]
    assert "海の会" not in desk.workspace.root.joinpath(SURVEY.path).read_text()
    desk.correct(DONE, "こちらで書いた")
    other = csv_file(desk.folder, [head, "2026/11/20,つどいの会,踊り"], "次.csv")
    assert [each.outcome for each in desk.bring(other, survey=SURVEY).placed] == ["食い違い"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_every_encoding_says_the_same(desk: Desk, encoding: str) -> None:
    found = desk.bring(written(desk, *ROWS, encoding=encoding), survey=SURVEY)
    assert [each.after for each in found.of("追加")][:3] == ["12", "朝の体操", "はい"]


def test_a_spreadsheet_of_a_service_does_as_well(desk: Desk) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["フォームの回答", None])
    sheet.append(["ID", "完了時刻", "名前", "だれと一緒にしたいですか。", "活動の課題"])
    sheet.append([1, datetime(2026, 11, 10, 9, 0), "氏名甲", "市;学校", "夏は暑い"])
    sheet.append([2, datetime(2026, 11, 10, 9, 5), "氏名乙", "町内会", 45])
    path = desk.folder / "回答.xlsx"
    book.save(path)
    found = desk.bring(path, survey=SURVEY)
    assert [each.after for each in found.of("追加")] == ["市、学校", "夏は暑い", "45"]
    assert "選べる言葉ではありません" in found.of("不明")[0].why
    desk.save(found)
    assert {each.question for each in desk.survey.answers} == {WITH, HARD}


def test_numbers_to_call_are_left_out_and_told(desk: Desk) -> None:
    head = "タイムスタンプ,続けている活動を教えてください。,問い合わせ"
    lines = [
        "2026/11/10 9:00:00,体操です。申込みは 03-1234-5678 へ,090-1234-5678",
        "2026/11/10 9:01:00,散歩,080-1234-5678",
    ]
    found = desk.bring(csv_file(desk.folder, [head, *lines]), survey=SURVEY)
    assert [each.after for each in found.of("追加")] == ["散歩"]
    (left,) = found.of("不明")
    assert "電話番号" in left.why and not left.after
    assert any("問い合わせ" in remark for remark in found.remarks), "the column held nothing but telephones"
    desk.save(found)
    assert not re.search(r"1234", desk.workspace.root.joinpath(SURVEY.path).read_text())


def test_a_question_for_a_name_is_never_read(desk: Desk) -> None:
    questions = [{"id": "q9nam", "text": "お名前"}, {"id": "q9liv", "text": "続けている活動"}]
    desk.workspace.save(SURVEY, desk.survey.but(questions=questions)).result(timeout=60)
    found = desk.bring(csv_file(desk.folder, ["お名前,続けている活動", "氏名甲,体操"]), survey=SURVEY)
    assert [each.after for each in found.of("追加")] == ["体操"]


def test_the_survey_is_found_by_its_questions(desk: Desk) -> None:
    assert desk.bring(written(desk, *ROWS)).of("追加")
    with pytest.raises(Refused, match="どのアンケート"):
        desk.bring(csv_file(desk.folder, ["別の見出し", "値"], "別.csv"))
    with pytest.raises(Refused, match="質問が見つかりません"):
        desk.bring(csv_file(desk.folder, ["別の見出し", "値"], "別.csv"), survey=SURVEY)


def test_hostile_tables_are_refused_or_told(desk: Desk) -> None:
    head = "タイムスタンプ,続けている活動を教えてください。"
    odd = csv_file(desk.folder, [head, "2026/11/10,=cmd|' /C calc'!A1", "2026/11/10,\u202e逆さ", "2026/11/10"])
    found = desk.bring(odd, survey=SURVEY)
    assert [each.after for each in found.of("追加")] == ["=cmd|' /C calc'!A1"]
    assert "制御文字" in found.of("不明")[0].why
    for name, data in {
        "長い.csv": f"{head}\r\n2026/11/10,{'長' * 200_000}\r\n".encode(),
        "混ぜた.csv": f"{head}\r\n".encode() + "2026/11/10,体操\r\n".encode("cp932"),
        "制御.csv": f"{head}\r\n2026/11/10,\x1b]52;c;eA==\x07\r\n".encode(),
        "空.csv": b"\x00\x00",
    }.items():
        path = desk.folder / name
        path.write_bytes(data)
        with pytest.raises(Refused):
            desk.bring(path, survey=SURVEY)


def test_more_than_a_record_holds_is_refused_whole(desk: Desk) -> None:
    lines = [f"2026/11/10 9:{number // 60:02}:{number % 60:02},{'長い話。' * 60}{number}" for number in range(600)]
    path = csv_file(desk.folder, ["タイムスタンプ,続けている活動を教えてください。", *lines])
    with pytest.raises(InvalidValue, match="回答が多すぎて"):
        desk.bring(path, survey=SURVEY)
    many = csv_file(desk.folder, ["続けている活動を教えてください。", *("あ" for _ in range(5_001))], "多い.csv")
    with pytest.raises(Refused, match="多すぎます"):
        desk.bring(many, survey=SURVEY)


def test_it_can_be_called_off(desk: Desk) -> None:
    with pytest.raises(Stopped):
        bring_answers(desk.workspace, [written(desk, *ROWS)], TODAY, TODAY, SURVEY, cancelled=lambda: True)
