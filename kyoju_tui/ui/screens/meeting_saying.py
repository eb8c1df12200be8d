"""The writing half of the meeting mode: opinions onto the place under the cursor, decisions, notes, actions."""

from __future__ import annotations

from functools import partial
from typing import Final, Literal, TypeAlias, get_args

from textual.widgets import Input

from kyoju_tui.overview.minutes import STEPS
from kyoju_tui.records.base import Lens
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.minuting import with_decision, with_note, with_opinion
from kyoju_tui.ui.screens.choose import ChooseScreen, leaving
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.screens.meeting_writing import Adding, Writing
from kyoju_tui.ui.widgets.agenda_table import AgendaTable
from kyoju_tui.ui.widgets.matrix_table import MatrixTable
from kyoju_tui.ui.widgets.speech_line import SpeechLine

Sort: TypeAlias = Literal["opinion", "decision", "note"]
_LABELS: Final[dict[Sort, str]] = {"opinion": "意見・考え方等", "decision": "決まったこと", "note": "要点"}
_LENSES: Final[tuple[Lens | None, ...]] = (None, *get_args(Lens))


class MeetingSaying(DataScreen):
    """What is said goes into the line, and from there into the meeting. The other half tells where the cursor is."""

    def __init__(self, ref: Ref) -> None:
        super().__init__()
        self.ref = ref
        self.lens: Lens | None = None
        self._sort: Sort = "opinion"
        self._writing = Writing(self, ref, self._typed)

    @property
    def meeting(self) -> Meeting | None:
        """The meeting as it is now."""
        found = self.snapshot.get(self.ref)
        return found if isinstance(found, Meeting) else None

    @property
    def place_here(self) -> tuple[str, str]:
        """Category and column under the cursor."""
        raise NotImplementedError

    @property
    def line(self) -> SpeechLine:
        """The line to type into."""
        return self.query_one(SpeechLine)

    # -- the line ------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter belongs to what has the focus: the agenda, or the matrix."""
        if action == "mark":
            return self.is_mounted and self.query_one(AgendaTable).has_focus
        if action == "opinion":
            return self.is_mounted and not self.query_one(AgendaTable).has_focus and bool(self.place_here[0])
        return super().check_action(action, parameters)

    def action_opinion(self) -> None:
        """Open the line for an opinion on the place under the cursor."""
        self._open("opinion")

    def action_decision(self) -> None:
        """Open the line for something that was decided."""
        self._open("decision")

    def action_remark(self) -> None:
        """Open the line for the notes."""
        self._open("note")

    def _open(self, sort: Sort) -> None:
        self._sort = sort
        self.say_about()
        self.line.open()

    def action_place(self, right: int, down: int) -> None:
        """Move the place that the opinion is about, from within the line."""
        table = self.query_one(MatrixTable)
        row = min(max(table.cursor_row + down, 0), max(table.row_count - 1, 0))
        column = min(max(table.cursor_column + right, 0), max(len(table.ordered_columns) - 1, 0))
        table.move_cursor(row=row, column=column, animate=False)

    def action_lens(self) -> None:
        """The next lens: none, 課題, 充実が必要, 連携の可能性."""
        self.lens = _LENSES[(_LENSES.index(self.lens) + 1) % len(_LENSES)]
        self.say_about()
        self.show_title()
        self.kyoju.notify(f"意見の視点：{self.lens or 'なし'}", timeout=2)

    def say_about(self) -> None:
        """What the line is about, and its keys."""
        if self._sort == "opinion":
            about = f"意見　{self._about()}　視点：{self.lens or 'なし'}"
            keys = "Enter：記録　Esc：閉じる　上下・Ctrl+左右：欄　Ctrl+R：視点"
        else:
            about, keys = _LABELS[self._sort], "Enter：記録　Esc：閉じる"
        self.line.say(f"{about}\n{keys}")

    def _about(self) -> str:
        category, department = self._place()
        named = [self.snapshot.full_name("category", category)] if category else []
        named += [self.snapshot.full_name("department", department)] if department else []
        return "｜".join(named)

    def _place(self) -> tuple[str, str | None]:
        """The category, and the department where the cursor is on a department's cell."""
        category, column = self.place_here
        return category, column if column in self.snapshot.departments else None

    # -- recording -----------------------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is typed is a draft until it is recorded."""
        event.stop()
        self._writing.keep_soon()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Record what was typed; the line stays open for the next. An empty line closes."""
        event.stop()
        adding, text = self._typed(), self.line.text
        if adding is None:
            self._close()
            return
        what = _LABELS[self._sort] + (f"（{self._about()}）" if self._sort == "opinion" else "")
        self.line.begin_again()
        self._writing.add(adding, what, failed=partial(self._give_back, text))

    def _typed(self) -> Adding | None:
        """What the line would append now."""
        text = self.line.text if self.is_attached else ""
        if not text:
            return None
        if self._sort == "decision":
            return partial(with_decision, text=text)
        if self._sort == "note":
            return partial(with_note, text=text)
        category, department = self._place()
        return partial(with_opinion, text=text, category=category, department=department, lens=self.lens)

    def _give_back(self, text: str) -> None:
        """Nothing was recorded: the words stand in the line again, or in a note where the next are being typed."""
        if not self.is_attached or self.line.text:
            self.kyoju.notify(f"記録できなかった内容：\n{text}", severity="error", timeout=60)
        else:
            self.line.input.value = text
            self.line.open()

    def action_action(self) -> None:
        """The small form of an action, with the department under the cursor."""
        _, department = self._place()
        self.add_row(self.ref, "actions", {"department": department} if department else None)

    # -- the agenda ----------------------------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Make the item under the cursor the current one, or step on from it."""
        self._tell_item(self.query_one(AgendaTable).mark())

    def action_next(self) -> None:
        """The next item, wherever the focus is."""
        self._tell_item(self.query_one(AgendaTable).step())

    def _tell_item(self, item: str) -> None:
        agenda = self.meeting.agenda if self.meeting is not None else ()
        if not agenda:
            self.kyoju.notify("次第はまだありません。会議のシートで加えられます。")
        elif not item:
            self.kyoju.notify("次第はすべて済みました。Ctrl+W で会議概要の案を用意します。")

    # -- leaving -------------------------------------------------------------------------------------------------

    @property
    def holds_changes(self) -> bool:
        """Whether something typed is not recorded."""
        return self.is_attached and bool(self.line.text)

    def keep_draft(self) -> None:
        """Make a draft of what is typed at once, in the line and in the form of an action."""
        self._writing.keep()
        super().keep_draft()

    def action_back(self) -> None:
        """Close the line first; then leave, asking where something was typed."""
        if self.line.is_open:
            self._close()
        elif self.holds_changes:
            self.kyoju.push_screen(
                leaving(f"「{self.line.text}」は、まだ記録されていません。", keep="記録する"), self._left
            )
        else:
            super().action_back()

    def _close(self) -> None:
        self.line.close()
        self.query_one(MatrixTable).focus()

    async def _left(self, answer: str | None) -> None:
        if answer == "keep":
            adding, text = self._typed(), self.line.text
            if adding is not None:
                self.line.begin_again()
                self._writing.add(adding, _LABELS[self._sort], failed=partial(self._give_back, text))
        elif answer == "discard":
            self.line.begin_again()
            self._writing.keep()
            self.kyoju.go_back()

    def action_end(self) -> None:
        """The minutes begin as 案, and are there to be read."""
        self.run_worker(self._end())

    async def _end(self) -> None:
        from kyoju_tui.ui.screens.meeting_minutes import MinutesScreen

        meeting = self.meeting
        if meeting is None:
            return
        counts = (
            f"意見{len(meeting.opinions)}件、決まったこと{len(meeting.decisions)}件、対応事項{len(meeting.actions)}件を"
            "記録しています。後から書き足すこともできます。"
        )
        answers = [("minutes", "会議概要を見る"), ("leave", "終える"), ("stay", "続ける")]
        answer = await self.kyoju.push_screen_wait(ChooseScreen("会議進行を終えますか。", counts, answers=answers))
        if answer not in ("minutes", "leave"):
            return
        if meeting.minutes_status is None:
            self.change(self.ref, {"minutes_status": STEPS[0]})
        if self.holds_changes:
            self.line.open()
            self.kyoju.notify("書きかけの内容があります。Enter で記録するか、消してから終えてください。")
            return
        self.kyoju.go_back()
        if answer == "minutes":
            self.kyoju.push_screen(MinutesScreen(self.ref))
