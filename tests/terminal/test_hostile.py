"""Nothing in a store steers the terminal: no escape sequence, no clipboard, no markup, no turned line."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.terminal.conftest import Open
from tests.terminal.terminal import Terminal

CTRL_O, CTRL_P, CTRL_Q = "\x0f", "\x10", "\x11"
ESCAPED = r"\u001b]52;c;SE9TVElMRQ==\u0007\u009b31m\u202e\u2066[/][b]\u001b[2J"
# As bytes: OSC 52, C1's CSI in UTF-8, right-to-left override, isolate, and a cleared screen in the middle of a run.
NEVER = (b"\x1b]52", b"\xc2\x9b", "\u202e".encode(), "\u2066".encode(), b"SE9TVElMRQ==\x07")


def commit(store: Path) -> None:
    """Record what lies there, as a colleague's git would."""
    git = ["git", "-C", str(store), "-c", "user.name=a", "-c", "user.email=a@example.jp"]
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-qm", "x"], check=True)


def visit_everything(terminal: Terminal) -> None:
    """Go through the screens, the palette and the search for records."""
    terminal.wait_for("一覧表")
    for query in ("ronten", "torikumi", "kaigi", "busho", "ichiran"):
        terminal.type(CTRL_O)
        terminal.wait_for("移動先をさがす")
        terminal.type(query)
        terminal.wait_for(query)
        terminal.type("\r")
        terminal.wait_without("移動先をさがす")
    terminal.type(CTRL_P)
    terminal.wait_for("命令・画面・記録をさがす")
    terminal.type("hostile")
    terminal.wait_for("hostile")
    terminal.type("\x1b")
    terminal.wait_without("命令・画面・記録をさがす")
    terminal.type(CTRL_Q)
    assert terminal.wait_end() == 0


def test_control_characters_in_records_never_reach_the_terminal(store: Path, open_terminal: Open) -> None:
    for ref, text in (
        ("entries/korei/hostile-1", f'title = "{ESCAPED}"\nkind = "課題"\ncategories = ["koreisha"]\n'),
        ("departments/hostile", f'name = "課{ESCAPED}"\n'),
        ("categories/hostile", f'name = "分野"\nextra = "{ESCAPED}"\n'),
        ("meetings/hostile", f'title = "会議"\nkind = "{ESCAPED}"\n'),
    ):
        path = store / f"{ref}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (store / "entries" / "korei" / "x\x1b]52;c;SE9TVElMRQ==\x07.toml").write_text('title = "a"\n')
    commit(store)
    terminal = open_terminal(store, columns=160, lines=45)
    terminal.wait_for("読めない記録")
    visit_everything(terminal)
    for sequence in NEVER:
        assert sequence not in terminal.output, sequence
    assert b"Traceback" not in terminal.output


def test_markup_in_records_is_shown_as_it_is(store: Path, open_terminal: Open) -> None:
    (store / "entries" / "korei" / "20261102-mrkup.toml").write_text(
        'title = "[/]見守り[b]hostile[/b][@click=app.quit]"\nkind = "課題"\ncategories = ["koreisha"]\n',
        encoding="utf-8",
    )
    (store / "departments" / "markup.toml").write_text('name = "[red]課[/]"\n', encoding="utf-8")
    commit(store)
    terminal = open_terminal(store, columns=160, lines=45)
    terminal.wait_for("[red]課[/]")
    terminal.type(CTRL_P)
    terminal.wait_for("命令・画面・記録をさがす")
    terminal.type("hostile")
    terminal.wait_for("[/]見守り[b]hostile[/b][@click=app.quit]")
    terminal.type("\x1b")
    terminal.wait_without("命令・画面・記録をさがす")
    visit_everything(terminal)
    assert b"Traceback" not in terminal.output
