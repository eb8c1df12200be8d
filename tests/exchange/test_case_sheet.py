"""事例票: what leaves the town, and what does not."""

from __future__ import annotations

from datetime import date

from kyoju_tui.exchange.documents.case_sheet import case_sheet, shareable
from kyoju_tui.exchange.documents.document_markdown import document_markdown
from kyoju_tui.records.snapshot import Snapshot
from tests.building import COLUMNS, ROWS, TODAY, initiative, issue, record, snapshot

POLICY = record(
    "policy", "", lead={"department": "fukushi", "effective_on": date(2026, 6, 1)}, purpose="支え合う", position="合意"
)
AREA = {
    "status": "モデル",
    "willingness": {"level": "活発", "evidence": ["会長が熱心"]},
    "lessons": [{"id": "l", "text": "地図を一緒に見る"}],
    "passed_to": [{"id": "p", "area": "hama"}],
}


def sheet(store: Snapshot) -> str:
    return document_markdown(case_sheet(store, TODAY))


def test_what_is_told() -> None:
    store = snapshot(
        *ROWS,
        *COLUMNS,
        POLICY,
        record("framework", "", type="庁内連携", decided_on=date(2026, 11, 18)),
        initiative("fukushi", "t1", "korei"),
        initiative("fukushi", "t2", "korei", section="秘密係", extension="2345"),
        issue("jutaku", "i1", "korei"),
        record("theme", "th", title="居場所", status="議論中", rank=1, obstacles=[{"id": "o", "issue": "用途"}]),
        record("area", "oka", name="丘", **AREA),
        record("area", "hama", name="浜"),
        record("person", "p", roles=["世話役"]),
    )
    text = sheet(store)
    assert text.startswith("# 事例票　澪帆市\n")
    for told in (
        "目的（合意）：支え合う",
        "担当部局：高齢福祉課（令和8年6月1日から）",
        "推進体制：庁内連携タイプ（令和8年11月18日決定）",
        "| カテゴリー | 高齢福祉課 | 住宅課 | 基礎データ |",
        "| 高齢者 | 取組中2 | 課題1 | 0件 |",
        "居場所（議論中）",
        "制度上の課題：用途　対応は検討中",
        "丘：地図を一緒に見る",
        "丘から伝えた地域：浜",
        "「意思形成過程」の記録0件は、載せていません",
    ):
        assert told in text, told
    for kept in ("秘密係", "2345", "世話役", "活発", "会長", "t1"):
        assert kept not in text, kept


def test_what_is_still_being_decided_stays_here() -> None:
    kept = record("theme", "th", title="統合の案", status="議論中", disclosure="意思形成過程")
    hidden = record("area", "hama", name="浜", disclosure="意思形成過程")
    secret = issue("jutaku", "i1", "korei", disclosure="意思形成過程")
    store = snapshot(*ROWS, *COLUMNS, kept, hidden, secret, record("area", "oka", name="丘", **AREA))
    text = sheet(store)
    assert shareable(store).left_out == 3
    assert "統合の案" not in text and "浜" not in text and "hama" not in text and "課題1" not in text
    assert "「意思形成過程」の記録3件は、載せていません" in text


def test_a_text_with_a_contact_is_left_out() -> None:
    lessons = [{"id": "l", "text": "連絡は 090-1234-5678 へ"}, {"id": "m", "text": "chiiki@city.example.jp に送る"}]
    text = sheet(snapshot(record("area", "oka", name="丘", lessons=lessons)))
    assert "1234" not in text and "example" not in text
    assert text.count("載せていません）") == 2


def test_an_empty_store_makes_an_empty_sheet() -> None:
    text = sheet(snapshot())
    assert "（まだ書かれていません）" in text and "## カテゴリーと部署（件数）\n\nありません。" in text
