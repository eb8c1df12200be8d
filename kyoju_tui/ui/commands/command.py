"""What a command is, and how its keys are named.

Every command has a key that works while the IME is on (a function key, Ctrl, Enter, Esc, an arrow); letters are aliases
only and bring their full-width forms along. Ctrl+Shift+*, Alt+letter and F6–F11 are the IME's and the terminal's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_WIDE: Final = 0xFEE0  # from an ASCII character to its full-width form
_KEY_NAMES: Final = {
    "enter": "Enter", "escape": "Esc", "delete": "Del", "insert": "Ins", "tab": "Tab", "shift+tab": "Shift+Tab",
    "space": "空白", "left": "左", "right": "右", "up": "上", "down": "下", "pageup": "PageUp", "pagedown": "PageDown",
    "home": "Home", "end": "End",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    `name` is how the key file and a screen's `COMMANDS` name it; its part after the dot is the action (`matrix.add`
    runs `action_add` of the screen). `key` works with the IME on. `label` stands in the footer and the palette, `help`
    is one sentence. `where` names the screens (keys of `SCREENS`, or `edit`); empty means every screen. `aliases` are
    letters, `also` is a second key that works with the IME on. `rank` orders the footer: small numbers come first and
    stay when the line is narrow; 0 keeps it out.
    """

    name: str
    key: str
    label: str
    help: str
    where: frozenset[str] = frozenset()
    group: str = "共通"
    aliases: tuple[str, ...] = ()
    rank: int = 50
    also: str = ""

    @property
    def action(self) -> str:
        """The name of the action method without its prefix."""
        return self.name.rpartition(".")[2].replace("-", "_")

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys as Textual names them: the key, the second one, then the letters, each with its full-width form."""
        first = (self.key, self.also) if self.also else (self.key,)
        return (*first, *(form for letter in self.aliases for form in (letter, full_width(letter))))

    @property
    def key_label(self) -> str:
        """The keys as people read them: `Ctrl+S`, `F2`, `Del・Ctrl+D`."""
        return "・".join(map(key_label, filter(None, (self.key, self.also))))


def full_width(letter: str) -> str:
    """The character that the IME sends for a letter: `m` → `ｍ`."""
    return chr(ord(letter) + _WIDE)


def key_label(key: str) -> str:
    """How a key is written on screens."""
    *modifiers, last = key.split("+")
    shown = _KEY_NAMES.get(last) or (last.upper() if len(last) == 1 or last[1:].isdigit() else last.capitalize())
    return "+".join([*(modifier.capitalize() for modifier in modifiers), shown])


def at(*screens: str) -> frozenset[str]:
    """The screens in which a command is valid, by their names in `SCREENS` (or `edit`)."""
    return frozenset(screens)
