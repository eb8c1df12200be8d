"""What somebody else records goes into an open form wherever nothing was typed, and nowhere else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kyoju_tui.records.matching import same
from kyoju_tui.records.plain import Plain
from kyoju_tui.ui.forms.arrangement import value_at
from kyoju_tui.ui.forms.taking import taken, with_value

PATHS = (("title",), ("status",), ("needed", "title"), ("needed", "department"))
VALUES = st.none() | st.sampled_from(["あ", "い", "う"])
PLAINS = st.lists(VALUES, min_size=5, max_size=5).map(lambda values: made(*values))


def made(*values: str | None) -> Plain:
    plain: Plain = {}
    for path, value in zip((*PATHS, ("unknown",)), values, strict=True):
        plain = with_value(plain, path, value)
    return plain


def test_untouched_fields_follow_and_touched_ones_stay() -> None:
    found = taken(
        {"title": "元", "status": "検討中"},
        {"title": "自分", "status": "検討中"},
        {"title": "相手", "status": "取組中", "unknown": "x"},
        PATHS,
    )
    assert found.holding == {"title": "自分", "status": "取組中", "unknown": "x"}
    assert found.given == {"title": "元", "status": "取組中", "unknown": "x"}
    assert found.changed == (("title",), ("status",))
    assert found.contested == (("title",),)


def test_both_wrote_the_same() -> None:
    found = taken({}, {"title": "同じ"}, {"title": "同じ"}, PATHS)
    assert found.contested == () and found.given == found.holding == {"title": "同じ"}


def test_a_second_change_of_a_field_that_was_taken_in_follows_too() -> None:
    first = taken({"title": "元"}, {"title": "元", "status": "自分"}, {"title": "一度"}, PATHS)
    second = taken(first.given, first.holding, {"title": "二度"}, PATHS)
    assert second.holding == {"title": "二度", "status": "自分"} and second.contested == ()


@given(PLAINS, PLAINS, PLAINS)
def test_nothing_typed_is_lost_and_nothing_of_the_other_is_hidden(begun: Plain, typed: Plain, theirs: Plain) -> None:
    found = taken(begun, typed, theirs, PATHS)
    for path in PATHS:
        before, mine, now = value_at(begun, path), value_at(typed, path), value_at(theirs, path)
        held = value_at(found.holding, path)
        if not same(mine, before):
            assert same(held, mine)
        else:
            assert same(held, now)
        # What both changed differently is compared with what the edit began from, never with what the other wrote.
        assert (path in found.contested) == (not same(before, now) and not same(mine, before) and not same(mine, now))
        assert same(value_at(found.given, path), before if path in found.contested else now)
