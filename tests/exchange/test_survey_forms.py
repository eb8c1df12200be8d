"""The forms of a questionnaire: what stands in them, what can be typed into, and what the files tell of us."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kyoju_tui.exchange.bringing import Stopped
from kyoju_tui.exchange.surveys import survey_layout as layout
from kyoju_tui.exchange.surveys.survey_export import make_survey_forms
from kyoju_tui.exchange.surveys.survey_layout import FormId, Mark
from kyoju_tui.records.errors import InvalidValue, UnknownRef
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.survey import Survey
from kyoju_tui.records.text import TEXT_LIMIT
from tests.exchange.surveys import CAFE, DONE, HARD, KEEPER, PEOPLE, START, SURVEY, TODAY, WATCH, WITH, Desk, rows


def opened(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def texts(sheet: Any) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None and cell.column > 1]


def test_a_form_asks_in_sections_and_says_by_when_and_where_to(desk: Desk) -> None:
    forms = desk.forms()
    assert [each.name for each in forms.values()] == [
        "活動の調べ_つどいの会.xlsx", "活動の調べ_見守り隊.xlsx", "活動の調べ_会場の鍵の管理.xlsx",
        "活動の調べ_相手を決めない用紙.xlsx",
    ]  # fmt: skip
    told = texts(opened(forms[CAFE])[layout.ANSWERS])
    assert told[:5] == [
        "活動の調べ", "困りごとを知る。", "回答期限　令和8年11月30日(月)", "回答する団体など　つどいの会",
        "問い合わせ先・提出先　試験市　高齢福祉課",
    ]  # fmt: skip
    assert [text for text in told if text in ("実施体制", "活動内容と成果", "活動の課題", "今後の予定")] == [
        "実施体制", "活動内容と成果", "活動の課題", "今後の予定",
    ]  # fmt: skip
    assert "問5" in told and "始めたいことはありますか。（右の▼から選んでください）" in told


def test_a_person_is_called_by_the_role_and_a_blank_asks_for_the_group(desk: Desk) -> None:
    forms = desk.forms()
    assert "回答する団体など　会場の鍵の管理" in texts(opened(forms[KEEPER])[layout.ANSWERS])
    blank = texts(opened(forms[""])[layout.ANSWERS])
    assert not any(text.startswith("回答する団体など") for text in blank)
    assert f"{layout.WHO_ASKED}（個人の氏名は書かないでください）" in blank
    assert layout.WHO in rows(forms[""]) and layout.WHO not in rows(forms[CAFE])


def test_only_answers_are_unlocked_and_each_takes_what_is_asked(desk: Desk) -> None:
    path = desk.forms()[CAFE]
    book = opened(path)
    sheet = book[layout.ANSWERS]
    where = rows(path)
    unlocked = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert unlocked == {f"C{row}" for row in where.values()}
    assert sheet.protection.sheet and not sheet.protection.password
    assert sheet.cell(where[DONE], 3).alignment.wrap_text and sheet.row_dimensions[where[DONE]].height > 70
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert rules[f"C{where[PEOPLE]}"].type == "decimal"
    for question, words in ((START, ["はい", "いいえ"]), (WITH, ["市", "学校", "ほかの団体"])):
        assert rules[f"C{where[question]}"].type == "list"
        name, first, last = re.fullmatch(
            r"(.+)!\$[A-Z]+\$(\d+):\$[A-Z]+\$(\d+)", rules[f"C{where[question]}"].formula1
        ).groups()  # type: ignore[union-attr]
        column = re.search(r"\$([A-Z]+)\$", rules[f"C{where[question]}"].formula1)[1]  # type: ignore[index]
        assert [book[name][f"{column}{row}"].value for row in range(int(first), int(last) + 1)] == words
    assert [sheet.sheet_state for sheet in book] == ["visible", "hidden", "veryHidden"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("portrait", 9)
    assert sheet.column_dimensions["A"].hidden


def test_the_id_stands_twice_and_says_which_form_it_is(desk: Desk) -> None:
    path = desk.forms()[WATCH]
    book = opened(path)
    first = FormId.parse(book[layout.ANSWERS].cell(1, 1).value)
    assert first is not None and first == FormId.parse(book[layout.COPY].cell(1, 2).value)
    assert (first.survey, first.target, first.made_on) == (SURVEY, WATCH, TODAY)
    assert FormId.parse(first.text()) == first
    copied = [Mark.parse(row[1].value) for row in book[layout.COPY].iter_rows(min_row=layout.COPY_FIRST_ROW)]
    assert [mark.question for mark in copied if mark] == [PEOPLE, DONE, HARD, START, WITH]


@pytest.mark.parametrize(
    "text",
    [
        None, 3, "", "kyoju-survey|1", "kyoju-survey|1|x|surveys/a|groups/b|y|2026-11-23",
        f"kyoju-survey|1|{'a' * 40}|surveys/../a|groups/b|{'b' * 40}|2026-11-23",
        f"kyoju-survey|1|{'a' * 40}|surveys/a|groups/b/../../c|{'b' * 40}|2026-11-23",
        f"kyoju-survey|1|{'a' * 40}|surveys/a|groups/b|{'b' * 40}|2026-13-23",
        f"kyoju-survey|あ|{'a' * 40}|surveys/a|groups/b|{'b' * 40}|2026-11-23",
    ],
)  # fmt: skip
def test_what_is_no_id_is_none(text: object) -> None:
    assert FormId.parse(text) is None
    assert Mark.parse(text) is None


def test_an_answer_that_is_there_is_shown_to_the_one_who_gave_it(desk: Desk) -> None:
    desk.correct(HARD, "=1+1\nで困る")
    forms = desk.forms()
    assert opened(forms[CAFE])[layout.ANSWERS].cell(rows(forms[CAFE])[HARD], 3).value == "=1+1\nで困る"
    assert "で困る" not in "".join(texts(opened(forms[WATCH])[layout.ANSWERS]))


def test_the_files_hold_no_formula_no_author_no_path(desk: Desk) -> None:
    desk.correct(HARD, '=HYPERLINK("http://example.jp")')
    made = make_survey_forms(desk.workspace, SURVEY, TODAY)
    assert len(made.files) == 8
    for file in made.files:
        path = desk.folder / "見る.zip"
        path.write_bytes(file.data)
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
        assert not any("<f>" in part or "<f " in part for name, part in parts.items() if "worksheets" in name)
        assert not any("externalLink" in name or "vbaProject" in name for name in parts)
        whole = "".join(parts.values())
        assert str(desk.workspace.root) not in whole and "python-docx" not in parts["docProps/core.xml"]
        assert "openpyxl" not in parts["docProps/core.xml"]
        assert not re.search(r"<(dc:creator|cp:lastModifiedBy)>[^<]", parts["docProps/core.xml"])


def test_paper_has_the_questions_and_rings_words(desk: Desk) -> None:
    import docx

    made = make_survey_forms(desk.workspace, SURVEY, TODAY)
    path = desk.folder / "紙.docx"
    path.write_bytes(next(each.data for each in made.files if each.target == "" and each.name.endswith(".docx")))
    document: Any = docx.Document(str(path))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines[0] == "活動の調べ" and "問2　続けている活動を教えてください。" in lines
    assert "（○を付ける）　市　・　学校　・　ほかの団体" in lines
    assert len(document.tables) == 4


def test_what_is_not_recorded_or_cannot_be_asked_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownRef):
        make_survey_forms(desk.workspace, Ref("surveys/20261101-nashi"), TODAY)
    with pytest.raises(UnknownRef, match="相手にありません"):
        make_survey_forms(desk.workspace, SURVEY, TODAY, ["groups/20261101-nashi"])
    assert make_survey_forms(desk.workspace, SURVEY, TODAY, [WATCH.id]).forms == 1
    with pytest.raises(Stopped):
        make_survey_forms(desk.workspace, SURVEY, TODAY, cancelled=lambda: True)
    desk.workspace.save(SURVEY, Survey(title="空", asked_on=date(2026, 11, 2))).result(timeout=60)
    with pytest.raises(InvalidValue, match="質問がまだない"):
        make_survey_forms(desk.workspace, SURVEY, TODAY)


def test_long_and_odd_texts_fit(desk: Desk) -> None:
    long = "長い。" * 5_000
    assert len(long) <= TEXT_LIMIT
    desk.correct(DONE, long)
    path = desk.forms()[CAFE]
    sheet = opened(path)[layout.ANSWERS]
    assert sheet.cell(rows(path)[DONE], 3).value == long
    assert max(each.height or 0 for each in sheet.row_dimensions.values()) <= 409
