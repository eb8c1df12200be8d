"""Conflicts in words: every kind of them can be read, every way to settle it gives what it says."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyoju_tui.records.area import Area
from kyoju_tui.records.base import Part
from kyoju_tui.records.disagreement import (
    Nature,
    Sides,
    Way,
    both,
    nature,
    rewritable,
    sentence,
    told,
    version,
    ways,
)
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.matching import Table
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.merge import Conflict, Conflicts, Merged, merge
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.text import FORBIDDEN
from tests.records.test_merge import TALK, VISIT, Versions, examples, opinion, some_versions

SIDES = Sides("自分", "佐藤 次郎")
TEXT = "一行目\n二行目\n三行目"


def conflict(
    base: Table | None, ours: Table | None, theirs: Table | None, model: type[Part] | None = Entry
) -> Conflict:
    """The one conflict of a merge."""
    result = merge(base, ours, theirs, model)
    assert isinstance(result, Conflicts)
    (only,) = result.fields
    return only


def text(**fields: object) -> Plain:
    return VISIT | {"outline": TEXT} | fields


CASES: list[tuple[str, Conflict, Nature, str, set[Way]]] = [
    (
        "a scalar",
        conflict(VISIT, VISIT | {"status": "取組中"}, VISIT | {"status": "終了"}),
        Nature.VALUE,
        "状況：自分は「取組中」に変え、佐藤 次郎は「終了」に変えました。",
        {Way.BASE, Way.MINE, Way.THEIRS},
    ),
    (
        "a scalar that one side cleared",
        conflict(VISIT, {key: VISIT[key] for key in VISIT if key != "status"}, VISIT | {"status": "終了"}),
        Nature.VALUE,
        "状況：自分は空にし、佐藤 次郎は「終了」に変えました。",
        {Way.BASE, Way.MINE, Way.THEIRS},
    ),
    (
        "a scalar that both filled in",
        conflict(VISIT, VISIT | {"as_of": date(2026, 4, 1)}, VISIT | {"as_of": date(2026, 10, 1)}),
        Nature.VALUE,
        "時点：自分は「令和8年4月1日」を入れ、佐藤 次郎は「令和8年10月1日」を入れました。",
        {Way.BASE, Way.MINE, Way.THEIRS},
    ),
    (
        "a required line",
        conflict(None, VISIT, VISIT | {"title": "見守り"}),
        Nature.VALUE,
        "件名：自分は「見守り訪問」を入れ、佐藤 次郎は「見守り」を入れました。",
        {Way.MINE, Way.THEIRS, Way.REWRITE},
    ),
    (
        "a text",
        conflict(text(), text(outline="改\n二行目\n三行目"), text(outline="別\n二行目\n三行目")),
        Nature.TEXT,
        "概要：自分と佐藤 次郎が、同じところを書き換えました。",
        set(Way),
    ),
    (
        "a text that both began",
        conflict({}, {"outline": "甲"}, {"outline": "乙"}),
        Nature.TEXT,
        "概要：自分と佐藤 次郎が、それぞれ文章を書きました。",
        set(Way),
    ),
    (
        "a table of a list, deleted by the other",
        conflict(
            TALK, TALK | {"opinions": [opinion(0, text="改"), opinion(1)]}, TALK | {"opinions": [opinion(1)]}, Meeting
        ),
        Nature.TABLE,
        "意見・考え方等［korei］：自分はこの行を書き換え、佐藤 次郎はこの行を削除しました。",
        {Way.BASE, Way.MINE, Way.THEIRS},
    ),
    (
        "a table of a list, deleted by me",
        conflict(
            TALK, TALK | {"opinions": [opinion(1)]}, TALK | {"opinions": [opinion(0, text="改"), opinion(1)]}, Meeting
        ),
        Nature.TABLE,
        "意見・考え方等［korei］：自分はこの行を削除し、佐藤 次郎はこの行を書き換えました。",
        {Way.BASE, Way.MINE, Way.THEIRS},
    ),
    (
        "a record that the other deleted",
        conflict(VISIT, VISIT | {"status": "終了"}, None),
        Nature.RECORD,
        "記録全体：自分はこの記録を書き換え、佐藤 次郎はこの記録を削除しました。",
        {Way.BASE, Way.MINE, Way.THEIRS},
    ),
    (
        "a record that I deleted",
        conflict(VISIT, None, VISIT | {"status": "終了"}),
        Nature.RECORD,
        "記録全体：自分はこの記録を削除し、佐藤 次郎はこの記録を書き換えました。",
        {Way.BASE, Way.MINE, Way.THEIRS},
    ),
    (
        "another type",
        conflict({"x": 1}, {"x": 2}, {"x": "二"}, None),
        Nature.KIND,
        "項目「x」：自分と佐藤 次郎とで、値の種類が違います（自分は整数、佐藤 次郎は文字です）。",
        {Way.BASE, Way.MINE, Way.THEIRS},
    ),
    (
        "an unknown key",
        conflict({"独自": "甲"}, {"独自": "乙"}, {"独自": "丙"}),
        Nature.VALUE,
        "項目「独自」：自分は「乙」に変え、佐藤 次郎は「丙」に変えました。",
        {Way.BASE, Way.MINE, Way.THEIRS, Way.REWRITE},
    ),
    (
        "lists that cannot be matched",
        conflict({"x": [[1]]}, {"x": [[2]]}, {"x": [[3]]}, None),
        Nature.VALUE,
        "項目「x」：自分は書き換え、佐藤 次郎は書き換えました。",
        {Way.BASE, Way.MINE, Way.THEIRS, Way.BOTH},
    ),
    (
        "a required list that each side shortened",
        conflict(
            VISIT | {"categories": ["korei", "sumai"]},
            VISIT | {"categories": ["korei"]},
            VISIT | {"categories": ["sumai"]},
        ),
        Nature.VALUE,
        "カテゴリー：自分は「korei」に変え、佐藤 次郎は「sumai」に変えました。",
        {Way.BASE, Way.MINE, Way.THEIRS, Way.BOTH},
    ),
    (
        "the order of a list",
        conflict({"agenda": ["a", "b", "c"]}, {"agenda": ["c", "b", "a"]}, {"agenda": ["b", "a", "c"]}, Meeting),
        Nature.ORDER,
        "次第：自分と佐藤 次郎が、並び順を別々に変えました。",
        {Way.BASE, Way.MINE, Way.THEIRS},
    ),
]


@pytest.mark.parametrize(("found", "kind", "said", "offered"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_every_kind_of_conflict_is_said(found: Conflict, kind: Nature, said: str, offered: set[Way]) -> None:
    assert nature(found) is kind
    assert told(found, SIDES) == said
    assert set(ways(found)) == offered


def test_versions_are_read_as_texts() -> None:
    name = {("department", "korei"): "高齢福祉課"}
    found = conflict(
        TALK, TALK | {"opinions": [opinion(0, text="改"), opinion(1)]}, TALK | {"opinions": [opinion(1)]}, Meeting
    )
    shown = version(found, found.base, lambda kind, text: name.get((kind, text), text))
    assert shown.split("\n") == ["部署：高齢福祉課", "意見：足が足りない"]
    assert version(found, found.theirs) == "（削除）"
    whole = conflict(VISIT, VISIT | {"outline": "甲\n乙"}, None)
    assert "概要：\n　甲\n　乙" in version(whole, whole.ours)
    assert version(CASES[-1][1], CASES[-1][1].ours) == "・c\n・b\n・a"
    cleared = CASES[1][1]
    assert version(cleared, cleared.ours) == "（なし）"


def test_control_codes_of_a_file_never_come_through() -> None:
    found = conflict({"x": "a"}, {"x": "\x1b]52;c;\x07甲"}, {"x": "\u202e乙\n\x9b丙"}, None)
    for each in (told(found, SIDES), version(found, found.ours), version(found, found.theirs)):
        assert not FORBIDDEN.search(each.replace("\n", ""))


def test_both_of_a_text_holds_what_each_side_wrote_once() -> None:
    found = conflict(
        text(outline="頭\n一\n二\n尾"), text(outline="頭\n甲\n二\n尾\n末"), text(outline="頭\n乙\n二\n尾\n終")
    )
    assert both(found) == "頭\n甲\n乙\n二\n尾\n末\n終"
    assert both(CASES[5][1]) == "甲\n乙"
    assert both(CASES[0][1]) is None


@examples
@given(some_versions())
def test_every_conflict_can_be_told_and_settled_each_way(drawn: tuple[type[Part] | None, Versions]) -> None:
    model, (base, ours, theirs) = drawn
    result = merge(base, ours, theirs, model)
    if not isinstance(result, Conflicts):
        return
    chosen: dict[str, object | None] = {}
    for number, found in enumerate(result.fields):
        assert told(found, SIDES).count("\n") == 0
        assert sentence(found, SIDES).endswith("。")
        for value in (found.base, found.ours, found.theirs):
            assert version(found, value)
        offered = ways(found)
        assert {Way.MINE, Way.THEIRS} <= set(offered)
        assert (Way.REWRITE in offered) == rewritable(found)
        together = both(found)
        if isinstance(together, str) and isinstance(found.ours, str) and isinstance(found.theirs, str):
            assert set(together.split("\n")) <= set(found.ours.split("\n")) | set(found.theirs.split("\n"))
        chosen[found.field] = (found.ours, found.theirs, together or found.base)[number % 3]
    assert isinstance(merge(base, ours, theirs, model, choices=chosen), Merged)


@given(st.sampled_from([Entry, Area]))
def test_a_deletion_of_what_stayed_as_it_was_is_no_conflict(model: type[Part]) -> None:
    assert merge(VISIT, None, VISIT, model) == Merged(None)
