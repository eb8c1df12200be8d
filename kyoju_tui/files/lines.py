"""From a place in a record to a line in its file."""

from __future__ import annotations

from kyoju_tui.files.outline import outline
from kyoju_tui.records.explain import Place

BOM = "\ufeff"


def plain_text(data: bytes) -> str:
    """The text of a file as the scanner takes it: no BOM, LF, undecodable bytes replaced."""
    return data.decode("utf-8", errors="replace").removeprefix(BOM).replace("\r\n", "\n")


def place_of(field: str) -> Place:
    """The place that a dotted name means: `opinions.0.text` is `("opinions", 0, "text")`, nothing the whole record."""
    return tuple(int(part) if part.isdecimal() else part for part in field.split(".")) if field else ()


def locate_problem(data: bytes, place: Place) -> tuple[int, int]:
    """Line and column (from 1) of a place in a file; of the table around it where the place itself is absent."""
    return outline(plain_text(data)).locate(place)
