"""Colours. Okabe-Ito's palette, which the colour-blind can tell apart; and a plain theme for slow or simple terminals.

Colour is always the second sign: every state has a word. The names below are what widgets and screens use.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from textual.scrollbar import ScrollBarRender
from textual.theme import BUILTIN_THEMES, Theme

# Masataka Okabe and Kei Ito, Color Universal Design (2008).
BLACK: Final = "#000000"
ORANGE: Final = "#E69F00"
SKY: Final = "#56B4E9"
GREEN: Final = "#009E73"
YELLOW: Final = "#F0E442"
BLUE: Final = "#0072B2"
VERMILION: Final = "#D55E00"
PURPLE: Final = "#CC79A7"


def _parts(*, ink: str, paper: str, panel: str, field: str, focus: str, bar: str, grip: str) -> dict[str, str]:
    """The colours of the parts that Textual has no name for, or other ideas of: fields, cursors, scroll bars."""
    return {
        "title-foreground": "#FFFFFF",
        "cursor-background": ink,
        "cursor-foreground": paper,
        "field-background": field,
        "field-focus": focus,
        "field-line": "none",
        "scrollbar": grip,
        "scrollbar-hover": ink,
        "scrollbar-active": ink,
        "scrollbar-background": bar,
        "scrollbar-background-hover": bar,
        "scrollbar-background-active": bar,
        "block-cursor-background": ink,
        "block-cursor-foreground": paper,
        "block-cursor-blurred-background": panel,
        "block-cursor-blurred-foreground": ink,
    }


# Greys without a tint: over SSH most terminals are sent 256 colours, where tinted ones turn blue or all alike.
STANDARD: Final = Theme(
    name="kyoju",
    primary="#1F4E79",
    secondary=SKY,
    accent=ORANGE,
    warning=ORANGE,
    error=VERMILION,
    success=GREEN,
    foreground="#E4E4E4",
    background="#1C1C1C",
    surface="#262626",
    panel="#303030",
    dark=True,
    variables=_parts(
        ink="#E4E4E4", paper="#1C1C1C", panel="#303030", field="#3A3A3A", focus="#005F87", bar="#262626", grip="#626262"
    ),
)

LIGHT: Final = Theme(
    name="kyoju-light",
    primary="#1F4E79",
    secondary=BLUE,
    accent=BLUE,
    warning="#8A5A00",
    error="#A33F00",
    success="#006B4E",
    foreground="#1C1C1C",
    background="#FFFFFF",
    surface="#F2F2F2",
    panel="#DADADA",
    dark=False,
    variables=_parts(
        ink="#1C1C1C", paper="#FFFFFF", panel="#DADADA", field="#E4E4E4", focus="#FFFFD7", bar="#DADADA", grip="#808080"
    ),
)

# The terminal's own colours, on black and on white alike: what has to be read is in its text colour, what is chosen is
# turned round, and a field shows its extent by a line.
PLAIN: Final = Theme(
    name="kyoju-plain",
    ansi=True,
    primary="ansi_blue",
    secondary="ansi_default",
    warning="ansi_default",
    error="ansi_default",
    success="ansi_default",
    accent="ansi_default",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    dark=True,
    variables={
        **BUILTIN_THEMES["ansi-dark"].variables,
        "title-foreground": "ansi_bright_white",
        "cursor-background": "ansi_white",
        "cursor-foreground": "ansi_black",
        "field-background": "ansi_default",
        "field-focus": "ansi_default",
        "field-line": "underline",
        "border": "ansi_default",
        "border-blurred": "ansi_default",
        "block-cursor-background": "ansi_white",
        "block-cursor-foreground": "ansi_black",
        "block-cursor-blurred-background": "ansi_default",
        "block-cursor-blurred-foreground": "ansi_default",
        "text-muted": "ansi_default",
        "text-error": "ansi_red",
    },
)

THEMES: Final = (STANDARD, LIGHT, PLAIN)
BY_NAME: Final = {"標準": STANDARD, "明るい": LIGHT, "簡素": PLAIN}


def choose(wanted: str, environ: Mapping[str, str]) -> Theme:
    """The theme to begin with: as chosen (a key of `BY_NAME`), else plain where the terminal has few colours."""
    if wanted in BY_NAME:
        return BY_NAME[wanted]
    term = environ.get("TERM", "")
    rich_colours = "256color" in term or bool(environ.get("COLORTERM")) or term in ("xterm-kitty", "tmux-direct")
    return STANDARD if rich_colours and not environ.get("NO_COLOR") else PLAIN


class BlankScrollBar(ScrollBarRender):
    """A scroll bar of coloured blanks: block characters are two cells wide on some terminals."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8
