"""直接編集: files that somebody wrote past this program; each with what changed, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from textual.widget import Widget

from kyoju_tui.files.layout import is_figures
from kyoju_tui.records.dates import format_short, format_time
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.folding import SearchText
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.problems import Problem
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.hand_edits_acts import ask_to_put_back, ask_to_record
from kyoju_tui.ui.screens.list_screen import ListScreen
from kyoju_tui.ui.screens.mending import open_file
from kyoju_tui.ui.screens.set_aside import SetAsideScreen
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.record_table import Column, Row
from kyoju_tui.ui.widgets.story import Sentence, Story
from kyoju_tui.workspace.hand_edits.listing import HandEdit, hand_edits

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Changed

_LOOKING: Final = "調べています。"
_MARKED: Final = "選"
_WIDE: Final = 110
_LEAST: Final = 12


class HandEditsScreen(ListScreen):
    """The list, and what is to be said of the file under the cursor."""

    title_ja = "直接編集"
    EMPTY = "記録されていない直接の変更はありません。\n\n元に戻したものの控えは、Ctrl+Y で見られます。"
    COMMANDS = (
        "open",
        "hand-edits.record",
        "hand-edits.restore",
        "hand-edits.mark",
        "hand-edits.file",
        "hand-edits.set-aside",
        "search",
        "reload",
        "back",
    )
    DEFAULT_CSS = """
    HandEditsScreen Story { height: 8; }
    """

    def __init__(self, path: str = "") -> None:
        """`path` is the file that the cursor is to stand on."""
        super().__init__()
        # None before the first look is over.
        self._edits: Mapping[str, HandEdit] | None = None
        self._marked: set[str] = set()
        self._wanted = path

    def compose_body(self) -> Iterable[Widget]:
        """The list, and the detail below it."""
        yield from super().compose_body()
        yield Story()

    def on_mount(self) -> None:
        """Look for the first time."""
        self.look()

    def records_changed(self, changed: Changed) -> None:  # noqa: ARG002 - files of others may be among them
        """Somebody recorded, or a file changed: look again."""
        self.look(refresh=False)

    def action_reload(self) -> None:
        """Read the files again."""
        self.look()

    def look(self, *, refresh: bool = True) -> None:
        """Compare files and history beside the screen's own work; `refresh` reads the files anew first."""
        self.run_worker(lambda: self._find(refresh=refresh), thread=True, exclusive=True, group="hand-edits")

    def _find(self, *, refresh: bool) -> None:
        try:
            if refresh:
                self.workspace.refresh()
            found = hand_edits(self.workspace)
        except KyojuError as error:
            self.kyoju.call_from_thread(self.kyoju.tell, error)
            self.from_thread(self._take, ())
            return
        self.from_thread(self._take, found)

    def _take(self, found: Sequence[HandEdit]) -> None:
        self._edits = {edit.path: edit for edit in found}
        self._marked &= self._edits.keys()
        self.show()
        if self._wanted in self._edits:
            self.table.move_to(self._wanted)
        self._wanted = ""

    # -- the list ------------------------------------------------------------------------------------------------

    @property
    def empty_text(self) -> str:
        """That there are none, or that it is not known yet."""
        return _LOOKING if self._edits is None else self.EMPTY

    def columns(self) -> Sequence[Column]:
        """Chosen, state, whether it can be read, which record, whose file, when; the path where there is room."""
        widths = [
            ("mark", "", 3),
            ("state", "状態", 6),
            ("able", "点検", 9),
            ("what", "記録", 0),
            ("whose", "持ち主", 10),
        ]
        widths += [("at", "書かれた時", 16)]
        if self.room >= _WIDE:
            widths.insert(4, ("path", "ファイル", 46))
        # Before it is laid out a list has next to no room.
        rest = max(_LEAST, self.room - sum(width for _, _, width in widths))
        return tuple(column(key, head, width or rest) for key, head, width in widths)

    def keys(self) -> Iterable[str]:
        """In the order of their paths."""
        return self._found_edits

    def row(self, key: str) -> Row:
        """How one is shown."""
        edit, marks = self._found_edits[key], marks_for(self.kyoju.current_theme)
        graver = any(each.severity == "error" for each in edit.problems)
        word = "読めない" if edit.broken is not None else "誤り" if graver else "注意" if edit.problems else "よい"
        at = "" if edit.at is None else edit.at.astimezone()
        when = f"{format_short(at.date())} {format_time(at.time())}" if at else ""
        cells = {
            "mark": (_MARKED if key in self._marked else "", marks.strong),
            "state": (edit.state, ""),
            "able": (word, marks.strong if edit.broken is not None or graver else ""),
            "what": (self.named(edit), ""),
            "path": (edit.path, "dim"),
            "whose": (edit.owner or "", "bold" if edit.foreign else ""),
            "at": (when, ""),
        }
        return Row(key, tuple(Marked.of(cells[each.key]) for each in self.shape))

    def search_text(self, key: str) -> SearchText:
        """Found by every word of it."""
        edit = self._found_edits[key]
        return SearchText.of(self.named(edit), edit.path, edit.state, edit.owner, *edit.changes)

    def limit_words(self) -> str:
        """How many are chosen."""
        return f"選択{len(self._marked)}件" if self._marked else ""

    def show(self) -> None:
        """Show the list, and what is to be said of the file under the cursor."""
        super().show()
        self.query_one(Story).display = bool(self._found)
        self.explain()

    @property
    def _found_edits(self) -> Mapping[str, HandEdit]:
        return self._edits or {}

    @property
    def edit_here(self) -> HandEdit | None:
        """The file under the cursor."""
        return self._found_edits.get(self.key_here)

    @property
    def chosen(self) -> tuple[HandEdit, ...]:
        """The chosen files, or the one under the cursor."""
        here = self.edit_here
        marked = tuple(edit for path, edit in self._found_edits.items() if path in self._marked)
        return marked or (() if here is None else (here,))

    def named(self, edit: HandEdit) -> str:
        """What its record is called."""
        return f"{edit.title}（数値のCSV）" if is_figures(edit.path) else edit.title

    def explain(self) -> None:
        """Say what the cursor is on."""
        edit = self.edit_here
        if edit is not None:
            self.query_one(Story).show(self._sentences(edit))
        self.refresh_bindings()

    def _sentences(self, edit: HandEdit) -> Iterable[Sentence]:
        yield Sentence(f"{kind_of(edit.ref).label}　{self.named(edit)}　{edit.state}", "bold")
        for problem in edit.problems:
            place = f"{problem.line}行目：" if problem.line else ""
            yield Sentence(f"{place}{problem.message}{problem.cure}", "bold" if problem.severity == "error" else "")
        if edit.broken is not None:
            yield Sentence("このままでは記録できません。Ctrl+E でファイルを直すか、Ctrl+B で元に戻します。")
        if edit.being_edited:
            yield Sentence("だれかがエディターで開いているようです。書き終わるのを待ってください。", "bold")
        for line in edit.changes:
            yield Sentence(line.replace(": ", "：", 1))
        whose = f"持ち主：{edit.owner}　" if edit.owner else ""
        yield Sentence(f"{whose}{edit.path}", "dim")
        if edit.overlooked:
            yield Sentence("履歴の仕組みに、このファイルの変更を見ないよう印が付いています。", "dim")

    # -- acting --------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what the file under the cursor allows."""
        if action in ("record", "restore", "mark", "open", "file") and self.is_mounted:
            here = self.edit_here
            if here is None:
                return False
            if action == "open":
                return here.ref in self.snapshot and not is_figures(here.path)
            return action != "file" or here.state != "削除"
        return super().check_action(action, parameters)

    def action_open(self) -> None:
        """Open the record in its form."""
        if (edit := self.edit_here) is not None and edit.ref in self.snapshot:
            self.edit(edit.ref)

    def action_mark(self) -> None:
        """Choose the file under the cursor, or choose it no more."""
        if (edit := self.edit_here) is not None:
            self._marked ^= {edit.path}
            self.show()
            self.table.action_cursor_down()

    def action_record(self) -> None:
        """Record the chosen files as they are, after asking."""
        if self.chosen:
            self.run_worker(ask_to_record(self, self.chosen, self._done))

    def action_restore(self) -> None:
        """Put the chosen files back, after asking."""
        if self.chosen:
            self.run_worker(ask_to_put_back(self, self.chosen, self._done))

    def action_file(self) -> None:
        """Open the file itself."""
        if (edit := self.edit_here) is not None and edit.state != "削除":
            line = edit.problems[0].line if edit.problems else 0
            open_file(self, Problem(edit.path, line, 0, "K501", ""), self.look)

    def action_set_aside(self) -> None:
        """Show what was set aside when files were put back."""
        self.kyoju.push_screen(SetAsideScreen())

    def on_screen_resume(self) -> None:
        """Files may hold their copies again."""
        if self._edits is not None:
            self.look()

    def _done(self) -> None:
        self._marked.clear()
        self.look()
