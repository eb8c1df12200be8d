"""A bare remote and clones of one store, for the tests of the exchange."""

from __future__ import annotations

import subprocess
from pathlib import Path

from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.sync import syncing
from kyoju_tui.workspace.sync.syncing import Step, Synced
from kyoju_tui.workspace.workspace import Workspace


class Clone:
    """One person's copy of the store."""

    def __init__(self, root: Path, author: str) -> None:
        self.root = root
        self.author = author
        self.workspace = Workspace.open(root, author=author)
        self.steps: list[str] = []

    def put(self, ref: Ref, **fields: object) -> None:
        """Change fields of an entry and record it."""
        self.workspace.refresh()
        entry = self.workspace.snapshot.expect(ref, Entry)
        self.workspace.save(ref, entry.but(**fields)).result()

    def entry(self, ref: Ref) -> Entry:
        return self.workspace.snapshot.expect(ref, Entry)

    def sync(self, **how: object) -> Synced:
        return syncing.sync(self.workspace, told=self._told, **how)  # pyright: ignore[reportArgumentType]

    def _told(self, step: Step) -> None:
        self.steps.append(step.words)


def bare(folder: Path, *options: str) -> Path:
    """An empty bare repository."""
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", *options, str(folder)], check=True)
    return folder


def clone(remote: Path, root: Path, author: str) -> Clone:
    """A clone by stock git, opened."""
    subprocess.run(["git", "clone", "-q", str(remote), str(root)], check=True)
    return Clone(root, author)


def git(folder: Path, *arguments: str) -> str:
    """What stock git says."""
    who = ("-c", "user.name=管理者", "-c", "user.email=admin@example.jp")
    finished = subprocess.run(
        ["git", *who, "-C", str(folder), *arguments], capture_output=True, check=True, encoding="utf-8"
    )
    return finished.stdout.strip()
