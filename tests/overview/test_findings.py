"""Every rule: when it fires and when it does not; keys, settlement, and what an edit leaves as it was."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kyoju_tui.overview.findings import (
    FindingView,
    compared,
    examine,
    examine_again,
    examine_without_likeness,
    findings,
)
from kyoju_tui.overview.matrix import matrix
from kyoju_tui.overview.rules.point import RULES
from kyoju_tui.records.finding import VERDICTS, finding_key
from kyoju_tui.records.snapshot import Snapshot
from tests.building import (
    COLUMNS,
    ROWS,
    TODAY,
    Built,
    category,
    data,
    department,
    initiative,
    inquiry,
    issue,
    meeting,
    receipt,
    record,
    snapshot,
    target,
    with_records,
)  # fmt: skip


def raised(rule: str, *records: Built, today: date = TODAY) -> list[FindingView]:
    store = snapshot(*ROWS, *COLUMNS, *records)
    return [view for view in findings(store, today) if view.rule == rule]


def subjects(rule: str, *records: Built, today: date = TODAY) -> list[tuple[str, ...]]:
    return sorted(view.subjects for view in raised(rule, *records, today=today))


def test_rows_without_initiatives() -> None:
    entries = (
        initiative("jutaku", "a", "korei", "検討中"),
        initiative("jutaku", "b", "kosodate"),
        initiative("jutaku", "c", "joho", "必要"),
        initiative("jutaku", "d", "joho", "終了"),
        issue("jutaku", "e", "joho"),
    )

    assert subjects("no-initiative", *entries) == [("categories/joho",)]
    assert subjects("planned-only", *entries) == [("categories/korei",)]
    assert not subjects("planned-only", *entries, initiative("fukushi", "f", "korei"))
    assert raised("no-initiative", *entries)[0].strong


def test_an_initiative_of_a_former_department_still_counts_for_its_row() -> None:
    former = department("haishi", "廃止課", until=date(2026, 3, 31))

    assert subjects("no-initiative", former, initiative("haishi", "a", "joho")) == [
        ("categories/korei",),
        ("categories/kosodate",),
    ]


def test_rows_without_data() -> None:
    sources = (data("common", "a", "korei"), record("dataset", "b", title="人口", categories=["joho"]))

    assert subjects("no-data", *sources) == [("categories/kosodate",)]


def test_an_open_issue_is_strong_where_a_row_has_nothing_under_way() -> None:
    asked = issue("jutaku", "i", "korei joho", title="坂の上の買物")

    (strong,) = raised("open-issue", asked, initiative("jutaku", "a", "korei"))
    assert strong.strong
    assert "情報" in strong.why
    assert "高齢者" not in strong.why
    (mild,) = raised("open-issue", asked, initiative("jutaku", "a", "korei joho"))
    assert not mild.strong
    assert mild.subjects == strong.subjects == ("entries/jutaku/i",)
    assert mild.key == strong.key


@pytest.mark.parametrize("status", ["必要", "検討中", "取組中", "終了"])
def test_an_issue_is_answered_by_any_initiative_of_any_department(status: str) -> None:
    answer = initiative("fukushi", "a", "joho", status, addresses=["i"])

    assert not raised("open-issue", issue("jutaku", "i", "korei"), answer)


def test_an_issue_of_retired_rows_is_not_raised() -> None:
    retired = category("kyu", "旧", retired=True)

    assert not raised("open-issue", retired, issue("jutaku", "i", "kyu"))


WATCH: dict[str, Any] = {"title": "ひとり暮らし高齢者見守り訪問", "outline": "協力員が月1回412世帯を訪問"}
VISIT: dict[str, Any] = {"title": "あんしん見守り訪問", "outline": "ボランティアが独居高齢者を月2回訪問"}


def pair(one: dict[str, Any], other: dict[str, Any], status: str = "取組中") -> tuple[Built, Built]:
    return (
        initiative("fukushi", "a", "korei", **{**WATCH, **one}),
        initiative("jutaku", "b", "korei joho", status, **{**VISIT, **other}),
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {}),
        ({"target_group": "ひとり暮らしの高齢者"}, {"target_group": "ひとり暮らしの高齢者"}),
        ({"target_group": "高齢者", "areas": ["kita", "minami"]}, {"target_group": "障害者", "areas": ["minami"]}),
    ],
)
def test_alike_in_words_and_people(one: dict[str, object], other: dict[str, object]) -> None:
    (view,) = raised("alike", *pair(one, other))

    assert view.subjects == ("entries/fukushi/a", "entries/jutaku/b")
    assert view.score is not None
    assert 0.5 <= view.score <= 1
    assert f"{view.score:.2f}" in view.why
    assert raised("alike", *pair(one, other, "検討中"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"target_group": "高齢者"}, {"target_group": "子育て世帯"}),
        ({"target_group": "高齢者"}, {}),
        ({"areas": ["kita"]}, {"areas": ["minami"]}),
        ({}, {"title": "空き家バンク", "outline": "登録23件"}),
        ({"legal_basis": "介護保険法"}, {"title": "配食", "outline": "", "legal_basis": "介護保険法"}),
    ],
)
def test_not_alike_by_half(one: dict[str, object], other: dict[str, object]) -> None:
    assert not raised("alike", *pair(one, other))


def test_not_alike_in_different_rows_within_a_department_or_when_ended() -> None:
    assert not raised("alike", initiative("fukushi", "a", "korei", **WATCH), initiative("jutaku", "b", "joho", **VISIT))
    assert not raised("alike", *pair({}, {}, "終了"))
    assert not raised("alike", initiative("jutaku", "a", "korei", **WATCH), initiative("jutaku", "b", "korei", **VISIT))


def test_the_threshold_is_the_stores() -> None:
    strict = record("store", "", format=1, municipality="澪帆市", likeness_threshold=0.95)

    assert not raised("alike", *pair({}, {}), strict)


def test_the_ten_strongest_of_a_row() -> None:
    same = [initiative(where, f"{where}{n}", "korei", title="見守り訪問") for where in ("fukushi", "jutaku")
            for n in range(4)]  # fmt: skip

    assert len(raised("alike", *same)) == 10


def test_joint_work_across_rows() -> None:
    need = issue("fukushi", "i", "korei", title="空き家の見回りの人手")
    rooms = initiative("jutaku", "a", "joho", title="空き家の見回り")
    fear = issue("jutaku", "j", "joho", title="空き家の見回りができない")
    own = initiative("fukushi", "b", "joho", title="空き家の見回り")

    assert subjects("joint", need, rooms) == [("entries/fukushi/i", "entries/jutaku/a")]
    assert subjects("joint", need, fear) == [("entries/fukushi/i", "entries/jutaku/j")]
    assert not subjects("joint", need, own)
    linked = initiative("jutaku", "a", "joho", title="空き家の見回り", addresses=["i"])
    assert not subjects("joint", need, linked)
    assert not subjects("joint", need, initiative("jutaku", "a", "joho", "終了", title="空き家の見回り"))
    assert not subjects("joint", issue("fukushi", "i", "korei", title="移動の足"), rooms)


def test_the_three_strongest_of_an_issue() -> None:
    need = issue("fukushi", "i", "korei", title="空き家の見回り")
    many = [initiative("jutaku", f"a{n}", "joho", title="空き家の見回り") for n in range(5)]

    assert [view[1] for view in subjects("joint", need, *many)] == [f"entries/jutaku/a{n}" for n in range(3)]


@pytest.mark.parametrize(
    ("status", "fires"), [("候補", True), ("モデル", True), ("対象", True), ("今回は対象外", False)]
)
def test_an_area_in_which_nothing_has_begun(status: str, fires: bool) -> None:
    area = record("area", "kita", name="北", status=status)
    planned = initiative("jutaku", "a", "korei", "検討中", areas=["kita"])

    assert subjects("area-idle", area, planned) == ([("areas/kita",)] if fires else [])
    assert not subjects("area-idle", area, initiative("jutaku", "b", "korei", areas=["kita"]))


def test_an_answer_that_is_late() -> None:
    asking = inquiry("q", targets=[target("jutaku"), target("fukushi", receipts=[receipt()])])

    (view,) = raised("overdue", asking)
    assert view.subjects == ("inquiries/q", "departments/jutaku")
    assert "住宅課" in view.why
    assert "令和8年7月31日" in view.why
    assert not raised("overdue", asking, today=date(2026, 7, 31))


def test_an_inquiry_replaced_in_all_rows_is_no_longer_waited_for() -> None:
    old = inquiry("q1", targets=[target("jutaku")])
    newer = {"issued_on": date(2026, 11, 6), "due_on": date(2026, 11, 30), "targets": [target("jutaku")]}

    assert not raised("overdue", old, inquiry("q2", **newer))
    assert subjects("overdue", old, inquiry("q2", categories=["korei"], **newer)) == [
        ("inquiries/q1", "departments/jutaku")
    ]


@pytest.mark.parametrize(
    ("as_of", "fires"),
    [(date(2025, 3, 31), True), (date(2025, 4, 1), False), (date(2024, 4, 1), True), (date(2026, 4, 1), False)],
)
def test_two_fiscal_years_old(as_of: date, fires: bool) -> None:
    assert bool(raised("stale", initiative("jutaku", "a", "korei", as_of=as_of))) is fires
    assert bool(raised("stale", data("common", "a", "korei", as_of=as_of))) is fires
    assert not raised("stale", initiative("jutaku", "a", "korei", "終了", as_of=as_of))


def test_fiscal_years_begin_as_the_store_says() -> None:
    january = record("store", "", format=1, municipality="澪帆市", fiscal_year_starts=1)
    entry = initiative("jutaku", "a", "korei", as_of=date(2024, 12, 31), until=date(2027, 1, 1))

    assert raised("stale", january, entry)
    assert raised("ending", entry)
    assert not raised("ending", january, entry)


def test_without_a_date_the_last_confirmed_receipt_tells() -> None:
    entry = initiative("jutaku", "a", "korei")

    def asked(confirmed: str, year: int, *rows: str) -> Built:
        answers = [receipt(date(year, 7, 30), confirmed=confirmed)]
        return inquiry(f"q{year}", issued_on=date(year, 7, 1), due_on=None, categories=rows,
                       targets=[target("jutaku", receipts=answers)])  # fmt: skip

    assert not raised("stale", entry)
    (view,) = raised("stale", entry, asked("課長確認済", 2024))
    assert "令和6年7月30日" in view.why
    assert not raised("stale", entry, asked("担当者案", 2024))
    assert not raised("stale", entry, asked("課長確認済", 2024, "joho"))
    assert not raised("stale", entry, asked("課長確認済", 2024), asked("課長確認済", 2026, "korei"))
    assert raised("stale", entry, asked("課長確認済", 2024), asked("担当者案", 2026))
    assert not raised("stale", data("jutaku", "d", "korei"), asked("課長確認済", 2024))


@pytest.mark.parametrize(
    ("until", "fires"),
    [
        (date(2026, 3, 31), False),
        (date(2026, 4, 1), True),
        (date(2026, 8, 1), True),
        (date(2027, 3, 31), True),
        (date(2027, 4, 1), False),
    ],
)
def test_ending_within_this_fiscal_year(until: date, fires: bool) -> None:
    assert bool(raised("ending", initiative("jutaku", "a", "korei", until=until))) is fires
    assert not raised("ending", initiative("jutaku", "a", "korei", "終了", until=until))


def test_a_wording_that_waits_for_the_department() -> None:
    assert subjects("unconfirmed", initiative("jutaku", "a", "korei", summary="短い文", confirmed="未確認")) == [
        ("entries/jutaku/a",)
    ]
    assert not raised("unconfirmed", initiative("jutaku", "a", "korei", summary="短い文", confirmed="課長確認済"))
    assert not raised("unconfirmed", initiative("jutaku", "a", "korei", confirmed="未確認"))


def test_the_table_of_rules() -> None:
    assert list(RULES) == list(VERDICTS)
    assert [rule for rule, row in RULES.items() if row.kind == "確認事項"] == [
        "overdue", "stale", "ending", "unconfirmed",
    ]  # fmt: skip


def many() -> Snapshot:
    return snapshot(
        *ROWS,
        *COLUMNS,
        *pair({}, {}),
        issue("jutaku", "i", "kosodate", title="見守り訪問の人手"),
        issue("fukushi", "j", "korei"),
        initiative("jutaku", "old", "korei", as_of=date(2020, 1, 1), until=date(2027, 3, 31)),
        record("area", "kita", name="北", status="候補"),
        inquiry("q", targets=[target("jutaku")]),
    )


def test_the_order_and_the_keys() -> None:
    views = findings(many(), TODAY)

    assert views == findings(many(), TODAY)
    order = [(view.kind == "確認事項", not view.strong, list(RULES).index(view.rule), view.key) for view in views]
    assert order == sorted(order)
    for view in views:
        assert view.key == finding_key(view.rule, reversed(view.subjects))
        assert view.name == RULES[view.rule].name
        assert view.why.endswith("。")
        assert view.cure.endswith("。")
    assert {view.rule for view in views} >= {
        "no-initiative", "open-issue", "alike", "joint", "no-data", "area-idle", "overdue", "stale", "ending",
    }  # fmt: skip


def test_a_settled_point_stays_settled_until_it_is_opened_again() -> None:
    before = many()
    (point,) = [view for view in findings(before, TODAY) if view.rule == "area-idle"]
    decision = record("finding", point.key, rule="area-idle", subjects=point.subjects, verdict="継続検討",
                      stage="会議で整理", reason="地域の意向を待つ", decided_on=date(2026, 10, 7))  # fmt: skip
    settled = with_records(before, decision)

    (view,) = [view for view in findings(settled, TODAY) if view.key == point.key]
    assert (view.verdict, view.stage, view.reason, view.decided_on, view.settled, view.fires) == (
        "継続検討", "会議で整理", "地域の意向を待つ", date(2026, 10, 7), True, True,
    )  # fmt: skip
    assert view.why == point.why
    assert len(findings(settled, TODAY)) == len(findings(before, TODAY))
    assert findings(settled.replacing({decision[0]: None}), TODAY) == findings(before, TODAY)


def test_a_settled_point_that_nothing_raises_any_more_is_still_listed() -> None:
    key = finding_key("no-data", ["categories/korei"])
    decision = record("finding", key, rule="no-data", subjects=["categories/korei"], verdict="不要")

    (view,) = raised("no-data", data("common", "d", "korei kosodate joho"), decision)
    assert (view.key, view.verdict, view.fires) == (key, "不要", False)


EDITS: dict[str, tuple[Built, ...]] = {
    "an initiative reworded": (initiative("jutaku", "b", "korei", title="配食"),),
    "an initiative begun in an empty row": (initiative("jutaku", "n", "kosodate", areas=["kita"]),),
    "an issue answered": (initiative("jutaku", "old", "korei", addresses=["j", "i"]),),
    "an initiative become an issue": (issue("jutaku", "b", "korei", title="あんしん見守り訪問"),),
    "an issue reworded": (issue("jutaku", "i", "kosodate", title="移動の足"),),
    "an issue alike": (issue("fukushi", "k", "joho", title="見守り訪問の人手が足りない"),),
    "an answer": (inquiry("q", targets=[target("jutaku", receipts=[receipt()])]),),
    "a department renamed": (department("jutaku", "住宅政策課"),),
    "a category retired": (category("kosodate", "子育て", retired=True),),
    "a threshold": (record("store", "", format=1, municipality="澪帆市", likeness_threshold=0.9),),
    "an opinion": (meeting("m", TODAY, {"category": "korei", "text": "重なる"}),),
    "an area": (record("area", "kita", name="北", status="今回は対象外"),),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_findings_asked_again_are_the_findings_asked_anew(edit: tuple[Built, ...]) -> None:
    before, refs = many(), [ref for ref, _ in edit]
    after = with_records(before, *edit)
    whole = matrix(after, TODAY)
    expected = examine(whole)

    again = examine_again(examine(matrix(before, TODAY)), whole, refs)
    assert again.views == expected.views
    assert (again.by_entry, again.by_pair) == (expected.by_entry, expected.by_pair)
    back = examine_again(again, matrix(before, TODAY), refs)
    assert back.views == findings(before, TODAY)


def test_likeness_can_be_asked_last() -> None:
    before = many()
    edit = EDITS["an issue alike"]
    after = with_records(before, *edit)
    whole = matrix(after, TODAY)
    quick = examine_without_likeness(matrix(before, TODAY))

    assert {view.rule for view in findings(before, TODAY)} - {view.rule for view in quick.views} == {"alike", "joint"}
    again = examine_again(quick, whole, [ref for ref, _ in edit])
    assert again.views == examine_without_likeness(whole).views
    assert compared(again).views == findings(after, TODAY)


def test_findings_asked_again_on_another_day() -> None:
    before = examine(matrix(many(), TODAY))
    next_year = matrix(many(), date(2027, 4, 1))

    assert examine_again(before, next_year, []).views == examine(next_year).views
    assert examine_again(before, next_year, []).views != before.views
