"""A broken file in the user's own editor, from 点検 and back."""

from __future__ import annotations

from pathlib import Path

from tests.terminal.conftest import Open

CTRL_O, ENTER = "\x0f", "\r"
GOOD = 'title = "直した課題"\nkind = "課題"\ncategories = [\n    "sumai",\n]\n'


def test_a_broken_file_is_mended_in_the_editor_and_read_again(store: Path, open_terminal: Open, tmp_path: Path) -> None:
    broken = store / "entries/jutaku/20261101-bbbbb.toml"
    broken.write_text('title = "途中\n', encoding="utf-8")
    (tmp_path / "good").write_text(GOOD, encoding="utf-8")
    editor = tmp_path / "editor"
    # Waits for a key as an editor does, so that the terminal is seen to be its own.
    editor.write_text(f'#!/bin/sh\necho "EDITING $1"\nread line\ncp {tmp_path}/good "$1"\n', encoding="utf-8")
    editor.chmod(0o755)
    terminal = open_terminal(store, more={"EDITOR": str(editor)})
    terminal.wait_for("記入なし")
    terminal.type(CTRL_O)
    terminal.wait_for("漢字・かな")
    terminal.type("tenken")
    terminal.wait_for("直すところと、その直し方")
    terminal.type(ENTER)
    terminal.wait_for("文字列が")
    terminal.type(ENTER)
    terminal.wait_for("EDITING")
    terminal.type(ENTER)
    terminal.wait_for("直した課題")
    terminal.wait_for("まだ記録されていない変更")
    assert broken.read_text(encoding="utf-8") == GOOD
