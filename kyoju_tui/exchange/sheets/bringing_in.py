"""A sheet as one save: new entries, fields that a corrected sheet changes, and what is left to a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from pydantic import ValidationError

from kyoju_tui.exchange.books.gate import shown_name
from kyoju_tui.exchange.books.values import Book
from kyoju_tui.exchange.bringing import Bringing, Cancelled, Outcome, Placed, Stopped, Told, never, silent
from kyoju_tui.exchange.sheets.creating import creations
from kyoju_tui.exchange.sheets.found import Found, Left, Reading
from kyoju_tui.exchange.sheets.grid import Grid, hidden_letters
from kyoju_tui.exchange.sheets.layout import Layout, kept, same_mapping
from kyoju_tui.exchange.sheets.matching import Match, matched
from kyoju_tui.exchange.sheets.names import Decisions, Named, Names
from kyoju_tui.exchange.sheets.page import unknown_words
from kyoju_tui.exchange.sheets.reading import read_grid
from kyoju_tui.records.changes import changes as changes_between
from kyoju_tui.records.description import field_map
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.explain import faults
from kyoju_tui.records.ids import Ref, new_id
from kyoju_tui.records.kinds import KINDS
from kyoju_tui.records.mapping import Mapping as SheetMapping
from kyoju_tui.records.merge import Conflict, Conflicts, Merged, merge
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.text import LINE_LIMIT
from kyoju_tui.records.wording import shown
from kyoju_tui.workspace.past.brought import brought
from kyoju_tui.workspace.requests import Base, Change, Put
from kyoju_tui.workspace.workspace import Workspace

SUBJECT: Final = "既存の表「"
"""How the first line of every such save begins."""

_EVERY: Final = 100
_GONE: Final = "前に取り込んだあと、ここで削除されています。戻しません。"
_NO_LONGER: Final = "前に取り込んだときはこの表にありましたが、今はありません。ここの記録は残します。"
_WAITS: Final = "表と、ここでの変更が食い違うため、取り込みません。どちらにするか、記録の画面で決めてください。"


@dataclass(frozen=True, slots=True)
class Brings:
    """What bringing a file in would do, and the words for departments and categories that nobody settled."""

    bringing: Bringing
    unknown: Mapping[tuple[Named, str], int]
    found: int


def bring(
    workspace: Workspace,
    book: Book,
    layout: Layout,
    decisions: Decisions,
    today: date,
    *,
    told: Told = silent,
    cancelled: Cancelled = never,
) -> Brings:
    """Read the sheets of a layout and compare them with the records as they are now. Nothing is written.

    Errors: `Stopped` where it was called off; `NotASheet` for a sheet that is too large.
    """
    # Taken before the records: what is saved in between is merged.
    bases = {ref: workspace.base(ref) for ref in workspace.snapshot.entries}
    snapshot = workspace.snapshot
    names = Names(snapshot, today, decisions)
    readings = read_sheets(book, layout, names, snapshot, today, cancelled)
    found = [each for reading in readings for each in reading.found]
    matches, missing = matched(found, brought(workspace, SUBJECT), snapshot, layout.form)
    plan = _Plan(snapshot, names, bases, today)
    for number, match in enumerate(matches):
        if number % _EVERY == 0:
            told("比べています", number, len(matches))
            if cancelled():
                raise Stopped("取り込みをやめました。何も変えていません。")
        plan.take(match)
    for ref in missing:
        entry = snapshot.entries[ref]
        where = entry.source.document if entry.source is not None else ""
        plan.placed.append(Placed(where or "", "不明", ref, entry.title, why=_NO_LONGER))
    for reading in readings:
        plan.placed += [_left(each) for each in reading.left]
    puts = _with_what_it_needs(plan, layout, decisions, snapshot, shown_name(book.file))
    subject = _subject(book, plan.placed)
    remarks = (*book.remarks, *_remarks(book, readings, layout), *_loosely(names))
    bringing = Bringing(shown_name(book.file), book.sha256, tuple(plan.placed), puts, subject, remarks)
    return Brings(bringing, _in_order(unknown_words(readings), layout), len(found))


def read_sheets(
    book: Book, layout: Layout, names: Names, snapshot: Snapshot, today: date, cancelled: Cancelled = never
) -> list[Reading]:
    """The sheets of a layout, read. Errors: `Stopped`, `NotASheet`."""
    readings: list[Reading] = []
    file = shown_name(book.file)
    for sheet in book.sheets:
        if sheet.name == layout.sheet or sheet.name in layout.others:
            if cancelled():
                raise Stopped("取り込みをやめました。何も変えていません。")
            readings.append(read_grid(Grid.of(sheet), layout, names, snapshot, file, today))
    return readings


class _Plan:
    """What becomes of each entry: gathered one after the other."""

    def __init__(self, snapshot: Snapshot, names: Names, bases: Mapping[Ref, Base], today: date) -> None:
        self.placed: list[Placed] = []
        self.puts: list[Put] = []
        self._snapshot = snapshot
        self._names = names
        self._bases = bases
        self.today = today
        self._ids = set(snapshot.taken_ids("entry"))

    def take(self, match: Match) -> None:
        """Place one entry of the sheet."""
        if match.gone:
            self._place(match.found, "同じ", None, _GONE)
        elif match.ref is None:
            self._add(match.found)
        elif match.ref not in self._snapshot.entries:
            self._place(match.found, "不明", match.ref, "ここの記録のファイルを読み取れないため、比べられません。")
        else:
            self._change(match, match.ref)

    def _place(self, found: Found, outcome: Outcome, ref: Ref | None, why: str) -> None:
        told = found.said.get("outline")
        self.placed.append(
            Placed(found.where, outcome, ref, found.title, self._label(found), after=str(told or found.title), why=why)
        )

    def _label(self, found: Found) -> str:
        status = found.said.get("status") or found.assumed.get("status")
        categories = cast("Sequence[str]", found.said["categories"])
        where = "・".join(
            (
                self._names.title("department", found.department),
                *(self._names.title("category", each) for each in categories),
            )
        )
        return f"{status or found.kind}（{where}）"

    def _add(self, found: Found) -> None:
        plain = {name: value for name, value in (found.assumed | found.said).items() if value is not None}
        record = self._valid(found, plain | {"source": {"document": str(found.origin)}}, None)
        if record is None:
            return
        record_id = new_id(self.today, self._ids)
        self._ids.add(record_id)
        ref = KINDS["entry"].ref(record_id, found.department)
        self.puts.append(Put(ref, record, Base(ref, None)))
        self._place(found, "追加", ref, found.why)

    def _change(self, match: Match, ref: Ref) -> None:
        found, entry = match.found, self._snapshot.entries[ref]
        ours = to_plain(entry)
        if match.base is None:
            # Made here by somebody: what is empty is filled, and nothing replaced.
            base: Plain = {}
            said = {name: value for name, value in found.said.items() if value is not None}
        else:
            base = match.base
            said = found.assumed | found.said
        theirs = _said_on(base, said)
        merged, conflicts = _merged(base, ours, theirs)
        for each in conflicts:
            self.placed.append(self._conflict(found, ref, each))
        if changes_between(ours, merged, Entry):
            if merged.get("source") == ours.get("source") and match.base is not None:
                merged = merged | {"source": {**cast("Plain", ours.get("source") or {}), "document": str(found.origin)}}
            record = self._valid(found, merged, ref)
            if record is None:
                return
            self.puts.append(Put(ref, record, self._bases[ref]))
            self._differing(found, ref, ours, merged)
        elif not conflicts:
            self._place(found, "同じ", ref, "")

    def _differing(self, found: Found, ref: Ref, ours: Plain, merged: Plain) -> None:
        name = self._snapshot.full_name
        for each in changes_between(ours, merged, Entry, name):
            if each.field.startswith("source"):
                continue
            before, after = shown(each.before, each.about, name), shown(each.after, each.about, name)
            outcome: Outcome = "消去" if each.after is None else "追加" if each.before is None else "変更"
            title = str(ours.get("title"))
            self.placed.append(
                Placed(
                    found.where, outcome, ref, title, each.label, before if each.before is not None else "",
                    after if each.after is not None else "", found.why,
                )
            )  # fmt: skip

    def _conflict(self, found: Found, ref: Ref, each: Conflict) -> Placed:
        name = self._snapshot.full_name
        before = "" if each.ours is None else shown(each.ours, each.about, name)
        after = "" if each.theirs is None else shown(each.theirs, each.about, name)
        return Placed(
            found.where, "食い違い", ref, self._snapshot.entries[ref].title, each.label, before, after, _WAITS
        )

    def _valid(self, found: Found, plain: Plain, ref: Ref | None) -> Entry | None:
        try:
            return Entry.model_validate(plain)
        except ValidationError as error:
            why = "".join(dict.fromkeys(fault.message for fault in faults(error, Entry)))
            self._place(found, "不明", ref, why)
            return None


def _said_on(base: Plain, said: Plain) -> Plain:
    """What the sheet says now: as before, with its fields as they are now."""
    theirs = dict(base)
    for name, value in said.items():
        if value is None:
            theirs.pop(name, None)
        else:
            theirs[name] = value
    return theirs


def _merged(base: Plain, ours: Plain, theirs: Plain) -> tuple[Plain, list[Conflict]]:
    """Both sides' changes; what they changed in different ways stays as it is here, and waits for a person.

    A text of which both changed some lines waits too: the same sheet must not change it a second time.
    """
    result = merge(base, ours, theirs, Entry)
    conflicts = list(result.fields) if isinstance(result, Conflicts) else []
    if isinstance(result, Conflicts):
        result = merge(base, ours, theirs, Entry, choices={each.field: each.ours for each in conflicts})
    plain = dict(result.plain or ours) if isinstance(result, Merged) else dict(ours)
    for name, about in field_map(Entry).items():
        value = plain.get(name)
        if isinstance(value, str) and value not in (ours.get(name), theirs.get(name)):
            conflicts.append(Conflict(name, about.label, base.get(name), ours.get(name), theirs.get(name), about))
            plain[name] = ours.get(name)
    return {name: value for name, value in plain.items() if value is not None}, conflicts


def _loosely(names: Names) -> list[str]:
    """The names that were taken for another writing of a department's."""
    pairs = [f"「{word}」は「{names.title('department', found)}」" for word, found in names.loosely.items()]
    return [f"{'、'.join(pairs)}として読みました。"] if pairs else []


