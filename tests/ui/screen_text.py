"""What a person sees, as text: the compositor's lines, and what in them is English."""

from __future__ import annotations

import re
from typing import Any

from textual.app import App

# Names of keys, of the program and of git (in help, beside the Japanese word), which have no Japanese spelling.
ALLOWED = frozenset({"ctrl", "shift", "esc", "enter", "tab", "del", "ins", "pageup", "pagedown", "home", "end", "kyoju",
                     "git", "revert", "id", "npo", "toml", "mail", "xlsx", "csv", "html", "svg", "excel"})  # fmt: skip
# Paths, REFs, ids and mail addresses are data, not words.
_DATA = re.compile(
    r"[~.\w-]*/[\w./~-]+|[\w.+-]+@[\w.-]+|\b\d{8}-[0-9a-hj-np-tv-z]{5}\b|\bU\+[0-9A-F]{4,6}\b|\b[KHR]\d+\b|\bF\d{1,2}\b"
)
_WORD = re.compile(r"[A-Za-z]{2,}")


def screen_text(app: App[Any]) -> str:
    """The lines of the screen in sight, without colours and without blanks at their ends."""
    screen = app.screen
    width, height = screen.size
    strips = screen._compositor.render_strips(screen.size)  # pyright: ignore[reportPrivateUsage]
    lines = ("".join(segment.text for segment in strip.crop(0, width)).rstrip() for strip in strips[:height])
    return "\n".join(lines)


def english_words(text: str, *, allowed: frozenset[str] = frozenset()) -> list[str]:
    """The English words in what a screen shows, but for names of keys, paths, ids and `allowed` (lower case)."""
    known = ALLOWED | allowed
    return [word for word in _WORD.findall(_DATA.sub(" ", text)) if word.lower() not in known]
