"""What every command is given: where the store is, who says so, what day it is, and how to answer."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TextIO

from kyoju_tui.cli.answers import shown
from kyoju_tui.files.layout import find_store
from kyoju_tui.workspace.clock import today
from kyoju_tui.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Context:
    """One run of a command.

    `store` is what `--store` said, `author` what `--as` said; `open_screen` shows a store until the user quits and
    returns the exit code.
    """

    arguments: Namespace
    open_screen: Callable[[Path], int]
    store: Path | None = None
    author: str | None = None
    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)

    @property
    def json(self) -> bool:
        """Whether the answer is for a program."""
        return bool(getattr(self.arguments, "json", False))

    @property
    def dry_run(self) -> bool:
        """Whether to show what would change and to write nothing."""
        return bool(getattr(self.arguments, "dry_run", False))

    @property
    def today(self) -> date:
        """The day that everything is computed for."""
        return today(self.environ)

    @property
    def root(self) -> Path:
        """The store's folder: `--store`, `KYOJU_STORE`, or upwards from here. Errors: `StoreNotFound`."""
        return find_store(self.store, self.environ, Path.cwd())

    def open(self) -> Workspace:
        """Open the store, and warn on standard error about records that cannot be read."""
        workspace = Workspace.open(self.root, author=self.author, environ=self.environ)
        for problem in workspace.problems:
            if problem.severity == "error":
                print(shown(f"注意: {problem.path}:{problem.line}: {problem.message}"), file=self.err)
        return workspace

    def say(self, text: str) -> None:
        """Print a line for people."""
        print(text, file=self.out)
