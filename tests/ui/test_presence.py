"""Who else has a record open: said in forms, sheets, lists and the 一覧表, by name only where no room looks on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.forms.row_screen import RowScreen
from kyoju_tui.ui.presence_words import at_work, sentence
from kyoju_tui.ui.screens.areas import AreasScreen
from kyoju_tui.ui.screens.edit import EditScreen
from kyoju_tui.ui.screens.matrix import MatrixScreen
from kyoju_tui.ui.widgets.matrix_table import MatrixTable
from kyoju_tui.ui.widgets.present_line import PresentLine
from kyoju_tui.workspace.presence.open_records import Presence, Present, place_of
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import COLLEAGUE, at_rest, keys_of, opened, record, until
from tests.ui.screen_text import screen_text
from tests.ui.small_store import AUTHOR

REF = Ref("entries/korei/20261105-aaaaa")
TOKYO = timezone(timedelta(hours=9))
NOW = datetime(2026, 11, 23, 14, 0, tzinfo=TOKYO)
A, B, C = "高齢福祉課 担当", "子育て支援課 担当", "住宅課 担当"


def open_since(who: str, hour: int, minute: int, day: int = 23) -> Present:
    return Present(REF, who, datetime(2026, 11, day, hour, minute, tzinfo=TOKYO).astimezone(UTC))


@pytest.mark.parametrize(
    ("present", "said"),
    [
        ((), ""),
        ((open_since(B, 10, 32),), "子育て支援課 担当 さんも開いています（10:32から）"),
        ((open_since(B, 16, 5, 22),), "子育て支援課 担当 さんも開いています（11/22 16:05から）"),
        ((open_since("", 9, 0),), "ほかの人も開いています（9:00から）"),
        (
            (open_since(B, 10, 32), open_since(C, 9, 1)),
            "住宅課 担当 さんと子育て支援課 担当 さんも開いています（9:01から）",
        ),
        (
            (open_since(B, 10, 32), open_since(C, 9, 1), open_since("", 8, 0)),
            "住宅課 担当 さんほか2人も開いています（8:00から）",
        ),
        ((open_since(A, 13, 0),), "ご自分の名前の別の画面でも開いています（13:00から）"),
        (
            (open_since(A, 13, 0), open_since(B, 10, 32)),
            "子育て支援課 担当 さんも開いています（10:32から）　ご自分の名前の別の画面でも開いています（13:00から）",
        ),
    ],
)
def test_who_has_it_open_too(present: tuple[Present, ...], said: str) -> None:
    assert sentence(present, A, NOW) == said


def test_nobody_is_named_on_a_projector() -> None:
    assert sentence([open_since(B, 10, 32)], A, NOW, names=False) == "ほかの画面でも開いています（10:32から）"
    told = at_work([open_since(B, 10, 32)], "見守り訪問", A, NOW, names=False)
    assert told == "ほかの画面で「見守り訪問」を開いています（10:32から）"


def test_what_others_have_open_in_a_list() -> None:
    told = at_work([open_since(B, 10, 32)], "見守り訪問", A, NOW)
    assert told == "子育て支援課 担当 さんが「見守り訪問」を開いています（10:32から）"
    assert at_work([], "見守り訪問", A, NOW) == ""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look more often than the program does."""
    monkeypatch.setattr("kyoju_tui.workspace.presence.open_records.LOOK", 0.05)


@pytest.fixture
def colleague(store: Path) -> Iterator[Workspace]:
    """The same store, opened by somebody else."""
    opened = Workspace.open(store, author=COLLEAGUE, environ={})
    record(opened, {REF: {"title": "見守り訪問", "kind": "取組", "status": "取組中", "categories": ["shotengai"]}})
    yield opened
    opened.close()


@pytest.fixture
def desk(colleague: Workspace) -> Iterator[Presence]:
    """What the colleague has open."""
    presence = Presence.of(colleague, lambda: None)
    yield presence
    presence.stop()


SAID = "佐藤 次郎 さんも開いています"


async def test_a_form_says_who_has_its_record_open(app: KyojuApp, desk: Presence) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: REF in app.store_open.snapshot)
        app.open_record(REF)
        await at_rest(pilot)
        screen = app.screen
        assert isinstance(screen, EditScreen) and not screen.query(PresentLine)
        await pilot.press(*keys_of("abc"))
        desk.open(REF)
        await until(pilot, lambda: SAID in screen_text(app))
        assert "佐藤 次郎 さんも開いています（" in screen_text(app).split("\n")[1]
        # Typing goes on where it was.
        await pilot.press(*keys_of("d"))
        await until(pilot, lambda: "abcd" in screen_text(app))
        await until(pilot, lambda: [each.ref for each in desk.others()] == [REF])
        assert desk.others()[0].who == AUTHOR.split(" <")[0]
        desk.close(REF)
        await until(pilot, lambda: SAID not in screen_text(app))
        desk.open(REF)
        await until(pilot, lambda: SAID in screen_text(app))


