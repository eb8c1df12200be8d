"""The カテゴリー別整理表 of one department and of all."""

from __future__ import annotations

import pytest

from kyoju_tui.overview.matrix import Matrix, matrix
from kyoju_tui.overview.table import NothingMark, category_table
from kyoju_tui.records.errors import UnknownRef
from tests.building import (
    COLUMNS,
    ROWS,
    TODAY,
    data,
    initiative,
    inquiry,
    issue,
    receipt,
    record,
    snapshot,
    target,
)  # fmt: skip


def made() -> Matrix:
    answered = {"receipts": [receipt()]}
    return matrix(
        snapshot(
            *ROWS,
            *COLUMNS,
            initiative("fukushi", "a", "korei"),
            initiative("jutaku", "b", "korei", "検討中"),
            initiative("jutaku", "c", "korei", "終了"),
            issue("fukushi", "d", "korei kosodate"),
            data("fukushi", "e", "korei"),
            record("dataset", "f", title="人口", categories=["korei"], department="jutaku"),
            inquiry(
                "q",
                targets=[target("fukushi", **answered), target("jutaku", **answered)],
                nothing_to_report=[
                    {"id": "1", "department": "fukushi", "category": "kosodate", "kind": "取組"},
                    {"id": "2", "department": "fukushi", "category": "kosodate", "kind": "課題"},
                    {"id": "3", "department": "jutaku", "category": "kosodate"},
                    {"id": "4", "department": "jutaku", "category": "korei"},
                    {"id": "5", "department": "fukushi", "category": "joho", "kind": "データ"},
                    {"id": "6", "department": "fukushi", "category": "korei", "kind": "データ"},
                ],
            ),
        ),
        TODAY,
    )


def ids(department: str | None, row: int) -> tuple[list[str], ...]:
    found = category_table(made(), department)[row]
    return tuple([ref.id for ref in refs] for refs in (found.under_way, found.considered, found.data, found.issues))


def test_one_department() -> None:
    assert ids("fukushi", 0) == (["a"], [], ["e"], ["d"])
    assert ids("jutaku", 0) == ([], ["b"], ["f"], [])
    assert ids("fukushi", 1) == ([], [], [], ["d"])


def test_all_departments() -> None:
    assert [row.category.name for row in category_table(made())] == ["高齢者", "子育て", "情報"]
    assert ids(None, 0) == (["a"], ["b"], ["e", "f"], ["d"])


def test_nothing_to_report_for_a_cell_and_for_a_kind() -> None:
    fukushi = category_table(made(), "fukushi")
    jutaku = category_table(made(), "jutaku")

    # An answer of 該当なし is not shown where something of that kind has been recorded all the same.
    assert fukushi[0].nothing == ()
    assert fukushi[1].nothing == (NothingMark("fukushi", "取組"),)
    assert fukushi[2].nothing == (NothingMark("fukushi", "データ"),)
    assert jutaku[0].nothing == ()
    assert jutaku[1].nothing == (NothingMark("jutaku", None),)
    assert category_table(made())[1].nothing == fukushi[1].nothing + jutaku[1].nothing


def test_a_department_that_is_no_column() -> None:
    with pytest.raises(UnknownRef, match="haishi"):
        category_table(made(), "haishi")
