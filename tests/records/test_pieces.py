"""Pieces of a record by their dotted names."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings

from kyoju_tui.records.changes import changes
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.matching import same
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.pieces import is_within, pieces, with_piece
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.spelled import spelled
from tests.records.strategies import plain_records

EXAMPLES = int(os.environ.get("KYOJU_EXAMPLES", "50"))
NOW: dict[str, object] = {
    "title": "会議",
    "opinions": [{"id": "a1", "text": "よい"}, {"id": "b2", "text": "ふつう", "department": "korei"}],
    "extra": {"x": 1},
    "list": [{"id": "q"}, {"id": "q"}],
}


def test_every_piece_has_its_name_and_label() -> None:
    found = pieces(NOW, Meeting)
    assert list(found) == [
        "title",
        "opinions",
        "opinions[a1]",
        "opinions[a1].id",
        "opinions[a1].text",
        "opinions[b2]",
        "opinions[b2].id",
        "opinions[b2].department",
        "opinions[b2].text",
        "extra",
        "extra.x",
        "list",
    ]
    assert (found["opinions[b2].text"].label, found["opinions[b2].text"].value) == (
        "意見・考え方等［korei］ 意見",
        "ふつう",
    )
    assert found["extra.x"].label == "項目「extra」 項目「x」"


def test_one_piece_of_another_version() -> None:
    then = {
        "title": "前の会議",
        "opinions": [{"id": "c3", "text": "新"}, {"id": "a1", "text": "わるい"}],
        "place": "庁舎",
    }
    assert with_piece(NOW, then, "title", Meeting) == {**NOW, "title": "前の会議"}
    assert with_piece(NOW, then, "place", Meeting)["place"] == "庁舎"
    assert "extra" not in with_piece(NOW, then, "extra", Meeting)
    assert "extra" not in with_piece(NOW, then, "extra.x", Meeting)
    opinions = with_piece(NOW, then, "opinions[a1].text", Meeting)["opinions"]
    assert opinions == [{"id": "a1", "text": "わるい"}, {"id": "b2", "text": "ふつう", "department": "korei"}]
    came = with_piece(NOW, then, "opinions[c3]", Meeting)["opinions"]
    assert [each for each in pieces({"opinions": came}, Meeting) if each.endswith("]")] == [
        "opinions[c3]",
        "opinions[a1]",
        "opinions[b2]",
    ]
    left = with_piece(NOW, then, "opinions[b2]", Meeting)["opinions"]
    assert left == [{"id": "a1", "text": "よい"}]
    for wrong in ("", "nothing", "opinions[c3].text", "opinions[zz]", "title.x", "list[q]", "extra.x.y"):
        with pytest.raises(InvalidValue):
            with_piece(NOW, then, wrong, Meeting)


@settings(max_examples=EXAMPLES, deadline=None)
@given(plain_records(Meeting), plain_records(Meeting))
def test_what_was_taken_is_as_it_is_there_and_all_of_it_is_the_other_version(now: Plain, then: Plain) -> None:
    taken = now
    for name in dict.fromkeys([*now, *then]):
        taken = with_piece(taken, then, name, Meeting)
    assert not changes(taken, then, Meeting)
    for dotted, piece in pieces(then, Meeting).items():
        if dotted in pieces(now, Meeting) and not dotted.endswith(".id"):
            found = pieces(with_piece(now, then, dotted, Meeting), Meeting)
            assert same(found[dotted].value, piece.value)


@pytest.mark.parametrize(
    ("dotted", "outer", "within"),
    [
        ("a", "a", True),
        ("a.b", "a", True),
        ("a[x].b", "a", True),
        ("a[x]", "a[x]", True),
        ("ab", "a", False),
        ("a", "a.b", False),
    ],
)
def test_within(dotted: str, outer: str, within: bool) -> None:
    assert is_within(dotted, outer) == within


def test_values_in_full() -> None:
    about = pieces(NOW, Meeting)["opinions"].about
    assert spelled(NOW["opinions"], about, lambda kind, text: f"{kind}:{text}") == (
        "・意見: よい\n・部署: department:korei\n　意見: ふつう"
    )
    assert spelled("一\r\n二\x1b\t三") == "一\n二� 三"
    assert spelled(None) == "（なし）"
    assert spelled({"a\nb": ["x", "y"], "c": {"d": True}}) == "a b: x、y\nc: d: はい"
