"""基礎データ: existing data with source and date, and the figures beside it (handbook 1-2(1))."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kyoju_tui.records.base import Record
from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.records import RecordsScreen
from kyoju_tui.ui.screens.sheet import SheetScreen
from kyoju_tui.ui.widgets.story import Sentence


class DatasetsScreen(RecordsScreen):
    """The list, and where the one under the cursor comes from."""

    KIND = "dataset"
    DETAIL = 6
    EMPTY = (
        "人口、世帯、住宅、施設、これまでのアンケートや窓口の声などの既にある資料がここに並びます。\n\n"
        "F4 で資料を登録します。新しい調査をする必要はありません。"
    )
    COMMANDS = (
        "open", "edit", "new", "search", "datasets.figures", "datasets.take", "remove", "reload", "back",
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
            self.kyoju.notify("この資料には、まだ数値がありません。Ctrl+R でCSVファイルを取り込めます。")
        else:
            from kyoju_tui.ui.screens.figures import FiguresScreen

            self.kyoju.push_screen(FiguresScreen(self.key_here, data))

    def action_take(self) -> None:
        """Bring a file of figures to the data set under the cursor."""
        if self.key_here:
            self.run_worker(self._take(self.key_here))

    async def _take(self, ref: str) -> None:
        path = await self.kyoju.push_screen_wait(
            AskScreen(
                f"「{self.snapshot.title(Ref(ref))}」に取り込むCSVファイル",
                "1行目が見出し（地域、指標1、指標2 …）で、2行目から地域ごとの数値のファイルです。\n"
                "ファイルの場所を入れてください。元のファイルは変わりません。",
                check=lambda text: "" if self._file(text).is_file() else "ファイルが見つかりません。",
                take="確かめる",
            )
        )
        if not path:
            return
        from kyoju_tui.exchange.figures_import import import_figures

        try:
            found = import_figures(self.workspace, ref, self._file(path))
        except KyojuError as error:
            self.kyoju.tell(error)
            return
        if not found.changes:
            self.kyoju.notify("\n".join(found.told))
            return
        question = ConfirmScreen("この数値を取り込みますか。", "\n".join(found.told), yes="取り込む", no="やめる")
        if await self.kyoju.push_screen_wait(question):
            self.kyoju.save(lambda: self.workspace.batch(found.changes, action="import", subject=found.subject))

    def _file(self, text: str) -> Path:
        return (self.kyoju.start_folder / Path(text.strip()).expanduser()).resolve()


def _dataset(record: Record) -> Dataset:
    if not isinstance(record, Dataset):
        raise TypeError(f"no data set: {type(record)}")
    return record
