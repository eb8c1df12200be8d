"""The 一覧表 that this program wrote out, edited in a spreadsheet and come back: its hidden sheet tells the records.

Titles and states that were edited come in, lines that were added are new entries. What only stands there as it once
stood here is no edit; a line that was taken out leaves its record.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, get_args

from pydantic import ValidationError

from kyoju_tui.exchange.answer_values import CellReader
from kyoju_tui.exchange.books.gate import shown_name
from kyoju_tui.exchange.books.values import Book
from kyoju_tui.exchange.bringing import Bringing, Outcome, Placed
from kyoju_tui.exchange.papers.as_xlsx import PLACES, PLACES_HEAD
from kyoju_tui.exchange.sheets import words
from kyoju_tui.exchange.sheets.cell_text import split
from kyoju_tui.exchange.sheets.field_values import FieldReader
from kyoju_tui.exchange.sheets.found import Origin
from kyoju_tui.exchange.sheets.grid import Grid, NotASheet
from kyoju_tui.exchange.sheets.names import Decisions, Names
from kyoju_tui.exchange.sheets.own_rows import RowEdit, row_edits
from kyoju_tui.exchange.sheets.recognising import recognise
from kyoju_tui.records.base import EntryKind
from kyoju_tui.records.description import field_map
from kyoju_tui.records.entry import Entry, Status
from kyoju_tui.records.explain import faults
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import Ref, new_id
from kyoju_tui.records.kinds import KINDS
from kyoju_tui.records.matching import same
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.text import LINE_LIMIT
from kyoju_tui.records.wording import shown
from kyoju_tui.workspace.requests import Base, Put
from kyoju_tui.workspace.workspace import Workspace

_LINE: Final = re.compile(r"[［\[](?P<sort>[^］\]]{1,6})[］\]]\s*(?P<title>.+)")
_STATUSES: Final[tuple[Status, ...]] = get_args(Status)
_OURS: Final = frozenset({"記入なし", "該当なし", "対象外", "回答待ち", "期限超過"})
_LIKE: Final = 50
_TITLED: Final = "（件名）"
_ROWS: Final = "取組・課題・データ"
_ONCE: Final = "ここでは別の内容になっています。書き出したあとにここで変わったか、前の内容に戻したものです。"
_TAKEN_OUT: Final = "表から消されていますが、ここの記録は残します。要らないときは記録の画面で削除してください。"


@dataclass(frozen=True, slots=True)
class _Said:
    """A line of a cell: 取組中 or 課題 and the title; without brackets before it `sort` is empty."""

    where: str
    sort: str
    title: str


def is_own(book: Book) -> bool:
    """Whether a workbook is an 一覧表 that this program wrote."""
    sheet = book.sheet(PLACES)
    return sheet is not None and bool(sheet.rows) and sheet.rows[0][: len(PLACES_HEAD)] == PLACES_HEAD


def bring_own(workspace: Workspace, book: Book, today: date) -> Bringing:
    """What the edits of our own 一覧表 change. Nothing is written. Errors: `NotASheet` for a view without titles."""
    run = _Run(workspace, book, today)
    run.read_rows()
    for sheet, refs in _places(book).items():
        run.read(sheet, refs)
    counts = [f"{name}{count}件" for name in ("追加", "変更") if (count := sum(p.outcome == name for p in run.placed))]
    told = "・".join(counts) or "変更なし"
    subject = f"一覧表「{shown_name(book.file)[:60]}」を取り込み（{told}、照合値 {book.sha256[:12]}）"
    return Bringing(
        shown_name(book.file), book.sha256, tuple(run.placed), tuple(run.puts.values()), subject, book.remarks
    )


def _places(book: Book) -> dict[str, dict[tuple[str, str], list[Ref]]]:
    """By sheet: the records of each category and department."""
    found: dict[str, dict[tuple[str, str], list[Ref]]] = defaultdict(lambda: defaultdict(list))
    hidden = book.sheet(PLACES)
    for row in hidden.rows[1:] if hidden is not None else ():
        sheet, _, category, department, refs = (*map(_text, row), "", "", "", "", "")[:5]
        if sheet and category and department:
            found[sheet][category, department] += [Ref(each) for each in refs.split()]
    return found


class _Run:
    """One reading: what was found so far."""

    def __init__(self, workspace: Workspace, book: Book, today: date) -> None:
        self.placed: list[Placed] = []
        self.puts: dict[Ref, Put] = {}
        self._bases = {ref: workspace.base(ref) for ref in workspace.snapshot.entries}
        self._workspace = workspace
        self._snapshot = workspace.snapshot
        self._book = book
        self._today = today
        self._has_rows = False
        self._ids = set(self._snapshot.taken_ids("entry"))

    def read(self, name: str, refs: Mapping[tuple[str, str], Sequence[Ref]]) -> None:
        """One sheet of ours: its cells by the words of their heads, wherever they were moved to."""
        sheet = self._book.sheet(name)
        names = Names(self._snapshot, self._today, Decisions())
        grid = Grid.of(sheet) if sheet is not None else None
        layout = recognise(grid, names) if grid is not None else None
        if grid is None or layout is None or not layout.of(words.CATEGORY) or not name.endswith(_TITLED):
            if self._has_rows:
                # Counts and points cannot be edited; the sheet of entries behind them can.
                return
            raise NotASheet(
                f"「{shown_name(self._book.file)}」からは、書き換えたところを取り込めません。何も取り込んでいません。",
                cure="一覧表を「件名」の表示で書き出し、見出しを残したまま書き換えたファイルを選んでください。",
            )
        rows = layout.of(words.CATEGORY)[0].number
        for row in range(layout.body, grid.height):
            category = names.find("category", grid.text(row, rows))
            for column in layout.columns:
                department = names.find("department", column.name) if column.named == "department" else None
                if category and department:
                    said = list(_lines(grid, row, column.number))
                    self._cell(said, refs.get((category, department), ()), category, department)

    def read_rows(self) -> None:
        """The sheet with an entry a row, where there is one."""
        sheet = self._book.sheet(_ROWS)
        if sheet is None:
            return
        self._has_rows = True
        fields = FieldReader(CellReader(self._snapshot, self._today), self._today)
        for each in row_edits(Grid.of(sheet), self._snapshot, fields):
            if each.ref is None:
                self.placed.append(Placed(each.where, "不明", None, "", "", "", each.text, each.fault))
            else:
                self._row_edit(each, each.ref)

    def _row_edit(self, each: RowEdit, ref: Ref) -> None:
        entry, about = self._snapshot.entries[ref], field_map(Entry)[each.field]
        before, name = getattr(entry, each.field), self._snapshot.full_name
        now = shown(before, about, name) if before is not None else ""
        outcome: Outcome = "変更" if each.value is not None else "消去"
        why = ""
        standing = self.puts[ref].record if ref in self.puts else entry
        if each.fault:
            outcome, why = "不明", each.fault
        elif any(same(plain.get(each.field), each.value) for plain in self._past(ref)):
            outcome, why = "食い違い", _ONCE
        else:
            try:
                self.puts[ref] = Put(ref, standing.but(**{each.field: each.value}), self._bases[ref])
            except ValidationError as error:
                outcome, why = "不明", "".join(fault.message for fault in faults(error, Entry))
        self.placed.append(Placed(each.where, outcome, ref, entry.title, about.label, now, each.text, why))

    def _cell(self, said: list[_Said], refs: Sequence[Ref], category: str, department: str) -> None:
        entries = self._snapshot.entries
        left: dict[Ref, Entry] = {}
        for ref in refs:
            there = self._snapshot.by_id("entry", ref.id)
            if there is not None:
                left[there] = entries[there]
        for each in list(said):
            ref = next(
                (ref for ref, entry in left.items() if (_sort(entry), entry.title) == (each.sort, each.title)), None
            )
            if ref is not None:
                said.remove(each)
                self._place(each, "同じ", ref, entries[ref].title)
                del left[ref]
        for each in list(said):
            ref = self._nearest(each, left)
            if ref is not None:
                said.remove(each)
                self._edit(each, ref, left.pop(ref))
        # What stands in this cell by now, such as a line that the same file brought in before.
        beside = [ref for ref in self._snapshot.entries_by_cell.get((category, department), ()) if ref not in refs]
        for each in said:
            there = next((ref for ref in beside if entries[ref].title == each.title), None)
            if there is not None:
                self._place(each, "同じ", there, each.title)
            else:
                self._add(each, category, department)
        for ref, entry in left.items():
            where = f"{self._snapshot.name('category', category)}・{self._snapshot.name('department', department)}"
            self.placed.append(Placed(where, "不明", ref, entry.title, why=_TAKEN_OUT))

    def _nearest(self, said: _Said, left: Mapping[Ref, Entry]) -> Ref | None:
        """The record that a line is of: the same title, one that it had, or one like it."""
        from rapidfuzz import fuzz

        for ref, entry in left.items():
            if fold(entry.title) == fold(said.title):
                return ref
        for ref in left:
            if any(plain.get("title") == said.title for plain in self._past(ref)):
                return ref
        likes = [(fuzz.ratio(fold(entry.title), fold(said.title)), ref) for ref, entry in left.items()]
        best = max(likes, default=(0.0, Ref("")))
        return best[1] if best[0] >= _LIKE else None

    def _edit(self, said: _Said, ref: Ref, entry: Entry) -> None:
        before: dict[str, str | None] = {"title": entry.title, "status": entry.status}
        after: dict[str, str | None] = {
            "title": said.title,
            "status": said.sort if said.sort in _STATUSES else entry.status,
        }
        if (entry.kind == "取組") != (not said.sort or said.sort in _STATUSES):
            self._place(said, "不明", ref, entry.title, why="種別は、記録の画面で変えてください。")
            return
        changed: dict[str, object] = {}
        for name, label in (("title", "件名"), ("status", "状況")):
            if before[name] == after[name]:
                continue
            once = any(plain.get(name) == after[name] for plain in self._past(ref))
            outcome: Outcome = "食い違い" if once else "変更"
            why = _ONCE if once else ""
            self.placed.append(
                Placed(said.where, outcome, ref, entry.title, label, before[name] or "", after[name] or "", why)
            )
            if not once:
                changed[name] = after[name]
        if changed:
            # The same record may stand in several rows: what was edited in one of them counts.
            standing = self.puts[ref].record if ref in self.puts else entry
            self.puts[ref] = Put(ref, standing.but(**changed), self._bases[ref])

    def _add(self, said: _Said, category: str, department: str) -> None:
        kinds: dict[str, EntryKind] = {**dict.fromkeys(_STATUSES, "取組"), "課題": "課題"}
        found = split(said.title, self._today, kind=kinds.get(said.sort))
        for piece in found.pieces:
            plain: Plain = {"title": piece.title, "kind": piece.kind, "categories": [category]}
            if piece.outline:
                plain["outline"] = piece.outline
            if piece.kind == "取組":
                plain["status"] = said.sort if said.sort in _STATUSES else piece.status
            plain["source"] = {"document": str(Origin(shown_name(self._book.file), *said.where.rsplit("!", 1)))}
            record_id = new_id(self._today, self._ids)
            self._ids.add(record_id)
            ref = KINDS["entry"].ref(record_id, department)
            self.puts[ref] = Put(ref, Entry.model_validate(plain), Base(ref, None))
            self._place(said, "追加", ref, piece.title, why="".join(piece.why))

    def _place(self, said: _Said, outcome: Outcome, ref: Ref, title: str, *, why: str = "") -> None:
        self.placed.append(Placed(said.where, outcome, ref, title, said.sort, after=said.title, why=why))

    def _past(self, ref: Ref) -> Iterator[Plain]:
        """What the record was before."""
        if self._workspace.has_past:
            yield from (plain for _, plain in self._workspace.past.states(ref)[1:] if plain is not None)


def _lines(grid: Grid, row: int, column: int) -> Iterator[_Said]:
    for line in grid.text(row, column).split("\n"):
        text = " ".join(line.split())
        if not text or text in _OURS:
            continue
        found = _LINE.fullmatch(text)
        known = found is not None and (found["sort"] in _STATUSES or found["sort"] == "課題")
        sort, title = (found["sort"], found["title"]) if found is not None and known else ("", text)
        if len(title) <= LINE_LIMIT:
            yield _Said(grid.where(row, column), sort, title)
        else:
            yield _Said(grid.where(row, column), "", text)


def _sort(entry: Entry) -> str:
    return entry.status or entry.kind


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
