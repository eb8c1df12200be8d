"""Hand edits: files of the store that somebody changed, added or removed past this program, and how they are recorded.

Putting them back is `workspace.hand_edits.putting_back`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from kyoju_tui.files.codec import read_record
from kyoju_tui.files.layout import is_figures, owner
from kyoju_tui.files.ownership import held
from kyoju_tui.files.tree import Tree, located, read_paths
from kyoju_tui.history import commits
from kyoju_tui.history.recorded import overlooked
from kyoju_tui.records.base import Record
from kyoju_tui.records.checks import reference_problems
from kyoju_tui.records.errors import BrokenRecord, StillReferred, UnknownRef
from kyoju_tui.records.figures import read_figures
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.problems import Problem
from kyoju_tui.workspace.hand_edits.differing import Differing, differing
from kyoju_tui.workspace.hand_edits.words import hand_edit_subject, told_changes
from kyoju_tui.workspace.requests import Action, PutBack, PutFigures, Saved
from kyoju_tui.workspace.saving.rules import refuse_loss
from kyoju_tui.workspace.workspace import Workspace

State = Literal["変更", "追加", "削除"]
_ACTIONS: Final[Mapping[State, Action]] = {"変更": "update", "追加": "create", "削除": "delete"}


@dataclass(frozen=True, slots=True)
class HandEdit:
    """One file that differs from HEAD.

    `title` is what its record is called, as far as that can be read, or its id. `data` are its bytes at the look
    (None: gone, or not to be read), `recorded` those of HEAD (None: new). `owner` is the login name of the file's
    owner ("" where it is gone), `foreign` tells that this is another user than the one who looks, `at` when it was
    last written. `problems` are those that `check` has for it, `broken` is the one that keeps it from being recorded.
    `changes` are sentences. `overlooked` is the mark by which git was told to overlook it; `being_edited` tells that
    an editor seems to have it open.
    """

    path: str
    ref: Ref
    title: str
    state: State
    owner: str
    foreign: bool
    at: datetime | None
    data: bytes | None
    recorded: bytes | None
    problems: tuple[Problem, ...]
    changes: tuple[str, ...]
    broken: Problem | None = None
    overlooked: str = ""
    being_edited: bool = False


def hand_edits(workspace: Workspace) -> tuple[HandEdit, ...]:
    """Every file that differs, in the order of paths. It asks git, so it is for a worker.

    Errors: as `differing`.
    """
    found = differing(workspace)
    if not found:
        return ()
    repository = workspace.repository
    blobs = {each.path: each.blob for each in found if each.blob is not None}
    recorded = dict(zip(blobs, commits.contents(repository, list(blobs.values())), strict=True))
    marks = overlooked(repository)
    tree = read_paths(workspace.root, [each.path for each in found if not is_figures(each.path)])
    problems = _problems(workspace, found, tree, recorded)
    return tuple(
        _edit(workspace, each, recorded.get(each.path), problems[each.path], tree, marks.get(each.path, ""))
        for each in found
    )


def count(workspace: Workspace) -> int:
    """How many there are, without looking into them. Errors: as `differing`."""
    return len(differing(workspace))


def chosen(edits: Sequence[HandEdit], paths: Iterable[str]) -> tuple[HandEdit, ...]:
    """Those of these paths, which may stand without `.toml`. Errors: `UnknownRef` for one that is no hand edit."""
    by_path = {edit.path: edit for edit in edits}
    taken: dict[str, HandEdit] = {}
    for path in paths:
        name = next((name for name in (path, f"{path}.toml") if name in by_path), None)
        if name is None:
            raise UnknownRef(
                f"「{path[:80]}」に、記録されていない直接の変更はありません。何も変えていません。",
                cure="edits で一覧を確かめてください。",
            )
        taken[name] = by_path[name]
    return tuple(taken.values())


def recording(
    workspace: Workspace, edits: Sequence[HandEdit], *, force: bool = False
) -> tuple[tuple[PutBack | PutFigures, ...], Action, str]:
    """What records these files as they were looked at: the changes, the action, the message's first line.

    Errors: `BrokenRecord` with the line; `StillReferred` where a file is gone to whose record others refer, unless
    `force`.
    """
    for edit in edits:
        if edit.broken is not None:
            place = f"{edit.path}　{edit.broken.line}行目" if edit.broken.line else edit.path
            raise BrokenRecord(
                f"「{place}」は読み取れないため、記録していません（{edit.broken.message}）。ファイルはそのままです。",
                cure=f"{edit.broken.cure}直せないときは、元に戻すこともできます。",
            )
    if not force:
        _refuse_loss(workspace, {edit.ref: edit.recorded for edit in edits if _is_gone_record(edit)})
    changes = tuple(
        (PutFigures if is_figures(edit.path) else PutBack)(edit.ref, edit.data, edit.data) for edit in edits
    )
    states: set[State] = {edit.state for edit in edits}
    action: Action = _ACTIONS[states.pop()] if len(states) == 1 else "update"
    return changes, action, hand_edit_subject([edit.path for edit in edits])


def record(workspace: Workspace, edits: Sequence[HandEdit], *, force: bool = False) -> Future[Saved]:
    """Record these files as they were looked at, as one commit of the one who records.

    A file that was written since comes back as a `Clash`. Errors: as `recording` and `Workspace.batch`.
    """
    changes, action, subject = recording(workspace, edits, force=force)
    return workspace.batch(changes, action=action, subject=subject)


def _is_gone_record(edit: HandEdit) -> bool:
    return edit.state == "削除" and not is_figures(edit.path)


def _refuse_loss(workspace: Workspace, gone: Mapping[Ref, bytes | None]) -> None:
    """Refuse that records are taken for deleted to which others refer. Errors: `StillReferred`."""
    records = {ref: _record(ref, data) for ref, data in gone.items()}
    before = workspace.snapshot.replacing({ref: record for ref, record in records.items() if record is not None})
    refuse_loss([PutBack(ref, None, data) for ref, data in gone.items() if ref in before], before)


def _record(ref: Ref, data: bytes | None) -> Record | None:
    return None if data is None else read_record(data, ref.path, kind_of(ref).model).record


def _edit(
    workspace: Workspace,
    found: Differing,
    recorded: bytes | None,
    problems: tuple[Problem, ...],
    tree: Tree,
    mark: str,
) -> HandEdit:
    there = held(workspace.root, found.path)
    ref = owner(found.path)
    if there is not None and found.data is None:
        told: tuple[str, ...] = ("読み取れないため、違いは分かりません",)
    else:
        told = told_changes(found.path, recorded, found.data, workspace.snapshot.full_name)
    broken = None
    if is_figures(found.path) or ref in tree.broken or ref == "store":
        broken = next((each for each in problems if each.severity == "error" and each.code != "K301"), None)
    folder, _, name = found.path.rpartition("/")
    return HandEdit(
        found.path,
        ref,
        _title(workspace, ref, recorded),
        "削除" if there is None else "追加" if recorded is None else "変更",
        "" if there is None else there.owner,
        there is not None and there.foreign,
        None if there is None else there.at,
        found.data,
        recorded,
        problems,
        told,
        broken,
        mark,
        (workspace.root / folder / f".{name}.swp").exists(),
    )


def _title(workspace: Workspace, ref: Ref, recorded: bytes | None) -> str:
    if ref in workspace.snapshot:
        return workspace.snapshot.title(ref)
    known = _record(ref, recorded)
    return (known.heading if known is not None else "") or ref.id


def _problems(
    workspace: Workspace, found: Sequence[Differing], tree: Tree, recorded: Mapping[str, bytes | None]
) -> dict[str, tuple[Problem, ...]]:
    """What `check` has against these files, by path."""
    by_path: dict[str, list[Problem]] = {each.path: [] for each in found}
    refs = {owner(path) for path in by_path}
    remarks = [remark for remark in reference_problems(workspace.snapshot) if remark.ref in refs]
    # What shows only in a whole store: ids that clash, a store.toml that is gone or too new.
    whole = [problem for problem in workspace.problems if problem.code in ("K110", "K111", "K112")]
    for problem in dict.fromkeys([*tree.problems, *whole, *located(remarks, tree.data)]):
        if problem.path in by_path:
            by_path[problem.path].append(problem)
    for each in found:
        if is_figures(each.path):
            by_path[each.path] += _figures_problems(each)
        elif each.data is None and owner(each.path) not in tree.broken:
            try:
                _refuse_loss(workspace, {owner(each.path): recorded.get(each.path)})
            except StillReferred as error:
                by_path[each.path].append(Problem(each.path, 0, 0, "K301", error.message, error.cure))
    return {path: tuple(problems) for path, problems in by_path.items()}


def _figures_problems(found: Differing) -> list[Problem]:
    if found.data is None:
        return []
    cure = "その行を直してください。"
    return [Problem(found.path, line, 0, "K701", message, cure) for line, message in read_figures(found.data).faults]
