"""Lists of what stands in an order of its own and is closed instead of deleted: 部署 and カテゴリー."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count
from typing import ClassVar, Final

from kyoju_tui.records.base import Record
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.screens.planning import PlanningScreen
from kyoju_tui.ui.screens.records import RecordsScreen
from kyoju_tui.ui.widgets.matrix_table import Marked
from kyoju_tui.workspace.requests import Put

_STEP: Final = 10
_CLOSED: Final = "dim"


class OrderedScreen(RecordsScreen, PlanningScreen):
    """What is closed stands at the end, dimmed; it keeps its records and its name.

    Subclasses tell what is closed, what each column says, and how something is closed (`HOW_TO_CLOSE`).
    """

    HOW_TO_CLOSE: ClassVar[str] = ""

    def closed(self, record: Record) -> bool:
        """Whether a record is out of use."""
        raise NotImplementedError

    def words(self, ref: Ref, record: Record) -> Sequence[str]:
        """What each column says."""
        raise NotImplementedError

    def cells(self, ref: Ref, record: Record) -> Sequence[str | Marked]:
        """The words; those of what is out of use step back."""
        style = _CLOSED if self.closed(record) else ""
        return [Marked.of((word, style)) for word in self.words(ref, record)]

    def keys(self) -> Iterable[str]:
        """In the order in which the matrix has them, what is closed at the end."""
        folder = self.kind.folder
        ordered = self.snapshot.departments if self.kind.word == "department" else self.snapshot.categories
        placed = sorted(ordered.items(), key=lambda item: self.closed(item[1]))
        return [f"{folder}/{key}" for key, _ in placed]

    def next_order(self) -> int:
        """The number of one at the end."""
        orders = [getattr(record, "order", None) or 0 for record in self.records().values()]
        return max(orders, default=0) + _STEP

    def action_new(self) -> None:
        """An empty form, at the end of the order."""
        self.add(self.kind.word, preset={"order": self.next_order()})

    def action_remove(self) -> None:
        """Delete, after asking; what is in use is closed instead."""
        ref = Ref(self.key_here)
        if ref and self.snapshot.referrers.get(ref):
            self.kyoju.notify(
                f"「{self.snapshot.title(ref)}」は、ほかの記録から使われているため削除できません。{self.HOW_TO_CLOSE}",
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
        bases = {ref: self.workspace.base(ref) for ref in refs}
        records = self.records()
        here = Ref(self.key_here)
        if here not in refs or not 0 <= refs.index(here) + step < len(refs):
            return
        at = refs.index(here)
        if self.closed(records[refs[at + step]]) != self.closed(records[here]):
            return
        refs[at], refs[at + step] = refs[at + step], refs[at]
        puts = [
            Put(ref, records[ref].but(order=number), bases[ref])
            for number, ref in zip(count(_STEP, _STEP), refs, strict=False)
            if getattr(records[ref], "order", None) != number
        ]
        subject = f"{self.kind.label}の並び順を変更"
        self.kyoju.save(lambda: self.workspace.batch(puts, action="update", subject=subject))
