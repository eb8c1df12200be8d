"""What bringing a file in would do: told place by place before anything is written, then one save."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from kyoju_tui.records.errors import Refused
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.requests import Change

Outcome: TypeAlias = Literal["追加", "変更", "消去", "該当なし", "食い違い", "不明", "同じ"]
"""What becomes of one value: 不明 is one that could not be placed and is left out; 食い違い waits for a person."""

Told: TypeAlias = Callable[[str, int, int], None]
"""Takes what is being done, and how much of how much is done (0 of 0: not known)."""
Cancelled: TypeAlias = Callable[[], bool]


class Stopped(Refused):
    """Somebody called the work off; nothing was written."""

    code = "cancelled"


@dataclass(frozen=True, slots=True)
class Placed:
    """One value of the file: where it stands there, what becomes of it here, and in words why, where that needs some.

    `ref` is the record (None where there is none), `title` its title, `label` the field's; both versions are as shown.
    """

    where: str
    outcome: Outcome
    ref: Ref | None
    title: str
    label: str = ""
    before: str = ""
    after: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Bringing:
    """The whole of a file: every value placed, and the changes that make one save. No `changes`: nothing to do.

    `subject` is the save's first line and names the file and its SHA-256.
    """

    file: str
    sha256: str
    placed: tuple[Placed, ...]
    changes: tuple[Change, ...]
    subject: str
    remarks: tuple[str, ...] = ()

    @property
    def counts(self) -> Counter[Outcome]:
        """How many values have each outcome."""
        return Counter(each.outcome for each in self.placed)

    def of(self, *outcomes: Outcome) -> tuple[Placed, ...]:
        """The values with one of these outcomes."""
        return tuple(each for each in self.placed if each.outcome in outcomes)


def never() -> bool:
    """Nobody calls it off."""
    return False


def silent(_what: str, _done: int, _of: int) -> None:
    """Nobody is told."""
