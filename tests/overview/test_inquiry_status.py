"""The board of an inquiry: states, days left, what is filled; and a new inquiry as it begins."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kyoju_tui.overview.composing import closed_remark, composed, copied, due_remarks, order_remarks, working_day_after
from kyoju_tui.overview.inquiry_since import changed_since
from kyoju_tui.overview.inquiry_status import board, earlier_inquiry, left_until, progress, unanswered
from kyoju_tui.overview.sending import concerns
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
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
    receipt,
    record,
    snapshot,
    target,
    with_records,
)

Q = Ref("inquiries/q")
SENT, DUE = date(2026, 7, 15), date(2026, 7, 31)


def store(*records: Built) -> Snapshot:
    return snapshot(*ROWS, *COLUMNS, *records)


def asked(of: Snapshot) -> Inquiry:
    return of.expect(Q, Inquiry)


@pytest.mark.parametrize(
    ("due", "words", "full"),
    [
        (date(2026, 11, 26), "残り3日", "残り3日（3開庁日）"),
        (date(2026, 11, 23), "本日まで", "本日まで"),
        # The 23rd is a holiday, the days before it a weekend.
        (date(2026, 11, 20), "期限超過3日", "期限超過3日"),
        (date(2026, 11, 19), "期限超過4日", "期限超過4日（1開庁日）"),
        (date(9999, 12, 31), "残り2912116日", "残り2912116日"),
    ],
)
def test_days_left(due: date, words: str, full: str) -> None:
    left = left_until(due, TODAY)
    assert (left.words, left.full_words) == (words, full)


def test_progress_counts_who_is_still_asked_and_the_answer_due_first() -> None:
    of = inquiry(
        "q",
        targets=[
            target("a", receipts=[receipt()]),
            target("b", receipts=[receipt()], unchanged=True),
            target("c", extended_due=date(2026, 8, 5)),
            target("d", extended_due=date(2026, 8, 3)),
            target("e", withdrawn=True),
        ],
    )[1]
    assert isinstance(of, Inquiry)
    now = progress(of, date(2026, 8, 4))
    assert (now.answered, now.expected, now.late) == (2, 4, 1)
    assert now.left is not None and now.left.days == -1
    assert unanswered(of, date(2026, 8, 4)) == ("c", "d")
    assert not now.done


def test_before_it_is_sent_nobody_is_waited_for() -> None:
    draft = asked(store(inquiry("q", issued_on=None, due_on=None, targets=[target("fukushi"), target("jutaku")])))
    assert (progress(draft, TODAY).left, unanswered(draft, TODAY)) == (None, ())
    assert [line.state for line in board(store(), draft, TODAY)] == ["未発出", "未発出"]


def test_the_missed_answers_stand_on_top_the_longest_missed_first() -> None:
    departments = [department(name, name, order=number) for number, name in enumerate("abcdef")]
    of = snapshot(
        *ROWS,
        *departments,
        inquiry(
            "q",
            targets=[
                target("a", receipts=[receipt()]),
                target("b", withdrawn=True),
                target("c", extended_due=date(2026, 12, 1)),
                target("d", extended_due=date(2026, 8, 10)),
                target("e"),
                target("f", receipts=[receipt()], checking=True),
            ],
        ),
    )
    lines = board(of, asked(of), TODAY)
    assert [(line.department, line.state) for line in lines] == [
        ("e", "期限超過"),
        ("d", "期限超過"),
        ("c", "回答待ち"),
        ("f", "内容確認中"),
        ("a", "回答済"),
        ("b", "取下げ"),
    ]


def test_rows_filled_and_answered_with_nothing() -> None:
    of = snapshot(
        *ROWS,
        department("fukushi", "高齢福祉課", categories=["korei", "kosodate"]),
        department("jutaku", "住宅課"),
        initiative("fukushi", "a", "korei"),
        data("jutaku", "d", "joho"),
        issue("jutaku", "i", "korei"),
        inquiry(
            "q",
            targets=[target("fukushi"), target("jutaku")],
            nothing_to_report=[
                {"department": "fukushi", "category": "korei"},
                {"department": "jutaku", "category": "kosodate", "kind": "取組"},
                {"department": "jutaku", "category": "kosodate", "kind": "課題"},
                {"department": "jutaku", "category": "joho", "kind": "取組"},
            ],
        ),
    )
    lines = {line.department: line for line in board(of, asked(of), TODAY)}
    fukushi, jutaku = lines["fukushi"], lines["jutaku"]
    # A record that stands there wins over 該当なし; a department is asked about the rows that are its own.
    assert (fukushi.asked, fukushi.filled, fukushi.nothing, fukushi.missing) == (2, 1, 0, ("kosodate",))
    # Data alone fill no row; 該当なし for one kind leaves the other open.
    assert (jutaku.asked, jutaku.filled, jutaku.nothing, jutaku.missing) == (3, 1, 1, ("joho",))

    only_data = with_records(of, inquiry("q", kinds=["データ"], targets=[target("jutaku")]))
    assert board(only_data, asked(only_data), TODAY)[0].missing == ("korei", "kosodate")


def test_the_same_as_before_needs_an_inquiry_before() -> None:
    of = store(
        inquiry("q", targets=[target("jutaku"), target("fukushi")], categories=["korei"]),
        inquiry("old", issued_on=date(2025, 7, 1), due_on=None, categories=["korei"], targets=[target("jutaku")]),
        inquiry("other", issued_on=date(2026, 1, 5), due_on=None, categories=["joho"], targets=[target("jutaku")]),
        inquiry("later", issued_on=date(2026, 9, 1), due_on=None, targets=[target("jutaku"), target("fukushi")]),
    )
    assert earlier_inquiry(of, Q, "jutaku", TODAY) == Ref("inquiries/old")
    assert earlier_inquiry(of, Q, "fukushi", TODAY) is None


def test_working_days() -> None:
    assert working_day_after(date(2026, 11, 20), 1) == date(2026, 11, 24)
    assert working_day_after(date(2026, 12, 28), 1) == date(2027, 1, 4)
    assert list(due_remarks({"issued_on": SENT, "due_on": DUE}, TODAY)) == ["発出から11開庁日"]
    assert list(due_remarks({"due_on": date(2026, 12, 7)}, TODAY)) == ["今日から10開庁日"]
    assert list(due_remarks({"due_on": TODAY - timedelta(days=1)}, TODAY)) == []


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 24), ""),
        (date(2026, 11, 28), "土曜日のため閉庁日です。直前の開庁日は令和8年11月27日(金)です。"),
        (date(2026, 11, 23), "勤労感謝の日のため閉庁日です。直前の開庁日は令和8年11月20日(金)です。"),
        (date(2027, 1, 1), "年末年始の閉庁日のため閉庁日です。直前の開庁日は令和8年12月28日(月)です。"),
        (date(1, 1, 1), "年末年始の閉庁日のため閉庁日です。"),
    ],
)
def test_a_due_date_on_a_closed_day(day: date, said: str) -> None:
    assert closed_remark(day) == said


def test_a_new_inquiry_has_everything_that_is_known() -> None:
    of = store(
        department("shakyo", "社会福祉協議会", external=True, order=9),
        department("gone", "旧課", until=date(2026, 3, 31)),
        category("old", "旧分類", retired=True),
        record("policy", "", lead={"department": "jutaku"}),
    )
    plain = composed(of, TODAY)
    made = Inquiry.model_validate(plain)
    assert (made.form, made.sender, made.due_on) == ("照会", "住宅課", date(2026, 12, 7))
    assert made.categories == () and made.kinds == ("取組", "課題", "データ")
    assert [each.label for each in made.sections] == ["高齢者", "子育て", "情報"]
    assert [each.department for each in made.targets] == ["fukushi", "jutaku", "shakyo"]
    assert "社会福祉協議会" in (made.note or "") and "依頼文" in (made.note or "")


def test_a_copy_follows_departments_and_leaves_out_what_is_gone() -> None:
    of = store(
        department("old", "旧住宅課", until=date(2026, 3, 31), successor="jutaku"),
        department("ring", "輪", until=date(2026, 3, 31), successor="ring"),
        category("gone", "旧分類", retired=True),
        inquiry(
            "q",
            form="事務連絡",
            categories=["korei", "gone"],
            sections=[{"label": "くらし", "categories": ["korei", "kosodate", "gone"]}],
            targets=[target("old", receipts=[receipt()]), target("jutaku"), target("ring"), target("fukushi")],
        ),
    )
    made = Inquiry.model_validate(copied(of, Q, TODAY))
    assert (made.form, made.issued_on, made.categories) == ("事務連絡", None, ("korei",))
    assert made.sections[0].categories == ("korei", "kosodate")
    assert [(each.department, each.receipts) for each in made.targets] == [("jutaku", ()), ("fukushi", ())]


def test_what_to_mind_before_sending() -> None:
    targets = [target(each) for each in ("fukushi", "jutaku", "shakyo")]
    shakyo = department("shakyo", "社会福祉協議会", external=True)
    draft = {"issued_on": None, "targets": targets, "form": "依頼", "due_on": date(2026, 12, 7)}

    def minded(*records: Built, **fields: object) -> str:
        return "\n".join(concerns(store(shakyo, inquiry("q", **{**draft, **fields}), *records), Q, TODAY))

    assert minded() == "事前説明の会議が決まっていません。"
    planned = record("meeting", "b", title="事前説明", held_on=TODAY + timedelta(days=1))
    assert "まだ開かれていません（令和8年11月24日(火)の予定）" in minded(planned, briefing="b")
    attendance = [
        {"department": "fukushi", "status": "欠席"},
        {"department": "jutaku", "status": "欠席", "sent_documents": True},
    ]
    held = record("meeting", "b", title="事前説明", held_on=TODAY, attendance=attendance)
    assert minded(held, briefing="b").splitlines() == [
        "事前説明に欠席し、資料も送っていない部署：高齢福祉課",
        "事前説明の出欠が記録されていない部署：社会福祉協議会",
    ]
    there = [{"department": each, "status": "出席"} for each in ("fukushi", "jutaku", "shakyo")]
    well = record("meeting", "b", title="事前説明", held_on=TODAY, attendance=there)
    assert minded(well, briefing="b") == ""
    assert minded(well, briefing="b", form="照会") == "庁外へは依頼文で送ります：社会福祉協議会"
    assert minded(well, briefing="b", due_on=None) == "回答期限が入っていません。"
    soon = minded(well, briefing="b", due_on=date(2026, 11, 29))
    assert "日曜日のため閉庁日" in soon and "4開庁日しかありません" in soon
    late = minded(well, briefing="b", drafted_on=date(2026, 11, 25), decided_on=date(2026, 11, 24))
    assert late.splitlines() == ["決裁日が起案日より前になっています。", "発出日が決裁日より前になっています。"]


def test_the_order_of_papers_is_only_remarked_on_where_it_is_known() -> None:
    assert list(order_remarks({"drafted_on": SENT, "issued_on": SENT})) == []
    assert list(order_remarks({"drafted_on": DUE, "issued_on": SENT})) == ["発出日が起案日より前になっています。"]


def test_what_came_after_a_compilation() -> None:
    first = receipt(id="r1")
    then = store(
        initiative("jutaku", "kept", "korei"),
        initiative("jutaku", "reworded", "korei"),
        initiative("jutaku", "gone", "korei"),
        inquiry("q", targets=[target("jutaku", receipts=[first]), target("fukushi")]),
    )
    second = receipt(date(2026, 8, 5), id="r2", version=2, reason="訂正")
    late = receipt(date(2026, 8, 3), id="r3")
    said = {"id": "n1", "department": "fukushi", "category": "joho"}
    now = with_records(
        then,
        initiative("jutaku", "reworded", "korei", title="言い直した"),
        initiative("fukushi", "new", "kosodate"),
        initiative("somebody", "else", "korei"),
        inquiry(
            "q",
            targets=[target("jutaku", receipts=[first, second]), target("fukushi", receipts=[late])],
            nothing_to_report=[said],
        ),
    ).replacing({Ref("entries/jutaku/gone"): None})
    since = changed_since(then, now, Q)
    assert [(each.department, each.receipt.version, each.late) for each in since.receipts] == [
        ("jutaku", 2, False),
        ("fukushi", 1, True),
    ]
    assert [each.category for each in since.nothing] == ["joho"]
    assert [(each.how, each.title) for each in since.entries] == [
        ("削除", "gone"),
        ("変更", "言い直した"),
        ("追加", "new"),
    ]
    assert not changed_since(now, now, Q)
    assert all(each.late for each in changed_since(Snapshot({}), now, Q).receipts)
