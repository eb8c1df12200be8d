"""The first sheet of our own 一覧表: the lines of its cells, titles and states, and whatever else was typed there.

Titles and states that were edited come in, lines that were added are new entries. What only stands there as it once
stood here is no edit; a line that was taken out leaves its record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, get_args

from kyoju_tui.exchange.matrix_paper import LAYERS, TEXTS, Layer, Shown, matrix_table
from kyoju_tui.exchange.sheets import words
from kyoju_tui.exchange.sheets.cell_text import split
from kyoju_tui.exchange.sheets.grid import Grid
from kyoju_tui.exchange.sheets.layout import LayoutColumn
from kyoju_tui.exchange.sheets.names import Decisions, Names
from kyoju_tui.exchange.sheets.own_changes import Changes
from kyoju_tui.exchange.sheets.recognising import recognise
from kyoju_tui.overview.matrix import matrix
from kyoju_tui.records.base import EntryKind
from kyoju_tui.records.entry import Entry, Status
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.text import LINE_LIMIT

Cells = Mapping[tuple[str, str], Sequence[Ref]]
"""By category and department: the records whose lines stood in a cell."""
_Usual = Mapping[tuple[str, str], set[str]]

_LINE: Final = re.compile(r"[［\[](?P<sort>[^］\]]{1,6})[］\]]\s*(?P<title>.+)")
_STATUSES: Final[tuple[Status, ...]] = get_args(Status)
_OURS: Final = frozenset({"記入なし", "該当なし", "対象外", "回答待ち", "期限超過"})
# What the layers of counts say of a cell: 取組中2, 論点1, ほか意見3件.
_COUNT: Final = re.compile(r"(?:取組中|検討中|終了|必要|課題|論点|確認|ほか意見|意見)?[0-9]+件?")
_LIKE: Final = 50
_TAKEN_OUT: Final = "表から消されていますが、ここの記録は残します。要らないときは記録の画面で削除してください。"
_NOT_HERE: Final = "この欄からは取り込めません。"
_WAYS: Final = {
    "基礎データ": "2枚目のシート「取組・課題・データ」に、1件を1行で加えてください。",
    "意見・考え方等": "意見は、会議の画面で加えてください。",
}
_AS_ROW: Final = (
    "取組・課題は、2枚目のシート「取組・課題・データ」に1件を1行で加えるか、件名の表示で書き出した表に書いてください。"
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A line of a cell: 取組中 or 課題 and the title; without brackets before it `sort` is empty."""

    where: str
    sort: str
    title: str


