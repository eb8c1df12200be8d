"""Which row of an answer is which: an entry's, a new one's, the line of a category × kind; and which rows are missing.

Hidden ids decide; where they were lost, what was filled in, then the title, then the place where the row stood. Rows
that stand twice (a copied sheet, a row copied to begin a new one) are told apart by what was written into them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast, get_args

from kyoju_tui.exchange.inquiries.answer_form import Form, Line
from kyoju_tui.exchange.inquiries.answer_moved import homes
from kyoju_tui.exchange.inquiries.answer_values import Names
from kyoju_tui.exchange.inquiries.inquiry_layout import ADDED, NOTHING, Column, RowMark, check_of
from kyoju_tui.records.base import EntryKind
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import Ref

_KINDS: Final[Mapping[str, EntryKind]] = {fold(kind): kind for kind in get_args(EntryKind)}
_SURE: Final = 85
HINT: Final = "←"
"""What the note on the line of a category × kind begins with."""
_TWICE: Final = "同じ行が2か所にあり、内容が違うため、どちらが正しいか分かりません。"
_LIES: Final = "隠してある行の番号が、控えと合いません。手で書きかえられたため、取り込みません。"
_WHOSE: Final = "どの記録の行か分かりません。"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line, what it stands under, the entry (None: a new one), and the check value where it has one."""

    line: Line
    category: str
    kind: EntryKind
    entry: Ref | None = None
    check: str = ""


@dataclass(slots=True)
class Rows:
    """The rows of a form by what they are. `unclear` are those that cannot be told apart, with why."""

    entries: list[Row] = field(default_factory=list[Row])
    new: list[Row] = field(default_factory=list[Row])
    blocks: list[Row] = field(default_factory=list[Row])
    unclear: list[tuple[Line, str]] = field(default_factory=list[tuple[Line, str]])
    missing: list[RowMark] = field(default_factory=list[RowMark])


def rows_of(form: Form, categories: Names, standing: Mapping[Ref, Entry]) -> Rows:
    """The rows of a form. `standing` are the department's entries, as candidates for rows that lost their ids."""
    return _Matching(form, categories, standing).rows()


def kind_of(text: str) -> EntryKind | None:
    """The kind that a cell says, in whatever width and kana."""
    return _KINDS.get(fold(text))


def unedited(row: Row, columns: Sequence[Column]) -> bool:
    """Whether a row's fields are those that it was filled in with."""
    return bool(row.check) and row.check == check_of(row.line.text(column) for column in columns)


