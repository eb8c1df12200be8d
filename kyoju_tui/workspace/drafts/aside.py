"""What becomes of drafts when a save ends: forgotten where the text is recorded, kept where it is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, cast

from kyoju_tui.records.base import Record
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.plain import to_plain, without_empty
from kyoju_tui.workspace.drafts.kept import Draft, Drafts
from kyoju_tui.workspace.requests import Put, Request

# Under this name the answer to a question is kept that is no record's own form.
ASKED: Final = "text"


def settle(drafts: Drafts, request: Request) -> None:
    """Forget the drafts whose text is recorded now; another text of the same record stays."""
    recorded = {change.ref: change.record for change in request.changes if isinstance(change, Put)}
    for draft in drafts.all() if recorded else ():
        if _is_recorded(draft, recorded):
            drafts.discard_file(draft)


def set_aside(drafts: Drafts, request: Request, error: KyojuError) -> None:
    """Keep what was typed as drafts; where even that fails the error says so.

    Nothing is typed to move a record or to take a save back. A save of several records is rarely typed: it does not
    replace what somebody typed into one of them.
    """
    if request.action in ("move", "restore"):
        return
    puts = [change for change in request.changes if isinstance(change, Put)]
    typed = {draft.ref for draft in drafts.all()} if len(request.changes) > 1 else frozenset[str]()
    for change in puts:
        if change.ref in typed:
            continue
        try:
            drafts.save(Draft(change.ref, to_plain(change.record), change.base.data, error.message))
        except KyojuError as failed:
            error.cure = f"{error.cure} {failed.message}"


def _is_recorded(draft: Draft, recorded: Mapping[Ref, Record]) -> bool:
    """Whether these records say what was typed: the whole record, or the answer to a question in any of them."""
    if draft.ref:
        record = recorded.get(draft.ref)
        return record is not None and without_empty(draft.plain) == without_empty(to_plain(record))
    text = draft.plain.get(ASKED)
    return isinstance(text, str) and any(text in tuple(_texts(to_plain(each))) for each in recorded.values())


def _texts(value: object) -> Iterator[str]:
    """Every text in a plain value, and the lines of those of several."""
    if isinstance(value, str):
        yield value
        yield from value.splitlines()
    elif isinstance(value, Mapping):
        for each in cast("Mapping[str, object]", value).values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in cast("list[object]", value):
            yield from _texts(each)
