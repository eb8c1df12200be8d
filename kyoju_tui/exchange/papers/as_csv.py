"""A paper's first table as CSV for spreadsheet programs."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Final

from kyoju_tui.exchange.papers.paper import Table
from kyoju_tui.records.errors import InvalidValue

UTF8, CP932 = "utf-8-sig", "cp932"
"""UTF-8 with BOM, which spreadsheet programs expect; or what programs of before 2020 read."""

# What a spreadsheet program may take for a formula, in either width.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
# The same signs under the numbers that CP932 has for them.
_TWINS: Final = str.maketrans({"〜": "～", "−": "－", "—": "―", "‖": "∥", "¢": "￠", "£": "￡", "¬": "￢"})
_NAMED: Final = 20


def table_csv(table: Table, encoding: str = UTF8) -> bytes:
    """The table as CSV with CRLF. No cell is a formula. Errors: `InvalidValue` naming what `encoding` cannot hold."""
    lines = [[column.head for column in table.columns], *([box.text for box in row] for row in table.rows)]
    sink = StringIO(newline="")
    csv.writer(sink, lineterminator="\r\n").writerows([as_text(cell) for cell in line] for line in lines)
    return _encoded(sink.getvalue(), encoding)


def as_text(cell: str) -> str:
    """The cell, with an apostrophe before it where a spreadsheet program would calculate it."""
    return f"'{cell}" if cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA) else cell


def _encoded(text: str, encoding: str) -> bytes:
    if encoding != CP932:
        return text.encode(encoding)
    text = text.translate(_TWINS)
    try:
        return text.encode(CP932)
    except UnicodeEncodeError:
        pass
    strange = list(dict.fromkeys(each for each in text if not _fits(each)))
    shown = "　".join(f"{each}（U+{ord(each):04X}）" for each in strange[:_NAMED])
    more = f"　ほか{len(strange) - _NAMED}種類" if len(strange) > _NAMED else ""
    raise InvalidValue(
        f"CP932 では書けない文字が{len(strange)}種類あるため、書き出していません：{shown}{more}",
        cure="UTF-8 のまま書き出すか、記録の文字を直してください。",
    )


def _fits(letter: str) -> bool:
    try:
        letter.encode(CP932)
    except UnicodeEncodeError:
        return False
    return True
