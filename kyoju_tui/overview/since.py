"""What became of a place of the matrix since an earlier moment: records added, gone, changed (handbook 1-2(2))."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Since:
    """The records of a place that came, went and changed, each in the order of its paths."""

    added: tuple[Ref, ...] = ()
    gone: tuple[Ref, ...] = ()
    changed: tuple[Ref, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.gone or self.changed)


def since(before: Collection[Ref], then: Snapshot, after: Collection[Ref], now: Snapshot) -> Since:
    """Compare what stood at a place `then` (`before`) with what stands there `now` (`after`)."""
    earlier, later = frozenset(before), frozenset(after)
    return Since(
        tuple(sorted(later - earlier)),
        tuple(sorted(earlier - later)),
        tuple(sorted(ref for ref in earlier & later if then.get(ref) != now.get(ref))),
    )
