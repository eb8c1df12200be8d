"""Saving into a file that a person has laid out: the values become what was meant, and the comments stay."""

from __future__ import annotations

import re

import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from kyoju_tui.files.lossless import rewrite
from kyoju_tui.records.base import Record
from kyoju_tui.records.matching import same
from kyoju_tui.records.plain import Plain, without_empty
from tests.files.documents import hand_tables, hand_written
from tests.records.strategies import EXAMPLES


class _Free(Record):
    """A record without fields of its own, so that every key is unknown."""


@given(hand_written())
@settings(max_examples=EXAMPLES * 3, deadline=None)
def test_the_hand_writes_what_it_was_told(drawn: tuple[Plain, str]) -> None:
    plain, text = drawn
    assert same(tomli.loads(text), plain)


@given(hand_written())
@settings(max_examples=EXAMPLES * 3, deadline=None)
def test_nothing_changed_leaves_every_byte(drawn: tuple[Plain, str]) -> None:
    plain, text = drawn
    assert rewrite(text, plain, plain, _Free) == (text if text.endswith("\n") or not text else f"{text}\n").encode()


@given(hand_written(), hand_tables())
@settings(max_examples=EXAMPLES * 5, deadline=None)
def test_any_change_reads_back_as_meant(drawn: tuple[Plain, str], new: Plain) -> None:
    plain, text = drawn
    assert same(tomli.loads(rewrite(text, plain, new, _Free).decode()), without_empty(new))


@given(hand_written(), st.data())
@settings(max_examples=EXAMPLES * 5, deadline=None)
def test_one_changed_value_keeps_every_comment(drawn: tuple[Plain, str], data: st.DataObject) -> None:
    plain, text = drawn
    new = dict(plain)
    key = data.draw(st.sampled_from(["title", "outline", "zz"]))
    new[key] = data.draw(st.sampled_from(["新しい", "二行\nの文", 5]))
    if isinstance(plain.get(key), dict | list):
        return
    result = rewrite(text, plain, new, _Free).decode()
    assert same(tomli.loads(result), new)
    assert _comments(result) == _comments(text)


def _comments(text: str) -> list[str]:
    return sorted(re.findall(r"# c\d+\.", text))