class OwnCells:
    """Reads a sheet of ours by the words of its heads, wherever rows and columns were moved to."""

    def __init__(self, changes: Changes, grid: Grid, refs: Cells) -> None:
        self._changes = changes
        self._grid = grid
        self._refs = refs
        self._snapshot = changes.snapshot
        self._names = Names(changes.snapshot, changes.today, Decisions())
        found = recognise(grid, self._names)
        self._layout = found if found is not None and found.of(words.CATEGORY) else None

    @property
    def headed(self) -> bool:
        """Whether its heads are there."""
        return self._layout is not None

    @property
    def titled(self) -> bool:
        """Whether its cells hold titles, which can be edited."""
        return self._layout is not None and self._grid.sheet.name.endswith(f"（{TEXTS}）")

    def read(self) -> None:
        """Take the cells of departments, and tell what was typed where nothing can be taken from."""
        layout = self._layout
        if layout is None:
            return
        usual = self._usual()
        rows = layout.of(words.CATEGORY)[0].number
        for row in range(layout.body, self._grid.height):
            # The layer of points tells their number below the name.
            written = self._grid.shared(row, rows).strip().partition("\n")[0]
            if (
                self._grid.filled(row) == [rows]
                and (fold(written), fold(layout.of(words.CATEGORY)[0].heading)) not in usual
            ):
                self._changes.unknown(self._grid.where(row, rows), written, "一覧表の行ではないため、読んでいません。")
            category = self._names.find("category", written)
            for column in layout.columns:
                if column.number != rows:
                    self._read(row, column, written, category, usual)

    def _read(self, row: int, column: LayoutColumn, written: str, category: str | None, usual: _Usual) -> None:
        department = self._names.find("department", column.name) if column.named == "department" else None
        if self.titled and category and department:
            said = list(_lines(self._grid, row, column.number))
            self._cell(said, self._refs.get((category, department), ()), category, department)
            return
        known = usual.get((fold(written), fold(column.heading)), set())
        for line in self._grid.text(row, column.number).split("\n"):
            text = _spaced(line)
            if text and text not in _OURS and not _COUNT.fullmatch(text) and fold(text) not in known:
                self._changes.unknown(
                    self._grid.where(row, column.number), text, self._why(column, written, category, department),
                    f"{written[:40]}・{column.heading[:40]}",
                )  # fmt: skip

    def _why(self, column: LayoutColumn, written: str, category: str | None, department: str | None) -> str:
        if column.heading in _WAYS:
            return f"{_NOT_HERE}{_WAYS[column.heading]}"
        if not category:
            return f"「{written[:60]}」というカテゴリーはありません。" if written else "カテゴリーが書かれていません。"
        if not department:
            return (
                f"「{column.heading[:60]}」という部署はありません。" if column.heading else "部署が書かれていません。"
            )
        return f"{_NOT_HERE}{_AS_ROW}"

    def _usual(self) -> _Usual:
        """By the names of row and column: the lines that this program writes there."""
        layer: Layer = TEXTS
        for each in LAYERS:
            if self._grid.sheet.name.endswith(f"（{each}）"):
                layer = each
        table = matrix_table(matrix(self._snapshot, self._changes.today), Shown(layer))
        found: dict[tuple[str, str], set[str]] = {}
        for boxes in table.rows:
            name = fold(boxes[0].lines[0].text)
            for box, column in zip(boxes, table.columns, strict=True):
                lines = (line for said in box.shown for line in said.text.split("\n"))
                found[name, fold(column.head)] = {fold(_spaced(line)) for line in lines}
        return found

    def _cell(self, said: list[_Said], refs: Sequence[Ref], category: str, department: str) -> None:
        entries = self._snapshot.entries
        left: dict[Ref, Entry] = {}
        for ref in refs:
            there = self._snapshot.by_id("entry", ref.id)
            if there is not None:
                left[there] = entries[there]
        for each in list(said):
            ref = next((ref for ref, entry in left.items() if _line_of(entry) == (each.sort, each.title)), None)
            if ref is not None:
                said.remove(each)
                self._changes.standing(each.where, ref, each.sort, each.title)
                del left[ref]
        for each in list(said):
            ref = self._nearest(each, left)
            if ref is not None:
                said.remove(each)
                self._edit(each, ref, left.pop(ref))
        # What stands in this cell by now, such as a line that the same file brought in before.
        beside = [ref for ref in self._snapshot.entries_by_cell.get((category, department), ()) if ref not in refs]
        for each in said:
            there = next((ref for ref in beside if _spaced(entries[ref].title) == each.title), None)
            there = there or self._changes.added(department, each.title)
            if there is not None:
                self._changes.standing(each.where, there, each.sort, each.title)
            else:
                self._add(each, category, department)
        for ref, entry in left.items():
            where = f"{self._snapshot.name('category', category)}・{self._snapshot.name('department', department)}"
            self._changes.unknown(where, "", _TAKEN_OUT, entry.title, ref)

    def _nearest(self, said: _Said, left: Mapping[Ref, Entry]) -> Ref | None:
        """The record that a line is of: the same title, one that it had, or one like it."""
        from rapidfuzz import fuzz

        for ref, entry in left.items():
            if fold(entry.title) == fold(said.title):
                return ref
        for ref in left:
            if any(_spaced(str(plain.get("title"))) == said.title for plain in self._changes.past(ref)):
                return ref
        likes = [(fuzz.ratio(fold(entry.title), fold(said.title)), ref) for ref, entry in left.items()]
        best = max(likes, default=(0.0, Ref("")))
        return best[1] if best[0] >= _LIKE else None

    def _edit(self, said: _Said, ref: Ref, entry: Entry) -> None:
        if (entry.kind == "取組") != (not said.sort or said.sort in _STATUSES):
            why = "種別は、記録の画面で変えてください。"
            self._changes.unknown(said.where, said.title, why, entry.title, ref, said.sort)
            return
        status = said.sort if said.sort in _STATUSES else entry.status
        if said.title != _spaced(entry.title):
            self._changes.edit(said.where, ref, "title", said.title, said.title)
        if status != entry.status:
            self._changes.edit(said.where, ref, "status", status, status or "")

    def _add(self, said: _Said, category: str, department: str) -> None:
        kinds: dict[str, EntryKind] = {**dict.fromkeys(_STATUSES, "取組"), "課題": "課題"}
        found = split(said.title, self._changes.today, kind=kinds.get(said.sort))
        for piece in found.pieces:
            plain: Plain = {"title": piece.title, "kind": piece.kind, "categories": [category]}
            if piece.outline:
                plain["outline"] = piece.outline
            if piece.kind == "取組":
                plain["status"] = said.sort if said.sort in _STATUSES else piece.status
            self._changes.add(said.where, department, plain, said.sort, said.title, "".join(piece.why))
        for stray in (*found.strays, *(said.title for _ in found.same)):
            self._changes.unknown(said.where, stray, "何のことか分からないため、件にできません。")


def _lines(grid: Grid, row: int, column: int) -> Iterator[_Said]:
    for line in grid.text(row, column).split("\n"):
        text = _spaced(line)
        if not text or text in _OURS:
            continue
        found = _LINE.fullmatch(text)
        known = found is not None and (found["sort"] in _STATUSES or found["sort"] == "課題")
        sort, title = (found["sort"], found["title"]) if found is not None and known else ("", text)
        if len(title) <= LINE_LIMIT:
            yield _Said(grid.where(row, column), sort, title)
        else:
            yield _Said(grid.where(row, column), "", text)


def _spaced(text: str) -> str:
    """A title for comparing with a line, whose white space spreadsheets and people change."""
    return " ".join(text.split())


def _line_of(entry: Entry) -> tuple[str, str]:
    """What this program writes of an entry: its state or kind, and its title."""
    return entry.status or entry.kind, _spaced(entry.title)
