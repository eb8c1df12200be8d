"""A paper: tables of words with the tone in which each is said. How it looks is the writers' business."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["usual", "strong", "calm", "gap", "late", "waiting"]
"""As the marks of the screens: `gap` is what the eye must find first, `late` and `waiting` mark words, `calm` steps
back. Each stands beside a word and says nothing alone."""


@dataclass(frozen=True, slots=True)
class Said:
    """A line (or several, with line breaks) in one tone."""

    text: str
    tone: Tone = "usual"


@dataclass(frozen=True, slots=True)
class Box:
    """A cell. `gap` fills it as a whole; `answer` is its second word, said in brackets where there are no colours.

    `category`, `department` and `refs` tell what it is about, so that a file can be brought back.
    """

    lines: tuple[Said, ...] = ()
    answer: Said | None = None
    gap: bool = False
    category: str = ""
    department: str = ""
    refs: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All its words, as a file without colours has them."""
        said = "\n".join(line.text for line in self.lines)
        return f"{said}（{self.answer.text}）" if self.answer is not None else said

    @property
    def shown(self) -> tuple[Said, ...]:
        """All its lines, the second word in a line of its own."""
        return self.lines if self.answer is None else (*self.lines, self.answer)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its share of the width in full-width characters, and what it is about.

    A `hidden` one is for programs: spreadsheets keep it out of sight.
    """

    head: str
    width: float
    department: str = ""
    centred: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first column of each row names it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Box, ...], ...]
    nothing: str = "ありません。"


@dataclass(frozen=True, slots=True)
class Paper:
    """A title, a few facts each a line, the tables, and words on what the signs mean."""

    title: str
    facts: tuple[str, ...]
    tables: tuple[Table, ...]
    legend: tuple[Said, ...] = ()


def box(text: str, tone: Tone = "usual") -> Box:
    """A cell of one text; without text an empty cell."""
    return Box((Said(text, tone),) if text else ())
