"""What is said in the small form of one table when somebody else has changed its record."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from kyoju_tui.records.ids import Ref
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.ui.forms.remark import Said
from kyoju_tui.ui.forms.row_screen import RowScreen
from kyoju_tui.ui.screens.edit_news import UNREADABLE, News, changed_words, deleted_words, department_now

if TYPE_CHECKING:
    from kyoju_tui.ui.screens.base import KyojuScreen
    from kyoju_tui.workspace.requests import Changed


class RowNews:
    """What others do to the record while one table of it is open in `window`.

    `place` is the record, the field, and which table of a list (None: a single one; -1: one that is new); `given` is
    what the table held when the edit began.
    """

    def __init__(self, screen: KyojuScreen, place: tuple[Ref, str, int | None], given: Plain) -> None:
        self._screen = screen
        self._place = place
        self._begun = given

    def hear(self, window: RowScreen, changed: Changed) -> None:
        """Bring the form up to what its table is now where nothing was typed, and say what happened."""
        ref, field, number = self._place
        if ref not in changed.refs:
            return
        news, form = News(self._screen, window.notice), window.form
        latest, record = self._screen.workspace.base(ref), self._screen.snapshot.get(ref)
        if record is None:
            moved_to = department_now(self._screen.snapshot, ref) if latest.data is None else ""
            gone = partial(deleted_words, moved_to=moved_to, dirty=True)
            news.tell(latest, gone if latest.data is None else lambda _who: Said("caution", UNREADABLE))
            return
        if number == -1:
            return
        theirs = _table(to_plain(record).get(field), number, self._begun)
        if theirs is None:
            news.tell(latest, _row_gone)
            return
        found = form.take(theirs, self._begun)
        self._begun = found.given
        if found.changed:
            labels, kept = form.labels(found.changed), form.labels(found.contested)
            news.tell(latest, partial(changed_words, labels=labels, contested=kept, dirty=form.dirty))


def _row_gone(who: str) -> Said:
    return Said(
        "caution", f"{who}がこの行を消しました。入力した内容は残っています。記録すると、どちらにするか選べます。"
    )


def _table(value: object, number: int | None, given: Plain) -> Plain | None:
    """The table as it is now: by its id where it has one, else by its place."""
    if number is None:
        return cast("Plain", value) if isinstance(value, dict) else None if given else {}
    rows = cast("Sequence[Plain]", value) if isinstance(value, list | tuple) else ()
    if given.get("id"):
        return next((row for row in rows if row.get("id") == given["id"]), None)
    return rows[number] if number < len(rows) else None
