"""H 20: the two types compared, one decided with reason, members and body; joint work begins (handbook 2-1, 2-2)."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.records.framework import Framework
from tests.handbook.sheets import to_line
from tests.handbook.work import TODAY, Work, at_work

REASON, BODY, MERIT = "今の体制で始められるため", "居住コミュニティ庁内連携会議", "今ある会議を生かせる"


async def do_h20(work: Work) -> None:
    """Compare, decide for meetings, write a merit of one's own, and mark when the exchange became joint work."""
    await work.open("framework")
    await work.press("ctrl+l")
    await work.sees("庁内体制整備タイプ")
    await work.press("escape")
    await work.press("ctrl+r", "enter")
    await work.sees("庁内連携タイプを選ぶ理由")
    await work.type(REASON)
    await work.press("enter")
    await work.type(BODY)
    await work.press("enter")
    await work.type("jutaku")
    await work.press("space", *["backspace"] * len("jutaku"))
    await work.type("korei")
    await work.press("space")
    await work.saved("enter")
    await to_line(work, "merits")
    await work.press("enter")
    await work.type(MERIT)
    await work.saved()
    await work.press("ctrl+e")
    await work.sees("いつですか")
    await work.saved("enter")


async def test_h20_a_type_is_decided_and_becomes_joint_work(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h20(work)
        framework = work.snapshot.expect("framework", Framework)
        assert (framework.type, framework.reason, framework.body) == ("庁内連携", REASON, BODY)
        assert (framework.members, framework.decided_on) == (("jutaku", "korei"), TODAY)
        assert framework.merits == (MERIT,)
        assert (framework.stage, framework.joint_since) == ("連携協働", TODAY)
        assert "段階: 意見交換 → 連携協働" in work.git("log", "-1", "--format=%b")
        assert work.clean()
        await work.press("ctrl+l")
        await work.sees("今ある会議を生かせる")
