"""Forms of a questionnaire through a real LibreOffice: only what somebody wrote comes in."""

from __future__ import annotations

import re
from collections.abc import Generator
from pathlib import Path

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
    WATCH,
    WITH,
    Desk,
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


def test_a_form_prints_upright_on_a4(desk: Desk, soffice: Convert) -> None:
    for page in soffice(list(desk.forms().values()), "pdf", desk.folder / "pdf"):
        data = page.read_bytes()
        assert {(round(float(wide)), round(float(high))) for wide, high in _BOX.findall(data)} == {(595, 842)}
        assert len(_PAGE.findall(data)) == 1, page.name
