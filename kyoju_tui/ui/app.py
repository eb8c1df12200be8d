"""The app: holds the workspace, passes its news to the screens, opens screens, shows how saves go."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from rich.text import Text
from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.reactive import reactive
from textual.scrollbar import ScrollBar

from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.ui import themes
from kyoju_tui.ui.commands import GLOBAL, bindings
from kyoju_tui.ui.ending import end_asked, end_on_signals, last_words
from kyoju_tui.ui.greeting import greet
from kyoju_tui.ui.informed import inform
from kyoju_tui.ui.input_cursor import InputCursor
from kyoju_tui.ui.preferences import Preferences
from kyoju_tui.ui.presence import Company
from kyoju_tui.ui.quick_escape import QuickEscapeDriver
from kyoju_tui.ui.safe import one_line, safe
from kyoju_tui.ui.saving import Done, Failed, Saving, Start
from kyoju_tui.ui.screens import FIRST, SCREENS
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.ui.search_texts import SearchTexts, record_words
from kyoju_tui.ui.sending import Sending
from kyoju_tui.ui.sidebar_wish import SidebarWish
from kyoju_tui.ui.standing import Standing
from kyoju_tui.ui.terminal import WIDTH_QUESTION, drew_wide
from kyoju_tui.ui.tidying import Tidying
from kyoju_tui.ui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Changed
    from kyoju_tui.workspace.workspace import Workspace

_FIRST_OPEN: Final = 2  # Textual's own screen, and the first of ours
# A note has at most half of the screen, as Textual's style says, of which its edges take some cells.
_NOTE_LEAST: Final = 20
_NOTE_MOST: Final = 56
_NOTE_EDGES: Final = 5


class RecordsChanged(Message):
    """The workspace told of changed records."""

    def __init__(self, changed: Changed) -> None:
        super().__init__()
        self.changed = changed


class KyojuApp(App[None], inherit_bindings=False):
    """The program on the screen.

    `workspace` is None until a store is chosen (first start). `start` is the folder it was started in, `author` what
    `--as` said, `today` the clock. `wide_marks` becomes true where the terminal draws ambiguous characters two cells
    wide.
    """

    ENABLE_COMMAND_PALETTE = False
    ESCAPE_TO_MINIMIZE = False
    TITLE = "kyoju-tui"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(name for name in GLOBAL if name != "quit"),
        *bindings(("quit",), priority=True),
        Binding("ctrl+c", "tell_quit", show=False),
    ]

    CSS = """
    * { scrollbar-size-vertical: 1; scrollbar-size-horizontal: 1; }
    Input { scrollbar-size-horizontal: 0; }
    Toast { &:ansi { border: ascii $secondary; } }
    ToastRack { margin-bottom: 2; }
    """

    store_line: reactive[str] = reactive("")
    save_line: reactive[tuple[str, bool]] = reactive(("", False))

    def __init__(
        self,
        workspace: Workspace | None,
        *,
        start: Path,
        author: str | None = None,
        today: Callable[[], date] = date.today,
        environ: Mapping[str, str] = os.environ,
        preferences: Preferences | None = None,
    ) -> None:
        # Without this Textual draws in greys where NO_COLOR asks for no colours at all.
        super().__init__(driver_class=QuickEscapeDriver, ansi_color=True if environ.get("NO_COLOR") else None)
        self.animation_level = "none"
        self.workspace = workspace
        self.start_folder = start
        self.explicit_author = author
        self.today = today
        self.environ = environ
        self.preferences = preferences or Preferences()
        self.wide_marks = False
        self.saving = Saving(self)
        self.company = Company(self)
        self.sending = Sending(self)
        self.standing = Standing(self)
        self.search_texts = SearchTexts(record_words)
        self.sidebar = SidebarWish(self)
        self._input_cursor = InputCursor()
        self._tidying = Tidying()
        ScrollBar.renderer = themes.BlankScrollBar
        for theme in themes.THEMES:
            self.register_theme(theme)
        self.theme = themes.choose(self.preferences.theme, environ).name
        self.set_keymap(self.preferences.keymap())

    # -- the store -----------------------------------------------------------------------------------------------

    @property
    def store_open(self) -> Workspace:
        """The workspace; raises `RuntimeError` before one is open (only the first-start screen is seen then)."""
        if self.workspace is None:
            raise RuntimeError("no store is open")
        return self.workspace

    def use(self, workspace: Workspace) -> None:
        """Take this store, follow its changes, and show the first screen."""
        self.workspace = workspace
        workspace.subscribe(self._records_changed)
        self.standing.show()
        first = self.preferences.first_screen
        self.open_screen(first if first in SCREENS else FIRST)
        # The first paint waits neither for git nor for what notices other people's saves.
        self.call_after_refresh(self._begin_work, workspace)

    def _begin_work(self, workspace: Workspace) -> None:
        workspace.watch()
        self.company.begin(workspace)
        self.run_worker(greet(self))

    def open_store(self, path: Path, author: str | None) -> None:
        """Open the store that was just made and leave the first-start screen for it. Raises `KyojuError`."""
        from kyoju_tui.workspace.workspace import Workspace

        workspace = Workspace.open(path, author=author, environ=self.environ)
        self.pop_screen()
        self.use(workspace)

    def on_mount(self) -> None:
        """Begin: the store, or the questions that make one."""
        end_on_signals(self)
        if self._driver is not None and not self.is_headless:
            self._driver.write(WIDTH_QUESTION)
            self._tidying.begin(self)
        if self.workspace is not None:
            self.use(self.workspace)
        else:
            from kyoju_tui.ui.screens.first_start import FirstStartScreen

            self.push_screen(FirstStartScreen())

    def _records_changed(self, changed: Changed) -> None:
        """Called in the workspace's threads; messages cross over to the screen's."""
        self.post_message(RecordsChanged(changed))

    def on_records_changed(self, message: RecordsChanged) -> None:
        """Pass the news to every screen that is open, the one in sight last-come first."""
        self.standing.records_changed()
        inform(self.screen_stack, message.changed)

    def on_company_changed(self) -> None:
        """Somebody else opened or closed a record."""
        self.company.show()

    def on_unmount(self) -> None:
        """Nobody is here any more."""
        self.company.end()

    # -- screens -------------------------------------------------------------------------------------------------

    def open_screen(self, name: str, **context: object) -> None:
        """Open a screen of `SCREENS` on top of the present one; Esc comes back. `context` goes to its factory."""
        screen = SCREENS[name].factory(**context)
        screen.place = screen.place or name
        self.push_screen(screen)

    def go_to(self, name: str) -> None:
        """Leave what is open for this screen: Esc comes back to the first one, as it was.

        What holds unsaved text stays open underneath.
        """
        while len(self.screen_stack) > _FIRST_OPEN:
            top = self.screen
            if isinstance(top, KyojuScreen) and top.holds_changes:
                break
            self.pop_screen()
        here = self.screen
        if not (len(self.screen_stack) == _FIRST_OPEN and isinstance(here, KyojuScreen) and here.place == name):
            self.open_screen(name)

    def open_record(self, ref: str, field: str = "") -> None:
        """Open a record in its form, on top of the present screen, in a field if one is named.

        Of a kind of which a store has one, it may be new.
        """
        from kyoju_tui.ui.screens.edit import EditScreen

        kind = kind_of(ref)
        new = kind.single and ref not in self.store_open.snapshot and self.store_open.base(ref).data is None
        self.push_screen(EditScreen(None if new else Ref(ref), kind.word, begin=field))

    def save(self, start: Start, *, done: Done | None = None, failed: Failed | None = None) -> None:
        """Begin a save and show how it goes: `app.save(lambda: workspace.save(ref, record, base=base), done=…)`.

        See `Saving.save`.
        """
        self.saving.save(start, done=done, failed=failed)

    def tell(self, error: KyojuError) -> None:
        """Show an error: what happened and what to do."""
        self.notify("\n".join(filter(None, (error.message, error.cure))), severity="error", timeout=20)

    def go_back(self) -> None:
        """Close the screen in sight; the first one stays."""
        if len(self.screen_stack) > _FIRST_OPEN:
            self.pop_screen()
        else:
            self.notify("最初の画面です。終了は Ctrl+Q です。")

    # -- commands ------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Before a store is open there is nowhere to go and nothing to find; in a form Ctrl+Z is the form's."""
        if action == "undo" and isinstance(self.screen, KyojuScreen) and not self.screen.undoes_records:
            return False
        return self.workspace is not None or action not in ("palette", "goto", "undo", "sidebar")

    def action_sidebar(self) -> None:
        """Show or hide the list of screens; shown, it takes the focus."""
        self.sidebar.turn()

    def action_palette(self) -> None:
        """Find and run a command, a screen or a record."""
        from kyoju_tui.ui.screens.palette import PaletteScreen

        self.push_screen(PaletteScreen.everything(self))

    def action_goto(self) -> None:
        """Choose a screen or a record to open."""
        from kyoju_tui.ui.screens.palette import PaletteScreen

        self.push_screen(PaletteScreen.places(self))

    def action_help(self) -> None:
        """Explain the screen in sight and its keys."""
        from kyoju_tui.ui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))

    def action_undo(self) -> None:
        """Take one's own last save back, after asking."""
        self.saving.undo()

    async def action_quit(self) -> None:
        """End; asks where something typed is not recorded."""
        self.run_worker(end_asked(self))

    def action_tell_quit(self) -> None:
        """Ctrl+C ends nothing here: it copies in editors."""
        self.notify("終了は Ctrl+Q です。")

    def on_cursor_position(self, event: events.CursorPosition) -> None:
        """The terminal's answer to the question of widths."""
        if drew_wide(event.x, event.y) and not self.wide_marks:
            self.wide_marks = True
            self.theme = themes.PLAIN.name
            # Later: while the first screen is being put up a note would be lost.
            self.call_later(
                self.notify, "簡素な表示にしました。\n罫線や丸数字が2文字幅になる端末のためです。", timeout=15
            )

    # -- edges ---------------------------------------------------------------------------------------------------

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a note for a while, over the status line, its lines broken as Japanese is. Never markup: notes quote
        records.
        """  # noqa: D205
        del markup
        lines = wrap(safe(message), max(_NOTE_LEAST, min(_NOTE_MOST, self.size.width // 2 - _NOTE_EDGES)))
        super().notify("\n".join(lines), title=one_line(title), severity=severity, timeout=timeout, markup=False)

    def _fatal_error(self) -> None:
        """A mistake of the program surfaced: keep what was typed, write where it happened, end in words."""
        if not self._exit_renderables:
            self._exit_renderables.append(Text(last_words(self, self._exception or sys.exc_info()[1])))
        self._close_messages_no_wait()

    def post_display_hook(self) -> None:
        """Put the terminal's cursor where the IME composes."""
        self._tidying.painted()
        if self._driver is not None and not self.is_headless and self._running:
            self._input_cursor.follow(self.screen if self.screen_stack else None, self._driver)
