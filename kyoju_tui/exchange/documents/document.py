"""A document of headings, lists and tables, as words; what it looks like is its writers' business."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its list, or with a table whose first row are the heads; `nothing` where there is neither."""

    heading: str
    lines: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    nothing: str = "ありません。"


@dataclass(frozen=True, slots=True)
class Document:
    """A title, a sentence under it, and the parts."""

    title: str
    fact: str
    parts: tuple[Part, ...]


def listed(heading: str, lines: Iterable[str], nothing: str = "ありません。") -> Part:
    """A part with a list."""
    return Part(heading, tuple(lines), nothing=nothing)


def one_line(text: str) -> str:
    """What somebody typed, as a piece of one line."""
    return " ".join(text.split("\n")).strip()
