"""Whatever is typed as KEY=VALUE, it is taken or refused in words."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyoju_tui.cli.assignments import assigned, validated
from kyoju_tui.records.base import Part, Record
from kyoju_tui.records.description import fields_of
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.kinds import KINDS
from kyoju_tui.records.plain import to_plain

TODAY = date(2026, 11, 23)
# What pydantic says in English must not reach staff.
ENGLISH = re.compile(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}")
ROWS = st.sampled_from(["0", "1", "999", "9" * 5000, "abc12", "2026", "jutaku", "", "令和8年度", "２"])
SIMPLE = st.sampled_from(
    [
        "",
        " ",
        "x",
        "5",
        "-1",
        "1e400",
        "9" * 5000,
        "R8.11.23",
        "2026-11-23",
        "はい",
        "a,b、c",
        "entries/korei/a",
        "\x1b",
    ]
)
TOML = st.sampled_from(
    [
        *("", "5", "-1.5", "nan", "true", '"x"', "[]", "[1]", '["a", "a"]', "{}", "{a=1}", "[{}]", "[[1]]"),
        *("2026-11-23", "2026-11-23T10:00:00Z", "12:00:00", '{text="x"}', '[{text="x"}, {text="y"}]', "1 # 2"),
        *("'''\n'''", '[{id="a"}, 3]'),
    ]
)


def keys_of(part: type[Part]) -> st.SearchStrategy[str]:
    """Dotted keys into a table, right ones and nearly right ones."""
    return st.sampled_from(fields_of(part)).flatmap(
        lambda field: (
            st.just(field.name)
            if field.part is None
            else st.one_of(
                st.just(field.name),
                st.tuples(st.just(field.name), keys_of(field.part)).map(".".join),
                st.tuples(st.just(field.name), ROWS, keys_of(field.part)).map(".".join),
            )
        )
    )


def assignments_of(model: type[Record]) -> st.SearchStrategy[tuple[type[Record], list[str]]]:
    keys = st.one_of(keys_of(model), st.text(max_size=10))
    values = st.one_of(SIMPLE, st.text(max_size=20))
    one = st.one_of(
        st.tuples(keys, values).map("=".join),
        st.tuples(keys, st.one_of(TOML, values)).map(":=".join),
        st.text(max_size=10),
    )
    return st.tuples(st.just(model), st.lists(one, min_size=1, max_size=5))


@pytest.mark.heavy
@settings(max_examples=500, deadline=None)
@given(told=st.sampled_from([kind.model for kind in KINDS.values()]).flatmap(assignments_of))
def test_any_assignment_is_taken_or_refused_in_words(told: tuple[type[Record], list[str]]) -> None:
    model, assignments = told
    before = {"title": "題", "name": "名", "kind": "課題", "categories": ["sumai"], "opinions": [{"id": "abc12"}]}
    try:
        plain = assigned(before, assignments, model, today=TODAY)
        record = validated(plain, model)
    except InvalidValue as error:
        assert error.message
        assert not ENGLISH.search(re.sub("「[^」]*」", "", error.message)), error.message
    else:
        assert validated(to_plain(record), model) == record
