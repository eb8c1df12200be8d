"""`framework.toml`: the promotion framework, its results and reviews (handbook 2-1, 2-2)."""

from typing import Annotated, ClassVar, Literal

from kyoju_tui.records.base import Day, DepartmentId, Item, Part, Record, Says
from kyoju_tui.records.text import Line, Text


class Result(Item):
    """Something the joint work brought about."""

    on: Annotated[Day | None, Says("日付")] = None
    text: Annotated[Text | None, Says("実績")] = None


class Difficulty(Item):
    """A problem met on the way."""

    on: Annotated[Day | None, Says("日付")] = None
    text: Annotated[Text | None, Says("課題")] = None


class Review(Item):
    """A periodic judgement whether a unit of its own is needed."""

    on: Annotated[Day | None, Says("日付")] = None
    judgement: Annotated[Literal["継続", "準備", "移行"] | None, Says("判断")] = None
    reason: Annotated[Text | None, Says("理由")] = None


class Transition(Part):
    """The move to a unit of its own."""

    unit: Annotated[Line | None, Says("新しい組織")] = None
    decided_on: Annotated[Day | None, Says("決定日")] = None
    effective_on: Annotated[Day | None, Says("施行日")] = None
    reason: Annotated[Text | None, Says("理由")] = None
    override_reason: Annotated[Text | None, Says("検証を経ずに移る理由")] = None


class Framework(Record):
    """How the departments work together: by meetings, or by a unit of its own."""

    KIND: ClassVar[str] = "framework"

    type: Annotated[Literal["庁内連携", "庁内体制整備"] | None, Says("タイプ", column=True)] = None
    stage: Annotated[Literal["意見交換", "連携協働"] | None, Says("段階", column=True)] = None
    joint_since: Annotated[Day | None, Says("連携協働になった日", "意見交換の場が、ともに取り組む場になった日")] = None
    reason: Annotated[Text | None, Says("選んだ理由")] = None
    merits: Annotated[tuple[Line, ...], Says("メリット")] = ()
    demerits: Annotated[tuple[Line, ...], Says("デメリット")] = ()
    members: Annotated[tuple[DepartmentId, ...], Says("構成部署")] = ()
    body: Annotated[Line | None, Says("会議体・組織の名称")] = None
    decided_on: Annotated[Day | None, Says("決定日")] = None
    results: Annotated[tuple[Result, ...], Says("実績")] = ()
    problems: Annotated[tuple[Difficulty, ...], Says("課題")] = ()
    reviews: Annotated[tuple[Review, ...], Says("検証")] = ()
    transition: Annotated[Transition | None, Says("移行")] = None
