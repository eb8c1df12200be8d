"""Writing the forms of an inquiry out: where to, called off, written, and never marked as sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, opened, record, until_shown
from tests.ui.screen_text import screen_text

REF = "inquiries/20261101-qqqqq"


@pytest.fixture
def draft(workspace: Workspace) -> Workspace:
    """The small store with an inquiry that is not sent."""
    targets = [{"department": "korei"}, {"department": "jutaku"}]
    record(workspace, {REF: {"title": "時点修正の照会", "form": "照会", "targets": targets}})
    return workspace


async def test_the_forms_of_all_go_into_a_folder(app: KyojuApp, draft: Workspace, tmp_path: Path) -> None:
    app.start_folder = tmp_path
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot, app, "inquiries")
        await pilot.press("f12")
        await until_shown(pilot, "照会先のすべて（2部署）")
        await pilot.press("enter")
        await at_rest(pilot)
        await until_shown(pilot, "2部署の様式を書き出しました。")
        assert "Ctrl+Y" in screen_text(app)
        await pilot.press("f12")
        await until_shown(pilot, "照会先のすべて")
        await pilot.press("enter")
        await until_shown(pilot, "同じ名前のファイルがあります。置き換えますか。")
        await pilot.press("enter")
        await at_rest(pilot)
    (place,) = (each for each in tmp_path.iterdir() if each.name.startswith("照会様式_"))
    assert len(list(place.glob("*.xlsx"))) == len(list(place.glob("*_依頼文.docx"))) == 2
    assert draft.snapshot.expect(REF, Inquiry).issued_on is None


@pytest.mark.usefixtures("draft")
async def test_the_chosen_departments_alone_as_one_file(app: KyojuApp, tmp_path: Path) -> None:
    app.start_folder = tmp_path
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot, app, "inquiries", inquiry="20261101-qqqqq")
        await pilot.press("ctrl+a", "f12")
        await until_shown(pilot, "様式を書き出すフォルダー")
        assert "照会先のすべて" not in screen_text(app)
        await pilot.press("end", *".zip", "enter")
        await at_rest(pilot)
        await until_shown(pilot, "1部署の様式を書き出しました。")
    assert [each.suffix for each in tmp_path.iterdir() if each.is_file()].count(".zip") == 1


async def test_a_place_in_the_store_is_not_taken(app: KyojuApp, draft: Workspace) -> None:
    app.start_folder = draft.root.parent
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "inquiries")
        await pilot.press("f12")
        await until_shown(pilot, "様式を書き出すフォルダー")
        await pilot.press("ctrl+u", *f"{draft.root.name}/x", "enter")
        await until_shown(pilot, "保管場所の中には書き出せません。")
        await pilot.press("escape")
        await at_rest(pilot)
