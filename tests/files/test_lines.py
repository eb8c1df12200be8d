"""From places to lines."""

from __future__ import annotations

import re
from typing import cast

import pytest
import tomli
from hypothesis import given, settings

from kyoju_tui.files.canonical import dumps
from kyoju_tui.files.lines import locate_problem, place_of
from kyoju_tui.files.outline import outline
from kyoju_tui.records.explain import Place
from kyoju_tui.records.plain import Plain
from tests.files.documents import hand_written, plains
from tests.records.strategies import EXAMPLES

TEXT = '''\
# 見出し
title = "a # b"   # c
outline = """
[no]
header = 1 \\"""
"""
list = [ # c
  "x", "y",
  { k = 1, l.m = [2,
    3] },
]
"quoted key".'a.b' = 'x'
at = 2026-11-23 09:30:00

[[opinions]]
id = "1"
[opinions.more]
n = 1
[[opinions]]   # second
text = "x"
  [[opinions.refs]]
  r = 1
[[opinions.refs]]
r = 2
[far.away]
z = 1
'''


@pytest.mark.parametrize(
    ("place", "line", "column"),
    [
        (("title",), 2, 1),
        (("outline",), 3, 1),
        (("list",), 7, 1),
        (("list", 0), 8, 3),
        (("list", 1), 8, 8),
        (("list", 2), 9, 3),
        (("list", 2, "k"), 9, 5),
        (("list", 2, "l", "m"), 9, 14),
        (("list", 2, "l", "m", 1), 10, 5),
        (("quoted key",), 12, 1),
        (("quoted key", "a.b"), 12, 14),
        (("at",), 13, 1),
        (("opinions",), 15, 1),
        (("opinions", 0), 15, 1),
        (("opinions", 0, "more", "n"), 18, 1),
        (("opinions", 1), 19, 1),
        (("opinions", 1, "text"), 20, 1),
        (("opinions", 1, "refs", 0, "r"), 22, 3),
        (("opinions", 1, "refs", 1, "r"), 24, 1),
        (("opinions", 1, "missing"), 19, 1),
        (("far",), 25, 1),
        (("far", "away", "z"), 26, 1),
        (("missing",), 1, 1),
        ((), 1, 1),
    ],
)
def test_places_have_lines(place: Place, line: int, column: int) -> None:
    assert tomli.loads(TEXT)
    assert locate_problem(TEXT.encode(), place) == (line, column)
    with_crlf = ("\ufeff" + TEXT.replace("\n", "\r\n")).encode()
    assert locate_problem(with_crlf, place) == (line, column)


def test_dotted_names_are_places() -> None:
    assert place_of("opinions.0.text") == ("opinions", 0, "text")
    assert place_of("") == ()


@given(plains())
@settings(max_examples=EXAMPLES * 3, deadline=None)
def test_every_place_of_a_written_document_is_found(plain: Plain) -> None:
    _check_all_places(plain, dumps(plain).decode())


@given(hand_written())
@settings(max_examples=EXAMPLES * 3, deadline=None)
def test_every_place_of_a_hand_written_document_is_found(drawn: tuple[Plain, str]) -> None:
    plain, text = drawn
    _check_all_places(plain, text)
    assert len(outline(text).comments) == len(re.findall(r"# c\d+\.", text))


def _check_all_places(plain: Plain, text: str) -> None:
    seen = outline(text)
    assert seen.too_deep == -1
    assert set(_places(plain, ())) <= set(seen.positions)
    for statement in seen.statements:
        assert tomli.loads(f"v = {text[statement.value : statement.end]}\n")


def _places(value: object, place: Place) -> list[Place]:
    found: list[Place] = [place] if place else []
    if isinstance(value, dict):
        for key, item in cast("Plain", value).items():
            found += _places(item, (*place, key))
    elif isinstance(value, list):
        for index, item in enumerate(cast("list[object]", value)):
            found += _places(item, (*place, index))
    return found


@pytest.mark.parametrize("text", ["[", "[[a]", "a =", 'a = "', "a = [1,, 2]", "= 1", '"a', "a = {b", "]]", "a = [[[["])
def test_what_is_no_toml_is_left_out(text: str) -> None:
    seen = outline(f"{text}\nlast = 1\n")
    assert seen.locate(("nowhere",)) == (1, 1)
