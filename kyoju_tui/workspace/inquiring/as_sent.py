"""What an answer is compared with: records as they stood when its form went out, and what earlier answers changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, cast

from kyoju_tui.history import log
from kyoju_tui.history.commits import contents
from kyoju_tui.history.trees import merge_bases
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.plain import Plain
from kyoju_tui.workspace.past.recorded import plain_of
from kyoju_tui.workspace.workspace import Workspace

_COMMIT: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


def records_at(workspace: Workspace, commit: str, refs: Iterable[Ref]) -> Mapping[Ref, Plain | None] | None:
    """The records of these REFs in a commit (None: not there then). None where the commit itself is not there.

    `commit` is a full id and comes from outside: nothing else is looked up. One process of git.
    """
    if _COMMIT.fullmatch(commit) is None or not workspace.has_past:
        return None
    wanted = tuple(dict.fromkeys([Ref("store"), *refs]))
    repository = workspace.repository
    names = [f"{commit}:{repository.in_top(ref.path)}" for ref in wanted]
    found = dict(zip(wanted, contents(repository, names), strict=True))
    if found.pop(Ref("store")) is None:
        return None
    return {ref: plain_of(ref, data) for ref, data in found.items()}


def answers_before(workspace: Workspace, inquiry: Ref, department: str, base: str) -> tuple[str, ...]:
    """The commits that brought in earlier answers of a department to an inquiry, oldest first.

    Those that the commit `base` already contains are left out: a form made from it has them in it. A survey and the REF
    of one of its targets will do as well.
    """
    if not workspace.has_past:
        return ()
    found: list[str] = []
    known: frozenset[str] = frozenset()
    for commit, plain in reversed(workspace.past.states(inquiry)):
        hashes = _hashes(plain or {}, department)
        if hashes - known:
            found.append(commit.commit)
        known |= hashes
    repository = workspace.repository
    if _COMMIT.fullmatch(base) is None or contents(repository, [f"{base}:{repository.in_top('store.toml')}"]) == [None]:
        return tuple(found)
    return tuple(each for each in found if merge_bases(repository, each, base) != (each,))


def turns(workspace: Workspace, commit: str, refs: Sequence[Ref]) -> Mapping[Ref, tuple[Plain | None, Plain | None]]:
    """These records before and after a commit."""
    found = log.changes(workspace.repository, [(commit, ref.path) for ref in refs])
    return {
        ref: (plain_of(ref, before), plain_of(ref, after)) for ref, (before, after) in zip(refs, found, strict=True)
    }


def _hashes(inquiry: Plain, department: str) -> frozenset[str]:
    """The SHA-256 of a department's answers, as an inquiry's file has them."""
    targets = cast("list[Plain]", inquiry.get("targets") or [])
    receipts = [
        receipt
        for target in targets
        if department in (target.get("department"), target.get("ref"))
        for receipt in cast("list[Plain]", target.get("receipts") or [])
    ]
    return frozenset(str(receipt["sha256"]) for receipt in receipts if receipt.get("sha256"))
