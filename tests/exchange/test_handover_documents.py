"""引継書 as Markdown and as data."""

from __future__ import annotations

import json
from datetime import date

from kyoju_tui.exchange.documents.document_markdown import document_markdown
from kyoju_tui.exchange.documents.handover_document import handover_document
from kyoju_tui.exchange.documents.markdown import as_text
from kyoju_tui.exchange.handover_json import handover_json
from kyoju_tui.overview.findings import findings
from kyoju_tui.overview.handover import handover
from kyoju_tui.overview.matrix import matrix
from tests.building import COLUMNS, ROWS, TODAY, initiative, inquiry, record, snapshot, target

VISIT = {"id": "a", "on": date(2026, 9, 1), "departments": ["jutaku"], "promises": "紙を\n届ける"}
STORE = snapshot(
    *ROWS,
    *COLUMNS,
    inquiry("i1", title="時点修正 *2*", targets=[target("jutaku")]),
    record("area", "oka", name="丘", visits=[VISIT]),
    record("meeting", "m", title="第1回", held_on=date(2026, 9, 1), actions=[{"id": "a", "text": "<b>送る</b>"}]),
    initiative("jutaku", "draft", "korei", confirmed="担当者案"),
)
CONTENT = handover(matrix(STORE, TODAY), findings(STORE, TODAY))


def test_every_part_has_its_heading() -> None:
    text = document_markdown(handover_document(CONTENT, STORE))
    assert text.startswith("# 引継書　澪帆市\n\n令和8年11月23日(月)時点。")
    assert [line[3:] for line in text.splitlines() if line.startswith("## ")] == [
        "回答を待っている照会", "対応事項", "地域への約束", "担当部局の役割", "これからの会議", "整理していない論点",
        "所管課の確認が済んでいない記載",
    ]  # fmt: skip
    assert "- 時点修正 \\*2\\*（回答期限 令和8年7月31日）　期限超過：住宅課" in text
    assert "- 期日なし　担当未定　&lt;b&gt;送る&lt;/b&gt;　［第1回］" in text
    assert "- 丘　令和8年9月1日　住宅課　紙を 届ける" in text
    assert "## 担当部局の役割\n\nありません。\n" in text
    assert "- 住宅課　draft（担当者案）" in text


def test_for_programs() -> None:
    told = json.loads(json.dumps(handover_json(CONTENT)))
    assert told["inquiries"] == [{"ref": "inquiries/i1", "due_on": "2026-07-31", "late": ["jutaku"], "waiting": []}]
    assert told["promises"][0]["text"] == "紙を\n届ける"
    assert told["actions"] == [{"ref": "meetings/m", "text": "<b>送る</b>", "department": None, "due_on": None}]
    assert told["unconfirmed"] == ["entries/jutaku/draft"]


def test_text_is_never_markup() -> None:
    assert as_text("# 見出し") == "\\# 見出し"
    assert as_text("1. はじめ") == "\\1. はじめ"
    assert as_text("- 項目") == "\\- 項目"
    assert as_text("[a](b) | c") == "\\[a\\](b) \\| c"
