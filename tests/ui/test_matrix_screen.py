"""一覧表: states at a glance, acting on a cell, changes by colleagues, what a projector must not show."""

from __future__ import annotations

import os
import shutil
import time
from datetime import date
from pathlib import Path

import pytest

from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.screens.edit import EditScreen
from kyoju_tui.ui.screens.matrix import MatrixScreen
from kyoju_tui.ui.widgets.cell_panel import CellPanel
from kyoju_tui.ui.widgets.matrix_table import OPINIONS, MatrixTable
from kyoju_tui.workspace.new_store.start import init_store
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, colleague_sets, keys_of, last_message, record, same_screen, until, until_shown
from tests.ui.conftest import SIZES, MakeApp
from tests.ui.screen_text import screen_text
from tests.ui.small_store import AUTHOR

INQUIRY = "inquiries/20261101-aaaaa"


def cell_text(app: KyojuApp, category: str, column: str) -> str:
    """What a cell shows, its lines joined."""
    shown = app.screen.query_one(MatrixTable).get_cell(category, column)
    return str(getattr(shown, "text", ""))


def panel(app: KyojuApp) -> str:
    """What the panel says."""
    return app.screen.query_one(CellPanel).text


def ask_everybody(workspace: Workspace) -> None:
    """An inquiry that 商工課 has not answered in time and 住宅課 has."""
    targets = [
        {"department": "shoko", "sent_on": date(2026, 11, 1)},
        {"department": "jutaku", "receipts": [{"id": "r0001", "version": 1, "on": date(2026, 11, 10)}]},
        {"department": "kankyo", "extended_due": date(2026, 11, 30)},
    ]
    days = {"issued_on": date(2026, 11, 1), "due_on": date(2026, 11, 20)}
    record(workspace, {INQUIRY: {"title": "取組等の照会", **days, "targets": targets}})


