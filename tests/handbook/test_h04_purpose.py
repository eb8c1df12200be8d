"""H 4: purpose and direction, their position, versions compared, looked at again (handbook 1-1(2))."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kyoju_tui.records.policy import Policy
from tests.handbook.sheets import to_line
from tests.handbook.work import TODAY, Work, at_work

PURPOSE, MORE = "年齢の違う人が顔を合わせる暮らしを保つ。", "困ったときに頼り合える。"


async def do_h04(work: Work) -> None:
    """Write a first draft, agree on it, extend it, and compare it with the version before."""
    await work.open("policy")
    await to_line(work, "purpose")
    await work.press("enter")
    await work.type(PURPOSE)
    await work.saved()
    await work.press("ctrl+e")
    await work.sees("どの段階ですか")
    await work.saved("enter")
    await work.press("enter", "end")
    await work.type(MORE)
    await work.saved()
    await work.press("ctrl+e", "right")
    await work.saved("enter")
    await work.press("ctrl+l")
    await work.sees("たたき台")
    await work.press("down", "down")
    await work.sees(f"後：{MORE}")
    await work.press("escape")


async def test_h04_purpose_and_direction_have_versions(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h04(work)
        policy = work.snapshot.expect("policy", Policy)
        assert (policy.purpose, policy.position, policy.reviewed_on) == (PURPOSE + MORE, "合意", TODAY)
        assert "位置づけ: たたき台 → 合意" in work.git("log", "-1", "--format=%b")
        assert work.clean()


async def test_h04_the_purpose_is_looked_at_again_once_the_framework_is_decided(store: Path, tmp_path: Path) -> None:
    from kyoju_tui.records.framework import Framework
    from tests.ui.at_work import record

    async with at_work(store, tmp_path) as work:
        early = Policy(purpose=PURPOSE, position="確定", reviewed_on=date(2026, 11, 1))
        record(work.workspace, {"policy": early, "framework": Framework(decided_on=date(2026, 11, 2))})
        await work.open("policy")
        await work.sees("目的と方向性をもう一度見直し")
        await work.press("ctrl+e", "right", "right")
        await work.saved("enter")
        assert "もう一度見直し" not in work.shown
        policy = work.snapshot.expect("policy", Policy)
        assert (policy.position, policy.reviewed_on) == ("確定", TODAY)
