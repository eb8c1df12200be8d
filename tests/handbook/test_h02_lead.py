"""H 2: a lead department, from candidates and consultations to the decision; earlier leads stay (handbook 1-1(1))."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kyoju_tui.records.policy import Policy
from kyoju_tui.ui.screens.sheet import SheetScreen
from tests.handbook.sheets import to_line
from tests.handbook.work import Work, at_work


def policy_of(work: Work) -> Policy:
    """The policy as it is recorded."""
    return work.snapshot.expect("policy", Policy)


async def decide(work: Work, department: str, drafted: str, decided: str, effective: str, document: str) -> None:
    """Write the decision for a department down, from the sheet of the policy."""
    await work.press("ctrl+r")
    await work.type(department)
    await work.press("enter")
    for text in (drafted, decided, effective, document):
        await work.press("tab")
        await work.type(text)
    await work.saved()


async def do_h02(work: Work) -> None:
    """Name a candidate, log a consultation, decide; later the lead passes to another department."""
    await work.open("policy")
    await to_line(work, "candidates")
    await work.press("f4")
    await work.type("jutaku")
    await work.press("enter", "tab")
    await work.type("空き家の相談を受けている")
    await work.saved()
    await to_line(work, "consultations")
    await work.press("f4", "tab")
    await work.type("jutaku")
    await work.press("enter", "tab")
    await work.type("まとめ役の分担を話し合う")
    await work.saved()
    await decide(work, "jutaku", "R8.4.1", "R8.4.10", "R8.5.1", "8住第1号")
    await decide(work, "chiiki-kyodo", "R8.10.1", "R8.10.15", "R8.11.1", "8協第2号")
    await work.sees("これまでの担当部局")


async def test_h02_a_lead_is_decided_and_the_earlier_one_stays(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h02(work)
        assert isinstance(work.app.screen, SheetScreen)
        assert "当時の名称：住宅課" in work.shown
        policy = policy_of(work)
        assert [each.department for each in policy.candidates] == ["jutaku"]
        assert policy.consultations[0].on == date(2026, 11, 23)
        assert policy.consultations[0].departments == ("jutaku",)
        lead = policy.lead
        assert lead is not None and lead.department == "chiiki-kyodo"
        assert (lead.drafted_on, lead.decided_on, lead.effective_on) == (
            date(2026, 10, 1), date(2026, 10, 15), date(2026, 11, 1),
        )  # fmt: skip
        assert lead.document == "8協第2号"
        [earlier] = policy.earlier_leads
        assert (earlier.name, earlier.effective_on, earlier.until) == ("住宅課", date(2026, 5, 1), date(2026, 10, 31))
        assert earlier.document == "8住第1号"
        assert "政策" in work.subject()
        assert work.clean()
