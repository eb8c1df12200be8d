"""The store's files and git's record of them, side by side: what a save looks at, writes and proves.

Used under the store's lock only.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final

from kyoju_tui.files import atomic
from kyoju_tui.files.layout import is_figures
from kyoju_tui.files.tree import read_figures_file, read_paths
from kyoju_tui.history import commits
from kyoju_tui.history.git import Repository
from kyoju_tui.history.recorded import look_again, skipped
from kyoju_tui.history.state import locks, remove_stale_lock, require_writable
from kyoju_tui.records.errors import BrokenRecord, Clash, GitFailed, RepositoryState
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.saving import journal

# Seconds that another program's lock, such as that of a `git status`, is waited for.
_PATIENCE: Final = 2.0
_STEP: Final = 0.05


class WorkingCopy:
    """The files of the store in `root`, in their repository."""

    def __init__(self, root: Path, repository: Repository) -> None:
        self._root = root
        self.repository = repository

    def make_fit(self) -> None:
        """See that a commit can be made, clearing the locks that a killed git left behind."""
        self.repository.recheck()
        deadline = time.monotonic() + _PATIENCE
        while locks(self.repository):
            try:
                remove_stale_lock(self.repository)
            except RepositoryState:
                if time.monotonic() > deadline:
                    raise
                time.sleep(_STEP)
        require_writable(self.repository)

    def current(self, path: str) -> bytes | None:
        """What a file holds now, None where there is none. Errors: `BrokenRecord` where it cannot be read."""
        if is_figures(path):
            return read_figures_file(self._root, path)
        tree = read_paths(self._root, [path])
        ref = Ref(path.removesuffix(".toml"))
        if ref in tree.broken and ref not in tree.data:
            raise BrokenRecord(
                f"「{path}」を読み取れないため、記録していません。ファイルはそのまま残っています。",
                cure=tree.broken[ref].cure,
                detail=tree.broken[ref].message,
            )
        return tree.data.get(ref)

    def recorded(self, steps: Sequence[journal.Step]) -> dict[str, str]:
        """The blob ids that HEAD has of the steps' files, by path; one that HEAD does not know is absent."""
        head = commits.head(self.repository)
        if head is None:
            return {}
        return commits.blob_ids(self.repository, head, [step.path for step in steps])

    def blob(self, data: bytes | None) -> str | None:
        """The id that these bytes have as a blob; None for no file."""
        return None if data is None else commits.blob_id(self.repository, data)

    def put(self, path: str, data: bytes | None) -> None:
        """Let a file hold these bytes, or be gone. Errors: `SaveFailed`, `ReadOnly`, `UnsafePath`."""
        if data is None:
            atomic.remove(self._root, path)
        else:
            atomic.write(self._root, path, data, shared=self.repository.shared)

    def commit(self, entry: journal.Entry, known: Collection[str]) -> str:
        """Commit an entry's files and see that the commit holds them. `known` are the paths that HEAD has.

        Errors: as `history.commits.commit_paths`, `GitFailed`.
        """
        new = [step.path for step in entry.steps if step.after is not None and step.path not in known]
        hidden = skipped(self.repository).intersection(entry.paths)
        if hidden:
            # Somebody told git to overlook these files; what is recorded is looked at.
            look_again(self.repository, hidden)
        commit = commits.commit_paths(self.repository, entry.paths, new, entry.message, entry.author)
        if not self.holds(commit, entry):
            raise GitFailed(
                "記録した内容を確かめられませんでした。入力した内容は下書きに残っています。",
                cure="もう一度記録してください。続くときは管理者に知らせてください。",
                detail=f"{commit} does not hold what was written",
            )
        return commit

    def holds(self, commit: str, entry: journal.Entry) -> bool:
        """Whether a commit has the bytes that an entry was to write."""
        found = commits.blob_ids(self.repository, commit, entry.paths)
        return all(found.get(step.path) == self.blob(step.after) for step in entry.steps)

    def is_written(self, step: journal.Step) -> bool:
        """Whether the file holds what the save put there, and nothing that somebody wrote since."""
        if step.before == step.after:
            return False
        try:
            return self.current(step.path) == step.after
        except BrokenRecord:
            return False

    def match_index(self, paths: Sequence[str]) -> None:
        """Let git's index say of these paths what HEAD says."""
        if paths:
            listed = "\0".join(paths).encode()
            self.repository.run("reset", "-q", "--pathspec-from-file=-", "--pathspec-file-nul", data=listed)

    def require_unchanged(self, step: journal.Step) -> None:
        """Somebody may write into a file by hand at any moment; this is the last one at which that can be seen."""
        if self.current(step.path) != step.before:
            raise Clash(
                f"「{step.path}」がちょうど書き換えられたため、記録していません。何も変えていません。",
                fields=(),
                cure="今の内容を確かめてから、もう一度記録してください。",
            )

    def clear(self) -> None:
        """Take away the temporary files of writes that were killed."""
        atomic.clear(self._root)
