"""A gap of the sample, filled in a terminal: the cell changes at once, and git tells it in plain Japanese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.acceptance.conftest import Open
from tests.acceptance.seen import CTRL_Q, CTRL_S, F4, cells_seen, place
from tests.conftest import STAFF, Git

TITLE = "商店街の上の階を住まいにする相談会"
MESSAGE = f"""取組「{TITLE}」を追加（商工観光課?・住まい）

Kyoju-Record: (entries/shoko/20261123-[0-9a-hjkmnp-tv-z]{{5}})
Kyoju-Action: create
"""


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (160, 45)])
def test_a_gap_is_filled(store: Path, open_terminal: Open, git: Git, columns: int, lines: int) -> None:
    before = git(store, "rev-parse", "HEAD").strip()
    terminal = open_terminal("--store", store, columns=columns, lines=lines)
    here = ("住まい", "商工観光課")
    terminal.wait_until(lambda: place(terminal) == here, "the cursor on the gap")
    shown = ("住まい", "商工観光")
    terminal.wait_until(lambda: cells_seen(terminal, here[:1], shown[1:]).get(shown) == "記入なし", "the gap")
    assert "記入なし9" in terminal.text

    terminal.type(F4)
    terminal.wait_for("件名")
    terminal.type(TITLE)
    terminal.wait_for(TITLE[:8])
    terminal.type(CTRL_S)

    terminal.wait_for("記入なし8")
    terminal.wait_until(
        lambda: cells_seen(terminal, here[:1], shown[1:]).get(shown) == "取1", "the cell with its initiative"
    )
    terminal.wait_until(lambda: place(terminal) == here, "the cursor on the same cell")
    terminal.wait_for("記録しました")
    assert git(store, "rev-parse", "HEAD~1").strip() == before
    assert git(store, "log", "-1", "--format=%an <%ae>").strip() == STAFF
    message = git(store, "log", "-1", "--format=%B").rstrip() + "\n"
    told = re.fullmatch(MESSAGE, message)
    assert told is not None, message
    assert git(store, "show", "--format=", "--name-only", "HEAD").split() == [f"{told[1]}.toml"]
    assert f'title = "{TITLE}"' in git(store, "show", f"HEAD:{told[1]}.toml")
    assert git(store, "status", "--porcelain") == ""
    git(store, "fsck", "--strict")

    terminal.type(CTRL_Q)
    assert terminal.wait_end() == 0
    assert git(store, "status", "--porcelain", "--ignored") == ""
