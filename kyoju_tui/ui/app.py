"""The app: holds the workspace, passes its news to the screens, opens screens, shows how saves go."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from platformdirs import user_state_path
from rich.text import Text
from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.reactive import reactive
from textual.screen import Screen
from textual.scrollbar import ScrollBar

from kyoju_tui.records.dates import format_date
from kyoju_tui.records.errors import HostileConfig, KyojuError
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.ui import themes
from kyoju_tui.ui.commands import GLOBAL, bindings
from kyoju_tui.ui.ending import crash_report, end_on_signals
from kyoju_tui.ui.preferences import Preferences
from kyoju_tui.ui.safe import one_line, safe
from kyoju_tui.ui.saving import Done, Failed, Saving, Start
from kyoju_tui.ui.screens import SCREENS
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.terminal import WIDTH_QUESTION, drew_wide
from kyoju_tui.ui.widgets.sidebar import WIDE, Sidebar
from kyoju_tui.ui.widgets.terminal_cursor import editing_place, sequence

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Changed
    from kyoju_tui.workspace.workspace import Workspace


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
    Toast { &:ansi { border: ascii $secondary; } }
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
        super().__init__()
        self.animation_level = "none"
        self.workspace = workspace
        self.start_folder = start
        self.explicit_author = author
        self.today = today
        self.environ = environ
        self.preferences = preferences or Preferences()
        self.wide_marks = False
        self.saving = Saving(self)
        self._sidebar_wanted: bool | None = None
        self._greeted = False
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
        workspace.watch()
        self.show_store_line()
        first = self.preferences.first_screen
        self.open_screen(first if first in SCREENS else next(iter(SCREENS)))
        self.run_worker(self._greet())

    async def _greet(self) -> None:
        """Say once what is worth knowing at the start."""
        self._greeted = True
        if self.wide_marks:
            self._tell_wide_marks()
        for fault in self.preferences.faults:
            self.notify(fault, severity="warning", timeout=15)
        workspace = self.store_open
        if isinstance(workspace.read_only, HostileConfig):
            error = workspace.read_only
            question = ConfirmScreen(
                "この保管場所の設定に、見慣れない項目があります。許可しますか。",
                f"項目：{'、'.join(error.keys)}\n\n心当たりがなければ「許可しない」を選び、管理者に確かめてください。"
                "許可しなくても、読むことはできます。",
                yes="許可する",
                no="許可しない",
            )
            if await self.push_screen_wait(question):
                try:
                    workspace.consent()
                except KyojuError as failed:
                    self.tell(failed)
                self.save_line = ("", False)
                self.show_store_line()
        await self._offer_drafts(workspace)

    async def _offer_drafts(self, workspace: Workspace) -> None:
        """What was typed and not recorded when the program last ended comes back, one after the other."""
        from kyoju_tui.ui.screens.edit_drafts import drafts_waiting, from_draft

        for waiting in reversed(drafts_waiting(workspace)):
            question = ConfirmScreen(
                f"記録していない入力が残っています：{waiting.title}",
                "\n".join(waiting.lines),
                yes="続きを開く",
                no="あとで",
            )
            if not await self.push_screen_wait(question):
                return
            await self.push_screen(from_draft(waiting.draft, workspace.snapshot))

    def open_store(self, path: Path, author: str | None) -> None:
        """Open the store that was just made and leave the first-start screen for it. Raises `KyojuError`."""
        from kyoju_tui.workspace.workspace import Workspace

        workspace = Workspace.open(path, author=author, environ=self.environ)
        self.pop_screen()
        self.use(workspace)

    def show_store_line(self) -> None:
        """Write the left half of the status line, and the standing reason of the right half."""
        workspace = self.store_open
        store = workspace.snapshot.get("store")
        author = workspace.author()
        broken = len(workspace.snapshot.broken)
        parts = [
            one_line(getattr(store, "title", None) or getattr(store, "municipality", None) or workspace.root.name),
            one_line(author.name) if author is not None else "",
            format_date(self.today()),
            f"読めない記録{broken}件" if broken else "",
        ]
        self.store_line = "　".join(filter(None, parts))
        if workspace.read_only is not None and not self.save_line[0]:
            self.save_line = (f"読み取り専用：{workspace.read_only.message}", True)

    def on_mount(self) -> None:
        """Begin: the store, or the questions that make one."""
        end_on_signals(self)
        if self._driver is not None and not self.is_headless:
            self._driver.write(WIDTH_QUESTION)
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
        self.show_store_line()
        for screen in reversed(self.screen_stack):
            if isinstance(screen, KyojuScreen) and screen.is_mounted:
                screen.records_changed(message.changed)

    # -- screens -------------------------------------------------------------------------------------------------

    def open_screen(self, name: str, **context: object) -> None:
        """Open a screen of `SCREENS` on top of the present one; Esc comes back. `context` goes to its factory."""
        screen = SCREENS[name].factory(**context)
        screen.place = screen.place or name
        self.push_screen(screen)

    def go_to(self, name: str) -> None:
        """Leave everything that is open for this screen; what holds unsaved text stays open underneath."""
        while len(self.screen_stack) > 1:
            top = self.screen
            if isinstance(top, KyojuScreen) and top.holds_changes:
                break
            self.pop_screen()
        self.open_screen(name)

    def open_record(self, ref: str) -> None:
        """Open a record in its form, on top of the present screen."""
        from kyoju_tui.ui.screens.edit import EditScreen

        self.push_screen(EditScreen(Ref(ref), kind_of(ref).word))

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
        if len(self.screen_stack) > 2:
            self.pop_screen()
        else:
            self.notify("最初の画面です。終了は Ctrl+Q です。")

    @property
    def sidebar_shown(self) -> bool:
        """Whether the list of screens is seen: as chosen with Ctrl+T, else by the terminal's width."""
        return self.size.width >= WIDE if self._sidebar_wanted is None else self._sidebar_wanted

    # -- commands ------------------------------------------------------------------------------------------------

    def choose_theme(self, name: str) -> None:
        """Change the colours (a key of `themes.BY_NAME`) and keep the choice for the next start."""
        self.theme = themes.BY_NAME[name].name
        self._keep(theme=name)

    def choose_first_screen(self, name: str) -> None:
        """Begin with this screen from the next start on."""
        self._keep(first_screen=name)
        self.notify(f"次に開くときは「{SCREENS[name].label}」から始めます。")

    def _keep(self, *, theme: str | None = None, first_screen: str | None = None) -> None:
        try:
            self.preferences = self.preferences.choosing(theme=theme, first_screen=first_screen)
        except OSError:
            self.notify("この選択は今回だけ有効です。設定ファイルに書き込めませんでした。", severity="warning")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Before a store is open there is nowhere to go and nothing to find."""
        return self.workspace is not None or action not in ("palette", "goto", "undo", "sidebar")

    def action_sidebar(self) -> None:
        """Show or hide the list of screens; shown, it takes the focus."""
        if not isinstance(self.screen, KyojuScreen):
            return
        self._sidebar_wanted = not self.sidebar_shown
        for screen in self.screen_stack:
            for sidebar in screen.query(Sidebar):
                sidebar.display = self._sidebar_wanted
        if self._sidebar_wanted:
            self.screen.query_one(Sidebar).take_focus()

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
        self.run_worker(self._quit())

    async def _quit(self) -> None:
        if any(isinstance(screen, KyojuScreen) and screen.holds_changes for screen in self.screen_stack):
            question = ConfirmScreen(
                "記録していない入力があります。終了しますか。",
                "入力した内容は下書きに残り、次に開いたときに戻せます。",
                yes="終了する",
                no="続ける",
            )
            if not await self.push_screen_wait(question):
                return
            self.keep_drafts()
        await self.saving.finished()
        self.exit()

    def keep_drafts(self) -> None:
        """Put whatever is typed and not recorded into drafts."""
        for screen in self.screen_stack:
            if isinstance(screen, KyojuScreen):
                screen.keep_draft()

    def action_tell_quit(self) -> None:
        """Ctrl+C ends nothing here: it copies in editors."""
        self.notify("終了は Ctrl+Q です。")

    def on_cursor_position(self, event: events.CursorPosition) -> None:
        """The terminal's answer to the question of widths."""
        if drew_wide(event.x, event.y) and not self.wide_marks:
            self.wide_marks = True
            self.theme = themes.PLAIN.name
            if self._greeted:
                self._tell_wide_marks()

    def _tell_wide_marks(self) -> None:
        self.notify("簡素な表示にしました。\n罫線や丸数字が2文字幅になる端末のためです。", timeout=15)

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
        """Show a note for a while. Never markup: notes quote records."""
        del markup
        super().notify(safe(message), title=one_line(title), severity=severity, timeout=timeout, markup=False)

    def _fatal_error(self) -> None:
        """A mistake of the program surfaced: keep what was typed, write where it happened, end in words."""
        with suppress(KyojuError):
            self.keep_drafts()
        error = self._exception or sys.exc_info()[1]
        where = ""
        if error is not None:
            try:
                where = f"\n報告用の記録：{crash_report(error, user_state_path('kyoju-tui'))}"
            except OSError:
                where = f"\n{type(error).__name__}"
        if not self._exit_renderables:
            words = "思いがけない誤りのため終了しました。\n記録済みの内容は無事です。入力中の内容は下書きにあります。"
            self._exit_renderables.append(Text(words + where))
        self._close_messages_no_wait()

    def post_display_hook(self) -> None:
        """Put the terminal's cursor where the IME composes."""
        if self._driver is not None and not self.is_headless and self._running:
            screen: Screen[object] | None = self.screen if self.screen_stack else None
            self._driver.write(sequence(editing_place(screen) if screen is not None else None))
            self._driver.flush()
