"""However the program ends, the store is closed properly and what was typed is in a draft."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal.conftest import Open
from tests.terminal.terminal import Terminal
from tests.ui.small_store import AUTHOR

F4 = "\x1bOS"
CTRL_Q, CTRL_S = "\x11", "\x13"


def begin_an_entry(terminal: Terminal) -> None:
    """Open a new 取組・課題 from the matrix and type its name."""
    terminal.wait_for("記入なし")
    terminal.type(F4)
    terminal.wait_for("件名")
    terminal.type("配食サービス")
    terminal.wait_for("配食サービス")


def drafts(store: Path) -> list[str]:
    """The drafts beside the store's repository."""
    return [path.read_text() for path in (store / ".git").rglob("*.draft.toml")]


def clean(store: Path) -> bool:
    """Whether the working copy is as it was recorded, without any lock left."""
    status = subprocess.run(
        ["git", "-C", str(store), "status", "--porcelain"], capture_output=True, text=True, check=True
    ).stdout
    return not status and not list((store / ".git").glob("*.lock"))


def test_ctrl_q_ends_with_zero_and_gives_the_terminal_back(store: Path, open_terminal: Open) -> None:
    terminal = open_terminal(store)
    terminal.wait_for("記入なし")
    terminal.type(CTRL_Q)
    assert terminal.wait_end() == 0
    assert terminal.cursor_seen
    assert b"\x1b[?1049l" in terminal.output and b"Traceback" not in terminal.output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_keeps_what_was_typed(store: Path, open_terminal: Open, number: signal.Signals) -> None:
    terminal = open_terminal(store)
    begin_an_entry(terminal)
    os.kill(terminal.pid, number)
    assert terminal.wait_end() == 128 + number
    assert any("配食サービス" in draft for draft in drafts(store))
    assert clean(store)
    assert b"Traceback" not in terminal.output


def test_a_dropped_line_keeps_what_was_typed(store: Path, open_terminal: Open) -> None:
    terminal = open_terminal(store)
    begin_an_entry(terminal)
    terminal.hang_up()
    terminal.wait_gone()
    assert any("配食サービス" in draft for draft in drafts(store))
    assert clean(store)


def test_kill_9_costs_at_most_a_second_of_typing(store: Path, open_terminal: Open) -> None:
    terminal = open_terminal(store)
    begin_an_entry(terminal)
    # Typed on and on: the draft follows while no key waits.
    for character in "の見直し案":
        terminal.type(character)
        terminal.wait_for(f"サービス{'の見直し案'.partition(character)[0]}{character}")
    terminal.wait_until(lambda: any("の見直し案" in draft for draft in drafts(store)), "the draft", seconds=1.0)
    os.kill(terminal.pid, signal.SIGKILL)
    assert terminal.wait_end() == 128 + signal.SIGKILL
    assert clean(store)

    again = open_terminal(store)
    again.wait_for("記録していない下書きがあります")
    again.wait_for("の見直し案")


def test_a_small_form_over_a_list_is_kept_too_when_the_line_drops(store: Path, open_terminal: Open) -> None:
    terminal = open_terminal(store, columns=100, lines=30)
    terminal.wait_for("記入なし")
    terminal.type("\x0f")
    terminal.wait_for("漢字・かな・ローマ字の一部")
    terminal.type("nendo")
    terminal.wait_for("年度替わり")
    terminal.type("\r")
    terminal.wait_for("名称を変える")
    terminal.type("\r")
    terminal.wait_for("（Enterで選びます）")
    terminal.type("\t")
    # The line of the new name has the cursor: a department is chosen, not typed.
    terminal.wait_until(lambda: terminal.cursor_seen, "the cursor in the line")
    terminal.type("住まい課")
    terminal.wait_for("住まい課")
    terminal.hang_up()
    terminal.wait_gone()
    assert any("住まい課" in draft and "部署の改称" in draft for draft in drafts(store))


def test_what_was_typed_is_offered_at_the_next_start(store: Path, open_terminal: Open) -> None:
    terminal = open_terminal(store)
    begin_an_entry(terminal)
    os.kill(terminal.pid, signal.SIGTERM)
    terminal.wait_end()

    again = open_terminal(store)
    again.wait_for("記録していない下書きがあります")
    again.wait_for("続ける")
    again.type("\r")
    again.wait_for("下書きから続けています")
    again.wait_for("配食サービス")


def test_a_mistake_of_the_program_ends_in_words_and_keeps_what_was_typed(
    store: Path, environ: dict[str, str], tmp_path: Path
) -> None:
    # Ctrl+Y stands for whatever goes wrong one day: an action that raises.
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from kyoju_tui.ui.app import KyojuApp\n"
        "from kyoju_tui.ui.run import run\n"
        "from textual.binding import Binding\n"
        "def action_fail(self): raise ValueError('\\u5c71\\u7530')\n"
        "KyojuApp.action_fail = action_fail\n"
        "KyojuApp._merged_bindings.bind('ctrl+y', 'fail')\n"
        "sys.exit(run(Path(sys.argv[1]), sys.argv[2], os.environ))\n"
    )
    command = [sys.executable, "-c", program, str(store), AUTHOR]
    with Terminal(command, environ=environ, cwd=tmp_path) as terminal:
        begin_an_entry(terminal)
        terminal.type("\x19")
        assert terminal.wait_end() == 1
        shown = terminal.output.rpartition(b"\x1b[?1049l")[2].decode()
    assert "思いがけない誤り" in shown and "下書き" in shown
    assert "Traceback" not in shown and "山田" not in shown
    assert any("配食サービス" in draft for draft in drafts(store))
    assert list((tmp_path / "home").rglob("crash-*.txt"))
