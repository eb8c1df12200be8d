"""What was read out of a sheet, before it is compared with the records: entries found, and what is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal

from kyoju_tui.records.plain import Plain
from kyoju_tui.records.text import LINE_LIMIT

_ORIGIN: Final = re.compile(r"(?P<file>.*)［(?P<sheet>.*)!(?P<cell>[A-Z]{1,3}[0-9]{1,7})］", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry came from: kept as its source in one line, `一覧.xlsx［Sheet1!C5］`."""

    file: str
    sheet: str
    cell: str

    def __str__(self) -> str:
        room = LINE_LIMIT - len(self.sheet) - len(self.cell) - 3
        return f"{self.file[:room]}［{self.sheet}!{self.cell}］"

    @classmethod
    def parse(cls, document: object) -> Origin | None:
        """The origin that a source's document tells; None for any other text."""
        found = _ORIGIN.fullmatch(document) if isinstance(document, str) else None
        return cls(found["file"], found["sheet"], found["cell"]) if found is not None else None


@dataclass(frozen=True, slots=True)
class Found:
    """An initiative, issue or data of the sheet.

    `said` are the fields that the sheet tells (None: it has a place for the field and leaves it empty); `assumed` those
    that an entry needs and the sheet leaves open. `why` says what was understood rather than read. `row` is what keeps
    entries of one row of a list apart from those of a cell.
    """

    origin: Origin
    department: str
    said: Plain
    assumed: Plain
    why: str = ""

    @property
    def where(self) -> str:
        """The cell as it is told: `Sheet1!C5`."""
        return f"{self.origin.sheet}!{self.origin.cell}"

    @property
    def kind(self) -> str:
        """取組, 課題 or データ."""
        return str(self.said["kind"])

    @property
    def title(self) -> str:
        """Its title."""
        return str(self.said["title"])


@dataclass(frozen=True, slots=True)
class Left:
    """Something in the sheet that becomes no entry: where, what stands there, and why."""

    where: str
    heading: str
    text: str
    why: str
    outcome: Literal["不明", "該当なし"] = "不明"


@dataclass(slots=True)
class Reading:
    """All of a sheet: every filled cell of its body is in `found`, in `left`, or named in `remarks`."""

    found: list[Found] = field(default_factory=list[Found])
    left: list[Left] = field(default_factory=list[Left])
    remarks: list[str] = field(default_factory=list[str])
    # Words for departments and categories that nobody settled, with the cells that wait for them.
    unknown: dict[tuple[Literal["department", "category"], str], int] = field(
        default_factory=dict[tuple[Literal["department", "category"], str], int]
    )
