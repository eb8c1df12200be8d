"""In a town of 30 departments, 15 categories and 2,000 entries no key is answered later than 100 ms, on any screen.

A screen may take longer to open for the first time, and a single press may (the machine is shared): what counts is the
median of three presses, from the key's bytes to the last byte of what it changed. With `TIMES_FILE` the times are
written there. It measures, so it runs alone: `pytest -m timed -n 0`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Final

import pytest

from kyoju_tui.ui.screens import SCREENS
from tests.terminal.conftest import Open
from tests.terminal.large_store import TODAY, make_large_store
from tests.terminal.terminal import Terminal

# A machine that others use as well is given more time: `KEYS_SLACK=2` doubles every limit.
SLACK: Final = float(os.environ.get("KEYS_SLACK", "1"))
MOST, SINGLE, OPENING = 0.1 * SLACK, 0.25 * SLACK, 1.0 * SLACK
TIMES: Final = 3
# So long an Esc may be the beginning of another key; only then it is one (ESCDELAY, kyoju_tui.ui.run).
ESC_WAIT = 0.050
OPENED = 0.15  # what is computed beside the screen follows
ENTER, ESC, F3 = "\r", "\x1b", "\x1bOR"
MOVES: Final = {"down": "\x1b[B", "page-down": "\x1b[6~", "end": "\x1b[F", "home": "\x1b[H", "right": "\x1b[C"}
TYPING: Final = {"tab": "\t", "letter": "a"}
FORM, UNSAVED, IN_BOX = ("の編集", "を新しく記録"), "まだ記録されていません", "Esc：やめる"
CTRL: Final = {letter: chr(ord(letter) - 96) for letter in "abdefgklnorsuwy"}
# Screens of which F3 and letters narrow the list.
SEARCHED: Final = frozenset(SCREENS) - {
    "home", "policy", "matrix", "category-table", "causes", "framework", "integrated-care", "image-map", "april",
    "settings",
}  # fmt: skip
# Keys that show the same records in another way, and stay on the screen.
VIEWS: Final[Mapping[str, str]] = {
    "home": "l", "matrix": "le", "findings": "l", "areas": "l", "image-map": "l", "april": "l", "entries": "u",
}  # fmt: skip
# Keys besides Enter that open something of the screen's own, in which one moves as well.
DOORS: Final[Mapping[str, str]] = {
    "policy": "lg", "framework": "l", "datasets": "l", "meetings": "rae", "areas": "g", "surveys": "g",
    "departments": "g", "groups": "l", "entries": "lg", "image-map": "g", "causes": "rl", "matrix": "kyw",
    "integrated-care": "r", "actions": "l", "inquiries": "d",
}  # fmt: skip


@dataclass
class Measured:
    """The times of every key, by what was pressed where."""

    keys: dict[str, list[float]] = field(default_factory=dict[str, list[float]])
    openings: dict[str, float] = field(default_factory=dict[str, float])

    def add(self, name: str, time: float) -> None:
        """One press more."""
        self.keys.setdefault(name, []).append(time)

    def too_late(self) -> list[str]:
        """What was answered too late, in words."""
        slow = [
            f"{name}: {_ms(times)} ms"
            for name, times in self.keys.items()
            if max(times) > SINGLE or (len(times) >= TIMES and median(times) > MOST)
        ]
        return slow + [f"{name}: {_ms([time])} ms" for name, time in self.openings.items() if time > OPENING]


def _ms(times: list[float]) -> str:
    return " ".join(f"{time * 1000:.0f}" for time in times)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_large_store(tmp_path_factory.mktemp("large") / "store")


@pytest.mark.timed
def test_no_key_waits_longer_than_a_tenth_of_a_second(large: Path, open_terminal: Open) -> None:
    terminal = open_terminal(large, columns=140, lines=40, more={"KYOJU_TODAY": TODAY.isoformat()})
    terminal.wait_for("記入なし")
    measured = Measured()
    try:
        for number, name in enumerate(SCREENS):
            if number % 6 == 0:
                terminal.rest()
            _visit(terminal, name, measured)
    finally:
        told = os.environ.get("TIMES_FILE")
        if told:
            Path(told).write_text(json.dumps({"keys": measured.keys, "openings": measured.openings}), encoding="utf-8")
    assert b"Traceback" not in terminal.output
    assert not measured.too_late(), "\n".join(measured.too_late())


def _visit(terminal: Terminal, name: str, measured: Measured) -> None:
    """Go to a screen as a user does, and press what one presses there."""
    measured.openings[name] = _go(terminal, name)
    _press(terminal, name, MOVES, measured)
    if name in SEARCHED:
        for letter in "123":
            measured.add(f"{name} search", terminal.time_of(F3))
            measured.add(f"{name} search letter", terminal.time_of(letter))
            measured.add(f"{name} search over", _escape(terminal))
    _press(terminal, name, {f"ctrl+{letter}": CTRL[letter] for letter in VIEWS.get(name, "")}, measured)
    shown = _title(terminal)
    for door, key in _doors(name):
        inside = f"{name} {door}"
        before = terminal.text
        measured.openings[inside] = terminal.time_of(key, quiet=OPENED)
        if terminal.text == before:
            continue  # nothing to open here
        title = _title(terminal)
        typing = any(word in title for word in FORM)
        keys = TYPING if typing else {"page-down": MOVES["page-down"]}
        _press(terminal, inside, keys, measured)
        measured.add(f"{inside} esc", _escape(terminal))
        # Where something was typed or chosen, the first Esc is for that; the form then asks what is to become of it.
        for _ in range(4):
            if UNSAVED in terminal.text:
                terminal.time_of(MOVES["right"])
                terminal.time_of(ENTER)
            elif _title(terminal) != shown or IN_BOX in terminal.text:
                _escape(terminal)
        if _title(terminal) != shown:
            _go(terminal, name)


def _go(terminal: Terminal, name: str) -> float:
    """Go to a screen by its name; the seconds that it takes to open."""
    terminal.time_of(CTRL["o"])
    terminal.time_of(SCREENS[name].romaji)
    took = terminal.time_of(ENTER, quiet=OPENED)
    assert terminal.text.lstrip().startswith(SCREENS[name].label), f"{name} did not open:\n{terminal.text}"
    return took


def _escape(terminal: Terminal) -> float:
    """Press Esc; the seconds from when it is known to be one."""
    return max(0.0, terminal.time_of(ESC, quiet=3 * ESC_WAIT) - ESC_WAIT)


def _title(terminal: Terminal) -> str:
    """What the screen is called, without what it says beside."""
    return terminal.text.partition("\u3000")[0]


def _doors(name: str) -> Iterator[tuple[str, str]]:
    yield "enter", ENTER
    for letter in DOORS.get(name, ""):
        yield f"ctrl+{letter}", CTRL[letter]


def _press(terminal: Terminal, where: str, keys: Mapping[str, str], measured: Measured) -> None:
    for _ in range(TIMES):
        for name, key in keys.items():
            measured.add(f"{where} {name}", terminal.time_of(key))
