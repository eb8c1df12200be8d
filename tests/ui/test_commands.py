from __future__ import annotations

import re

import pytest

from kyoju_tui.ui.commands import COMMANDS, GLOBAL, Command, bindings, full_width, key_label
from kyoju_tui.ui.screens import SCREENS

# Keys that reach a program with the IME on, in every terminal that staff use.
# (Ctrl+H, I, J, M and [ are Backspace, Tab, Enter and Esc to a terminal.)
_KEY = re.compile(
    r"(ctrl\+[a-gkln-z]|f([1-5]|12)|enter|escape|tab|shift\+tab|delete|insert|(ctrl\+)?(up|down|left|right|home|end)|page(up|down)|)"
)
_CLIPBOARD = {"ctrl+c", "ctrl+x", "ctrl+v"}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.name)
def test_every_command_works_with_the_ime_on(command: Command) -> None:
    assert _KEY.fullmatch(command.key), command.key
    assert command.key not in _CLIPBOARD
    assert all(len(letter) == 1 and letter.isascii() for letter in command.aliases)


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.name)
def test_every_command_is_described_in_japanese(command: Command) -> None:
    assert command.label and command.help and command.group
    assert not re.search("[A-Za-z]{3,}", command.label)
    assert not command.help.endswith("。")


def test_letters_bring_their_full_width_forms() -> None:
    assert full_width("m") == "ｍ"
    assert full_width("/") == "／"
    assert {"e", "ｅ"} <= set(COMMANDS["edit"].keys)
    assert all(binding.id == "edit" for binding in bindings(("edit",)))


@pytest.mark.parametrize(
    "key,shown", [("ctrl+s", "Ctrl+S"), ("f2", "F2"), ("escape", "Esc"), ("shift+tab", "Shift+Tab"), ("f12", "F12")]
)
def test_keys_are_written_as_people_read_them(key: str, shown: str) -> None:
    assert key_label(key) == shown


def test_places_name_screens_that_exist() -> None:
    for command in COMMANDS.values():
        assert command.where <= {*SCREENS, "edit"}, command.name
    assert all(not COMMANDS[name].where for name in GLOBAL)
