"""Text that a record may hold: NFC, LF, no control characters, bounded length.

Everything that comes from files, spreadsheets and repositories is hostile until it has passed here: terminal control
codes and bidirectional overrides never enter a record, so no screen has to fear its own data.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Final

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

LINE_LIMIT: Final = 300
TEXT_LIMIT: Final = 20_000

# C0 (but for tab and newline), DEL, C1, the bidirectional marks and overrides, line and paragraph separators,
# halves of a character that something cut in two, the byte order mark, interlinear annotation, and the tag characters.
FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def _clean(value: str, limit: int) -> str:
    found = FORBIDDEN.search(value)
    if found is not None:
        raise PydanticCustomError(
            "control_character",
            "使えない制御文字（U+{point}）が含まれています。",
            {"point": f"{ord(found.group()):04X}"},
        )
    if len(value) > limit:
        raise PydanticCustomError(
            "too_long", "{length}文字あります。{limit}文字以内にしてください。", {"length": len(value), "limit": limit}
        )
    return value if value.isascii() else unicodedata.normalize("NFC", value)


def clean_line(value: str) -> str:
    """Return `value` in NFC, or raise where it is no single line of at most `LINE_LIMIT` characters."""
    if "\n" in value or "\r" in value or "\t" in value:
        raise PydanticCustomError("one_line", "1行で書いてください（改行やタブは使えません）。")
    return _clean(value, LINE_LIMIT)


def clean_text(value: str) -> str:
    """Return `value` in NFC with LF, or raise where it holds control characters or is over `TEXT_LIMIT`."""
    return _clean(value.replace("\r\n", "\n").replace("\r", "\n"), TEXT_LIMIT)


Line = Annotated[str, AfterValidator(clean_line)]
Text = Annotated[str, AfterValidator(clean_text)]
