"""What the screens that show records have in common: read again, edit, add, delete after asking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.widgets import DataTable

from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.rows import Place, fill_table, record_at
from kyoju_tui.ui.widgets.wide_table import WideTable

if TYPE_CHECKING:
    from kyoju_tui.records.base import Record
    from kyoju_tui.ui.saving import Done
    from kyoju_tui.workspace.requests import Changed

_SHOWN = 8


class DataScreen(KyojuScreen):
    """A screen of records. Subclasses write `show`, which puts the records as they are now on the screen."""

    AUTO_FOCUS = "RecordTable"

    def show(self) -> None:
        """Put the records as they are now on the screen, touching only what differs."""
        raise NotImplementedError

    def explain(self) -> None:
        """Say what the cursor is on, where the screen has room for it; other commands may be valid there."""
        self.refresh_bindings()

    def action_open(self) -> None:
        """Open what the cursor is on; there are tables that are only read."""

    def cursor_moved(self) -> None:
        """The cursor stands elsewhere."""
        self.explain()

    def second_click(self) -> None:
        """What a second click on a line or a cell does."""
        self.action_open()

    def on_wide_table_widened(self, event: WideTable.Widened) -> None:
        """Columns follow the width."""
        event.stop()
        self.show()

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """The cursor moved to another line."""
        event.stop()
        self.cursor_moved()

    def on_data_table_cell_highlighted(self, event: DataTable.CellHighlighted) -> None:
        """The cursor moved to another cell."""
        event.stop()
        self.cursor_moved()

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """A line was clicked on again."""
        event.stop()
        self.second_click()

    def on_data_table_cell_selected(self, event: DataTable.CellSelected) -> None:
        """A cell was clicked on again."""
        event.stop()
        self.second_click()

    def records_changed(self, changed: Changed) -> None:  # noqa: ARG002 - rows tell what differs
        """Show what somebody recorded; the cursor stays."""
        self.show()

    def company_changed(self) -> None:
        """Say too who has open what the cursor is on."""
        super().company_changed()
        self.explain()

    def action_reload(self) -> None:
        """Look at the files again, off the screen's thread."""
        self.run_worker(self._reload, thread=True, exclusive=True, group="reload")

    def _reload(self) -> None:
        try:
            changed = self.workspace.refresh()
        except KyojuError as error:
            self.kyoju.call_from_thread(self.kyoju.tell, error)
            return
        said = "最新の内容です。" if changed is None else f"{len(changed.refs)}件の変更を読み込みました。"
        self.kyoju.call_from_thread(self.kyoju.notify, said)

    def edit(self, ref: str) -> None:
        """Open a record in its form."""
        self.kyoju.open_record(ref)

    def add(self, kind: str, *, department: str | None = None, preset: Mapping[str, object] | None = None) -> None:
        """Open an empty form, with what the place on the screen already says filled in."""
        from kyoju_tui.ui.screens.edit import EditScreen

        self.kyoju.push_screen(EditScreen(None, kind, department=department, preset=preset))

    def add_row(
        self,
        ref: str,
        field: str,
        preset: Mapping[str, object] | None = None,
        *,
        title: str = "",
        done: Done | None = None,
        begin: str = "",
    ) -> None:
        """Add a table to a list of a record (an opinion, a visit) by its own small form, and record it at once."""
        place = Place(Ref(ref), field, -1)
        self.run_worker(fill_table(self, place, preset, title=title, done=done, settle=self.settle, begin=begin))

    def edit_row(
        self,
        ref: str,
        field: str,
        number: int | None,
        preset: Mapping[str, object] | None = None,
        *,
        title: str = "",
        begin: str = "",
    ) -> None:
        """Open one table of a list, or that of a field (`number` None); `preset` goes over what stands there."""
        place = Place(Ref(ref), field, number)
        self.run_worker(fill_table(self, place, preset, title=title, settle=self.settle, begin=begin))

    async def settle(self, before: Record, after: Record) -> Record | None:  # noqa: ARG002 - for subclasses
        """What is recorded when a table was filled in; subclasses may ask first (None: back to the form)."""
        return after

    def change(self, ref: str, fields: Mapping[str, object], *, done: Done | None = None) -> None:
        """Record other values of some fields at once. A record of a single kind is made where there is none yet."""
        # The base first: a colleague's change that comes after it is merged.
        base = self.workspace.base(ref)
        changed = record_at(self, Ref(ref)).but(**fields)
        self.kyoju.save(lambda: self.workspace.save(ref, changed, base=base), done=done)

    def remove_record(self, ref: Ref) -> None:
        """Delete a record after asking; where others refer to it, after asking again with their names."""
        if ref:
            self.run_worker(self._ask_and_remove(ref))

    async def _ask_and_remove(self, ref: Ref) -> None:
        question = ConfirmScreen(
            f"「{self.snapshot.title(ref)}」を削除しますか。",
            "削除も履歴に残ります。直後なら Ctrl+Z で元に戻せます。",
            yes="削除する",
            no="やめる",
        )
        if not await self.kyoju.push_screen_wait(question):
            return
        left = tuple(dict.fromkeys(each.source for each in self.snapshot.referrers.get(ref, ())))
        if left and not await self.kyoju.push_screen_wait(self._still_named(ref, left)):
            return
        self.kyoju.save(lambda: self.workspace.delete(ref, force=bool(left)))

    def _still_named(self, ref: Ref, left: tuple[Ref, ...]) -> ConfirmScreen:
        named = "\n".join(f"・{self.snapshot.title(each)}" for each in left[:_SHOWN])
        more = f"\nほか{len(left) - _SHOWN}件" if len(left) > _SHOWN else ""
        return ConfirmScreen(
            f"「{self.snapshot.title(ref)}」は、次の{len(left)}件の記録から参照されています。それでも削除しますか。",
            f"{named}{more}\n\n参照している側は変わりません。先に参照を外すこともできます。",
            yes="それでも削除する",
            no="やめる",
        )