@pytest.mark.parametrize("size", SIZES)
async def test_the_handbooks_own_example_at_a_glance(app: KyojuApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await at_rest(pilot)
        assert "記入なし14・期限超過0部署" in screen_text(app)
        same_screen(app, f"matrix-{size[0]}x{size[1]}")


async def test_the_cursor_begins_on_a_gap_and_f4_fills_it(app: KyojuApp, workspace: Workspace, store: Path) -> None:
    async with app.run_test(size=(160, 45)) as pilot:
        await at_rest(pilot)
        table = app.screen.query_one(MatrixTable)
        assert (table.row_key, table.column_key) == ("koreisha", "kosodate")
        assert "まだ何も記入されていません" in panel(app)
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await at_rest(pilot)
        await pilot.press(*keys_of("孫の世話をする祖父母の集い"), "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, MatrixScreen))
        await until(pilot, lambda: cell_text(app, "koreisha", "kosodate") == "取1")
        assert (table.row_key, table.column_key) == ("koreisha", "kosodate")
        assert "記入なし13" in screen_text(app)
        await until(pilot, lambda: "最終更新" in panel(app))
        assert "取組中　孫の世話をする祖父母の集い" in panel(app) and "山田 花子" in panel(app)
    assert last_message(store).startswith("取組「孫の世話をする祖父母の集い」を")
    added = [entry for entry in workspace.snapshot.entries.values() if entry.title == "孫の世話をする祖父母の集い"]
    assert [(entry.kind, entry.status, entry.categories) for entry in added] == [("取組", "取組中", ("koreisha",))]


async def test_a_colleagues_save_shows_without_moving_the_cursor(
    app: KyojuApp, workspace: Workspace, store: Path
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await at_rest(pilot)
        table = app.screen.query_one(MatrixTable)
        table.move_to("shotengai", "shoko")
        await at_rest(pilot)
        assert cell_text(app, "shotengai", "shoko") == "取1 課1"
        ref = next(
            ref
            for ref, entry in workspace.snapshot.entries.items()
            if entry.status and ref.department == "shoko" and entry.categories == ("shotengai",)
        )
        scroll = table.scroll_offset
        await pilot.app.run_worker(lambda: colleague_sets(store, ref, "status=検討中"), thread=True).wait()
        await until(pilot, lambda: cell_text(app, "shotengai", "shoko") == "検1 課1", seconds=3)
        assert (table.row_key, table.column_key) == ("shotengai", "shoko")
        assert table.scroll_offset == scroll
        await until(pilot, lambda: "佐藤 次郎" in panel(app))


async def test_rows_in_a_new_order_keep_the_cursor_on_its_cell(app: KyojuApp, workspace: Workspace) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await at_rest(pilot)
        table = app.screen.query_one(MatrixTable)
        table.move_to("sumai", "kankyo")
        record(workspace, {"categories/sumai": workspace.snapshot.categories["sumai"].but(order=1)})
        await until(pilot, lambda: table.ordered_rows[0].key.value == "sumai")
        assert (table.row_key, table.column_key) == ("sumai", "kankyo")


async def test_an_overdue_answer_comes_first_and_is_no_matter_for_a_projector(
    app: KyojuApp, workspace: Workspace
) -> None:
    ask_everybody(workspace)
    async with app.run_test(size=(160, 45)) as pilot:
        await at_rest(pilot)
        table = app.screen.query_one(MatrixTable)
        assert (table.row_key, table.column_key) == ("kosodate", "shoko")
        assert cell_text(app, "kosodate", "shoko") == "記入なし\n期限超過"
        assert cell_text(app, "shotengai", "shoko") == "取1 課1\n期限超過"
        assert cell_text(app, "shotengai", "kankyo") == "記入なし\n回答待ち"
        assert cell_text(app, "shotengai", "jutaku") == "記入なし"
        assert "期限令和8年11月20日を3日過ぎています" in panel(app)
        same_screen(app, "matrix-overdue-160x45")
        await pilot.press("f12")
        await at_rest(pilot)
        for column in ("shoko", "kankyo"):
            table.move_to("shotengai", column)
            await at_rest(pilot)
            if column == "shoko":
                await until(pilot, lambda: "最終更新" in panel(app))
            # The status line below names who sits at the keyboard, as every screen does.
            text = "\n".join(screen_text(app).split("\n")[:-2])
            assert "記入なし" in text
            for word in ("期限超過", "回答待ち", "花子"):
                assert word not in text, word


async def test_nothing_to_report_is_an_answer_and_can_be_taken_back(app: KyojuApp, workspace: Workspace) -> None:
    ask_everybody(workspace)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_rest(pilot)
        await pilot.press("ctrl+g")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MatrixScreen))
        await until(pilot, lambda: cell_text(app, "kosodate", "shoko").startswith("該当なし"))
        answers = workspace.snapshot.expect(INQUIRY, Inquiry).nothing_to_report
        assert [(each.department, each.category, each.kind) for each in answers] == [("shoko", "kosodate", None)]
        await pilot.press("ctrl+g")
        await until_shown(pilot, "すべて（取り消す）")
        await pilot.press("enter")
        await until(pilot, lambda: not workspace.snapshot.expect(INQUIRY, Inquiry).nothing_to_report)


async def test_nothing_to_report_needs_an_inquiry(app: KyojuApp, store: Path) -> None:
    before = last_message(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await at_rest(pilot)
        await pilot.press("ctrl+g")
        await until_shown(pilot, "この欄をたずねている照会がない")
        assert isinstance(app.screen, MatrixScreen)
    assert last_message(store) == before


async def test_layers_show_titles_points_and_opinions(app: KyojuApp, workspace: Workspace) -> None:
    opinions = [{"id": "o0001", "category": "sumai", "department": "korei", "text": "住み替えの相談が増えた"}]
    meeting = {"title": "意見交換会", "held_on": date(2026, 11, 18), "opinions": opinions}
    record(workspace, {"meetings/20261118-aaaaa": meeting})
    async with app.run_test(size=(160, 45)) as pilot:
        await at_rest(pilot)
        await pilot.press("ctrl+l")
        await at_rest(pilot)
        assert "取 住まいの取組（高" in cell_text(app, "sumai", "korei")
        same_screen(app, "matrix-titles-160x45")
        await pilot.press("ctrl+l")
        await at_rest(pilot)
        assert cell_text(app, "sumai", "kosodate").startswith("論点")
        await pilot.press("ctrl+l")
        await at_rest(pilot)
        assert cell_text(app, "sumai", "korei") == "住み替えの相談が増え\nた"
        await pilot.press("ctrl+l")
        await at_rest(pilot)
        assert cell_text(app, "sumai", "korei") == "取1 課1"


async def test_limits_are_found_by_reading_and_taken_off_with_escape(app: KyojuApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await at_rest(pilot)
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(app.screen, Picker))
        await pilot.press(*"kankyo", "enter")
        await until(pilot, lambda: isinstance(app.screen, MatrixScreen))
        await at_rest(pilot)
        table = app.screen.query_one(MatrixTable)
        assert [column.key.value for column in table.ordered_columns][2:-1] == ["kankyo"]
        assert "絞り込み：環境課" in screen_text(app) and "記入なし3" in screen_text(app)
        await pilot.press("escape")
        await at_rest(pilot)
        assert len(table.ordered_columns) == 9


async def test_limited_to_an_area_a_cell_without_it_is_no_gap(app: KyojuApp, workspace: Workspace) -> None:
    ref = next(ref for ref, entry in workspace.snapshot.entries.items() if entry.title == "住まいの取組（住宅課）")
    entry = workspace.snapshot.entries[ref].but(areas=["honcho"])
    record(workspace, {"areas/honcho": {"name": "本町", "reading": "ほんちょう"}})
    record(workspace, {ref: entry})
    async with app.run_test(size=(160, 45)) as pilot:
        await at_rest(pilot)
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(app.screen, Picker))
        await pilot.press(*"honcho", "enter")
        await until(pilot, lambda: isinstance(app.screen, MatrixScreen))
        await at_rest(pilot)
        assert cell_text(app, "sumai", "jutaku") == "取1"
        assert cell_text(app, "sumai", "korei") == "－"
        assert cell_text(app, "shotengai", "korei") == "－"


async def test_enter_opens_the_only_record_or_asks_which(app: KyojuApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await at_rest(pilot)
        table = app.screen.query_one(MatrixTable)
        table.move_to("koreisha", "jutaku")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, MatrixScreen))
        table.move_to("koreisha", "korei")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Picker))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await at_rest(pilot)
        assert "高齢者の課題（高齢福祉課）" in screen_text(app)


