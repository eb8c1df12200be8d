"""引継書: everything that is open, and nothing that is over."""

from __future__ import annotations

from datetime import date

from kyoju_tui.overview.findings import findings
from kyoju_tui.overview.handover import Handover, handover
from kyoju_tui.overview.matrix import matrix
from kyoju_tui.records.ids import Ref
from tests.building import COLUMNS, ROWS, TODAY, Built, initiative, inquiry, record, snapshot, target

SPOKEN = date(2026, 9, 1)


def content(*records: Built) -> Handover:
    """The handover of a store."""
    store = snapshot(*records)
    return handover(matrix(store, TODAY), findings(store, TODAY))


def test_nothing_is_open_in_an_empty_store() -> None:
    made = content()
    assert not any(
        (made.inquiries, made.duties, made.roles, made.points, made.promises, made.unconfirmed, made.meetings)
    )


def test_what_a_successor_takes_over() -> None:
    visits = [
        {"id": "a", "on": SPOKEN, "departments": ["jutaku"], "promises": "紙を届ける"},
        {"id": "b", "on": SPOKEN, "promises": "果たした", "kept_on": TODAY},
        {"id": "c", "on": SPOKEN, "needs": "話だけ"},
    ]
    made = content(
        *ROWS,
        *COLUMNS,
        inquiry("i1", targets=[target("jutaku"), target("fukushi", extended_due=date(2026, 12, 1))]),
        record("area", "oka", name="丘", visits=visits),
        record("policy", "", roles=[{"id": "r", "text": "まとめる"}, {"id": "s", "text": "済", "done_on": SPOKEN}]),
        record(
            "meeting",
            "m",
            title="第1回",
            held_on=SPOKEN,
            next_on=date(2026, 12, 1),
            actions=[{"id": "a", "text": "送る"}],
        ),
        record("meeting", "n", title="連携会議", held_on=date(2026, 12, 8)),
        initiative("jutaku", "draft", "korei", confirmed="担当者案"),
        initiative("jutaku", "known", "korei", confirmed="課長確認済"),
        initiative("jutaku", "over", "korei", status="終了", confirmed="未確認"),
    )
    assert [(each.late, each.waiting) for each in made.inquiries] == [(("jutaku",), ("fukushi",))]
    assert [duty.text for duty in made.duties] == ["送る"]
    assert [duty.text for duty in made.roles] == ["まとめる"]
    assert [(each.area, each.departments, each.text) for each in made.promises] == [
        (Ref("areas/oka"), ("jutaku",), "紙を届ける")
    ]
    assert made.unconfirmed == (Ref("entries/jutaku/draft"),)
    assert [(each.meeting, each.announced) for each in made.meetings] == [
        (Ref("meetings/m"), True),
        (Ref("meetings/n"), False),
    ]
    assert {view.kind for view in made.points} == {"論点"}


def test_a_settled_point_is_not_handed_over() -> None:
    left = content(*ROWS[:1], *COLUMNS).points
    key = next(view.key for view in left if view.rule == "no-initiative")
    settled = record("finding", key, rule="no-initiative", subjects=["categories/korei"], verdict="継続検討")
    assert key not in [view.key for view in content(*ROWS[:1], *COLUMNS, settled).points]
