"""Every command once: from this table come the bindings, the footer, the palette's rows, the help page, docs/keys.md.

One module per group of screens, each with its `COMMANDS`. They stand in the order in which the help and docs/keys.md
tell them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from textual.binding import Binding

from kyoju_tui.ui.commands import (
    areas,
    bringing,
    care,
    categories,
    causes,
    clash,
    collaborations,
    common,
    datasets,
    departments,
    edit,
    entries,
    existing,
    findings,
    framework,
    history,
    home,
    image_map,
    inquiry,
    matrix,
    meeting,
    papers,
    policy,
    problems,
    records,
    settings,
    sheet,
    surveys,
    sync,
    themes,
)
from kyoju_tui.ui.commands.command import Command, full_width, key_label

__all__ = ["COMMANDS", "GLOBAL", "Command", "bindings", "command_named", "full_width", "key_label"]

GLOBAL: Final = ("help", "palette", "goto", "undo", "sidebar", "quit")

_GROUPS: Final = (
    common,
    home,
    papers,
    matrix,
    entries,
    findings,
    inquiry,
    causes,
    policy,
    framework,
    care,
    records,
    meeting,
    collaborations,
    datasets,
    themes,
    surveys,
    areas,
    image_map,
    history,
    departments,
    categories,
    sync,
    settings,
    problems,
    sheet,
    edit,
    clash,
    bringing,
    existing,
)

COMMANDS: Final[Mapping[str, Command]] = {command.name: command for group in _GROUPS for command in group.COMMANDS}


def command_named(name: str) -> Command:
    """The command of this name; raises `KeyError` where the table has none (a mistake in the code)."""
    return COMMANDS[name]


def bindings(names: Iterable[str], prefix: str = "", *, priority: bool = False) -> list[Binding]:
    """Textual bindings for these commands, with their names as ids so that a key file can change them."""
    return [
        Binding(
            ",".join("comma" if key == "," else key for key in command.keys),
            prefix + command.action,
            command.label,
            show=command.rank > 0,
            id=command.name,
            priority=priority,
        )
        for command in map(command_named, names)
    ]
