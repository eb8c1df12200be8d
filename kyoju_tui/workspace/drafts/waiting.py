"""Drafts that wait, told in words: what was typed, what others recorded since, where the two meet, what has gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from kyoju_tui.files.codec import read_record
from kyoju_tui.records.base import Part
from kyoju_tui.records.category import Category
from kyoju_tui.records.changes import changes, describe_all
from kyoju_tui.records.description import Described, fields_of
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import Kind, kind_named, kind_of
from kyoju_tui.records.merge import Conflicts, merge
from kyoju_tui.records.plain import Plain, to_plain, without_empty
from kyoju_tui.records.reorganisation import Abolishing, Renaming, Splitting, Uniting
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.wording import one_line
from kyoju_tui.workspace.drafts.aside import ASKED
from kyoju_tui.workspace.drafts.kept import Draft

if TYPE_CHECKING:
    from kyoju_tui.workspace.workspace import Workspace

# So much of a text is told where the record is none that this program knows.
_LONGEST: Final = 60
_UNKNOWN: Final = "この版の kyoju-tui が知らない種類の下書きです。残しておきます。新しい版で開くと続けられます。"

# The forms that are no record's own, by what staff call them.
FORMS: Final[Mapping[str, type[Part]]] = {
    "部署の改称": Renaming,
    "部署の分割": Splitting,
    "部署の統合": Uniting,
    "部署の廃止": Abolishing,
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One draft as it stands to what is recorded now, in lines for staff.

    `lines` tell what was typed, `since` what was recorded meanwhile, `clashing` names the fields that both changed,
    `notes` what has gone or cannot be done. `ref` is where the record lies now; None where it is new, or no record.
    `opens` tells whether it can be gone on with here.
    """

    draft: Draft
    title: str
    lines: tuple[str, ...]
    since: tuple[str, ...] = ()
    clashing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    ref: Ref | None = None
    opens: bool = True


def drafts_waiting(workspace: Workspace) -> tuple[Waiting, ...]:
    """The drafts of this user that no other session is typing, oldest first; the same text once, the newest of it.

    A draft that says what is recorded already holds nothing more and is forgotten.
    """
    found: dict[tuple[str, str, str], Waiting] = {}
    for draft in workspace.drafts.all():
        waiting = told(draft, workspace.snapshot)
        if waiting.opens and not waiting.lines and not draft.form:
            workspace.drafts.discard_file(draft)
            continue
        key = (draft.ref, draft.form, repr(sorted(without_empty(draft.plain).items())))
        found.pop(key, None)
        found[key] = waiting
    return tuple(found.values())


def told(draft: Draft, snapshot: Snapshot) -> Waiting:
    """How one draft stands to the records as they are."""
    if not draft.ref:
        return _of_no_record(draft, snapshot)
    try:
        kind = kind_of(draft.ref)
    except InvalidValue:
        return Waiting(
            draft, f"「{one_line(draft.ref)[:_LONGEST]}」", tuple(_bare(draft.plain)), notes=(_UNKNOWN,), opens=False
        )
    ref = _where(draft.ref, snapshot)
    title = _title(draft, kind, ref, snapshot)
    base = _plain(draft.base, draft.ref, kind)
    if ref is not None and ref in snapshot.broken:
        note = "この記録のファイルを今は読み取れません。点検で直すと続けられます。下書きは残っています。"
        lines = describe_all(changes(base, draft.plain, kind.model, snapshot.name), snapshot.name)
        return Waiting(draft, title, lines, notes=(note,), ref=ref, opens=False)
    record = None if ref is None else snapshot.get(ref)
    now = None if record is None else to_plain(record)
    notes: list[str] = []
    if draft.base is not None and ref is None:
        notes.append("この記録は、その後削除されました。続けて記録すると、新しい記録になります。")
    elif ref is not None and ref != draft.ref:
        notes.append("この記録は、その後ほかの部署に移されました。移った先で続けます。")
    notes += _gone(draft.plain, kind, snapshot)
    if not changes(now, draft.plain, kind.model, snapshot.name):
        return Waiting(draft, title, (), notes=tuple(notes), ref=ref)
    typed = changes(now if base is None else base, draft.plain, kind.model, snapshot.name)
    since = changes(base, now, kind.model, snapshot.name) if base is not None and now is not None else ()
    return Waiting(
        draft,
        title,
        describe_all(typed, snapshot.name),
        describe_all(since, snapshot.name),
        _clashing(base, draft.plain, now, kind, snapshot),
        tuple(notes),
        ref,
    )


