"""What a save may not do to the rest of the store: contradict it, leave references without a target, or lose a record
in use.
"""  # noqa: D205

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kyoju_tui.files import codec
from kyoju_tui.records.base import Record
from kyoju_tui.records.description import field_map, references
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import InvalidValue, StillReferred, UnknownRef
from kyoju_tui.records.ids import COMMON, Ref
from kyoju_tui.records.kinds import KINDS, kind_of
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.soundness import judged
from kyoju_tui.workspace.requests import Change, Put, PutBack, Remove

_SHOWN = 5


def refuse_dangling(changes: Sequence[Change], now: Snapshot) -> None:
    """Refuse records that would name what does not exist. A reference that dangled before does not keep its record
    from being saved: it is in the list of problems already. Errors: `InvalidValue` naming the field.
    """  # noqa: D205
    after = now.replacing(
        {
            **{change.ref: None for change in changes if isinstance(change, Remove)},
            **{change.ref: _record(change) for change in changes if isinstance(change, PutBack)},
            **{change.ref: change.record for change in changes if isinstance(change, Put)},
        }
    )
    for change in changes:
        if isinstance(change, Put):
            refuse_place(change.ref, change.record, after)
            before = now.get(change.ref)
            known = frozenset((kind.kind, text) for _, kind, text in references(before)) if before is not None else ()
            for place, refers, text in references(change.record):
                if (refers.kind, text) not in known and after.target(refers.kind, text) is None:
                    raise _dangling(change.record, place, refers.kind, text, now)


def refuse_unsound(changes: Sequence[Change], now: Snapshot) -> None:
    """Refuse records that contradict themselves or others, where they did not do so before.

    Errors: `InvalidValue` naming the field.
    """
    # A single record is judged beside the others as they are; those of a batch beside each other.
    beside = _after(changes, now) if len(changes) > 1 else now
    for change in changes:
        if isinstance(change, Put):
            for remark, refused in judged(change.ref, change.record, beside, now.get(change.ref), now):
                if refused:
                    label = _label(change.record, remark.field)
                    message = f"「{label}」：{remark.message}何も変えていません。"
                    raise InvalidValue(message, field=remark.field, cure=remark.cure)


def _after(changes: Sequence[Change], now: Snapshot) -> Snapshot:
    return now.replacing(
        {
            **{change.ref: None for change in changes if isinstance(change, Remove)},
            **{change.ref: _record(change) for change in changes if isinstance(change, PutBack)},
            **{change.ref: change.record for change in changes if isinstance(change, Put)},
        }
    )


def refuse_orphans(refs: Iterable[Ref], now: Snapshot) -> None:
    """Refuse to take away records that others refer to. Errors: `StillReferred` naming them."""
    going = frozenset(refs)
    for ref in going:
        sources = (reference.source for reference in now.referrers.get(ref, ()))
        _refuse_left(ref, [source for source in sources if source not in going], now)


def refuse_loss(changes: Sequence[PutBack], now: Snapshot) -> None:
    """Refuse to take back saves where others would then refer to nothing: an entry that only moves is not lost.

    Errors: `StillReferred`.
    """
    after = now.replacing({change.ref: _record(change) for change in changes})
    left: dict[Ref, list[Ref]] = {}
    for each in after.references:
        target = now.target(each.kind, each.text)
        if target is not None and after.target(each.kind, each.text) is None:
            left.setdefault(target, []).append(each.source)
    for change in changes:
        if change.data is None:
            folder = (each.source for each in after.referrers.get(change.ref, ()))
            _refuse_left(change.ref, [*left.get(change.ref, ()), *folder], now)


def _record(change: PutBack) -> Record | None:
    if change.data is None:
        return None
    return codec.read_record(change.data, change.ref.path, kind_of(change.ref).model).record


def _refuse_left(ref: Ref, sources: Sequence[Ref], now: Snapshot) -> None:
    unique = tuple(dict.fromkeys(sources))
    if unique:
        named = "、".join(now.title(source) for source in unique[:_SHOWN])
        more = f"ほか{len(unique) - _SHOWN}件" if len(unique) > _SHOWN else ""
        raise StillReferred(
            f"「{now.title(ref)}」は{len(unique)}件の記録から参照されているため、削除していません（{named}{more}）。",
            referrers=tuple(str(source) for source in unique),
            cure="参照を外してから削除してください。",
        )


def refuse_place(ref: Ref, record: Record, after: Snapshot) -> None:
    """An entry lies with a department that exists, or in `common` where it can belong to nobody.

    Errors: `InvalidValue`, `UnknownRef`.
    """
    if not isinstance(record, Entry):
        return
    department = ref.department
    if department == COMMON:
        if record.kind != "データ" and record.status != "必要":
            raise InvalidValue(
                "部署を決めずに置けるのは、データと「必要」の取組だけです。",
                field="department",
                cure="department=部署のid を指定してください。",
            )
    elif department not in after.departments:
        raise UnknownRef(
            f"「{department}」という部署はありません。",
            cure=f"使える部署：{'、'.join(after.departments) or '（まだありません）'}",
        )


def _dangling(record: Record, place: str, kind: str, text: str, now: Snapshot) -> InvalidValue:
    label = _label(record, place)
    what = KINDS[kind].label if kind else "記録"
    cure = "一覧で確かめてください。"
    if kind in ("department", "category"):
        known = now.departments if kind == "department" else now.categories
        cure = f"使える{what}：{'、'.join(known) or '（まだありません）'}"
    return InvalidValue(f"「{label}」の「{text}」という{what}はありません。", field=place, cure=cure)


def _label(record: Record, place: str) -> str:
    name = place.partition(".")[0]
    field = field_map(type(record)).get(name)
    return field.label if field is not None else name
