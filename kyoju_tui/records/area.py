"""`areas/<id>.toml`: a target area, judged on two separate axes and never scored (handbook 3-1)."""

from typing import Annotated, ClassVar, Literal

from kyoju_tui.records.base import (
    AreaId,
    DatasetId,
    Day,
    DepartmentId,
    Figure,
    GroupId,
    Item,
    Part,
    Record,
    Says,
)
from kyoju_tui.records.entry import CareElement
from kyoju_tui.records.text import Line, Text


class Willingness(Part):
    """意欲 with its evidence (判断材料)."""

    level: Annotated[Literal["活発", "一部で動き", "これから", "未把握"] | None, Says("意欲", column=True)] = None
    evidence: Annotated[tuple[Line, ...], Says("判断材料")] = ()


class Priority(Part):
    """優先度 with its evidence (判断材料)."""

    level: Annotated[Literal["高", "中", "低", "未判定"] | None, Says("優先度", column=True)] = None
    evidence: Annotated[tuple[Line, ...], Says("判断材料")] = ()


class Indicator(Part):
    """One figure of the area, with its date and, for a rate, its denominator."""

    KEY: ClassVar[tuple[str, ...]] = ("name", "as_of")

    name: Annotated[Line, Says("指標")]
    as_of: Annotated[Day | None, Says("時点")] = None
    value: Annotated[Figure | None, Says("値")] = None
    unit: Annotated[Line | None, Says("単位")] = None
    denominator: Annotated[Line | None, Says("分母")] = None
    dataset: Annotated[DatasetId | None, Says("出所の資料")] = None
    coverage: Annotated[Line | None, Says("範囲", "どの小地域の数か（例：小地域3のうち3）、値がないときはその理由")] = (
        None
    )


class Proposal(Item):
    """A department's proposal of the area."""

    department: Annotated[DepartmentId | None, Says("提案した部署")] = None
    reason: Annotated[Text | None, Says("理由")] = None
    on: Annotated[Day | None, Says("日付")] = None


class Talk(Item):
    """A talk with the area about its wishes (地域側の意向確認)."""

    with_: Annotated[Line | None, Says("相手")] = None
    on: Annotated[Day | None, Says("日付")] = None
    result: Annotated[Text | None, Says("結果")] = None


class Visit(Item):
    """A visit: needs heard and promises made."""

    on: Annotated[Day | None, Says("日付")] = None
    departments: Annotated[tuple[DepartmentId, ...], Says("訪問した部署")] = ()
    needs: Annotated[Text | None, Says("聞いたこと")] = None
    promises: Annotated[Text | None, Says("約束したこと")] = None
    kept_on: Annotated[Day | None, Says("約束を果たした日", "空のあいだは、残っている約束として示します")] = None


class Lesson(Item):
    """Something learned in a model area."""

    on: Annotated[Day | None, Says("日付")] = None
    text: Annotated[Text | None, Says("分かったこと")] = None


class PassedTo(Item):
    """An area that the lessons were passed on to (横展開)."""

    area: Annotated[AreaId | None, Says("地域")] = None
    on: Annotated[Day | None, Says("日付")] = None
    text: Annotated[Text | None, Says("内容")] = None


class Area(Record):
    """A candidate, model or target area."""

    KIND: ClassVar[str] = "area"

    name: Annotated[Line, Says("地域名", column=True)]
    reading: Annotated[Line | None, Says("よみ", "検索とidに使います（ひらがな）", shown=True)] = None
    status: Annotated[Literal["候補", "モデル", "対象", "今回は対象外"] | None, Says("位置づけ", column=True)] = None
    status_reason: Annotated[Text | None, Says("位置づけの理由", "どのように選んだか")] = None
    scope: Annotated[Literal["連合町内会", "連合町内会+コミュニティ", "その他"] | None, Says("範囲", column=True)] = (
        None
    )
    members: Annotated[tuple[Line, ...], Says("町内会")] = ()
    community: Annotated[GroupId | None, Says("コミュニティ", "範囲に含める団体")] = None
    small_areas: Annotated[tuple[Line, ...], Says("国勢調査の小地域", "町丁・字等のコード")] = ()
    daily_living_area: Annotated[Line | None, Says("日常生活圏域")] = None
    care_elements: Annotated[tuple[CareElement, ...], Says("地域包括ケアの要素", "この地域で支えられている要素")] = ()
    school_district: Annotated[Line | None, Says("学区")] = None
    formation: Annotated[Text | None, Says("成り立ち", "例：昭和40年代の戸建団地", shown=True)] = None
    location: Annotated[Text | None, Says("立地")] = None
    intent: Annotated[Literal["実施中", "始めたい", "未把握"] | None, Says("地域の意向", column=True)] = None
    willingness: Annotated[Willingness | None, Says("意欲", column=True)] = None
    priority: Annotated[Priority | None, Says("優先度", column=True)] = None
    indicators: Annotated[tuple[Indicator, ...], Says("指標")] = ()
    proposals: Annotated[tuple[Proposal, ...], Says("候補の提案")] = ()
    talks: Annotated[tuple[Talk, ...], Says("地域側の意向確認")] = ()
    visits: Annotated[tuple[Visit, ...], Says("訪問", shown=True)] = ()
    lessons: Annotated[tuple[Lesson, ...], Says("分かったこと")] = ()
    passed_to: Annotated[tuple[PassedTo, ...], Says("横展開先")] = ()
