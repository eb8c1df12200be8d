"""What one record says among the others: contradictions, and what is to be minded."""

from __future__ import annotations

from datetime import date, time

import pytest

from kyoju_tui.records.checks import reference_problems
from kyoju_tui.records.problems import Remark
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.soundness import judged, unsound
from kyoju_tui.records.soundness.rings import ring
from tests.building import COLUMNS, ROWS, Built, category, department, initiative, issue, record, snapshot

OLD = department("kyu", "旧住宅課", until=date(2026, 3, 31), successor="jutaku")
NEW = record("department", "shin", name="新事業課", **{"from": date(2026, 4, 1)})
EARLY, LATE = date(2026, 3, 1), date(2026, 5, 1)


def _new(record_id: str, **fields: object) -> Built:
    return record("department", record_id, name=record_id, **fields)


def found(built: Built, *others: Built) -> list[tuple[str, str]]:
    """Field and code of what is said of one record of a town."""
    return [(remark.field, remark.code) for remark in remarks(built, *others)]


def remarks(built: Built, *others: Built) -> list[Remark]:
    town = snapshot(*ROWS, *COLUMNS, OLD, NEW, *others)
    ref, it = built
    outside = list(unsound(ref, it, town))
    # A record is judged alike whether it is in the store already or about to come.
    assert list(unsound(ref, it, town.replacing({ref: it}))) == outside
    assert all(remark.message.endswith(("。", "）。")) and remark.cure.endswith("。") for remark in outside)
    return outside


def two(*names: str) -> list[dict[str, object]]:
    return [{"department": name} for name in names]


JOINT = {"title": "見守り", "departments": two("fukushi", "jutaku")}

