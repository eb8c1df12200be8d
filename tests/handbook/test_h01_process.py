"""H 1: the map of the steps, computed from the records, and what to do next (handbook, all parts)."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.records.policy import Policy
from kyoju_tui.ui.screens.home import HomeScreen
from kyoju_tui.ui.widgets.story import Story
from kyoju_tui.ui.widgets.wide_table import WideTable
from tests.handbook.sheets import to_line
from tests.handbook.work import Work, at_work
from tests.ui.at_work import until


def line_of(work: Work, text: str) -> str:
    """The line of the screen that holds this text."""
    return next(line for line in work.shown.splitlines() if text in line)


async def to_step(work: Work, key: str) -> None:
    """Go down the list on ホーム to a step of the map."""
    table = work.app.screen.query_one(WideTable)
    keys = [row.key.value for row in table.ordered_rows]
    steps = keys.index(f"map/{key}") - table.cursor_row
    await work.press(*["down" if steps > 0 else "up"] * abs(steps))
    assert table.row_key == f"map/{key}"


async def do_h01(work: Work) -> None:
    """Look at the map, open a step where it is done, do the first thing, and come back to see the map move on."""
    await work.open("home")
    await to_step(work, "purpose")
    assert "目的と方向性を定める（手引き1-1(2)）" in work.app.screen.query_one(Story).text
    await work.press("enter")
    policy = work.snapshot.get("policy")
    if not isinstance(policy, Policy) or not policy.purpose:
        await to_line(work, "purpose")
        await work.press("enter")
        await work.type("歩いて行ける範囲で、年齢の違う人が支え合う")
        await work.saved()
    await work.press("escape")
    await until(work.pilot, lambda: isinstance(work.app.screen, HomeScreen))
    await work.sees("進み具合")


async def test_h01_the_map_follows_the_records(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await work.open("home")
        assert "次の段階" in line_of(work, "1 ") and "担当部局を決める" in line_of(work, "1 ")
        assert "済1・実施中0・未着手16" in work.shown
        await do_h01(work)
        await work.sees("済1・実施中1・未着手15")
        assert "方向性がまだ書かれていません。" in work.app.screen.query_one(Story).text
        assert work.snapshot.expect("policy", Policy).purpose == "歩いて行ける範囲で、年齢の違う人が支え合う"
        assert work.git("log", "-1", "--format=%(trailers:key=Kyoju-Record,valueonly)").strip() == "policy"
        assert "居住コミュニティ政策" in work.subject()
        assert work.clean()
