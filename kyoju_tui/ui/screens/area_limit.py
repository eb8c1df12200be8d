"""Limiting a list of who is active by area: 団体 and キーパーソン."""

from __future__ import annotations

from typing import Final

from kyoju_tui.records.base import Record
from kyoju_tui.records.group import Group, Person
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.forms.candidates import Candidate, candidates
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.screens.records import RecordsScreen

UNBOUND: Final = "@unbound"
UNBOUND_NAME: Final = "地域に限らない"


class AreaLimited(RecordsScreen):
    """A list that can be limited to areas, or to what is bound to none."""

    def __init__(self, record: str = "", areas: tuple[str, ...] = ()) -> None:
        """`areas` are the ids that the list is limited to."""
        super().__init__(record)
        self._areas = areas

    def chosen(self, ref: Ref, record: Record) -> bool:  # noqa: ARG002
        """Whether it is active in one of the chosen areas."""
        here = record.areas if isinstance(record, Group | Person) else ()
        return not self._areas or any(area in self._areas for area in here or (UNBOUND,))

    def limit_words(self) -> str:
        """The chosen areas by name."""
        return "・".join(UNBOUND_NAME if area == UNBOUND else self.snapshot.name("area", area) for area in self._areas)

    def area_words(self, areas: tuple[str, ...]) -> str:
        """The areas of a record by name; in words where it is bound to none."""
        return "・".join(self.snapshot.name("area", area) for area in areas) or UNBOUND_NAME

    def action_limit(self) -> None:
        """Choose areas."""

        def limit(values: tuple[str, ...] | None) -> None:
            if values is not None:
                self._areas = values
                self.show()

        offers = [*candidates(self.snapshot, "area", self.today), Candidate(UNBOUND, UNBOUND_NAME)]
        self.kyoju.push_screen(Picker("地域", offers, self._areas, many=True), limit)

    def action_edit(self) -> None:
        """Open the form."""
        if self.key_here:
            self.edit(self.key_here)
