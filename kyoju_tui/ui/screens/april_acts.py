"""What is done at the turn of the year: the forms of a reorganisation, the handing over, a year's results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from kyoju_tui.overview.april import entries_of, usual_day
from kyoju_tui.records.base import Part
from kyoju_tui.records.dates import format_fiscal_year
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.reorganisation import Abolishing, Renaming, Splitting, Uniting
from kyoju_tui.records.store import Store
from kyoju_tui.ui.forms.candidates import candidates
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.forms.row_screen import RowScreen
from kyoju_tui.ui.forms.setting import Setting
from kyoju_tui.ui.screens.april_placing import PlacingScreen
from kyoju_tui.ui.screens.list_screen import ListScreen
from kyoju_tui.ui.screens.planning import PlanningScreen
from kyoju_tui.workspace.reorganising import Reorganisation, Sort, handing_over, refuse, reorganising
from kyoju_tui.workspace.reorganising_forms import Form, meant

REORGANISATIONS: Final[Mapping[Sort, tuple[type[Part], str]]] = {
    "改称": (Renaming, "名称を変える"),
    "分割": (Splitting, "1つを2つ以上に分ける"),
    "統合": (Uniting, "2つ以上を1つにする"),
    "廃止": (Abolishing, "部署をなくす"),
}


class AprilActs(ListScreen, PlanningScreen):
    """The acting half of the screen; the other half tells what there is to do."""

    @property
    def year(self) -> int:
        """The fiscal year whose results are asked for, by its western number."""
        raise NotImplementedError

    @property
    def starts(self) -> int:
        """The month in which the fiscal year begins."""
        store = self.snapshot.get("store")
        return store.fiscal_year_starts if isinstance(store, Store) else 4

    def action_open(self) -> None:
        """Begin what the line says."""
        sort, _, what = self.key_here.partition(":")
        if sort == "sort":
            self.run_worker(self._reorganise(cast("Sort", what)))
        elif sort == "left":
            self.run_worker(self._hand_over(what))
        elif sort == "ends":
            self.edit(f"departments/{what}")
        elif sort == "result":
            self._fill_in(Ref(what))

    def action_edit(self) -> None:
        """Open the whole record that the line is about."""
        sort, _, what = self.key_here.partition(":")
        if sort == "result":
            self.edit(what)
        elif sort in ("left", "ends"):
            self.edit(f"departments/{what}")

    # -- reorganise ----------------------------------------------------------------------------------------------

    async def _reorganise(self, sort: Sort) -> None:
        model, _ = REORGANISATIONS[sort]
        typed: Plain = {"on": usual_day(self.today, self.starts)}
        while True:
            setting = Setting(lambda: self.today, lambda: self.snapshot)
            window = RowScreen(model, setting, typed, f"部署の{sort}", _keep_nothing, "変わるものを確かめる")
            given = await self.kyoju.push_screen_wait(window)
            if given is None:
                return
            typed = given
            try:
                wanted = meant(self.snapshot, cast("Form", model.model_validate(given)))
                refuse(self.snapshot, wanted)
            except KyojuError as error:
                # What was typed comes back, to be mended.
                self.kyoju.tell(error)
                continue
            break
        placed = await self._placed(wanted)
        if placed is not None:
            whole = Reorganisation(wanted.sort, wanted.on, wanted.old, wanted.successors, placed)
            await self.preview(f"部署の{sort}", lambda present: reorganising(present, whole, self.today))

    async def _placed(self, wanted: Reorganisation) -> Mapping[Ref, str] | None:
        """Which successor each entry goes to; None where the question was left."""
        if len(wanted.successors) < 2 or wanted.on > self.today:
            return {}
        names = {
            each.id: each.department.name if each.department is not None else self.snapshot.departments[each.id].name
            for each in wanted.successors
        }
        return await self._ask_places([ref for old in wanted.old for ref in entries_of(self.snapshot, old)], names)

    async def _ask_places(self, refs: list[Ref], names: Mapping[str, str]) -> Mapping[Ref, str] | None:
        if not refs:
            return {}
        titles = {ref: self.snapshot.title(ref) for ref in refs}
        return await self.kyoju.push_screen_wait(PlacingScreen(titles, names))

    # -- hand over, fill in --------------------------------------------------------------------------------------

    async def _hand_over(self, old: str) -> None:
        department = self.snapshot.departments[old]
        offered = [each for each in candidates(self.snapshot, "department", self.today) if each.value != old]
        known = {each.value for each in offered}
        chosen = (department.successor,) if department.successor in known else ()
        title = f"「{department.name}」を引き継ぐ部署（2つ以上も可）"
        values = await self.kyoju.push_screen_wait(Picker(title, offered, tuple(filter(None, chosen)), many=True))
        if not values:
            return
        refs = list(entries_of(self.snapshot, old))
        names = {each: self.snapshot.full_name("department", each) for each in values}
        placed = await self._ask_places(refs if len(values) > 1 else [], names)
        if placed is not None:
            await self.preview(
                f"「{department.name}」の取組・課題の引き継ぎ",
                lambda present: handing_over(present, old, values, placed, self.today),
            )

    def _fill_in(self, ref: Ref) -> None:
        """Ask for the year's results, and record them at once."""
        entry = self.snapshot.expect(ref, Entry)
        title = f"{entry.title}：{format_fiscal_year(self.year)}の実績"
        numbers = [number for number, each in enumerate(entry.results) if each.fiscal_year == self.year]
        if numbers:
            self.edit_row(ref, "results", numbers[0], title=title)
        else:
            self.add_row(ref, "results", {"fiscal_year": self.year}, title=title)


def _keep_nothing(typed: Plain) -> None:
    """A reorganisation is no record: it comes back into its form as long as the screen is open, and is no draft."""
