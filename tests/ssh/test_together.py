"""Two logins at once into one store: each sees what the other records, and who has what open."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.ssh.conftest import Login
from tests.ssh.server import programs, wait_until

pytestmark = pytest.mark.walk

F4, CTRL_O, CTRL_S, CTRL_Q = "\x1bOS", "\x0f", "\x13", "\x11"
COLLEAGUE = "佐藤 次郎 <jiro@city.example.jp>"


def authors(store: Path) -> list[str]:
    log = ["git", "-C", str(store), "log", "-2", "--format=%an"]
    return subprocess.run(log, check=True, capture_output=True, text=True).stdout.splitlines()


def test_two_sessions_see_what_the_other_records(store: Path, login: Login) -> None:
    one, other = login(store, columns=160, lines=45), login(store, author=COLLEAGUE, columns=160, lines=45)
    for terminal in (one, other):
        terminal.wait_for("記入なし")
    for terminal, seer, title in ((one, other, "夜間の見守り"), (other, one, "買い物の送迎")):
        terminal.type(F4)
        terminal.wait_for("件名")
        terminal.type(title)
        terminal.wait_for(title)
        terminal.type(CTRL_S)
        terminal.wait_for(f"取組「{title}」を追加")
        # The matrix of the other one shows it without any key.
        seer.wait_for(title)
    assert authors(store) == ["佐藤 次郎", "山田 花子"]
    for terminal in (one, other):
        terminal.type(CTRL_O)
        terminal.wait_for("漢字・かな・ローマ字の一部")
        terminal.type("買い物の送迎")
        terminal.wait_for("取組・課題  買い物の送迎")
        terminal.type("\r")
        terminal.wait_for("取組・課題の編集")
    other.wait_for("山田 花子 さんも開いています")
    one.wait_for("佐藤 次郎 さんも開いています")
    for terminal in (one, other):
        terminal.type(CTRL_Q)
        assert terminal.wait_end() == 0
    wait_until(lambda: not programs(store), "both sessions end")
