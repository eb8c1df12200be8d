"""How far the answer of a cell is."""

from __future__ import annotations

from datetime import date

import pytest

from kyoju_tui.overview.matrix import Cell, matrix
from tests.building import COLUMNS, ROWS, TODAY, Built, inquiry, receipt, snapshot, target


def cell(*records: Built, today: date = TODAY) -> Cell:
    return matrix(snapshot(*ROWS, *COLUMNS, *records), today).cells["korei", "jutaku"]


def test_nobody_asked() -> None:
    assert cell().inquiry == "照会なし"
    assert cell(inquiry("q", targets=[target("fukushi")])).inquiry == "照会なし"
    assert cell(inquiry("q", categories=["joho"], targets=[target("jutaku")])).inquiry == "照会なし"


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "期限超過"),
        ({"receipts": [receipt()]}, "回答済"),
        ({"receipts": [receipt()], "checking": True}, "内容確認中"),
        ({"receipts": [receipt()], "checking": True, "unchanged": True}, "前回のまま"),
        ({"receipts": [receipt()], "unchanged": True, "withdrawn": True}, "取下げ"),
        ({"withdrawn": True}, "取下げ"),
        ({"unchanged": True}, "期限超過"),
        ({"checking": True}, "期限超過"),
        ({"extended_due": TODAY}, "回答待ち"),
    ],
)
def test_states_of_a_department_asked(fields: dict[str, object], state: str) -> None:
    assert cell(inquiry("q", targets=[target("jutaku", **fields)])).inquiry == state


def test_an_answer_is_awaited_until_the_end_of_the_due_day() -> None:
    asking = inquiry("q", targets=[target("jutaku")])

    assert cell(asking, today=date(2026, 7, 31)).inquiry == "回答待ち"
    assert cell(asking, today=date(2026, 8, 1)).inquiry == "期限超過"


def test_an_extension_counts_even_where_it_is_earlier_than_today() -> None:
    extended = inquiry("q", targets=[target("jutaku", extended_due=date(2026, 8, 10))])

    assert cell(extended, today=date(2026, 8, 10)).inquiry == "回答待ち"
    assert cell(extended, today=date(2026, 8, 11)).inquiry == "期限超過"


def test_without_a_due_date_nothing_is_late() -> None:
    assert cell(inquiry("q", due_on=None, targets=[target("jutaku")])).inquiry == "回答待ち"


def test_the_newest_inquiry_counts() -> None:
    answered = inquiry("q9", issued_on=date(2025, 7, 15), due_on=date(2025, 7, 31),
                       targets=[target("jutaku", receipts=[receipt(date(2025, 7, 30))])])  # fmt: skip
    open_one = inquiry("q1", issued_on=date(2026, 11, 6), due_on=date(2026, 11, 30), targets=[target("jutaku")])

    assert cell(answered, open_one).inquiry == "回答待ち"
    assert cell(answered, open_one, today=date(2026, 11, 5)).inquiry == "回答済"


def test_of_one_day_the_later_id_is_the_newer() -> None:
    answered = inquiry("q1", targets=[target("jutaku", receipts=[receipt()])])
    withdrawn = inquiry("q2", targets=[target("jutaku", withdrawn=True)])

    assert cell(answered, withdrawn).inquiry == "取下げ"


def test_a_newer_inquiry_about_other_rows_or_departments_leaves_the_state() -> None:
    answered = inquiry("q1", targets=[target("jutaku", receipts=[receipt()])])
    other_row = inquiry("q2", issued_on=date(2026, 11, 6), due_on=None, categories=["joho"], targets=[target("jutaku")])
    other_department = inquiry("q3", issued_on=date(2026, 11, 6), due_on=None, targets=[target("fukushi")])

    assert cell(answered, other_row, other_department).inquiry == "回答済"


def test_a_draft_asks_nobody() -> None:
    assert cell(inquiry("q", issued_on=None, due_on=None, targets=[target("jutaku")])).inquiry == "照会なし"
    issued_tomorrow = inquiry("q", issued_on=date(2026, 11, 24), due_on=None, targets=[target("jutaku")])
    assert cell(issued_tomorrow).inquiry == "照会なし"


def test_an_answer_without_category_is_for_all_that_was_asked() -> None:
    nothing = {"id": "n", "department": "jutaku"}
    asking = inquiry("q", categories=["korei"], targets=[target("jutaku", receipts=[receipt()])],
                     nothing_to_report=[nothing])  # fmt: skip
    whole = matrix(snapshot(*ROWS, *COLUMNS, asking), TODAY)

    assert whole.cells["korei", "jutaku"].state == "該当なし"
    assert whole.cells["joho", "jutaku"].state == "記入なし"
