"""Answers that are out to do harm, or that nobody looked at: told or refused within seconds, nothing else touched."""

from __future__ import annotations

import random
import time
from typing import Any, cast

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kyoju_tui.exchange.books.values import Area, Book, Sheet, Value
from kyoju_tui.exchange.inquiries.answer_matching import form_of
from kyoju_tui.exchange.inquiries.answer_planning import Planning
from kyoju_tui.exchange.inquiries.inquiry_layout import RowMark
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.plain import to_plain
from kyoju_tui.workspace.requests import Put
from tests.exchange.answers import ASKED, COLUMN, HOUSES, TODAY, VISITS, Office, Write, cell, row_of


def remark(place: int, value: str, *sheets: str) -> Write:
    """Change a part of the mark of one row: 0 its id, 1 its sort … 4 its entry."""

    def write(book: Any) -> None:
        for name in sheets or ("回答", "控え"):
            for row in book[name].iter_rows():
                for found in row:
                    mark = RowMark.parse(found.value)
                    if mark is not None and mark.entry == VISITS:
                        parts = str(found.value).split("|")
                        parts[1 + place] = value
                        found.value = "|".join(parts)

    return write


def giant(book: Any) -> None:
    row = row_of(book, VISITS)
    book["回答"].merge_cells(start_row=row, end_row=row + 900, start_column=5, end_column=19)


def many_rows(book: Any) -> None:
    for number in range(100_000):
        book["回答"].cell(200 + number, COLUMN["title"], "行")


@pytest.mark.parametrize(
    "spoil",
    [
        remark(4, str(HOUSES)),
        remark(4, "entries/korei/../jutaku/x"),
        remark(4, "inquiries/20261101-qqqqq"),
        remark(4, "entries/jutaku/20261101-bbbbb", "控え"),
        remark(0, "r9999", "回答"),
        remark(1, "block"),
        giant,
    ],
)
def test_ids_that_lie_and_giant_merges_change_nothing(office: Office, spoil: Write) -> None:
    path = office.form("回答.xlsx", "korei", cell(VISITS, "outline", "書きかえた。"), spoil)
    found = office.bringing(path)
    assert not [each for each in found.changes if each.ref != VISITS]
    assert office.workspace.snapshot.records[HOUSES]
    if spoil is giant:
        assert found.of("不明")
    assert all(each.ref in (None, ASKED) or str(each.ref).startswith("entries/korei/") or each.outcome == "不明"
               for each in found.placed)  # fmt: skip


@pytest.mark.timed
def test_a_hundred_thousand_rows_are_refused_within_seconds(office: Office) -> None:
    path = office.form("回答.xlsx", "korei", many_rows)
    began = time.monotonic()
    assert "行が多すぎます" in office.turned(path)[0]
    assert time.monotonic() - began < 20


def test_forty_kilobytes_and_what_steers_a_terminal(office: Office) -> None:
    path = office.form(
        "回答.xlsx",
        "korei",
        cell(VISITS, "outline", "あ" * 32_000),
        cell(VISITS, "direction", "赤_x001B_[31m\u202e文字"),
        cell(VISITS, "difficulties", '=HYPERLINK("http://example.jp")'),
    )
    found = office.brought(path)
    assert {each.label for each in found.of("不明")} == {"概要", "今後の方向性"}
    assert all("\x1b" not in each.after + each.why for each in found.placed)
    assert office.entry(VISITS).difficulties == '=HYPERLINK("http://example.jp")'


def test_a_file_name_adds_no_line_to_the_history(office: Office) -> None:
    path = office.form("a\nKyoju-Undoes: x\x1b[31m.xlsx", "korei", cell(VISITS, "outline", "直した。"))
    found = office.brought(path)
    assert "\n" not in found.subject + found.file
    assert "\x1b" not in found.subject + found.file
    assert office.workspace.past.page(size=1).entries[0].undoes == ""


VALUES = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(
        ["高齢者", "取組", "課題", "該当なし", "廃止", "追加", "件名", "状況", "取組中", "終了", "←", "控え"]
    ),
    st.integers(-5, 60_000),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.randoms(use_true_random=False), st.lists(VALUES, min_size=1, max_size=30))
def test_whatever_the_sheet_nothing_else_ever_changes(
    office: Office, chance: random.Random, values: list[Value]
) -> None:
    book = spoiled(office, chance, values)
    snapshot = office.workspace.snapshot
    try:
        form = form_of(book)
        found = Planning(office.workspace, form, ASKED, "korei", form.id.base if form.id else "", TODAY, TODAY).run(
            None
        )
    except KyojuError:
        return
    for each in found.changes:
        assert each.ref == ASKED or each.ref.department == "korei"
        if isinstance(each, Put) and isinstance(each.record, Inquiry):
            before = snapshot.expect(ASKED, Inquiry)
            kept = to_plain(each.record) | {"targets": None, "nothing_to_report": None}
            assert kept == to_plain(before) | {"targets": None, "nothing_to_report": None}
            assert each.record.targets[1] == before.targets[1]
            assert all(one.department == "korei" for one in each.record.nothing_to_report)
    if found.changes:
        office.workspace.preview(found.changes, "import", subject=found.subject)


def spoiled(office: Office, chance: random.Random, values: list[Value]) -> Book:
    """The form with cells written over, rows and columns taken out, put in and shuffled, areas merged, ids swapped."""
    sheets: list[Sheet] = []
    for sheet in sheets_of(office):
        rows = [list(row) for row in sheet]
        for _ in range(chance.randrange(40)):
            row = chance.choice(rows)
            row[chance.randrange(len(row))] = chance.choice(values)
        if chance.random() < 0.4:
            chance.shuffle(rows)
        if chance.random() < 0.4:
            del rows[chance.randrange(len(rows))]
        if chance.random() < 0.3:
            at = chance.randrange(len(rows[0]))
            rows = [row[:at] + row[at + 1 :] for row in rows]
        merged: tuple[Area, ...] = ()
        if chance.random() < 0.4:
            top, left = chance.randrange(len(rows)), chance.randrange(8)
            merged = (Area(top, left, top + chance.randrange(2000), left + chance.randrange(200)),)
        width = max(map(len, rows))
        filled = tuple(tuple(row + [None] * (width - len(row))) for row in rows)
        uncomputed = frozenset({(chance.randrange(30), chance.randrange(20))})
        name = (
            chance.choice(["回答", "控え", "回答 (2)"]) if chance.random() < 0.2 else ("回答", "控え")[len(sheets) % 2]
        )
        sheets.append(Sheet(name, filled, True, merged, uncomputed))
    return Book("回答.xlsx", "0" * 64, tuple(sheets))


_MADE: dict[Ref, list[list[list[Value]]]] = {}


def sheets_of(office: Office) -> list[list[list[Value]]]:
    """The answer sheet and 控え of a form, made once for all examples."""
    if ASKED not in _MADE:
        book = openpyxl.load_workbook(office.form("様式.xlsx"))
        _MADE[ASKED] = [
            [[cast("Value", found.value) for found in row] for row in book[name].iter_rows()]
            for name in ("回答", "控え")
        ]
    return _MADE[ASKED]
