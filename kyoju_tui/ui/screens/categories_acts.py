"""What is done to a category: added from suggestions, merged into another, taken out of use and back."""

from __future__ import annotations

from kyoju_tui.records.category import Category
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.forms.candidates import Candidate, candidates
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.ordered import OrderedScreen
from kyoju_tui.workspace.changing.merging import merging, only_here, retiring, reviving
from kyoju_tui.workspace.new_store.presets import LABELS, PRESETS, adding, adding_preset, suggestions


class CategoriesActs(OrderedScreen):
    """The acting half of the screen; the other half tells what stands in each category."""

    KIND = "category"
    HOW_TO_CLOSE = "Ctrl+R で廃止すると、記録を残したまま一覧表から外せます。"

    @property
    def category_here(self) -> tuple[Ref, Category] | None:
        """The category under the cursor."""
        here = self.here
        return (here[0], here[1]) if here is not None and isinstance(here[1], Category) else None

    def action_new(self) -> None:
        """Ask how: by a name of one's own, from suggestions, or a whole preset."""
        self.run_worker(self._add())

    async def _add(self) -> None:
        question = ChooseScreen(
            "カテゴリーを加えます。",
            "候補には、手引きの例のうちまだないものが並びます。",
            answers=(("own", "名称を決めて加える"), ("some", "候補から選ぶ"), ("preset", "型をまとめて加える")),
        )
        answer = await self.kyoju.push_screen_wait(question)
        if answer == "own":
            self.add("category", preset={"order": self.next_order()})
        elif answer == "some":
            await self._add_some()
        elif answer == "preset":
            await self._add_preset()

    async def _add_some(self) -> None:
        offered = suggestions(self.snapshot)
        choices = [Candidate(each.id, each.name, each.origin, (each.reading,)) for each in offered]
        values = await self.kyoju.push_screen_wait(Picker("加えるカテゴリー", choices, (), many=True))
        chosen = [each for each in offered if each.id in (values or ())]
        if chosen:
            self.carry_out(lambda present: adding(present, chosen))

    async def _add_preset(self) -> None:
        choices = [
            Candidate(preset, LABELS[preset], "・".join(name for _, name, _ in rows))
            for preset, rows in PRESETS.items()
        ]
        values = await self.kyoju.push_screen_wait(Picker("型", choices, (), many=False))
        if values:
            await self.preview(
                f"{LABELS[values[0]]}のうち、ないものを加えます", lambda present: adding_preset(present, values[0])
            )

    def action_merge(self) -> None:
        """Ask for the other category, show what changes, and merge."""
        here = self.category_here
        if here is not None:
            self.run_worker(self._merge(*here))

    async def _merge(self, ref: Ref, category: Category) -> None:
        if self.closed(category):
            self.kyoju.notify(f"「{category.name}」は廃止または統合されています。Ctrl+R で使用に戻せます。")
            return
        others = [each for each in candidates(self.snapshot, "category", self.today) if each.value != ref.id]
        values = await self.kyoju.push_screen_wait(Picker(f"「{category.name}」の統合先", others, (), many=False))
        if values:
            name = self.snapshot.full_name("category", values[0])
            await self.preview(
                f"「{category.name}」を「{name}」に統合します",
                lambda present: merging(present, ref.id, values[0], self.today),
            )

    def action_retire(self) -> None:
        """Take it out of use, or back; ask first where entries would be seen nowhere."""
        here = self.category_here
        if here is not None:
            self.run_worker(self._retire(*here))

    async def _retire(self, ref: Ref, category: Category) -> None:
        if self.closed(category):
            if category.merged_into is None or await self.kyoju.push_screen_wait(self._not_taken_back(category)):
                self.carry_out(lambda present: reviving(present, ref.id))
            return
        left = only_here(self.snapshot, ref.id)
        question = ConfirmScreen(
            f"「{category.name}」を廃止しますか。",
            f"このカテゴリーだけに入っている取組・課題など{len(left)}件が、一覧表に出なくなります。"
            "統合（Ctrl+G）なら、ほかのカテゴリーに移せます。",
            yes="廃止する",
            no="やめる",
        )
        if not left or await self.kyoju.push_screen_wait(question):
            self.carry_out(lambda present: retiring(present, ref.id))

    def _not_taken_back(self, category: Category) -> ConfirmScreen:
        heir = self.snapshot.full_name("category", category.merged_into or "")
        return ConfirmScreen(
            f"「{category.name}」を使用に戻しますか。",
            f"統合で移した取組・課題などは「{heir}」に残ります。"
            "統合そのものをなかったことにするには、直後の Ctrl+Z で取り消してください。",
            yes="使用に戻す",
            no="やめる",
        )
