"""会議の系列: meetings that come again, and which have gone past their interval (handbook 1-3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kyoju_tui.overview.meeting_series import Standing, following, of_series, standing
from kyoju_tui.records.base import Record
from kyoju_tui.records.dates import format_date, format_short
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Series
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.records import RecordsScreen
from kyoju_tui.ui.widgets.matrix_table import Marked
from kyoju_tui.ui.widgets.story import Sentence

_WIDE: Final = 100
PASSED: Final = "間隔を過ぎています"
_HEADS: Final = (
    ("title", "名称"),
    ("interval", "間隔"),
    ("stage", "段階"),
    ("members", "構成"),
    ("last", "前回"),
    ("due", "次の目安"),
    ("state", "状況"),
)


class SeriesScreen(RecordsScreen):
    """The list, those past their interval first."""

    KIND = "series"
    EMPTY = "定期に開く会議の系列がここに並びます。\n\nF4 で系列と間隔を決めます。間隔を過ぎるとお知らせします。"
    COMMANDS = ("open", "edit", "new", "search", "meeting.following", "remove", "reload", "back")
    DETAIL = 7

    def heads(self) -> Sequence[tuple[str, str]]:
        """What the record says, and how it stands today; on a narrow screen only what tells when the next is due."""
        return [head for head in _HEADS if self.room >= _WIDE or head[0] not in ("stage", "members")]

    def cells(self, ref: Ref, record: Record) -> Sequence[str | Marked]:
        """The days in short; what has passed stands out."""
        if not isinstance(record, Series):
            return [""] * len(self.heads())
        stands = self._standing(ref)
        strong = marks_for(self.kyoju.current_theme).strong
        told: dict[str, str | Marked] = {
            "title": record.title,
            "interval": f"{record.interval_days}日" if record.interval_days else "",
            "stage": record.stage or "",
            "members": f"{len(record.members)}部署" if record.members else "",
            "last": format_short(stands.last_on) if stands.last_on else "",
            "due": format_short(stands.due_on) if stands.due_on else "",
            "state": Marked.of((self._state(stands), strong if stands.passed else "")),
        }
        return [told[key] for key, _ in self.heads()]

    def standing(self, ref: Ref, record: Record) -> tuple[object, ...]:  # noqa: ARG002 - as every list has it
        """Those past their interval first, then by the day that comes next."""
        stands = self._standing(ref)
        return (not stands.passed, stands.due_on is None, stands.due_on or ref, ref)

    def detail(self, ref: Ref, record: Record) -> Iterable[Sentence]:
        """How often, what is due, who belongs to it."""
        if not isinstance(record, Series):
            return
        stands = self._standing(ref)
        count = len(of_series(self.snapshot, ref.id))
        last = f"前回は{format_date(stands.last_on)}です。" if stands.last_on else "まだ開いていません。"
        yield Sentence(f"{count}回分の記録があります。{last}" if count else last)
        if stands.passed and stands.due_on:
            strong = marks_for(self.kyoju.current_theme).strong
            yield Sentence(f"{PASSED}。目安は{format_date(stands.due_on)}でした。Ctrl+N で次の会議を作ります。", strong)
        elif stands.planned:
            yield Sentence(f"次は「{self.snapshot.title(stands.planned)}」です。")
        elif stands.due_on:
            yield Sentence(f"次の目安は{format_date(stands.due_on)}です。Ctrl+N で次の会議を作ります。")
        else:
            yield Sentence("Ctrl+N で会議を作ります。")
        named = "、".join(self.snapshot.name("department", each) for each in record.members)
        yield Sentence(f"構成部署　{named or '（まだありません）'}")

    def _standing(self, ref: Ref) -> Standing:
        return standing(self.snapshot, ref.id, self.today)

    def _state(self, stands: Standing) -> str:
        if stands.passed:
            return PASSED
        planned = self.snapshot.meetings.get(stands.planned) if stands.planned else None
        if planned is not None:
            return f"次回 {format_short(planned.held_on) if planned.held_on else '日は未定'}"
        return "予定なし" if stands.last_on else "未開催"

    def action_following(self) -> None:
        """The form of the next meeting of this series."""
        here = self.here
        if here is not None:
            self.add("meeting", preset=following(self.snapshot, here[0].id, self.today))
