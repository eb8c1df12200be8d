"""ホーム: what to do today, how far the process is, what changed since the last visit (handbook, all parts)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual.widget import Widget

from kyoju_tui.exchange.documents.case_sheet import case_sheet
from kyoju_tui.exchange.documents.document_file import WORD
from kyoju_tui.exchange.documents.handover_document import handover_document
from kyoju_tui.overview.findings import FindingView
from kyoju_tui.overview.handover import handover
from kyoju_tui.overview.progress import Step, progress_of
from kyoju_tui.overview.tasks import Task, tasks, todays_three
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.policy import Policy
from kyoju_tui.ui.computed import computed_for
from kyoju_tui.ui.forms.candidates import Candidate
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.screens.home_lines import (
    PLACE,
    SORT,
    TASK,
    Line,
    due_lines,
    hand_edit_lines,
    map_lines,
    map_words,
    news_lines,
    task_lines,
)
from kyoju_tui.ui.screens.home_news import look, written_by_hand
from kyoju_tui.ui.screens.home_opening import open_at, open_ref
from kyoju_tui.ui.screens.home_paper import PaperScreen
from kyoju_tui.ui.widgets.record_table import Column
from kyoju_tui.ui.widgets.story import Story
from kyoju_tui.ui.widgets.wide_table import WideTable
from kyoju_tui.workspace.past.visits import News

_LOW, _BOX, _TALL_BOX = 30, 4, 7
_MOST = 100
_STEP = "map/"


class HomeScreen(DataScreen):
    """One list of everything, and a box on what is under the cursor; Enter opens it."""

    title_ja = "ホーム"
    COMMANDS = (
        "open",
        "home.all",
        "home.handover",
        "home.case-sheet",
        "home.handbook",
        "papers.write-out",
        "reload",
        "back",
    )
    AUTO_FOCUS = "WideTable"

    def __init__(self) -> None:
        super().__init__()
        self._all = False
        self._news: News | None = None
        self._hand_edits = 0
        self._asked = False
        self._lines: Mapping[str, Line] = {}
        self._steps: Sequence[Step] = ()
        self._tasks: Sequence[Task] = ()
        self._begun = False

    # -- what is on the screen -----------------------------------------------------------------------------------

    def compose_body(self) -> Iterable[Widget]:
        """The list and the box."""
        table = WideTable(id="home")
        table.show_header = False
        yield table
        yield Story()

    def on_mount(self) -> None:
        """Show what is at hand; findings and history follow from workers."""
        self.kyoju.theme_changed_signal.subscribe(self, lambda _theme: self.show())
        self._ask_history()

    def on_resize(self) -> None:
        """The box is for the list's sake small on a low terminal."""
        self.query_one(Story).styles.height = _BOX if self.size.height < _LOW else _TALL_BOX

    def records_changed(self, changed: object) -> None:  # noqa: ARG002 - lines tell what differs
        """Show what somebody recorded, and ask the history again."""
        self.show()
        self._ask_history()

    def show(self) -> None:
        """Show what is known; findings that must be computed follow from a worker."""
        known = computed_for(self.workspace).known_findings(self.snapshot, self.today)
        self._write(None if known is None else known.views)
        if known is None:
            self.run_worker(self._examine, thread=True, exclusive=True, group="findings")

    def _examine(self) -> None:
        """In a worker: compute the findings, then show them."""
        views = computed_for(self.workspace).findings(self.snapshot, self.today).views
        self.from_thread(self._write, views)

    def _ask_history(self) -> None:
        self.run_worker(self._look, thread=True, exclusive=True, group="news")

    def _look(self) -> None:
        """In a worker: read the history, then show it."""
        found = look(self.workspace)
        self.from_thread(self._tell_news, found, written_by_hand(self.workspace))

    def _tell_news(self, found: News | None, hand_edits: int) -> None:
        self._news, self._hand_edits, self._asked = found, hand_edits, True
        self.show()

    def _write(self, findings: Sequence[FindingView] | None) -> None:
        if not self.is_mounted:
            return
        whole = computed_for(self.workspace).matrix(self.snapshot, self.today)
        self._steps = progress_of(whole, findings)
        self._tasks = tasks(whole, self._steps, findings or ())
        table, marks = self.query_one(WideTable), marks_for(self.kyoju.current_theme)
        policy = self.snapshot.get("policy")
        lines = [
            *task_lines(self._tasks, self._tasks[:_MOST] if self._all else todays_three(self._tasks), marks),
            *hand_edit_lines(self._hand_edits),
            *due_lines(whole, marks),
            *map_lines(self._steps, policy if isinstance(policy, Policy) else None, table.room, marks),
            *news_lines(self._news, asked=self._asked),
        ]
        self._lines = {line.key: line for line in lines}
        columns = (Column("place", "", PLACE), Column("sort", "", SORT), Column("text", "", table.room - PLACE - SORT))
        table.set_rows(columns, [line.row(table.room) for line in self._lines.values()])
        if not self._begun:
            self._begun = True
            table.move_to(next((key for key, line in self._lines.items() if not line.heading), ""))
        self.show_title()
        self.explain()

    @property
    def title_detail(self) -> str:
        """How far the process is, and how much changed."""
        changed = len(self._news.commits) if self._news is not None else 0
        return "　".join(filter(None, (map_words(self._steps), f"ほかの人の記録{changed}件" if changed else "")))

    @property
    def line_here(self) -> Line | None:
        """The line under the cursor."""
        return self._lines.get(self.query_one(WideTable).row_key)

    @property
    def step_here(self) -> Step | None:
        """The step of the map under the cursor."""
        line = self.line_here
        key = line.key.removeprefix(_STEP) if line is not None and line.key.startswith(_STEP) else ""
        return next((step for step in self._steps if step.key == key), None)

    def explain(self) -> None:
        """Say what the cursor is on."""
        line = self.line_here
        self.query_one(Story).show(line.told if line is not None else ())
        self.refresh_bindings()

    def refs_here(self) -> Sequence[Ref]:
        """What the line leads to, or what the save under the cursor changed."""
        line = self.line_here
        if line is None:
            return ()
        if line.commit is not None:
            return tuple(map(Ref, line.commit.records))
        return () if line.opening is None or not line.opening.record else (Ref(line.opening.record),)

    # -- acting --------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A handbook is noted for a step."""
        if action == "handbook" and self.is_mounted:
            return self.step_here is not None
        return super().check_action(action, parameters)

    def action_open(self) -> None:
        """Open what is under the cursor."""
        line = self.line_here
        if line is None:
            return
        if line.opening is not None:
            open_at(self.kyoju, line.opening)
        elif line.commit is not None:
            self._open_changed(tuple(map(Ref, line.commit.records)))

    def _open_changed(self, refs: tuple[Ref, ...]) -> None:
        """Open a record that was changed; one of several by choice."""
        left = [ref for ref in refs if ref in self.snapshot]
        if not left:
            self.kyoju.notify("この記録は、いまはありません。")
        elif len(left) == 1:
            open_ref(self.kyoju, left[0])
        else:
            choices = [Candidate(str(ref), self.snapshot.title(ref), kind_of(ref).label) for ref in left]
            self.kyoju.push_screen(Picker("開くもの", choices, (), many=False), self._chosen)

    def _chosen(self, values: Sequence[str] | None) -> None:
        if values:
            open_ref(self.kyoju, Ref(values[0]))

    def action_all(self) -> None:
        """All tasks, or the three of today."""
        self._all = not self._all
        self.show()
        # They stand at the top, which may be out of sight.
        self.query_one(WideTable).move_to(next((key for key in self._lines if key.startswith(TASK)), ""))

    def action_handbook(self) -> None:
        """Note the next handbook for the step under the cursor."""
        step = self.step_here
        if step is not None:
            self.add_row("policy", "handbooks", {"step": step.label}, title="次に見る手引")

    def action_handover(self) -> None:
        """引継書, to be read and written into a file."""
        self.run_worker(self._make_handover, thread=True, exclusive=True, group="paper")

    def _make_handover(self) -> None:
        """In a worker: it needs the findings."""
        found = computed_for(self.workspace).findings(self.snapshot, self.today)
        made = handover_document(handover(found.matrix, found.views), found.matrix.snapshot)
        self.from_thread(self.kyoju.push_screen, PaperScreen("引継書", made, self._file("引継書")))

    def action_case_sheet(self) -> None:
        """事例票, to be read and written into a file."""
        made = case_sheet(self.snapshot, self.today)
        self.kyoju.push_screen(PaperScreen("事例票", made, self._file("事例票")))

    def action_write_out(self) -> None:
        """Write the report, the matrix or the points into a file."""
        from kyoju_tui.ui.screens.report import write_papers

        self.run_worker(write_papers(self))

    def _file(self, name: str) -> str:
        return f"{name}-{self.today:%Y%m%d}{WORD}"
