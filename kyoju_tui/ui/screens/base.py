"""What every full screen has: title, sidebar, body, status line, footer, and news of changed records.

class AreasScreen(KyojuScreen):
    title_ja = "地域"
    COMMANDS = ("open", "edit", "new", "search", "back")

    def compose_body(self) -> ComposeResult:
        yield RecordTable(id="areas")

    def on_mount(self) -> None:
        self.show_rows()

    def records_changed(self, changed: Changed) -> None:
        self.show_rows()

    def action_edit(self) -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.app_of import kyoju
from kyoju_tui.ui.commands import GLOBAL, bindings
from kyoju_tui.ui.narrow_updates import NarrowCompositor
from kyoju_tui.ui.screens.choose import leaving
from kyoju_tui.ui.widgets.footer import CommandLine
from kyoju_tui.ui.widgets.present_line import PresentLine
from kyoju_tui.ui.widgets.sidebar import Sidebar
from kyoju_tui.ui.widgets.status_line import StatusLine
from kyoju_tui.ui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp
    from kyoju_tui.ui.screens.edit_keeping import Keeping
    from kyoju_tui.workspace.past.wanted import Wanted
    from kyoju_tui.workspace.requests import Changed
    from kyoju_tui.workspace.workspace import Workspace


class KyojuScreen(Screen[object]):
    """A full screen. Subclasses set `title_ja` and `COMMANDS`, and write `compose_body` and `action_<command>`.

    `COMMANDS` names rows of `commands.COMMANDS`; only what it names is bound, shown in the footer and in the help.
    A command that makes no sense at the moment is taken away by `check_action` as Textual has it.
    """

    # Textual keeps the providers of its own palette, which is not used here, under this name.
    COMMANDS: ClassVar[tuple[str, ...]] = ()  # pyright: ignore[reportIncompatibleVariableOverride]
    title_ja: str = ""
    # The sidebar entry that is marked while this screen is seen; empty for a screen that belongs to the one below it.
    place: str = ""
    # What is said where a screen is left that holds changes.
    UNRECORDED: ClassVar[str] = "入力した内容が、まだ記録されていません。"
    # Whether Ctrl+Z is about what is recorded; in a form it is about what was typed.
    undoes_records: bool = True
    # Whether the room looks on (投影用表示): nobody is named.
    projector: bool = False
    AUTO_FOCUS = "#body *"
    # Also where a line of text has the focus, whose own key this would be.
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(("history",), priority=True)]

    DEFAULT_CSS = """
    KyojuScreen {
        layout: vertical;
        #middle { height: 1fr; }
        #body { width: 1fr; height: 1fr; }
    }
    """

    def __init_subclass__(cls, **kwargs: object) -> None:
        """Bind the commands that the class names; an unknown name is a mistake found at import."""
        own = [] if "BINDINGS" not in cls.__dict__ else list(cls.BINDINGS)
        if "COMMANDS" in cls.__dict__:
            named = bindings(name for name in cls.COMMANDS if name not in GLOBAL)
            cls.BINDINGS = [*own, *named]  # pyright: ignore[reportConstantRedefinition] - as Textual reads them
        super().__init_subclass__()

    def __init__(self) -> None:
        super().__init__()
        self._compositor = NarrowCompositor()
        # What is typed here and not recorded; each keeps itself.
        self.keepings: list[Keeping] = []
        self._entered: Ref | None = None

    @property
    def kyoju(self) -> KyojuApp:
        """The app."""
        return kyoju(self)

    @property
    def workspace(self) -> Workspace:
        """The open store."""
        return self.kyoju.store_open

    @property
    def snapshot(self) -> Snapshot:
        """All records as they are now."""
        return self.workspace.snapshot

    @property
    def today(self) -> date:
        """The day that everything is computed for."""
        return self.kyoju.today()

    def compose(self) -> ComposeResult:
        """Lay the parts out; subclasses write `compose_body` instead."""
        yield TitleLine()
        with Horizontal(id="middle"):
            yield Sidebar()
            with Vertical(id="body"):
                yield from self.compose_body()
        yield StatusLine()
        yield CommandLine()

    def compose_body(self) -> ComposeResult:
        """The widgets of the screen."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Mark this screen in the list of screens."""
        below = (screen.place for screen in reversed(self.kyoju.screen_stack) if isinstance(screen, KyojuScreen))
        self.query_one(Sidebar).mark(next(filter(None, below), ""))
        self._entered = self.record_open
        if self._entered is not None:
            self.kyoju.company.enter(self._entered)
            self.company_changed()

    def on_unmount(self) -> None:
        """What was open here is so no more."""
        if self._entered is not None:
            self.kyoju.company.leave(self._entered)

    def on_resize(self) -> None:
        """Fold the list of screens away where there is no room for it."""
        self.query_one(Sidebar).display = self.kyoju.sidebar.shown
        self.show_title()

    def on_sidebar_chosen(self, message: Sidebar.Chosen) -> None:
        """Go where the list of screens says."""
        message.stop()
        self.kyoju.go_to(message.screen_name)

    @property
    def title_detail(self) -> str:
        """What stands after the title, such as the active filter; call `show_title` when it changes."""
        return ""

    @property
    def foremost(self) -> tuple[str, ...]:
        """Commands that matter most at this moment: they stand first in the footer, in sight at 80 columns.

        Call `refresh_bindings` where they change.
        """
        return ()

    def show_title(self) -> None:
        """Write the title line again."""
        self.query_one(TitleLine).show(self.title_ja, self.title_detail)

    def records_changed(self, changed: Changed) -> None:
        """Records were changed by this or another session; `changed.refs` tells which. Keep the cursor where it is."""

    @property
    def record_open(self) -> Ref | None:
        """The record that this screen is about, which others are told is open here; None for a list."""
        return None

    def company_changed(self) -> None:
        """Somebody else opened or closed something: say at the head who has this very record open."""
        ref = self.record_open
        said = "" if ref is None else self.kyoju.company.words(ref)
        lines = self.query(PresentLine)
        if not said:
            lines.remove()
        elif lines:
            lines.first().say(said)
        else:
            self.query_one("#body").mount(PresentLine(said), before=0)

    @property
    def holds_changes(self) -> bool:
        """Whether something typed here is not yet recorded: such a screen is never closed unasked."""
        return False

    def keep_draft(self) -> None:
        """Put what was typed here, or into a small window over this screen, into drafts at once.

        Asked for where the program is about to end. Errors: `SaveFailed`.
        """
        for keeping in tuple(self.keepings):
            keeping.now()

    def from_thread(self, bring: Callable[..., object], *brought: object) -> None:
        """In a worker's thread: bring something to this screen. Where it was left meanwhile, nothing is done."""

        def on_screen() -> None:
            # While it is left it is still attached, but its widgets go one by one.
            if self.is_attached and self.is_mounted and not self._pruning:
                bring(*brought)

        self.kyoju.call_from_thread(on_screen)

    def wanted_here(self) -> Wanted:
        """Whose history Ctrl+F opens: the record, the cell or the field that the cursor is on; nothing for all."""
        from kyoju_tui.ui.screens.history_here import record_here

        return record_here(self)

    def refs_here(self) -> Sequence[Ref]:
        """The records that the cursor is on, where one place can stand for several; Ctrl+F asks for one of them."""
        return ()

    def action_history(self) -> None:
        """Show the history of what the cursor is on; before a store is open there is none."""
        from kyoju_tui.ui.screens.history_here import open_history_here

        if self.kyoju.workspace is not None:
            open_history_here(self)

    def action_back(self) -> None:
        """Leave for the screen before; ask where something is not recorded."""
        if self.holds_changes:
            self.kyoju.push_screen(leaving(self.UNRECORDED, keep="記録する"), self._asked_to_leave)
        else:
            self.kyoju.go_back()

    def forget_changes(self) -> None:
        """Give up what is not recorded; screens that hold changes say how."""

    async def _asked_to_leave(self, answer: str | None) -> None:
        if answer == "keep":
            await self.run_action("save")
        elif answer == "discard":
            self.forget_changes()
            self.kyoju.go_back()
