"""The report: everything in its place, and for each reader only what is for them."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from kyoju_tui.exchange.report.publishing import Audience
from kyoju_tui.exchange.report.report import Since, report
from kyoju_tui.exchange.report.report_changes import changes_table
from kyoju_tui.exchange.report.report_charts import Bar, bars
from kyoju_tui.exchange.report.report_html import report_html
from kyoju_tui.records.snapshot import Snapshot
from tests.building import (
    COLUMNS,
    ROWS,
    TODAY,
    data,
    initiative,
    inquiry,
    issue,
    meeting,
    record,
    snapshot,
    target,
    with_records,
)  # fmt: skip

PUBLIC = {"disclosure": "公開可"}
AREA = {
    "name": "星波ヶ丘",
    "status": "モデル",
    "willingness": {"level": "活発", "evidence": ["自主的な集まり"]},
    "priority": {"level": "高"},
    "indicators": [
        {"name": "人口", "value": 320, "unit": "人", "as_of": date(2026, 10, 1)},
        {"name": "15歳未満", "value": 4, "unit": "人"},
        {"name": "高齢化率", "value": 41.5, "unit": "%", "denominator": "年齢不詳を除く人口"},
        {"name": "空き家率", "unit": "%", "coverage": "市より小さい範囲は公表なし"},
    ],
}


def town() -> Snapshot:
    return snapshot(
        *ROWS,
        *COLUMNS,
        record("policy", "", purpose="つながる暮らしを保つ", **PUBLIC),
        initiative("fukushi", "open", "korei", title="見守り訪問", **PUBLIC),
        initiative("fukushi", "inside", "kosodate", title="庁内の取組"),
        initiative("jutaku", "forming", "joho", title="検討中の再編", disclosure="意思形成過程"),
        issue("jutaku", "i", "korei", title="孤立"),
        data("fukushi", "d", "korei", title="年齢別人口", **PUBLIC),
        inquiry("q", targets=[target("jutaku")]),
        meeting("m", date(2026, 10, 7), {"category": "korei", "department": "fukushi", "text": "名簿を見比べたい"}),
        record("area", "hoshinami", **AREA, **PUBLIC),
        record("person", "p", roles=["まちの世話役"]),
        record("theme", "t", title="空き家の活用", rank=1, status="議論中", departments=["jutaku"]),
        record("image-map", "", zones=[{"id": "z1", "label": "駅前", "row": 0, "column": 0}]),
    )


def page(audience: Audience = "庁内", since: Since | None = None, before: Snapshot | None = None) -> str:
    return report_html(report(before or town(), TODAY, audience, since))


def words(text: str) -> str:
    """What a reader sees, and what is told to those who cannot."""
    labels = " ".join(re.findall(r'aria-label="([^"]*)"', text))
    return unescape(re.sub(r"<[^>]+>", " ", text.partition("</style>")[2])) + unescape(labels)


def test_it_holds_every_part_in_order() -> None:
    shown = page(since=Since("令和8年10月7日 第1回", snapshot(*ROWS, *COLUMNS)))
    found = re.findall(r'<section[^>]* id="([a-z-]+)"', shown)

    assert found == ["matrix", "points", "areas", "image-map", "meetings", "themes", "changes", "steps", "notes"]
    assert set(re.findall(r'href="#([a-z-]+)"', shown)) == set(found)
    assert "つながる暮らしを保つ" in shown
    assert "庁内限り" in shown
    assert "令和8年10月7日 第1回から" in shown


@pytest.mark.parametrize(
    ("audience", "late", "willing"), [("庁内", False, False), ("事務局", True, True), ("公開", False, False)]
)
def test_who_is_late_and_how_willing_an_area_is_are_for_the_secretariat(
    audience: Audience, late: bool, willing: bool
) -> None:
    shown = words(page(audience))

    assert ("期限超過" in shown) is late
    assert ("意欲と優先度の図" in shown) is willing
    assert ("優先度高・意欲活発：星波ヶ丘" in shown) is willing
    assert "まちの世話役" not in shown


def test_what_is_not_public_is_in_nothing_that_is() -> None:
    since = Since("前", snapshot(*ROWS, *COLUMNS, initiative("fukushi", "gone", "korei", title="取り下げた取組")))
    shown = words(page("公開", since))

    for secret in (
        "庁内の取組",
        "検討中の再編",
        "孤立",
        "名簿を見比べたい",
        "空き家の活用",
        "自主的な集まり",
        "記入なし",
    ):
        assert secret not in shown, secret
    for told in ("公開可", "見守り訪問", "年齢別人口", "星波ヶ丘", "つながる暮らしを保つ"):
        assert told in shown, told
    assert "取り下げた取組" not in shown
    assert "庁内の取組" in words(page())


def test_a_record_withdrawn_from_the_public_is_not_told_of_as_a_change() -> None:
    before = town()
    after = with_records(before, initiative("fukushi", "open", "korei", title="見守り訪問", outline="書き直した"))

    assert changes_table(before, after, "公開").rows == ()
    assert changes_table(before, after, "庁内").rows != ()


def test_changes_of_willingness_and_of_people_stay_where_they_belong() -> None:
    before = town()
    after = with_records(
        before,
        record("area", "hoshinami", **(AREA | {"willingness": {"level": "これから"}}), **PUBLIC),
        record("person", "p", roles=["新しい役"]),
    )

    assert changes_table(before, after, "庁内").rows == ()
    assert [row[0].text for row in changes_table(before, after, "事務局").rows] == ["地域「星波ヶ丘」"]


def test_figures_are_told_in_words_with_what_makes_them_uncertain() -> None:
    shown = words(page())

    assert "人口：星波ヶ丘 320人　令和8年10月1日時点" in shown
    assert "高齢化率：星波ヶ丘 41.5%　参考値（人口が少ないため）" in shown
    assert "値なし（秘匿・欠損など）　市より小さい範囲は公表なし" in shown
    assert "人口500人に満たない地域の率" in shown
    assert "星波ヶ丘 4人" in shown


def test_few_people_are_not_told_to_the_public() -> None:
    shown = words(page("公開"))

    assert "15歳未満：星波ヶ丘 秘匿（10未満）" in shown
    assert "星波ヶ丘 4人" not in shown
    assert "41.5" not in shown
    assert "320人" in shown


def test_bars_begin_at_zero_and_losses_go_the_other_way() -> None:
    drawn = bars("増減", [Bar("北", 10, "10%"), Bar("南", -5, "-5%"), Bar("東", None, "値なし")])
    found = [
        (float(x), float(width)) for x, width in re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', drawn)
    ]
    (start, gain), (loss_start, loss), (zero, _) = found

    assert start == pytest.approx(zero + 0.5, abs=0.01)
    assert loss_start + loss == pytest.approx(start, abs=0.01)
    assert gain == pytest.approx(2 * loss, abs=0.01)


def test_an_empty_store_has_a_report() -> None:
    shown = page(before=snapshot())

    assert "カテゴリーか部署がまだありません。" in shown
    assert '<section class="sheet" id="areas">' not in shown


def test_it_is_one_file_without_scripts_and_of_the_same_bytes_every_time() -> None:
    shown = page("事務局")

    assert shown == page("事務局")
    assert "<script" not in shown
    assert "default-src 'none'" in shown
    ids = re.findall(r'\sid="([^"]+)"', shown)
    assert len(ids) == len(set(ids))
