"""A sheet as one save: new entries, fields that a corrected sheet changes, and what is left to a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kyoju_tui.exchange.books.gate import shown_name
from kyoju_tui.exchange.books.values import Book
from kyoju_tui.exchange.bringing import Bringing, Cancelled, Placed, Stopped, Told, never, silent
from kyoju_tui.exchange.sheets.creating import creations
from kyoju_tui.exchange.sheets.found import Left, Reading
from kyoju_tui.exchange.sheets.grid import Grid, hidden_letters
from kyoju_tui.exchange.sheets.layout import Layout, kept, same_mapping
from kyoju_tui.exchange.sheets.matching import matched
from kyoju_tui.exchange.sheets.names import Decisions, Named, Names
from kyoju_tui.exchange.sheets.page import unknown_words
from kyoju_tui.exchange.sheets.planning import Plan
from kyoju_tui.exchange.sheets.reading import read_grid
from kyoju_tui.records.ids import new_id
from kyoju_tui.records.kinds import KINDS
from kyoju_tui.records.mapping import Mapping as SheetMapping
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.text import LINE_LIMIT
from kyoju_tui.workspace.past.brought import brought
from kyoju_tui.workspace.requests import Base, Change, Put
from kyoju_tui.workspace.workspace import Workspace

SUBJECT: Final = "既存の表「"
"""How the first line of every such save begins."""

_EVERY: Final = 100
_NO_LONGER: Final = "前に取り込んだときはこの表にありましたが、今はありません。ここの記録は残します。"


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
    plan = Plan(snapshot, names, bases, today)
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
    plan: Plan, layout: Layout, decisions: Decisions, snapshot: Snapshot, file: str
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
