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
from kyoju_tui.ui.screens.edit_drafts import wanted
from kyoju_tui.ui.screens.edit_keeping import Keeping
from kyoju_tui.ui.screens.list_screen import ListScreen
from kyoju_tui.ui.screens.planning import PlanningScreen
from kyoju_tui.workspace.changing.reorganising import Reorganisation, Sort, handing_over, refuse, reorganising
from kyoju_tui.workspace.changing.reorganising_forms import Form, meant
from kyoju_tui.workspace.drafts.kept import Draft

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
            self.begin(cast("Sort", what))
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

    def begin(self, sort: Sort, draft: Draft | None = None) -> None:
        """Open the form of a reorganisation, with what a draft of it holds."""
        self.run_worker(self._reorganise(sort, draft))

    async def _reorganise(self, sort: Sort, draft: Draft | None = None) -> None:
        model, _ = REORGANISATIONS[sort]
        form = f"部署の{sort}"
        if draft is None and (left := self.workspace.drafts.get(Ref(""), form)) is not None:
            draft = left if await wanted(self.kyoju, left) is not None else None
        newest: list[Plain] = [{"on": usual_day(self.today, self.starts)} if draft is None else dict(draft.plain)]
        keeping = Keeping(self, draft)

        def keep_now() -> None:
            keeping.stop()
            keeping.attempt(Draft(Ref(""), newest[-1], None, form=form))

        def keep(typed: Plain) -> None:
            newest[:] = [typed]
            keeping.soon(keep_now)

        while True:
            setting = Setting(lambda: self.today, lambda: self.snapshot)
            window = RowScreen(model, setting, newest[-1], form, keep, "変わるものを確かめる")
            given = await self.kyoju.push_screen_wait(window)
            if given is None:
                keeping.close()
                return
            newest[:] = [given]
            keep_now()
            try:
                meaning = meant(self.snapshot, cast("Form", model.model_validate(given)))
                refuse(self.snapshot, meaning)
            except KyojuError as error:
                # What was typed comes back, to be mended.
                self.kyoju.tell(error)
                continue
            break
        placed = await self._placed(meaning)
        if placed is not None:
            whole = Reorganisation(meaning.sort, meaning.on, meaning.old, meaning.successors, placed)
            await self.preview(
                form, lambda present: reorganising(present, whole, self.today), done=lambda _saved: keeping.close()
            )
        # What was typed waits as a draft until it is recorded.
        keeping.release()

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
