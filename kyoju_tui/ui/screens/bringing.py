"""取り込みの確認: what a file would change, value by value, before anything is recorded (handbook 1-2(1))."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, set_cell_size
from textual.widget import Widget

from kyoju_tui.exchange.bringing import Bringing, Outcome, Placed
from kyoju_tui.records.folding import SearchText
from kyoju_tui.ui.marks import Marks, marks_for
from kyoju_tui.ui.screens.list_screen import ListScreen
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.record_table import Column, Row
from kyoju_tui.ui.widgets.story import Sentence, Story

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Saved

# What needs a person's eye first; what stays the same last.
_ORDER: Final[tuple[Outcome, ...]] = ("不明", "食い違い", "消去", "変更", "追加", "該当なし", "同じ")
_CALM: Final = "同じ"
_ALL: Final = ""
_LEAST: Final = 12
_WIDE: Final = 110
_WHERE, _WHERE_WIDE = 14, 22
# Between a column and the next one.
_GAP: Final = 2
_MEANS: Final = {
    "不明": "読み取れなかったため、取り込みません。元のファイルを直して取り込み直すか、画面で入力してください。",
    "食い違い": "様式を出したあとにここでも変わったため、取り込みません。どちらにするか、記録の画面で決めてください。",
    "消去": "空になっているので、ここでも空にします。",
    "変更": "ここの内容を、ファイルの内容に変えます。",
    "追加": "新しく加えます。",
    "該当なし": "「該当なし」という回答として残します。",
    "同じ": "ここにある内容と同じです。",
}


class BringingScreen(ListScreen):
    """Every value of the file with what becomes of it; Ctrl+S records all as one save, Esc leaves all as it is."""

    title_ja = "取り込みの確認"
    EMPTY = "取り込むものはありません。"
    COMMANDS = ("save", "bringing.limit", "search", "open", "back")
    DEFAULT_CSS = """
    BringingScreen Story { height: 7; }
    """

    def __init__(self, bringing: Bringing, done: Callable[[Saved], None] | None = None) -> None:
        """`done` is called once all of it is recorded, after this screen has been left."""
        super().__init__()
        self._bringing = bringing
        self._done = done
        self._only: str = _ALL
        self._placed = {
            str(number): placed
            for number, placed in enumerate(sorted(bringing.placed, key=lambda each: _ORDER.index(each.outcome)))
        }

    def compose_body(self) -> Iterable[Widget]:
        """The list, and the value under the cursor in full."""
        yield from super().compose_body()
        yield Story()

    def columns(self) -> Sequence[Column]:
        """What becomes of it, where it stands in the file, which record and field, and what it will be."""
        wide = self.room >= _WIDE
        where, record, field = (_WHERE_WIDE, 34, 16) if wide else (_WHERE, 20, 12)
        sizes = (
            ("outcome", "結果", 10),
            ("where", "場所", where),
            ("record", "記録", record),
            ("field", "項目", field),
        )
        rest = max(self.room - sum(size for _, _, size in sizes), _LEAST)
        return tuple(column(*each) for each in (*sizes, ("value", "内容", rest)))

    def keys(self) -> Iterable[str]:
        """Those of the chosen outcome; what stays the same is listed only where it is asked for."""
        for key, placed in self._placed.items():
            if placed.outcome == self._only or (self._only == _ALL and placed.outcome != _CALM):
                yield key

    def row(self, key: str) -> Row:
        """One value."""
        placed = self._placed[key]
        style = _style(placed, marks_for(self.kyoju.current_theme))
        where = _place(placed.where, _WHERE_WIDE if self.room >= _WIDE else _WHERE)
        cells = ((placed.outcome, style), (where, ""), (placed.title, ""), (placed.label, ""))
        value = (placed.after or placed.before, "")
        return Row(key, tuple(Marked.of(cell) for cell in (*cells, value)))

    def search_text(self, key: str) -> SearchText:
        """Found by every word of it."""
        placed = self._placed[key]
        return SearchText.of(placed.outcome, placed.where, placed.title, placed.label, placed.before, placed.after)

    def limit_words(self) -> str:
        """How many values have which outcome."""
        counts = self._bringing.counts
        told = "・".join(f"{outcome}{counts[outcome]}" for outcome in _ORDER if counts[outcome])
        only = f"{self._only}だけを表示" if self._only else ""
        return "　".join(filter(None, (told, only, self._bringing.file)))

    def show(self) -> None:
        """Show the list, and the value under the cursor."""
        super().show()
        self.explain()

    @property
    def empty_text(self) -> str:
        """That nothing differs."""
        same = self._bringing.counts[_CALM]
        return f"このファイルの内容は、もう入っています（同じ{same}件）。" if same else self.EMPTY

    def nothing_yet(self) -> bool:
        """Whether nothing would change."""
        return self._only == _ALL and not any(True for _ in self.keys())

    def explain(self) -> None:
        """Say what the cursor is on; without one, the remarks on the file."""
        placed = self._placed.get(self.key_here)
        self.query_one(Story).show(self._remarks() if placed is None else self._sentences(placed))
        self.refresh_bindings()

    def _remarks(self) -> Iterable[Sentence]:
        return (Sentence(remark) for remark in self._bringing.remarks)

    def _sentences(self, placed: Placed) -> Iterable[Sentence]:
        yield Sentence("　".join(filter(None, (placed.outcome, placed.where, placed.title, placed.label))), "bold")
        yield Sentence(placed.why or _MEANS[placed.outcome])
        if placed.before:
            yield Sentence(f"いま：{placed.before}")
        if placed.after:
            yield Sentence(f"ファイル：{placed.after}")
        yield from self._remarks()

    # -- acting --------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is recorded where nothing would change; a record that is still to come cannot be opened."""
        if action == "save":
            return bool(self._bringing.changes)
        if action == "open":
            placed = self._placed.get(self.key_here)
            return placed is not None and placed.ref is not None and placed.ref in self.snapshot
        return super().check_action(action, parameters)

    def action_open(self) -> None:
        """Open the record that the value belongs to."""
        placed = self._placed.get(self.key_here)
        if placed is not None and placed.ref is not None and placed.ref in self.snapshot:
            self.kyoju.open_record(placed.ref)

    def action_limit(self) -> None:
        """One outcome after the other, then all again."""
        there = [_ALL, *(outcome for outcome in _ORDER if self._bringing.counts[outcome])]
        self._only = there[(there.index(self._only) + 1) % len(there)]
        self.show()

    def action_save(self) -> None:
        """Record all of it as one save."""
        bringing = self._bringing
        self.kyoju.save(
            lambda: self.workspace.batch(bringing.changes, action="import", subject=bringing.subject), done=self._saved
        )

    def _saved(self, saved: Saved) -> None:
        if self.is_attached and self.kyoju.screen is self:
            self.kyoju.go_back()
        if self._done is not None:
            self._done(saved)


def _place(where: str, room: int) -> str:
    """A place that fits its column: which cell it is stays to be seen, whatever its sheet is called."""
    sheet, mark, cell = where.rpartition("!")
    if not mark or cell_len(where) <= room - _GAP:
        return where
    return f"{set_cell_size(sheet, max(room - _GAP - 2 - cell_len(cell), 0)).rstrip()}…!{cell}"


def _style(placed: Placed, marks: Marks) -> str:
    if placed.outcome in ("不明", "食い違い"):
        return marks.strong
    return marks.calm if placed.outcome == _CALM else ""
