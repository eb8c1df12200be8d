"""What 送受信 shows, gathered beside the screen's own work: from what is known here, without the network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.sync.syncing import Standing, Undecided, conflicts, standing, undecided
from kyoju_tui.workspace.sync.unsent import unsent

if TYPE_CHECKING:
    from kyoju_tui.history.log import Commit
    from kyoju_tui.workspace.workspace import Workspace

# More is counted, not listed.
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Seen:
    """How the store stands (None: `refused` says why nothing can be exchanged), and the records behind the numbers.

    `conflicts` are all records in conflict, `left` those of them that nobody has decided about yet.
    """

    standing: Standing | None
    conflicts: tuple[Undecided, ...] = ()
    left: frozenset[Ref] = frozenset()
    unsent: tuple[Commit, ...] = ()
    refused: KyojuError | None = None


def see(workspace: Workspace) -> Seen:
    """How things are now."""
    try:
        left = undecided(workspace)
        found = standing(workspace)
        if not found.remote:
            return Seen(found)
        met = conflicts(workspace) if found.to_receive else ()
        return Seen(found, met, frozenset(each.ref for each in left), unsent(workspace, limit=MOST))
    except KyojuError as error:
        return Seen(None, refused=error)
