"""A questionnaire's files at the keyboard: forms written out, a form and a service's table brought in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kyoju_tui.overview.surveys import unaddressed
from kyoju_tui.records.group import Group
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.survey import Survey
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.choose_file import ChooseFile
from kyoju_tui.ui.screens.survey_board import SurveyBoard
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, last_message, record, until, until_shown
from tests.ui.screen_text import screen_text

# Whole tasks at the keyboard: a command of their own.
pytestmark = pytest.mark.walk


SURVEY, CAFE = Ref("surveys/20261101-sssss"), Ref("groups/20261101-cafee")
SENT = date(2026, 11, 2)


@pytest.fixture
def asked(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Ref:
    """A questionnaire to one group."""
    monkeypatch.setattr(ChooseFile, "_last", None)
    record(
        workspace,
        {
            CAFE: Group(name="つどいの会"),
            SURVEY: {
                "title": "活動の調べ", "method": "アンケート",
                "questions": [{"id": "q1aaa", "section": "今後の予定", "text": "これから行いたいこと"}],
                "targets": [{"ref": CAFE, "sent_on": SENT}],
            },
        },
    )  # fmt: skip
    return SURVEY


def survey(workspace: Workspace) -> Survey:
    return workspace.snapshot.expect(SURVEY, Survey)


def told(app: KyojuApp) -> str:
    """What was said beside the screen."""
    return "\n".join(each.message for each in app._notifications)  # pyright: ignore[reportPrivateUsage]


async def test_forms_go_out_and_answers_come_in_by_keys(
    app: KyojuApp, workspace: Workspace, asked: Ref, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "アンケート様式_令和8年11月23日"
    async with app.run_test(size=(110, 34)) as pilot:
        app.push_screen(SurveyBoard(asked))
        await until_shown(pilot, "回答率 0/1")
        await pilot.press("f12")
        await until_shown(pilot, "様式を書き出すフォルダー")
        await pilot.press("enter")
        await until(pilot, (out / "活動の調べ_つどいの会.xlsx").is_file)
        await until(pilot, lambda: "1件の相手の様式" in told(app))
        book = openpyxl.load_workbook(out / "活動の調べ_つどいの会.xlsx")
        sheet: Any = book["回答票"]
        row = next(row for row in range(1, 30) if str(sheet.cell(row, 1).value).startswith("kyoju-question"))
        sheet.cell(row, 3).value = "平日も開けたい。"
        back = tmp_path / "届いた回答"
        back.mkdir()
        book.save(back / "つどいの会.xlsx")
        monkeypatch.setattr(ChooseFile, "_last", back)
        await pilot.press("insert")
        await until_shown(pilot, "つどいの会.xlsx")
        await pilot.press("enter")
        await until_shown(pilot, "平日も開けたい。")
        await pilot.press("ctrl+s")
        await until_shown(pilot, "回答率 1/1（100%）")
        await at_rest(pilot)
        assert "今後の予定　平日も開けたい。" in screen_text(app)
        (back / "フォーム.csv").write_text(
            "タイムスタンプ,メールアドレス,これから行いたいこと\n2026/11/10,a@example.jp,朝市を開く\n", encoding="utf-8"
        )
        (back / "つどいの会.xlsx").unlink()
        await pilot.press("insert")
        await until_shown(pilot, "フォーム.csv")
        await pilot.press("enter")
        await until_shown(pilot, "朝市を開く")
        assert "a@example.jp" not in screen_text(app)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: unaddressed(survey(workspace)))
        await until_shown(pilot, "（相手を定めない回答）")
        await pilot.press("down")
        await until_shown(pilot, "今後の予定　朝市を開く")
    assert survey(workspace).targets[0].received_on == date(2026, 11, 23)
    assert "フォーム.csv" in last_message(workspace.root)


async def test_leaving_the_preview_brings_nothing_in(
    app: KyojuApp, workspace: Workspace, asked: Ref, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "フォーム.csv").write_text("これから行いたいこと\n朝市を開く\n", encoding="utf-8")
    monkeypatch.setattr(ChooseFile, "_last", tmp_path)
    before = survey(workspace)
    async with app.run_test(size=(110, 34)) as pilot:
        app.push_screen(SurveyBoard(asked))
        await until_shown(pilot, "回答率 0/1")
        await pilot.press("insert")
        await until_shown(pilot, "フォーム.csv")
        await pilot.press("enter")
        await until_shown(pilot, "朝市を開く")
        await pilot.press("escape")
        await at_rest(pilot)
        (tmp_path / "フォーム.csv").unlink()
        (tmp_path / "壊れた.xlsx").write_bytes(b"PK\x03\x04")
        await pilot.press("insert")
        await until_shown(pilot, "壊れた.xlsx")
        await pilot.press("enter")
        await until(pilot, lambda: "壊れているか" in told(app))
    assert survey(workspace) == before


async def test_an_answer_on_paper_is_typed_at_once_and_a_table_tells_its_cells(
    app: KyojuApp, workspace: Workspace, asked: Ref, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = "タイムスタンプ,団体名,これから行いたいこと"
    rows = ["2026/11/10 9:00,,佐藤さんと朝市", "2026/11/10 9:01,,テスト", "2026/11/10 9:02,つどいの会,踊り"]
    name = "地域の活動についてのアンケート（回答） - フォームの回答 1.csv"
    (tmp_path / name).write_text("\n".join([head, *rows, ""]), encoding="cp932")
    monkeypatch.setattr(ChooseFile, "_last", tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(SurveyBoard(asked))
        await until_shown(pilot, "回答率 0/1")
        await pilot.press("enter")
        await until_shown(pilot, "質問を選ぶ")
        await pilot.press("enter")
        await until_shown(pilot, "関係する記録")
        await pilot.press(*"dance", "ctrl+s")
        await until_shown(pilot, "今後の予定　dance")
        await at_rest(pilot)
        await pilot.press("insert")
        await until_shown(pilot, "地域の活動についてのアンケート（回答）")
        await pilot.press("enter")
        await until_shown(pilot, "C4")
        shown = screen_text(app)
        assert "食い違い" in shown and "C3" in shown and "C2" in shown
        assert "個人が分かる書き方かもしれない回答が1件あります（C2）" in shown
        await pilot.press("ctrl+s")
        await until(pilot, lambda: unaddressed(survey(workspace)))
        await at_rest(pilot)
    said = {each.target: each.text for each in survey(workspace).answers}
    assert said == {CAFE: "dance", None: "佐藤さんと朝市"}
