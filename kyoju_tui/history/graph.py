"""The changed-path filters that let git skip commits which did not touch a file, written in the background.

git reads them by itself (`commit-graph` with Bloom filters) and does without them where they are missing, so nothing
depends on their being there. They are written by a git of their own beside everything else: no save waits for it, no
lock of a save is taken, and where it fails or is ended nothing is lost.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from pathlib import Path
from typing import Final

from kyoju_tui.history.commits import head
from kyoju_tui.history.git import Repository
from kyoju_tui.records.errors import KyojuError

_LOG: Final = logging.getLogger(__name__)

BEHIND: Final = 500
"""So many commits may come before the filters are written again."""

TIMEOUT: Final = 120.0
"""Seconds that writing may take before it is ended; each run adds to what earlier ones wrote."""

_AT_ONCE: Final = 20_000
_SAVES: Final = 200

_lock = threading.Lock()
_busy: set[Path] = set()
_saves: Counter[Path] = Counter()


def write_when_due(repository: Repository) -> None:
    """Write the filters in the background where many commits have come since. Returns at once, and never fails."""
    with _lock:
        if repository.common_dir in _busy:
            return
        _busy.add(repository.common_dir)
    threading.Thread(target=_attend, args=(repository,), name="kyoju-graph", daemon=True).start()


def note_save(repository: Repository) -> None:
    """Count a save, and look after the filters once in many. Returns at once, and never fails."""
    with _lock:
        _saves[repository.common_dir] += 1
        many = _saves[repository.common_dir] % _SAVES == 0
    if many:
        write_when_due(repository)


def is_due(repository: Repository) -> bool:
    """Tell whether many commits came since the filters were written. Errors: those of `Repository.call`."""
    start = head(repository)
    if start is None:
        return False
    chain = repository.common_dir / "objects" / "info" / "commit-graphs" / "commit-graph-chain"
    try:
        since = (f"--since=@{int(chain.stat().st_mtime)}",)
    except OSError:
        since = ()
    counted = repository.run("rev-list", "--count", f"--max-count={BEHIND}", *since, "--end-of-options", start, "--")
    return int(counted) >= BEHIND


def write(repository: Repository) -> bool:
    """Write the filters now, and tell whether git could. Errors: `GitTimeout`, and those of `Repository.call`."""
    finished = repository.call(
        # What stands in this file is believed: it is on the disk before it has its name.
        *("-c", "core.fsync=committed,loose-object,reference,commit-graph"),
        *("commit-graph", "write", "--reachable", "--changed-paths", "--split", f"--max-new-filters={_AT_ONCE}"),
        "--no-progress",
        timeout=TIMEOUT,
    )
    return finished.code == 0


def _attend(repository: Repository) -> None:
    try:
        if is_due(repository) and not write(repository):
            _LOG.info("the filters of %s could not be written", repository.common_dir)
    except (KyojuError, OSError) as error:
        # A disk that cannot be written, a git that does not answer: everything works without the filters.
        _LOG.info("the filters of %s were not written: %s", repository.common_dir, error)
    finally:
        with _lock:
            _busy.discard(repository.common_dir)
