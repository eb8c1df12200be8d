"""From any screen to the history of what the cursor is on: a record, a cell, a field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.ui.forms.candidates import Candidate
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.widgets.record_table import RecordTable
from kyoju_tui.workspace.past.wanted import Wanted

if TYPE_CHECKING:
    from kyoju_tui.ui.screens.base import KyojuScreen


def record_here(screen: KyojuScreen) -> Wanted:
    """The record whose line the cursor is on, else the one that the screen lays out; nothing where there is neither."""
    focused = screen.focused
    table = focused if isinstance(focused, RecordTable) else next(iter(screen.query(RecordTable)), None)
    for key in (None if table is None else table.row_key, getattr(screen, "ref", None)):
        if isinstance(key, str) and Ref(key) in screen.snapshot:
            return Wanted(ref=Ref(key))
    return Wanted()


def open_history_here(screen: KyojuScreen) -> None:
    """Show the history of what the cursor is on; of several records one is asked for."""
    there = [ref for ref in dict.fromkeys(screen.refs_here()) if ref in screen.snapshot]
    if not there:
        open_history(screen, screen.wanted_here())
    elif len(there) == 1:
        open_history(screen, Wanted(ref=there[0]))
    else:
        titled = [Candidate(str(ref), screen.snapshot.title(ref), kind_of(ref).label) for ref in there]

        def chosen(values: Sequence[str] | None) -> None:
            if values:
                open_history(screen, Wanted(ref=Ref(values[0])))

        screen.kyoju.push_screen(Picker("履歴を見る記録", titled, (), many=False), chosen)


def open_history(screen: KyojuScreen, wanted: Wanted) -> None:
    """Show who changed this, when and from what: a field with its earlier values, else saves."""
    from kyoju_tui.ui.screens.history import HistoryScreen
    from kyoju_tui.ui.screens.history_value import ValueScreen

    if wanted.ref is not None and wanted.field:
        screen.kyoju.push_screen(ValueScreen(wanted.ref, wanted.field))
    elif not isinstance(screen, HistoryScreen):
        screen.kyoju.open_screen("history", wanted=wanted)
    elif wanted == Wanted():
        screen.kyoju.notify("いくつもの記録があります。Enter で開いて、見たい記録を選んでください。")
    elif wanted != screen.limits.wanted:
        screen.kyoju.open_screen("history", wanted=wanted)
