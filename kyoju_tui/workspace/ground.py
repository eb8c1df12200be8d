"""What a store stands on: its repository, or why there is none, and where journal and drafts lie.

Reading records needs no git, so it is asked at the first use only.
"""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

from kyoju_tui.history.git import Repository
from kyoju_tui.history.trust import Consent
from kyoju_tui.records.errors import HostileConfig, KyojuError


class Ground:
    """The repository that holds the store in `root`, found once. May be used by several threads."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.RLock()
        self._found: Repository | KyojuError | None = None
        self._state: Path | None = None

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
    def state(self) -> Path:
        """The folder of journal and drafts: with the repository, or with the user where there is none."""
        with self._lock:
            if self._state is None:
                found = self._look()
                self._state = found.state_dir() if isinstance(found, Repository) else _user_state(self._root)
            return self._state

    def consent(self) -> None:
        """Remember that the user accepts the repository's settings as they are, and look again. Errors: `ReadOnly`."""
        with self._lock:
            if isinstance(self._found, HostileConfig):
                Consent().give(self._root, self._found.digest)
                self._found = self._state = None

    def _look(self) -> Repository | KyojuError:
        with self._lock:
            if self._found is None:
                try:
                    self._found = Repository.discover(self._root)
                except KyojuError as error:
                    self._found = error
            return self._found


def _user_state(root: Path) -> Path:
    from platformdirs import user_state_path

    return user_state_path("kyoju-tui") / hashlib.sha256(str(root).encode()).hexdigest()[:16]
