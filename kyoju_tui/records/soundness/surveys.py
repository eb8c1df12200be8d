"""Rules of questionnaires and hearings: asked before due, sent before received (handbook 3-2)."""

from __future__ import annotations

from collections.abc import Iterator

from kyoju_tui.records.ids import Ref
from kyoju_tui.records.problems import Remark
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.soundness.days import in_order
from kyoju_tui.records.soundness.tables import wordless
from kyoju_tui.records.survey import Survey


def survey(ref: Ref, record: Survey, snapshot: Snapshot) -> Iterator[Remark]:
    """Days in their order, and answers to questions that are there."""
    yield from in_order(ref, "due_on", ("実施日", record.asked_on), ("回答期限", record.due_on))
    for index, target in enumerate(record.targets):
        name = snapshot.name("", target.ref)
        received = (f"{name}の受付日", target.received_on)
        yield from in_order(ref, f"targets.{index}.received_on", ("送付日", target.sent_on), received)
    for index, each in enumerate(record.follow_ups):
        if each.text is None:
            yield wordless(ref, f"follow_ups.{index}.text", f"その後の対応（{index + 1}件目）の内容")
    known = {question.id for question in record.questions}
    for index, answer in enumerate(record.answers):
        if answer.question is not None and answer.question not in known:
            message = f"答えられた質問「{answer.question}」が、質問の中にありません。"
            cure = "質問を選び直してください。回答の文は残っています。"
            yield Remark(ref, f"answers.{index}.question", message, "K609", cure)
