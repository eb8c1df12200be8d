"""docs/handbook.md tells of every part of the handbook, and only of screens, keys, commands and tests that exist."""

from __future__ import annotations

import re
import shlex
from importlib import import_module
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from kyoju_tui.cli.main import COMMANDS as WORDS
from kyoju_tui.cli.parsing import Parser
from kyoju_tui.records.base import Part
from kyoju_tui.records.description import field_map
from kyoju_tui.records.kinds import kind_named, kind_of
from kyoju_tui.ui.commands import COMMANDS
from kyoju_tui.ui.screens import SCREENS

ROOT: Final = Path(__file__).parents[1]
TEXT: Final = (ROOT / "docs" / "handbook.md").read_text(encoding="utf-8")
TESTS: Final = ROOT / "tests" / "handbook"
_CODE: Final = re.compile(r"`([^`]+)`")


class Row(NamedTuple):
    """One line of the first table."""

    number: int
    part: str
    what: str
    screens: str
    keys: str
    commands: str
    test: str


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


ROWS: Final = [
    Row(int(first), *rest)
    for first, *rest in map(cells, (line for line in TEXT.splitlines() if re.match(r"\| \d+ \|", line)))
]
# The second table: what, screens, commands.
BESIDE: Final = [found for found in map(cells, TEXT.splitlines()) if len(found) == 3]
EXAMPLES: Final = sorted(
    {each for told in (*(row.commands for row in ROWS), *(last for *_, last in BESIDE)) for each in _CODE.findall(told)}
)


def by_number(row: Row) -> str:
    return f"h{row.number:02}"


def test_every_part_has_its_line() -> None:
    assert [row.number for row in ROWS] == list(range(1, 33))
    assert all(row.part and row.what for row in ROWS)


def test_every_screen_and_every_command_is_told() -> None:
    told = set(_CODE.findall(TEXT))
    assert SCREENS.keys() - told == set()
    assert WORDS.keys() - {example.split()[0] for example in EXAMPLES} == set()


@pytest.mark.parametrize("row", ROWS, ids=by_number)
def test_screens_keys_and_test_exist(row: Row) -> None:
    names = _CODE.findall(row.screens)
    assert names and row.screens == "、".join(f"{SCREENS[name].label} `{name}`" for name in names)
    pairs = re.findall(r"`([^`]+)` ([^、]+)", row.keys)
    assert pairs and row.keys == "、".join(f"`{key}` {label}" for key, label in pairs)
    for key, label in pairs:
        there = [each for each in COMMANDS.values() if each.key_label.split("・")[0] == key and each.label == label]
        assert there, f"no command is {key} {label}"
        assert any(not each.where or each.where & set(names) for each in there), (key, label)
    (test,) = _CODE.findall(row.test)
    assert test.startswith(f"test_h{row.number:02}_")
    assert f"def do_h{row.number:02}(work: Work)" in (TESTS / test).read_text(encoding="utf-8")


@pytest.mark.parametrize("example", EXAMPLES)
def test_command_lines_are_understood(example: str) -> None:
    word, *arguments = shlex.split(example)
    parser = Parser(word, WORDS[word].help)
    import_module(f"kyoju_tui.cli.commands.{WORDS[word].module}").add_arguments(parser)
    told = parser.parse_intermixed_args(arguments)
    if word == "new":
        known_fields(kind_named(told.kind).model, told.assignments, {"department"} if told.kind == "entry" else set())
    if word == "set":
        known_fields(kind_of(told.ref.lower()).model, told.assignments, set())


def known_fields(model: type[Part], assignments: list[str], beside: set[str]) -> None:
    """Every key is a field, every word of a fixed list is one of its choices."""
    for assignment in assignments:
        key, _, value = assignment.partition("=")
        key = key.rstrip(":").removesuffix("+").removesuffix("-")
        *outer, last = key.split(".")
        inner = model
        for name in outer:
            part = field_map(inner)[name].part
            assert part is not None, key
            inner = part
        field = field_map(inner).get(last)
        assert field is not None or key in beside, key
        if field is not None and field.choices:
            assert value in field.choices, assignment


def test_every_row_test_is_told() -> None:
    assert {path.name for path in TESTS.glob("test_h*.py")} == {
        name for row in ROWS for name in _CODE.findall(row.test)
    }
