from __future__ import annotations

from datetime import date, time

import pytest

from kyoju_tui.exchange.documents.minutes_file import minutes_file
from kyoju_tui.exchange.documents.minutes_markdown import minutes_markdown, minutes_text
from kyoju_tui.overview.minutes import minutes, step_after, step_before
from kyoju_tui.records.errors import WrongUse
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot
from tests.building import COLUMNS, ROWS, record, snapshot

REF = Ref("meetings/m")


def _store(**fields: object) -> Snapshot:
    return snapshot(*ROWS, *COLUMNS, record("meeting", "m", title="第1回意見交換会", **fields))


def _full() -> Snapshot:
    return _store(
        held_on=date(2026, 11, 23),
        starts=time(14),
        ends=time(15, 30),
        place="大会議室",
        attendance=[
            {"department": "jutaku", "status": "欠席"},
            {"department": "fukushi", "status": "代理"},
        ],
        agenda=["趣旨", "意見交換"],
        notes="坂の話が中心となった。",
        opinions=[
            {"id": "a", "text": "全体に関わる"},
            {"id": "b", "category": "kosodate", "department": "jutaku", "text": "公園が遠い"},
            {"id": "c", "category": "korei", "lens": "課題", "text": "移動が\n大変"},
        ],
        decisions=["分担を決める"],
        actions=[{"id": "x", "text": "資料を送る", "department": "jutaku", "due_on": date(2026, 12, 1)}],
        next_on=date(2027, 1, 13),
    )


def test_the_steps_and_their_neighbours() -> None:
    assert [step_after(each) for each in (None, "案", "出席課確認中", "確定", "供覧済")] == [
        "案", "出席課確認中", "確定", "供覧済", None,
    ]  # fmt: skip
    assert [step_before(each) for each in (None, "案", "確定")] == [None, None, "出席課確認中"]


def test_as_text() -> None:
    assert minutes_text(minutes(_full(), REF)).split("\n") == [
        "第1回意見交換会　会議概要（案）",
        "－" * 20,
        "",
        "市町村：澪帆市",
        "日時：令和8年11月23日(月)　14:00～15:30",
        "場所：大会議室",
        "出席：（なし）",
        "代理出席：高齢福祉課",
        "欠席：住宅課",
        "",
        "■次第",
        "　1　趣旨",
        "　2　意見交換",
        "",
        "■要点",
        "　坂の話が中心となった。",
        "",
        "■意見・考え方等",
        "　［高齢者］",
        "　・［課題］移動が 大変",
        "　［子育て］",
        "　・住宅課：公園が遠い",
        "　［全体・カテゴリーなし］",
        "　・全体に関わる",
        "",
        "■決まったこと",
        "　分担を決める",
        "",
        "■対応事項",
        "　資料を送る（住宅課、期日 令和8年12月1日）",
        "",
        "■次回",
        "　令和9年1月13日(水)",
        "",
    ]


def test_as_markdown_nothing_recorded_is_markup() -> None:
    made = minutes_markdown(minutes(_store(agenda=["# <b>見出し</b>", "- [一覧](x)", "1. 番号"], notes="* 印"), REF))
    lines = made.split("\n")
    assert lines[0] == "# 第1回意見交換会　会議概要（案）"
    assert "- 1　\\# &lt;b&gt;見出し&lt;/b&gt;" in lines
    assert "- \\* 印" in lines
    assert "## 決まったこと" in lines and "（なし）" in lines


def test_who_must_be_sent_documents_is_nobody_elses_business() -> None:
    assert "未参加" not in minutes_text(minutes(_full(), REF))


def test_the_form_follows_the_name() -> None:
    made = minutes(_full(), REF)
    assert minutes_file(made, ".TXT").decode() == minutes_text(made)
    assert minutes_file(made, ".md").decode() == minutes_markdown(made)
    for suffix in (".pdf", ""):
        with pytest.raises(WrongUse):
            minutes_file(made, suffix)
