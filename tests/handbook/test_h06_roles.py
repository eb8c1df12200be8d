"""H 6: the lead's two roles as a checklist with owner and date (handbook 1-1(2))."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kyoju_tui.overview.leading import FIRST_ROLES
from kyoju_tui.records.policy import Policy
from tests.handbook.sheets import to_line
from tests.handbook.work import TODAY, Work, at_work


async def do_h06(work: Work) -> None:
    """Begin with the two roles, give one an owner and a day that has passed, and tick the other off."""
    await work.open("policy")
    await to_line(work, "roles")
    await work.press("f4")
    await work.sees(FIRST_ROLES[0])
    await work.saved("enter")
    await to_line(work, "roles.0")
    await work.press("enter", "tab")
    await work.type("jutaku")
    await work.press("enter", "tab")
    await work.type("R8.11.20")
    await work.saved()
    await work.sees("期日を過ぎた役割があります")
    await to_line(work, "roles.1")
    await work.saved("ctrl+y")


async def test_h06_roles_have_an_owner_and_a_day(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h06(work)
        first, second = work.snapshot.expect("policy", Policy).roles
        assert (first.text, first.department, first.due_on) == (FIRST_ROLES[0], "jutaku", date(2026, 11, 20))
        assert (second.text, second.done_on) == (FIRST_ROLES[1], TODAY)
        assert "期限超過" in work.shown
        assert work.clean()
        await work.saved("ctrl+y")
        assert work.snapshot.expect("policy", Policy).roles[1].done_on is None
