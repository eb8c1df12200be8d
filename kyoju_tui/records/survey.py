"""`surveys/<id>.toml`: questionnaires and hearings (handbook 3-2)."""

from typing import Annotated, ClassVar, Literal

from kyoju_tui.records.base import AnyRef, Day, DepartmentId, Item, Lens, Part, Record, Says
from kyoju_tui.records.ids import PartId
from kyoju_tui.records.text import Line, Text


class Question(Item):
    """One question of the form."""

    section: Annotated[Line | None, Says("区分")] = None
    text: Annotated[Text | None, Says("質問")] = None
    type: Annotated[Literal["記述", "選択", "はい・いいえ", "数"] | None, Says("答え方")] = None
    choices: Annotated[tuple[Line, ...], Says("選択肢", "答え方が「選択」のときに選べる言葉")] = ()


class SurveyReceipt(Item):
    """One form as it came back; a corrected one is a further receipt."""

    on: Annotated[Day | None, Says("受付日")] = None
    file: Annotated[Line | None, Says("ファイル名")] = None
    sha256: Annotated[Line | None, Says("照合値")] = None


class SurveyTarget(Part):
    """Somebody asked: a group or a person by reference."""

    KEY: ClassVar[tuple[str, ...]] = ("ref",)

    ref: Annotated[AnyRef, Says("相手")]
    sent_on: Annotated[Day | None, Says("送付日")] = None
    received_on: Annotated[Day | None, Says("受付日")] = None
    receipts: Annotated[tuple[SurveyReceipt, ...], Says("届いたファイル")] = ()


class Answer(Item):
    """One answer to one question."""

    target: Annotated[AnyRef | None, Says("相手")] = None
    question: Annotated[PartId | None, Says("質問")] = None
    text: Annotated[Text | None, Says("回答")] = None
    lens: Annotated[Lens | None, Says("視点")] = None
    refs: Annotated[tuple[AnyRef, ...], Says("関係する記録", "課題や地域など")] = ()


class FollowUp(Item):
    """Something to come back to."""

    text: Annotated[Text | None, Says("内容")] = None
    department: Annotated[DepartmentId | None, Says("担当")] = None
    due_on: Annotated[Day | None, Says("期日")] = None
    done_on: Annotated[Day | None, Says("済んだ日")] = None


class Survey(Record):
    """A questionnaire (アンケート) or a hearing (ヒアリング)."""

    KIND: ClassVar[str] = "survey"

    title: Annotated[Line, Says("名称", column=True)]
    method: Annotated[Literal["アンケート", "ヒアリング"] | None, Says("方法", column=True)] = None
    purpose: Annotated[Text | None, Says("目的")] = None
    asked_on: Annotated[Day | None, Says("実施日", column=True)] = None
    due_on: Annotated[Day | None, Says("回答期限", column=True)] = None
    contact: Annotated[Line | None, Says("問い合わせ先", "用紙に載せる窓口の課と代表番号")] = None
    questions: Annotated[tuple[Question, ...], Says("質問")] = ()
    targets: Annotated[tuple[SurveyTarget, ...], Says("相手")] = ()
    answers: Annotated[tuple[Answer, ...], Says("回答")] = ()
    follow_ups: Annotated[tuple[FollowUp, ...], Says("その後の対応")] = ()
