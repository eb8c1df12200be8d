"""What day it is for the program."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kyoju_tui.records.errors import InvalidValue

TODAY = "KYOJU_TODAY"


def today(environ: Mapping[str, str]) -> date:
    """Today, or the day that `KYOJU_TODAY` names (for rehearsals and tests). Errors: `InvalidValue`."""
    named = environ.get(TODAY)
    if not named:
        return date.today()
    try:
        return date.fromisoformat(named)
    except ValueError as error:
        raise InvalidValue(f"{TODAY} の「{named[:40]}」は日付として読めません。", cure="例：2026-11-23") from error
