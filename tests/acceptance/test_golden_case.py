"""The handbook's own example, typed in with `new`: its figures for programs, and the same words on the screen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import DEPARTMENTS, GOLDEN, Open
from tests.acceptance.seen import Cells, cells_seen, go_to
from tests.conftest import Git, Program

ROWS = tuple(GOLDEN)


def matrix_json(program: Program, root: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """The cells by the names of row and column."""
    finished = program("--store", root, "matrix", "--json")
    assert (finished.returncode, finished.stderr) == (0, "")
    told = json.loads(finished.stdout)
    rows, columns = ({each["id"]: each["name"] for each in told[axis]} for axis in ("categories", "departments"))
    return {(rows[cell["category"]], columns[cell["department"]]): cell for cell in told["cells"]}


def words(cell: dict[str, Any]) -> str:
    """How the screen says what a cell of `matrix --json` holds."""
    counts = cell["counts"]
    shorts = {"取組中": "取", "検討中": "検", "終了": "終", "課題": "課"}
    said = [f"{short}{counts[word]}" for word, short in shorts.items() if counts[word]]
    return " ".join(said) if cell["state"] == "記載あり" else cell["state"]


def test_the_figures_are_the_handbooks(program: Program, golden: Path, git: Git) -> None:
    cells = matrix_json(program, golden)
    marks = {
        place: ("T" if cell["counts"]["取組中"] else "") + ("I" if cell["counts"]["課題"] else "") or "-"
        for place, cell in cells.items()
    }
    assert {row: " ".join(marks[row, column] for column in DEPARTMENTS) for row in ROWS} == GOLDEN
    states = [cell["state"] for cell in cells.values()]
    assert (states.count("記載あり"), states.count("記入なし"), len(states)) == (16, 14, 30)
    with_initiative = {place for place, cell in cells.items() if cell["counts"]["取組中"]}
    issues_only = {place for place, cell in cells.items() if cell["counts"]["課題"]} - with_initiative
    assert (len(with_initiative), len(issues_only)) == (10, 6)
    rows = [sum(row == place[0] for place in with_initiative) for row in ROWS]
    assert (sum(count >= 2 for count in rows), rows.count(1)) == (3, 2)
    assert len(git(golden, "log", "--format=%H").split()) == 1 + len(ROWS) + len(DEPARTMENTS) + 26


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (160, 45)])
def test_the_screen_says_the_same(
    program: Program, golden: Path, open_terminal: Open, columns: int, lines: int
) -> None:
    wanted = {place: words(cell) for place, cell in matrix_json(program, golden).items()}
    terminal = open_terminal("--store", golden, columns=columns, lines=lines)
    terminal.wait_for("記入なし14")
    seen: Cells = {}
    for row in ROWS:
        # There and back again, so that every cell is under the cursor once.
        ends = DEPARTMENTS if ROWS.index(row) % 2 == 0 else DEPARTMENTS[::-1]
        for department in ends:
            go_to(terminal, row, department, ROWS, DEPARTMENTS)
            here = (row, department)
            terminal.wait_until(
                lambda here=here: cells_seen(terminal, ROWS, DEPARTMENTS).get(here) == wanted[here],
                f"{here} to say {wanted[here]}",
            )
            seen |= cells_seen(terminal, ROWS, DEPARTMENTS)
    assert seen == wanted
