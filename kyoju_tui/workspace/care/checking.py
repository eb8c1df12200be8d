"""`check`: every problem of every file in one run, and the state of the repository. Writes nothing."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kyoju_tui.files.faulty import safe
from kyoju_tui.files.layout import is_figures, owner
from kyoju_tui.files.tree import Tree, located, read_figures_file, read_tree, tree_of
from kyoju_tui.history.commits import dirty_paths
from kyoju_tui.history.git import Repository
from kyoju_tui.history.staged import changed_since, files_staged
from kyoju_tui.history.state import STALE_AFTER, Unfinished, locks, unfinished
from kyoju_tui.records.checks import reference_problems
from kyoju_tui.records.errors import BrokenRecord, HostileConfig, KyojuError, NotARepository
from kyoju_tui.records.figures import read_figures
from kyoju_tui.records.problems import Problem
from kyoju_tui.records.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class CheckResult:
    """All problems in the order of their paths and lines, and how many records could be read."""

    problems: tuple[Problem, ...]
    records: int

    @property
    def failed(self) -> bool:
        """Whether any of them is an error."""
        return any(problem.severity == "error" for problem in self.problems)


def check_store(
    root: Path, *, staged: bool = False, since: str | None = None, environ: Mapping[str, str] | None = None
) -> CheckResult:
    """Check a store: its files, what they say of each other, and the repository around them.

    `staged` looks at what the next commit would hold (a hook's `GIT_INDEX_FILE` is respected); `since` lists the
    problems of files that changed since a revision. Errors: `UnknownRef`, and what keeps git from being asked where
    `staged` or `since` need it.
    """
    environ = os.environ if environ is None else environ
    root = root.resolve()
    index = environ.get("GIT_INDEX_FILE") if staged else None
    try:
        repository = Repository.discover(root, index_file=Path(index) if index else None)
        # A hook is called while git has the index locked, and in the middle of a merge: no problem of the store's.
        around = () if staged else _around(repository)
    except KyojuError as error:
        if staged or since is not None:
            raise
        repository, around = None, (_no_git(error),)
    tree = tree_of(*files_staged(repository)) if staged and repository is not None else read_tree(root)
    figures = () if staged else _figures(root, tree)
    problems = [*tree_problems(tree), *figures, *around]
    if since is not None and repository is not None:
        changed = frozenset(map(safe, changed_since(repository, since)))
        problems = [problem for problem in problems if problem.path in changed]
    return CheckResult(tuple(sorted(problems)), len(tree.records))


def tree_problems(tree: Tree) -> tuple[Problem, ...]:
    """The problems of the files themselves, and of what their records say of each other."""
    snapshot = Snapshot(tree.records, tree.broken)
    return tuple(sorted([*tree.problems, *located(reference_problems(snapshot), tree.data)]))


def _figures(root: Path, tree: Tree) -> Iterator[Problem]:
    """What is wrong with the CSV files beside the data sets, and those that lie beside none."""
    again = "Ctrl+R（基礎データの画面）でCSVを取り込み直すか、その行を直してください。"
    folder = root / "datasets"
    for name in sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else ():
        path = f"datasets/{name}"
        if not is_figures(path):
            continue
        ref = owner(path)
        if ref not in tree.records and ref not in tree.broken:
            message, cure = (
                "この数値のCSVには、基礎データの記録がありません。",
                "記録を戻すか、ファイルを消してください。",
            )
            yield Problem(path, 0, 0, "K702", message, cure)
        try:
            data = read_figures_file(root, path)
        except BrokenRecord as error:
            yield Problem(path, 0, 0, "K701", error.message, error.cure)
            continue
        for line, message in read_figures(data or b"").faults:
            yield Problem(path, line, 0, "K701", message, again)


def _around(repository: Repository) -> tuple[Problem, ...]:
    found: list[Problem] = []
    state = unfinished(repository)
    if state is not None and not _passing(repository, state):
        found.append(Problem("", 0, 0, "K503", state.message, state.cure))
    message, cure = "ファイルに、まだ記録されていない変更があります。", "内容を確かめて記録してください。"
    found += [Problem(safe(path), 0, 0, "K501", message, cure) for _, path in dirty_paths(repository)]
    return tuple(found)


def _passing(repository: Repository, state: Unfinished) -> bool:
    """Whether what is unfinished is only somebody's save of this moment: a lock that is gone or young."""
    if not state.sign.endswith(".lock"):
        return False
    with suppress(FileNotFoundError):
        return all(time.time() - lock.lstat().st_mtime < STALE_AFTER for lock in locks(repository))
    return True


def _no_git(error: KyojuError) -> Problem:
    if isinstance(error, HostileConfig):
        return Problem("", 0, 0, "K502", error.message, error.cure)
    code = "K504" if isinstance(error, NotARepository) else "K503"
    return Problem("", 0, 0, code, error.message, error.cure)
