"""What stands in the categories, what became of merged ones, and what the turn of the year leaves to do."""

from __future__ import annotations

from datetime import date

import pytest

from kyoju_tui.overview.april import left_behind, usual_day, without_results
from kyoju_tui.overview.category_use import Use, category_use, department_use, merged_rows
from kyoju_tui.overview.matrix import matrix
from kyoju_tui.records.ids import Ref
from tests.building import COLUMNS, ROWS, TODAY, category, data, department, initiative, issue, meeting, snapshot


def test_entries_are_counted_by_kind_and_only_once() -> None:
    store = snapshot(
        *ROWS,
        department("fukushi", "高齢福祉課", categories=["korei"]),
        department("jutaku", "住宅課"),
        department("kyu", "旧課", until=date(2026, 3, 31)),
        initiative("fukushi", "a", "korei korei kosodate"),
        initiative("fukushi", "b", "korei", "終了"),
        issue("jutaku", "c", "korei"),
        data("common", "d", "korei"),
    )
    use = category_use(store, TODAY)
    assert use["korei"] == Use(1, 1, 1, 1, 2)
    assert use["korei"].entries == 4
    assert use["kosodate"] == Use(1, 0, 0, 0, 1)
    assert use["joho"].entries == 0
    assert department_use(store) == {"fukushi": 2, "jutaku": 1, "kyu": 0}


def test_merged_rows_follow_to_the_end_and_never_round() -> None:
    store = snapshot(
        category("a", "甲", merged_into="b"),
        category("b", "乙", merged_into="c"),
        category("c", "丙"),
        category("d", "丁", merged_into="e"),
        category("e", "戊", merged_into="d"),
        category("f", "己", merged_into="nowhere"),
    )
    assert merged_rows(store.categories) == {"a": "c", "b": "c"}


def test_opinions_on_a_merged_category_stand_in_the_row_it_became_part_of() -> None:
    store = snapshot(
        *ROWS,
        *COLUMNS,
        category("kaigo", "介護", retired=True, merged_into="korei"),
        category("kyu", "旧", retired=True),
        meeting("m1", date(2026, 10, 1), {"category": "kaigo", "text": "足が要る"}, {"category": "kyu", "text": "昔"}),
    )
    made = matrix(store, TODAY)
    assert [(line.text, line.category) for line in made.opinions["korei"]] == [("足が要る", "kaigo")]
    assert [line.text for line in made.general_opinions] == ["昔"]


@pytest.mark.parametrize(
    "today,starts,day",
    [
        (date(2026, 4, 1), 4, date(2026, 4, 1)),
        (date(2026, 9, 30), 4, date(2026, 4, 1)),
        (date(2026, 10, 1), 4, date(2027, 4, 1)),
        (date(2027, 3, 31), 4, date(2027, 4, 1)),
        (date(2026, 2, 1), 1, date(2026, 1, 1)),
    ],
)
def test_the_usual_day_is_the_nearest_beginning_of_a_year(today: date, starts: int, day: date) -> None:
    assert usual_day(today, starts) == day


def test_what_lies_with_departments_that_have_ended() -> None:
    store = snapshot(
        *ROWS,
        department("kyu", "旧課", until=date(2026, 11, 22)),
        department("kyo", "今日まで", until=TODAY),
        initiative("kyu", "a", "korei"),
        initiative("kyo", "b", "korei"),
    )
    assert left_behind(store, TODAY) == {"kyu": (Ref("entries/kyu/a"),)}


def test_initiatives_without_results_of_a_year() -> None:
    year = {"fiscal_year": 2025, "text": "120件"}
    store = snapshot(
        *ROWS,
        *COLUMNS,
        department("kyu", "旧課", until=date(2025, 3, 31)),
        initiative("jutaku", "told", "korei", results=[year]),
        initiative("jutaku", "empty", "korei", results=[{"fiscal_year": 2025}, {"fiscal_year": 2024, "text": "3件"}]),
        initiative("fukushi", "none", "korei"),
        initiative("fukushi", "planned", "korei", "検討中"),
        initiative("fukushi", "young", "korei", since=date(2026, 4, 1)),
        initiative("kyu", "gone", "korei"),
        issue("jutaku", "issue", "korei"),
    )
    assert [ref.id for ref in without_results(store, 2025)] == ["none", "empty"]
    assert "young" in [ref.id for ref in without_results(store, 2026)]
