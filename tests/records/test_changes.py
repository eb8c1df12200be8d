"""What changed, as data and in words."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kyoju_tui.records.base import Part
from kyoju_tui.records.changes import Action, changes, describe, describe_all, message_subject
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.kinds import KINDS
from kyoju_tui.records.matching import Table
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.text import FORBIDDEN
from tests.records.strategies import EXAMPLES, NARROW, loose_records, plain_records, versions

NAMES = {"korei": "高齢福祉課", "jutaku": "住宅課", "sumai": "住まい", "kosodate": "子育て"}
OPINION: Plain = {"id": "k3q9x", "department": "korei", "text": "足が足りない"}


def name(kind: str, record_id: str) -> str:
    assert kind in {"department", "category", "area", "entry", "inquiry", "meeting", ""}
    return NAMES.get(record_id, record_id)


def words(before: Table | None, after: Table | None, model: type[Part] | None = Entry) -> list[str]:
    return list(describe_all(changes(before, after, model, name), name))


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ({"status": "検討中"}, {"status": "取組中"}, "状況: 検討中 → 取組中"),
        ({}, {"until": date(2026, 3, 31)}, "終了予定: （なし）→ 令和8年3月31日"),
        ({"section": "地域係"}, {}, "担当係: 地域係 →（なし）"),
        ({"outline": "一\n二\n三\n四"}, {"outline": "一\n弐\n三\n四\n五\n六"}, "概要: 3行を変更"),
        ({"outline": "あ" * 41}, {"outline": "短い"}, "概要: 1行を変更"),
        ({"outline": "長い"}, {"outline": "短い"}, "概要: 長い → 短い"),
        ({}, {"outline": "一\n二"}, "概要: 2行を追加"),
        ({"outline": "一\n二\n三"}, {}, "概要: 3行を削除"),
        ({"categories": ["kosodate"]}, {"categories": ["sumai"]}, "カテゴリー: ＋住まい・−子育て"),
        ({"categories": ["a", "b"]}, {"categories": ["b", "a"]}, "カテゴリー: 並び順を変更"),
        ({"areas": []}, {"areas": [f"area-{n:08}" for n in range(9)]}, "地域: 9件を追加"),
        ({}, {"disclosure": "公開可"}, "公開区分: 庁内限り → 公開可"),
        ({"source": {"meeting": "m1"}}, {"source": {"meeting": "m2"}}, "出所 会議: m1 → m2"),
        ({}, {"results": [{"fiscal_year": 2026, "text": "x"}]}, "実績: 1件を追加（令和8年度）"),
        ({"新": 1}, {"新": 1.5}, "項目「新」: 1 → 1.5"),
        ({"新": "1"}, {"新": 1}, "項目「新」: 書き方を変更（1）"),
        ({"新": "甲\n乙"}, {"新": "甲\n丙"}, "項目「新」: 1行を変更"),
    ],
)
def test_a_change_of_an_entry_in_words(before: Plain, after: Plain, line: str) -> None:
    (change,) = changes(before, after, Entry, name)
    assert describe(change, name) == line


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ({}, {"starts": time(9, 30)}, "開始: （なし）→ 9:30"),
        (
            {"opinions": [OPINION]},
            {"opinions": [OPINION | {"print": True}]},
            "意見・考え方等［高齢福祉課］ 印刷する: いいえ → はい",
        ),
        ({}, {"opinions": [OPINION]}, "意見・考え方等: 1件を追加（高齢福祉課）"),
        ({"opinions": [OPINION]}, {}, "意見・考え方等: 1件を削除（高齢福祉課）"),
        ({"actions": []}, {"actions": [{"id": "a0000", "text": "名簿を直す"}]}, "対応事項: 1件を追加（名簿を直す）"),
        (
            {"attendance": [{"department": "korei", "status": "出席"}]},
            {"attendance": [{"department": "korei", "status": "代理"}]},
            "出欠［高齢福祉課］ 出欠: 出席 → 代理",
        ),
    ],
)
def test_a_change_of_a_meeting_in_words(before: Plain, after: Plain, line: str) -> None:
    (change,) = changes(before, after, Meeting, name)
    assert describe(change, name) == line


def test_a_change_as_data() -> None:
    before: Plain = {"title": "x", "opinions": [OPINION]}
    after: Plain = {"title": "x", "opinions": [OPINION | {"text": "送迎"}, {"id": "m8t2w", "department": "jutaku"}]}
    text, added = changes(before, after, Meeting, name)
    assert (text.field, text.label) == ("opinions[k3q9x].text", "意見・考え方等［高齢福祉課］ 意見")
    assert (text.before, text.after) == ("足が足りない", "送迎")
    assert (added.field, added.label, added.item) == ("opinions[m8t2w]", "意見・考え方等", "住宅課")
    assert (added.before, added.after) == (None, {"id": "m8t2w", "department": "jutaku"})


def test_tables_added_together_share_a_line() -> None:
    rows = [{"department": department, "status": "出席"} for department in ("korei", "jutaku")]
    assert words({}, {"attendance": rows}, Meeting) == ["出欠: 2件を追加（高齢福祉課、住宅課）"]
    many = [{"department": f"d{number}"} for number in range(12)]
    assert words({}, {"attendance": many}, Meeting) == ["出欠: 12件を追加（d0、d1、d2、d3、d4ほか）"]
    assert words({"attendance": rows}, {"attendance": rows[::-1]}, Meeting) == ["出欠: 並び順を変更"]


def test_a_new_record_tells_every_field_and_a_deleted_one_too() -> None:
    record: Plain = {"title": "見守り訪問", "kind": "取組", "categories": ["sumai"]}
    assert words(None, record) == ["件名: （なし）→ 見守り訪問", "種別: （なし）→ 取組", "カテゴリー: ＋住まい"]
    assert words(record, None) == ["件名: 見守り訪問 →（なし）", "種別: 取組 →（なし）", "カテゴリー: −住まい"]


def test_empty_and_default_are_no_change() -> None:
    assert changes({"section": "", "areas": [], "disclosure": "庁内限り"}, {}, Entry) == ()


def test_a_key_that_stands_twice_hides_no_change() -> None:
    assert words({"opinions": [OPINION]}, {"opinions": [OPINION, OPINION | {"text": "写し"}]}, Meeting) == [
        "意見・考え方等: 1件を追加（高齢福祉課）"
    ]


def test_the_first_line_of_a_message() -> None:
    subjects: list[tuple[Action, str]] = [
        ("create", "追加"),
        ("update", "更新"),
        ("delete", "削除"),
        ("move", "移動"),
        ("restore", "復元"),
        ("import", "取り込み"),
        ("merge", "統合"),
    ]
    for action, verb in subjects:
        assert message_subject(action, "取組「見守り訪問」") == f"取組「見守り訪問」を{verb}"
    assert (
        message_subject("update", "取組「見守り訪問」", "高齢福祉課・高齢者")
        == "取組「見守り訪問」を更新（高齢福祉課・高齢者）"
    )


def test_a_value_from_a_hand_cannot_add_a_line_or_a_control_code() -> None:
    (line,) = words({}, {"x\nKyoju-Record: y": "a\x1b[31m\tb"}, None)
    assert line == "項目「x Kyoju-Record: y」: （なし）→ a�[31m b"
    assert message_subject("update", "件\nKyoju-Action: delete") == "件 Kyoju-Action: deleteを更新"


examples = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@examples
@given(
    st.sampled_from(list(KINDS.values())).flatmap(
        lambda kind: st.tuples(st.just(kind.model), plain_records(kind.model))
    )
)
def test_every_valid_record_is_told_on_single_clean_lines(drawn: tuple[type[Part], Plain]) -> None:
    model, plain = drawn
    found = changes(None, plain, model)
    assert {change.field.partition(".")[0].partition("[")[0] for change in found} == plain.keys()
    for line in describe_all(found):
        assert "\n" not in line
        assert FORBIDDEN.search(line) is None
    assert changes(plain, plain, model) == ()


@examples
@given(versions(loose_records()), versions(plain_records(Meeting, NARROW)))
def test_there_and_back_are_the_same_places(
    loose: tuple[Plain, Plain, Plain], kept: tuple[Plain, Plain, Plain]
) -> None:
    for model, (before, after, _) in ((None, loose), (Meeting, kept)):
        there, back = changes(before, after, model), changes(after, before, model)
        assert sorted(change.field for change in there) == sorted(change.field for change in back)
        assert len(describe_all(there)) <= len(there)
        assert all("\n" not in line for line in describe_all(there))


def test_rows_added_changed_and_reordered_at_once_are_told_once_each() -> None:
    one: Plain = {"department": "korei", "status": "出席"}
    two: Plain = {"department": "jutaku", "status": "出席"}
    new: Plain = {"department": "kankyo", "status": "欠席"}
    before, after = {"attendance": [one, two]}, {"attendance": [new, two, {**one, "status": "代理"}]}
    assert words(before, after, Meeting) == [
        "出欠［高齢福祉課］ 出欠: 出席 → 代理",
        "出欠: 1件を追加（kankyo）",
        "出欠: 並び順を変更",
    ]
