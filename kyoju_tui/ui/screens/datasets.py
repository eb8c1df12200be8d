"""基礎データ: existing data with source and date, and the figures beside it (handbook 1-2(1))."""

from __future__ import annotations

from collections.abc import Iterable

from kyoju_tui.records.base import Record
from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.screens.records import RecordsScreen
from kyoju_tui.ui.screens.sheet import SheetScreen
from kyoju_tui.ui.widgets.story import Sentence


class DatasetsScreen(RecordsScreen):
    """The list, and where the one under the cursor comes from."""

    KIND = "dataset"
    DETAIL = 6
    EMPTY = (
        "人口、世帯、住宅、施設、これまでのアンケートや窓口の声などの既にある資料がここに並びます。\n\n"
        "F4 で資料を登録します。Ctrl+R で、統計の表（CSV、Excel）から資料を作れます。新しい調査をする必要はありません。"
    )
    COMMANDS = (
        "open", "edit", "new", "search", "datasets.figures", "datasets.take",
        "datasets.take-new", "datasets.mappings", "remove", "reload", "back",
    )  # fmt: skip

    def standing(self, ref: Ref, record: Record) -> tuple[object, ...]:
        """Those without a date or a source first, for they are to be completed; then the newest."""
        dataset = _dataset(record)
        day = dataset.as_of.toordinal() if dataset.as_of is not None else 0
        return (bool(dataset.as_of and dataset.publisher), -day, ref)

    def detail(self, ref: Ref, record: Record) -> Iterable[Sentence]:  # noqa: ARG002
        """Source, date, unit, and what may be done with it."""
        dataset = _dataset(record)
        as_of = f"{format_date(dataset.as_of, weekday=False)}時点" if dataset.as_of else "時点が書かれていません"
        yield Sentence(f"{as_of}　{dataset.publisher or '公表元が書かれていません'}", "bold")
        told = (dataset.survey, dataset.data_kind, f"単位：{dataset.unit}" if dataset.unit else None)
        yield Sentence("　".join(filter(None, told)))
        names = "、".join(filter(None, (column.indicator for column in dataset.columns)))
        yield Sentence(f"指標：{names}" if names else "数値はまだ取り込まれていません。Ctrl+R で取り込みます。")
        if dataset.licence or dataset.attribution:
            yield Sentence("　".join(filter(None, (dataset.licence, dataset.attribution))), "dim")

    # -- acting --------------------------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Open the sheet."""
        if self.key_here:
            self.kyoju.push_screen(SheetScreen(self.key_here))

    def action_edit(self) -> None:
        """Open the form."""
        if self.key_here:
            self.edit(self.key_here)

    def action_new(self) -> None:
        """An empty form; most data is statistics."""
        self.add("dataset", preset={"data_kind": "統計"})

    def action_figures(self) -> None:
        """Show the figures of the data set under the cursor."""
        if not self.key_here:
            return
        try:
            data = self.workspace.figures(self.key_here)
        except KyojuError as error:
            self.kyoju.tell(error)
            return
        if data is None:
            self.kyoju.notify("この資料には、まだ数値がありません。Ctrl+R で表（CSV、Excel）を取り込めます。")
        else:
            from kyoju_tui.ui.screens.figures import FiguresScreen

            self.kyoju.push_screen(FiguresScreen(self.key_here, data))

    def action_take(self) -> None:
        """Bring a file of figures to the data set under the cursor; where there is none, to a new one."""
        self._bring(Ref(self.key_here) if self.key_here else None)

    def action_take_new(self) -> None:
        """Make a new data set of a file of figures."""
        self._bring(None)

    def _bring(self, ref: Ref | None) -> None:
        from kyoju_tui.ui.screens.statistics_taking import take_table

        self.run_worker(take_table(self, ref))

    def action_mappings(self) -> None:
        """Show how tables are read."""
        from kyoju_tui.ui.screens.mappings import MappingsScreen

        self.kyoju.push_screen(MappingsScreen())


def _dataset(record: Record) -> Dataset:
    if not isinstance(record, Dataset):
        raise TypeError(f"no data set: {type(record)}")
    return record
