"""H 31: a hearing of a group that answers suggest, with its guide, record and follow-up (handbook 3-2)."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.records.group import Group
from kyoju_tui.records.survey import Survey
from tests.handbook.work import Work, at_work
from tests.ui.at_work import record

REF = "groups/20261101-heard"
NAME = "路地の見守り隊"


async def do_h31(work: Work) -> None:
    """Find the candidate with its reason, begin the hearing, and note what is to be done afterwards."""
    if REF not in work.snapshot:
        record(work.workspace, {REF: Group(name=NAME, plans="見回りの日を増やす")})
    await work.open("surveys")
    await work.press("ctrl+g")
    await work.sees("今後の予定がある：見回りの日を増やす")
    await work.press("f3")
    await work.type(NAME)
    await work.press("enter", "enter")
    await work.sees("アンケート・ヒアリングを新しく記録")
    await work.saved()
    await work.open("surveys")
    await work.press("f3")
    await work.type(NAME)
    await work.press("enter", "enter")
    await work.sees("回答の状況")
    await work.press("ctrl+n")
    await work.type("見回りの道順を危機管理課に伝える。")
    await work.saved()


async def test_h31_a_hearing_begins_from_its_reason(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h31(work)
        title = f"{NAME}への聞き取り"
        hearing = next(each for each in work.snapshot.all(Survey).values() if each.title == title)
        assert hearing.method == "ヒアリング" and [target.ref for target in hearing.targets] == [REF]
        assert "見回りの日を増やす" in (hearing.purpose or "")
        assert [question.section for question in hearing.questions] == ["活動の中身", "課題", "連携の意向"]
        assert [each.text for each in hearing.follow_ups] == ["見回りの道順を危機管理課に伝える。"]
        await work.open("surveys")
        await work.press("ctrl+g")
        assert f"\n{NAME}" not in work.shown and "見回りの日を増やす" not in work.shown
        assert work.clean()
