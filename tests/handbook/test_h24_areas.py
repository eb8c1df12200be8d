"""H 24: areas proposed, judged on two axes with evidence, talked with, chosen with a reason (handbook 3-1)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kyoju_tui.overview.choosing import lacking
from tests.handbook.places import NORTH, READINGS, SOUTH, area_named, known, on_line, sheet_of, there
from tests.handbook.work import Work, at_work

KEEN, URGENT = "朝市を続ける", "坂が多い"
REASON = "両方の材料から"


async def do_h24(work: Work) -> None:
    """Propose an area, judge it, record the talk with it, make it a model; look at the plot."""
    there(work, SOUTH)
    if not known(work, NORTH):
        await work.open("areas")
        await work.press("f4")
        await work.type(NORTH)
        await work.press("tab")
        await work.type(READINGS[NORTH])
        await work.saved()
    await sheet_of(work, NORTH)
    await work.sees("判断材料なし")
    on_line(work, "proposals")
    await work.press("f4")
    await work.type("jutaku")
    await work.press("enter", "tab")
    await work.type("相談が多い")
    await work.saved()
    for field, times, evidence in (("willingness", 1, KEEN), ("priority", 1, URGENT)):
        on_line(work, field)
        await work.press("enter", *["right"] * times, "tab")
        await work.type(evidence)
        await work.saved()
    on_line(work, "talks")
    await work.press("f4")
    await work.type("役員会")
    await work.press("tab", "tab")
    await work.type("賛成")
    await work.saved()
    await work.press("ctrl+e", "right", "enter")
    await work.sees("「モデル」とする理由")
    await work.type(REASON)
    await work.saved("enter")
    await work.open("areas")
    await work.press("ctrl+l", "ctrl+l")
    await work.sees("意欲と優先度の図")


async def test_h24_an_area_is_proposed_judged_with_evidence_and_chosen(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h24(work)
        high = next(line for line in work.shown.split("\n") if " 高 " in line)
        assert NORTH in high
        ref, area = area_named(work, NORTH)
        assert ref.id == "kita"
        assert (area.status, area.status_reason) == ("モデル", REASON)
        assert area.proposals[0].department == "jutaku" and area.proposals[0].on == date(2026, 11, 23)
        assert area.willingness is not None and (area.willingness.level, area.willingness.evidence) == ("活発", (KEEN,))
        assert area.priority is not None and (area.priority.level, area.priority.evidence) == ("高", (URGENT,))
        assert (area.talks[0].with_, area.talks[0].result) == ("役員会", "賛成")
        assert lacking(area) == () and lacking(area_named(work, SOUTH)[1]) == ("意欲", "優先度")
        # On a projector nobody's willingness is seen.
        await work.press("f12")
        assert "活発" not in work.shown and "判断材料" not in work.shown
        assert work.subject() == f"地域「{NORTH}」を更新"
        assert work.clean()