async def test_an_opinion_is_appended_from_the_matrix(app: KyojuApp, workspace: Workspace) -> None:
    old = [{"id": "o0001", "category": "sumai", "text": "前からある意見"}]
    meeting = {"title": "意見交換会", "held_on": date(2026, 11, 18), "opinions": old}
    record(workspace, {"meetings/20261118-aaaaa": meeting})
    async with app.run_test(size=(100, 30)) as pilot:
        await at_rest(pilot)
        app.screen.query_one(MatrixTable).move_to("sumai", OPINIONS)
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, Picker))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, AskScreen))
        await pilot.press(*keys_of("空き家の相談窓口を一つに"), "enter")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("right", "right", "enter")
        await until(pilot, lambda: len(workspace.snapshot.expect("meetings/20261118-aaaaa", Meeting).opinions) == 2)
        await until(pilot, lambda: "意見2件" in cell_text(app, "sumai", OPINIONS))
    said = [(each.text, each.lens) for each in workspace.snapshot.expect("meetings/20261118-aaaaa", Meeting).opinions]
    assert said == [("前からある意見", None), ("空き家の相談窓口を一つに", "充実が必要")]


async def test_a_needed_initiative_stands_in_its_row(app: KyojuApp, workspace: Workspace) -> None:
    finding = {
        "rule": "planned-only",
        "subjects": ["categories/shotengai"],
        "verdict": "必要な取組",
        "needed": {"title": "買い物の足の確保"},
    }
    async with app.run_test(size=(160, 45)) as pilot:
        await at_rest(pilot)
        record(workspace, {"findings/planned-only-0123456789ab": finding})
        await until(pilot, lambda: "必要：買い物の足の確保（所管未定）" in cell_text(app, "shotengai", OPINIONS))
        assert "必要1" in screen_text(app)


async def test_text_of_records_is_never_taken_for_markup(app: KyojuApp, workspace: Workspace) -> None:
    entry = Entry(title="[/] [red]見出し[/red]", kind="課題", categories=("koreisha",))
    async with app.run_test(size=(160, 45)) as pilot:
        await at_rest(pilot)
        record(workspace, {"entries/kosodate/20261102-aaaaa": entry})
        app.screen.query_one(MatrixTable).move_to("koreisha", "kosodate")
        await pilot.press("ctrl+l")
        await at_rest(pilot)
        await until_shown(pilot, "[/] [red]")


async def test_a_new_store_says_how_to_begin(tmp_path: Path, make_app: MakeApp) -> None:
    root = init_store(tmp_path / "empty", "さくら市", "handbook-5", author=AUTHOR, environ={})
    workspace = Workspace.open(root, author=AUTHOR, environ={})
    app = make_app(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        assert "カテゴリー（行）と部署（列）がそろうと表示されます" in screen_text(app)
        await pilot.press("enter", "ctrl+g", "ctrl+r", "delete")
        await at_rest(pilot)
        await pilot.press("f4")
        await until_shown(pilot, "部署　")
        await pilot.press("escape")
        record(workspace, {"departments/jutaku": {"name": "住宅課"}})
        await until_shown(pilot, "記入なし5")
    workspace.close()


async def test_the_panel_can_be_tall_or_gone(app: KyojuApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        shown = app.screen.query_one(CellPanel)
        usual = shown.size.height
        await pilot.press("ctrl+e")
        await at_rest(pilot)
        assert shown.size.height > usual
        await pilot.press("ctrl+e")
        await at_rest(pilot)
        assert not shown.display
        await pilot.press("ctrl+e")
        await at_rest(pilot)
        assert shown.size.height == usual


async def test_a_department_that_closes_takes_its_column_along(app: KyojuApp, workspace: Workspace) -> None:
    async with app.run_test(size=(160, 45)) as pilot:
        await at_rest(pilot)
        table = app.screen.query_one(MatrixTable)
        table.move_to("sumai", "shimin")
        gone = workspace.snapshot.departments["shimin"].but(until=date(2026, 3, 31))
        record(workspace, {Ref("departments/shimin"): gone})
        await until(pilot, lambda: len(table.ordered_columns) == 8)
        assert table.row_key == "sumai"
        await pilot.press("down", "up", "f5")
        await at_rest(pilot)


async def test_scrolled_to_the_side_the_table_begins_with_a_whole_column(app: KyojuApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        table = app.screen.query_one(MatrixTable)
        widths = [column.get_render_width(table) for column in table.ordered_columns]
        starts = [sum(widths[1:number]) for number in range(1, len(widths))]
        for key in ("right",) * 7 + ("left",) * 8:
            await pilot.press(key)
            await at_rest(pilot)
            assert table.scroll_offset.x in starts
        assert screen_text(app).split("\n")[1].startswith("カテゴリー")


async def test_without_colours_a_gap_is_still_found(workspace: Workspace, tmp_path: Path) -> None:
    app = KyojuApp(workspace, start=tmp_path, today=lambda: date(2026, 11, 23), environ={"NO_COLOR": "1"})
    async with app.run_test(size=(100, 30)) as pilot:
        await at_rest(pilot)
        shown = app.screen.query_one(MatrixTable).get_cell("shotengai", "jutaku")
        assert getattr(shown, "lines", ()) == (("記入なし", "bold reverse"),)


async def test_keys_answer_while_the_history_is_slow(
    store: Path, make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git = shutil.which("git")
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text(f'#!/bin/sh\ncase " $* " in *" log "*) sleep 2;; esac\nexec {git} "$@"\n', encoding="utf-8")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}{os.pathsep}{os.environ['PATH']}")
    workspace = Workspace.open(store, author=AUTHOR)
    app = make_app(workspace)
    async with app.run_test(size=(100, 30)) as pilot:
        await until_shown(pilot, "論点3")
        table = app.screen.query_one(MatrixTable)
        table.move_to("koreisha", "jutaku")
        await until(pilot, lambda: any(worker.group == "history" for worker in app.workers))
        begun = time.monotonic()
        await pilot.press("right", "down", "left", "up")
        assert time.monotonic() - begun < 1
        assert (table.row_key, table.column_key) == ("koreisha", "jutaku")
        assert "最終更新" not in panel(app)
        await until(pilot, lambda: "最終更新" in panel(app))
        assert time.monotonic() - begun > 1
    workspace.close()
