"""送受信: what is not sent, what waits there, what is undecided; one key receives, merges and sends (design 5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.widget import Widget

from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.forms.candidates import Candidate
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.screens.home_opening import open_ref
from kyoju_tui.ui.screens.sync_acts import ask_address, ask_to_forget, decide_about
from kyoju_tui.ui.screens.sync_lines import CLASH, Line, came_lines, clash_lines, unsent_lines
from kyoju_tui.ui.screens.sync_seen import Seen, see
from kyoju_tui.ui.screens.sync_words import (
    LOOKING,
    NOT_SET,
    outcome_words,
    running_words,
    standing_words,
    trouble_words,
)
from kyoju_tui.ui.widgets.empty_note import EmptyNote
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.record_table import Row
from kyoju_tui.ui.widgets.story import Sentence, Story
from kyoju_tui.ui.widgets.wide_table import WideTable
from kyoju_tui.workspace.sync.syncing import NeedsDecision

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Changed

_SORT, _WHEN, _WHO, _WIDE_WHO = 10, 13, 17, 26
_LOW = 30
_ROOMY = 100


class SyncScreen(DataScreen):
    """How things are, above; one list of what is undecided, what came and what is not sent; what is under the cursor.

    The exchange itself belongs to the app (`Sending`): leaving this screen does not end it.
    """

    title_ja = "送受信"
    COMMANDS = ("sync.exchange", "sync.stop", "open", "sync.look", "sync.address", "sync.forget", "back")
    AUTO_FOCUS = "WideTable"
    DEFAULT_CSS = """
    SyncScreen #standing { height: 5; background: $background; }
    SyncScreen #detail { height: 5; }
    SyncScreen.-tall #standing { height: 6; }
    SyncScreen.-tall #detail { height: 10; }
    """

    def __init__(self) -> None:
        super().__init__()
        # None before the first look is over.
        self._seen: Seen | None = None
        self._lines: Mapping[str, Line] = {}
        # Whether an exchange came to its end and what it left is not shown yet.
        self._ended = False

    # -- what is on the screen -----------------------------------------------------------------------------------

    def compose_body(self) -> Iterable[Widget]:
        """How things are, the list, and the line under the cursor in sentences."""
        yield Story(id="standing")
        yield EmptyNote(LOOKING)
        yield WideTable(id="list")
        yield Story(id="detail")

    def on_mount(self) -> None:
        """Look, and follow the exchange, the saves and what the status line tells."""
        self.kyoju.theme_changed_signal.subscribe(self, lambda _theme: self.show())
        self.kyoju.sending.changed.subscribe(self, lambda _none: self._exchanged())
        self.watch(self.kyoju, "store_line", self.look, init=False)
        self.show()
        self.look()

    def on_resize(self) -> None:
        """The boxes are small for the list's sake on a low terminal."""
        super().on_resize()
        self.set_class(self.size.height >= _LOW, "-tall")

    def look(self) -> None:
        """Look how things are, beside the screen's own work: git is asked, the network is not."""
        self.run_worker(self._look, thread=True, exclusive=True, group="look")

    def _look(self) -> None:
        self.from_thread(self._take, see(self.workspace))

    def _take(self, seen: Seen) -> None:
        self._seen = seen
        self.show()
        if self._ended:
            # What is to be decided, and what came, stand first.
            self._ended = False
            self.query_one(WideTable).move_to(next(iter(self._lines), ""))

    def _exchanged(self) -> None:
        """The exchange went on, or came to its end."""
        self._ended = not self.kyoju.sending.running
        self.show()
        if self._ended:
            self.look()

    def records_changed(self, changed: Changed) -> None:  # noqa: ARG002 - what waits can be any of them
        """Somebody recorded."""
        self.show()
        self.look()

    def show(self) -> None:
        """Show what is known, touching only what differs."""
        if not self.is_mounted:
            return
        marks, seen = marks_for(self.kyoju.current_theme), self._seen
        outcome = self.kyoju.sending.outcome
        lines = (
            []
            if seen is None
            else [
                *clash_lines(seen.conflicts, seen.left, self.snapshot, marks),
                *came_lines(None if outcome is None else outcome.synced, self.snapshot, marks),
                *unsent_lines(seen.unsent, self.snapshot),
            ]
        )
        self._lines = {line.key: line for line in lines} if self.is_set else {}
        self._show_list()
        said = tuple(self._standing())
        self.query_one("#standing", Story).show(said)
        self.query_one("#standing").display = bool(said)
        self.show_title()
        self.explain()

    def _show_list(self) -> None:
        table, note = self.query_one(WideTable), self.query_one(EmptyNote)
        who = _WIDE_WHO if table.room >= _ROOMY else _WHO
        heads = (
            column("sort", "区分", _SORT), column("when", "日時", _WHEN), column("who", "だれ・種類", who),
            column("what", "内容", table.room - _SORT - _WHEN - who),
        )  # fmt: skip
        table.set_rows(heads, [_row(line) for line in self._lines.values()])
        table.show_header = bool(self._lines)
        table.display = self.is_set
        if self.is_set and self.focused is None:
            # At the beginning there was nothing yet that could have it.
            table.focus()
        self.query_one("#detail").display = bool(self._lines)
        note.say(self._note())
        note.display = bool(self._note())

    def _note(self) -> str:
        if self._seen is None:
            return LOOKING
        if self._seen.refused is not None:
            return "\n\n".join(filter(None, (self._seen.refused.message, self._seen.refused.cure)))
        return "" if self.is_set else NOT_SET

    def _standing(self) -> Iterable[Sentence]:
        sending, seen = self.kyoju.sending, self._seen
        if sending.running:
            yield from running_words(sending)
            return
        if seen is None or seen.standing is None or not self.is_set:
            return
        marks = marks_for(self.kyoju.current_theme)
        if sending.outcome is None:
            yield from trouble_words(seen.standing.trouble, marks)
        elif not isinstance(sending.outcome.refused, NeedsDecision):
            # What is to be decided is told by the sentences below.
            yield from outcome_words(sending.outcome.synced, sending.outcome.refused, marks)
        yield from standing_words(seen.standing, len(seen.conflicts), len(seen.left), self.today, marks)

    @property
    def title_detail(self) -> str:
        """What waits, counted."""
        seen = self._seen
        if seen is None or seen.standing is None or not self.is_set:
            return ""
        return f"送信待ち{seen.standing.to_send}件・受信待ち{seen.standing.to_receive}件"

    @property
    def is_set(self) -> bool:
        """Whether there is a partner."""
        return self._seen is not None and self._seen.standing is not None and bool(self._seen.standing.remote)

    @property
    def line_here(self) -> Line | None:
        """The line under the cursor."""
        return self._lines.get(self.query_one(WideTable).row_key)

    def explain(self) -> None:
        """Say what the cursor is on."""
        line = self.line_here
        self.query_one("#detail", Story).show(() if line is None else (each for each in line.told if each.text))
        self.refresh_bindings()

    # -- acting --------------------------------------------------------------------------------------------------

    @property
    def foremost(self) -> tuple[str, ...]:
        """What is to be done next."""
        if self.kyoju.sending.running:
            return ("sync.stop",)
        if not self.is_set:
            return ("sync.address",)
        line = self.line_here
        clash = line is not None and line.key.startswith(CLASH)
        return ("open", "sync.exchange") if clash else ("sync.exchange",)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done now."""
        running = self.kyoju.sending.running
        if action == "stop":
            return running and not self.kyoju.sending.stopping
        if action in ("exchange", "look", "forget"):
            return self.is_set and not running
        if action == "address":
            return self._seen is not None and self._seen.standing is not None and not running
        if action == "open":
            return self.is_mounted and self.line_here is not None
        return super().check_action(action, parameters)

    def action_exchange(self) -> None:
        """Receive, merge, send."""
        self.kyoju.sending.exchange()

    def action_stop(self) -> None:
        """End the exchange."""
        self.kyoju.sending.stop()

    def action_look(self) -> None:
        """Ask the partner what waits there."""
        self.kyoju.sending.look()

    def action_address(self) -> None:
        """Set the partner's address."""
        if self._seen is not None and self._seen.standing is not None:
            self.run_worker(ask_address(self, self._seen.standing.remote))

    def action_forget(self) -> None:
        """Take the partner away."""
        self.run_worker(ask_to_forget(self))

    def action_open(self) -> None:
        """Decide what is undecided; open a record that came or waits."""
        line = self.line_here
        if line is None or self._seen is None:
            return
        if line.key.startswith(CLASH):
            ref = line.key.removeprefix(CLASH)
            found = next((record for record in self._seen.conflicts if record.ref == ref), None)
            if found is not None and not self.kyoju.sending.running:
                self.run_worker(decide_about(self, found))
            return
        left = [ref for ref in line.refs if ref in self.snapshot]
        if not left:
            self.kyoju.notify("この記録は、いまはありません。")
        elif len(left) == 1:
            open_ref(self.kyoju, left[0])
        else:
            choices = [Candidate(str(ref), self.snapshot.title(ref)) for ref in left]
            self.kyoju.push_screen(Picker("開くもの", choices, (), many=False), self._chosen)

    def _chosen(self, values: Sequence[str] | None) -> None:
        if values:
            open_ref(self.kyoju, Ref(values[0]))


def _row(line: Line) -> Row:
    cells = ((line.sort, line.style), (line.when, ""), (line.who, ""), (line.what, ""))
    return Row(line.key, tuple(Marked.of(cell) for cell in cells))