CASES: dict[str, tuple[Built, list[tuple[str, str]]]] = {
    "department that ends before it begins": (
        record("department", "x", name="x", **{"from": LATE, "until": EARLY}), [("until", "K601")]
    ),
    "department of one day": (record("department", "x", name="x", **{"from": LATE, "until": LATE}), []),
    "department that succeeds itself": (record("department", "x", name="x", successor="x"), [("successor", "K603")]),
    "category merged into itself": (category("x", "x", merged_into="x"), [("merged_into", "K603")]),
    "category merged into another": (category("x", "x", merged_into="joho"), []),
    "entry that addresses itself": (initiative("jutaku", "x", "joho", addresses=["x"]), [("addresses.0", "K603")]),
    "issue that causes itself": (issue("jutaku", "x", "joho", causes=["x"]), [("causes.0", "K603")]),
    "category named twice": (issue("jutaku", "x", "joho joho"), [("categories.1", "K605")]),
    "area that passes lessons to itself": (
        record("area", "x", name="本町", passed_to=[{"id": "p1", "area": "x"}]), [("passed_to.0.area", "K603")]
    ),
    "area among its own members": (
        record("area", "x", name="本町", members=["東町会", "本町"]), [("members.1", "K605")]
    ),
    "visit by departments of other days": (
        record("area", "x", name="x", visits=[
            {"id": "a", "on": EARLY, "departments": ["kyu", "shin"]}, {"id": "b", "on": LATE, "departments": ["kyu"]},
        ]),
        [("visits.0.departments.1", "K606"), ("visits.1.departments.0", "K606")],
    ),
    "joint work of two": (record("collaboration", "x", **JOINT), []),
    "joint work of one": (
        record("collaboration", "x", title="x", departments=two("jutaku")), [("departments", "K604")]
    ),
    "joint work of nobody yet": (record("collaboration", "x", title="x"), [("departments", "K608")]),
    "joint work of one, written twice": (
        record("collaboration", "x", title="x", departments=two("jutaku", "jutaku")),
        [("departments.1", "K110"), ("departments", "K604")],
    ),
    "opinion and action without words": (
        record("meeting", "x", title="x", actions=[{"id": "a", "department": "jutaku"}], opinions=[{"id": "b"}]),
        [("actions.0.text", "K610"), ("opinions.0.text", "K610")],
    ),
    "follow-up without words": (
        record("survey", "x", title="x", follow_ups=[{"id": "a", "department": "jutaku"}]),
        [("follow_ups.0.text", "K610")],
    ),
    "theme in practice over an open obstacle": (
        record("theme", "x", title="x", status="実践中", obstacles=[{"id": "a", "response": "改正"}, {"id": "b"}]),
        [("obstacles.1", "K608")],
    ),
    "the same with its reason": (
        record("theme", "x", title="x", status="実践中", obstacles=[{"id": "b"}], override_reason="急ぐため"), []
    ),
    "the same under discussion": (record("theme", "x", title="x", status="議論中", obstacles=[{"id": "b"}]), []),
    "move without a review": (
        record("framework", "", transition={"unit": "推進室"}), [("transition.override_reason", "K608")]
    ),
    "move after a review": (record("framework", "", transition={"unit": "推進室"}, reviews=[{"id": "a"}]), []),
    "move before its decision": (
        record("framework", "", reviews=[{"id": "a"}], transition={"decided_on": LATE, "effective_on": EARLY}),
        [("transition.effective_on", "K602")],
    ),
    "lead decided before drafted": (
        record("policy", "", lead={"drafted_on": LATE, "decided_on": EARLY}), [("lead.decided_on", "K602")]
    ),
    "earlier lead that ended first": (
        record("policy", "", earlier_leads=[{"id": "a", "effective_on": LATE, "until": EARLY}]),
        [("earlier_leads.0.until", "K601")],
    ),
    "meeting of a wrong clock": (
        record("meeting", "x", title="x", starts=time(14), ends=time(13, 30)), [("ends", "K601")]
    ),
    "meeting whose next is before it": (
        record("meeting", "x", title="x", held_on=LATE, next_on=EARLY,
               actions=[{"id": "a", "text": "x", "due_on": EARLY}]),
        [("next_on", "K601"), ("actions.0.due_on", "K602")],
    ),
    "meeting before a department was there": (
        record("meeting", "x", title="x", held_on=EARLY, attendance=two("shin"),
               opinions=[{"id": "a", "department": "shin", "text": "x"}]),
        [("attendance.0.department", "K606"), ("opinions.0.department", "K606")],
    ),
    "meeting after a department's end": (
        record("meeting", "x", title="x", held_on=LATE, attendance=two("kyu", "shin", "gone")),
        [("attendance.0.department", "K606")],
    ),
    "meeting without a day": (record("meeting", "x", title="x", attendance=two("kyu")), []),
    "inquiry that asks who is gone": (
        record("inquiry", "x", title="x", issued_on=LATE, targets=two("kyu")), [("targets.0.department", "K606")]
    ),
    "inquiry decided before drafted, issued before decided": (
        record("inquiry", "x", title="x", drafted_on=date(2026, 5, 3), decided_on=date(2026, 5, 2), issued_on=LATE),
        [("decided_on", "K602"), ("issued_on", "K602")],
    ),
    "extension before the issue": (
        record("inquiry", "x", title="x", issued_on=LATE, targets=[{"department": "jutaku", "extended_due": EARLY}]),
        [("targets.0.extended_due", "K601")],
    ),
    "extension that shortens": (
        record("inquiry", "x", title="x", issued_on=EARLY, due_on=date(2026, 5, 9), targets=[
            {"department": "jutaku", "extended_due": LATE, "receipts": [{"id": "a", "on": date(2026, 2, 1)}]}
        ]),
        [("targets.0.extended_due", "K602"), ("targets.0.receipts.0.on", "K602")],
    ),
    "survey due before asked, received before sent": (
        record("survey", "x", title="x", asked_on=LATE, due_on=EARLY, targets=[
            {"ref": "departments/jutaku", "sent_on": LATE, "received_on": EARLY}
        ]),
        [("due_on", "K601"), ("targets.0.received_on", "K601")],
    ),
    "answer to no question": (
        record("survey", "x", title="x", questions=[{"id": "q1"}], answers=[
            {"id": "a", "question": "q1"}, {"id": "b", "question": "q9"}
        ]),
        [("answers.1.question", "K609")],
    ),
    "image map drawn by two at once": (
        record("image-map", "", zones=[{"id": "z1", "label": "駅前", "row": 0, "column": 1},
                                      {"id": "z2", "row": 0, "column": 1}],
               placements=[{"id": "a", "zone": "z1", "ref": "departments/jutaku"},
                           {"id": "b", "zone": "z1", "ref": "departments/jutaku"}, {"id": "c", "zone": "z9"}]),
        [("zones.1", "K605"), ("placements.1", "K605"), ("placements.2.zone", "K609")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_is_said_of_a_record(name: str) -> None:
    built, expected = CASES[name]
    assert found(built) == expected


def test_what_begins_in_a_day_is_there_on_it() -> None:
    for day in (date(2026, 3, 31), date(2026, 4, 1)):
        told = remarks(record("meeting", "x", title="x", held_on=day, attendance=two("kyu", "shin")))
        assert [remark.field for remark in told] == [f"attendance.{1 if day.month == 3 else 0}.department"]
    assert "引き継いだ「住宅課」" in told[0].cure


def test_a_ring_of_merged_categories_names_its_members() -> None:
    [told] = remarks(category("a", "子ども", merged_into="b"), category("b", "若者", merged_into="a"))
    assert (told.field, told.code) == ("merged_into", "K603")
    assert "子ども→若者→子ども" in told.message
    # Who only leads into the ring is not wrong itself.
    assert (
        found(
            category("c", "c", merged_into="a"),
            category("a", "a", merged_into="b"),
            category("b", "b", merged_into="a"),
        )
        == []
    )


def test_a_ring_of_successors_names_its_members() -> None:
    [told] = remarks(_new("a", successor="b"), _new("b", successor="a"))
    assert told.code == "K603" and "a→b→a" in told.message


def test_a_ring_of_causes_names_the_chain() -> None:
    others = (issue("jutaku", "b", "joho", causes=["c"]), issue("fukushi", "c", "joho", causes=["d", "a"]))
    loose = issue("jutaku", "d", "joho")
    [told] = remarks(issue("jutaku", "a", "joho", causes=["d", "b"]), *others, loose)
    assert (told.field, told.code) == ("causes.1", "K603")
    assert "a→b→c→a" in told.message


def test_long_and_knotted_chains_are_walked_once() -> None:
    """Every record names the next two of a thousand: more ways than could be walked one by one."""
    steps: list[str] = []

    def following(name: str) -> tuple[str, ...]:
        steps.append(name)
        number = int(name)
        return (str(number + 1), str(number + 2)) if number < 1000 else ()

    assert ring("0", following("0"), following) == ()
    assert sorted(map(int, steps)) == list(range(1002))
    assert ring("0", ["1"], lambda name: [str((int(name) + 1) % 4)]) == ("0", "1", "2", "3", "0")


def test_ranks_that_collide_name_each_other() -> None:
    other = record("theme", "b", title="居場所", rank=1)
    [told] = remarks(record("theme", "a", title="見守り", rank=1), other)
    assert (told.field, told.code, told.severity) == ("rank", "K605", "warning")
    assert "「居場所」" in told.message
    assert found(record("theme", "a", title="見守り", rank=1, status="完了"), other) == []
    assert (
        found(record("theme", "a", title="見守り", rank=1), record("theme", "b", title="b", rank=1, status="見送り"))
        == []
    )


def test_only_what_is_new_is_refused() -> None:
    wrong = record("department", "x", name="x", **{"from": LATE, "until": EARLY})
    ref, before = wrong
    town = snapshot(*ROWS, wrong)
    renamed = before.but(name="別の名")
    assert [refused for _, refused in judged(ref, renamed, town, before, town)] == [False]
    moved = before.but(until=date(2026, 2, 1))
    assert [refused for _, refused in judged(ref, moved, town, before, town)] == [True]
    assert [refused for _, refused in judged(ref, before, town, None, town)] == [True]


def test_a_settled_point_outlives_its_subject() -> None:
    finding = record(
        "finding", "no-initiative-1", rule="no-initiative", subjects=["entries/jutaku/gone"], verdict="不要"
    )
    [told] = reference_problems(snapshot(finding))
    assert (told.field, told.code, told.severity) == ("subjects.0", "K607", "warning")
    elsewhere = record("finding", "alike-1", rule="alike", subjects=["departments/jutaku"], meeting="gone")
    assert [remark.code for remark in reference_problems(snapshot(*COLUMNS, elsewhere))] == ["K301"]


def test_the_whole_store_is_told_what_each_record_is() -> None:
    town: Snapshot = snapshot(
        *ROWS, *COLUMNS, record("collaboration", "x", title="x"), category("y", "y", merged_into="y")
    )
    assert [(remark.ref, remark.code) for remark in reference_problems(town)] == [
        ("categories/y", "K603"),
        ("collaborations/x", "K608"),
    ]
