"""Names of a table that are no area of the store, and remembering which area they stand for.

They are remembered in the mapping, not in the area: a name belongs to whoever publishes the table, and the same name in
another publisher's may be another place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kyoju_tui.exchange.books.values import Book
from kyoju_tui.exchange.statistics import mapped
from kyoju_tui.exchange.statistics.importing import Wish, recognised, table_of
from kyoju_tui.exchange.statistics.layout import Layout
from kyoju_tui.exchange.statistics.made import made
from kyoju_tui.exchange.statistics.matching import match
from kyoju_tui.exchange.statistics.rows import Asked
from kyoju_tui.records.area import Area
from kyoju_tui.records.ids import new_part_id
from kyoju_tui.records.mapping import Mapping
from kyoju_tui.records.plain import to_plain
from kyoju_tui.workspace.workspace import Workspace


def strangers(workspace: Workspace, book: Book, wish: Wish, today: date) -> tuple[str, ...]:
    """The names that no area of the store is known by; none where the store has no areas."""
    if not workspace.snapshot.all(Area):
        return ()
    how = recognised(workspace, book, wish)
    aliases: dict[str, str] = dict(how.layout.aliases) if isinstance(how.layout, Layout) else {}
    asked = Asked(today, wish.as_of, workspace.snapshot.store.municipality)
    table = table_of(book, how.layout, asked, wish.levels)
    return tuple(row.name for row in match(table.rows, workspace.snapshot, aliases).unmatched)


def with_alias(workspace: Workspace, book: Book, wish: Wish, names: Sequence[str], area: str, today: date) -> Wish:
    """The wish with these names tied to an area, in the mapping that is used or in a new one for the known layout."""
    how = recognised(workspace, book, wish)
    known = wish.mapping or how.mapping
    if known is None:
        title = how.layout.title
        fresh = made(Mapping, {"title": title, "form": mapped.FORM})
        known = workspace.new_ref("mapping", fresh, today=today), fresh
    ref, record = known
    plain = to_plain(record)
    values = [to_plain(each) for each in record.values]
    taken = {str(each.get("id")) for each in values}
    for name in names:
        fresh_id = new_part_id(taken)
        taken.add(fresh_id)
        values.append({"id": fresh_id, "written": name, "means": area})
    return replace(wish, mapping=(ref, made(Mapping, plain | {"values": values})))
