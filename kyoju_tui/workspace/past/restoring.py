"""A record, or one field of it, brought back as it stood at a point of the history; deleted records too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import ValidationError

from kyoju_tui.files.codec import read_record
from kyoju_tui.files.layout import figures_path
from kyoju_tui.history import log
from kyoju_tui.history.commits import blob_at, resolve
from kyoju_tui.records.base import Record
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.description import field_map
from kyoju_tui.records.errors import BrokenRecord, InvalidValue, UnknownRef
from kyoju_tui.records.explain import faults
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.pieces import pieces, with_piece
from kyoju_tui.records.plain import to_plain
from kyoju_tui.records.store import Store
from kyoju_tui.workspace.requests import Base, Change, Put, PutBack, PutFigures, Request
from kyoju_tui.workspace.saving.rules import refuse_dangling, refuse_unsound

if TYPE_CHECKING:
    from kyoju_tui.workspace.workspace import Workspace


def restoring(workspace: Workspace, ref: Ref, revision: str, *, field: str = "") -> Request:
    """What brings a record back as it stood after a revision, or one field of it (dotted), leaving the others.

    An entry that has moved since keeps its present place. A record that is gone comes back byte by byte.

    Errors: `UnknownRef` for an unknown revision and where the record was not there then, `InvalidValue` for a field
    that it does not have and where it would name what is gone by now, `BrokenRecord` where that version cannot be read.
    """
    kind_of(ref)
    commit = resolve(workspace.repository, revision)
    place = workspace.past.place(ref, commit)
    if place is None:
        raise _absent(workspace, ref, commit)
    data = blob_at(workspace.repository, commit, place.path) or b""
    then = _readable(place, data)
    target = _present(workspace, ref) or place
    base = workspace.base(target)
    now = workspace.snapshot.get(target)
    if base.data is not None and now is None:
        raise BrokenRecord(
            f"「{target}」の今のファイルを読み取れないため、復元していません。ファイルはそのまま残っています。",
            cure="点検で場所を確かめて直すか、直接編集を元に戻してから、もう一度復元してください。",
        )
    if field:
        if now is None:
            raise InvalidValue(
                "削除された記録の項目だけを復元することはできません。", field=field, cure="記録ごと復元してください。"
            )
        record = _with_field(now, then, field)
        changes: tuple[Change, ...] = (Put(target, record, base),)
    else:
        record = _fitting(now, then)
        changes = (_whole(target, record, data, base), *_figures(workspace, target, commit))
    _refuse(target, record, base, workspace)
    day = format_date(log.heads(workspace.repository, commit, limit=1)[0].at.date(), weekday=False)
    return Request(changes, "restore", _subject(record, target, field, day))


def _present(workspace: Workspace, ref: Ref) -> Ref | None:
    """Where the record lies now: an entry may be with another department than it was named with."""
    found = ref if ref.department is None else workspace.snapshot.by_id("entry", ref.id) or ref
    return found if workspace.base(found).data is not None else None


def _readable(ref: Ref, data: bytes) -> Record:
    read = read_record(data, ref.path, kind_of(ref).model)
    if read.record is None:
        raise BrokenRecord(
            f"「{ref}」のその時点の内容は、今の形式では読み取れないため、復元していません。何も変えていません。",
            cure="もっと後の時点を選んでください。",
            detail=read.problems[0].message if read.problems else "",
        )
    return read.record


def _with_field(now: Record, then: Record, field: str) -> Record:
    plain = with_piece(to_plain(now), to_plain(then), field, type(now))
    try:
        return type(now).model_validate(plain)
    except ValidationError as error:
        fault = faults(error, type(now))[0]
        raise InvalidValue(
            f"この項目だけを戻すと、内容が規則に合わなくなります（{fault.label or '全体'}：{fault.message}）。"
            "何も変えていません。",
            field=fault.field,
            cure="いっしょに変わった項目も直すか、記録ごと復元してください。",
        ) from error


def _fitting(now: Record | None, then: Record) -> Record:
    """The version as it can be written today: the format of a store is no content, and never goes back."""
    return then.but(format=now.format) if isinstance(now, Store) else then


def _whole(target: Ref, record: Record, data: bytes, base: Base) -> Change:
    return PutBack(target, data, None) if base.data is None else Put(target, record, base)


def _figures(workspace: Workspace, ref: Ref, commit: str) -> Iterator[PutFigures]:
    """The figures beside a data set go with it."""
    if ref.top == "datasets":
        then, now = blob_at(workspace.repository, commit, figures_path(ref)), workspace.figures(ref)
        if then != now:
            yield PutFigures(ref, then, now)


def _refuse(ref: Ref, record: Record, base: Base, workspace: Workspace) -> None:
    """Refuse a record that would name what is gone by now, or contradict others."""
    changes = (Put(ref, record, base),)
    try:
        refuse_dangling(changes, workspace.snapshot)
    except (InvalidValue, UnknownRef) as error:
        raise InvalidValue(
            f"復元すると、今はない記録を指すことになります。{error.message}何も変えていません。",
            field=error.field if isinstance(error, InvalidValue) else "department",
            cure="指している先の記録を先に復元するか、ほかの項目だけを復元してください。",
        ) from error
    refuse_unsound(changes, workspace.snapshot)


def _subject(record: Record, ref: Ref, field: str, day: str) -> str:
    kind = kind_of(ref)
    word = str(getattr(record, "kind", "")) if kind.word == "entry" else kind.label
    what = f"{word}「{record.heading}」" if record.heading else word
    if not field:
        return f"{what}を復元（{day}の内容）"
    known, inside = field_map(type(record)).get(field), pieces(to_plain(record), type(record)).get(field)
    label = known.label if known is not None else inside.label if inside is not None else field
    return f"{what}の{label}を復元（{day}の内容）"


def _absent(workspace: Workspace, ref: Ref, commit: str) -> UnknownRef:
    """Why the record is not there at a revision: not yet, not any more, or never."""
    before = log.of_files(workspace.repository, commit, [ref.path])
    known = before or workspace.past.last(ref) is not None or ref in workspace.snapshot
    if not known:
        return UnknownRef(f"「{ref}」という記録は、今も過去にもありません。", cure="履歴で確かめてください。")
    if before:
        message, cure = "その時点では、この記録は削除されています。", "削除の前の時点を選んでください。"
    else:
        message, cure = "その時点では、この記録はまだありません。", "もっと後の時点を選んでください。"
    return UnknownRef(message, cure=f"{cure}この記録の履歴で確かめられます。")
