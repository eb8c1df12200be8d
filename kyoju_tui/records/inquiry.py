"""`inquiries/<id>.toml`: an inquiry to the departments and what came back (handbook 1-2(1))."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, Strict, model_validator
from pydantic_core import PydanticCustomError

from kyoju_tui.records.base import CategoryId, Day, DepartmentId, EntryKind, Flag, Item, MeetingId, Part, Record, Says
from kyoju_tui.records.text import Line, Text

Number = Annotated[int, Strict(), Field(ge=1, le=9999)]


class Section(Item):
    """A heading of the form; it may map to several rows of the matrix."""

    label: Annotated[Line | None, Says("見出し")] = None
    categories: Annotated[tuple[CategoryId, ...], Says("カテゴリー")] = ()


class Receipt(Item):
    """One answer as it came in; a corrected one (差替) is a further version."""

    version: Annotated[Number | None, Says("版")] = None
    on: Annotated[Day | None, Says("受付日")] = None
    confirmed: Annotated[Literal["担当者案", "課長確認済", "未確認"] | None, Says("所管課の確認")] = None
    reason: Annotated[Line | None, Says("差替の理由")] = None
    file: Annotated[Line | None, Says("ファイル名")] = None
    sha256: Annotated[Line | None, Says("照合値")] = None


class Reminder(Item):
    """One reminder: by telephone first, then in writing (再依頼)."""

    on: Annotated[Day | None, Says("日付")] = None
    how: Annotated[Line | None, Says("方法")] = None
    reply: Annotated[Line | None, Says("返事")] = None


class Target(Part):
    """One department asked."""

    KEY: ClassVar[tuple[str, ...]] = ("department",)

    department: Annotated[DepartmentId, Says("部署")]
    sent_on: Annotated[Day | None, Says("送付日")] = None
    extended_due: Annotated[Day | None, Says("延長した期限")] = None
    receipts: Annotated[tuple[Receipt, ...], Says("受付")] = ()
    checking: Annotated[Flag, Says("内容確認中")] = False
    unchanged: Annotated[Flag, Says("前回のまま")] = False
    withdrawn: Annotated[Flag, Says("取下げ")] = False
    reminders: Annotated[tuple[Reminder, ...], Says("再依頼")] = ()


class NothingToReport(Item):
    """「該当なし」: an answer of its own, for a whole cell or for one kind of it."""

    department: Annotated[DepartmentId | None, Says("部署")] = None
    category: Annotated[CategoryId | None, Says("カテゴリー")] = None
    kind: Annotated[EntryKind | None, Says("種別", "空のときはすべて")] = None


class Compilation(Item):
    """A numbered compilation (第n回取りまとめ), as it stood on a day."""

    number: Annotated[Number | None, Says("回")] = None
    as_of: Annotated[Day | None, Says("時点")] = None
    commit: Annotated[Line | None, Says("記録の版")] = None
    late: Annotated[tuple[DepartmentId, ...], Says("間に合わなかった部署")] = ()


class Inquiry(Record):
    """An inquiry (照会), request (依頼) or office notice (事務連絡)."""

    KIND: ClassVar[str] = "inquiry"

    title: Annotated[Line, Says("件名", column=True)]
    form: Annotated[Literal["照会", "依頼", "事務連絡"] | None, Says("文書の種類", column=True)] = None
    document: Annotated[Line | None, Says("文書番号")] = None
    sender: Annotated[Line | None, Says("発信者")] = None
    addressee: Annotated[Line | None, Says("宛先")] = None
    via: Annotated[Line | None, Says("経由")] = None
    drafted_on: Annotated[Day | None, Says("起案日")] = None
    decided_on: Annotated[Day | None, Says("決裁日")] = None
    issued_on: Annotated[Day | None, Says("発出日", column=True)] = None
    due_on: Annotated[Day | None, Says("回答期限", column=True)] = None
    contact: Annotated[Line | None, Says("問い合わせ先", "係名と内線")] = None
    purpose: Annotated[Text | None, Says("趣旨")] = None
    briefing: Annotated[MeetingId | None, Says("事前説明")] = None
    categories: Annotated[tuple[CategoryId, ...], Says("カテゴリー", "空のときは使用中のすべて")] = ()
    kinds: Annotated[tuple[EntryKind, ...], Says("聞く種別", "空のときはすべて")] = ()
    sections: Annotated[tuple[Section, ...], Says("様式の見出し")] = ()
    targets: Annotated[tuple[Target, ...], Says("照会先")] = ()
    nothing_to_report: Annotated[tuple[NothingToReport, ...], Says("該当なし")] = ()
    compilations: Annotated[tuple[Compilation, ...], Says("取りまとめ")] = ()

    @model_validator(mode="after")
    def _due_after_issue(self) -> Self:
        if self.issued_on is not None and self.due_on is not None and self.due_on < self.issued_on:
            raise PydanticCustomError("due_before_issue", "回答期限が発出日より前になっています。")
        return self
