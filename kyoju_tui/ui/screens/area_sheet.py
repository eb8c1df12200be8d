"""The sheet of an area: what is owed to it, how it was chosen, what was heard and passed on (handbook 3-1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kyoju_tui.overview.areas import figure_words
from kyoju_tui.overview.choosing import is_open, open_promises, overlaps, received, remarks
from kyoju_tui.records.area import Area, Indicator
from kyoju_tui.records.base import Part, Record
from kyoju_tui.records.dates import format_date, format_short
from kyoju_tui.records.description import Described
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.area_acts import AreaActs
from kyoju_tui.ui.widgets.story import Sentence

_FIRST: Final = (
    "status", "status_reason", "intent", "willingness", "priority", "proposals", "talks", "visits", "lessons",
    "passed_to", "indicators", "scope", "members", "community", "small_areas", "daily_living_area", "school_district",
    "formation", "location",
)  # fmt: skip
_SHOWN: Final = 3


class AreaSheetScreen(AreaActs):
    """One area."""

    TOLD = 6
    COMMANDS = (
        "open", "edit", "new", "areas.visit", "areas.status", "areas.pass", "areas.keep", "areas.compare", "sheet.cut",
        "reload", "back",
    )  # fmt: skip

    @property
    def area(self) -> Area:
        """The area as it is now."""
        return self.snapshot.expect(self.ref, Area)

    @property
    def fields(self) -> Sequence[Described]:
        """What is decided and heard first, then what the area is, then all the rest."""
        order = {name: place for place, name in enumerate(_FIRST)}
        return sorted(super().fields, key=lambda field: order.get(field.name, len(order)))

    def told(self, record: Record) -> Iterable[Sentence]:  # noqa: ARG002 - the snapshot has it
        """Promises that are not kept, what is to be looked at again, what came from other areas."""
        marks = marks_for(self.kyoju.current_theme)
        for promise in open_promises(self.snapshot, self.ref):
            on = f"（{format_short(promise.on)}）" if promise.on else ""
            yield Sentence(f"残っている約束{on}：{promise.text}", marks.strong)
        for remark in remarks(self.snapshot, self.ref):
            yield Sentence(remark, marks.waiting)
        for came in received(self.snapshot).get(self.ref, ()):
            on = f"・{format_short(came.on)}" if came.on else ""
            yield Sentence(f"横展開で受け取ったこと（{self.snapshot.title(came.source)}から{on}）：{came.text}")
        yield from self._shared()

    def _shared(self) -> Iterable[Sentence]:
        shared: dict[tuple[str, str], list[str]] = {}
        for overlap in overlaps(self.snapshot).get(self.ref, ()):
            shared.setdefault((overlap.other, overlap.kind), []).append(overlap.name)
        for (other, kind), names in shared.items():
            more = f"ほか{len(names) - _SHOWN}" if len(names) > _SHOWN else ""
            listed = "、".join(names[:_SHOWN]) + more
            yield Sentence(
                f"「{self.snapshot.title(other)}」と{kind}が重なっています：{listed}（重なっていても構いません）"
            )

    def line_of(self, part: Part) -> tuple[str, str]:
        """Figures with their unit and day; whether a promise is still to be kept."""
        if isinstance(part, Indicator):
            on = f"{format_date(part.as_of, weekday=False)}時点" if part.as_of else ""
            divisor = f"分母：{part.denominator}" if part.denominator else ""
            source = f"出所：{self.snapshot.name('dataset', part.dataset)}" if part.dataset else ""
            return part.name, "　".join(filter(None, (figure_words(part), on, divisor, source)))
        return super().line_of(part)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A promise can be kept where one is open."""
        if action == "keep" and self.is_mounted:
            return self.visit_here is not None and is_open(self.visit_here)
        return super().check_action(action, parameters)
