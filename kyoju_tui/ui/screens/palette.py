"""The palette (命令, screens, records) and go-to (screens, records): type a few characters, Enter runs.

Kanji, kana and romaji all find: `ichiran`, いちらん and 一覧 lead to 一覧表.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, ClassVar, Self

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kyoju_tui.records.folding import SearchText
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of_model
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.chosen_looks import choose_first_screen, choose_theme
from kyoju_tui.ui.commands import COMMANDS, key_label
from kyoju_tui.ui.safe import one_line, plain
from kyoju_tui.ui.screens import SCREENS
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.ui.screens.dialog import Dialog
from kyoju_tui.ui.themes import BY_NAME
from kyoju_tui.ui.widgets.line_input import LineInput
from kyoju_tui.ui.widgets.record_table import fit

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp

_MOST = 60
_WIDTH = 76  # of the window
_FRAME = 7  # what its border, padding and scroll bar take of that
_LEAST = 8  # cells that are worth beginning an explanation in


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: what kind of thing, its name, what stands behind it, how it is found, what Enter does."""

    sort: str
    label: str
    detail: str
    search: SearchText
    run: Callable[[], object]


class PaletteScreen(Dialog[Choice]):
    """A line to type into and what it finds. The chosen row runs after the window is closed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("pageup", "move(-10)", show=False),
    ]

    DEFAULT_CSS = """
    PaletteScreen {
        align: center top;
        #dialog { margin: 1 0 0 0; height: 20; }
        #found { height: 1fr; border: none; padding: 0; margin: 1 0 0 0; background: $surface; }
        #none { height: auto; }
    }
    """

    def __init__(self, title: str, fixed: tuple[Choice, ...], snapshot: Snapshot | None, app: KyojuApp) -> None:
        super().__init__()
        self.title_ja = title
        self._fixed = fixed
        self._snapshot = snapshot
        self._kyoju = app
        self._found: list[Choice] = []
        self._ready = False

    @classmethod
    def everything(cls, app: KyojuApp) -> Self:
        """What Ctrl+P opens: commands that work now, screens, records."""
        return cls("命令・画面・記録をさがす", (*_commands(app), *_screens(app), *_settings(app)), _snapshot(app), app)

    @classmethod
    def places(cls, app: KyojuApp) -> Self:
        """What Ctrl+O opens: screens and records."""
        return cls("移動先をさがす", tuple(_screens(app)), _snapshot(app), app)

    def compose_dialog(self) -> ComposeResult:
        """The line and the list; the focus stays in the line."""
        yield LineInput(placeholder="漢字・かな・ローマ字の一部", id="query")
        found = OptionList(id="found", markup=False)
        found.can_focus = False
        yield found
        yield Static(id="none")

    def on_mount(self) -> None:
        """Begin with everything there is but records; those are made ready beside the screen's own work."""
        self._show("")
        if self._snapshot is not None:
            self.run_worker(self._prepare(self._snapshot))

    async def _prepare(self, snapshot: Snapshot) -> None:
        await asyncio.to_thread(self._kyoju.search_texts.prepare, snapshot.records)
        self._ready = True
        if self._query.value:
            self._show(self._query.value)

    @property
    def _query(self) -> LineInput:
        return self.query_one("#query", LineInput)

    def on_input_changed(self, event: LineInput.Changed) -> None:
        """Find while typing."""
        event.stop()
        self._show(event.value)

    def on_input_submitted(self) -> None:
        """Run the row under the bar."""
        index = self.query_one(OptionList).highlighted
        if index is not None and index < len(self._found):
            self._run(self._found[index])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Run the row that was clicked."""
        self._run(self._found[event.option_index])

    def action_move(self, by: int) -> None:
        """Move the bar; the focus stays in the line."""
        listed = self.query_one(OptionList)
        if self._found:
            listed.highlighted = max(0, min(len(self._found) - 1, (listed.highlighted or 0) + by))

    def _run(self, choice: Choice) -> None:
        self.dismiss(None)
        self._kyoju.call_later(choice.run)

    def _show(self, query: str) -> None:
        self._found = list(islice(self._matching(query), _MOST))
        listed = self.query_one(OptionList)
        listed.clear_options()
        # One line each: the list is read down its left side.
        room = min(_WIDTH, self._kyoju.size.width) - _FRAME
        sort = max((cell_len(choice.sort) for choice in self._found), default=0) + 2
        name = min(max((cell_len(choice.label) for choice in self._found), default=0) + 2, room - sort)
        for choice in self._found:
            row = plain(fit(choice.sort, sort) + fit(one_line(choice.label), name))
            left = room - row.cell_len
            if choice.detail and left > _LEAST:
                row.append(fit(one_line(choice.detail), left).rstrip(), style="dim")
            listed.add_option(Option(row))
        if self._found:
            listed.highlighted = 0
        self.query_one("#none", Static).update(
            plain("" if self._found else "見つかりません。ことばを短くするか、よみで入れてください。")
        )

    def _matching(self, query: str) -> Iterator[Choice]:
        found = [choice for choice in self._fixed if choice.search.matches(query)]
        # 「地域」 is not 「地域包括ケア」: what is called just so comes first.
        yield from sorted(found, key=lambda choice: not choice.search.is_called(query))
        if query.strip() and self._snapshot is not None and self._ready:
            for ref, record in self._snapshot.records.items():
                search = self._kyoju.search_texts.of(ref, record)
                if search.matches(query):
                    yield _record(self._kyoju, self._snapshot, ref, search)


def _snapshot(app: KyojuApp) -> Snapshot | None:
    return None if app.workspace is None else app.workspace.snapshot


def _commands(app: KyojuApp) -> Iterator[Choice]:
    seen: set[str] = set()
    for key, active in app.screen.active_bindings.items():
        command = COMMANDS.get(active.binding.id or "")
        if command is None or command.name in seen or not active.enabled or command.name == "palette":
            continue
        seen.add(command.name)

        async def run(action: str = active.binding.action, node: object = active.node) -> None:
            await app.run_action(action, node)  # pyright: ignore[reportArgumentType]

        search = SearchText.of(command.label, command.help, command.name, key_label(key))
        yield Choice("命令", command.label, f"{key_label(key)}　{command.help}", search, run)


def _screens(app: KyojuApp) -> Iterator[Choice]:
    for name, entry in SCREENS.items():

        def run(name: str = name) -> None:
            app.go_to(name)

        search = SearchText.of(entry.label, entry.reading, entry.romaji)
        yield Choice("画面", entry.label, entry.help, search, run)


def _settings(app: KyojuApp) -> Iterator[Choice]:
    for name in BY_NAME:

        def change(name: str = name) -> None:
            choose_theme(app, name)

        yield Choice("設定", f"配色：{name}", "", SearchText.of(f"配色 {name}", "はいしょく"), change)
    place = app.screen.place if isinstance(app.screen, KyojuScreen) else ""
    if place in SCREENS:

        def begin() -> None:
            choose_first_screen(app, place)

        search = SearchText.of("この画面から始める", "このがめんからはじめる")
        yield Choice(
            "設定",
            "この画面から始める",
            f"次に開いたときの最初の画面を「{SCREENS[place].label}」にします",
            search,
            begin,
        )


def _record(app: KyojuApp, snapshot: Snapshot, ref: Ref, search: SearchText) -> Choice:
    kind = kind_of_model(type(snapshot.records[ref]))
    department = snapshot.name("department", ref.department) if ref.department else ""
    return Choice(kind.label, snapshot.title(ref), department, search, lambda: app.open_record(ref))
