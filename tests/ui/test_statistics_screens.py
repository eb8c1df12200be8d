"""Bringing statistics in by keys: a known table at once, an unknown one through the assistant, one save each."""

from __future__ import annotations

from pathlib import Path

import pytest

from kyoju_tui.records.area import Area
from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.figures import read_figures
from kyoju_tui.records.mapping import Mapping
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.choose_file import ChooseFile
from kyoju_tui.ui.screens.statistics_assistant import AssistantScreen
from kyoju_tui.workspace.workspace import Workspace
from tests.handbook.work import Work
from tests.ui.at_work import at_rest, last_message, record
from tests.ui.screen_text import english_words, screen_text

# Whole tasks at the keyboard: a command of their own.
pytestmark = pytest.mark.walk


DATA = Path(__file__).parents[1] / "exchange" / "statistics" / "data"
OWN = "町の集計,,\n区割,町の呼び名,住む人\n1,緑台,1420\n2,遠い町,X\n3,駅前,皆無\n"


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder is remembered from another test."""
    monkeypatch.setattr(ChooseFile, "_last", None)


async def choose(work: Work, file: str) -> None:
    """Bring this file in from the list of data sets; it is the only one in its folder."""
    await work.open("datasets")
    await work.pilot.press("ctrl+b")
    await work.sees(file)
    await work.pilot.press("enter")


async def test_a_known_table_becomes_a_new_data_set(
    app: KyojuApp, workspace: Workspace, store: Path, tmp_path: Path
) -> None:
    (tmp_path / "人口.csv").write_bytes((DATA / "yokohama_suikei_20260901.csv").read_bytes())
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        work = Work(app, pilot, workspace, store)
        await choose(work, "人口.csv")
        await work.sees("取り込みの確認")
        await work.sees("鶴見区")
        assert english_words(screen_text(app), allowed=frozenset({"csv"})) == []
        await work.saved()
    dataset = next(each for each in workspace.snapshot.all(Dataset).values() if each.title.startswith("人口と世帯数"))
    assert dataset.as_of is not None
    assert "人口.csv" in last_message(store)


async def test_an_unknown_table_is_taught_by_keys_and_known_from_then_on(
    app: KyojuApp, workspace: Workspace, store: Path, tmp_path: Path
) -> None:
    (tmp_path / "町.csv").write_text(OWN, encoding="cp932")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        work = Work(app, pilot, workspace, store)
        await choose(work, "町.csv")
        await work.sees("表の読み方")
        await work.sees("「皆無」は数として読めません")
        assert "見出しは2行目" in screen_text(app)
        # The serial number is no figure.
        await pilot.press("enter")
        await work.sees("の役割を選ぶ")
        await work.type("読み飛ばす")
        await pilot.press("enter")
        await at_rest(pilot)
        # 皆無 is how this publisher writes zero.
        await pilot.press("ctrl+g")
        await work.sees("加える書き方")
        await pilot.press("enter")
        await work.sees("「ゼロ」の書き方")
        await work.type("皆無")
        await pilot.press("enter")
        await work.sees("4行目 遠い町 住む人 秘匿")
        assert "5行目 駅前 住む人 0" in screen_text(app)
        await pilot.press("ctrl+s")
        await work.sees("この読み方の名称")
        await pilot.press("enter")
        await work.sees("表の作成元")
        await work.type("市民課")
        await pilot.press("enter")
        await work.sees("いつの時点")
        await work.type("R8.10.1")
        await pilot.press("enter")
        await work.sees("取り込みの確認")
        before = work.commits()
        await work.saved()
        assert work.commits() == before + 1
        (mapping,) = workspace.snapshot.all(Mapping).values()
        assert (mapping.title, mapping.publisher, mapping.zero) == ("町", "市民課", ("皆無",))
        ref, dataset = next(pair for pair in workspace.snapshot.all(Dataset).items() if pair[1].title == "町")
        assert dataset.as_of is not None
        figures = read_figures(workspace.figures(ref) or b"").rows
        assert [(each.area, each.value, each.status) for each in figures] == [
            ("緑台", 1420, "値"), ("遠い町", None, "秘匿"), ("駅前", 0, "値"),
        ]  # fmt: skip
        # The next of its kind needs no questions about its columns, and what is read how can be looked up.
        await pilot.press("ctrl+e")
        await work.sees("取り込みの対応表")
        assert "市民課" in screen_text(app)


async def test_places_are_tied_to_an_area_by_keys_and_counted_there(
    app: KyojuApp, workspace: Workspace, store: Path, tmp_path: Path
) -> None:
    record(workspace, {"areas/midori": Area(name="みどり地区", reading="みどりちく")})
    (tmp_path / "町.csv").write_text(
        "時点,地域,人口\nR8.10.1,緑台,420\nR8.10.1,緑町,80\nR8.10.1,遠い町,9\n", encoding="utf-8"
    )
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        work = Work(app, pilot, workspace, store)
        await choose(work, "町.csv")
        await work.sees("3行の名前は、この保管場所のどの地域でもありません")
        await pilot.press("right", "enter")
        await work.sees("1つの地域になる行を選ぶ")
        await pilot.press("space", "down", "space", "enter")
        await work.sees("その地域を選ぶ")
        await pilot.press("enter")
        await work.sees("1つの地域になる行を選ぶ")
        await pilot.press("escape")
        await work.sees("取り込みの確認")
        await work.sees("みどり地区")
        await work.saved()
    (area,) = workspace.snapshot.all(Area).values()
    assert [(each.name, each.value) for each in area.indicators] == [("人口", 500)]
    (mapping,) = workspace.snapshot.all(Mapping).values()
    assert [each.written for each in mapping.values] == ["緑台", "緑町"]


async def test_leaving_the_assistant_changes_nothing(
    app: KyojuApp, workspace: Workspace, store: Path, tmp_path: Path
) -> None:
    (tmp_path / "町.csv").write_text(OWN, encoding="utf-8")
    before = workspace.snapshot
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        work = Work(app, pilot, workspace, store)
        await choose(work, "町.csv")
        await work.sees("表の読み方")
        await pilot.press("escape")
        await at_rest(pilot)
        assert not isinstance(app.screen, AssistantScreen)
    assert workspace.snapshot is before


async def test_a_file_that_cannot_be_read_is_told(
    app: KyojuApp, workspace: Workspace, store: Path, tmp_path: Path
) -> None:
    (tmp_path / "壊れ.csv").write_bytes("地域,人口\n本町,1\n".encode() + b"\xff\x80")
    before = workspace.snapshot
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        work = Work(app, pilot, workspace, store)
        await choose(work, "壊れ.csv")
        await work.sees("3行目に")
    assert workspace.snapshot is before


async def test_a_known_table_with_a_sign_of_its_own_is_taught_and_taught_again(
    app: KyojuApp, workspace: Workspace, store: Path, tmp_path: Path
) -> None:
    """What the assistant was told is where it begins the next time; the mapping stays one."""
    table = tmp_path / "町.csv"
    table.write_text("町名,人口\n緑台,皆無\n駅前,120\n", encoding="utf-8")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        work = Work(app, pilot, workspace, store)
        await choose(work, "町.csv")
        await work.sees("「皆無」は数として読めません")
        await sign(work, "皆無")
        await work.sees("2行目 緑台 人口 0")
        await pilot.press("ctrl+s")
        await work.sees("この読み方の名称")
        await pilot.press("enter")
        await work.sees("表の作成元")
        await work.type("市民課")
        await pilot.press("enter")
        await work.sees("いつの時点")
        await pilot.press("escape")
        await work.sees("取り込みの確認")
        await work.saved()
        table.write_text("町名,人口\n緑台,皆無\n駅前,全無\n", encoding="utf-8")
        await choose(work, "町.csv")
        await work.sees("「全無」は数として読めません")
        await sign(work, "、全無")
        await work.sees("3行目 駅前 人口 0")
        await pilot.press("ctrl+s")
        await work.sees("この読み方の名称")
        await pilot.press("enter")
        await work.sees("表の作成元")
        await pilot.press("enter")
        await work.sees("いつの時点")
        await pilot.press("escape")
        await work.sees("取り込みの確認")
        await work.saved()
    (mapping,) = workspace.snapshot.all(Mapping).values()
    assert (mapping.title, mapping.publisher, mapping.zero) == ("町", "市民課", ("皆無", "全無"))


async def sign(work: Work, text: str) -> None:
    """Say how this publisher writes zero, behind what is there."""
    await work.pilot.press("ctrl+g")
    await work.sees("加える書き方")
    await work.pilot.press("enter")
    await work.sees("「ゼロ」の書き方")
    await work.pilot.press("end")
    await work.type(text)
    await work.pilot.press("enter")


async def test_one_of_several_days_is_chosen_by_keys(
    app: KyojuApp, workspace: Workspace, store: Path, tmp_path: Path
) -> None:
    (tmp_path / "町.csv").write_text("年月日,町名,人口\n2025/4/1,緑台,9\n2026/4/1,緑台,8\n", encoding="utf-8")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        work = Work(app, pilot, workspace, store)
        await choose(work, "町.csv")
        await work.sees("取り込む時点を選ぶ")
        await work.sees("令和8年4月1日")
        assert english_words(screen_text(app), allowed=frozenset({"csv"})) == []
        await pilot.press("down", "enter")
        await work.sees("取り込みの確認")
        await work.saved()
    dataset = next(each for each in workspace.snapshot.all(Dataset).values() if each.title == "町")
    assert dataset.as_of is not None and str(dataset.as_of) == "2025-04-01"
