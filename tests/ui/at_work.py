"""Working on the data screens as people do: wait until something shows, open a screen, record beside the app."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from textual.pilot import Pilot
from textual.screen import ModalScreen

from kyoju_tui.records.base import Record
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.workspace.requests import Put
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.screen_text import screen_text

FOLDER = Path(__file__).parent / "screens"
COLLEAGUE = "佐藤 次郎 <jiro@city.example.jp>"
# Who changed a cell last is told with the day of the test run.
_DATED = re.compile(r"最終更新：\S+(　\S+ ?\S*)?")
# 履歴 tells when this very run made the store; hours are those of the machine's time zone.
_TIMED = re.compile(r"\d\d:\d\d")
_THIS_RUN = re.compile(r"令和\d+年\d+月\d+日(\(.\))? *(?=--:--)")


async def until(pilot: Pilot[None], holds: Callable[[], object], seconds: float = 20) -> None:
    """Let the app work until something holds; fails with what the screen shows."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"never came to hold; the screen shows\n{screen_text(pilot.app)}"
        await pilot.pause(0.02)


async def until_shown(pilot: Pilot[None], text: str, seconds: float = 20) -> None:
    """Let the app work until the screen shows a text."""
    await until(pilot, lambda: text in screen_text(pilot.app), seconds)


async def at_rest(pilot: Pilot[None]) -> None:
    """Let workers finish, or ask, and the screen be drawn."""
    await pilot.pause()
    app, end = pilot.app, time.monotonic() + 20
    # A worker that asks something ends only with the answer.
    while not isinstance(app.screen, ModalScreen) and any(not worker.is_finished for worker in app.workers):
        assert time.monotonic() < end, f"work never came to an end; the screen shows\n{screen_text(app)}"
        await pilot.pause(0.01)
    await pilot.pause()


async def opened(pilot: Pilot[None], app: KyojuApp, name: str, **context: object) -> KyojuScreen:
    """A screen of the register, open and at rest."""
    await at_rest(pilot)
    app.open_screen(name, **context)
    await at_rest(pilot)
    screen = app.screen
    assert isinstance(screen, KyojuScreen)
    return screen


def record(workspace: Workspace, records: Mapping[str, Record | Mapping[str, object]]) -> None:
    """Record these by REF, as one save."""
    puts: list[Put] = []
    for ref, each in records.items():
        made = each if isinstance(each, Record) else kind_of(ref).model.model_validate(each)
        puts.append(Put(Ref(ref), made, workspace.base(ref)))
    workspace.batch(puts, action="update").result(timeout=60)


def colleague_sets(store: Path, ref: str, *assignments: str) -> None:
    """Another process records."""
    subprocess.run(
        [sys.executable, "-m", "kyoju_tui", "--store", str(store), "--as", COLLEAGUE, "set", ref, *assignments],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONUTF8": "1"},
        timeout=60,
    )


def last_message(store: Path) -> str:
    """The newest commit's message."""
    command = ["git", "-C", str(store), "log", "-1", "--format=%B"]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def keys_of(text: str) -> list[str]:
    """The keys that type a text."""
    return ["space" if character == " " else character for character in text]


def same_screen(app: KyojuApp, name: str) -> None:
    """The screen is as its text snapshot has it; `RENEW_SCREENS=1` writes a new one."""
    shown = _DATED.sub("最終更新：…", screen_text(app)) + "\n"
    if "/history-" in name:
        shown = _TIMED.sub("--:--", shown)
        shown = _THIS_RUN.sub("…", shown) if "empty" in name else shown
    file = FOLDER / f"{name}.txt"
    if os.environ.get("RENEW_SCREENS"):
        file.write_text(shown, encoding="utf-8")
    assert file.exists(), f"no snapshot {file.name}; the screen shows\n{shown}"
    assert shown == file.read_text(encoding="utf-8"), shown
