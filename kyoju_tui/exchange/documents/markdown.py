"""Text of records inside Markdown: never markup, whatever it holds."""

from __future__ import annotations

import re
from html import escape
from typing import Final

_SIGNS: Final = re.compile(r"([\\`*_\[\]#|~])")
_LEADING: Final = re.compile(r"^(\s*)([-+>]|[0-9]+[.)])(?=\s)")


def as_text(text: str) -> str:
    """The text as one line, its signs escaped so that it reads as it was written."""
    line = " ".join(text.split("\n")).strip()
    return _LEADING.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", escape(line, quote=False)))
