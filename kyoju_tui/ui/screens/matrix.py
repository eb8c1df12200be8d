"""一覧表: categories × departments, live (handbook 1-2(2))."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from textual.containers import Container
from textual.timer import Timer
from textual.widget import Widget

from kyoju_tui.overview.matrix import Cell
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.cell_story import refs_at, story
from kyoju_tui.ui.computed import computed_for
from kyoju_tui.ui.forms.candidates import Candidate
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.last_change import LastChanges, ask
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.matrix_filter import Filter, offered
from kyoju_tui.ui.matrix_layers import LAYERS, POINTS_OF_VIEW, STATES, TEXTS, Points, Sheet
from kyoju_tui.ui.matrix_summary import filled, first_place, summary
from kyoju_tui.ui.screens.matrix_moments import MatrixMoments
from kyoju_tui.ui.widgets.cell_panel import BESIDE, CellPanel
from kyoju_tui.ui.widgets.empty_note import EmptyNote
from kyoju_tui.ui.widgets.matrix_table import MatrixTable
from kyoju_tui.ui.widgets.story import Sentence
from kyoju_tui.workspace.past.wanted import Wanted

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Changed

# How long the cursor rests before the place is explained, in seconds: running over cells draws only the cursor.
_GLANCE: Final = 0.045
# The same before the history is asked.
_REST: Final = 0.15
USUAL, TALL, HIDDEN = "usual", "tall", "hidden"
_LOW: Final = 4
_AROUND: Final = 3  # title, status line, keys
_EASY: Final = 11  # lines of a panel below the table that say nearly everything
_EMPTY: Final = (
    "一覧表は、カテゴリー（行）と部署（列）がそろうと表示されます。\n\n"
    "F4 で、足りないほうの画面を開きます。そこで F4 を押すと加えられます。\n\n"
    "Ctrl+B で、今あるExcelの一覧表・事務事業一覧から取り込めます（部署も一緒に作れます）。"
)


class MatrixScreen(MatrixMoments):
    """The matrix, a panel on the place under the cursor, and what can be done there."""

    title_ja = "一覧表"
    COMMANDS = (
        "open", "edit", "new", "search", "matrix.layer", "matrix.nothing", "matrix.points", "matrix.agenda",
        "matrix.ask", "matrix.joint", "matrix.printed", "matrix.moment", "matrix.projector", "matrix.panel",
        "sheets.bring", "papers.write-out", "reload", "back",
    )  # fmt: skip
    AUTO_FOCUS = "MatrixTable"
    DEFAULT_CSS = """
    MatrixScreen #area { layout: vertical; height: 1fr; }
    MatrixScreen #area.beside { layout: horizontal; }
    MatrixScreen #area.beside CellPanel { width: 38; height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.layer_name = STATES
        self.limits = Filter()
        self.projector = False
        self._panel = USUAL
        self._changes = LastChanges()
        self._rest: Timer | None = None
        self._glance: Timer | None = None
        self._sheet: Sheet | None = None
        self._begun = False

    # -- what is on the screen -----------------------------------------------------------------------------------

    def compose_body(self) -> Iterable[Widget]:
        """The table and the panel."""
        yield EmptyNote(_EMPTY)
        with Container(id="area"):
            yield MatrixTable()
            yield CellPanel()

    def on_mount(self) -> None:
        """A table is filled once its width is known; only an empty one is told of at once."""
        self.kyoju.theme_changed_signal.subscribe(self, lambda _theme: self.show())
        if not filled(self.matrix):
            self.show()

    def on_resize(self) -> None:
        """Put the panel where there is room."""
        self._place_panel()

    @property
    def _lines_here(self) -> int:
        """How many lines table and panel have together."""
        return self.size.height - _AROUND

    def _spare(self, lines: int) -> bool:
        """Whether rows of so many lines leave room for an easy panel below them."""
        return 1 + lines + _EASY <= self._lines_here

    @property
    def _beside(self) -> bool:
        """The panel stands at the right where the rows need the height; else more departments are in sight."""
        if self.size.width < BESIDE:
            return False
        rows = len(self.limits.rows(self.matrix))
        return self.layer_name in (TEXTS, POINTS_OF_VIEW) or not self._spare(3 * rows)

    def _place_panel(self) -> None:
        """Below the table the panel takes what the rows leave, or half the screen where it was asked for."""
        panel, beside = self.query_one(CellPanel), self._beside
        self.query_one("#area").set_class(beside, "beside")
        panel.display = self._panel != HIDDEN
        if beside:
            panel.styles.height = None
        else:
            area = self._lines_here
            left = area - self.query_one(MatrixTable).lines - 1
            panel.styles.height = area // 2 if self._panel == TALL else max(_LOW, left)

    def records_changed(self, changed: Changed) -> None:
        """Show what somebody recorded; the cursor stays."""
        self._changes.forget(changed.refs)
        self.show()

    def show(self) -> None:
        """Write everything that differs; findings that must be computed follow from a worker."""
        if self.past is not None:
            self._write(self.past.raised)
            return
        computed = computed_for(self.workspace)
        known = computed.known_findings(self.snapshot, self.today)
        if known is not None:
            self._write(Points.of(known.views, known.matrix))
        else:
            self._write(self._sheet.raised if self._sheet is not None else Points())
            self.run_worker(self._examine, thread=True, exclusive=True, group="findings")

    def _examine(self) -> None:
        """In a worker: compute the findings, then show them."""
        found = computed_for(self.workspace).findings(self.workspace.snapshot, self.kyoju.today())
        self.from_thread(self._take_findings, Points.of(found.views, found.matrix))

    def _take_findings(self, raised: Points) -> None:
        # Meanwhile somebody may look at an earlier moment.
        if self.past is None:
            self._write(raised)

    def _write(self, raised: Points) -> None:
        matrix, now = self.matrix, self.matrix_now if self.past is not None else None
        marks = marks_for(self.kyoju.current_theme)
        there, table = filled(matrix), self.query_one(MatrixTable)
        self._sheet = Sheet(matrix, raised, self.layer_name, self.limits, marks, self.projector, table.room, now)
        rows = self._sheet.rows() if there else []
        if self._spare(sum(row.height + 1 for row in rows)):
            rows = [replace(row, height=row.height + 1) for row in rows]
        self.query_one(EmptyNote).display = not there
        self.query_one("#area").display = there
        table.set_rows(self._sheet.columns(), rows)
        if there and not self._begun:
            self._begun = True
            self._begin_at_gap()
        self._place_panel()
        self.show_title()
        self.explain()

    @property
    def sheet(self) -> Sheet:
        """What is shown; raises `RuntimeError` before the first time."""
        if self._sheet is None:
            raise RuntimeError("nothing is shown yet")
        return self._sheet

    @property
    def title_detail(self) -> str:
        """The layer, what is missing, what the table is limited to."""
        if self._sheet is None:
            return ""
        when = f"{self.past.moment.words}の時点" if self.past is not None else ""
        words = [when, LAYERS[self.layer_name], summary(self._sheet), self.limits.words(self.snapshot)]
        return "　".join(filter(None, [*words, "投影用表示" if self.projector else ""]))

    def _begin_at_gap(self) -> None:
        """Put the cursor where an answer is overdue or a cell is empty."""
        first = first_place(self.sheet.matrix)
        if first is not None:
            self.query_one(MatrixTable).move_to(*first)

    def wanted_here(self) -> Wanted:
        """The cell under the cursor; beside the departments' columns the whole row."""
        category, column = self.place_here
        return Wanted(category=category, department=column if column in self.snapshot.departments else "")

    # -- the panel -----------------------------------------------------------------------------------------------

    @property
    def place_here(self) -> tuple[str, str]:
        """Category and column under the cursor; empty strings in an empty table."""
        table = self.query_one(MatrixTable)
        return table.row_key, table.column_key

    @property
    def cell(self) -> Cell | None:
        """The department's cell under the cursor, if it is one."""
        return None if self._sheet is None else self._sheet.matrix.cells.get(self.place_here)

    def cursor_moved(self) -> None:
        """Explain the new place once the cursor rests."""
        if self._glance is not None:
            self._glance.stop()
        self._glance = self.set_timer(_GLANCE, self.explain)

    def explain(self) -> None:
        """Tell of the place in the panel, and who changed it last once that is known."""
        category, column = self.place_here
        if self._sheet is None or category not in self._sheet.matrix.base_data:
            return
        # Who changed a record last is told of the records as they are.
        refs = refs_at(self._sheet.matrix, category, column) if self.past is None else ()
        self._say(self._sheet, category, column, self._changes.sentence(refs, person=not self.projector))
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
        if refs and not self._changes.known(refs):
            self._rest = self.set_timer(_REST, lambda: self._ask(refs))

    def _ask(self, refs: tuple[Ref, ...]) -> None:
        self._rest = None
        self.run_worker(lambda: self._asked(refs), thread=True, group="history")

    def _asked(self, refs: tuple[Ref, ...]) -> None:
        """In a worker: read the history, then write it into the panel if the cursor is still there."""
        failed = ask(self._changes, self.workspace, refs)
        self.from_thread(self._tell_last_change, refs, failed)

    def _tell_last_change(self, refs: tuple[Ref, ...], failed: str) -> None:
        category, column = self.place_here
        if self._sheet is not None and category and refs_at(self._sheet.matrix, category, column) == refs:
            said = failed or self._changes.sentence(refs, person=not self.projector)
            self._say(self._sheet, category, column, said)

    def _say(self, sheet: Sheet, category: str, column: str, last_change: str) -> None:
        panel = self.query_one(CellPanel)
        # Where there are few lines, they are for the place alone; the help explains the short words, too.
        legend = self._beside or panel.size.height >= _EASY
        changed = f"{last_change}　Ctrl+F：履歴" if last_change else ""
        said = story(sheet, category, column, changed, wide=not self._beside, legend=legend)
        refs = refs_at(sheet.matrix, category, column) if self.past is None else ()
        open_here = [Sentence(text) for text in self.kyoju.company.at_work(refs, self.snapshot)]
        panel.show([said[0], *open_here, *said[1:]])

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
        self.kyoju.notify(
            "投影用表示にしました。期限超過・個人名は出ません。" if self.projector else "ふだんの表示に戻しました。"
        )

    def action_panel(self) -> None:
        """Below the table: taller, gone, as before. Beside it: gone, as before."""
        steps = (USUAL, HIDDEN) if self._beside else (USUAL, TALL, HIDDEN)
        self._panel = steps[(steps.index(self._panel) + 1) % len(steps)] if self._panel in steps else USUAL
        self._place_panel()

    def action_search(self) -> None:
        """Limit the table to categories, departments, areas, lenses."""
        choices: list[Candidate] = list(offered(self.snapshot, self.today))
        self.kyoju.push_screen(Picker("絞り込む対象", choices, self.limits.values, many=True), self._limit)

    def _limit(self, values: tuple[str, ...] | None) -> None:
        if values is not None:
            self.limits = Filter.of(values)
            left = self.place_here[1] in self.sheet.matrix.snapshot.departments
            self.show()
            shown = [axis.id for axis in self.limits.columns(self.sheet.matrix)]
            if left and shown and self.place_here[1] not in shown:
                self.query_one(MatrixTable).move_to(self.place_here[0], shown[0])

    def action_back(self) -> None:
        """Take the limits away first, then come back from the past, then leave."""
        if self.limits != Filter():
            self._limit(())
        elif self.past is not None:
            self.show_now()
        else:
            super().action_back()
