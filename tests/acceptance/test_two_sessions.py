"""Others at work: what they save is on the screen within a second, and eight at once lose nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.acceptance.conftest import DEPARTMENTS, GOLDEN, Open
from tests.acceptance.seen import RIGHT, cells_seen, go_to, place
from tests.conftest import Git, Program

ROWS = tuple(GOLDEN)
WRITERS, SAVES = 8, 15


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (160, 45)])
def test_a_colleagues_save_is_seen_within_a_second(
    golden: Path, open_terminal: Open, program: Program, columns: int, lines: int
) -> None:
    here = ("住まい", "高齢福祉課")
    ref = initiative_of(golden, "d1", "c2")
    terminal = open_terminal("--store", golden, columns=columns, lines=lines)
    terminal.wait_for("記入なし14")
    go_to(terminal, *here, ROWS, DEPARTMENTS)
    terminal.wait_for("取組中　事業")
    assert cells_seen(terminal, ROWS, DEPARTMENTS)[here] == "取1 課1"

    finished = program("--as", "別の職員 <betsu@example.jp>", "--store", golden, "set", ref, "status=検討中")
    acknowledged = time.monotonic()
    assert finished.returncode == 0, finished.stderr
    terminal.wait_until(
        lambda: cells_seen(terminal, ROWS, DEPARTMENTS)[here] == "検1 課1", "the colleague's save", seconds=10
    )
    assert time.monotonic() - acknowledged < 1.0

    # The cursor is where it was, on the screen and for the next key.
    assert place(terminal) == here
    terminal.type(RIGHT)
    terminal.wait_until(lambda: place(terminal) == ("住まい", "子育て支援課"), "the cell to the right")


def initiative_of(root: Path, department: str, category: str) -> str:
    """The REF of the one initiative in a cell."""
    for path in (root / "entries" / department).iterdir():
        text = path.read_text(encoding="utf-8")
        if category in text and "取組中" in text:
            return f"entries/{department}/{path.stem}"
    raise AssertionError(f"no initiative in {category} × {department}")


# One process of its own for each writer, one command line after the other in it.
WRITER = """
import sys
from kyoju_tui.cli.main import main
root, ref, saves = sys.argv[1], sys.argv[2], int(sys.argv[3])
for number in range(1, saves + 1):
    line = ["--store", root, "--as", f"{ref[-5:]} <{ref[-5:]}@example.jp>", "set", ref, f"note={number}"]
    if main(line, lambda store, author: 9) != 0:
        sys.exit(1)
"""


@pytest.mark.heavy
def test_eight_writers_lose_nothing_and_take_nothing_along(store: Path, git: Git) -> None:
    refs = sorted(str(path.relative_to(store))[:-5] for path in (store / "entries/jutaku").glob("*.toml"))[:WRITERS]
    assert len(refs) == WRITERS
    before = git(store, "rev-parse", "HEAD").strip()
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(store), ref, str(SAVES)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for ref in refs
    ]
    for writer in writers:
        _, said = writer.communicate(timeout=120)
        assert writer.returncode == 0, said.decode()

    told = git(store, "log", "--reverse", "--format=%x00%an%x00%B%x00", "--name-only", f"{before}..HEAD").split("\0")
    commits = list(zip(told[1::3], told[2::3], told[3::3], strict=True))
    assert len(commits) == WRITERS * SAVES
    counted = dict.fromkeys(refs, 0)
    for author, message, files in commits:
        ref = next(each for each in refs if each.endswith(author))
        assert files.split() == [f"{ref}.toml"]
        assert f"Kyoju-Record: {ref}\n" in message
        # Each of a writer's saves is there, in its order, and shows the one before it.
        before_it = str(counted[ref]) if counted[ref] else "（なし）"
        counted[ref] += 1
        assert f"備考: {before_it} → {counted[ref]}" in message or f"備考: {before_it}→ {counted[ref]}" in message
    assert set(counted.values()) == {SAVES}
    for ref in refs:
        assert f'note = "{SAVES}"' in git(store, "show", f"HEAD:{ref}.toml")
    assert git(store, "status", "--porcelain") == ""
    git(store, "fsck", "--strict")
