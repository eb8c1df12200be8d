"""The words of other people's sheets: what columns are called, what rows are no entries, what names look like."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kyoju_tui.records.description import field_map
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.folding import fold

DEPARTMENT: Final = "department"
CATEGORY: Final = "category"
KIND: Final = "kind"
ISSUE: Final = "課題"
INITIATIVE: Final = "取組"
DATA: Final = "データ"
ANY: Final = "取組・課題"
PLANNED: Final = "検討中"
RESULTS: Final = "results"
NOTHING: Final = ""
SKIPPED: Final = "-"
"""A column that is known and holds nothing to bring in, such as a running number."""

BUREAU: Final = "bureau"
"""A column of bureaus, while it is not settled yet whether it is needed."""

SECTIONS: Final = ("係", "班", "グループ", "担当", "チーム")
"""How the names of what is smaller than a department end."""

CELLS: Final = frozenset({INITIATIVE, ISSUE, DATA, ANY, PLANNED})
"""Meanings of columns whose cells are split into entries."""

# Folded and without what stands in brackets. The first word of a line is what it means.
_SYNONYMS: Final = """
title 件名 事業名 事務事業名 事務事業名称 事業名称 施策名 施策事業名 取組名 取組名称 取組事業名 名称 事業 事務事業
title 施策 事業等の名称 取組の名称 事業施策名 施策・事業名 事業・施策名 主な事業 主な取組名 制度名 タイトル
title 具体的な取組 個別事業名 細事業名 主要事業名
outline 概要 事業概要 事業の概要 事業内容 事業の内容 内容 取組内容 取組の内容 取組概要 施策概要 事務事業の概要
outline 事業目的 目的 事業の目的 目的・内容 事業の目的・内容 事業概要・目的 事業説明 説明 実施内容 取組状況
outline 取組の概要 具体的な内容 手段
difficulties 取組上の課題 課題 課題等 問題点 現状の課題 現状と課題 課題・問題点 事業の課題 今後の課題 実施上の課題
difficulties 課題点 懸案事項
direction 今後の方向性 方向性 今後の方針 今後の予定 今後の取組 今後の展開 見直しの方向性 改善の方向性 方針
target_group 対象者 対象 事業の対象 利用対象 対象となる方 主な対象 支援対象 受益者 対象層
since 開始 開始年度 事業開始年度 開始年月 開始年月日 開始時期 事業開始 開始年 事業期間 実施期間 期間 創設年度
since 着手年度
until 終了予定 終了年度 事業終了年度 終期 終了予定年度 終了時期 完了年度
status 状況 実施状況 進捗 進捗状況 状態 区分（状況） 実施区分 現況 ステータス 継続・新規 新規継続
department 担当課 所管課 担当部署 所管部署 部署 部署名 担当課名 所管 担当 課名 課 主管課 実施課 担当部課 部課名 所属
department 部局 部局名 部名 局名 担当部 担当部局名 所管部局 所管部局名 所管部
department 所管課名 事業担当課 担当部局 組織 組織名 所管部課 担当所属 回答課
category カテゴリー カテゴリ 分野 分類 政策分野 施策分野 大分類 領域 テーマ 分野別 項目分野
kind 種別 取組課題の別 種類
legal_basis 根拠法令等 根拠法令 根拠 法的根拠 根拠規定 根拠条例 法令根拠 根拠法令・条例等 根拠法令条例等 関係法令
legal_basis 根拠要綱
budget_thousand_yen 予算額 予算 当初予算 当初予算額 事業費 予算額等 予算現額 現年度予算 当該年度予算額 本年度予算額
funding 財源 財源内訳 補助金名 補助金等 国県補助 特定財源
operator 実施方法 実施主体 実施形態 事業主体 運営方法 執行方法
plan 位置づける計画 関連計画 計画 根拠計画 上位計画 計画名 位置付け 位置づけ 計画上の位置づけ 総合計画上の位置づけ
section 担当係 係 係名 担当班 担当係名 担当グループ
extension 内線 内線番号 電話内線
budget_item 予算科目 科目 款項目 会計科目 予算事業名 予算区分 会計
related_departments 関係部署 関係課 関連課 連携課 関連部署 連携先 関係課等 連携部署
as_of 時点 基準日 調査時点 記入日 現在
care_elements 地域包括ケアの要素
areas 地域 対象地域 実施地域
note 備考 摘要 特記事項 その他 メモ 備考欄 参考
confirmed 所管課の確認
summary 一覧表の文
取組 取組 取組み 取り組み 取組状況内容 現在の取組 取組中 主な取組 現状の取組 既存の取組 実施している取組
データ データ 既往データ 基礎データ 統計データ 関連データ
取組・課題 取組課題 取組・課題 取組及び課題 取組と課題 現状
- 番号 no № no. 連番 通番 通し番号 項番 整理番号 事業番号 # 行 コード 事業コード 枝番 順
"""
UNITS: Final = ("円", "千円", "万円", "百万円")
_UNIT: Final = re.compile(r"(百万円|千円|万円|円)")
_YEARLY: Final = re.compile(
    r"(?P<year>(?:令和|平成|[rh])?(?:元|\d{1,4})年?度?)の?(?:実績|成果|実施結果|結果|決算|予算額?|当初予算額?|事業費)"
)
_BRACKETS: Final = re.compile(r"[（(【［\[〔<＜].*?[）)】］\]〕>＞]")
_LEADING: Final = re.compile(r"^[\s　]*(?:[①-⑳]|[(（]?[0-9０-９]{1,2}[)）.．、]|[■●○◆※＊*])+")
_SUBTOTAL: Final = re.compile(r"(?:小計|合計|総計|中計|累計|計|.{0,20}(?:合計|小計|総計)|.{1,12}[部課局]計)")
_FOOTNOTE: Final = re.compile(r"[\s　]*(?:[※＊*]|[（(]?注[)）]?[0-9０-９]*[：:.．、)）　 ]|[（(]注[0-9０-９]*[)）])")
_LIKE_DEPARTMENT: Final = re.compile(
    r"[^\s。、：:（）()]{1,18}(?:課|室|局|部|係|事務局|事務所|センター|委員会|協議会|公社|本部|支所|署|館|グループ|班|担当|チーム|機構|財団|学校|園)"
)
_NO_DEPARTMENT: Final = re.compile(
    r"(?:担当|所管|主管|関係|関連|実施|連携|回答|事業)(?:課|部署?|室|係|部局|部課)|課|部|室|係|部署|部局|部課|担当"
)


def heading_words(heading: str) -> str:
    """A heading for comparing: folded, without numbers before it and what stands in brackets."""
    bare = _BRACKETS.sub("", _LEADING.sub("", heading))
    return fold(bare or heading).strip("-:。、・")


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, str]:
    found: dict[str, str] = {}
    for field in field_map(Entry).values():
        if field.name not in ("disclosure", "source", "results"):
            found[heading_words(field.label)] = field.name
    for line in _SYNONYMS.strip().splitlines():
        meaning, *words = line.split()
        for word in words:
            found[fold(word).strip("-:。、・")] = meaning
    return found


@lru_cache(maxsize=4096)
def meaning_of(heading: str) -> str:
    """What a column of this heading is; empty where the heading is not one of those known."""
    words = heading_words(heading)
    known = _synonyms().get(words) or _synonyms().get(words.replace("・", "").replace("/", ""))
    if known:
        return known
    yearly = _YEARLY.fullmatch(words)
    if yearly is not None:
        return (
            RESULTS
            if words.endswith(("実績", "成果", "結果"))
            else "budget_thousand_yen"
            if "予算" in words
            else NOTHING
        )
    return NOTHING


def year_of(heading: str) -> str:
    """The fiscal year that a heading names: r5 of 「R5実績」; empty where it names none."""
    found = _YEARLY.search(heading_words(heading)) or re.search(
        r"(?P<year>(?:令和|平成|[rh])(?:元|\d{1,2})年?度?)", fold(heading)
    )
    return found["year"] if found is not None else ""


def unit_in(text: str) -> str:
    """The unit of money that a heading or a line above the table names."""
    found = _UNIT.search(fold(text).replace("單", "単")) or _UNIT.search(text)
    return found[1] if found is not None else ""


def like_meaning(heading: str) -> str:
    """The heading that is most like this one; empty where none is."""
    from rapidfuzz import fuzz, process

    words = heading_words(heading)[:100]
    if len(words) < 2:
        return ""
    found = process.extractOne(words, list(_synonyms()), scorer=fuzz.ratio, score_cutoff=60)
    return _synonyms()[found[0]] if found is not None else ""


def like_department(text: str) -> bool:
    """Whether a text looks like the name of a department, whichever one."""
    bare = "".join(_BRACKETS.sub("", text).split())
    return _LIKE_DEPARTMENT.fullmatch(bare) is not None and _NO_DEPARTMENT.fullmatch(bare) is None


def bureaus(heading: str) -> bool:
    """Whether a heading is that of bureaus (部局名), not of departments."""
    return re.fullmatch(r".*?(?:部局|部|局)名?", heading_words(heading)) is not None


def subtotal(text: str) -> bool:
    """Whether the first text of a row says that it is a sum."""
    bare = "".join(text.split()).strip("（）()【】［］[]＜＞<>・")
    return len(bare) <= 24 and _SUBTOTAL.fullmatch(bare) is not None


def footnote(text: str) -> bool:
    """Whether a text is a note under the table."""
    return _FOOTNOTE.match(text) is not None


def label_of(meaning: str) -> str:
    """What a meaning is called on screens."""
    labels = {
        DEPARTMENT: "部署", CATEGORY: "カテゴリー", INITIATIVE: "取組（欄を分けて読む）", ISSUE: "課題（別の件にする）",
        PLANNED: "検討中の取組（欄を分けて読む）", DATA: "データ（別の件にする）",
        ANY: "取組・課題（欄を分けて読む）", RESULTS: "実績", SKIPPED: "読まない", NOTHING: "不明",
    }  # fmt: skip
    return labels.get(meaning) or field_map(Entry)[meaning].label


def meanings() -> tuple[str, ...]:
    """Every meaning that a column can have, in the order in which a person looks for them."""
    return (
        "title", "outline", DEPARTMENT, CATEGORY, "status", KIND, "difficulties", ISSUE, "direction",
        "target_group", "since", "until", "budget_thousand_yen", "funding", "operator", "legal_basis", "plan",
        "section", "extension", "budget_item", "related_departments", "areas", RESULTS, "summary", "as_of",
        "confirmed", "care_elements", INITIATIVE, PLANNED, DATA, ANY, "note", SKIPPED,
    )  # fmt: skip
