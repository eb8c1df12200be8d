"""Merging by field: an example per rule, then what holds for every record (properties over generated versions)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from time import perf_counter
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from kyoju_tui.files import codec
from kyoju_tui.records.area import Area
from kyoju_tui.records.base import Part, Record
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.lines import merged_lines
from kyoju_tui.records.matching import Table, filled, is_list, is_table, known_field, same, token
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.merge import Conflicts, Merged, merge
from kyoju_tui.records.plain import Plain, without_empty
from tests.records.strategies import EXAMPLES, NARROW, loose_records, plain_records, versions

VISIT: Plain = {
    "title": "見守り訪問",
    "kind": "取組",
    "status": "検討中",
    "categories": ["korei", "sumai"],
    "outline": "一行目\n二行目\n三行目",
}


def merged(
    base: Table | None, ours: Table | None, theirs: Table | None, model: type[Part] | None = Entry
) -> Plain | None:
    result = merge(base, ours, theirs, model)
    assert isinstance(result, Merged), result
    return result.plain


def fields_in_conflict(
    base: Table | None, ours: Table | None, theirs: Table | None, model: type[Part] | None = Entry
) -> list[str]:
    result = merge(base, ours, theirs, model)
    assert isinstance(result, Conflicts), result
    return [conflict.field for conflict in result.fields]


# --- whole records ---


def test_a_record_that_one_side_adds_is_there() -> None:
    assert merged(None, VISIT, None) == VISIT
    assert merged(None, None, VISIT) == VISIT


def test_a_record_that_one_side_deletes_and_the_other_left_alone_is_gone() -> None:
    assert merged(VISIT, None, dict(VISIT)) is None
    assert merged(VISIT, dict(VISIT), None) is None
    assert merged(VISIT, None, None) is None


def test_deleting_a_record_that_the_other_side_changed_is_a_conflict() -> None:
    changed = VISIT | {"status": "終了"}
    result = merge(VISIT, None, changed, Entry)
    assert isinstance(result, Conflicts)
    (conflict,) = result.fields
    assert (conflict.field, conflict.label) == ("", "記録全体")
    assert (conflict.base, conflict.ours, conflict.theirs) == (VISIT, None, changed)
    assert result.merged is None


def test_a_record_that_both_sides_add_is_merged_by_field() -> None:
    assert merged(None, {"title": "x", "section": "係"}, {"title": "x", "extension": "123"}) == {
        "title": "x",
        "section": "係",
        "extension": "123",
    }
    assert fields_in_conflict(None, {"title": "x"}, {"title": "y"}) == ["title"]


def test_a_record_with_nothing_filled_in_is_not_a_deleted_one() -> None:
    assert merged({"note": "x"}, {}, {"note": "x"}) == {}
    assert merged({"note": "x", "plan": "p"}, {"plan": "p"}, {"note": "x"}) == {}


# --- scalars ---


def test_changes_of_different_fields_are_both_there() -> None:
    assert merged(VISIT, VISIT | {"status": "取組中"}, VISIT | {"until": date(2026, 3, 31)}) == VISIT | {
        "status": "取組中",
        "until": date(2026, 3, 31),
    }


def test_different_changes_of_one_field_are_a_conflict_and_ours_stands_for_it() -> None:
    ours, theirs = VISIT | {"status": "取組中", "plan": "計画"}, VISIT | {"status": "終了", "section": "係"}
    result = merge(VISIT, ours, theirs, Entry)
    assert isinstance(result, Conflicts)
    (conflict,) = result.fields
    assert (conflict.field, conflict.label) == ("status", "状況")
    assert (conflict.base, conflict.ours, conflict.theirs) == ("検討中", "取組中", "終了")
    assert result.merged == VISIT | {"status": "取組中", "plan": "計画", "section": "係"}


def test_clearing_a_field_that_the_other_side_changed_is_a_conflict() -> None:
    cleared = {key: value for key, value in VISIT.items() if key != "status"}
    assert fields_in_conflict(VISIT, cleared, VISIT | {"status": "終了"}) == ["status"]


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [(0, 1, True), (0, 1, 1.0), (0, "1", 1), ("x", date(2026, 4, 1), "2026-04-01"), (None, True, 1)],
)
def test_types_are_compared_before_values(base: object, ours: object, theirs: object) -> None:
    start: Plain = {} if base is None else {"x": base}
    assert fields_in_conflict(start, {"x": ours}, {"x": theirs}, None) == ["x"]


def test_a_change_of_type_alone_is_a_change() -> None:
    result = merged({"x": 1, "y": 1}, {"x": 1.0, "y": 1}, {"x": 1, "y": True}, None)
    assert result is not None
    assert [type(result["x"]), type(result["y"])] == [float, bool]


def test_empty_and_default_are_absence() -> None:
    assert merged({}, {"section": "", "plan": "p"}, {"section": "係"}) == {"section": "係", "plan": "p"}
    assert merged({}, {"disclosure": "庁内限り", "plan": "p"}, {"disclosure": "公開可"}) == {
        "disclosure": "公開可",
        "plan": "p",
    }


def test_keys_come_in_the_order_of_the_model_then_unknown_ones_in_ours() -> None:
    ours: Plain = {"新": 1, "旧": 2, "title": "x", "plan": "p"}
    result = merged({"title": "x"}, ours, {"別": 3, "outline": "o", "title": "x"})
    assert result is not None
    assert list(result) == ["title", "outline", "plan", "新", "旧", "別"]


# --- lists of values ---


def test_lists_of_values_merge_by_membership() -> None:
    ours, theirs = VISIT | {"categories": ["korei", "sumai", "joho"]}, VISIT | {"categories": ["sumai", "anzen"]}
    result = merged(VISIT, ours, theirs)
    assert result is not None
    assert result["categories"] == ["sumai", "anzen", "joho"]


def test_a_list_that_one_side_rearranged_keeps_that_order() -> None:
    base, ours = {"agenda": ["a", "b", "c"]}, {"agenda": ["c", "a", "b"]}
    assert merged(base, ours, dict(base), Meeting) == ours
    assert merged(base, ours, {"agenda": ["a", "b", "c", "d"]}, Meeting) == {"agenda": ["c", "d", "a", "b"]}


def test_a_list_that_both_sides_rearranged_in_ways_of_their_own_is_a_conflict_of_order_alone() -> None:
    base, theirs = {"agenda": ["a", "b", "c"]}, {"agenda": ["b", "a", "c"]}
    ours: Plain = {"agenda": ["c", "b", "a", "新"]}
    assert fields_in_conflict(base, ours, theirs, Meeting) == ["agenda"]
    chosen = {"agenda": theirs["agenda"]}
    # What only one side has is kept, wherever it is put.
    assert merge(base, ours, theirs, Meeting, choices=chosen) == Merged({"agenda": ["b", "a", "新", "c"]})
    assert merge(base, ours, theirs, Meeting, choices={"agenda": ours["agenda"]}) == Merged(ours)
    assert merged(base, ours, ours, Meeting) == ours


def test_a_choice_among_many_has_no_order_to_clash_over() -> None:
    base = {"categories": ["a", "b", "c"]}
    ours, theirs = {"categories": ["c", "b", "a"]}, {"categories": ["b", "a", "c"]}
    assert merged(base, ours, theirs) == merged(base, theirs, ours)


def test_tables_that_both_sides_rearranged_keep_what_each_side_changed_in_them() -> None:
    rows = [opinion(0), opinion(1), opinion(1, id="p4x2z", text="店が減った")]
    ours = TALK | {"opinions": [rows[2], rows[1], rows[0] | {"text": "改"}]}
    theirs = TALK | {"opinions": [rows[1], rows[0], rows[2]]}
    base = TALK | {"opinions": rows}
    assert fields_in_conflict(base, ours, theirs, Meeting) == ["opinions"]
    settled = merge(base, ours, theirs, Meeting, choices={"opinions": theirs["opinions"]})
    assert settled == Merged(TALK | {"opinions": [rows[1], rows[0] | {"text": "改"}, rows[2]]})


def test_what_was_put_in_the_middle_stays_there() -> None:
    base = {"agenda": ["開会", "議事", "閉会"]}
    ours, theirs = {"agenda": ["開会", "紹介", "議事", "閉会"]}, {"agenda": ["開会", "議事", "その他", "閉会"]}
    assert merged(base, ours, theirs, Meeting) == {"agenda": ["開会", "紹介", "議事", "その他", "閉会"]}


def test_a_value_that_stands_twice_is_not_folded() -> None:
    base = {"agenda": ["a", "休憩", "b"]}
    ours, theirs = {"agenda": ["a", "休憩", "b", "休憩", "c"]}, {"agenda": ["a", "休憩", "b", "d"]}
    result = merged(base, ours, theirs, Meeting)
    assert result is not None
    assert sorted(map(str, result["agenda"] if is_list(result["agenda"]) else [])) == [
        "a",
        "b",
        "c",
        "d",
        "休憩",
        "休憩",
    ]


def test_a_list_emptied_by_both_sides_together_is_absent() -> None:
    assert merged({"areas": ["a", "b"]}, {"areas": ["a"]}, {"areas": ["b"]}) == {}


def test_a_required_list_of_which_together_nothing_would_be_left_is_a_conflict() -> None:
    base, ours, theirs = (VISIT | {"categories": ids} for ids in (["a", "b"], ["a"], ["b"]))
    assert fields_in_conflict(base, ours, theirs) == ["categories"]
    assert merge(base, ours, theirs, Entry, choices={"categories": ["b", "a"]}) == Merged(
        VISIT | {"categories": ["b", "a"]}
    )


# --- tables ---

TALK: Plain = {
    "title": "連携会議",
    "opinions": [
        {"id": "k3q9x", "department": "korei", "text": "足が足りない"},
        {"id": "m8t2w", "department": "jutaku", "text": "空き家が増えた"},
    ],
}


def opinion(number: int, **fields: object) -> dict[str, object]:
    opinions = TALK["opinions"]
    assert isinstance(opinions, list)
    return {**opinions[number], **fields}


def test_one_table_changed_by_each_side() -> None:
    ours = TALK | {"opinions": [opinion(0, lens="課題"), opinion(1)]}
    theirs = TALK | {"opinions": [opinion(0, text="送迎が足りない"), opinion(1, print=True)]}
    assert merged(TALK, ours, theirs, Meeting) == TALK | {
        "opinions": [opinion(0, lens="課題", text="送迎が足りない"), opinion(1, print=True)]
    }


def test_tables_added_by_both_sides_all_stay() -> None:
    mine, other = {"id": "aaaaa", "text": "あ"}, {"id": "bbbbb", "text": "い"}
    ours, theirs = (
        TALK | {"opinions": [opinion(0), opinion(1), other]},
        TALK | {"opinions": [opinion(0), opinion(1), mine]},
    )
    both = TALK | {"opinions": [opinion(0), opinion(1), mine, other]}
    assert merged(TALK, ours, theirs, Meeting) == merged(TALK, theirs, ours, Meeting) == both


def test_a_conflict_in_a_table_names_key_and_field() -> None:
    ours = TALK | {"opinions": [opinion(0, text="甲"), opinion(1)]}
    theirs = TALK | {"opinions": [opinion(0, text="乙"), opinion(1)]}
    result = merge(TALK, ours, theirs, Meeting, name=lambda kind, _: {"department": "高齢福祉課"}[kind])
    assert isinstance(result, Conflicts)
    assert [(c.field, c.label) for c in result.fields] == [
        ("opinions[k3q9x].text", "意見・考え方等［高齢福祉課］ 意見")
    ]
    assert same(result.merged, ours)


def test_a_table_deleted_here_and_changed_there_is_a_conflict() -> None:
    ours, theirs = TALK | {"opinions": [opinion(1)]}, TALK | {"opinions": [opinion(0, text="乙"), opinion(1)]}
    assert fields_in_conflict(TALK, ours, theirs, Meeting) == ["opinions[k3q9x]"]
    assert merged(TALK, ours, dict(TALK), Meeting) == ours


def test_all_tables_deleted_here_and_one_changed_there_is_a_conflict() -> None:
    ours, theirs = {"title": "連携会議"}, TALK | {"opinions": [opinion(0, text="乙"), opinion(1)]}
    assert fields_in_conflict(TALK, ours, theirs, Meeting) == ["opinions[k3q9x]"]


def test_the_same_key_added_by_both_sides_is_merged_by_field() -> None:
    ours: Plain = {"results": [{"fiscal_year": 2025, "text": "12件"}]}
    assert fields_in_conflict({}, ours, {"results": [{"fiscal_year": 2025, "text": "13件"}]}) == ["results[2025].text"]
    assert merged({}, ours, {"results": [{"fiscal_year": 2025, "注": "x"}]}) == {
        "results": [{"fiscal_year": 2025, "text": "12件", "注": "x"}]
    }


def test_a_key_of_two_fields_one_of_them_absent() -> None:
    base: Plain = {
        "indicators": [
            {"name": "高齢化率", "value": 30.1},
            {"name": "高齢化率", "as_of": date(2026, 4, 1), "value": 31.0},
        ]
    }
    ours: Plain = {
        "indicators": [
            {"name": "高齢化率", "value": 30.2},
            {"name": "高齢化率", "as_of": date(2026, 4, 1), "value": 31.0},
        ]
    }
    theirs: Plain = {
        "indicators": [
            {"name": "高齢化率", "value": 30.1},
            {"name": "高齢化率", "as_of": date(2026, 4, 1), "value": 32.0},
        ]
    }
    assert merged(base, ours, theirs, Area) == {
        "indicators": [
            {"name": "高齢化率", "value": 30.2},
            {"name": "高齢化率", "as_of": date(2026, 4, 1), "value": 32.0},
        ]
    }


def test_tables_without_a_key_go_by_content() -> None:
    base: Plain = {"opinions": [{"text": "あ"}, {"text": "い"}]}
    ours: Plain = {"opinions": [{"text": "あ"}, {"text": "い", "print": True}]}
    assert merged(base, ours, {"opinions": [{"text": "い"}, {"text": "う"}]}, Meeting) in (
        {"opinions": [{"text": "い", "print": True}, {"text": "う"}]},
        {"opinions": [{"text": "う"}, {"text": "い", "print": True}]},
    )


def test_a_key_that_stands_twice_loses_no_table() -> None:
    doubled = TALK | {"opinions": [opinion(0), opinion(0, text="写し"), opinion(1)]}
    theirs = TALK | {"opinions": [opinion(0, text="乙"), opinion(1, lens="課題")]}
    result = merged(TALK, doubled, theirs, Meeting)
    assert result is not None
    opinions = result["opinions"]
    assert isinstance(opinions, list)
    wanted = [opinion(0, text="乙"), opinion(0, text="写し"), opinion(1, lens="課題")]
    assert sorted(map(token, cast("list[object]", opinions))) == sorted(map(token, wanted))


def test_a_table_inside_the_record_merges_by_field() -> None:
    base: Plain = {"source": {"document": "資料1"}}
    assert merged(base, {"source": {"document": "資料2"}}, {"source": {"document": "資料1", "meeting": "m1"}}) == {
        "source": {"meeting": "m1", "document": "資料2"}
    }
    assert fields_in_conflict(base, {}, {"source": {"document": "資料2"}}) == ["source"]


@pytest.mark.parametrize("key", ["id", "department", "fiscal_year", "ref"])
def test_unknown_lists_of_tables_go_by_the_usual_keys(key: str) -> None:
    base: Plain = {"x": [{key: "a", "v": 1, "w": 1}, {key: "b", "v": 1}]}
    ours: Plain = {"x": [{key: "a", "v": 2, "w": 1}, {key: "b", "v": 1}]}
    theirs: Plain = {"x": [{key: "a", "v": 1, "w": 2}, {key: "b", "v": 1}]}
    assert merged(base, ours, theirs, Entry) == {"x": [{key: "a", "v": 2, "w": 2}, {key: "b", "v": 1}]}
    assert fields_in_conflict(base, ours, {"x": [{key: "a", "v": 3}]}, Entry) == ["x[a].v"]


def test_unknown_keys_merge_as_known_ones_do() -> None:
    base: Plain = {"甲": {"a": 1, "b": 1}, "乙": ["x"], "丙": "一\n二\n三", "丁": [[1], [2]]}
    ours: Plain = {"甲": {"a": 2, "b": 1}, "乙": ["x", "y"], "丙": "零\n二\n三", "丁": [[1], [2]]}
    theirs: Plain = {"甲": {"a": 1, "b": 2}, "乙": [], "丙": "一\n二\n四", "丁": [[2], [1]]}
    assert merged(base, ours, theirs) == {"甲": {"a": 2, "b": 2}, "乙": ["y"], "丙": "零\n二\n四", "丁": [[2], [1]]}
    assert fields_in_conflict(base, base | {"丁": [[3]]}, base | {"丁": [[4]]}) == ['"丁"']


def test_values_that_change_their_nature_on_both_sides_are_a_conflict() -> None:
    assert fields_in_conflict({"x": "字"}, {"x": {"a": 1}}, {"x": {"b": 1}}, None) == ["x"]
    assert fields_in_conflict({"x": "字"}, {"x": ["a"]}, {"x": ["b"]}, None) == ["x"]
    assert fields_in_conflict({"x": ["字"]}, {"x": "a"}, {"x": ["b"]}, None) == ["x"]


def test_names_in_a_dotted_field_are_quoted_where_they_must_be() -> None:
    base: Plain = {"a.b": {"c": 1}}
    assert fields_in_conflict(base, {"a.b": {"c": 2}}, {"a.b": {"c": 3}}, None) == ['"a.b".c']


# --- text ---


def test_lines_far_enough_apart_merge() -> None:
    ours, theirs = VISIT | {"outline": "一\n二行目\n三行目"}, VISIT | {"outline": "一行目\n二行目\n三\n四"}
    result = merged(VISIT, ours, theirs)
    assert result is not None
    assert result["outline"] == "一\n二行目\n三\n四"


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("一\n二行目\n三行目", "別\n二行目\n三行目"),  # the same line
        ("一\n二行目\n三行目", "一行目\n二\n三行目"),  # neighbours
        ("一行目\n二行目\n三行目\n甲", "一行目\n二行目\n三行目\n乙"),  # both at the end
        ("一行目\n三行目", "一行目\n二\n三行目"),  # deleted and changed
        ("全く別の文", "一行目\n二行目\n三行目\n四行目"),
    ],
)
def test_lines_that_touch_are_a_conflict(ours: str, theirs: str) -> None:
    assert fields_in_conflict(VISIT, VISIT | {"outline": ours}, VISIT | {"outline": theirs}) == ["outline"]


def test_the_same_change_beside_another_one() -> None:
    base, both = "a\nb\nc\nd\ne", "A\nb\nc\nd\ne"
    assert merged_lines(base, both, "A\nb\nC\nd\ne") == "A\nb\nC\nd\ne"
    assert merged_lines(base, "A\nb\nc\nd\nE", "A\nb\nC\nd\ne") == "A\nb\nC\nd\nE"


def test_a_single_line_is_never_merged_by_line() -> None:
    assert fields_in_conflict(VISIT, VISIT | {"title": "訪問"}, VISIT | {"title": "見守り"}) == ["title"]


def test_one_large_change_over_several_small_ones_is_a_conflict() -> None:
    assert merged_lines("a\nb\nc\nd\ne\nf\ng", "a\ng", "a\nB\nc\nd\nE\nf\ng") is None


def test_long_texts_of_like_lines_do_not_hold_up_a_merge() -> None:
    base, turned = "い\nろ\n" * 2_500, "ろ\nい\n" * 2_500 + "は"
    began = perf_counter()
    assert merged_lines(base, turned, f"に\n{base}") is None
    assert merged_lines(f"頭\n体\n{base}", f"頭\n体\n{turned}", f"初\n体\n{base}") == f"初\n体\n{turned}"
    assert perf_counter() - began < 1


# --- settling ---


def test_what_was_chosen_settles_the_conflicts() -> None:
    ours = TALK | {"title": "甲", "opinions": [opinion(1)]}
    theirs = TALK | {"title": "乙", "opinions": [opinion(0, text="乙"), opinion(1)]}
    assert fields_in_conflict(TALK, ours, theirs, Meeting) == ["title", "opinions[k3q9x]"]
    result = merge(TALK, ours, theirs, Meeting, choices={"title": "丙", "opinions[k3q9x]": opinion(0, text="乙")})
    assert result == Merged(theirs | {"title": "丙"})
    left = merge(TALK, ours, theirs, Meeting, choices={"opinions[k3q9x]": None})
    assert isinstance(left, Conflicts)
    assert [conflict.field for conflict in left.fields] == ["title"]


# --- properties ---

MODELS: tuple[type[Part] | None, ...] = (Entry, Meeting, Inquiry, Area, None)
Versions = tuple[Plain, Plain, Plain]


def some_versions() -> st.SearchStrategy[tuple[type[Part] | None, Versions]]:
    def of(model: type[Part] | None) -> st.SearchStrategy[tuple[type[Part] | None, Versions]]:
        records = loose_records() if model is None else plain_records(model, NARROW)
        return st.tuples(st.just(model), versions(records))

    return st.one_of([of(model) for model in MODELS])


examples = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def leaves(value: object, path: str = "") -> set[tuple[str, str]]:
    """Every scalar, text by line, under the names that lead to it."""
    if is_table(value):
        return {leaf for key, inner in value.items() for leaf in leaves(inner, f"{path}/{key}")}
    if is_list(value):
        return {leaf for item in value for leaf in leaves(item, f"{path}[]")}
    if value is None:
        return set()
    if isinstance(value, str):
        return {(path, token(line)) for line in value.split("\n")}
    return {(path, token(value))}


# Lines that say nothing, and defaults: no more than absence.
def _blank(leaf: tuple[str, str]) -> bool:
    return leaf[1] in ("''", "False", "'庁内限り'")


def outcome(result: Merged | Conflicts) -> Plain | None:
    return result.plain if isinstance(result, Merged) else result.merged


@examples
@given(some_versions())
def test_merging_is_commutative(drawn: tuple[type[Part] | None, Versions]) -> None:
    model, (base, ours, theirs) = drawn
    there, back = merge(base, ours, theirs, model), merge(base, theirs, ours, model)
    if isinstance(there, Merged):
        assert isinstance(back, Merged)
        assert same(there.plain, back.plain)
    else:
        assert isinstance(back, Conflicts)
        assert {(c.field, token([c.base]), token([c.ours]), token([c.theirs])) for c in there.fields} == {
            (c.field, token([c.base]), token([c.theirs]), token([c.ours])) for c in back.fields
        }
        assert len({c.field for c in there.fields}) == len(there.fields)


@examples
@given(some_versions())
def test_a_side_that_changed_nothing_takes_the_other(drawn: tuple[type[Part] | None, Versions]) -> None:
    model, (base, ours, _) = drawn
    assert merge(base, ours, dict(base), model) == merge(base, dict(base), ours, model) == Merged(ours)
    assert merge(None, ours, None, model) == merge(None, None, ours, model) == Merged(ours)
    assert merge(base, None, dict(base), model) == merge(base, None, None, model) == Merged(None)


@examples
@given(some_versions())
def test_the_same_change_on_both_sides_is_that_change(drawn: tuple[type[Part] | None, Versions]) -> None:
    model, (base, ours, _) = drawn
    assert merge(base, ours, dict(ours), model) == merge(ours, ours, ours, model) == Merged(ours)


@examples
@given(some_versions())
def test_merging_again_changes_nothing(drawn: tuple[type[Part] | None, Versions]) -> None:
    model, (base, ours, theirs) = drawn
    once = merge(base, ours, theirs, model)
    if isinstance(once, Merged):
        # The next merge starts from what this one took in.
        assert merge(theirs, once.plain, theirs, model) == merge(ours, ours, once.plain, model) == once
        assert merge(base, once.plain, once.plain, model) == once


@examples
@given(some_versions())
def test_nothing_is_invented(drawn: tuple[type[Part] | None, Versions]) -> None:
    model, (base, ours, theirs) = drawn
    assert leaves(outcome(merge(base, ours, theirs, model))) <= leaves(ours) | leaves(theirs)


def fields_merged(model: type[Part] | None, base: Plain, ours: Plain, theirs: Plain) -> Iterator[tuple[str, object]]:
    """The fields that merge without conflict, each merged alone."""
    for key in base.keys() | ours.keys() | theirs.keys():
        alone = [{key: side[key]} if key in side else dict[str, object]() for side in (base, ours, theirs)]
        result = merge(alone[0], alone[1], alone[2], model)
        if isinstance(result, Merged):
            yield key, (result.plain or {}).get(key)


@examples
@given(some_versions())
def test_fields_do_not_depend_on_each_other(drawn: tuple[type[Part] | None, Versions]) -> None:
    model, (base, ours, theirs) = drawn
    whole = outcome(merge(base, ours, theirs, model)) or {}
    for key, value in fields_merged(model, base, ours, theirs):
        assert same(whole.get(key), value)


@examples
@given(some_versions())
def test_nothing_that_a_side_adds_is_lost(drawn: tuple[type[Part] | None, Versions]) -> None:
    model, (base, ours, theirs) = drawn
    for key, value in fields_merged(model, base, ours, theirs):
        for side in (ours, theirs):
            added = {leaf for leaf in leaves(side.get(key)) - leaves(base.get(key)) if not _blank(leaf)}
            assert added <= leaves(value)


@examples
@given(some_versions())
def test_nothing_that_both_sides_kept_is_lost(drawn: tuple[type[Part] | None, Versions]) -> None:
    model, (base, ours, theirs) = drawn
    for key, value in fields_merged(model, base, ours, theirs):
        old, mine, other, now = (
            members(key, held, model) for held in (base.get(key), ours.get(key), theirs.get(key), value)
        )
        assert old & mine & other <= now
        # Nor does a list shrink below what nobody took away.
        assert now.total() >= old.total() - (old - mine).total() - (old - other).total()


def members(field: str, value: object, model: type[Part] | None) -> Counter[str]:
    """What a list holds: its values, and its tables by key (by content where it has none)."""
    if not is_list(value):
        return Counter()
    about = known_field(model, field)
    key = about.part.KEY if about is not None and about.part is not None else ()
    return Counter(
        token([item.get(name) for name in key]) if key and is_table(item) and key[0] in item else token(item)
        for item in value
    )


@examples
@given(some_versions(), st.data())
def test_changes_of_different_fields_never_conflict(
    drawn: tuple[type[Part] | None, Versions], data: st.DataObject
) -> None:
    model, (base, ours, theirs) = drawn
    keys = sorted(base.keys() | ours.keys() | theirs.keys())
    mine = data.draw(st.sets(st.sampled_from(keys))) if keys else set[str]()
    left = {key: side[key] for key in keys if key in (side := ours if key in mine else base)}
    right = {key: side[key] for key in keys if key in (side := base if key in mine else theirs)}
    wanted = {key: side[key] for key in keys if key in (side := ours if key in mine else theirs)}
    result = merge(base, left, right, model)
    assert isinstance(result, Merged)
    assert same(_without_blanks(result.plain or {}), _without_blanks(wanted))


def _without_blanks(plain: Table) -> Plain:
    return {key: value for key, value in plain.items() if filled(value, None) is not None}


@examples
@given(some_versions())
def test_what_is_merged_reads_back_from_a_file_and_breaks_no_field(drawn: tuple[type[Part] | None, Versions]) -> None:
    model, (base, ours, theirs) = drawn
    result = merge(base, ours, theirs, model)
    if not isinstance(result, Merged) or model is None or not issubclass(model, Record):
        return
    plain = result.plain or {}
    read = codec.parse(codec.render(plain, codec.render(ours, None, model), model))
    assert same(without_empty(read), without_empty(plain))
    if not _faults(model, ours) and not _faults(model, theirs):
        # What is wrong then lies between two fields: it is refused in words, never written.
        assert not _faults(model, plain) & {"missing", "literal_error"}
        assert not any(kind.endswith("_type") for kind in _faults(model, plain))


def _faults(model: type[Record], plain: Plain) -> set[str]:
    try:
        model.model_validate(plain)
    except ValidationError as error:
        return {fault["type"] for fault in error.errors()}
    return set()


@examples
@given(some_versions())
def test_every_conflict_can_be_settled(drawn: tuple[type[Part] | None, Versions]) -> None:
    model, (base, ours, theirs) = drawn
    result = merge(base, ours, theirs, model)
    if isinstance(result, Conflicts):
        mine = merge(base, ours, theirs, model, choices={c.field: c.ours for c in result.fields})
        other = merge(base, ours, theirs, model, choices={c.field: c.theirs for c in result.fields})
        back = merge(base, theirs, ours, model)
        assert isinstance(mine, Merged)
        assert isinstance(other, Merged)
        assert isinstance(back, Conflicts)
        assert same(mine.plain, result.merged)
        assert same(other.plain, back.merged)


@examples
@given(st.data())
def test_lines_changed_apart_are_all_there(data: st.DataObject) -> None:
    count = data.draw(st.integers(3, 30))
    lines = [f"行{number}" for number in range(count)]
    changed = sorted(data.draw(st.sets(st.integers(0, (count - 1) // 2))))
    mine = set(data.draw(st.sets(st.sampled_from(changed)))) if changed else set[int]()
    sides = {True: lines[:], False: lines[:], None: lines[:]}
    for half in changed:
        # Every other line at most, so that one stays between any two.
        line = 2 * half if 2 * half < count else count - 1
        for side in (half in mine, None):
            sides[side][line] = f"改{line}"
    assert merged_lines("\n".join(lines), "\n".join(sides[True]), "\n".join(sides[False])) == "\n".join(sides[None])
