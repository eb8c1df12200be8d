"""The overview matrix (一覧表): categories × departments, 基礎データ and 意見・考え方等 (handbook 1-2(2), 1-3(2))."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from kyoju_tui.overview.asked import Asked, CellKey, InquiryState, asked_cells
from kyoju_tui.overview.category_use import merged_rows
from kyoju_tui.overview.placing import Counts, Placing, place, placed_again
from kyoju_tui.records.base import Lens
from kyoju_tui.records.category import Category, Digest
from kyoju_tui.records.department import Department
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.finding import NEEDED, Finding
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.snapshot import Snapshot

State = Literal["記載あり", "該当なし", "対象外", "記入なし"]
_NOTHING = Counts()
# Every edit asks again for the titles of whole rows.
_folded = lru_cache(maxsize=65_536)(fold)


@dataclass(frozen=True, slots=True)
class Axis:
    """A row or a column: the id, the full name, and the name that fits a heading."""

    id: str
    name: str
    short: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A department's answer to a category.

    `state` tells the content, `inquiry` how far the newest inquiry is, `asked` which one that is. `entries` are the
    initiatives and issues (those of status 必要 too) in the order of their paths.
    """

    category: str
    department: str
    state: State
    inquiry: InquiryState
    counts: Counts
    entries: tuple[Ref, ...]
    asked: Asked | None


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """One opinion of a meeting as it stands in the matrix."""

    meeting: Ref
    id: str | None
    on: date | None
    category: str | None
    department: str | None
    lens: Lens | None
    text: str
    print: bool


@dataclass(frozen=True)
class Matrix:
    """The matrix as it stands on a day.

    `cells` has every category in use × department in use. `base_data`, `needed` and `opinions` have every category in
    use; their REFs name データ entries and data sets, 取組 of status 必要 and settled points with 「必要な取組」.
    `general_opinions` name no category in use. `homeless` are records that have content for the matrix but no place
    on it (their department or all their categories are no longer in use), so that nothing disappears unseen.
    `placing`, `asked` and `snapshot` are what the matrix was made of.
    """

    today: date
    categories: tuple[Axis, ...]
    departments: tuple[Axis, ...]
    cells: Mapping[CellKey, Cell]
    base_data: Mapping[str, tuple[Ref, ...]]
    needed: Mapping[str, tuple[Ref, ...]]
    opinions: Mapping[str, tuple[OpinionLine, ...]]
    general_opinions: tuple[OpinionLine, ...]
    digests: Mapping[str, Digest]
    homeless: tuple[Ref, ...]
    placing: Placing = field(repr=False)
    asked: Mapping[CellKey, Asked] = field(repr=False)
    snapshot: Snapshot = field(repr=False, compare=False)

    def row(self, category: str) -> tuple[Cell, ...]:
        """The cells of a category in the order of the columns."""
        return tuple(self.cells[category, department.id] for department in self.departments)

    def column(self, department: str) -> tuple[Cell, ...]:
        """The cells of a department in the order of the rows."""
        return tuple(self.cells[category.id, department] for category in self.categories)


def matrix(snapshot: Snapshot, today: date) -> Matrix:
    """The matrix of these records on this day."""
    return _composed(snapshot, today, place(snapshot.entries))


def updated(previous: Matrix, snapshot: Snapshot, changed: Collection[Ref], today: date) -> Matrix:
    """The matrix of `snapshot`, which differs from that of `previous` in the records that `changed` names.

    Equal to `matrix(snapshot, today)`, but only what the change touches is made anew.
    """
    entries = [ref for ref in changed if ref.top == "entries"]
    placing = placed_again(previous.placing, previous.snapshot.entries, snapshot.entries, entries)
    if today != previous.today or len(entries) < len(changed):
        return _composed(snapshot, today, placing)
    cells = dict(previous.cells)
    for key in cells:
        # A cell that is touched has a new tuple of entries, even where they are the same ones reworded.
        if placing.cells.get(key, ()) is not previous.placing.cells.get(key, ()):
            cells[key] = _cell(key, placing, previous.asked.get(key), snapshot.departments[key[1]])
    needed, rowless = _needed(snapshot, placing, tuple(snapshot.categories_in_use))
    return replace(
        previous,
        cells=cells,
        base_data=_base_data(snapshot, placing, tuple(snapshot.categories_in_use)),
        needed=needed,
        homeless=_homeless(snapshot, placing, cells, rowless),
        placing=placing,
        snapshot=snapshot,
    )


def _composed(snapshot: Snapshot, today: date, placing: Placing) -> Matrix:
    rows, columns = snapshot.categories_in_use, snapshot.departments_in_use(today)
    asked = asked_cells(snapshot.inquiries, rows, columns, today)
    keys = [(category, department) for category in rows for department in columns]
    cells = {key: _cell(key, placing, asked.get(key), columns[key[1]]) for key in keys}
    needed, rowless = _needed(snapshot, placing, tuple(rows))
    opinions, general = _opinions(snapshot.meetings, rows, merged_rows(snapshot.categories))
    return Matrix(
        today=today,
        categories=tuple(_axis(record_id, category) for record_id, category in rows.items()),
        departments=tuple(_axis(record_id, department) for record_id, department in columns.items()),
        cells=cells,
        base_data=_base_data(snapshot, placing, tuple(rows)),
        needed=needed,
        opinions=opinions,
        general_opinions=general,
        digests={record_id: category.digest for record_id, category in rows.items() if category.digest},
        homeless=_homeless(snapshot, placing, cells, rowless),
        placing=placing,
        asked=asked,
        snapshot=snapshot,
    )


