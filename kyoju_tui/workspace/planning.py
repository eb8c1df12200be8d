"""What a change leads to: the bytes of one file, merged with what somebody else did to it since the edit began."""

from __future__ import annotations

from pydantic import ValidationError

from kyoju_tui.files import codec
from kyoju_tui.files.layout import figures_path
from kyoju_tui.records.base import Record
from kyoju_tui.records.errors import BrokenRecord, Clash
from kyoju_tui.records.explain import faults
from kyoju_tui.records.merge import Conflicts, merge
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.records.wording import Namer
from kyoju_tui.workspace.journal import Step
from kyoju_tui.workspace.requests import Change, Put, PutBack, PutFigures
from kyoju_tui.workspace.working_copy import WorkingCopy


def plan(copy: WorkingCopy, change: Change, name: Namer) -> tuple[Step, bool]:
    """The bytes a change leads to, and whether somebody else's change was merged into them."""
    path = figures_path(change.ref) if isinstance(change, PutFigures) else change.ref.path
    current = copy.current(path)
    if isinstance(change, PutBack | PutFigures):
        if current != change.expected:
            raise Clash(
                f"「{change.ref}」はその後に変更されているため、記録していません。何も変えていません。",
                fields=(),
                cure="今の内容を確かめ、必要なところだけ直してください。",
            )
        return Step(path, current, change.data), False
    if isinstance(change, Put):
        return _plan_put(change, current, name)
    if current is not None and current != change.base.data:
        raise Clash(
            f"「{change.ref}」はほかの人が変更したため、削除しませんでした。何も変えていません。",
            fields=(),
            cure="今の内容を確かめてから、もう一度削除してください。",
        )
    return Step(path, current, None), False


def _plan_put(change: Put, current: bytes | None, name: Namer) -> tuple[Step, bool]:
    path, model = change.ref.path, type(change.record)
    ours = to_plain(change.record)
    if current == change.base.data:
        if current is not None and _readable(path, current, model) == ours:
            return Step(path, current, current), False
        return Step(path, current, codec.render(ours, current, model)), False
    base = None if change.base.data is None else _readable(path, change.base.data, model)
    theirs = None if current is None else _readable(path, current, model)
    result = merge(base, ours, theirs, model, name=name)
    if isinstance(result, Conflicts):
        places = "、".join(conflict.label or "記録の有無" for conflict in result.fields)
        raise Clash(
            f"ほかの人が同じ項目を変更していたため、記録していません（{places}）。入力した内容は下書きに残っています。",
            fields=tuple(conflict.field for conflict in result.fields),
            cure="両方の内容を見比べて、どちらにするか選んでください。",
        )
    if result.plain is None:
        return Step(path, current, None), True
    _validate(result.plain, model)
    return Step(path, current, codec.render(result.plain, current, model)), True


def _readable(path: str, data: bytes, model: type[Record]) -> Plain:
    read = codec.read_record(data, path, model)
    if read.record is None:
        first = read.problems[0].message if read.problems else ""
        raise BrokenRecord(
            f"「{path}」を読み取れないため、記録していません。ファイルはそのまま残っています。",
            cure="点検（check）で場所を確かめ、ファイルを直してからもう一度記録してください。",
            detail=first,
        )
    return to_plain(read.record)


def _validate(plain: Plain, model: type[Record]) -> None:
    try:
        model.model_validate(plain)
    except ValidationError as error:
        fault = faults(error, model)[0]
        raise Clash(
            "ほかの人の変更と合わせると、内容が規則に合わなくなります。記録していません。"
            f"（{fault.label or '全体'}：{fault.message}）",
            fields=(fault.field,),
            cure="今の内容を開き直して、もう一度入力してください。入力した内容は下書きに残っています。",
        ) from error
