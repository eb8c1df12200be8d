"""Forms of a questionnaire through a real LibreOffice: only what somebody wrote comes in."""

from __future__ import annotations

import re
from collections.abc import Generator
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kyoju_tui.workspace.new_store.start import init_store
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF
from tests.exchange.answers import TOWN, put
from tests.exchange.surveys import (
    CAFE,
    DONE,
    HARD,
    KEEPER,
    PEOPLE,
    START,
    SURVEY,
    WATCH,
    WITH,
    Desk,
    csv_file,
    filled,
    make_records,
    outcomes,
)
from tests.office.conftest import Convert

pytestmark = pytest.mark.office

SAID = {PEOPLE: 12, DONE: "朝の体操\n夕方の散歩", HARD: "=鍵が足りない", START: "はい", WITH: "学校"}
_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
_BOX = re.compile(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]")


@pytest.fixture
def desk(tmp_path: Path) -> Generator[Desk]:
    """A questionnaire that つどいの会 has answered before."""
    workspace = Workspace.open(init_store(tmp_path / "town", "試験市", "handbook-5", author=STAFF), author=STAFF)
    put(workspace, TOWN)
    make_records(workspace)
    folder = tmp_path / "届いた回答"
    folder.mkdir()
    made = Desk(workspace, folder)
    made.correct(DONE, "朝の体操")
    made.correct(PEOPLE, "45")
    made.correct(START, "はい（来年から）")
    yield made
    workspace.close()


def test_saved_again_without_a_word_they_touch_no_answer(desk: Desk, soffice: Convert) -> None:
    forms = list(desk.forms().values())
    for ending in ("xlsx", "ods"):
        for path in soffice(forms, ending, desk.folder / ending):
            found = desk.bring(path)
            assert not found.changes, outcomes(found)
            assert not outcomes(found)


def test_what_was_written_comes_in_exactly(desk: Desk, soffice: Convert) -> None:
    forms = desk.forms()
    edited = [filled(forms[CAFE], {HARD: "鍵", DONE: None}), filled(forms[WATCH], SAID), filled(forms[KEEPER], {})]
    again = soffice(edited, "xlsx", desk.folder / "保存")
    found = desk.bring(*again)
    assert sorted((each.outcome, each.title, each.after) for each in found.placed if each.outcome != "同じ") == sorted(
        [
            ("消去", "つどいの会", ""), ("追加", "つどいの会", "鍵"), ("追加", "見守り隊", "12"),
            ("追加", "見守り隊", "朝の体操\n夕方の散歩"), ("追加", "見守り隊", "はい"), ("追加", "見守り隊", "学校"),
            *([("不明", "見守り隊", "")] if found.of("不明") else [("追加", "見守り隊", "=鍵が足りない")]),
        ]
    )  # fmt: skip
    desk.save(found)
    assert [bool(target.received_on) for target in desk.survey.targets] == [True, True, False]
    assert not desk.bring(*again).changes


def test_several_words_and_the_table_of_a_service_come_through(desk: Desk, soffice: Convert) -> None:
    form = filled(desk.forms()[WATCH], {WITH: "市、ほかの団体"})
    desk.save(desk.bring(*soffice([form], "xlsx", desk.folder / "保存")))
    assert desk.answers(WATCH) == {WITH: "市、ほかの団体"}
    head = "タイムスタンプ,メールアドレス,団体名,続けている活動を教えてください。,活動を担っている人は何人ですか。"
    rows = ["2026/11/10 9:15:02,a@example.jp,,体操,12", "2026/11/10 9:15:40,b@example.jp,見守り隊,散歩,7"]
    table = csv_file(desk.folder, [head, *rows], encoding="utf-8-sig")
    desk.save(desk.bring(table, survey=SURVEY))
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(head.split(","))
    for second, row in zip((2, 40), rows, strict=True):
        sheet.append([datetime(2026, 11, 10, 9, 15, second), *row.split(",")[1:]])
    book.save(desk.folder / "サービスの表.xlsx")
    for ending in ("xlsx", "ods"):
        (path,) = soffice([desk.folder / "サービスの表.xlsx"], ending, desk.folder / ending)
        again = desk.bring(path, survey=SURVEY)
        assert not again.changes and dict(again.counts) == {"同じ": 4}, (ending, outcomes(again))


def test_a_form_prints_upright_on_a4(desk: Desk, soffice: Convert) -> None:
    for page in soffice(list(desk.forms().values()), "pdf", desk.folder / "pdf"):
        data = page.read_bytes()
        assert {(round(float(wide)), round(float(high))) for wide, high in _BOX.findall(data)} == {(595, 842)}
        assert len(_PAGE.findall(data)) == 1, page.name
