"""地域: the list and its views, the plot, the sheet's acts, indicators side by side."""

from __future__ import annotations

from datetime import date

import pytest

from kyoju_tui.records.area import Area
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.area_sheet import AreaSheetScreen
from kyoju_tui.ui.widgets.area_plot import AreaPlot
from kyoju_tui.ui.widgets.matrix_table import MatrixTable
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, opened, record, same_screen, until, until_shown
from tests.ui.screen_text import english_words, screen_text

EVIDENCE = {"evidence": ["朝市を続けている"]}
AREAS: dict[str, dict[str, object]] = {
    "areas/kita": {
        "name": "北団地", "status": "モデル", "status_reason": "続けている", "intent": "実施中",
        "willingness": {"level": "活発", **EVIDENCE}, "priority": {"level": "高", **EVIDENCE},
        "talks": [{"id": "t1", "with": "役員会"}],
        "visits": [{"id": "v1", "on": date(2026, 10, 27), "promises": "鍵の案を示す"}],
        "indicators": [
            {"name": "人口", "value": 4210, "unit": "人", "as_of": date(2026, 10, 1)},
            {"name": "高齢化率", "value": 43.8, "unit": "%", "as_of": date(2026, 10, 1), "denominator": "総人口"},
        ],
    },
    "areas/minami": {
        "name": "南町", "status": "候補", "intent": "始めたい",
        "willingness": {"level": "活発", **EVIDENCE}, "priority": {"level": "高"},
        "indicators": [
            {"name": "人口", "value": 310, "unit": "人", "as_of": date(2026, 4, 1)},
            {"name": "高齢化率", "value": 62.0, "unit": "%", "as_of": date(2026, 10, 1), "denominator": "不詳を除く"},
        ],
    },
    "areas/nishi": {"name": "西谷", "status": "今回は対象外"},
}  # fmt: skip


@pytest.fixture(autouse=True)
def areas(workspace: Workspace) -> None:
    record(workspace, AREAS)


async def test_the_list_marks_missing_evidence_and_has_no_score(app: KyojuApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "areas")
        assert "判断材料なし 2地域" in screen_text(app)
        same_screen(app, "areas-100x30")
        await pilot.press("f12")
        await at_rest(pilot)
        for hidden in ("活発", "始めたい", "判断材料", "優先度なし"):
            assert hidden not in screen_text(app)
        await pilot.press("ctrl+l", "ctrl+l")
        await at_rest(pilot)
        assert not app.screen.query_one(AreaPlot).display


async def test_in_the_plot_of_two_in_one_place_one_is_asked_for(app: KyojuApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, "areas")
        await pilot.press("ctrl+l", "ctrl+l")
        await until_shown(pilot, "優先度＼意欲")
        plot = app.screen.query_one(AreaPlot)
        assert plot.place == ("高", "活発")
        shown = screen_text(app)
        assert "・北団地" in shown and "・南町" in shown and english_words(shown) == []
        await pilot.press("down")
        await until_shown(pilot, "優先度「中」・意欲「活発」の地域はありません")
        await pilot.press("up", "enter")
        await until_shown(pilot, "地域を選ぶ")
        await pilot.press("down", "enter")
        await at_rest(pilot)
        assert isinstance(app.screen, AreaSheetScreen) and app.screen.ref == "areas/minami"
        assert "優先度が指標だけで付いています" in screen_text(app)


async def test_a_change_of_status_is_not_recorded_without_its_reason(app: KyojuApp, workspace: Workspace) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "areas")
        await pilot.press("down", "enter")
        await at_rest(pilot)
        # Enter on 位置づけ asks for the reason, too.
        await pilot.press("enter", "right", "right", "enter")
        await until_shown(pilot, "「対象」とする理由")
        await pilot.press("enter")
        await until_shown(pilot, "入力してください")
        await pilot.press("escape")
        await at_rest(pilot)
        assert workspace.snapshot.expect("areas/minami", Area).status == "候補"


async def test_without_lessons_a_lesson_is_asked_for_first(app: KyojuApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "areas")
        await pilot.press("enter")
        await at_rest(pilot)
        assert "残っている約束（R8.10.27）：鍵の案を示す" in screen_text(app)
        await pilot.press("ctrl+n")
        await until_shown(pilot, "分かったことを記録")


async def test_indicators_side_by_side(app: KyojuApp, workspace: Workspace) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "areas")
        await pilot.press("down", "ctrl+g")
        await until_shown(pilot, "指標の比較　2地域")
        shown = screen_text(app)
        assert "4,210人" in shown and "62.0%" in shown and "参考" in shown
        assert "時点が違う" in shown and "分母が違う" in shown
        table = app.screen.query_one(MatrixTable)
        assert (table.row_key, table.column_key) == ("人口", "areas/minami")
        assert "人口が500人未満のため、率は参考です" in shown
        await pilot.press("f4")
        await until_shown(pilot, "指標を加える")
        await pilot.press("escape")
        await at_rest(pilot)
        record(
            workspace,
            {"areas/kita": {name: value for name, value in AREAS["areas/kita"].items() if name != "indicators"}},
        )
        await until(pilot, lambda: "1地域" in screen_text(app))
