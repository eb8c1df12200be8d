"""A line of a cell cut where a further item begins in it: before a mark, a number in order, a dot."""

from __future__ import annotations

from kyoju_tui.exchange.sheets.cell_marks import BLANK, FURTHER_DOT, FURTHER_ROUND, INSIDE, MARK


def parts_of(line: str) -> list[str]:
    """A line cut before each further mark in it, and before further numbers where it is numbered."""
    cuts = [found.start() for found in INSIDE.finditer(line) if line[: found.start()].strip(f"{BLANK}・○●")]
    parts = [line[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(line)], strict=True)]
    return [smaller for part in parts for smaller in _enumerated(part)]


def _enumerated(part: str) -> list[str]:
    """A part cut before ②, ③ … where it begins with ①, and before each further dot where it begins with one."""
    mark = MARK.match(part)
    body = part[mark.end() :] if mark else part
    bare = body.lstrip(BLANK)
    if bare[:1] == "①":
        pieces = _numbered(bare)
    elif bare[:1] in ("・", "･", "•"):
        pieces = FURTHER_DOT.split(bare)
    else:
        return [part]
    return [part[: len(part) - len(bare)] + pieces[0], *pieces[1:]]


def _numbered(text: str) -> list[str]:
    """A text that begins with ①, cut before each number that follows in order."""
    pieces: list[str] = []
    for piece in filter(None, FURTHER_ROUND.split(text)):
        if pieces and ord(piece[0]) != ord("①") + len(pieces):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces
