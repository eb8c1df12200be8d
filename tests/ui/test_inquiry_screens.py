"""照会: the list, composing, the board with its edges, what came after a compilation."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from kyoju_tui.records.inquiry import Inquiry, Target
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.edit import EditScreen
from kyoju_tui.ui.screens.inquiries import InquiriesScreen
from kyoju_tui.ui.screens.inquiry_board import InquiryBoard
from kyoju_tui.ui.widgets.record_table import RecordTable
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, keys_of, last_message, opened, record, same_screen, until, until_shown

# Whole tasks at the keyboard: a command of their own.
pytestmark = pytest.mark.walk

REF = "inquiries/20261101-qqqqq"
OLD = "inquiries/20251101-ooooo"
DAY = date(2026, 11, 6)


def target(department: str, **fields: object) -> dict[str, object]:
    return {"department": department, "sent_on": DAY, **fields}


@pytest.fixture
def asked(workspace: Workspace) -> Workspace:
    """The small store with two inquiries: last year's, and one of which some answers are missed."""
    receipt = {"id": "r1", "version": 1, "on": date(2026, 11, 12), "confirmed": "課長確認済"}
    record(
        workspace,
        {
            OLD: {
                "title": "昨年の照会",
                "form": "事務連絡",
                "issued_on": date(2025, 11, 6),
                "due_on": date(2025, 11, 20),
                "targets": [{"department": "jutaku", "receipts": [receipt | {"on": date(2025, 11, 10)}]}],
            },
            REF: {
                "title": "時点修正の照会",
                "form": "照会",
                "issued_on": DAY,
                "due_on": date(2026, 11, 20),
                "targets": [
                    target("korei", receipts=[receipt]),
                    target("jutaku"),
                    target("kosodate", extended_due=date(2026, 11, 30)),
                    target("shimin", withdrawn=True),
                    target("shoko", reminders=[{"id": "m1", "on": DAY, "how": "電話", "reply": "遅れる"}]),
                ],
                "nothing_to_report": [{"id": "n1", "department": "korei", "category": "kosodate"}],
            },
        },
    )
    return workspace


def now(workspace: Workspace) -> Inquiry:
    return workspace.snapshot.expect(REF, Inquiry)


async def on_board(pilot: Pilot[None], app: KyojuApp, department: str = "") -> InquiryBoard:
    """The board of the inquiry, with the cursor on a department."""
    await opened(pilot, app, "inquiries", inquiry="20261101-qqqqq")
    await at_rest(pilot)
    assert isinstance(app.screen, InquiryBoard)
    if department:
        assert app.screen.query_one(RecordTable).move_to(department)
        await pilot.pause()
    return app.screen


async def asks(pilot: Pilot[None], text: str, *keys: str) -> None:
    await pilot.press(*keys)
    await until_shown(pilot, text)


@pytest.mark.usefixtures("asked")
async def test_the_list_and_the_board_show_first_what_is_missed(app: KyojuApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "inquiries")
        await until_shown(pilot, "期限超過3日")
        await until_shown(pilot, "1/4")
        table = app.screen.query_one(RecordTable)
        assert [row.key.value for row in table.ordered_rows] == [REF, OLD]
        await pilot.press("enter")
        await at_rest(pilot)
        same_screen(app, "inquiry-board-100x30")
        table = app.screen.query_one(RecordTable)
        order = [row.key.value for row in table.ordered_rows]
        assert order == ["jutaku", "shoko", "kosodate", "korei", "shimin"]


async def test_several_answers_are_received_at_once(app: KyojuApp, asked: Workspace, store: Path) -> None:
    workspace = asked
    async with app.run_test(size=(100, 30)) as pilot:
        await on_board(pilot, app, "jutaku")
        await pilot.press("ctrl+a", "space")
        await until_shown(pilot, "＊住宅課")
        await asks(pilot, "住宅課・商工課の回答", "f4")
        await pilot.press("right", "right", "enter")
        await until(pilot, lambda: len([each for each in now(workspace).targets if each.receipts]) == 3)
        assert last_message(store).startswith("照会「時点修正の照会」：住宅課・商工課の受付を記録")
        await until(
            pilot, lambda: isinstance(app.screen, InquiryBoard) and app.screen.departments_here == ("kosodate",)
        )
    received = {each.department: each.receipts for each in now(workspace).targets}
    assert received["jutaku"][0].confirmed == received["shoko"][0].confirmed == "未確認"
    assert len(received["korei"]) == 1


async def test_unchanged_needs_an_earlier_inquiry(app: KyojuApp, asked: Workspace) -> None:
    workspace = asked
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await on_board(pilot, app, "kosodate")
        await asks(pilot, "同じカテゴリー", "ctrl+u")
        app.screen.query_one(RecordTable).move_to("jutaku")
        await pilot.press("ctrl+u")
        await until_shown(pilot, "前回のまま")
        await until(pilot, lambda: any(each.unchanged for each in now(workspace).targets))
    assert [each.department for each in now(workspace).targets if each.unchanged] == ["jutaku"]