def _of_no_record(draft: Draft, snapshot: Snapshot) -> Waiting:
    """A form that leads to changes of many records, or the answer to a question."""
    model = FORMS.get(draft.form)
    if model is not None:
        return Waiting(draft, draft.form, describe_all(changes(None, draft.plain, model, snapshot.name), snapshot.name))
    text = draft.plain.get(ASKED)
    if isinstance(text, str):
        note = "同じ質問をもう一度開くと、この文が入力欄に入ります。"
        return Waiting(draft, draft.form, (one_line(text),), notes=(note,), opens=False)
    return Waiting(draft, draft.form or "入力", tuple(_bare(draft.plain)), notes=(_UNKNOWN,), opens=False)


def _title(draft: Draft, kind: Kind, ref: Ref | None, snapshot: Snapshot) -> str:
    name = one_line(str(draft.plain.get("title") or draft.plain.get("name") or ""))
    if kind.single:
        return kind.label
    if not name and ref is not None and ref in snapshot:
        name = snapshot.title(ref)
    quoted = f"「{name}」" if name else ""
    return f"{kind.label}{quoted}" if draft.form or ref is not None else f"新しい{kind.label}{quoted}"


def _where(ref: Ref, snapshot: Snapshot) -> Ref | None:
    """Where the record lies now; an entry may have been moved to another department."""
    if ref in snapshot or ref in snapshot.broken:
        return ref
    if ref.top != "entries":
        return None
    return next((each for each in snapshot.entries if each.id == ref.id), None)


def _plain(data: bytes | None, ref: Ref, kind: Kind) -> Plain | None:
    record = None if data is None else read_record(data, ref.path, kind.model).record
    return None if record is None else to_plain(record)


def _clashing(
    base: Plain | None, typed: Mapping[str, object], now: Plain | None, kind: Kind, snapshot: Snapshot
) -> tuple[str, ...]:
    """The labels of what both changed in different ways."""
    if base is None or now is None:
        return ()
    merged = merge(base, without_empty(typed), now, kind.model, name=snapshot.name)
    found = merged.fields if isinstance(merged, Conflicts) else ()
    return tuple(dict.fromkeys(conflict.label for conflict in found))


def _gone(plain: Mapping[str, object], kind: Kind, snapshot: Snapshot) -> Iterator[str]:
    """What the text refers to and that is not there any more, or is out of use."""
    for field in fields_of(kind.model):
        # The REF of an entry needs its department too: the form's own check says what is wrong with it.
        if field.refers is None or field.refers.kind in ("", "entry"):
            continue
        value = plain.get(field.name)
        for each in cast("list[object]", value) if isinstance(value, list) else [value]:
            if isinstance(each, str) and each:
                yield from _missing(field, each, snapshot)


def _missing(field: Described, record_id: str, snapshot: Snapshot) -> Iterator[str]:
    kind = kind_named(field.refers.kind if field.refers is not None else "")
    ref = kind.ref(record_id)
    record = snapshot.get(ref)
    if ref in snapshot.broken:
        return
    if record is None:
        yield f"「{field.label}」の「{one_line(record_id)}」は、今はありません。続けるときに選び直してください。"
    elif isinstance(record, Category) and (record.retired or record.merged_into is not None):
        yield f"「{field.label}」の「{snapshot.title(ref)}」は、今は使われていません。続けるときに見直してください。"


def _bare(plain: Mapping[str, object]) -> Iterator[str]:
    """A text of which no model is known, a line a value."""
    for name, value in plain.items():
        text = one_line(str(value))
        yield f"{one_line(name)}: {text if len(text) <= _LONGEST else f'{text[:_LONGEST]}…'}"
