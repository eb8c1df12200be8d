"""What this screen is for, and its keys, from the same table as the keys themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from kyoju_tui.ui.commands import COMMANDS, Command, command_named, key_label
from kyoju_tui.ui.safe import plain
from kyoju_tui.ui.screens import SCREENS
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.ui.screens.dialog import Dialog, said
from kyoju_tui.ui.widgets.reading import Definitions

WORDS = (
    ("記録する", "入力した内容を保管し、履歴に残します（git のコミットに当たります）"),
    ("食い違い", "同じ項目をほかの人も直していたとき。どちらを残すかを選びます（git のコンフリクト）"),
    ("取り消し", "自分の直前の記録を元に戻します。戻したことも履歴に残ります（git の revert）"),
)


class HelpScreen(Dialog[None]):
    """Help for the screen it was opened on. Esc closes; the arrows scroll."""

    DEFAULT_CSS = """
    HelpScreen {
        #dialog { height: 90%; }
        VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }
    }
    """

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self._entry = SCREENS.get(screen.place) if isinstance(screen, KyojuScreen) else None
        title = screen.title_ja if isinstance(screen, KyojuScreen) else ""
        self.title_ja = f"説明：{title}" if title else "説明"
        self._rows = working(screen)

    def compose_dialog(self) -> ComposeResult:
        """A sentence on the screen, then the keys by group, then the words."""
        with VerticalScroll():
            if self._entry is not None:
                yield said(f"{self._entry.help}。")
            for group in _groups(self._rows):
                yield Static(plain(f"【{group}】", "bold"))
                yield Definitions(_keys(self._rows, group), classes="dialog-detail")
            yield Static(plain("【ことば】", "bold"))
            yield Definitions(WORDS, classes="dialog-detail")
            yield Static(plain("Esc で閉じます。", "dim"))


def working(screen: Screen[Any]) -> list[tuple[Command, str]]:
    """The commands that work on a screen now, each with its key, in the order of the table."""
    found: dict[str, str] = {}
    for key, active in screen.active_bindings.items():
        name = active.binding.id or ""
        if name in COMMANDS and active.enabled:
            found.setdefault(name, key_label(key))
    return [(command, found[name]) for name, command in COMMANDS.items() if name in found]


def _groups(rows: Iterable[tuple[Command, str]]) -> list[str]:
    """The groups in sight: what only this screen can do comes first, what every screen can do last."""
    groups = dict.fromkeys(command.group for command, _key in rows)
    return sorted(groups, key=lambda group: group == command_named("help").group)


def _keys(rows: Iterable[tuple[Command, str]], group: str) -> Iterator[tuple[str, str]]:
    for command, key in rows:
        if command.group == group:
            letters = f"（{'・'.join(command.aliases)} でも）" if command.aliases else ""
            yield key, f"{command.label}：{command.help}{letters}"
