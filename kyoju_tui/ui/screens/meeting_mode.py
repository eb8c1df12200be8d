"""会議進行: agenda at the left, matrix at the right, everything that is said recorded at once (handbook 1-3).

Meant for the projector: from the beginning nothing is shown that is not for the eyes of other departments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import DataTable

from kyoju_tui.overview.minutes import action_words, opinion_words
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.ui.cell_story import story
from kyoju_tui.ui.computed import computed_for
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.matrix_filter import Filter
from kyoju_tui.ui.matrix_layers import LAYERS, STATES, Points, Sheet
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.screens.meeting_saying import MeetingSaying
from kyoju_tui.ui.widgets.agenda_table import AgendaTable
from kyoju_tui.ui.widgets.cell_panel import CellPanel
from kyoju_tui.ui.widgets.empty_note import EmptyNote
from kyoju_tui.ui.widgets.matrix_table import MatrixTable
from kyoju_tui.ui.widgets.speech_line import SpeechLine
from kyoju_tui.ui.widgets.story import Sentence, Story

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Changed

# How long the cursor rests before the place is explained, in seconds.
_GLANCE: Final = 0.045
_WIDE: Final = 120
_AGENDA: Final = {False: 24, True: 38}
_PANEL: Final = {False: 6, True: 10}
_NO_MATRIX: Final = (
    "一覧表は、カテゴリー（行）と部署（列）がそろうと表示されます。\n\n"
    "決まったこと・対応事項・要点は、このまま書き足せます。"
)


class MeetingModeScreen(MeetingSaying, DataScreen):
    """The mode of one meeting, while it is held or afterwards from paper."""

    title_ja = "会議進行"
    COMMANDS = (
        "mode.mark", "mode.opinion", "mode.action", "mode.decision", "mode.remark", "mode.lens", "mode.next",
        "mode.layer", "mode.projector", "mode.end", "meeting.attendance", "reload", "back",
    )  # fmt: skip
    AUTO_FOCUS = "MatrixTable"
    DEFAULT_CSS = """
    MeetingModeScreen {
        #meeting { height: 1fr; }
        #left { height: 1fr; }
        #right { width: 1fr; height: 1fr; }
        AgendaTable { height: 2fr; }
        #written { height: 3fr; }
        MatrixTable { height: 1fr; }
    }
    """

    def __init__(self, ref: str) -> None:
        super().__init__(Ref(ref))
        self.projector = True
        self.layer_name = STATES
        self._sheet: Sheet | None = None
        self._glance: Timer | None = None

    @property
    def record_open(self) -> Ref | None:
        """The meeting."""
        return self.ref

    # -- what is on the screen -----------------------------------------------------------------------------------

    def compose_body(self) -> Iterable[Widget]:
        """Left the agenda and what was written down, right the matrix and the place, at the foot the line."""
        with Horizontal(id="meeting"):
            with Vertical(id="left"):
                yield AgendaTable()
                written = Story()
                written.id = "written"
                yield written
            with Vertical(id="right"):
                yield EmptyNote(_NO_MATRIX)
                yield MatrixTable()
                yield CellPanel()
        yield SpeechLine()

    def on_mount(self) -> None:
        """Share the room; the matrix is filled once its width is known."""
        self.kyoju.theme_changed_signal.subscribe(self, lambda _theme: self.show())
        self._share()
        self.show()

    def on_resize(self) -> None:
        """Share the room again."""
        self._share()

    def _share(self) -> None:
        wide = self.size.width >= _WIDE
        self.query_one("#left").styles.width = _AGENDA[wide]
        self.query_one(CellPanel).styles.height = _PANEL[wide]

    def records_changed(self, changed: Changed) -> None:  # noqa: ARG002 - rows tell what differs
        """Show what somebody recorded; cursors and what is being typed stay."""
        self.show()

    def show(self) -> None:
        """Show everything, touching only what differs; findings that must be computed follow from a worker."""
        if self.meeting is None:
            # What is typed is not lost with the meeting: the screen stays as long as there is something.
            if not self.holds_changes:
                self.kyoju.notify("この会議は削除されました。")
                self.kyoju.go_back()
            return
        self.query_one(AgendaTable).show(self.meeting.agenda)
        self.query_one("#written", Story).show(self._written(self.meeting))
        known = computed_for(self.workspace).known_findings(self.snapshot, self.today)
        if known is not None:
            self._draw(Points.of(known.views, known.matrix))
        else:
            self._draw(self._sheet.raised if self._sheet is not None else Points())
            self.run_worker(self._examine, thread=True, exclusive=True, group="findings")

    def _examine(self) -> None:
        """In a worker: compute the findings, then show them."""
        found = computed_for(self.workspace).findings(self.snapshot, self.today)
        self.from_thread(self._draw, Points.of(found.views, found.matrix))

    def _draw(self, raised: Points) -> None:
        matrix = computed_for(self.workspace).matrix(self.snapshot, self.today)
        table, marks = self.query_one(MatrixTable), marks_for(self.kyoju.current_theme)
        self._sheet = Sheet(
            matrix, raised, self.layer_name, Filter(), marks, self.projector, table.room, filled_in=False
        )
        filled = bool(matrix.categories and matrix.departments)
        table.set_rows(self._sheet.columns(), self._sheet.rows() if filled else [])
        for widget in (table, self.query_one(CellPanel)):
            widget.display = filled
        self.query_one(EmptyNote).display = not filled
        self.show_title()
        self.explain()

    @property
    def title_detail(self) -> str:
        """The meeting and its day, the lens, the layer."""
        day = format_date(self.meeting.held_on) if self.meeting is not None and self.meeting.held_on else ""
        lens = f"視点：{self.lens}" if self.lens else ""
        said = [self.snapshot.title(self.ref), day, lens, f"表示：{LAYERS[self.layer_name]}"]
        return "　".join(filter(None, [*said, "投影用表示" if self.projector else ""]))

    def _written(self, meeting: Meeting) -> Iterator[Sentence]:
        """What this meeting has so far, the newest of each first."""
        yield Sentence(f"決まったこと {len(meeting.decisions)}件", "bold")
        yield from (Sentence(f"・{line}", "", 1) for line in reversed(meeting.decisions))
        yield Sentence(f"対応事項 {len(meeting.actions)}件", "bold")
        yield from (Sentence(f"・{action_words(self.snapshot, each)}", "", 1) for each in reversed(meeting.actions))
        yield Sentence(f"意見 {len(meeting.opinions)}件", "bold")
        if meeting.notes:
            yield Sentence("要点", "bold")
            yield from (Sentence(line, "", 1) for line in reversed(meeting.notes.split("\n")) if line.strip())

    # -- the place under the cursor ------------------------------------------------------------------------------

    @property
    def place_here(self) -> tuple[str, str]:
        """Category and column under the cursor; empty strings in an empty table."""
        table = self.query_one(MatrixTable)
        return table.row_key, table.column_key

    def cursor_moved(self) -> None:
        """Explain the new place once the cursor rests."""
        if self._glance is not None:
            self._glance.stop()
        self._glance = self.set_timer(_GLANCE, self.explain)

    def second_click(self) -> None:
        """A second click on a cell opens the line for an opinion."""
        self.action_opinion()

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """A second click on a line of the agenda is the same as Enter."""
        event.stop()
        event.prevent_default()
        self.action_mark()

    def explain(self) -> None:
        """Say what this meeting said of the place, then what stands there; and in the line what it is about."""
        self.say_about()
        category, column = self.place_here
        sheet, meeting = self._sheet, self.meeting
        if sheet is None or meeting is None or category not in sheet.matrix.base_data:
            return
        department = column if column in self.snapshot.departments else None
        ours = [
            each
            for each in reversed(meeting.opinions)
            if each.category == category and department in (None, each.department)
        ]
        here = story(sheet, category, column, "", wide=True, legend=False)
        said = [Sentence(f"この会議の意見　{opinion_words(self.snapshot, each)}", "", 1) for each in ours]
        self.query_one(CellPanel).show([here[0], *said, *here[1:]])

    # -- looking -------------------------------------------------------------------------------------------------

    def action_layer(self) -> None:
        """The next layer."""
        names = list(LAYERS)
        self.layer_name = names[(names.index(self.layer_name) + 1) % len(names)]
        self.show()

    def action_projector(self) -> None:
        """Show, or hide, what is not for the eyes of other departments."""
        self.projector = not self.projector
        self.show()
        self.kyoju.notify("投影用表示にしました。" if self.projector else "事務局用の表示です。投影しないでください。")

    def action_attendance(self) -> None:
        """Who is here; what is only for the secretariat stays hidden where this screen hides it."""
        from kyoju_tui.ui.screens.attendance import AttendanceScreen

        self.kyoju.push_screen(AttendanceScreen(self.ref, projector=self.projector))
