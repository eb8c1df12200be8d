"""The matrix and the findings of an open store: made once for all screens, then only where records changed."""

from __future__ import annotations

from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from kyoju_tui.overview.matrix import Matrix, matrix, updated
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot

if TYPE_CHECKING:
    from kyoju_tui.overview.findings import Findings
    from kyoju_tui.workspace.workspace import Workspace


class Computed:
    """What one store shows at the moment. Safe to ask from several threads."""

    def __init__(self) -> None:
        self._matrix: Matrix | None = None
        self._findings: Findings | None = None
        # Two locks: the findings may take long, and the matrix never waits for them.
        self._matrix_lock = Lock()
        self._findings_lock = Lock()

    def matrix(self, snapshot: Snapshot, today: date) -> Matrix:
        """The matrix; after a change only what the change touches is made anew."""
        with self._matrix_lock:
            known = self._matrix
            if known is None:
                known = matrix(snapshot, today)
            elif known.snapshot is not snapshot or known.today != today:
                known = updated(known, snapshot, differing(known.snapshot, snapshot), today)
            self._matrix = known
            return known

    def findings(self, snapshot: Snapshot, today: date) -> Findings:
        """The findings. The first time they compare all texts with each other: ask in a worker."""
        # Imported in the worker: the first paint of a screen need not wait for what compares texts.
        from kyoju_tui.overview.findings import examine, examine_again

        whole = self.matrix(snapshot, today)
        with self._findings_lock:
            known = self._findings
            if known is None:
                known = examine(whole)
            elif known.matrix is not whole:
                known = examine_again(known, whole, differing(known.matrix.snapshot, snapshot))
            self._findings = known
            return known

    def known_findings(self, snapshot: Snapshot, today: date) -> Findings | None:
        """The findings if they are at hand for just these records, without any work."""
        known = self._findings
        if known is None or known.matrix.snapshot is not snapshot or known.matrix.today != today:
            return None
        return known


def differing(before: Snapshot, after: Snapshot) -> frozenset[Ref]:
    """The REFs whose records are not the same in both. A record that did not change is the same object."""
    one, other = before.records, after.records
    return frozenset(ref for ref in one.keys() | other.keys() if one.get(ref) is not other.get(ref))


_COMPUTED: Final[WeakKeyDictionary[Workspace, Computed]] = WeakKeyDictionary()


def computed_for(workspace: Workspace) -> Computed:
    """What all screens of this store share."""
    return _COMPUTED.setdefault(workspace, Computed())
