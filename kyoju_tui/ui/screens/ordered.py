"""Lists of what stands in an order of its own and is closed instead of deleted: 部署 and カテゴリー."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import ClassVar, Final

from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.screens.records import RecordsScreen
from kyoju_tui.workspace.requests import Put

_STEP: Final = 10


class OrderedScreen(RecordsScreen):
    """Where others refer to a record, it is closed by its field `CLOSED_BY`, so that the history keeps its name."""

    CLOSED_BY: ClassVar[str] = ""
    COMMANDS = (
        "open", "edit", "new", "search", "remove", "records.up", "records.down", "reload", "back",
    )  # fmt: skip

    def keys(self) -> Iterable[str]:
        """In the order in which the matrix has them."""
        folder = self.kind.folder
        ordered = self.snapshot.departments if self.kind.word == "department" else self.snapshot.categories
        return [f"{folder}/{key}" for key in ordered]

    def action_new(self) -> None:
        """An empty form, at the end of the order."""
        orders = [getattr(record, "order", None) or 0 for record in self.records().values()]
        self.add(self.kind.word, preset={"order": max(orders, default=0) + _STEP})

    def action_remove(self) -> None:
        """Delete, after asking; what is in use is closed instead."""
        ref = Ref(self.key_here)
        if ref and self.snapshot.referrers.get(ref):
            self.kyoju.notify(
                f"「{self.snapshot.title(ref)}」は、ほかの記録から使われているため削除できません。"
                f"開いて「{self.CLOSED_BY}」を入れると、記録を残したまま一覧表から外せます。",
                timeout=10,
            )
        else:
            self.remove_record(ref)

    def action_up(self) -> None:
        """One place up."""
        self._shift(-1)

    def action_down(self) -> None:
        """One place down."""
        self._shift(1)

    def _shift(self, step: int) -> None:
        """Exchange two neighbours and number all anew, as one save."""
        refs = [Ref(key) for key in self.keys()]
        here = Ref(self.key_here)
        if here not in refs or not 0 <= refs.index(here) + step < len(refs):
            return
        at = refs.index(here)
        refs[at], refs[at + step] = refs[at + step], refs[at]
        bases = {ref: self.workspace.base(ref) for ref in refs}
        records = self.records()
        puts = [
            Put(ref, records[ref].but(order=number), bases[ref])
            for number, ref in zip(count(_STEP, _STEP), refs, strict=False)
            if getattr(records[ref], "order", None) != number
        ]
        subject = f"{self.kind.label}の並び順を変更"
        self.kyoju.save(lambda: self.workspace.batch(puts, action="update", subject=subject))
