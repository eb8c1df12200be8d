"""Which way leads from a problem to its mend, and the changes that mend a file as it lies there (`点検`)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final, Literal

from kyoju_tui.files.layout import Misplaced, is_figures, locate, owner
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.problems import Problem
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.care.checking import check_store
from kyoju_tui.workspace.care.formatting import unformatted
from kyoju_tui.workspace.requests import PutBack
from kyoju_tui.workspace.workspace import Workspace

# form: in the record's form; point: among the settled points; format: by writing the file canonically; record: among
# the hand edits, where it is recorded or put back; figures: by importing a data set's CSV again; file: in the file
# itself, with an editor; none: not from inside the program.
Way = Literal["form", "point", "format", "record", "figures", "file", "none"]

_FORMAT: Final = frozenset({"K103", "K104", "K113", "K206"})
# What is wrong with a name, a place, a permission or the program's age is not mended inside the file.
_OUTSIDE: Final = frozenset({"K106", "K107", "K108", "K111", "K112"})
# About a data set's CSV.
_FIGURES: Final = frozenset({"K701", "K702"})
# Keys that no form shows.
_UNSEEN: Final = frozenset({"K203", "K204"})


def inspect(workspace: Workspace, environ: Mapping[str, str] | None = None) -> tuple[Problem, ...]:
    """Everything that `check` tells, and the files that `fmt` would write differently; errors first, then by kind and
    place. Reads the files anew, so it is for a worker.
    """  # noqa: D205
    found = check_store(workspace.root, environ=os.environ if environ is None else environ).problems
    # A file with a BOM or with CRLF is listed for that; a hand edit's writing is looked at once it is recorded.
    listed = {problem.path for problem in found if problem.code in _FORMAT or problem.code == "K501"}
    message, cure = (
        "書き方（項目の順や空白）が整っていません。内容は読めています。",
        "整形すると、いつもの書き方になります。",
    )
    untidy = (change.ref.path for change in unformatted(workspace) if change.ref.path not in listed)
    every = [*found, *(Problem(path, 1, 1, "K113", message, cure) for path in untidy)]
    return tuple(sorted(every, key=lambda each: (each.severity != "error", each.code, each)))


def ref_of(problem: Problem) -> Ref | None:
    """The record that the file of a problem is or belongs to, or would be if it could be read."""
    try:
        place = owner if is_figures(problem.path) else locate
        return place(problem.path) if problem.path else None
    except Misplaced:
        return None


def way_of(problem: Problem, snapshot: Snapshot) -> Way:
    """How a problem is mended."""
    ref = ref_of(problem)
    if ref is None or problem.code in _OUTSIDE or (problem.code == "K110" and not problem.field):
        return "none"
    if problem.code == "K501":
        return "record"
    if ref not in snapshot:
        return "file" if ref in snapshot.broken else "none"
    if problem.code in _FIGURES:
        return "figures"
    if problem.code in _FORMAT:
        return "format"
    if problem.code in _UNSEEN:
        return "file"
    return "point" if problem.code == "K607" else "form"


def formatting(workspace: Workspace, ref: Ref) -> tuple[PutBack, ...]:
    """The change that writes one file canonically; none where it is so already."""
    return unformatted(workspace, (ref,)) if ref in workspace.snapshot else ()
