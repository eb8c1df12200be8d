"""The bottom line: the keys that work here and now, from the command table, as many as fit."""

from __future__ import annotations

from typing import Final, cast

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text
from textual import events
from textual.screen import Screen
from textual.signal import Signal
from textual.widget import Widget

from kyoju_tui.ui.app_of import kyoju
from kyoju_tui.ui.commands import COMMANDS, Command, key_label

# The ranks of what is never crowded out.
_ALWAYS: Final = 2


class CommandLine(Widget):
    """One line of keys. A click on one runs its command."""

    DEFAULT_CSS = """
    CommandLine {
        height: 1;
        padding: 0 1;
        background: $surface;
        color: $foreground;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._places: list[tuple[int, int, str]] = []
        self._drawn: list[tuple[Command, str]] = []

    def on_mount(self) -> None:
        """Follow the focus: other widgets have other keys."""
        changed = cast("Signal[Screen[object]]", self.screen.bindings_updated_signal)  # pyright: ignore[reportUnknownMemberType]
        changed.subscribe(self, self._bindings_changed)

    def _bindings_changed(self, _screen: Screen[object]) -> None:
        # Only once the screen is painted: what tells which keys work asks its widgets.
        self.call_after_refresh(self._draw_again)

    def _draw_again(self) -> None:
        """Told at every step of a cursor, the keys are mostly the same: nothing is written then."""
        if self.is_attached and self.screen.is_current and self._fitting(self.content_size.width) != self._drawn:
            self.refresh()

    def shown(self) -> list[tuple[Command, str]]:
        """The commands that work now with their keys, first the ones that stay when the line is narrow."""
        found: dict[str, tuple[Command, str]] = {}
        for key, active in self.screen.active_bindings.items():
            command = COMMANDS.get(active.binding.id or "")
            if command is not None and command.rank and active.enabled:
                found.setdefault(command.name, (command, key_label(key)))
        return sorted(found.values(), key=lambda pair: self._place_of(pair[0]))

    def _place_of(self, command: Command) -> tuple[int, int]:
        """Help and the way out, then what the screen puts foremost, then the others by their rank."""
        foremost = cast("tuple[str, ...]", getattr(self.screen, "foremost", ()))
        if command.rank > _ALWAYS and command.name in foremost:
            return 1, foremost.index(command.name)
        return (0 if command.rank <= _ALWAYS else 2), command.rank

    def render(self) -> RenderableType:
        """Draw as many as fit, in the order of their rank."""
        room = self.content_size.width
        line = Text(no_wrap=True, end="")
        self._places = []
        self._drawn = self._fitting(room)
        for command, key in self._drawn:
            width = cell_len(key) + 1 + cell_len(command.label)
            start = line.cell_len + (2 if line.plain else 0)
            if line.plain:
                line.append("  ")
            line.append(key, style="bold")
            line.append(f" {command.label}")
            self._places.append((start, start + width, command.name))
        return line

    def _fitting(self, room: int) -> list[tuple[Command, str]]:
        """What fits into so many cells, a shorter one where a longer one does not.

        How to end stands last, so that it is always in the same corner.
        """
        fitting: list[tuple[Command, str]] = []
        for command, key in self.shown():
            width = cell_len(key) + 1 + cell_len(command.label) + (2 if fitting else 0)
            if width <= room:
                room -= width
                fitting.append((command, key))
        return sorted(fitting, key=lambda pair: pair[0].name == "quit")

    async def on_click(self, event: events.Click) -> None:
        """Run the command under the mouse."""
        x = event.x - self.content_region.x + self.region.x
        for start, end, name in self._places:
            if start <= x < end:
                for active in self.screen.active_bindings.values():
                    if active.binding.id == name:
                        await kyoju(self).run_action(active.binding.action, active.node)
                        return
