"""What comes back from departments, put into the inquiry: versions, reasons, extensions, 該当なし."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kyoju_tui.overview.asked import answer_state
from kyoju_tui.records.errors import InvalidValue, UnknownRef
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry, Target
from kyoju_tui.workspace.inquiring import answering
from tests.building import COLUMNS, ROWS, TODAY, inquiry, snapshot, target

Q = Ref("inquiries/q")
JULY = date(2026, 7, 30)
TARGETS = [target("jutaku", sent_on=date(2026, 7, 15)), target("fukushi", sent_on=date(2026, 7, 15))]


def asked(**fields: object) -> Inquiry:
    made = inquiry("q", **{"targets": TARGETS, **fields})[1]
    assert isinstance(made, Inquiry)
    return made


def part(of: Inquiry, department: str = "jutaku") -> Target:
    return answering.target_of(of, department)


def test_versions_follow_one_another_and_a_correction_needs_a_reason() -> None:
    once = answering.received(asked(), ["jutaku"], JULY, TODAY, confirmed="担当者案")
    assert [(each.version, each.on, each.confirmed) for each in part(once).receipts] == [(1, JULY, "担当者案")]
    assert part(once).receipts[0].id
    with pytest.raises(InvalidValue, match="差替には理由") as refused:
        answering.received(once, ["jutaku"], JULY, TODAY)
    assert refused.value.field == "reason"
    twice = answering.received(once, ["jutaku", "fukushi"], TODAY, TODAY, reason="件数の訂正")
    assert [(each.version, each.reason) for each in part(twice).receipts] == [(1, None), (2, "件数の訂正")]
    assert len(part(twice, "fukushi").receipts) == 1
    with pytest.raises(InvalidValue, match="第2版はもう"):
        answering.received(twice, ["jutaku"], TODAY, TODAY, reason="また", version=2)
    later = answering.received(twice, ["jutaku"], TODAY, TODAY, reason="また", version=5)
    assert part(later).receipts[-1].version == 5


ACTS: list[tuple[Callable[[Inquiry], Inquiry], str]] = [
    (lambda q: answering.received(q, ["jutaku"], date(2026, 7, 14), TODAY), "発出日（令和8年7月15日"),
    (lambda q: answering.received(q, ["jutaku"], date(2026, 12, 1), TODAY), "今日より後"),
    (lambda q: answering.received(q.but(issued_on=None), ["jutaku"], TODAY, TODAY), "まだ発出していません"),
    (lambda q: answering.reminded(q.but(issued_on=None), ["jutaku"], TODAY, TODAY, "電話"), "まだ発出していません"),
    (lambda q: answering.reminded(q, ["jutaku"], TODAY, TODAY, " "), "方法"),
    (lambda q: answering.marked(q, ["jutaku"], "checking"), "回答を受け付けていない"),
    (lambda q: answering.extended(q, ["jutaku"], date(2026, 7, 31)), "より後になっていません"),
    (lambda q: answering.extended(q.but(due_on=None), ["jutaku"], TODAY), "回答期限がない"),
    (lambda q: answering.sent(q, TODAY, TODAY), "発出済み"),
    (lambda q: answering.sent(q.but(issued_on=None, targets=None), TODAY, TODAY), "照会先がない"),
    (lambda q: answering.sent(q.but(issued_on=None), date(2026, 8, 1), TODAY), "回答期限（令和8年7月31日"),
    (lambda q: answering.sent(q.but(issued_on=None), date(2026, 12, 1), TODAY), "今日より後"),
]  # fmt: skip


@pytest.mark.parametrize(("act", "words"), ACTS)
def test_what_cannot_be_is_refused_in_words(act: Callable[[Inquiry], Inquiry], words: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        act(asked())
    assert words in refused.value.message
    assert refused.value.cure


def test_a_department_that_is_not_asked() -> None:
    with pytest.raises(UnknownRef, match="照会先にありません"):
        answering.received(asked(), ["kankyo"], TODAY, TODAY)


def test_a_withdrawn_request_takes_no_answer_until_it_is_made_again() -> None:
    withdrawn = answering.marked(asked(), ["jutaku"], "withdrawn")
    with pytest.raises(InvalidValue, match="取り下げ"):
        answering.received(withdrawn, ["jutaku"], TODAY, TODAY)
    assert answering.marked(withdrawn, ["jutaku"], "withdrawn") == asked()


def test_sending_dates_everybody_and_later_those_who_were_added() -> None:
    draft = asked(issued_on=None, due_on=date(2026, 12, 7), targets=[target("jutaku"), target("fukushi")])
    out = answering.sent(draft, TODAY, TODAY)
    assert out.issued_on == TODAY and {each.sent_on for each in out.targets} == {TODAY}
    more = out.but(
        issued_on=date(2026, 11, 20), targets=[target("jutaku", sent_on=date(2026, 11, 20)), target("kenko")]
    )
    again = answering.sent(more, TODAY, TODAY)
    assert again.issued_on == date(2026, 11, 20)
    assert [each.sent_on for each in again.targets] == [date(2026, 11, 20), TODAY]


def test_an_extension_comes_and_goes() -> None:
    longer = answering.extended(asked(), ["jutaku"], date(2026, 12, 4))
    assert answer_state(longer, part(longer), TODAY) == "回答待ち"
    assert answer_state(longer, part(longer, "fukushi"), TODAY) == "期限超過"
    assert answering.extended(longer, ["jutaku"], None) == asked()


def test_the_same_as_before_is_an_answer_and_a_new_version_ends_it() -> None:
    before = inquiry("old", issued_on=date(2025, 7, 1), due_on=None, targets=[target("jutaku")])
    of = snapshot(*ROWS, *COLUMNS, before, inquiry("q", targets=TARGETS))
    same = answering.unchanged(of, Q, asked(), ["jutaku"], JULY, TODAY)
    assert answer_state(same, part(same), TODAY) == "前回のまま"
    assert part(same).receipts[0].on == JULY
    with pytest.raises(InvalidValue, match="高齢福祉課に同じカテゴリーをたずねた前回の照会がない"):
        answering.unchanged(of, Q, asked(), ["fukushi"], JULY, TODAY)
    back = answering.unchanged(of, Q, same, ["jutaku"], JULY, TODAY)
    assert answer_state(back, part(back), TODAY) == "回答済"
    newer = answering.received(same, ["jutaku"], TODAY, TODAY, reason="やはり変わった")
    assert answer_state(newer, part(newer), TODAY) == "回答済"


def test_nothing_to_report_by_cell_and_kind() -> None:
    def cells(of: Inquiry) -> set[tuple[object, ...]]:
        return {(each.department, each.category, each.kind) for each in of.nothing_to_report}

    rows = ("korei", "kosodate", "joho")
    one = answering.with_nothing(asked(), "jutaku", "korei", ["課題"], rows)
    assert cells(one) == {("jutaku", "korei", "課題")}
    kept = one.nothing_to_report[0].id
    two = answering.with_nothing(one, "jutaku", "korei", ["課題", "取組"], rows)
    assert cells(two) == {("jutaku", "korei", "課題"), ("jutaku", "korei", "取組")}
    assert kept in {each.id for each in two.nothing_to_report}
    whole = answering.with_nothing(two, "jutaku", "korei", [None], rows)
    assert cells(whole) == {("jutaku", "korei", None)}
    assert answering.with_nothing(whole, "jutaku", "korei", [None], rows) is whole
    assert answering.with_nothing(whole, "jutaku", "korei", [], rows) == asked()
    # An answer for all rows is split up, so that only the one cell changes.
    everything = asked(nothing_to_report=[{"id": "a", "department": "jutaku"}, {"id": "b", "department": "fukushi"}])
    left = answering.with_nothing(everything, "jutaku", "korei", [], rows)
    assert cells(left) == {("jutaku", "kosodate", None), ("jutaku", "joho", None), ("fukushi", None, None)}


def test_a_message_names_a_few_departments() -> None:
    of = snapshot(*ROWS, *COLUMNS, inquiry("q", title="第1次照会", targets=TARGETS))
    assert answering.subject(of, Q, ["jutaku"], "受付") == "照会「第1次照会」：住宅課の受付を記録"
    assert answering.subject(of, Q, (), "発出") == "照会「第1次照会」の発出を記録"
    many = ["jutaku", "fukushi", "jutaku", "fukushi", "jutaku"]
    assert answering.subject(of, Q, many, "受付").endswith("住宅課・高齢福祉課・住宅課ほか2の受付を記録")
