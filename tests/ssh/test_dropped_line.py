"""The line drops in mid-edit: what was typed is offered at the next login, recorded from there, and nothing is left."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.ssh.conftest import Login
from tests.ssh.server import Server, programs, runs, wait_until
from tests.terminal.terminal import Terminal

pytestmark = pytest.mark.walk

F4, ENTER = "\x1bOS", "\r"
CTRL_S, CTRL_Q = "\x13", "\x11"
TYPED = "見守りを週に二回に増やす"


def git(store: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", str(store), *arguments], check=True, capture_output=True, text=True).stdout


def begin_an_entry(terminal: Terminal) -> None:
    """Open a new 取組・課題 from the matrix and type its name."""
    terminal.wait_for("記入なし")
    terminal.type(F4)
    terminal.wait_for("件名")
    terminal.type(TYPED)
    terminal.wait_for(TYPED)


def kept(store: Path) -> bool:
    return any(TYPED in path.read_text() for path in (store / ".git").rglob("*.draft.toml"))


def left_over(store: Path) -> list[Path]:
    """Locks, journals and marks of presence that a session which is gone has left."""
    inside = store / ".git"
    return [*inside.glob("*.lock"), *inside.rglob("*.journal.json"), *inside.rglob("*.presence.json")]


@pytest.mark.parametrize("dies", ["client", "session"])
def test_what_was_typed_when_the_line_dropped_is_recorded_after_the_next_login(
    store: Path, server: Server, login: Login, dies: str
) -> None:
    before = git(store, "rev-parse", "HEAD")
    first = login(store)
    begin_an_entry(first)
    # All that is a second old is in the draft: that is what a line may cost.
    wait_until(lambda: kept(store), "the draft", lambda: first.text, seconds=1.5)
    ours = programs(store)
    assert ours
    if dies == "client":
        os.kill(first.pid, signal.SIGKILL)
    else:
        for pid in server.sessions():
            os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not any(map(runs, ours)), "the first session ends", server.log)
    assert git(store, "rev-parse", "HEAD") == before
    assert git(store, "status", "--porcelain") == ""
    assert left_over(store) == []

    again = login(store)
    again.wait_for("下書き")
    again.wait_for("続ける")
    assert TYPED in again.text
    again.type(ENTER)
    again.wait_for("下書きから続けています")
    again.wait_for(TYPED)
    again.type(CTRL_S)
    again.wait_for("記録しました")
    assert TYPED in git(store, "log", "-1", "--format=%s")
    assert "山田 花子" in git(store, "log", "-1", "--format=%an")
    wait_until(lambda: not list((store / ".git").rglob("*.draft.toml")), "the draft is gone")
    again.type(CTRL_Q)
    assert again.wait_end() == 0
    wait_until(lambda: not programs(store), "the second session ends")
    assert left_over(store) == []
    git(store, "fsck", "--strict")
