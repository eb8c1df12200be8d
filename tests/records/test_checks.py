"""Checks over all records: references, folders, personal data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from kyoju_tui.records.area import Area
from kyoju_tui.records.base import Record
from kyoju_tui.records.category import Category
from kyoju_tui.records.checks import reference_problems
from kyoju_tui.records.department import Department
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.personal import has_mail, has_phone
from kyoju_tui.records.snapshot import Snapshot

BASE: dict[str, Record] = {
    "departments/jutaku": Department(name="住宅課"),
    "categories/korei": Category(name="高齢者"),
    "categories/old": Category(name="旧", retired=True),
    "categories/merged": Category(name="統合前", merged_into="korei"),
    "areas/honcho": Area(name="本町"),
}


def _entry(**fields: object) -> Entry:
    return Entry.model_validate({"title": "見守り", "kind": "課題", "categories": ["korei"]} | fields)


def _remarks(records: Mapping[str, Record], broken: tuple[str, ...] = ()) -> list[tuple[str, str, str]]:
    snapshot = Snapshot({Ref(ref): record for ref, record in {**BASE, **records}.items()}, map(Ref, broken))
    remarks = reference_problems(snapshot)
    assert all(remark.message.endswith(("。", "）。")) and remark.cure for remark in remarks)
    return [(remark.ref, remark.field, remark.code) for remark in remarks]


def test_a_sound_store_has_no_remarks() -> None:
    assert _remarks({"entries/jutaku/a": _entry(areas=["honcho"]), "entries/jutaku/b": _entry(causes=["a"])}) == []


def test_dangling_references_are_named() -> None:
    meeting = Meeting.model_validate(
        {
            "title": "会議",
            "opinions": [{"id": "x", "department": "gone", "text": "x", "refs": ["areas/honcho", "areas/gone"]}],
        }
    )
    assert _remarks({"meetings/m": meeting, "entries/jutaku/a": _entry(categories=["korei", "gone"])}) == [
        ("entries/jutaku/a", "categories.1", "K301"),
        ("meetings/m", "opinions.0.department", "K301"),
        ("meetings/m", "opinions.0.refs.1", "K301"),
    ]


def test_a_key_that_a_list_has_twice_is_named() -> None:
    years = [{"fiscal_year": 2025, "text": "3回"}, {"fiscal_year": 2026}, {"fiscal_year": 2025}]
    opinions = [{"id": "aaaaa", "text": "x"}, {"text": "y"}, {"text": "z"}, {"id": "aaaaa", "text": "x"}]
    measured = [{"name": "世帯数", "as_of": date(year, 10, 1)} for year in (2020, 2025, 2020)]
    receipts = [{"id": "r0001", "version": 1}, {"id": "r0001", "version": 2}]
    records: dict[str, Record] = {
        "entries/jutaku/a": _entry(results=years),
        "meetings/m": Meeting.model_validate({"title": "会議", "opinions": opinions}),
        "areas/honcho": Area.model_validate({"name": "本町", "indicators": measured}),
        "inquiries/q": Inquiry.model_validate(
            {"title": "照会", "targets": [{"department": "jutaku", "receipts": receipts}]}
        ),
    }
    assert _remarks(records) == [
        ("areas/honcho", "indicators.2", "K110"),
        ("entries/jutaku/a", "results.2", "K110"),
        ("inquiries/q", "targets.0.receipts.1", "K110"),
        ("meetings/m", "opinions.3", "K110"),
    ]


def test_what_is_broken_is_there() -> None:
    records: Mapping[str, Record] = {"entries/jutaku/a": _entry(categories=["korei", "bad"], causes=["b"])}
    assert _remarks(records, ("categories/bad", "entries/jutaku/b")) == []
    assert len(_remarks(records)) == 2


def test_an_entry_needs_its_department() -> None:
    assert _remarks({"entries/gone/a": _entry()}) == [("entries/gone/a", "", "K301")]
    assert _remarks({"entries/gone/a": _entry()}, ("departments/gone",)) == []


def test_the_common_folder_takes_data_and_needed_initiatives_only() -> None:
    found = _remarks(
        {
            "entries/common/a": _entry(),
            "entries/common/b": _entry(kind="データ"),
            "entries/common/c": _entry(kind="取組", status="必要"),
            "entries/common/d": _entry(kind="取組", status="取組中"),
        }
    )
    assert found == [("entries/common/a", "kind", "K207"), ("entries/common/d", "kind", "K207")]


def test_entries_in_former_rows_are_a_warning() -> None:
    inquiry = Inquiry.model_validate({"title": "照会", "categories": ["old"]})
    found = _remarks({"entries/jutaku/a": _entry(categories=["old", "merged", "korei"]), "inquiries/i": inquiry})
    assert found == [("entries/jutaku/a", "categories.0", "K302"), ("entries/jutaku/a", "categories.1", "K302")]


def test_contacts_are_remarked_but_for_official_fields() -> None:
    entry = _entry(
        outline="問合せ 052-123-4567 taro@example.jp",
        extension="052-123-4567",
        section="住宅係 052-123-4567",
        results=[{"fiscal_year": 2026, "text": "090-1234-5678"}],
        備考={"連絡先": ["a@example.jp"]},
    )
    inquiry = Inquiry.model_validate({"title": "照会", "contact": "住宅係 052-123-4567 x@city.example.jp"})
    assert _remarks({"entries/jutaku/a": entry, "inquiries/i": inquiry}) == [
        ("entries/jutaku/a", "outline", "K401"),
        ("entries/jutaku/a", "outline", "K402"),
        ("entries/jutaku/a", "results.0.text", "K401"),
        ("entries/jutaku/a", "備考.連絡先.0", "K402"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "052-123-4567", "電話052-123-4567まで", "03-1234-5678", "0568-12-3456", "04992-2-1234", "090-1234-5678",
        "０５２－１２３－４５６７", "（０５２）１２３－４５６７", "052(123)4567", "(052)123-4567", "0120-123-456",
        "0800-123-4567", "050-1234-5678", "09012345678", "+81 90 1234 5678", "電話：23-4567", "TEL 0521234567",
        "℡052−123−4567", "052‐123‐4567", "窓口ー052ー123ー4567",
    ],
)  # fmt: skip
def test_telephone_numbers_are_seen(text: str) -> None:
    assert has_phone(text)


@pytest.mark.parametrize(
    "text",
    [
        "8地協第41号", "2026-11-23", "R8.11.23", "令和08-11-23", "〒060-0001", "〒460-0001 名古屋市", "0123456",
        "01-02-03-0004", "02-0101-001", "予算 1,200,000千円", "10:00-12:00", "2026-2027", "0.5-0.8", "08101001001",
        "100-2000-3000", "20260401-0k3q9", "電話相談", "電話 3回", "電話0件、訪問10-20件", "0-15歳 100-200人",
        "A0-12-3456-7890", "03-1234-56789", "第052-123-4567-8号", "平成30年度-令和02年度",
    ],
)  # fmt: skip
def test_other_numbers_are_not_telephones(text: str) -> None:
    assert not has_phone(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("taro.yamada+x@city.example.lg.jp", True),
        ("連絡はｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐまで", True),
        ("@example", False),
        ("a@b", False),
        ("単価@500.00円", False),
        ("x @ example.jp", False),
    ],
)
def test_mail_addresses(text: str, *, found: bool) -> None:
    assert has_mail(text) is found
