"""The minutes of a meeting as a file, in the form that its name asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from kyoju_tui.exchange.documents.minutes_markdown import minutes_markdown, minutes_text
from kyoju_tui.overview.minutes import Minutes
from kyoju_tui.records.errors import WrongUse


def _document(minutes: Minutes) -> bytes:
    from kyoju_tui.exchange.documents.minutes_docx import minutes_docx

    return minutes_docx(minutes)


_WRITERS: Final[Mapping[str, Callable[[Minutes], bytes]]] = {
    ".docx": _document,
    ".md": lambda minutes: minutes_markdown(minutes).encode(),
    ".txt": lambda minutes: minutes_text(minutes).encode(),
}
FORMS: Final = tuple(_WRITERS)


def require_form(suffix: str) -> None:
    """Errors: `WrongUse` for a form that minutes cannot be written in."""
    if suffix.lower() not in _WRITERS:
        raise WrongUse(
            f"「{suffix}」の形式では書き出せません。" if suffix else "ファイル名に形式（.md など）がありません。",
            cure=f"使える形式：{'、'.join(FORMS)}",
        )


def minutes_file(minutes: Minutes, suffix: str) -> bytes:
    """What the file holds, texts in UTF-8. Errors: as `require_form`."""
    require_form(suffix)
    return _WRITERS[suffix.lower()](minutes)
