"""The records as they stood at a day, a meeting, a compilation."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from pathlib import Path

import pytest

from kyoju_tui.records.errors import InvalidValue, UnknownRef
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.workspace.past import moments
from kyoju_tui.workspace.workspace import Workspace
from tests.building import TODAY
from tests.dated import made_on
from tests.workspace.conftest import HOUSES, VISITS

FIRST, SECOND = "meetings/20261007-aaaaa", "meetings/20261118-bbbbb"


@pytest.fixture
def told(root: Path) -> Generator[Workspace]:
    """A store begun on 1 October, changed on 20 October, with two meetings and a compilation."""
    made_on(root, date(2026, 10, 1))
    workspace = Workspace.open(root, author="住宅政策課 担当 <jutaku@example.jp>")
    workspace.save(FIRST, Meeting(title="第1回意見交換会", held_on=date(2026, 10, 7))).result()
    made_on(root, date(2026, 10, 7))
    workspace.save(VISITS, workspace.snapshot.entries[VISITS].but(status="取組中")).result()
    commit = made_on(root, date(2026, 10, 20))
    workspace.save(SECOND, Meeting(title="第2回意見交換会", held_on=date(2026, 11, 18))).result()
    compiled = [{"id": "c0001", "number": 1, "as_of": date(2026, 10, 20), "commit": commit}]
    inquiry = Inquiry.model_validate({"title": "取組等の照会", "compilations": compiled})
    workspace.save("inquiries/20261001-aaaaa", inquiry).result()
    made_on(root, date(2026, 11, 19))
    yield workspace
    workspace.close()


def status_at(workspace: Workspace, when: str) -> str | None:
    snapshot, day = moments.as_it_stood(workspace, when, TODAY)
    assert day <= TODAY
    return snapshot.entries[VISITS].status


def test_a_day_means_its_end(told: Workspace) -> None:
    assert status_at(told, "令和8年10月19日") == "検討中"
    assert status_at(told, "R8.10.20") == "取組中"
    assert status_at(told, "11/22") == "取組中"


def test_a_meeting_means_its_day(told: Workspace) -> None:
    assert status_at(told, FIRST) == status_at(told, "20261007-aaaaa") == "検討中"
    assert status_at(told, SECOND) == "取組中"
    then = moments.at(told, moments.of_meeting(told.snapshot, moments.meetings(told.snapshot, TODAY)[1][0], TODAY))
    assert then.moment.words == "令和8年10月7日 第1回意見交換会"
    assert HOUSES in then.snapshot and SECOND not in then.snapshot


def test_a_compilation_means_its_commit(told: Workspace) -> None:
    (moment,) = moments.compilations(told.snapshot)
    assert moment.words == "第1回取りまとめ（取組等の照会）"
    then = moments.at(told, moment)
    assert then.commit == moment.revision
    assert then.snapshot.entries[VISITS].status == "取組中" and SECOND not in then.snapshot


def test_a_revision_is_looked_at_with_todays_eyes(told: Workspace) -> None:
    snapshot, day = moments.as_it_stood(told, "HEAD~2", TODAY)
    assert day == TODAY and SECOND not in snapshot
    assert moments.as_it_stood(told, None, TODAY) == (told.snapshot, TODAY)


def test_before_the_store_began_there_is_nothing(told: Workspace) -> None:
    with pytest.raises(UnknownRef, match="できる前"):
        moments.as_it_stood(told, "令和8年9月30日", TODAY)


@pytest.mark.parametrize("text", ["令和8年11月24日", "meetings/20261201-ccccc"])
def test_what_is_still_to_come_is_refused(told: Workspace, text: str) -> None:
    told.save("meetings/20261201-ccccc", Meeting(title="次の会議", held_on=date(2026, 12, 1))).result()
    with pytest.raises(InvalidValue, match="まだ"):
        moments.as_it_stood(told, text, TODAY)


def test_a_meeting_without_a_day_has_no_moment(told: Workspace) -> None:
    told.save("meetings/20261123-ddddd", Meeting(title="日の決まらない会議")).result()
    with pytest.raises(InvalidValue, match="開催日がありません"):
        moments.as_it_stood(told, "meetings/20261123-ddddd", TODAY)
    assert len(moments.meetings(told.snapshot, TODAY)) == 2
