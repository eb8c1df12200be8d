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

STANDARD: Final = Theme(
    name="kyoju",
    primary="#1F4E79",
    secondary=SKY,
    accent=ORANGE,
    warning=ORANGE,
    error=VERMILION,
    success=GREEN,
    foreground="#E6E6E6",
    background="#15191E",
    surface="#1C222A",
    panel="#28303A",
    dark=True,
    variables={
        "title-foreground": "#FFFFFF",
        "cursor-background": "#E6E6E6",
        "cursor-foreground": "#15191E",
        "field-background": "#242C36",
        "field-focus": "#10293F",
        "scrollbar": "#56616D",
        "scrollbar-hover": "#7A8794",
        "scrollbar-active": "#7A8794",
        "scrollbar-background": "#1C222A",
        "scrollbar-background-hover": "#1C222A",
        "scrollbar-background-active": "#1C222A",
        "block-cursor-background": "#E6E6E6",
        "block-cursor-foreground": "#15191E",
        "block-cursor-blurred-background": "#28303A",
        "block-cursor-blurred-foreground": "#E6E6E6",
    },
)

LIGHT: Final = Theme(
    name="kyoju-light",
    primary="#1F4E79",
    secondary=BLUE,
    accent=BLUE,
    warning="#8A5A00",
    error="#A33F00",
    success="#006B4E",
    foreground="#1A1A1A",
    background="#FFFFFF",
    surface="#F3F4F6",
    panel="#E3E7EC",
    dark=False,
    variables={
        "title-foreground": "#FFFFFF",
        "cursor-background": "#1A1A1A",
        "cursor-foreground": "#FFFFFF",
        "field-background": "#EEF1F5",
        "field-focus": "#FFF8DC",
        "scrollbar": "#8A949F",
        "scrollbar-hover": "#6B7580",
        "scrollbar-active": "#6B7580",
        "scrollbar-background": "#E3E7EC",
        "scrollbar-background-hover": "#E3E7EC",
        "scrollbar-background-active": "#E3E7EC",
        "block-cursor-background": "#1A1A1A",
        "block-cursor-foreground": "#FFFFFF",
        "block-cursor-blurred-background": "#E3E7EC",
        "block-cursor-blurred-foreground": "#1A1A1A",
    },
)

PLAIN: Final = Theme(
    name="kyoju-plain",
    ansi=True,
    primary="ansi_blue",
    secondary="ansi_cyan",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    accent="ansi_cyan",
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
        "border": "ansi_blue",
        "border-blurred": "ansi_default",
        "block-cursor-background": "ansi_white",
        "block-cursor-foreground": "ansi_black",
        "block-cursor-blurred-background": "ansi_default",
        "block-cursor-blurred-foreground": "ansi_default",
        "text-muted": "ansi_default",
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
