"""Which files are not in canonical form, and what would put them there."""

from __future__ import annotations

from collections.abc import Iterable

from kyoju_tui.files import codec
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.workspace.requests import PutBack
from kyoju_tui.workspace.workspace import Workspace


def unformatted(workspace: Workspace, refs: Iterable[Ref] | None = None) -> tuple[PutBack, ...]:
    """The changes that `fmt` makes: one for each readable file whose bytes are not its canonical form.

    Looks at all files, or at those of `refs`.
    """
    changes: list[PutBack] = []
    for ref in workspace.snapshot.records if refs is None else refs:
        data = workspace.base(ref).data
        if data is not None:
            formatted = codec.canonical(data, ref.path, kind_of(ref).model)
            if formatted != data:
                changes.append(PutBack(ref, formatted, data))
    return tuple(changes)
