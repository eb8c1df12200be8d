"""What can be done at a place of the 一覧表: open, add, answer 該当なし, go to what is raised about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Final, TypeVar

from kyoju_tui.overview.matrix import Cell
from kyoju_tui.records.base import EntryKind
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.ui.agenda_lines import place_lines
from kyoju_tui.ui.cell_story import refs_at
from kyoju_tui.ui.forms.candidates import Candidate
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.joint_preset import joint_preset
from kyoju_tui.ui.matrix_layers import POINTS_OF_VIEW
from kyoju_tui.ui.matrix_words import sort_of
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.screens.existing_file import bring_sheet
from kyoju_tui.ui.screens.nothing import answer_nothing
from kyoju_tui.ui.screens.opinions import add_opinion, choose_printed, edit_digest
from kyoju_tui.ui.widgets.matrix_table import CATEGORY, DATA, OPINIONS

if TYPE_CHECKING:
    from kyoju_tui.overview.findings import FindingView
    from kyoju_tui.ui.matrix_layers import Sheet
    from kyoju_tui.ui.matrix_moment import Past

_KINDS: Final[tuple[EntryKind, ...]] = ("取組", "課題")
ActsT = TypeVar("ActsT", bound="MatrixActs")


def now_only(action: Callable[[ActsT], None]) -> Callable[[ActsT], None]:
    """An action on the records as they are: in a view of the past it says how to come back instead."""

    @wraps(action)
    def guarded(screen: ActsT) -> None:
        if screen.past is None:
            action(screen)
        else:
            screen.kyoju.notify(
                f"{screen.past.moment.words}の時点を見ています。\n過去は変えられません。\n"
                "直すときは、Esc（または Ctrl+Y で「今」）で今の一覧表に戻ります。"
            )

    return guarded


class MatrixActs(DataScreen):
    """The acting half of the matrix screen; the other half tells where the cursor is."""

    @property
    def sheet(self) -> Sheet:
        """What is shown."""
        raise NotImplementedError

    @property
    def place_here(self) -> tuple[str, str]:
        """Category and column under the cursor."""
        raise NotImplementedError

    @property
    def cell(self) -> Cell | None:
        """The department's cell under the cursor, if it is one."""
        raise NotImplementedError

    @property
    def past(self) -> Past | None:
        """The earlier moment that is shown; None for the records as they are."""
        raise NotImplementedError

    # -- open and add --------------------------------------------------------------------------------------------

    @now_only
    def action_open(self) -> None:
        """Open what stands here: the only record at once, one of several by choice, an empty cell to be filled."""
        category, column = self.place_here
        if not category:
            return
        if column == CATEGORY:
            self.kyoju.open_screen("category-table", category=category)
            return
        refs = refs_at(self.sheet.matrix, category, column)
        if not refs:
            self.action_new()
        elif len(refs) == 1:
            self._open_one(refs[0])
        else:
            self.kyoju.push_screen(
                Picker("開くもの", [self._candidate(ref) for ref in refs], (), many=False), self._chosen
            )

    @now_only
    def action_bring(self) -> None:
        """Choose a sheet that the town has, and bring it in."""
        self.run_worker(bring_sheet(self), group="bring")

    @now_only
    def action_new(self) -> None:
        """Add what belongs here, with category and department filled in; first of all what a table is made of."""
        category, column = self.place_here
        rows, columns = self.snapshot.categories_in_use, self.snapshot.departments_in_use(self.today)
        if not rows or not columns:
            self.kyoju.open_screen("departments" if rows else "categories")
            return
        if not category:
            return
        if column == OPINIONS:
            self.run_worker(add_opinion(self, category))
        elif self.sheet.layer == POINTS_OF_VIEW and self.cell is not None:
            # Where opinions are looked at, a cell takes what is said of the department.
            self.run_worker(add_opinion(self, category, self.cell.department))
        elif column == DATA:
            self.add("entry", preset={"kind": "データ", "categories": [category]})
        elif column == CATEGORY:
            self.add("entry", preset={"kind": "取組", "status": "取組中", "categories": [category]})
        else:
            self.add("entry", department=column, preset={"kind": "取組", "status": "取組中", "categories": [category]})

    def _candidate(self, ref: Ref) -> Candidate:
        entry = self.snapshot.entries.get(ref)
        detail = sort_of(entry) if entry is not None else kind_of(ref).label
        return Candidate(str(ref), self.snapshot.title(ref), detail)

    def _chosen(self, values: Sequence[str] | None) -> None:
        if values:
            self._open_one(Ref(values[0]))

    def _open_one(self, ref: Ref) -> None:
        if ref.top == "findings":
            self.kyoju.open_screen("findings", finding=ref.id)
        else:
            self.edit(ref)

    # -- answers and what is asked ---------------------------------------------------------------------------------

    @now_only
    def action_nothing(self) -> None:
        """Record that the department has nothing here, at all or of one kind; or take that back."""
        cell = self.cell
        if cell is None:
            self.kyoju.notify("部署の欄で使います。")
            return
        there = {self.snapshot.entries[ref].kind for ref in cell.entries}
        kinds: list[EntryKind] = [kind for kind in _KINDS if kind not in there]
        if not kinds:
            self.kyoju.notify(
                "この欄には取組も課題も記載があります。無くなったものは、開いて「終了」にするか削除します。"
            )
        else:
            self.run_worker(answer_nothing(self, cell, kinds, whole=not there))

    @now_only
    def action_ask(self) -> None:
        """Open the inquiry that asks this cell: there the department is asked again, and answers are received."""
        cell = self.cell
        if cell is None:
            self.kyoju.notify("部署の欄で使います。")
        elif cell.asked is None:
            self.kyoju.notify("この欄をたずねている照会はありません。「照会」の画面で作ります。")
        else:
            self.kyoju.open_screen("inquiries", record=cell.asked.inquiry.id)

    # -- opinions ------------------------------------------------------------------------------------------------

    @now_only
    def action_edit(self) -> None:
        """Edit what stands here: in 意見・考え方等 the digest, in the first column the category."""
        category, column = self.place_here
        if category and column == OPINIONS:
            edit_digest(self, category)
        elif category and column == CATEGORY:
            self.edit(f"categories/{category}")
        else:
            self.action_open()

    @now_only
    def action_printed(self) -> None:
        """Choose which of the category's opinions go onto paper."""
        category, _ = self.place_here
        if category:
            self.run_worker(choose_printed(self, category))

    # -- findings ------------------------------------------------------------------------------------------------

    @now_only
    def action_points(self) -> None:
        """Settle the only point of this place at once; of several, show them."""
        points = self._points_here()
        if not points:
            self.kyoju.notify("ここに論点・確認事項はありません。")
        elif len(points) == 1 and points[0].kind == "論点":
            from kyoju_tui.ui.screens.settle import SettleScreen

            self.kyoju.push_screen(SettleScreen(points[0]))
        else:
            self.kyoju.open_screen("findings", keys=[point.key for point in points])

    @now_only
    def action_agenda(self) -> None:
        """Put what is here on a meeting's agenda: the open points, else the cell itself."""
        lines = place_lines(self.cell, self._points_here(), self.snapshot)
        if not lines:
            self.kyoju.notify("ここには、次第に載せる論点がありません。")
            return
        from kyoju_tui.ui.agenda import put_on_agenda

        put_on_agenda(self, lines)

    @now_only
    def action_joint(self) -> None:
        """Begin a collaboration with what stands here."""
        category, column = self.place_here
        if category:
            refs = refs_at(self.sheet.matrix, category, column) if column != OPINIONS else ()
            departments = [self.cell.department] if self.cell is not None else []
            self.add("collaboration", preset=joint_preset(self.snapshot, refs, [category], departments))

    # -- onto paper ----------------------------------------------------------------------------------------------

    def action_write_out(self) -> None:
        """Write the report, the matrix as it is shown, or the points into a file."""
        from kyoju_tui.ui.screens.report import write_papers

        self.run_worker(write_papers(self, discreet=self.sheet.projector))

    def _points_here(self) -> tuple[FindingView, ...]:
        category, column = self.place_here
        return self.sheet.points(category, column) if category else ()
