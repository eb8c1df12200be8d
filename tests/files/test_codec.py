"""Records to bytes and back, and what is said of files that are wrong."""

from __future__ import annotations

import tomllib
import unicodedata
from datetime import date
from typing import cast

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from kyoju_tui.files.canonical import is_tables
from kyoju_tui.files.codec import Unreadable, canonical, dumps, is_canonical, parse, read_record, render
from kyoju_tui.files.reading import RECORD_LIMIT
from kyoju_tui.records.base import Record
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.kinds import KINDS
from kyoju_tui.records.matching import same
from kyoju_tui.records.plain import Plain, to_plain, without_empty
from kyoju_tui.records.problems import Problem
from kyoju_tui.records.text import FORBIDDEN
from tests.files.documents import plains
from tests.records.strategies import EXAMPLES, plain_records

GOOD = 'title = "見守り訪問"\nkind = "取組"\nstatus = "取組中"\ncategories = [\n    "korei",\n]\n'
MODELS = [kind.model for kind in KINDS.values()]


@given(plains())
@settings(max_examples=EXAMPLES * 5, deadline=None)
def test_what_is_written_reads_back_exactly(plain: Plain) -> None:
    text = dumps(plain).decode()
    assert same(tomli.loads(text), without_empty(plain))
    assert same(tomli.loads(text), tomllib.loads(text))
    assert dumps(cast("Plain", tomli.loads(text))).decode() == text


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.KIND)
@given(data=st.data())
@settings(max_examples=max(EXAMPLES // 6, 10), deadline=None)
def test_every_kind_survives_its_file(model: type[Record], data: st.DataObject) -> None:
    record = model.model_validate(data.draw(plain_records(model)))
    written = dumps(to_plain(record))
    read = read_record(written, "x.toml", model)
    assert read.record == record
    assert read.problems == ()
    assert dumps(to_plain(record)) == written
    assert same(tomllib.loads(written.decode()), read.plain)
    assert is_canonical(written, "x.toml", model)
    assert render(to_plain(record), written, model) == written


@given(plains(), st.sampled_from(["title", "zz"]), st.sampled_from(["新", "二\n行", 1]))
@settings(max_examples=EXAMPLES, deadline=None)
def test_one_changed_value_is_one_place_in_the_file(plain: Plain, key: str, value: object) -> None:
    before = without_empty(plain) | {key: "旧"}
    old = dumps(before).decode().split("\n")
    new = dumps(before | {key: value}).decode().split("\n")
    head = next(index for index, (one, other) in enumerate(zip(old, new, strict=False)) if one != other)
    assert old[head].startswith(f"{key} = ")
    assert old[head + 1 :] == new[len(new) - len(old) + head + 1 :]


def test_canonical_form_is_as_documented() -> None:
    plain: Plain = {
        "title": "照会",
        "purpose": '一行目\n\t"""二行目"""\\',
        "categories": ["korei", "kosodate"],
        "targets": [
            {"department": "jutaku", "receipts": [{"version": 1, "on": date(2026, 11, 23)}]},
            {"department": "korei", "checking": True},
        ],
        "empty": "",
        "none": [],
        "note": "備考",
    }
    assert dumps(plain).decode() == (
        'title = "照会"\npurpose = """\n一行目\n\t\\"\\"\\"二行目\\"\\"\\"\\\\"""\n'
        'categories = [\n    "korei",\n    "kosodate",\n]\nnote = "備考"\n'
        '\n[[targets]]\ndepartment = "jutaku"\n'
        "\n[[targets.receipts]]\nversion = 1\non = 2026-11-23\n"
        '\n[[targets]]\ndepartment = "korei"\nchecking = true\n'
    )
    assert isinstance(Inquiry.model_validate(parse(dumps(plain))), Inquiry)


def test_a_list_of_tables_never_turns_over() -> None:
    short = dumps({"x": [{"a": 1}]}).decode()
    long = dumps({"x": [{"a": 1}, {"a": "長" * 200}]}).decode()
    assert long.startswith(short)
    assert is_tables([{"a": 1}])


def _problems(data: bytes | str, model: type[Record] = Entry) -> tuple[Problem, ...]:
    return read_record(data if isinstance(data, bytes) else data.encode(), "e.toml", model).problems


@pytest.mark.parametrize(
    ("data", "code", "line", "column", "words"),
    [
        (b"x" * (RECORD_LIMIT + 1), "K105", 1, 1, "大きすぎる"),
        ('a = 1\nb = "見守り"\n'.encode("cp932"), "K102", 2, 6, "CP932"),
        ("a = 1\n".encode("utf-16"), "K102", 1, 1, "UTF-16"),
        ('a = "あ'.encode() + b'\xff\xff\xff"\n', "K102", 1, 7, "UTF-8として"),
        ('a = 1\nb = "あ\x1b[31m"\n', "K204", 2, 7, "U+001B"),
        ("a = 1\rb = 2\n", "K204", 1, 6, "U+000D"),
        ("a = 1\nb = 2\x00\n", "K204", 2, 6, "U+0000"),
        ("a = 1\n" + ".".join("b" * 9) + " = 1\n", "K109", 2, 1, "深すぎる"),
        ("[" + ".".join("b" * 9) + "]\n", "K109", 1, 2, "深すぎる"),
        ("x = { " + " . ".join(["'b'"] * 9) + " = 1 }\n", "K109", 1, 7, "深すぎる"),
        ("x = " + "{a=" * 9 + "1" + "}" * 9 + "\n", "K109", 1, 1, "深すぎる"),
        ("a = 1\nx = " + "[" * 300 + "]" * 300 + "\n", "K109", 2, 21, "深すぎる"),
        ("a = 1\nx = " + "[" * 100_000 + "]" * 100_000 + "\n", "K109", 2, 21, "深すぎる"),
        ("x = [1, nan]\n", "K201", 1, 9, "nan"),
        ("[a]\nx = -inf\n", "K201", 2, 1, "inf"),
        ("x = 9223372036854775808\n", "K201", 1, 1, "大きすぎ"),
        ("a = 1\n# " + "\u0301\u0327" * 40_000 + "\n", "K201", 2, 35, "重なりすぎ"),
        ('a = 1\nb = "見守り\n', "K101", 2, 9, "閉じていません"),
        ('a = 1\nb = """見守り\n', "K101", 3, 1, "閉じていません"),
        ("a = 1\na = 2\n", "K101", 2, 6, "2回"),
        ("[a]\n[a]\n", "K101", 2, 3, "2回"),
        ("a 1\n", "K101", 1, 3, "= がありません"),
        ("a = 見守り\n", "K101", 1, 5, "値として"),
        ("a = 2026-02-30\n", "K101", 1, 5, "日付"),
        ("a = [1, 2\nb = 3\n", "K101", 2, 1, "並びが ]"),
        ("見守り = 1\n", "K101", 1, 1, "読めません"),
        ('a = "x" "y"\n', "K101", 1, 9, "余分"),
        ('a = "\\w"\n', "K101", 1, 8, "\\"),
        ("[a\nb = 1\n", "K101", 1, 3, "]"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read(data: bytes | str, code: str, line: int, column: int, words: str) -> None:
    (problem,) = _problems(data)
    assert (problem.code, problem.line, problem.column) == (code, line, column)
    assert words in problem.message
    assert problem.cure
    assert problem.message.endswith(("。", "）"))


@pytest.mark.parametrize(("data", "code"), [(b"\xff", "K102"), (b"a = 1\na = 2", "K101"), (b"a = nan", "K201")])
def test_parsing_alone_refuses_with_the_same_problem(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as raised:
        parse(data, "e.toml")
    assert raised.value.problem.code == code
    assert raised.value.problem == _problems(data)[0]
    assert raised.value.message == raised.value.problem.message


def test_dots_in_text_are_no_deep_keys() -> None:
    text = f'{GOOD}outline = """\n1.2.3.4.5.6.7.8.9.10 と ........ = 1\n"""\n'
    assert _problems(text) == ()
    assert _problems(f'{GOOD}x = "........."\n')[0].code == "K203"


def test_a_long_dotted_key_costs_nothing() -> None:
    data = (".".join(["a"] * 100_000) + " = 1\n").encode()
    assert _problems(data)[0].code == "K109"


def test_byte_order_mark_and_crlf_are_noted_and_read_over() -> None:
    read = read_record(("\ufeff" + GOOD.replace("\n", "\r\n")).encode(), "e.toml", Entry)
    assert read.record is not None
    assert read.record.heading == "見守り訪問"
    assert [(problem.code, problem.line) for problem in read.problems] == [("K103", 1), ("K104", 1)]


@pytest.mark.parametrize(
    ("old", "new", "added", "code", "line", "words"),
    [
        ('title = "見守り訪問"\n', "", '', "K202", 1, "件名（title）：必須"),
        ('', '', "[[results]]\ntext = 'x'\n", "K202", 7, "年度（results.0.fiscal_year）"),
        ("取組中", "実施中", '', "K201", 3, "取組中"),
        ("korei", "高齢", '', "K201", 5, "id「高齢」"),
        ('', '', 'note = "\\u202e"\n', "K204", 7, "U+202E"),
        ('', '', f'section = "{"長" * 301}"\n', "K205", 7, "300文字"),
        ('status = "取組中"\n', "", '', "K207", 1, "状況"),
        ('', '', "results = 5\n", "K201", 7, "並び"),
        ('', '', "[[results]]\nfiscal_year = '2026'\n", "K201", 8, "整数"),
        ('', '', "[source]\nmeeting = 'A'\n", "K201", 8, "会議（source.meeting）"),
        ('', '', 'titel = "x"\n', "K203", 7, "titel"),
        ('', '', "[[results]]\nfiscal_year = 2026\nyear.x = 1\n", "K203", 9, "results.0.year"),
        ('', '', 'extra = "\\u001b[31m"\n', "K204", 7, "extra"),
        ('', '', '"\\u001b" = [{ "b" = "\\u009b" }]\n', "K204", 7, "制御文字"),
    ],
)  # fmt: skip
def test_a_record_that_is_wrong(old: str, new: str, added: str, code: str, line: int, words: str) -> None:
    found = [problem for problem in _problems(GOOD.replace(old, new) + added) if problem.code == code]
    assert found
    assert found[0].line == line
    assert words in found[0].message
    assert found[0].cure


def test_unknown_keys_are_kept_unless_they_hide_control_codes() -> None:
    assert read_record(f'{GOOD}extra = "x"\n'.encode(), "e.toml", Entry).record is not None
    assert read_record(f'{GOOD}extra = {{ a = ["\\u001b"] }}\n'.encode(), "e.toml", Entry).record is None


def test_decomposed_text_is_a_warning_with_its_line() -> None:
    text = GOOD.replace("見守り訪問", unicodedata.normalize("NFD", "がんばる"))
    (problem,) = _problems(text)
    assert (problem.code, problem.line, problem.severity) == ("K206", 1, "warning")


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
@settings(max_examples=EXAMPLES * 5, deadline=None)
def test_any_bytes_are_read_or_refused_in_words(data: bytes) -> None:
    read = read_record(data, "e.toml", Entry)
    assert read.record is not None or read.problems
    for problem in read.problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert FORBIDDEN.search(problem.message) is None
        assert "\n" not in problem.message


def test_formatting_without_comments_is_canonical() -> None:
    text = 'kind="課題"\ncategories=["korei"]\ntitle="見守り"\ndisclosure="庁内限り"\n'
    expected = b'title = "\xe8\xa6\x8b\xe5\xae\x88\xe3\x82\x8a"'
    result = canonical(text.encode(), "e.toml", Entry)
    assert result.startswith(expected)
    assert b"disclosure" not in result
    assert not is_canonical(text.encode(), "e.toml", Entry)
    assert is_canonical(result, "e.toml", Entry)


def test_formatting_with_comments_leaves_the_order_alone() -> None:
    decomposed = unicodedata.normalize("NFD", "が")
    text = f'\ufeff# 注 {decomposed}\r\nkind = "課題"\r\ncategories=["korei"]\r\ntitle="{decomposed}"\r\n'
    result = canonical(text.encode(), "e.toml", Entry).decode()
    assert result == '# 注 が\nkind = "課題"\ncategories=["korei"]\ntitle="が"\n'
    assert is_canonical(result.encode(), "e.toml", Entry)


def test_formatting_refuses_what_it_cannot_read() -> None:
    with pytest.raises(Unreadable) as raised:
        canonical(b"title = 1\n", "e.toml", Entry)
    assert raised.value.problem.code in ("K201", "K202")
