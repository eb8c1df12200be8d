"""`policy.toml`: the lead department, purpose and direction, roles and arguments (handbook 1-1)."""

from typing import Annotated, ClassVar, Literal

from kyoju_tui.records.base import Day, DepartmentId, Item, Part, Record, Says
from kyoju_tui.records.text import Line, Text

Position = Literal["たたき台", "合意", "確定"]
Viewpoint = Literal["地域まちづくり", "地域包括ケア", "財政と地域の自立", "その他"]
Audience = Literal["部署", "幹部", "財政", "議会", "地域", "その他"]


class Lead(Part):
    """The lead department (担当部局) with the dates of its decision (起案・決裁・施行)."""

    department: Annotated[DepartmentId | None, Says("担当部局", column=True)] = None
    drafted_on: Annotated[Day | None, Says("起案日")] = None
    decided_on: Annotated[Day | None, Says("決裁日")] = None
    effective_on: Annotated[Day | None, Says("施行日")] = None
    document: Annotated[Line | None, Says("文書番号")] = None


class EarlierLead(Item):
    """A department that led before."""

    department: Annotated[DepartmentId | None, Says("担当部局")] = None
    name: Annotated[Line | None, Says("当時の名称")] = None
    effective_on: Annotated[Day | None, Says("施行日")] = None
    until: Annotated[Day | None, Says("終了日")] = None
    document: Annotated[Line | None, Says("文書番号")] = None
    reason: Annotated[Text | None, Says("変更の理由")] = None


class Candidate(Item):
    """A department that could lead."""

    department: Annotated[DepartmentId | None, Says("候補の部署")] = None
    reason: Annotated[Text | None, Says("理由")] = None


class Consultation(Item):
    """A talk held on the way to the decision."""

    on: Annotated[Day | None, Says("日付")] = None
    departments: Annotated[tuple[DepartmentId, ...], Says("相手の部署")] = ()
    text: Annotated[Text | None, Says("内容")] = None


class ExistingBody(Item):
    """A body that already works across departments, and the view that is added to it."""

    name: Annotated[Line | None, Says("名称")] = None
    departments: Annotated[tuple[DepartmentId, ...], Says("構成する部署")] = ()
    added_view: Annotated[Text | None, Says("加える視点")] = None


class Role(Item):
    """One task of the lead department."""

    text: Annotated[Line | None, Says("役割")] = None
    department: Annotated[DepartmentId | None, Says("担当")] = None
    due_on: Annotated[Day | None, Says("期日")] = None
    done_on: Annotated[Day | None, Says("済んだ日")] = None


class Argument(Item):
    """One argument for one audience from one viewpoint."""

    viewpoint: Annotated[Viewpoint | None, Says("視点")] = None
    audience: Annotated[Audience | None, Says("相手")] = None
    text: Annotated[Text | None, Says("説明")] = None


class NextHandbook(Item):
    """The other handbook of the series that helps with a step (handbook, cover)."""

    handbook: Annotated[Literal["1", "2-②", "3", "4", "5"] | None, Says("手引", "同じ手引きの別の冊子")] = None
    step: Annotated[Line | None, Says("段階", "例：優先テーマを実践に移す")] = None
    text: Annotated[Text | None, Says("覚え", "どこを見るか、何に使うか")] = None


class Policy(Record):
    """The town's policy for residential communities."""

    KIND: ClassVar[str] = "policy"

    lead: Annotated[Lead | None, Says("担当部局")] = None
    earlier_leads: Annotated[tuple[EarlierLead, ...], Says("これまでの担当部局")] = ()
    candidates: Annotated[tuple[Candidate, ...], Says("担当部局の候補")] = ()
    consultations: Annotated[tuple[Consultation, ...], Says("協議の記録")] = ()
    existing_bodies: Annotated[tuple[ExistingBody, ...], Says("既にある連携の場")] = ()
    purpose: Annotated[Text | None, Says("目的")] = None
    direction: Annotated[Text | None, Says("方向性")] = None
    position: Annotated[Position | None, Says("位置づけ", column=True)] = None
    reviewed_on: Annotated[Day | None, Says("見直した日", "目的と方向性を最後に見直した日")] = None
    roles: Annotated[tuple[Role, ...], Says("担当の役割")] = ()
    arguments: Annotated[tuple[Argument, ...], Says("関係者への説明")] = ()
    handbooks: Annotated[tuple[NextHandbook, ...], Says("次に見る手引")] = ()
