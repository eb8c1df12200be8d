"""The comparison as a file: which ending makes which document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kyoju_tui.overview.comparison import Comparison
    from kyoju_tui.records.wording import Namer

SUFFIXES: Final = (".html", ".txt", ".json")
"""The endings that a comparison can be written under."""


def document(suffix: str, comparison: Comparison, words: tuple[str, str], name: Namer) -> bytes:
    """The document of one of `SUFFIXES`; `words` name the two moments. Its maker is imported when it is asked for."""
    if suffix == ".json":
        from kyoju_tui.exchange.comparison_json import comparison_json

        found = {"schema": 1, **comparison_json(comparison, *words)}
        text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    elif suffix == ".txt":
        from kyoju_tui.exchange.comparison_text import comparison_text

        text = comparison_text(comparison, *words, name)
    else:
        from kyoju_tui.exchange.comparison_html import comparison_html

        text = comparison_html(comparison, *words, name)
    return text.encode()
