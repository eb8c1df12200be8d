"""`meetings/<id>.toml` and `series/<id>.toml`: meetings, opinions and actions (handbook 1-3)."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, Strict

from kyoju_tui.records.base import (
    AnyRef,
    CategoryId,
    Clock,
    Day,
    DepartmentId,
    Flag,
    Item,
    Lens,
    Part,
    Record,
    Says,
    SeriesId,
)
from kyoju_tui.records.text import Line, Text


class Attendance(Part):
    """Whether a department was there; a speaker is a department, never a person."""

    KEY: ClassVar[tuple[str, ...]] = ("department",)

    department: Annotated[DepartmentId, Says("部署")]
    status: Annotated[Literal["出席", "代理", "欠席"] | None, Says("出欠")] = None
    sent_documents: Annotated[Flag, Says("資料送付済")] = False


class Opinion(Item):
    """An opinion (意見・考え方等) appended to the matrix; never overwritten."""

    category: Annotated[CategoryId | None, Says("カテゴリー")] = None
    department: Annotated[DepartmentId | None, Says("部署")] = None
    lens: Annotated[Lens | None, Says("視点")] = None
    text: Annotated[Text | None, Says("意見")] = None
    refs: Annotated[tuple[AnyRef, ...], Says("関係する記録")] = ()
    print: Annotated[Flag, Says("印刷する")] = False


class Action(Item):
    """Something to be done (対応事項)."""

    text: Annotated[Line | None, Says("内容")] = None
    department: Annotated[DepartmentId | None, Says("担当")] = None
    due_on: Annotated[Day | None, Says("期日")] = None
    done_on: Annotated[Day | None, Says("済んだ日")] = None


class Meeting(Record):
    """A meeting, whatever its form."""

    KIND: ClassVar[str] = "meeting"

    title: Annotated[Line, Says("会議名", column=True)]
    kind: Annotated[Literal["事前説明", "意見交換", "連携会議", "打合せ", "地域"] | None, Says("種別", column=True)] = (
        None
    )
    series: Annotated[SeriesId | None, Says("系列")] = None
    held_on: Annotated[Day | None, Says("開催日", "例：R8.11.23、11/23", column=True)] = None
    starts: Annotated[Clock | None, Says("開始")] = None
    ends: Annotated[Clock | None, Says("終了")] = None
    place: Annotated[Line | None, Says("場所", column=True)] = None
    documents: Annotated[tuple[Line, ...], Says("資料")] = ()
    attendance: Annotated[tuple[Attendance, ...], Says("出欠", shown=True)] = ()
    agenda: Annotated[tuple[Line, ...], Says("次第", shown=True)] = ()
    notes: Annotated[Text | None, Says("要点")] = None
    opinions: Annotated[tuple[Opinion, ...], Says("意見・考え方等", shown=True)] = ()
    decisions: Annotated[tuple[Line, ...], Says("決まったこと", shown=True)] = ()
    actions: Annotated[tuple[Action, ...], Says("対応事項", shown=True)] = ()
    minutes_status: Annotated[
        Literal["案", "出席課確認中", "確定", "供覧済"] | None, Says("会議概要の状態", column=True)
    ] = None
    next_on: Annotated[Day | None, Says("次回", "次の会議を開く日")] = None


class Series(Record):
    """A series of meetings with an interval in days."""

    KIND: ClassVar[str] = "series"

    title: Annotated[Line, Says("名称", column=True)]
    interval_days: Annotated[Annotated[int, Strict(), Field(ge=1, le=3660)] | None, Says("間隔（日）", column=True)] = (
        None
    )
    stage: Annotated[Literal["意見交換", "連携協働"] | None, Says("段階", column=True)] = None
    members: Annotated[tuple[DepartmentId, ...], Says("構成部署", "会議を作ると、出欠の行になります", shown=True)] = ()
