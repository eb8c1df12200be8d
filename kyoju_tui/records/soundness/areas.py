"""Rules of areas: lessons go to other areas, visits are by departments of the day (handbook 3-1)."""

from __future__ import annotations

from collections.abc import Iterator

from kyoju_tui.records.area import Area
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.problems import Remark
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.soundness.days import existing


def area(ref: Ref, record: Area, snapshot: Snapshot) -> Iterator[Remark]:
    """No area lies in itself or passes its lessons to itself."""
    for index, passed in enumerate(record.passed_to):
        if passed.area == ref.id:
            message = "自分自身に横展開することはできません。"
            yield Remark(ref, f"passed_to.{index}.area", message, "K603", "ほかの地域を選んでください。")
    for index, member in enumerate(record.members):
        if member == record.name:
            message = f"町内会に、この地域と同じ名前「{member}」があります。"
            yield Remark(ref, f"members.{index}", message, "K605", "含まれる町内会の名前を確かめてください。")
    for index, visit in enumerate(record.visits):
        for number, department in enumerate(visit.departments):
            yield from existing(ref, f"visits.{index}.departments.{number}", department, visit.on, snapshot)
    for index, proposal in enumerate(record.proposals):
        yield from existing(ref, f"proposals.{index}.department", proposal.department, proposal.on, snapshot)
