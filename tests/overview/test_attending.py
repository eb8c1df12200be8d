from __future__ import annotations

from datetime import date

from kyoju_tui.overview.attending import attending, has_members, present_words, to_be_sent, with_attendance
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.plain import to_plain
from tests.building import TODAY, department, record, snapshot

SERIES = record("series", "iken", title="意見交換会", members=["korei"])
DEPARTMENTS = (
    department("jutaku", "住宅課", order=1),
    department("korei", "高齢福祉課", order=2),
    department("kyu", "旧住宅課", until=date(2026, 3, 31)),
)


def _meeting(*attendance: dict[str, object], **fields: object) -> Meeting:
    return Meeting.model_validate({"title": "会議", "attendance": list(attendance), **fields})


def test_expected_departments_stand_first() -> None:
    now = snapshot(SERIES, *DEPARTMENTS)
    rows = attending(now, _meeting(series="iken"), TODAY)
    assert [(row.department, row.expected) for row in rows] == [("korei", True), ("jutaku", False)]
    listed = attending(now, _meeting({"department": "kyu", "status": "出席"}, series="iken"), TODAY)
    assert [row.department for row in listed] == ["kyu", "jutaku", "korei"]
    assert listed[0].expected and not listed[2].expected


def test_the_departments_are_those_of_the_meetings_day() -> None:
    rows = attending(snapshot(*DEPARTMENTS), _meeting(held_on=date(2026, 3, 1)), TODAY)
    assert [row.department for row in rows] == ["jutaku", "korei", "kyu"]


def test_who_was_there_is_counted_with_proxies() -> None:
    assert present_words(_meeting()) == ""
    assert present_words(_meeting({"department": "a"}, {"department": "b"})) == "－/2"
    told = _meeting(
        {"department": "a", "status": "出席"},
        {"department": "b", "status": "代理"},
        {"department": "c", "status": "欠席"},
    )
    assert present_words(told) == "2/3"


def test_absent_without_documents_must_be_sent_them() -> None:
    told = _meeting(
        {"department": "a", "status": "欠席"},
        {"department": "b", "status": "欠席", "sent_documents": True},
        {"department": "c", "status": "代理"},
        {"department": "d"},
    )
    assert to_be_sent(told) == ("a",)


def test_attendance_is_changed_by_department_and_the_rest_kept() -> None:
    before = _meeting({"department": "a", "memo": "手で書いたもの"}, {"department": "b", "status": "出席"})
    after = with_attendance(before, {"a": ("欠席", True), "b": (None, False), "c": ("出席", False), "d": (None, False)})
    assert to_plain(after)["attendance"] == [
        {"department": "a", "status": "欠席", "sent_documents": True, "memo": "手で書いたもの"},
        {"department": "b"},
        {"department": "c", "status": "出席"},
    ]
    assert with_attendance(before, {}) == before


def test_a_series_that_is_gone_expects_nobody() -> None:
    rows = attending(snapshot(*DEPARTMENTS), _meeting(series="gone"), TODAY)
    assert not any(row.expected for row in rows)
    assert not has_members(snapshot(*DEPARTMENTS), _meeting(series="gone"))
    assert has_members(snapshot(SERIES, *DEPARTMENTS), _meeting(series="iken"))
    assert Ref("series/gone") not in snapshot(*DEPARTMENTS)
