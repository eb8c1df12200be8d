"""Saving into a file that a person has laid out: the values become what was meant, and the comments stay."""

from __future__ import annotations

import re
import time
from typing import cast

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from kyoju_tui.files.codec import Unreadable, dumps, parse, render
from kyoju_tui.files.lossless import rewrite
from kyoju_tui.records.area import Area
from kyoju_tui.records.base import Record
from kyoju_tui.records.department import Department
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import SaveFailed
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.matching import same
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.plain import Plain, to_plain, without_empty
from tests.files.documents import hand_tables, hand_written, written_by_hand
from tests.records.strategies import EXAMPLES, NARROW, plain_records


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


@given(st.permutations("abcd"), st.integers(0, 4), st.booleans())
@settings(max_examples=EXAMPLES, deadline=None)
def test_comments_move_and_go_with_their_table(order: list[str], count: int, adding: bool) -> None:
    text = "# file\ntitle = 1\n\n"
    for name in "abcd":
        text += f"# above {name}\n[[opinions]] # head {name}\nid = '{name}'\n# in {name}\ntext = 'x'\n"
        text += f"# sub {name}\n[opinions.more]\nn = 1 # n {name}\n\n"
    text += "# after\n[last]\nx = 1 # x\n"
    old = cast("Plain", tomli.loads(text))
    kept = order[:count]
    tables: list[Plain] = [{"id": name, "text": "y", "more": {"n": 1}} for name in kept]
    new = {**old, "opinions": [*tables, *([{"id": "new", "text": "z"}] if adding else [])]}
    result = rewrite(text, old, without_empty(new), _Free).decode()
    found = re.findall(r"# (?:above|head|in|sub|n) (\w)", result)
    assert found == [name for name in kept for _ in range(5)]
    assert "# file" in result and "# after" in result and "# x" in result


@given(st.lists(st.sampled_from("abcdef"), max_size=6), st.booleans())
@settings(max_examples=EXAMPLES * 2, deadline=None)
def test_comments_between_the_items_of_a_list_stay(new: list[str], comma: bool) -> None:
    text = 'items = [ # opens\n  # above a\n  "a", # at a\n  "b",\n  # above c\n'
    text += f'  "c"{"," if comma else ""} # at c\n  # closes\n] # end\n'
    result = rewrite(text, {"items": ["a", "b", "c"]}, without_empty({"items": new}), _Free).decode()
    if new:
        assert all(f"# {word}" in result for word in ("opens", "above a", "above c", "closes", "end"))
    for name in "ac":
        # A value that stays keeps the comment beside it, unless the list was reordered around it.
        if new[:1] == ["a"] and name == "a":
            assert f'"{name}", # at {name}' in result


def test_a_list_on_one_line_stays_on_one_line() -> None:
    result = rewrite('a = ["x", "y"] # c\n', {"a": ["x", "y"]}, {"a": ["x", "z"]}, _Free)
    assert result.decode() == 'a = ["x", "z"] # c\n'


def test_a_changed_key_is_one_changed_line() -> None:
    text = (
        'status = "取組中"\n\ntitle="訪問"   # 件名\nkind = "取組"\ncategories=["korei"]\n[source] # s\ndocument="x"\n'
    )
    new = parse(text.encode()) | {"status": "検討中"}
    result = render(new, text.encode(), Entry).decode()
    assert result == text.replace("取組中", "検討中")


def test_new_keys_stand_where_the_model_has_them() -> None:
    text = '# 見出し\ntitle = "見守り"\nkind = "課題"\n# 行\ncategories = ["korei"]\nnote = "n"\n'
    plain = parse(text.encode())
    new = {"title": "見守り", "kind": "課題", "categories": ["korei"], "outline": "概要", "direction": "方向"}
    result = render(new | {"results": [{"fiscal_year": 2026}], "note": plain["note"]}, text.encode(), Entry).decode()
    assert result == (
        '# 見出し\ntitle = "見守り"\nkind = "課題"\n# 行\ncategories = ["korei"]\n'
        'outline = "概要"\ndirection = "方向"\nnote = "n"\n\n[[results]]\nfiscal_year = 2026\n'
    )


def test_a_stated_default_stays_stated() -> None:
    text = '# c\ntitle = "見守り"\nkind = "課題"\ncategories = ["korei"]\ndisclosure = "庁内限り"\n'
    record = Entry.model_validate(parse(text.encode()))
    result = render(to_plain(record.but(title="訪問")), text.encode(), Entry).decode()
    assert result == text.replace("見守り", "訪問")


def test_byte_order_mark_and_crlf_go_and_comments_stay() -> None:
    text = '\ufeff# c\r\ntitle = "見守り"\r\nkind = "課題"\r\ncategories = ["korei"]\r\n'
    plain = parse(text.encode()) | {"title": "訪問"}
    result = render(plain, text.encode(), Entry).decode()
    assert result == '# c\ntitle = "訪問"\nkind = "課題"\ncategories = ["korei"]\n'