async def test_marks_and_extensions_come_and_go(app: KyojuApp, asked: Workspace) -> None:
    workspace = asked

    def part(department: str) -> Target:
        return next(each for each in now(workspace).targets if each.department == department)

    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await on_board(pilot, app, "korei")
        await pilot.press("ctrl+k")
        await until(pilot, lambda: part("korei").checking)
        app.screen.query_one(RecordTable).move_to("shimin")
        await asks(pilot, "取下げを外しますか", "delete")
        await pilot.press("left", "enter")
        await until(pilot, lambda: not part("shimin").withdrawn)
        await until(pilot, lambda: isinstance(app.screen, InquiryBoard))
        app.screen.query_one(RecordTable).move_to("kosodate")
        await asks(pilot, "もう延ばしてあります", "ctrl+e")
        await asks(pilot, "いつまで延ばしますか", "enter")
        await pilot.press("end", "ctrl+u", *keys_of("11/19"))
        await asks(pilot, "もとの期限より後の日", "enter")
        await pilot.press("end", "ctrl+u", *keys_of("12/5"))
        await asks(pilot, "土曜日のため閉庁日", "enter")
        await pilot.press("left", "enter")
        await until(pilot, lambda: part("kosodate").extended_due == date(2026, 12, 5))


async def test_nothing_to_report_for_a_kind_then_for_all(app: KyojuApp, asked: Workspace) -> None:
    workspace = asked

    def cells() -> set[tuple[object, ...]]:
        said = now(workspace).nothing_to_report
        return {(each.category, each.kind) for each in said if each.department == "korei"}

    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await on_board(pilot, app, "korei")
        await asks(pilot, "と回答したカテゴリー", "ctrl+g")
        await pilot.press(*"kos")
        await asks(pilot, "【すべて】", "enter")
        # All of it stands; letting 取組 go leaves the others.
        await pilot.press("right", "enter")
        await until(pilot, lambda: cells() == {("kosodate", "課題"), ("kosodate", "データ")})
        await asks(pilot, "と回答したカテゴリー", "ctrl+g")
        await pilot.press(*"kos")
        await asks(pilot, "【課題】", "enter")
        await pilot.press("enter")
        await until(pilot, lambda: cells() == {("kosodate", None)})
        await asks(pilot, "と回答したカテゴリー", "ctrl+g")
        await pilot.press(*"kor")
        await asks(pilot, "種別を選ぶと", "enter")
        await asks(pilot, "この欄には記載もあります", "enter")


async def test_an_inquiry_that_is_deleted_closes_its_board(app: KyojuApp, asked: Workspace) -> None:
    workspace = asked
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await on_board(pilot, app)
        workspace.delete(REF, force=True).result(timeout=60)
        await until_shown(pilot, "この照会は削除されました")
        await until(pilot, lambda: isinstance(app.screen, InquiriesScreen))


@pytest.mark.usefixtures("asked")
async def test_a_copy_and_the_due_date_on_a_closed_day(app: KyojuApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await opened(pilot, app, "inquiries", record="20251101-ooooo")
        await pilot.press("ctrl+d")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await until_shown(pilot, "今日から10開庁日")
        screen = app.screen
        assert isinstance(screen, EditScreen)
        plain = screen.form.plain()
        assert (plain["form"], plain["targets"]) == ("事務連絡", [{"department": "jutaku"}])
        screen.form.focus_field("due_on")
        await pilot.press("end", "ctrl+u", *keys_of("12/5"))
        await until_shown(pilot, "土曜日のため閉庁日です。直前の開庁日は令和8年12月4日(金)です。")


async def test_a_compilation_is_written_as_it_stood(
    app: KyojuApp, asked: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = asked
    monkeypatch.chdir(tmp_path)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await on_board(pilot, app, "jutaku")
        await pilot.press("ctrl+w", "ctrl+l")
        assert isinstance(app.screen, InquiryBoard)
        await asks(pilot, "第1回取りまとめ", "ctrl+n")
        await pilot.press("left", "enter")
        await until_shown(pilot, "の後に変わったものはありません")
        await asks(pilot, "所管課の確認", "f4")
        await pilot.press("enter")
        await until_shown(pilot, "の後：受付1件")
        await asks(pilot, "どのファイルに書き出しますか", "ctrl+w")
        await pilot.press("end", "ctrl+u", *"one.md", "enter")
        await until_shown(pilot, "書き出しました")
    text = (tmp_path / "one.md").read_text(encoding="utf-8")
    assert "間に合わなかった部署：住宅課・子育て支援課・商工課" in text
    assert "| 住宅課 | 期限超過 |" in text
    assert now(workspace).targets[1].receipts
