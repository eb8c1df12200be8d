"""What a new record is called: its id, given, made from its reading, or fresh; and its folder."""

from __future__ import annotations

from datetime import date

from kyoju_tui.records.base import Record
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.finding import Finding, finding_key
from kyoju_tui.records.folding import slug
from kyoju_tui.records.ids import COMMON, Ref, is_id, new_id
from kyoju_tui.records.kinds import Kind, kind_named
from kyoju_tui.records.snapshot import Snapshot


def new_ref(
    snapshot: Snapshot, kind: str, record: Record, *, today: date, record_id: str | None, department: str | None
) -> Ref:
    """The REF that a new record gets. An entry without department belongs to `common`.

    Errors: `InvalidValue` where no id can be made, or it is taken.
    """
    described = kind_named(kind)
    taken = snapshot.taken_ids(kind)
    if described.word == "entry":
        department = COMMON if department is None else department_id(department)
    ref = described.ref(_given(record, record_id) or _made(described, record) or new_id(today, taken), department)
    if ref.id in taken or (described.single and ref in snapshot):
        raise InvalidValue(
            f"「{ref}」はもうあります。何も変えていません。",
            field="id",
            cure="別のidを指定するか、その記録を直してください。",
        )
    return ref


def department_id(text: str) -> str:
    """The text, if it can be the id of a department. Errors: `InvalidValue`."""
    if not is_id(text):
        raise InvalidValue(
            f"部署のid「{text[:40]}」は使えません。",
            field="department",
            cure="部署の一覧で確かめてください。",
        )
    return text


def _given(record: Record, record_id: str | None) -> str | None:
    """The id that somebody chose; that of a settled point follows from its subjects."""
    if record_id is not None and not is_id(record_id):
        raise InvalidValue(
            f"id「{record_id[:80]}」は使えません。",
            field="id",
            cure="英小文字・数字・ハイフンで64文字以内にしてください。",
        )
    return finding_key(record.rule, record.subjects) if isinstance(record, Finding) else record_id


def _made(kind: Kind, record: Record) -> str | None:
    """The id made from the reading, for the kinds whose id people read."""
    if not kind.readable_id:
        return None
    made = slug(str(getattr(record, "reading", None) or ""))
    if made is None:
        raise InvalidValue(
            f"{kind.label}のidが決まりません。",
            field="id",
            cure="よみをひらがなで入れてください。idを自分で決めることもできます。",
        )
    return made
