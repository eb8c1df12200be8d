"""What becomes of drafts when a save ends: forgotten where the text is recorded, kept where it is not."""

from __future__ import annotations

from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.plain import to_plain, without_empty
from kyoju_tui.workspace.drafts import Draft, Drafts
from kyoju_tui.workspace.requests import Put, Request


def settle(drafts: Drafts, request: Request) -> None:
    """Forget the drafts whose text is recorded now; another text of the same record stays."""
    for change in request.changes:
        if isinstance(change, Put):
            draft = drafts.get(change.ref)
            if draft is not None and without_empty(draft.plain) == without_empty(to_plain(change.record)):
                drafts.discard(change.ref)


def set_aside(drafts: Drafts, request: Request, error: KyojuError) -> None:
    """Keep what was typed as drafts; where even that fails the error says so.

    Nothing is typed to move a record or to take a save back. A save of several records is rarely typed: it does not
    replace what somebody typed into one of them.
    """
    if request.action in ("move", "restore"):
        return
    several = len(request.changes) > 1
    for change in request.changes:
        if isinstance(change, Put) and not (several and drafts.get(change.ref)):
            try:
                drafts.save(Draft(change.ref, to_plain(change.record), change.base.data, error.message))
            except KyojuError as failed:
                error.cure = f"{error.cure} {failed.message}"