async def test_the_app_leaves_nothing_behind(app: KyojuApp, desk: Presence, workspace: Workspace) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: REF in app.store_open.snapshot)
        app.open_record(REF)
        await until(pilot, lambda: [each.ref for each in desk.others()] == [REF])
        await pilot.press("escape")
        await until(pilot, lambda: desk.others() == ())
        app.open_record(REF)
        await until(pilot, lambda: [each.ref for each in desk.others()] == [REF])
    place = place_of(workspace)
    assert place is not None and list(place.folder.iterdir()) == []


async def test_the_place_in_the_matrix_says_what_others_have_open(app: KyojuApp, desk: Presence) -> None:
    desk.open(REF)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: REF in app.store_open.snapshot)
        await at_rest(pilot)
        screen = app.screen
        assert isinstance(screen, MatrixScreen)
        screen.query_one(MatrixTable).move_to("shotengai", "korei")
        await until(pilot, lambda: "佐藤 次郎 さんが「見守り訪問」を開いています" in screen_text(app))
        await pilot.press("f12")
        await until(pilot, lambda: "ほかの画面で「見守り訪問」を開いています" in screen_text(app))
        assert "佐藤" not in screen_text(app)
        # A form that is opened over it is seen by the room too.
        await pilot.press("enter")
        await until(pilot, lambda: "ほかの画面でも開いています" in screen_text(app))
        assert "佐藤" not in screen_text(app)


async def test_a_list_says_what_others_have_open(app: KyojuApp, colleague: Workspace, desk: Presence) -> None:
    area = Ref("areas/hoshi")
    record(colleague, {area: {"name": "星波ヶ丘"}})
    desk.open(area)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: area in app.store_open.snapshot)
        app.open_screen("areas")
        await until(pilot, lambda: "佐藤 次郎 さんが「星波ヶ丘」を開いています" in screen_text(app))
        # A sheet says it at its head.
        await pilot.press("enter")
        await until(pilot, lambda: SAID in screen_text(app).split("\n")[1])


async def test_the_small_form_of_one_table_follows_too(
    app: KyojuApp, workspace: Workspace, colleague: Workspace, desk: Presence
) -> None:
    ref = Ref("areas/hoshi")
    visits = [{"id": "aaaaa", "needs": "集会所", "on": date(2026, 11, 1)}]
    record(colleague, {ref: {"name": "星波ヶ丘", "visits": visits}})
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: ref in workspace.snapshot)
        screen = await opened(pilot, app, "areas")
        assert isinstance(screen, AreasScreen)
        screen.edit_row(ref, "visits", 0)
        await until(pilot, lambda: isinstance(app.screen, RowScreen))
        await until(pilot, lambda: [each.ref for each in desk.others()] == [ref])
        record(colleague, {ref: {"name": "星波ヶ丘", "visits": [{**visits[0], "needs": "集会所と公園"}]}})
        await until(pilot, lambda: "佐藤 次郎 さんが 聞いたこと を変えました。" in screen_text(app))
        assert "集会所と公園" in screen_text(app)
        colleague.delete(ref, force=True).result(60)
        await until(pilot, lambda: "佐藤 次郎 さんがこの記録を削除しました。" in screen_text(app))
        assert isinstance(app.screen, RowScreen)
        await pilot.press("escape")
        await until(pilot, lambda: desk.others() == ())


async def test_a_form_follows_where_nothing_was_typed_and_names_who(
    app: KyojuApp, workspace: Workspace, colleague: Workspace
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: REF in workspace.snapshot)
        app.open_record(REF, "outline")
        await at_rest(pilot)
        await pilot.press(*keys_of("mine"))
        theirs = colleague.snapshot.expect(REF, Entry)
        record(colleague, {REF: theirs.but(title="声かけ訪問", outline="相手の概要")})
        await until(pilot, lambda: "佐藤 次郎 さんが 件名・概要 を変えました。" in screen_text(app))
        text = screen_text(app)
        assert "声かけ訪問" in text and "mine" in text and "相手の概要" not in text
        assert "概要 は入力中の内容のままです" in text.replace("\n", "")
        # What is typed goes on in its place.
        await pilot.press(*keys_of("too"))
        await until(pilot, lambda: "minetoo" in screen_text(app))


async def test_a_form_whose_record_is_deleted_says_who_and_keeps_what_was_typed(
    app: KyojuApp, workspace: Workspace, colleague: Workspace
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: REF in workspace.snapshot)
        app.open_record(REF, "outline")
        await at_rest(pilot)
        await pilot.press(*keys_of("mine"))
        colleague.delete(REF, force=True).result(60)
        await until(pilot, lambda: "佐藤 次郎 さんがこの記録を削除しました。" in screen_text(app))
        assert "mine" in screen_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: "まだ記録されていません" in screen_text(app))
