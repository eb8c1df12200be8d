"""No store yet: three questions that make one, or the sample; a store that was named opens on the 一覧表."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.conftest import Open
from tests.acceptance.seen import CTRL_Q, CTRL_S, DOWN, ENTER, TAB
from tests.conftest import Git, Program


def test_three_questions_make_a_store(open_terminal: Open, tmp_path: Path, git: Git, program: Program) -> None:
    terminal = open_terminal()
    for question in ("1　市町村名", "2　カテゴリーの型", "3　保存する場所"):
        terminal.wait_for(question)
    terminal.type("さくら市")
    terminal.wait_for("さくら市")
    terminal.type(TAB + DOWN + CTRL_S)
    terminal.wait_without("3　保存する場所")
    terminal.wait_for("一覧表")
    terminal.type(CTRL_Q)
    assert terminal.wait_end() == 0
    root = tmp_path / "kyoju"
    assert 'municipality = "さくら市"' in (root / "store.toml").read_text(encoding="utf-8")
    assert git(root, "status", "--porcelain") == ""
    # The second row of types is handbook-5.
    finished = program("--store", root, "list", "category")
    assert "カテゴリー 5件" in finished.stdout


def test_or_the_sample(open_terminal: Open, home: Path, git: Git) -> None:
    terminal = open_terminal()
    terminal.wait_for("見本で試す")
    terminal.type(TAB * 4 + ENTER)
    terminal.wait_for("記入なし")
    made = [path.parent for path in (home / ".local").rglob("store.toml")]
    assert len(made) == 1
    assert git(made[0], "status", "--porcelain") == ""


def test_a_store_that_is_named_opens_with_its_gaps_in_sight(store: Path, open_terminal: Open) -> None:
    terminal = open_terminal("--store", store)
    terminal.wait_for("住まい｜")
    lines = terminal.text.split("\n")
    assert lines[0].lstrip().startswith("一覧表")
    assert "記入なし9" in lines[0]
    # The word itself stands in cells, whatever colours there are.
    assert any("記入なし" in line for line in lines[2:20])
