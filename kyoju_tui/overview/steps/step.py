"""What a rule of the process map reads, and what it answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from kyoju_tui.overview.findings import FindingView
from kyoju_tui.overview.matrix import Matrix
from kyoju_tui.records.area import Area
from kyoju_tui.records.framework import Framework
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.policy import Policy
from kyoju_tui.records.snapshot import Snapshot

State = Literal["済", "実施中", "未着手"]
DONE, UNDER_WAY, NOT_BEGUN = "済", "実施中", "未着手"

_SHOWN = 3


class Standing(NamedTuple):
    """How far a step is, and why, in one sentence. `record` is where to go on, if one record is meant."""

    state: State
    reason: str
    record: Ref | None = None


@dataclass(frozen=True)
class Around:
    """What the rules read: the matrix of a day with its Snapshot, and the findings where they are known."""

    matrix: Matrix
    findings: Sequence[FindingView] | None = None

    @property
    def snapshot(self) -> Snapshot:
        """All records."""
        return self.matrix.snapshot

    @cached_property
    def policy(self) -> Policy:
        """The policy; an empty one where there is none yet."""
        found = self.snapshot.get("policy")
        return found if isinstance(found, Policy) else Policy()

    @cached_property
    def framework(self) -> Framework:
        """The framework; an empty one where there is none yet."""
        found = self.snapshot.get("framework")
        return found if isinstance(found, Framework) else Framework()

    @cached_property
    def chosen_areas(self) -> dict[Ref, Area]:
        """The areas where work goes on: モデル and 対象."""
        return {ref: area for ref, area in self.snapshot.areas.items() if area.status in ("モデル", "対象")}

    def department(self, department: str) -> str:
        """A department's whole name."""
        return self.snapshot.full_name("department", department)


def listed(names: Iterable[str]) -> str:
    """A few names in one phrase: 住宅課・市民課・環境課 ほか2."""
    known = list(dict.fromkeys(names))
    more = f" ほか{len(known) - _SHOWN}" if len(known) > _SHOWN else ""
    return "・".join(known[:_SHOWN]) + more
