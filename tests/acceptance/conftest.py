"""What is shown on: the handbook's example typed in, the sample with its history, the program on a terminal."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from kyoju_tui.cli.main import main
from tests.conftest import STAFF, TODAY, Program
from tests.terminal.terminal import Terminal

Open = Callable[..., Terminal]

DEPARTMENTS = ("住宅課", "高齢福祉課", "子育て支援課", "市民課", "商工課", "環境課")
# T = an initiative, I = an issue, in the order of the departments.
GOLDEN = {
    "高齢者": "I TI - TI I -",
    "子育て": "I - TI - - -",
    "住まい": "TI TI I I - TI",
    "商店街": "- - - - TI -",
    "住民活動": "- I TI TI - TI",
}


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where stores that were made once wait to be copied."""
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture
def golden(shelf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The handbook's example, every record of it entered by `new`."""
    made = shelf / "golden"
    if not made.exists():
        type_in(made)
        capsys.readouterr()
    return Path(shutil.copytree(made, tmp_path / "golden"))


@pytest.fixture
def store(shelf: Path, tmp_path: Path, program: Program) -> Path:
    """The sample as `demo` makes it, a git store with a history of some weeks."""
    made = shelf / "sample"
    if not made.exists():
        finished = program("demo", made, "--no-open")
        assert finished.returncode == 0, finished.stderr
    return Path(shutil.copytree(made, tmp_path / "sample"))


@pytest.fixture
def open_terminal(tmp_path: Path, home: Path) -> Iterator[Open]:
    """The program behind a terminal: `open_terminal("--store", path, columns=80, lines=24)`; ended with the test."""
    login = {"HOME": str(home), "PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    with ExitStack() as stack:

        def start(*arguments: str | Path, columns: int = 80, lines: int = 24, **more: str) -> Terminal:
            command = [sys.executable, "-m", "kyoju_tui", *(str(each) for each in arguments)]
            environ = login | {"KYOJU_TODAY": TODAY, "KYOJU_USER": STAFF} | more
            return stack.enter_context(Terminal(command, columns=columns, lines=lines, environ=environ, cwd=tmp_path))

        yield start


def type_in(root: Path) -> None:
    """The example by one command line after the other, in one process for speed."""

    def told(*arguments: str) -> None:
        assert main(["--as", STAFF, *arguments], no_screen, {**os.environ, "KYOJU_TODAY": TODAY}) == 0, arguments

    told("init", str(root), "--municipality", "試験市")
    before = ("--store", str(root), "new")
    for order, name in enumerate(GOLDEN):
        told(*before, "category", f"name={name}", "--id", f"c{order}", f"order={order}")
    for order, name in enumerate(DEPARTMENTS):
        told(*before, "department", f"name={name}", "--id", f"d{order}", f"order={order}")
    for row, line in enumerate(GOLDEN.values()):
        for column, marks in enumerate(line.split()):
            where = (f"categories=c{row}", f"department=d{column}")
            if "T" in marks:
                told(*before, "entry", "title=事業", "kind=取組", "status=取組中", *where)
            if "I" in marks:
                told(*before, "entry", "title=困りごと", "kind=課題", *where)


def no_screen(_store: Path | None, _author: str | None) -> int:
    raise AssertionError("no screen was asked for")