def test_tables_out_of_order_and_split_lists() -> None:
    text = "[[a]]\nid = '1'\n[b]\nx = 1 # bx\n[[a]]\nid = '2' # two\n[c.d]\ny = 1\n[a.sub]\nz = 1\n[c]\nw = 1 # cw\n"
    old = cast("Plain", tomli.loads(text))
    new: Plain = {"a": [{"id": "0"}, {"id": "2", "sub": {"z": 2}}], "b": {"x": 1}, "c": {"d": {"y": 1}, "w": 2, "v": 3}}
    result = rewrite(text, old, new, _Free).decode()
    assert same(tomli.loads(result), new)
    assert all(comment in result for comment in ("# bx", "# two", "# cw"))


def test_keys_of_a_table_that_no_header_names() -> None:
    text = "# c\na.b = 1 # ab\na.c = 2\n[x.y]\nz = 1 # z\n"
    new: Plain = {"a": {"b": 1, "d": "二\n行", "t": {"u": 1}}, "x": {"y": {"z": 1}, "k": 1, "l": 2}}
    result = rewrite(text, cast("Plain", tomli.loads(text)), new, _Free).decode()
    assert same(tomli.loads(result), new)
    assert all(comment in result for comment in ("# c\n", "# ab", "# z"))


def test_comments_set_apart_outlive_the_table_above_them() -> None:
    text = "[a]\nx = 1\n# of a\n\n# ---- 部署 ----\n\n[b]\ny = 1\n"
    result = rewrite(text, {"a": {"x": 1}, "b": {"y": 1}}, {"b": {"y": 1}}, _Free).decode()
    assert result == "# ---- 部署 ----\n\n[b]\ny = 1\n"


def test_a_table_that_gets_its_id_keeps_its_comment() -> None:
    text = "[[actions]] # first\ntext = 'x'\n[[actions]] # second\ntext = 'y'\n"
    old = cast("Plain", tomli.loads(text))
    new: Plain = {"actions": [{"id": "k3q9x", "text": "x"}, {"id": "k3q9y", "text": "z"}]}
    result = rewrite(text, old, new, Meeting).decode()
    assert same(tomli.loads(result), new)
    assert "# first" in result
    assert "# second" in result


def test_a_large_hand_written_file_is_saved_in_good_time() -> None:
    text = "# c\n" + "".join(f"[[x]]\nid = '{number}'\n" for number in range(9_000))
    old = cast("Plain", tomli.loads(text))
    new: Plain = {"x": cast("list[object]", old["x"])[1:], "y": 1}
    begun = time.process_time()
    assert same(tomli.loads(rewrite(text, old, new, _Free).decode()), new)
    assert time.process_time() - begun < 5


def test_a_broken_file_is_not_rewritten() -> None:
    with pytest.raises(Unreadable) as raised:
        render({"title": "x"}, b'title = "x\n', Entry)
    assert raised.value.problem.line == 1


def test_what_cannot_be_laid_out_is_refused_in_words() -> None:
    # The text does not hold what it is said to hold, so no change of it can come out right.
    with pytest.raises(SaveFailed) as raised:
        rewrite("a = 1\n", {"a": 2}, {"a": 2, "b": 3}, _Free)
    assert "元のまま" in raised.value.message
    assert "整形" in raised.value.cure


@pytest.mark.parametrize("model", [Entry, Inquiry, Meeting, Area, Department], ids=lambda model: model.KIND)
@given(data=st.data())
@settings(max_examples=EXAMPLES, deadline=None)
def test_records_written_by_hand_are_saved_as_meant(model: type[Record], data: st.DataObject) -> None:
    plain, new = data.draw(plain_records(model, NARROW)), data.draw(plain_records(model, NARROW))
    text = data.draw(written_by_hand(plain))
    result = render(new, text.encode(), model)
    assert model.model_validate(parse(result)) == model.model_validate(new)


@pytest.mark.parametrize("model", [Entry, Inquiry, Meeting, Area, Department], ids=lambda model: model.KIND)
@given(data=st.data())
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_changed_note_keeps_every_other_line(model: type[Record], data: st.DataObject) -> None:
    plain = data.draw(plain_records(model, NARROW)) | {"note": "旧"}
    text = data.draw(written_by_hand(plain))
    if dumps(to_plain(model.model_validate(plain))).decode() == text:
        return
    result = render(to_plain(model.model_validate(plain).but(note="新")), text.encode(), model).decode()
    assert result.replace('note = "新"', 'note = "旧"').rstrip("\n") == text.rstrip("\n")
