"""What earlier imports of sheets said: the state from which a corrected sheet, and what changed here, both began."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kyoju_tui.history import log
from kyoju_tui.history.commits import head
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.matching import same
from kyoju_tui.records.plain import Plain
from kyoju_tui.workspace.past.recorded import plain_of
from kyoju_tui.workspace.workspace import Workspace

_ALL: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Brought:
    """An entry as the sheets have told it so far, and where it lay when one did so last."""

    ref: Ref
    plain: Plain


def brought(workspace: Workspace, prefix: str) -> Mapping[str, Brought]:
    """By id, the entries that imports with this beginning of their subject brought in, taken-back ones left out.

    A later import counts for the fields that it changed alone: what people changed in between was none of its saying.
    """
    if not workspace.has_past:
        return {}
    repository = workspace.repository
    start = head(repository)
    if start is None:
        return {}
    undone: set[str] = set()
    imports: list[log.Commit] = []
    for commit in log.heads(repository, start, limit=_ALL):
        if commit.commit in undone:
            continue
        if commit.undoes:
            undone.add(commit.undoes)
        elif commit.action == "import" and commit.ours and commit.subject.startswith(prefix):
            imports.append(commit)
    pairs = [
        (commit.commit, Ref(ref))
        for commit in reversed(imports)
        for ref in commit.records
        if Ref(ref).department is not None
    ]
    versions = log.changes(repository, [(commit, ref.path) for commit, ref in pairs])
    found: dict[str, Brought] = {}
    for (_, ref), (before, after) in zip(pairs, versions, strict=True):
        now = plain_of(ref, after)
        if now is None:
            continue
        former = plain_of(ref, before)
        known = found.get(ref.id)
        # Of an entry that was here before, an import said no more than what it changed.
        said = now if former is None else _told({} if known is None else known.plain, former, now)
        found[ref.id] = Brought(ref, said)
    return found


def _told(known: Plain, before: Plain, after: Plain) -> Plain:
    """What is known with the fields that one import changed."""
    told = dict(known)
    for name in {*before, *after}:
        if not same(before.get(name), after.get(name)):
            if name in after:
                told[name] = after[name]
            else:
                told.pop(name, None)
    return told
