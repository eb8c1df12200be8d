"""What a change leads to: the bytes of one file, merged with what somebody else did to it since the edit began."""

from __future__ import annotations

from pydantic import ValidationError

from kyoju_tui.files import codec
from kyoju_tui.files.layout import figures_path
from kyoju_tui.records.base import Record
from kyoju_tui.records.errors import BrokenRecord, Clash
from kyoju_tui.records.explain import faults
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.merge import Conflicts, merge
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.records.wording import Namer
from kyoju_tui.workspace.requests import Change, Put, PutBack, PutFigures, Remove, Request
from kyoju_tui.workspace.saving.contest import Contest, Contested, called
from kyoju_tui.workspace.saving.journal import Step
from kyoju_tui.workspace.saving.working_copy import WorkingCopy


def plan(copy: WorkingCopy, request: Request, name: Namer) -> list[tuple[Step, bool]]:
    """The bytes that each change leads to, and whether somebody else's change was merged into them.

    Errors: `Contested` with every record that a person has to decide on; `Clash` where there is nothing to choose,
    `BrokenRecord`.
    """
    planned: list[tuple[Step, bool]] = []
    contests: list[Contest] = []
    for change in request.changes:
        found = _planned(copy, change, request, name)
        if isinstance(found, Contest):
            contests.append(found)
        else:
            planned.append(found)
    if contests:
        raise Contested(request, contests, name)
    return planned


def _planned(copy: WorkingCopy, change: Change, request: Request, name: Namer) -> tuple[Step, bool] | Contest:
    path = figures_path(change.ref) if isinstance(change, PutFigures) else change.ref.path
    current = copy.current(path)
    if isinstance(change, PutBack | PutFigures):
        if current != change.expected:
            what = "の数値" if isinstance(change, PutFigures) else ""
            raise Clash(
                f"{_called(change, current)}{what}はその後に変更されているため、記録していません。何も変えていません。",
                fields=(),
                cure="今の内容を確かめ、必要なところだけ直してください。",
            )
        return Step(path, current, change.data), False
    if isinstance(change, Put):
        return _plan_put(change, current, name)
    if current is None or current == change.base.data:
        return Step(path, current, None), False
    if request.action == "move":
        raise Clash(
            f"{_called(change, current)}はほかの人が変更したため、移していません。何も変えていません。",
            fields=(),
            cure="今の内容を確かめてから、もう一度移してください。",
        )
    return _contested(change, current, None, name) or (Step(path, current, None), False)


def _plan_put(change: Put, current: bytes | None, name: Namer) -> tuple[Step, bool] | Contest:
    path, model = change.ref.path, type(change.record)
    ours = to_plain(change.record)
    if current == change.base.data:
        if current is not None and _readable(path, current, model) == ours:
            return Step(path, current, current), False
        return Step(path, current, codec.render(ours, current, model)), False
    contest = _contested(change, current, ours, name)
    if contest is not None:
        return contest
    base, theirs = _versions(change, current)
    result = merge(base, ours, theirs, model, name=name)
    plain = None if isinstance(result, Conflicts) else result.plain
    if plain is None:
        return Step(path, current, None), True
    _validate(plain, model, _called(change, current))
    return Step(path, current, codec.render(plain, current, model)), True


def _contested(change: Put | Remove, current: bytes | None, ours: Plain | None, name: Namer) -> Contest | None:
    """What a person has to decide on, where both sides changed the same."""
    base, theirs = _versions(change, current)
    result = merge(base, ours, theirs, kind_of(change.ref).model, name=name)
    if not isinstance(result, Conflicts):
        return None
    return Contest(change, current, base, ours, theirs, result.fields)


def _versions(change: Put | Remove, current: bytes | None) -> tuple[Plain | None, Plain | None]:
    """The record as the edit began from it, and as it is now."""
    path, model = change.ref.path, kind_of(change.ref).model
    base, theirs = (None if data is None else _readable(path, data, model) for data in (change.base.data, current))
    return base, theirs


def _readable(path: str, data: bytes, model: type[Record]) -> Plain:
    read = codec.read_record(data, path, model)
    if read.record is None:
        first = read.problems[0].message if read.problems else ""
        raise BrokenRecord(
            f"「{path}」を読み取れないため、記録していません。ファイルはそのまま残っています。",
            cure="点検で場所を確かめ、ファイルを直してからもう一度記録してください。",
            detail=first,
        )
    return to_plain(read.record)


def _called(change: Change, current: bytes | None) -> str:
    """The record in words, as far as its file can be read."""
    if isinstance(change, Put):
        return called(change.ref, to_plain(change.record))
    read = None if current is None else codec.read_record(current, change.ref.path, kind_of(change.ref).model).record
    return called(change.ref, {} if read is None else to_plain(read))


def _validate(plain: Plain, model: type[Record], what: str) -> None:
    try:
        model.model_validate(plain)
    except ValidationError as error:
        fault = faults(error, model)[0]
        raise Clash(
            f"{what}は、ほかの人の変更と合わせると内容が規則に合わなくなるため、記録していません"
            f"（{fault.label or '全体'}：{fault.message}）。",
            fields=(fault.field,),
            cure="今の内容を開き直して、もう一度入力してください。入力した内容は下書きに残っています。",
        ) from error
