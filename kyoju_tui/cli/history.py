"""What the commands of the history do alike: which records and fields are meant, and their forms in JSON."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from kyoju_tui.records.description import fields_of
from kyoju_tui.records.errors import InvalidValue, UnknownRef, WrongUse
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import COMMON, Ref, is_id
from kyoju_tui.records.kinds import KINDS, kind_of
from kyoju_tui.records.placing import DEPARTMENT
from kyoju_tui.workspace.past.origins import Origin
from kyoju_tui.workspace.past.past import LogEntry
from kyoju_tui.workspace.past.wanted import Wanted, of_meeting, period
from kyoju_tui.workspace.workspace import Workspace


def past_ref(workspace: Workspace, text: str) -> Ref:
    """A REF; one whose record is gone is still one, since history knows it. Errors: `UnknownRef`, `InvalidValue`."""
    try:
        return workspace.snapshot.find(text)
    except UnknownRef:
        if "/" not in text:
            raise
        ref = Ref(text.removesuffix(".toml"))
        kind_of(ref)
        return ref


def asked_field(ref: Ref | None, text: str | None) -> str:
    """The dotted name of a field that a person names by its key or its label; empty where none was named.

    Errors: `WrongUse` without a record, `InvalidValue` for a field that its kind does not have.
    """
    if text is None:
        return ""
    if ref is None:
        raise WrongUse(
            "--field は、どの記録（REF）の項目かと一緒に指定してください。", cure="例：log REF --field status"
        )
    known = [*fields_of(kind_of(ref).model), *([DEPARTMENT] if ref.department is not None else [])]
    first = text.partition(".")[0].partition("[")[0]
    for field in known:
        if text == field.label:
            return field.name
        if first == field.name:
            return text
    raise InvalidValue(
        f"「{text[:40]}」という項目は、{kind_of(ref).label}にはありません。",
        field=text,
        cure=f"使える項目：{'、'.join(f'{field.name}（{field.label}）' for field in known)}",
    )


def wanted_of(workspace: Workspace, arguments: Namespace, ref: Ref | None, field: str, today: date) -> Wanted:
    """What the options of `log` ask for. Errors: `InvalidValue`, `UnknownRef`, `WrongUse`."""
    category, department = arguments.category, arguments.department
    if ref is not None and (category or department):
        raise WrongUse("REF と、--category・--department は一緒に使えません。", cure="どちらか一方を指定してください。")
    if arguments.meeting is not None and (arguments.since or arguments.until):
        raise WrongUse("--meeting と、--since・--until は一緒に使えません。", cure="どちらか一方を指定してください。")
    if arguments.meeting is not None:
        since, until = of_meeting(workspace.snapshot, workspace.snapshot.find(arguments.meeting), today)
    else:
        since, until = period(arguments.since or "", arguments.until or "", today)
    return Wanted(
        *(ref, field),
        _axis(workspace, "category", category),
        COMMON if department in (COMMON, "共通") else _axis(workspace, "department", department),
        *(arguments.by or "", since, until, arguments.text or ""),
    )


def _axis(workspace: Workspace, kind: str, text: str | None) -> str:
    """The id of a row or a column that is named by id, name or short name, also where it is gone by now."""
    if not text:
        return ""
    snapshot = workspace.snapshot
    known = snapshot.categories if kind == "category" else snapshot.departments
    if text in known:
        return text
    found = [each for each, record in known.items() if fold(text) in (fold(record.name), fold(record.short or ""))]
    if len(found) == 1:
        return found[0]
    if is_id(text) and workspace.past.last(KINDS[kind].ref(text)) is not None:
        return text
    label = KINDS[kind].label
    raise UnknownRef(
        f"「{text[:40]}」という{label}は、今も過去にもありません。",
        cure=f"使える{label}：{'、'.join(known) or '（まだありません）'}",
    )


def entry_json(entry: LogEntry) -> dict[str, object]:
    """One commit for programs."""
    return {
        "commit": entry.commit,
        "at": entry.at.isoformat(),
        "author": entry.author,
        "subject": entry.subject,
        "action": entry.action,
        "records": list(entry.records),
        "changes": [
            {
                "record": each.record,
                "field": each.change.field,
                "label": each.change.label,
                "before": each.change.before,
                "after": each.change.after,
            }
            for each in entry.changes
        ],
    }


def origin_json(origin: Origin | None) -> dict[str, object] | None:
    """Who last changed a value, for programs; None where it has none or none was recorded."""
    if origin is None:
        return None
    return {
        "field": origin.field,
        "label": origin.label,
        "before": origin.before,
        "after": origin.after,
        "commit": origin.commit,
        "at": origin.at.isoformat(),
        "author": origin.author,
        "subject": origin.subject,
    }