def _axis(record_id: str, record: Category | Department) -> Axis:
    return Axis(record_id, record.name, record.short or record.name)


def _cell(key: CellKey, placing: Placing, asked: Asked | None, department: Department) -> Cell:
    category, department_id = key
    entries = placing.cells.get(key, ())
    state: State
    if entries:
        state = "記載あり"
    elif asked is not None and asked.nothing:
        state = "該当なし"
    elif department.categories and category not in department.categories:
        state = "対象外"
    else:
        state = "記入なし"
    return Cell(
        category,
        department_id,
        state,
        asked.state if asked is not None else "照会なし",
        placing.counts.get(key, _NOTHING),
        entries,
        asked,
    )


def _base_data(snapshot: Snapshot, placing: Placing, rows: tuple[str, ...]) -> dict[str, tuple[Ref, ...]]:
    """The データ entries of every row, then its data sets."""
    found = {row: list(placing.data.get(row, ())) for row in rows}
    for ref, dataset in sorted(snapshot.datasets.items()):
        for row in dict.fromkeys(dataset.categories):
            if row in found:
                found[row].append(ref)
    return {row: tuple(refs) for row, refs in found.items()}


def _needed(
    snapshot: Snapshot, placing: Placing, rows: tuple[str, ...]
) -> tuple[dict[str, tuple[Ref, ...]], list[Ref]]:
    """The 必要な取組 of every row, entries first, then settled points; and the points that belong to no row.

    A settled point gives way to an initiative of the same title in its row: a department has taken it over.
    """
    found = {row: list(placing.needed.get(row, ())) for row in rows}
    rowless: list[Ref] = []
    for ref, finding in sorted(snapshot.findings.items()):
        if finding.verdict != NEEDED:
            continue
        places = [row for row in _rows_of(finding, snapshot) if row in found]
        if not places:
            rowless.append(ref)
        for row in places:
            if not _taken_over(finding, row, snapshot, placing):
                found[row].append(ref)
    return {row: tuple(refs) for row, refs in found.items()}, rowless


def _rows_of(finding: Finding, snapshot: Snapshot) -> Iterable[str]:
    """The categories that a point is about: those it names, else those of its subjects. An area has none."""
    if finding.needed is not None and finding.needed.categories:
        return dict.fromkeys(finding.needed.categories)
    found: dict[str, None] = {}
    for subject in map(Ref, finding.subjects):
        record = snapshot.get(subject)
        if isinstance(record, Entry):
            found.update(dict.fromkeys(record.categories))
        elif isinstance(record, Category):
            found[subject.id] = None
    return found


def _taken_over(finding: Finding, row: str, snapshot: Snapshot, placing: Placing) -> bool:
    if finding.needed is None or not finding.needed.title:
        return False
    title = _folded(finding.needed.title)
    entries = snapshot.entries
    return any(
        entries[ref].kind == "取組" and _folded(entries[ref].title) == title
        for (category, _), refs in placing.cells.items()
        if category == row
        for ref in refs
    )


def _opinions(
    meetings: Mapping[Ref, Meeting], rows: Collection[str], merged: Mapping[str, str]
) -> tuple[dict[str, tuple[OpinionLine, ...]], tuple[OpinionLine, ...]]:
    """The opinions of every row, the newest meeting first and in its own order; and those of no row in use.

    An opinion on a category that was `merged` into another stands in that one's row.
    """
    found: dict[str | None, list[OpinionLine]] = {row: [] for row in rows}
    general: list[OpinionLine] = []
    for ref, meeting in sorted(meetings.items(), key=_newest_meeting_first):
        for opinion in meeting.opinions:
            if opinion.text:
                line = OpinionLine(
                    ref,
                    opinion.id,
                    meeting.held_on,
                    opinion.category,
                    opinion.department,
                    opinion.lens,
                    opinion.text,
                    opinion.print,
                )
                found.get(merged.get(opinion.category or "", opinion.category), general).append(line)
    return {row: tuple(found[row]) for row in rows}, tuple(general)


def _newest_meeting_first(item: tuple[Ref, Meeting]) -> tuple[int, Ref]:
    """Meetings without a date come last."""
    ref, meeting = item
    return -(meeting.held_on.toordinal() if meeting.held_on else 0), ref


def _homeless(
    snapshot: Snapshot, placing: Placing, cells: Collection[CellKey], rowless: Iterable[Ref]
) -> tuple[Ref, ...]:
    rows = snapshot.categories_in_use
    lost = {ref for key, refs in placing.cells.items() if key not in cells for ref in refs}
    lost.update(ref for row, refs in placing.data.items() if row not in rows for ref in refs)
    lost.update(ref for ref, dataset in snapshot.datasets.items() if rows.keys().isdisjoint(dataset.categories))
    return tuple(sorted({*(ref for ref in lost if not _shown(ref, snapshot, cells)), *rowless}))


def _shown(ref: Ref, snapshot: Snapshot, cells: Collection[CellKey]) -> bool:
    """Whether a record that has no place in one of its categories has one in another, or stands in a row at large."""
    record = snapshot.get(ref)
    if not isinstance(record, Entry):
        return False
    rows = [category for category in record.categories if category in snapshot.categories_in_use]
    if record.kind == "データ" or record.status == "必要":
        return bool(rows)
    return any((category, ref.department) in cells for category in rows)
