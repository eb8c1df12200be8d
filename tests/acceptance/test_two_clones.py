"""Two offices, two clones, one bare repository: both record, one settles on the screen; git says that all is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.conftest import Open
from tests.acceptance.seen import CTRL_Q, CTRL_S, ENTER
from tests.conftest import STAFF, Git, Program
from tests.terminal.terminal import Terminal

CTRL_O, CTRL_R, ESCAPE = "\x0f", "\x12", "\x1b"
F3, F4 = "\x1bOR", "\x1bOS"
OTHER = "別の職員 <betsu@example.jp>"


@pytest.fixture
def bare(golden: Path, tmp_path: Path, git: Git) -> Path:
    """The bare repository, which begins with what the first office has."""
    folder = tmp_path / "town.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(golden), str(folder))
    git(golden, "remote", "add", "origin", str(folder))
    git(golden, "fetch", "--quiet", "origin")
    return folder


def open_sync(terminal: Terminal) -> None:
    """Go to 送受信 by its name."""
    terminal.wait_for("記入なし14")
    terminal.type(CTRL_O)
    terminal.wait_for("移動先をさがす")
    terminal.type("sojushin")
    terminal.wait_for("送受信")
    terminal.type(ENTER)
    terminal.wait_for("Ctrl+R 送受信")


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (160, 45)])
def test_two_offices_meet(
    golden: Path, bare: Path, tmp_path: Path, open_terminal: Open, program: Program, git: Git, columns: int, lines: int
) -> None:
    there = tmp_path / "there"
    git(tmp_path, "clone", "--quiet", str(bare), str(there))
    issue, initiative = entries(golden)
    # The other office is quicker: one field that both change, one record that only it changes.
    for line in ((issue, "title=あちらの題", "note=あちらの備考"), (initiative, "status=検討中")):
        finished = program("--as", OTHER, "--store", there, "set", *line)
        assert finished.returncode == 0, finished.stderr
    finished = program("--as", OTHER, "--store", there, "sync")
    assert finished.returncode == 0, finished.stderr
    finished = program("--store", golden, "set", issue, "title=こちらの題")
    assert finished.returncode == 0, finished.stderr

    with open_terminal("--store", golden, columns=columns, lines=lines) as terminal:
        open_sync(terminal)
        terminal.wait_for("送っていない記録が1件あります")
        terminal.type(CTRL_R)
        terminal.wait_for("食い違いが1件あります")
        assert "あちらの題" not in git(golden, "show", f"HEAD:{issue}.toml")
        terminal.type(ENTER)
        terminal.wait_for("あちらの題")
        terminal.wait_for("こちらの題")
        terminal.type(F4)
        terminal.wait_for("1/1 決めた")
        terminal.type(CTRL_S)
        terminal.wait_for("すべて決まりました")
        terminal.type(CTRL_Q)
        assert terminal.wait_end() == 0

    # The next day: what was decided is still decided.
    with open_terminal("--store", golden, columns=columns, lines=lines) as terminal:
        open_sync(terminal)
        terminal.wait_for("すべて決まりました")
        terminal.type(CTRL_R)
        terminal.wait_for("送受信が終わりました")
        terminal.wait_for("送信待ち 0")
        terminal.type(CTRL_Q)
        assert terminal.wait_end() == 0

    finished = program("--store", there, "--as", OTHER, "sync")
    assert finished.returncode == 0, finished.stderr
    heads = {git(each, "rev-parse", "main").strip() for each in (golden, there, bare)}
    assert len(heads) == 1
    for each in (golden, there):
        assert git(each, "status", "--porcelain") == ""
        git(each, "fsck", "--strict")
    # Nobody's commit is lost, and the one that joins both has two parents and the author who settled it.
    assert len(git(bare, "log", "-1", "--format=%P", "main").split()) == 2
    assert git(bare, "log", "-1", "--format=%an <%ae>", "main").strip() == STAFF
    settled = git(bare, "show", f"main:{issue}.toml")
    assert 'title = "あちらの題"' in settled and 'note = "あちらの備考"' in settled
    assert 'status = "検討中"' in git(bare, "show", f"main:{initiative}.toml")
    assert issue in git(bare, "log", "-1", "--format=%(trailers:key=Kyoju-Record)", "main")


def entries(root: Path) -> tuple[str, str]:
    """REFs of an issue and of an initiative."""
    found = sorted((root / "entries" / "d0").iterdir())
    texts = {f"entries/d0/{path.stem}": path.read_text(encoding="utf-8") for path in found}
    issue = next(ref for ref, text in texts.items() if "課題" in text)
    return issue, next(ref for ref, text in texts.items() if "取組中" in text)