def _in_order(unknown: Mapping[tuple[Named, str], int], layout: Layout) -> dict[tuple[Named, str], int]:
    """Words of the head in the order of its columns, then those of rows as they come."""
    heads = {(each.named, each.name): number for number, each in enumerate(layout.columns)}
    return dict(sorted(unknown.items(), key=lambda each: heads.get(each[0], len(heads))))


def _left(each: Left) -> Placed:
    return Placed(each.where, each.outcome, None, each.heading, "", "", each.text, each.why)


def _with_what_it_needs(
    plan: _Plan, layout: Layout, decisions: Decisions, snapshot: Snapshot, file: str
) -> tuple[Change, ...]:
    """The save: new departments and categories that its entries need, the mapping, the entries. Nothing for nothing."""
    if not plan.puts:
        return ()
    made = creations(snapshot, decisions, plan.puts)
    for put in made:
        plan.placed.append(
            Placed(
                "見出し", "追加", put.ref, put.record.heading, KINDS[put.record.KIND].label, after=put.record.heading
            )
        )
    mapping = kept(layout, decisions, f"{file.rpartition('.')[0] or file}（{layout.form}）"[:LINE_LIMIT])
    puts = [*made]
    if not any(same_mapping(mapping, each) for each in snapshot.all(SheetMapping).values()):
        ref = KINDS["mapping"].ref(new_id(plan.today, snapshot.taken_ids("mapping")))
        puts.append(Put(ref, mapping, Base(ref, None)))
    return (*puts, *plan.puts)


def _subject(book: Book, placed: Sequence[Placed]) -> str:
    new = sum(
        each.outcome == "追加" and each.before == "" and each.ref is not None and not each.label.startswith("部署")
        for each in placed
    )
    changed = len({each.ref for each in placed if each.outcome in ("変更", "消去")})
    counts = "・".join(filter(None, (f"追加{new}件" if new else "", f"変更{changed}件" if changed else "")))
    return f"{SUBJECT}{shown_name(book.file)[:60]}」を取り込み（{counts or '変更なし'}、照合値 {book.sha256[:12]}）"


def _remarks(book: Book, readings: Sequence[Reading], layout: Layout) -> list[str]:
    remarks = [remark for reading in readings for remark in reading.remarks]
    hidden = hidden_letters(book)
    if hidden:
        remarks.append(f"使えない制御文字が{hidden}文字あり、除いて読みました。")
    read = {layout.sheet, *layout.others}
    unread = [sheet.name for sheet in book.sheets if sheet.name not in read and sheet.rows]
    if unread:
        names = "、".join(f"「{Grid(sheet, '').name or sheet.name}」" for sheet in book.sheets if sheet.name in unread)
        remarks.append(f"読んでいないシートがあります：{names}")
    return remarks
