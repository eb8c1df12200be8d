"""Terminals that draw ambiguous characters two cells wide are found out, and nothing ambiguous is drawn on them."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from tests.terminal.conftest import Open

F1, ESC = "\x1bOP", "\x1b"


def ambiguous(text: str) -> set[str]:
    """The characters of ambiguous width in a text."""
    return {letter for letter in text if unicodedata.east_asian_width(letter) == "A"}


def test_a_terminal_with_wide_marks_gets_the_plain_theme(store: Path, open_terminal: Open) -> None:
    terminal = open_terminal(store, ambiguous=2, columns=120, lines=30)
    terminal.wait_for("簡素な表示にしました")
    terminal.wait_for("記入なし")
    assert not ambiguous(terminal.text), terminal.text
    terminal.type(F1)
    terminal.wait_for("説明：一覧表")
    assert not ambiguous(terminal.text), terminal.text


def test_a_terminal_with_narrow_marks_is_not_told_anything(store: Path, open_terminal: Open) -> None:
    terminal = open_terminal(store, columns=120, lines=30)
    terminal.wait_for("記入なし")
    terminal.type(F1)
    terminal.wait_for("説明：一覧表")
    assert "簡素な表示" not in terminal.text
    assert "①" not in terminal.text, "the mark that is asked with is painted over"


def test_keys_typed_before_the_answer_are_not_lost(open_terminal: Open) -> None:
    terminal = open_terminal(None)
    terminal.type("さくら市")
    terminal.wait_for("市町村名")
    terminal.wait_for("さくら市")


def test_without_a_terminal_nothing_is_asked(store: Path, tmp_path: Path, environ: dict[str, str]) -> None:
    import subprocess

    from tests.terminal.terminal import kyoju_command

    finished = subprocess.run(
        kyoju_command(store), cwd=tmp_path, env=environ, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert finished.returncode == 2
    assert "端末で開いてください" in finished.stderr.decode()
    assert b"\x1b" not in finished.stdout + finished.stderr
