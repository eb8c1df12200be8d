"""What can be done at a place of the 一覧表: open, add, answer 該当なし, go to what is raised about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kyoju_tui.overview.matrix import Cell
from kyoju_tui.records.ids import Ref, new_part_id
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.plain import to_plain
from kyoju_tui.ui.cell_story import refs_at
from kyoju_tui.ui.forms.candidates import Candidate, candidates
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.matrix_words import sort_of
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.widgets.matrix_table import CATEGORY, DATA, OPINIONS

if TYPE_CHECKING:
    from kyoju_tui.ui.matrix_layers import Sheet


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

    # -- open and add --------------------------------------------------------------------------------------------

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

    def action_new(self) -> None:
        """Add what belongs here, with category and department filled in."""
        category, column = self.place_here
        if not category:
            return
        if column == OPINIONS:
            self.run_worker(self._add_opinion(category))
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

    # -- opinions ------------------------------------------------------------------------------------------------

    async def _add_opinion(self, category: str) -> None:
        """Which meeting, then the words: the opinion is appended, none is ever overwritten."""
        meetings = sorted(
            candidates(self.snapshot, "meeting", self.today), key=lambda each: self._held(each.value), reverse=True
        )
        if not meetings:
            self.kyoju.notify("意見は会議に記録します。先に「会議」の画面で会議を記録してください。")
            return
        chosen = await self.kyoju.push_screen_wait(Picker("会議", meetings, (), many=False))
        if not chosen:
            return
        text = await self.kyoju.push_screen_wait(
            AskScreen(
                f"「{self.snapshot.name('category', category)}」への意見・考え方等",
                f"{self.snapshot.name('meeting', chosen[0])}に書き足します。前の意見は変わりません。",
                take="記録する",
            )
        )
        ref = self.snapshot.by_id("meeting", chosen[0])
        if not text or ref is None:
            return
        base = self.workspace.base(ref)
        meeting = self.snapshot.get(ref)
        if isinstance(meeting, Meeting):
            taken = {each.id for each in meeting.opinions if each.id}
            plain = {"id": new_part_id(taken), "category": category, "text": text}
            changed = meeting.but(opinions=[*map(to_plain, meeting.opinions), plain])
            self.kyoju.save(lambda: self.workspace.save(ref, changed, base=base))

    def _held(self, meeting_id: str) -> str:
        ref = self.snapshot.by_id("meeting", meeting_id)
        meeting = self.snapshot.get(ref) if ref is not None else None
        held = meeting.held_on if isinstance(meeting, Meeting) else None
        return held.isoformat() if held is not None else ""

    # -- 該当なし ------------------------------------------------------------------------------------------------

    def action_nothing(self) -> None:
        """Record that the department has nothing here, in the newest inquiry that asks it; or take that back."""
        cell = self.cell
        if cell is None:
            self.kyoju.notify("部署の欄で使います。")
        elif cell.asked is None:
            self.kyoju.notify("この欄をたずねている照会がないため、「該当なし」を記録できません。")
        elif cell.entries:
            self.kyoju.notify("この欄には記載があります。無くなったものは、開いて「終了」にするか削除します。")
        else:
            self.run_worker(self._nothing(cell, cell.asked.inquiry))

    async def _nothing(self, cell: Cell, ref: Ref) -> None:
        # What is asked here is about the inquiry as it is now: a colleague's change in the meantime is merged.
        base = self.workspace.base(ref)
        inquiry = self.snapshot.get(ref)
        if not isinstance(inquiry, Inquiry):
            return
        place = f"{self.snapshot.name('category', cell.category)}｜{self.snapshot.name('department', cell.department)}"
        answers = [to_plain(answer) for answer in inquiry.nothing_to_report]
        here = [
            answer
            for answer in answers
            if (answer.get("department"), answer.get("category"), answer.get("kind"))
            == (cell.department, cell.category, None)
        ]
        if cell.state == "該当なし" and not here:
            self.kyoju.notify("この部署は照会の全体に「該当なし」と回答しています。変えるときは照会の記録を直します。")
            return
        question = ConfirmScreen(
            f"{place} の「該当なし」を取り消しますか。" if here else f"{place} を「該当なし」と記録しますか。",
            f"照会「{inquiry.title}」への回答として記録します。",
            yes="取り消す" if here else "記録する",
            no="やめる",
        )
        if not await self.kyoju.push_screen_wait(question):
            return
        if here:
            answers = [answer for answer in answers if answer not in here]
        else:
            taken = {answer.id for answer in inquiry.nothing_to_report if answer.id}
            answers.append({"id": new_part_id(taken), "department": cell.department, "category": cell.category})
        changed = inquiry.but(nothing_to_report=answers)
        self.kyoju.save(lambda: self.workspace.save(ref, changed, base=base))

    # -- findings ------------------------------------------------------------------------------------------------

    def action_points(self) -> None:
        """Open what is raised about this place."""
        category, column = self.place_here
        points = self.sheet.points(category, column) if category else ()
        if not points:
            self.kyoju.notify("ここに論点・確認事項はありません。")
        else:
            self.kyoju.open_screen("findings", keys=[point.key for point in points])
