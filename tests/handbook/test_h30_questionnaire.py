"""H 30: a questionnaire from the four sections, to chosen groups, with its response rate and answers (handbook 3-2)."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.overview.surveys import rate
from kyoju_tui.records.group import Group
from kyoju_tui.records.survey import Survey
from tests.handbook.work import Work, at_work
from tests.ui.at_work import record

TITLE = "活動についてのアンケート"
GROUPS = {"groups/20261101-cafee": "つどいの茶の間", "groups/20261101-asach": "朝市の会"}


async def do_h30(work: Work) -> None:
    """Make the questionnaire, choose whom it asks, take one answer in and copy it to the group."""
    missing = {ref: Group(name=name) for ref, name in GROUPS.items() if ref not in work.snapshot}
    if missing:
        record(work.workspace, missing)
    await work.open("surveys")
    await work.press("f4", "enter")
    await work.sees("アンケート・ヒアリングを新しく記録")
    await work.type(TITLE)
    await work.saved()
    await work.press("enter")
    await work.press("ctrl+l")
    for name in GROUPS.values():
        await work.type(name)
        await work.press("space", *["backspace"] * len(name))
    await work.saved("enter")
    await work.saved("ctrl+e")
    await work.press("enter")
    await work.sees("これから行いたいこと")
    await work.type("これから")
    await work.press("enter")
    await work.field("text")
    await work.type("平日も開けたい。")
    await work.saved()
    await work.saved("ctrl+r")
    await work.sees("1/2（50%）")
    await work.press("end")
    await work.press("ctrl+d")
    await work.sees("空いている項目に入れます")
    await work.saved("left", "enter")


async def test_h30_a_questionnaire_and_its_answers(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h30(work)
        survey = next(each for each in work.snapshot.all(Survey).values() if each.title == TITLE)
        assert survey.method == "アンケート"
        assert [question.section for question in survey.questions] == [
            "実施体制", "活動内容と成果", "活動の課題", "今後の予定",
        ]  # fmt: skip
        assert {target.ref for target in survey.targets} == set(GROUPS)
        assert all(target.sent_on is not None for target in survey.targets)
        assert rate(survey).words == "1/2（50%）"
        answered = survey.answers[0].target or ""
        assert work.snapshot.expect(answered, Group).plans == "平日も開けたい。"
        assert work.subject() == f"団体「{GROUPS[answered]}」を更新"
        assert work.clean()
