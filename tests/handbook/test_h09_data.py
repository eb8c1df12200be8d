"""H 9: existing data with source, as-of date, unit and kind; figures are brought in from a file (handbook 1-2(1))."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.figures import read_figures
from tests.handbook.work import Work, at_work
from tests.ui.at_work import until

TITLE = "町丁別人口"
FIGURES = '地域,人口,65歳以上\n本町,"1,420",498\n港,X,-\n'


async def do_h09(work: Work) -> None:
    """Register statistics with their source and day, and bring the figures in."""
    await work.open("datasets")
    await work.press("f4")
    await work.type(TITLE)
    await work.press("enter")
    await work.type("澪帆市")
    await work.press("enter", "tab")
    await work.type("R8.10.1")
    await work.saved()
    file = work.store.parent / "population.csv"
    file.write_bytes(FIGURES.encode("cp932"))
    await work.press("ctrl+r")
    await work.sees("population.csv")
    await work.pilot.press("tab")
    await work.type(str(file))
    await work.pilot.press("enter")
    await until(work.pilot, lambda: "取り込みの確認" in work.shown or "どの地域でもありません" in work.shown)
    if "どの地域でもありません" in work.shown:
        # Where the store has areas, names that are none of them can be tied to one; the figures come in either way.
        await work.pilot.press("enter")
    await work.sees("取り込みの確認")
    await work.sees("本町")
    await work.saved()


async def test_h09_data_with_its_source_and_its_figures(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h09(work)
        ref, dataset = next(iter(work.snapshot.all(Dataset).items()))
        assert (dataset.title, dataset.publisher, dataset.data_kind) == (TITLE, "澪帆市", "統計")
        assert dataset.as_of is not None and dataset.as_of.isoformat() == "2026-10-01"
        assert [column.indicator for column in dataset.columns] == ["人口", "65歳以上"]
        figures = read_figures(work.workspace.figures(ref) or b"")
        assert [(row.area, row.value, row.status) for row in figures.rows] == [
            ("本町", 1420, "値"), ("本町", 498, "値"), ("港", None, "秘匿"), ("港", 0, "値"),
        ]  # fmt: skip
        assert work.subject().startswith(f"基礎データ「{TITLE}」の数値を取り込み（population.csv")
        assert work.clean()
