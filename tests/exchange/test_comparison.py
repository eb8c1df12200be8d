"""A comparison as text, JSON and a page: everything is told, and nothing of it is markup or steers a terminal."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

from kyoju_tui.cli.answers import json_text
from kyoju_tui.exchange.comparison_html import comparison_html
from kyoju_tui.exchange.comparison_json import comparison_json
from kyoju_tui.exchange.comparison_text import comparison_text
from kyoju_tui.overview.comparison import Comparison, compare, naming
from kyoju_tui.records.ids import Ref
from tests.building import COLUMNS, ROWS, initiative, meeting, snapshot, with_records

EVIL = "<script>alert(1)</script>&\"'"
MONTHLY = "月に一度、協力員が各戸をまわり、困りごとを聞いて、担当の課と地域包括支援センターにつなぐ。"
BEFORE = snapshot(
    *ROWS,
    *COLUMNS,
    initiative("fukushi", "a1", "korei", title="見守り訪問", outline=f"一人で訪問する。{MONTHLY}", extra="\x1b[2J"),
    initiative("fukushi", "a2", "korei", title="配食", outline=EVIL),
    meeting("m1", None, {"text": "よい", "department": "jutaku"}),
)
AFTER = with_records(
    BEFORE,
    initiative("jutaku", "a1", "korei", title="見守り訪問", outline=f"二人で訪問する。{MONTHLY}"),
    meeting("m1", None),
    initiative("fukushi", "c1", "joho", title=EVIL, related_departments=["jutaku"], outline="一行目\n二行目"),
).replacing({Ref("entries/fukushi/a1"): None, Ref("entries/fukushi/a2"): None})
FOUND = compare(BEFORE, AFTER)
NAME = naming(BEFORE, AFTER)
ARGUMENTS = (FOUND, "令和8年10月7日 第1回", "令和8年11月23日（今）", NAME)


class Page(HTMLParser):
    """The page's elements, its attributes by element, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_as_text() -> None:
    assert comparison_text(*ARGUMENTS) == (
        "前: 令和8年10月7日 第1回\n"
        "後: 令和8年11月23日（今）\n"
        "追加 1件・削除 1件・変更 2件\n"
        "\n■ 追加\n"
        f"取組「{EVIL}」（高齢福祉課・情報）　entries/fukushi/c1\n"
        f"　　件名: {EVIL}\n"
        "　　種別: 取組\n"
        "　　状況: 取組中\n"
        "　　カテゴリー: 情報\n"
        "　　概要: 一行目\n"
        "　　　二行目\n"
        "　　関係部署: 住宅課\n"
        "\n■ 削除\n"
        "取組「配食」（高齢福祉課・高齢者）　entries/fukushi/a2\n"
        "　　件名: 配食\n"
        "　　種別: 取組\n"
        "　　状況: 取組中\n"
        "　　カテゴリー: 高齢者\n"
        f"　　概要: {EVIL}\n"
        "\n■ 変更\n"
        "取組「見守り訪問」（住宅課・高齢者）　entries/jutaku/a1\n"
        "　　部署: 高齢福祉課 → 住宅課\n"
        "　　概要: 1行を変更\n"
        "　　　− 一人で訪問する。\n"
        "　　　＋ 二人で訪問する。\n"
        "　　項目「extra」: �[2J\n"
        "会議「意見交換会」　meetings/m1\n"
        "　　−意見・考え方等: 部署: 住宅課\n"
        "　　　意見: よい\n"
    )


def test_nothing_differs() -> None:
    nothing = Comparison((), (), ())
    assert comparison_text(nothing, "前", "今").endswith("追加 0件・削除 0件・変更 0件\n違いはありません。\n")
    assert "違いはありません。" in Page(comparison_html(nothing, "前", "今")).text


def test_for_programs() -> None:
    told = json.loads(json_text(comparison_json(*ARGUMENTS[:3])))
    assert list(told) == ["schema", "before", "after", "added", "removed", "changed"]
    assert [len(told[group]) for group in ("added", "removed", "changed")] == [1, 1, 2]
    changed = told["changed"][0]
    assert (changed["ref"], changed["moved_from"]) == ("entries/jutaku/a1", "entries/fukushi/a1")
    assert changed["changes"][0] == {"field": "department", "label": "部署", "before": "fukushi", "after": "jutaku"}


def test_as_a_page_that_is_well_formed_whole_and_harmless() -> None:
    text = comparison_html(*ARGUMENTS)
    page = Page(text)
    assert page.open == []
    tags = {tag for tag, _ in page.seen}
    assert not tags & {"script", "img", "link", "iframe", "a", "form", "object"}
    assert ("html", {"lang": "ja"}) in page.seen and ("meta", {"charset": "utf-8"}) in page.seen
    assert all(attributes.get("scope") in ("col", "row") for tag, attributes in page.seen if tag == "th")
    assert not any(
        name.startswith("on") or name in ("src", "href") for _, attributes in page.seen for name in attributes
    )
    assert "url(" not in text and "http" not in text.replace("http-equiv", "")
    for words in (EVIL, "令和8年10月7日 第1回", "高齢福祉課", "二行目", "追加（1件）", "変更（2件）"):
        assert words in page.text
    assert "<del>一人で訪問する。</del>" in text and "<ins>二人で訪問する。</ins>" in text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


def test_colours_can_be_read() -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    inks = set(re.findall(r"(?<![-\w])color: (#[0-9a-f]{6})", comparison_html(*ARGUMENTS)))
    grounds = set(re.findall(r"background: (#[0-9a-f]{6})", comparison_html(*ARGUMENTS)))
    assert len(inks) >= 3 and len(grounds) == 2
    for ink in inks:
        for ground in grounds:
            assert (luminance(ground) + 0.05) / (luminance(ink) + 0.05) >= 4.5, (ink, ground)
