"""The data set that a table goes into: which one, what it is called, what its record says afterwards."""

from __future__ import annotations

from datetime import date
from typing import Final

from kyoju_tui.exchange.books.gate import shown_name
from kyoju_tui.exchange.books.values import Book
from kyoju_tui.exchange.bringing import Placed
from kyoju_tui.exchange.statistics.concepts import concepts
from kyoju_tui.exchange.statistics.known import CENSUS, ESTIMATE, SIMPLE
from kyoju_tui.exchange.statistics.layout import Layout, Tidy
from kyoju_tui.exchange.statistics.made import made
from kyoju_tui.exchange.statistics.matching import place_key
from kyoju_tui.exchange.statistics.table import Table
from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.ids import Ref, new_part_id
from kyoju_tui.records.plain import to_plain
from kyoju_tui.workspace.workspace import Workspace

_NOTE_LIMIT: Final = 4000


def place(workspace: Workspace, title: str, today: date) -> tuple[Ref, Dataset | None]:
    """The data set of this title, or a REF for a new one."""
    key = place_key(title)
    found = [(ref, each) for ref, each in workspace.snapshot.all(Dataset).items() if place_key(each.title) == key]
    if len(found) > 1:
        raise InvalidValue(
            f"「{title}」という資料が{len(found)}つあります。何も取り込んでいません。",
            field="dataset",
            cure=f"取り込む先の資料を選んでから取り込んでください（{found[0][0]} など）。",
        )
    return found[0] if found else (workspace.new_ref("dataset", made(Dataset, {"title": title}), today=today), None)


def title_of(book: Book, layout: Layout | Tidy, table: Table) -> str:
    """What a new data set is called: after the mapping or the layout, and the municipality where there is one."""
    if isinstance(layout, Tidy):
        return shown_name(book.file).rpartition(".")[0] or shown_name(book.file)
    title = layout.title
    counted = concepts(table.columns)
    if title == SIMPLE or (title == ESTIMATE and "人口" not in counted and "世帯数" not in counted):
        return shown_name(book.file).rpartition(".")[0] or shown_name(book.file)
    if title != CENSUS:
        return title
    # Its tables differ by their codes: one must not take the place of another.
    title = f"{title} {table.columns[0].heading.partition('／')[0][:7]}"
    cities = {row.city for row in table.rows}
    return f"{title}（{next(iter(cities))}）" if len(cities) == 1 and "" not in cities else title


def dataset_of(existing: Dataset | None, title: str, as_of: date | None, table: Table) -> Dataset:
    """The data set as it will be; what is written there already stays, but for the day that the file tells."""
    dataset = existing or made(
        Dataset, {"title": title, "publisher": table.publisher, "survey": table.survey, "data_kind": "統計"}
    )
    plain = to_plain(dataset)
    known = {column.indicator: to_plain(column) for column in dataset.columns}
    taken = {str(column.id) for column in dataset.columns}
    columns = [to_plain(column) for column in dataset.columns]
    for column in table.columns:
        if column.indicator in known:
            continue
        fresh: dict[str, object] = {"id": new_part_id(taken), "indicator": column.indicator}
        taken.add(str(fresh["id"]))
        fresh |= {name: said for name, said in (("unit", column.unit), ("denominator", column.denominator)) if said}
        columns.append(fresh)
    plain["columns"] = columns
    as_of = as_of or table.as_of
    if as_of is not None:
        plain["as_of"] = as_of
    units = {column.unit for column in table.columns}
    if existing is None and len(units) == 1 and "" not in units:
        plain["unit"] = next(iter(units))
    merged = next((remark for remark in table.remarks if remark.startswith("合算：")), "")
    note = dataset.note or ""
    if merged and merged not in note and len(note) + len(merged) < _NOTE_LIMIT:
        plain["note"] = f"{note}\n{merged}".strip()
    return made(Dataset, plain)


def fields(ref: Ref, before: Dataset | None, after: Dataset) -> list[Placed]:
    """What changes in the data set's own record."""
    if before is None:
        told = "　".join(filter(None, (after.publisher, day_words(after.as_of), f"{len(after.columns)}指標")))
        return [Placed("", "追加", ref, after.title, "新しい資料", after=told)]
    placed: list[Placed] = []
    if before.as_of != after.as_of:
        placed.append(
            Placed(
                "",
                "変更" if before.as_of else "追加",
                ref,
                after.title,
                "時点",
                day_words(before.as_of),
                day_words(after.as_of),
            )
        )
    fresh = [column.indicator or "" for column in after.columns[len(before.columns) :]]
    if fresh:
        placed.append(Placed("", "追加", ref, after.title, "指標", after="、".join(fresh)))
    if before.note != after.note:
        placed.append(Placed("", "変更", ref, after.title, "備考", before.note or "", after.note or ""))
    return placed


def day_words(day: date | None) -> str:
    """A day as figures are of it; empty where it is not known."""
    return "" if day is None else f"{format_date(day, weekday=False)}時点"
