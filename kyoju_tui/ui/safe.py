"""The one display edge: nothing that a record holds reaches the terminal or a markup parser but through here.

The models refuse control characters, but a broken file's path, a git message or an older record may still hold them; an
ESC that arrives can write the clipboard (OSC 52), a bidirectional override can turn a line round.
"""

from __future__ import annotations

from rich.text import Text

from kyoju_tui.records.text import FORBIDDEN


def safe(text: object) -> str:
    """Return the text without control, bidirectional and tag characters; line ends stay, a tab becomes two blanks."""
    shown = str(text)
    if shown.isascii() and shown.isprintable():
        return shown
    shown = shown.replace("\r\n", "\n").replace("\t", "  ")
    return FORBIDDEN.sub("", shown)


def one_line(text: object) -> str:
    """Return the text as one safe line: line ends become blanks."""
    return " ".join(safe(text).splitlines())


def plain(text: object, style: str = "") -> Text:
    """Return one safe line as Rich text without markup, cut with an ellipsis where the place is narrow."""
    return Text(one_line(text), style=style, no_wrap=True, overflow="ellipsis", end="")


def paragraph(text: object, style: str = "") -> Text:
    """Return safe text as Rich text without markup, line ends kept."""
    return Text(safe(text), style=style, end="")
