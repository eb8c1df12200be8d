"""Days that stand in the wrong order, and departments that did not exist on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kyoju_tui.records.dates import format_date
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.problems import Remark
from kyoju_tui.records.snapshot import Snapshot

Told = tuple[str, date | None]

CONTRADICTION = "K601"
DOUBTFUL = "K602"
_CURE = "どちらかの日付を直してください。"


def in_order(ref: Ref, field: str, earlier: Told, later: Told, code: str = CONTRADICTION) -> Iterator[Remark]:
    """A remark where the later day is before the earlier one; each comes with what it is called."""
    (name, first), (other, second) = earlier, later
    if first is not None and second is not None and second < first:
        message = f"{other}（{_day(second)}）が{name}（{_day(first)}）より前になっています。"
        yield Remark(ref, field, message, code, _CURE)


def existing(ref: Ref, field: str, department: str | None, day: date | None, snapshot: Snapshot) -> Iterator[Remark]:
    """A remark where a department stands in something of a day on which it did not exist, not yet or no more."""
    found = snapshot.departments.get(department) if department else None
    if found is None or day is None:
        return
    if found.from_ is not None and day < found.from_:
        message = f"「{found.name}」は{_day(found.from_)}の設置で、{_day(day)}にはまだありません。"
        yield Remark(ref, field, message, "K606", "当時の部署にするか、日付を確かめてください。")
    elif found.until is not None and day > found.until:
        message = f"「{found.name}」は{_day(found.until)}で廃止され、{_day(day)}にはもうありません。"
        heir = snapshot.departments.get(found.successor or "")
        cure = (
            f"引き継いだ「{heir.name}」にするか、日付を確かめてください。" if heir else "部署か日付を確かめてください。"
        )
        yield Remark(ref, field, message, "K606", cure)


def _day(day: date) -> str:
    return format_date(day, weekday=False)
