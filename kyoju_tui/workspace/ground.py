"""What a store stands on: its repository, or why there is none, and where journal and drafts lie.

Reading records needs no git, so it is asked at the first use only.
"""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path

from kyoju_tui.history.git import Repository
from kyoju_tui.history.trust import Consent
from kyoju_tui.records.errors import HostileConfig, KyojuError
from kyoju_tui.workspace.drafts.kept import Drafts


class Ground:
    """The repository that holds the store in `root`, found once. May be used by several threads."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.RLock()
        self._found: Repository | KyojuError | None = None

    @property
    def repository(self) -> Repository:
        """The repository. Errors: why there is none (`NotARepository`, `HostileConfig`, `GitUnavailable` …)."""
        found = self._look()
        if isinstance(found, KyojuError):
            raise found
        return found

    @property
    def fault(self) -> KyojuError | None:
        """Why there is no repository to work with; None where there is one."""
        found = self._look()
        return found if isinstance(found, KyojuError) else None

    @property
    def journal(self) -> Path:
        """The folder of the journal, with the repository. Errors: as `repository`."""
        return self.repository.state_dir() / "journal"

    @property
    def drafts(self) -> Drafts:
        """What this user typed and has not recorded: with the repository where it can be written, else at home."""
        found, user = self._look(), str(os.geteuid())
        home = at_home(self._root) / "drafts" / user
        if isinstance(found, KyojuError):
            return Drafts(home)
        return Drafts(found.state_dir() / "drafts" / user, home, shared=found.shared)

    def consent(self, error: HostileConfig) -> None:
        """Remember that the user accepts the settings that `error` names, and look again. Errors: `ReadOnly`."""
        with self._lock:
            Consent().give(self._root, error.digest)
            if isinstance(self._found, KyojuError):
                self._found = None

    def _look(self) -> Repository | KyojuError:
        with self._lock:
            if self._found is None:
                try:
                    self._found = Repository.discover(self._root)
                except KyojuError as error:
                    self._found = error
            return self._found


def at_home(root: Path) -> Path:
    """What the user keeps of this store where no repository can: the same folder before and after there is one."""
    from platformdirs import user_state_path

    return user_state_path("kyoju-tui") / hashlib.sha256(str(root).encode()).hexdigest()[:16]