class _Matching:
    """One run over a form's lines."""

    def __init__(self, form: Form, categories: Names, standing: Mapping[Ref, Entry]) -> None:
        self._form = form
        self._categories = categories
        self._standing = standing
        self._rows = Rows()
        self._claimed: set[Ref] = set()
        self._in_place = True
        self._title = form.columns[0]

    def rows(self) -> Rows:
        """Marked lines first, then those without a mark, in their order."""
        marked: dict[RowMark, list[Line]] = {}
        loose: list[tuple[Line, str | None, EntryKind | None]] = []
        category: str | None = None
        kind: EntryKind | None = None
        true = [line for line in self._form.lines if line.mark is not None and not self._lies(line.mark)]
        marks = {*self._form.marks.values(), *(line.mark for line in true if line.mark is not None)}
        moved = homes(true, marks, self._standing, self._form.columns)
        for line in self._form.lines:
            home = moved.get(id(line), line.mark)
            if line.mark is not None:
                category, kind = line.mark.category, line.mark.kind
                if self._lies(line.mark):
                    self._rows.unclear.append((line, _LIES))
                    continue
            if home is not None:
                marked.setdefault(home, []).append(line)
                continue
            own = self._category(line), self._kind(line)
            category, kind = own[0] or category, own[1] or kind
            loose.append((line, category, kind))
        for mark, lines in marked.items():
            self._marked(mark, lines)
        self._loose(loose)
        self._rows.missing = [
            mark for mark in self._form.marks.values() if mark.entry is not None and mark.entry not in self._claimed
        ]
        return self._rows

    # -- rows that have their id -----------------------------------------------------------------------------------

    def _lies(self, mark: RowMark) -> bool:
        known = self._form.marks
        return bool(known) and known.get(mark.row) != mark

    def _marked(self, mark: RowMark, lines: list[Line]) -> None:
        if mark.sort == "block":
            self._block(mark, lines)
        elif mark.entry is None:
            # A row for a new entry may have been copied for another one.
            self._rows.new += [Row(line, *self._under(line, mark)) for line in self._distinct(lines)]
        else:
            self._entry(mark, mark.entry, lines)

    def _block(self, mark: RowMark, lines: list[Line]) -> None:
        said = {str(line.said.value or "").strip(): line for line in lines}
        changed = [line for text, line in said.items() if check_of([text]) != mark.check]
        if len(changed) > 1:
            self._rows.unclear += [(line, _TWICE) for line in changed]
        else:
            line = changed[0] if changed else lines[0]
            self._rows.blocks.append(Row(line, mark.category, mark.kind, check=mark.check))

    def _entry(self, mark: RowMark, entry: Ref, lines: list[Line]) -> None:
        self._claimed.add(entry)
        made = [Row(line, mark.category, mark.kind, entry, mark.check) for line in self._distinct(lines)]
        if len(made) == 1:
            self._rows.entries.append(made[0])
            return
        original = next((row for row in made if unedited(row, self._form.columns)), None)
        record = self._standing.get(entry)
        title = original.line.text(self._title) if original is not None else record.title if record is not None else ""
        same = [row for row in made if row is not original and self._titled(row.line) == fold(title)]
        others = [row for row in made if row is not original and row not in same]
        if len(same) > 1 or (not same and original is None):
            self._rows.unclear += [(row.line, _TWICE) for row in made]
            return
        self._rows.entries.append(same[0] if same else cast("Row", original))
        self._rows.new += [Row(row.line, mark.category, mark.kind) for row in others]

    def _distinct(self, lines: Iterable[Line]) -> list[Line]:
        """The lines without those that say the same as one before."""
        found: dict[tuple[object, ...], Line] = {}
        for line in lines:
            texts = tuple((cell.value, cell.fault) for cell in line.cells.values())
            found.setdefault((*texts, line.said.value), line)
        return list(found.values())

    def _under(self, line: Line, mark: RowMark) -> tuple[str, EntryKind]:
        """What a new row stands under: what the row itself says, where somebody changed it."""
        return self._category(line) or mark.category, self._kind(line) or mark.kind

    # -- rows that lost it -----------------------------------------------------------------------------------------

    def _loose(self, loose: list[tuple[Line, str | None, EntryKind | None]]) -> None:
        left: list[Row] = []
        seen: set[tuple[object, ...]] = set()
        for line, category, kind in loose:
            if category is None or kind is None:
                if line.edited:
                    self._rows.unclear.append((line, "どのカテゴリー・種別の行か分かりません。"))
                continue
            row = Row(line, category, kind)
            said = fold(str(line.said.value or ""))
            hint = line.text(self._title).startswith(HINT) and said != fold(ADDED)
            if hint or said == fold(NOTHING):
                self._rows.blocks.append(row)
            if hint or said == fold(NOTHING) or not line.edited:
                continue
            key = (category, kind, *((cell.value, cell.fault) for cell in line.cells.values()))
            if key not in seen:
                seen.add(key)
                left.append(row)
        for find in (self._by_check, self._by_title, self._by_place, self._by_likeness):
            left = [row for row in left if not self._found(row, find(row))]
        for row in left:
            if not self._titled(row.line) and not _is_new(row.line):
                self._rows.unclear.append((row.line, _WHOSE))
            else:
                self._rows.new.append(row)

    def _found(self, row: Row, entry: Ref | None) -> bool:
        if entry is None or _is_new(row.line):
            return False
        self._claimed.add(entry)
        mark = next((mark for mark in self._form.marks.values() if mark.entry == entry), None)
        if mark is not None:
            self._in_place = self._in_place and self._form.places.get(row.line.number) == mark
            self._rows.entries.append(Row(row.line, mark.category, mark.kind, entry, mark.check))
        else:
            self._rows.entries.append(Row(row.line, row.category, self._standing[entry].kind, entry))
        return True

    def _free(self, row: Row) -> list[tuple[Ref, str]]:
        """The entries that no row is found for yet, with what they are called."""
        marked = [mark.entry for mark in self._form.marks.values() if mark.entry is not None]
        refs = marked if self._form.marks or self._any_mark else [
            ref for ref, entry in self._standing.items() if row.category in entry.categories
        ]  # fmt: skip
        return [
            (ref, entry.title)
            for ref in refs
            if ref not in self._claimed and (entry := self._standing.get(ref)) is not None and entry.kind == row.kind
        ]

    @property
    def _any_mark(self) -> bool:
        return any(line.mark is not None for line in self._form.lines)

    def _by_check(self, row: Row) -> Ref | None:
        check = check_of(row.line.text(column) for column in self._form.columns)
        return next(
            (
                mark.entry
                for mark in self._form.marks.values()
                if mark.check == check and mark.entry is not None and mark.entry not in self._claimed
            ),
            None,
        )

    def _by_title(self, row: Row) -> Ref | None:
        title = self._titled(row.line)
        found = [ref for ref, name in self._free(row) if fold(name) == title]
        return found[0] if len(found) == 1 and title else None

    def _by_place(self, row: Row) -> Ref | None:
        """The entry that stood in this place, as long as all others were found where they stood."""
        mark = self._form.places.get(row.line.number)
        free = {ref for ref, _ in self._free(row)}
        return mark.entry if self._in_place and mark is not None and mark.entry in free else None

    def _by_likeness(self, row: Row) -> Ref | None:
        from rapidfuzz import fuzz, process

        free = self._free(row)
        found = process.extractOne(
            self._titled(row.line)[:300], [fold(name) for _, name in free], scorer=fuzz.ratio, score_cutoff=_SURE
        )
        return free[found[2]][0] if found is not None else None

    def _titled(self, line: Line) -> str:
        return fold(line.text(self._title))

    def _category(self, line: Line) -> str | None:
        value = line.category.value
        return self._categories.find(value) if isinstance(value, str) else None

    def _kind(self, line: Line) -> EntryKind | None:
        value = line.kind.value
        return kind_of(value) if isinstance(value, str) else None


def _is_new(line: Line) -> bool:
    return fold(str(line.said.value or "")) == fold(ADDED)
