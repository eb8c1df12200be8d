"""What is said in an open form whose record somebody else has changed: who, which fields, and what became of mine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.forms.record_form import RecordForm
from kyoju_tui.ui.forms.remark import Remark, Said
from kyoju_tui.ui.presence_words import person
from kyoju_tui.ui.screens.edit_subject import Subject
from kyoju_tui.workspace.past.recorded_by import recorded_by
from kyoju_tui.workspace.presence.open_records import name_in
from kyoju_tui.workspace.requests import Base

if TYPE_CHECKING:
    from kyoju_tui.ui.screens.base import KyojuScreen

_NAMED: Final = 4
# The file changes a moment before the history has its commit: asked so often, so far apart (seconds).
_TIMES: Final = 8
_APART: Final = 0.4
_UNTOUCHED: Final = "入力した項目はそのままです。"
UNREADABLE: Final = (
    "この記録のファイルが読み取れなくなりました。入力した内容は残っています。点検で場所を確かめてください。"
)


def changed_words(who: str, labels: Sequence[str], contested: Sequence[str], *, dirty: bool) -> Said:
    """Some fields were changed; `contested` are those of them in which something else is typed here.

    `who` is a person with さん, or in general words.
    """
    what = _listed(labels)
    told = f"{who}が {what} を変えました。" if what else f"{who}がこの記録を更新しました。"
    if contested:
        kept = f"{_listed(contested)} は入力中の内容のままです。記録するときに合わせます（同じ所なら選べます）。"
        return Said("caution", f"{told}{kept}")
    return Said("caution" if dirty else "reading", f"{told}新しい内容を表示しています。{_UNTOUCHED if dirty else ''}")


def deleted_words(who: str, moved_to: str, *, dirty: bool) -> Said:
    """The record is gone, or lies with another department now."""
    what = f"この記録を「{moved_to}」へ移しました" if moved_to else "この記録を削除しました"
    way = "記録すると、どちらにするか選べます。" if dirty else "Esc で閉じます。"
    return Said("caution", f"{who}が{what}。{'入力した内容は残っています。' if dirty else ''}{way}")


def follow(news: News, subject: Subject, form: RecordForm) -> None:
    """Bring a form up to what its record is now, and say what happened.

    The edit begins anew from there, unless something else was typed where the other has changed something: then the
    save has to see both.
    """
    latest = subject.latest()
    if latest.data == subject.base.data:
        return
    theirs = subject.parsed(latest)
    if theirs is None:
        moved_to = department_now(form.snapshot, latest.ref) if latest.data is None else ""
        gone = partial(deleted_words, moved_to=moved_to, dirty=form.dirty)
        news.tell(latest, gone if latest.data is None else lambda _who: Said("caution", UNREADABLE))
        return
    found = form.take(theirs)
    if not found.contested:
        subject.base = latest
    if found.changed:
        words = partial(
            changed_words, labels=form.labels(found.changed), contested=form.labels(found.contested), dirty=form.dirty
        )
        news.tell(latest, words)


def department_now(snapshot: Snapshot, ref: Ref) -> str:
    """With which department an entry lies that is gone from its place; empty where it is gone altogether."""
    if ref.department is None:
        return ""
    place = next((each for each in snapshot.entries if each.id == ref.id and each != ref), None)
    return "" if place is None else snapshot.name("department", place.department or "")


class News:
    """Says what others did in the notice of a form, at once in general words, with the name once the history has it."""

    def __init__(self, screen: KyojuScreen, notice: Remark) -> None:
        self._screen = screen
        self._notice = notice
        self._number = 0

    def tell(self, latest: Base, said: Callable[[str], Said]) -> None:
        """Say it; `said` gets who it was, `latest` is what they left."""
        self._number += 1
        self._notice.say(said(person("")))
        if not self._screen.kyoju.company.projecting:
            self._ask(latest, said, self._number, _TIMES)

    def _ask(self, latest: Base, said: Callable[[str], Said], number: int, times: int) -> None:
        def ask() -> None:
            workspace = self._screen.workspace
            who = recorded_by(workspace, latest)
            words = "別の画面のご自分" if who and who == name_in(workspace) else person(who) if who else ""
            self._screen.from_thread(self._take, words, latest, said, number, times)

        self._screen.run_worker(ask, thread=True, group="news")

    def _take(self, who: str, latest: Base, said: Callable[[str], Said], number: int, times: int) -> None:
        if number != self._number:
            # Something else has happened since.
            return
        if who:
            self._notice.say(said(who))
        elif times > 1:
            self._screen.set_timer(_APART, lambda: self._ask_again(latest, said, number, times - 1))

    def _ask_again(self, latest: Base, said: Callable[[str], Said], number: int, times: int) -> None:
        if number == self._number:
            self._ask(latest, said, number, times)


def _listed(labels: Sequence[str]) -> str:
    named = "・".join(dict.fromkeys(labels[:_NAMED]))
    return f"{named} ほか{len(labels) - _NAMED}項目" if len(labels) > _NAMED else named
