"""What a request will change, record by record and field by field, before it is carried out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kyoju_tui.records.changes import Change, changes
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.workspace.requests import Put, PutBack, PutFigures, Request
from kyoju_tui.workspace.saving.messages import plain_of

if TYPE_CHECKING:
    from kyoju_tui.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class RequestChange:
    """One record that a request changes. `figures` tells that the figures beside it change too."""

    ref: Ref
    turn: Literal["追加", "変更", "削除"]
    changes: tuple[Change, ...]
    figures: bool = False


def request_changes(workspace: Workspace, request: Request) -> tuple[RequestChange, ...]:
    """The records that a request changes, in its order; those that it leaves as they are do not count.

    An entry that goes to another department is one that goes and one that comes.
    """
    befores: dict[Ref, Plain | None] = {}
    afters: dict[Ref, Plain | None] = {}
    figures: set[Ref] = set()
    for change in request.changes:
        ref = change.ref
        befores[ref] = plain_of(ref, workspace.base(ref).data)
        afters.setdefault(ref, befores[ref])
        if isinstance(change, PutFigures):
            figures.add(ref)
        elif isinstance(change, Put):
            afters[ref] = to_plain(change.record)
        else:
            afters[ref] = plain_of(ref, change.data) if isinstance(change, PutBack) else None
    found: list[RequestChange] = []
    for ref, after in afters.items():
        before = befores[ref]
        told = changes(before, after, kind_of(ref).model, workspace.snapshot.full_name)
        if told or ref in figures or (before is None) != (after is None):
            turn = "追加" if before is None else "削除" if after is None else "変更"
            found.append(RequestChange(ref, turn, told, ref in figures))
    return tuple(found)
