"""The draft of one open form: kept while a person types, forgotten once it is recorded or left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from textual.timer import Timer

from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.drafts import Draft, Drafts

# How much typing a dropped line may cost, in seconds.
DRAFT_AFTER: Final = 1.0

After: TypeAlias = Callable[[float, Callable[[], None]], Timer]


class Keeping:
    """`ref` is the name under which there is a draft now; a new record's name can change while it is typed."""

    def __init__(self, drafts: Callable[[], Drafts], ref: Ref | None, after: After) -> None:
        """`drafts` are the store's; where they lie can change when the repository becomes unwritable."""
        self._drafts = drafts
        self._after = after
        self._timer: Timer | None = None
        self.ref = ref

    def soon(self, keep: Callable[[], None]) -> None:
        """Call `keep` shortly, once however often this is asked for."""
        if self._timer is None:
            self._timer = self._after(DRAFT_AFTER, keep)

    def stop(self) -> None:
        """Nothing more is to be kept, or it is done now."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def keep(self, draft: Draft) -> None:
        """Write the draft, in place of the one before. Errors: `SaveFailed`."""
        if self.ref != draft.ref:
            self.forget()
        self._drafts().save(draft)
        self.ref = draft.ref

    def forget(self) -> None:
        """There is nothing to keep any more."""
        if self.ref is not None:
            self._drafts().discard(self.ref)
            self.ref = None
