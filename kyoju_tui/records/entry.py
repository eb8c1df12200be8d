"""`entries/<department>/<id>.toml`: an initiative, an issue or data of a department (handbook 1-2, 1-3)."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from kyoju_tui.records.base import (
    AreaId,
    CategoryId,
    Count,
    Day,
    DepartmentId,
    EntryId,
    EntryKind,
    InquiryId,
    MeetingId,
    Part,
    Record,
    Says,
    Year,
)
from kyoju_tui.records.text import Line, Text

Status = Literal["必要", "検討中", "取組中", "終了"]
DataKind = Literal["統計", "既往アンケート", "ヒアリング", "窓口の声"]
CareElement = Literal["医療", "看護", "介護", "介護予防", "生活支援", "住まい"]


class YearResult(Part):
    """Results of one fiscal year."""

    KEY: ClassVar[tuple[str, ...]] = ("fiscal_year",)

    fiscal_year: Annotated[Year, Says("年度", "西暦の年で記録します（令和8年度は2026）")]
    text: Annotated[Text | None, Says("実績")] = None


class Source(Part):
    """Where the entry comes from."""

    inquiry: Annotated[InquiryId | None, Says("照会")] = None
    meeting: Annotated[MeetingId | None, Says("会議")] = None
    document: Annotated[Line | None, Says("資料")] = None


class Entry(Record):
    """One initiative (取組), issue (課題) or data (データ). Its department is its folder, never a key."""

    KIND: ClassVar[str] = "entry"

    title: Annotated[Line, Says("件名", "施策・事業・課題・資料の名前", column=True)]
    kind: Annotated[EntryKind, Says("種別", column=True)]
    status: Annotated[Status | None, Says("状況", "取組のときだけ選びます", column=True)] = None
    data_kind: Annotated[DataKind | None, Says("データの種類", "データのときだけ選びます")] = None
    categories: Annotated[tuple[CategoryId, ...], Says("カテゴリー", "1つ以上選びます", column=True)]
    outline: Annotated[Text | None, Says("概要", "部署のことばで書きます", shown=True)] = None
    summary: Annotated[Text | None, Says("一覧表の文", "事務局が一覧表のために短くまとめた文")] = None
    results: Annotated[tuple[YearResult, ...], Says("実績", "年度ごとの成果")] = ()
    difficulties: Annotated[
        Text | None, Says("取組上の課題", "成果だけでなく、進めるうえで困っていること", shown=True)
    ] = None
    direction: Annotated[Text | None, Says("今後の方向性")] = None
    target_group: Annotated[Line | None, Says("対象者", "例：ひとり暮らしの高齢者")] = None
    since: Annotated[Day | None, Says("開始")] = None
    until: Annotated[Day | None, Says("終了予定")] = None
    as_of: Annotated[Day | None, Says("時点", "内容を確かめた日、資料の基準日", column=True)] = None
    confirmed: Annotated[
        Literal["担当者案", "課長確認済", "未確認"] | None,
        Says("所管課の確認", "一覧表の文を直すと「未確認」に戻ります", column=True),
    ] = None
    section: Annotated[Line | None, Says("担当係")] = None
    extension: Annotated[Line | None, Says("内線")] = None
    budget_item: Annotated[Line | None, Says("予算科目")] = None
    budget_thousand_yen: Annotated[Count | None, Says("予算額（千円）")] = None
    funding: Annotated[Line | None, Says("財源", "例：一般財源、国補助1/2")] = None
    operator: Annotated[Literal["直営", "委託", "補助"] | None, Says("実施方法")] = None
    plan: Annotated[Line | None, Says("位置づける計画")] = None
    legal_basis: Annotated[Line | None, Says("根拠法令等")] = None
    related_departments: Annotated[tuple[DepartmentId, ...], Says("関係部署")] = ()
    areas: Annotated[tuple[AreaId, ...], Says("地域")] = ()
    care_elements: Annotated[tuple[CareElement, ...], Says("地域包括ケアの要素")] = ()
    addresses: Annotated[tuple[EntryId, ...], Says("対応する課題", "この取組が応える課題")] = ()
    causes: Annotated[tuple[EntryId, ...], Says("背景にある課題", "この課題の原因となっている課題")] = ()
    source: Annotated[Source | None, Says("出所")] = None

    @model_validator(mode="after")
    def _kind_and_status(self) -> Self:
        if not self.categories:
            raise PydanticCustomError("no_category", "カテゴリーを1つ以上選んでください。")
        if self.kind == "取組" and self.status is None:
            raise PydanticCustomError("status_missing", "取組には状況（必要・検討中・取組中・終了）が必要です。")
        if self.kind != "取組" and self.status is not None:
            raise PydanticCustomError("status_refused", "状況を付けられるのは取組だけです。")
        if self.kind != "データ" and self.data_kind is not None:
            raise PydanticCustomError("data_kind_refused", "データの種類を付けられるのはデータだけです。")
        if self.since is not None and self.until is not None and self.until < self.since:
            raise PydanticCustomError("period", "終了予定が開始より前になっています。")
        return self


def awaiting_confirmation(before: Entry | None, after: Entry) -> Entry:
    """`after`, marked 未確認 where the secretariat's wording changed once the department had confirmed it."""
    if before is None or before.summary == after.summary or after.summary is None:
        return after
    if before.confirmed == after.confirmed == "課長確認済":
        return after.but(confirmed="未確認")
    return after
