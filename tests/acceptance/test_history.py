"""履歴 in a terminal, by keys alone: two moments compared, a field and a record brought back, undo, redo."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.conftest import Open
from tests.acceptance.seen import CTRL_Q, CTRL_S, ENTER, LEFT
from tests.conftest import STAFF, Git, Program
from tests.terminal.terminal import Terminal

COLLEAGUE = "佐藤 次郎 <jiro@example.jp>"
REF, TITLE = "entries/jutaku/20260728-0249q", "居住支援協議会の運営"
CTRL_E, CTRL_G, CTRL_O, CTRL_R, CTRL_Y, CTRL_Z, ESC, F3 = (
    "\x05",
    "\x07",
    "\x0f",
    "\x12",
    "\x19",
    "\x1a",
    "\x1b",
    "\x1bOR",
)


def unnamed_group(store: Path) -> Path:
    """A group that no other record refers to."""
    texts = "".join(path.read_text(encoding="utf-8") for path in store.rglob("*.toml"))
    return next(path for path in sorted((store / "groups").glob("*.toml")) if path.stem not in texts)


def count(git: Git, store: Path) -> int:
    """How many commits there are."""
    return int(git(store, "rev-list", "--count", "HEAD"))


def recorded(terminal: Terminal, git: Git, store: Path, before: int) -> None:
    """One commit more, acknowledged."""
    terminal.wait_until(lambda: count(git, store) == before + 1, "the commit")
    terminal.wait_for("記録しました")


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (160, 45)])
def test_what_changed_since_a_meeting_is_found_and_brought_back(
    store: Path, open_terminal: Open, program: Program, git: Git, columns: int, lines: int
) -> None:
    group = unnamed_group(store)
    gone = f"groups/{group.stem}"
    name = next(line for line in group.read_text(encoding="utf-8").split("\n") if line.startswith("name")).split('"')[1]
    content = group.read_bytes()
    outline = git(store, "show", f"HEAD:{REF}.toml")
    for arguments in (
        ("set", REF, "outline=だれかが書き換えた概要。", "note=だれかの備考"),
        ("rm", gone, "--force"),
    ):
        assert program("--as", COLLEAGUE, "--store", store, *arguments).returncode == 0
    commits = count(git, store)

    terminal = open_terminal("--store", store, columns=columns, lines=lines)
    terminal.wait_for("記入なし9")
    terminal.type(f"{CTRL_O}")
    terminal.wait_for("移動先をさがす")
    terminal.type("履歴")
    terminal.wait_for("画面  履歴")
    terminal.type(ENTER)
    terminal.wait_for("前回の会議（庁内連携会議）のあと")
    terminal.wait_for("佐藤 次郎")

    # 第1回意見交換会 → 今
    terminal.type(CTRL_G)
    terminal.wait_for("始まりの時点を選ぶ")
    terminal.wait_for("日付を入れる")
    terminal.type("第1回意見交換会")
    terminal.wait_without("日付を入れる")
    terminal.type(ENTER)
    terminal.wait_for("終わりの時点を選ぶ")
    terminal.wait_for("日付を入れる")
    terminal.type(ENTER)
    terminal.wait_for("2つの時点の比較")
    terminal.wait_for("第1回意見交換会 → 今")
    terminal.wait_for("Enter 開く")
    terminal.type(F3)
    terminal.wait_without("Enter 開く")
    terminal.type(TITLE)
    terminal.wait_until(lambda: "2つの時点の比較　1件" in terminal.text, "the record")
    terminal.type(ENTER)
    terminal.wait_for("後：【だれかが書き換えた")

    # One field of it as it was, the other stays.
    terminal.type(CTRL_R)
    terminal.wait_for("戻すところを選ぶ")
    terminal.wait_for("記録の全体")
    terminal.type("概要")
    terminal.wait_without("記録の全体")
    terminal.type(ENTER)
    terminal.wait_for("まだ何も記録していません")
    assert count(git, store) == commits
    terminal.type(CTRL_S)
    recorded(terminal, git, store, commits)
    now = git(store, "show", f"HEAD:{REF}.toml")
    kept = next(line for line in outline.split("\n") if line.startswith("outline"))
    assert kept in now and 'note = "だれかの備考"' in now
    assert git(store, "log", "-1", "--format=%an <%ae>%n%(trailers:key=Kyoju-Record,valueonly)").split("\n")[:2] == [
        STAFF,
        REF,
    ]

    # The deleted record, from the list of those that are gone.
    terminal.wait_for("2つの時点の比較")
    terminal.type(ESC)
    terminal.wait_until(lambda: f"2つの時点の比較　{1}件" not in terminal.text, "the search to end")
    terminal.type(ESC)
    terminal.wait_for("前回の会議")
    terminal.type(CTRL_E)
    terminal.wait_for("削除した記録　1件")
    terminal.wait_for(name[:10])
    terminal.type(CTRL_R)
    terminal.wait_for("もう一度加わります")
    terminal.type(CTRL_S)
    recorded(terminal, git, store, commits + 1)
    assert group.read_bytes() == content
    terminal.wait_for("削除した記録はありません")

    # Ctrl+Z names what it takes back; Ctrl+Y on 履歴 does it again.
    terminal.type(CTRL_Z)
    terminal.wait_for("自分の直前の記録を取り消しますか")
    terminal.wait_for("取り消す記録：団体「")
    terminal.type(LEFT)
    terminal.type(ENTER)
    recorded(terminal, git, store, commits + 2)
    assert not group.exists()
    terminal.wait_for("削除した記録　1件")
    terminal.type(ESC)
    terminal.wait_for("前回の会議")
    terminal.type(CTRL_Y)
    terminal.wait_for("取り消した記録をやり直します")
    terminal.type(CTRL_S)
    recorded(terminal, git, store, commits + 3)
    assert group.read_bytes() == content
    terminal.wait_for("やり直す：")

    listed = git(store, "log", "-4", "--format=%(trailers:key=Kyoju-Record,valueonly,separator=%x2C)").split()
    assert listed == [gone, gone, gone, REF]
    assert git(store, "status", "--porcelain") == ""
    git(store, "fsck", "--strict")
    terminal.type(CTRL_Q)
    assert terminal.wait_end() == 0
