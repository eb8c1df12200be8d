"""What cannot be, from the command line and at the keyboard: refused under its field or told in 点検, nothing lost."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncGenerator, Mapping
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio

from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.screens.edit import EditScreen
from kyoju_tui.workspace.workspace import Workspace
from tests.building import Built, issue, record
from tests.conftest import Git, Program
from tests.handbook.work import Work, at_work
from tests.ui.at_work import at_rest
from tests.ui.at_work import record as recorded
from tests.ui.small_store import AUTHOR, make_small_store


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town with an office that ended in March and one that began in April, two issues, a joint work, two themes."""
    root = make_small_store(tmp_path_factory.mktemp("bad") / "store")
    records: tuple[Built, ...] = (
        record("department", "kyu-jutaku", name="旧住宅課", until=date(2026, 3, 31), successor="jutaku"),
        record("department", "shin", name="まちづくり室", **{"from": date(2026, 4, 1)}),
        record("area", "honcho", name="本町"),
        record(
            "collaboration", "futari", title="見守り", departments=[{"department": "jutaku"}, {"department": "korei"}]
        ),
        record("theme", "ichi", title="居場所づくり", rank=1),
        record("theme", "ni", title="空き家の活用", rank=2),
        record("meeting", "kaigi", title="意見交換会", held_on=date(2026, 4, 20)),
        record("inquiry", "shokai", title="取組状況の照会", issued_on=date(2026, 5, 1), due_on=date(2026, 5, 20)),
        issue("jutaku", "20261101-aaaaa", "sumai", title="空き家が増えた"),
        issue("korei", "20261101-bbbbb", "koreisha", title="近所の付き合いが減った", causes=["20261101-aaaaa"]),
    )
    workspace = Workspace.open(root, author=AUTHOR, environ={})
    try:
        recorded(workspace, dict(records))
    finally:
        workspace.close()
    return root


@pytest.fixture
def town(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "town"))


REFUSED: Mapping[str, tuple[tuple[str, ...], str]] = {
    "a day that no calendar has": (("set", "meetings/kaigi", "held_on=令和8年2月30日"), "令和8年2月30日"),
    "due before issue": (("set", "inquiries/shokai", "due_on=R8.4.30"), "回答期限が発出日より前"),
    "extended before issue": (
        ("set", "inquiries/shokai", 'targets:=[{department="korei", extended_due=2026-04-30}]'),
        "延長した期限",
    ),
    "a category merged into itself": (("set", "categories/sumai", "merged_into=sumai"), "統合先"),
    "a ring of causes": (
        ("set", "20261101-aaaaa", "causes=20261101-bbbbb"),
        "空き家が増えた→近所の付き合いが減った→空き家が増えた",
    ),
    "an issue that causes itself": (("set", "20261101-aaaaa", "causes=20261101-aaaaa"), "背景にある課題"),
    "a collaboration of one": (
        ("set", "collaborations/futari", 'departments:=[{department="korei"}]'),
        "2つ以上の部署",
    ),
    "a department twice": (
        (
            "set",
            "collaborations/futari",
            'departments:=[{department="korei"}, {department="korei"}, {department="jutaku"}]',
        ),
        "「高齢福祉課」の行が2つ",
    ),
    "an area inside itself": (("set", "areas/honcho", 'passed_to:=[{area="honcho"}]'), "横展開"),
    "a department that ends before it begins": (("set", "departments/shin", "until=R8.3.31"), "設置日"),
    "a department that succeeds itself": (("set", "departments/shin", "successor=shin"), "引き継ぐ部署"),
    "a meeting that ends before it starts": (("set", "meetings/kaigi", "starts=14:00", "ends=13:00"), "終了"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_contradiction_is_refused_on_the_command_line(name: str, town: Path, program: Program, git: Git) -> None:
    arguments, word = REFUSED[name]
    before = git(town, "rev-parse", "HEAD")
    refused = program("--store", town, *arguments)
    assert refused.returncode == 2, refused.stdout
    assert word in refused.stderr and "→" in refused.stderr
    assert program("--store", town, *arguments, "--dry-run").returncode == 2
    assert git(town, "rev-parse", "HEAD") == before and git(town, "status", "--porcelain") == ""


MINDED: Mapping[str, tuple[tuple[str, ...], str, str]] = {
    "a meeting before the department was there": (
        ("set", "meetings/kaigi", "held_on=R8.3.20", 'attendance:=[{department="shin"}]'),
        "K606",
        "まちづくり室」は令和8年4月1日の設置",
    ),
    "a department after its end": (
        ("set", "meetings/kaigi", 'attendance:=[{department="kyu-jutaku"}]'),
        "K606",
        "旧住宅課」は令和8年3月31日で廃止",
    ),
    "an inquiry to a department after its end": (
        ("set", "inquiries/shokai", 'targets:=[{department="kyu-jutaku"}]'),
        "K606",
        "引き継いだ「住宅課」",
    ),
    "ranks that collide": (("set", "themes/ni", "rank=1"), "K605", "居場所づくり"),
}


@pytest.mark.parametrize("name", MINDED)
def test_what_may_be_right_is_recorded_and_told(name: str, town: Path, program: Program) -> None:
    arguments, code, words = MINDED[name]
    assert program("--store", town, *arguments).returncode == 0
    told = program("--store", town, "check", "--json")
    assert told.returncode == 0
    problems = json.loads(told.stdout)["problems"]
    assert problems and {problem["code"] for problem in problems} == {code}
    assert any(words in problem["message"] + problem["cure"] for problem in problems)
    assert all(problem["severity"] == "warning" and problem["line"] >= 1 for problem in problems)


def test_an_overflowed_era_is_taken_with_a_note(town: Path, program: Program) -> None:
    taken = program("--store", town, "set", "meetings/kaigi", "held_on=平成32年4月20日")
    assert taken.returncode == 0
    assert "令和2年として読み取りました" in taken.stderr
    assert "held_on = 2020-04-20" in (town / "meetings/kaigi.toml").read_text(encoding="utf-8")


def test_a_settled_point_stays_when_what_it_was_about_is_gone(town: Path, program: Program) -> None:
    assigned = ("rule=open-issue", "subjects=entries/jutaku/20261101-aaaaa", "verdict=不要", "reason=県が行うため")
    settled = program("--store", town, "new", "finding", *assigned)
    key = settled.stdout.split()[-1].removeprefix("findings/")
    # Something else names the issue too: deleted all the same.
    assert program("--store", town, "rm", "20261101-aaaaa").returncode == 3
    assert program("--store", town, "rm", "20261101-aaaaa", "--force").returncode == 0
    told = json.loads(program("--store", town, "check", "--json").stdout)["problems"]
    assert ("K607", "warning") in {(each["code"], each["severity"]) for each in told}
    listed = json.loads(program("--store", town, "findings", "--json").stdout)["findings"]
    assert [(each["verdict"], each["reason"]) for each in listed if each["key"] == key] == [("不要", "県が行うため")]


# -- at the keyboard ---------------------------------------------------------------------------------------------


@pytest_asyncio.fixture
async def work(town: Path, tmp_path: Path) -> AsyncGenerator[Work]:
    """The app on the town."""
    async with at_work(town, tmp_path) as session:
        yield session


async def _opened(work: Work, ref: str, field: str) -> EditScreen:
    work.app.open_record(ref, field)
    await at_rest(work.pilot)
    screen = work.app.screen
    assert isinstance(screen, EditScreen)
    return screen


async def _typed(work: Work, ref: str, field: str, text: str) -> EditScreen:
    """The form of a record with something else in one line of it."""
    screen = await _opened(work, ref, field)
    await work.press("ctrl+u")
    await work.type(text)
    await at_rest(work.pilot)
    return screen


@pytest.mark.parametrize(
    ("ref", "field", "text", "said"),
    [
        ("meetings/kaigi", "held_on", "令和8年2月30日", "暦にありません"),
        ("meetings/kaigi", "next_on", "R8.4.1", "開催日（令和8年4月20日）より前"),
        ("inquiries/shokai", "due_on", "R8.4.30", "発出日より前"),
        ("departments/shin", "until", "R8.3.31", "設置日（令和8年4月1日）より前"),
    ],
)
async def test_a_contradiction_is_said_under_its_field_while_typing(
    work: Work, ref: str, field: str, text: str, said: str
) -> None:
    before = work.commits()
    screen = await _typed(work, ref, field, text)
    await work.sees("誤り：")
    assert said in work.shown
    await work.press("ctrl+s")
    assert work.app.screen is screen and work.commits() == before
    assert text in work.shown, "what was typed stays"
    screen.keep_draft()
    assert work.workspace.drafts.get(Ref(ref)) is not None
    assert work.clean()


async def test_an_overflowed_era_is_read_aloud_and_taken(work: Work) -> None:
    await _typed(work, "meetings/kaigi", "held_on", "平成32年4月20日")
    await work.sees("令和2年として読み取りました")
    await work.saved()
    assert work.snapshot.expect("meetings/kaigi", Meeting).held_on == date(2020, 4, 20)


async def test_a_rank_that_collides_is_said_and_recorded(work: Work) -> None:
    await _typed(work, "themes/ni", "rank", "1")
    await work.sees("順位1は「居場所づくり」と重なっています")
    assert "誤り：" not in work.shown
    await work.saved()
    await work.open("problems")
    await work.sees("順位1は「空き家の活用」と重なっています")


async def test_a_collaboration_of_one_is_refused_and_its_draft_stays(work: Work) -> None:
    before = work.commits()
    screen = await _opened(work, "collaborations/futari", "departments")
    await work.press("delete")
    await work.sees("誤り：連携協働には、2つ以上の部署が必要です。")
    await work.press("ctrl+s")
    assert work.app.screen is screen and work.commits() == before
    screen.keep_draft()
    draft = work.workspace.drafts.get(Ref("collaborations/futari"))
    assert draft is not None and len(draft.plain["departments"]) == 1  # pyright: ignore[reportArgumentType]


async def test_what_was_wrong_before_keeps_nobody_from_the_rest(work: Work) -> None:
    """A file that another tool wrote: told under its field and in 点検, and another field can be recorded."""
    file = work.store / "departments/shin.toml"
    file.write_text(file.read_text(encoding="utf-8") + "until = 2026-03-01\n", encoding="utf-8")
    work.workspace.refresh()
    await _typed(work, "departments/shin", "name", "まちづくり推進室")
    assert "誤り：" not in work.shown
    await work.saved()
    assert work.snapshot.departments["shin"].name == "まちづくり推進室"
    await work.open("problems")
    await work.sees("廃止日（令和8年3月1日）が設置日（令和8年4月1日）より前")
    await work.press("enter")
    await work.sees("ご注意：廃止日")


async def test_a_refusal_that_only_the_save_finds_is_said_under_its_field(work: Work, program: Program) -> None:
    """A colleague deletes the area that is chosen, while the form is open."""
    ref = Ref("entries/jutaku/20261101-aaaaa")
    screen = await _opened(work, ref, "areas")
    await work.press("enter", "down", "space", "enter")
    assert screen.form.plain().get("areas") == ["honcho"], work.shown
    assert program("--store", work.store, "rm", "areas/honcho").returncode == 0
    work.workspace.refresh()
    before = work.commits()
    await work.press("ctrl+s")
    await work.sees("誤り：「地域」の「honcho」という地域はありません。")
    assert work.app.screen is screen and work.commits() == before
    assert screen.form.plain().get("areas") == ["honcho"]
    assert work.workspace.drafts.get(ref) is not None


async def test_a_small_form_says_it_too(work: Work) -> None:
    """One department's row of an inquiry, opened by itself: what is wrong within the record is said there."""
    inquiry = work.snapshot.expect("inquiries/shokai", Inquiry)
    recorded(work.workspace, {"inquiries/shokai": inquiry.but(targets=[{"department": "korei"}])})
    screen = await work.open("inquiries")
    assert isinstance(screen, DataScreen)
    before = work.commits()
    screen.edit_row("inquiries/shokai", "targets", 0)
    await work.sees("延長した期限")
    await work.press("down", "down")
    await work.type("R8.4.30")
    await work.sees("誤り：高齢福祉課の延長した期限（令和8年4月30日）が発出日（")
    await work.press("ctrl+s")
    assert "誤り：" in work.shown and work.commits() == before
    await work.press("ctrl+u")
    await work.type("R8.5.30")
    await work.saved()
    assert work.snapshot.expect("inquiries/shokai", Inquiry).targets[0].extended_due == date(2026, 5, 30)


async def test_a_settled_point_without_its_subject_is_reached_from_the_check(work: Work, program: Program) -> None:
    assigned = ("rule=open-issue", "subjects=entries/jutaku/20261101-aaaaa", "verdict=不要")
    program("--store", work.store, "new", "finding", *assigned)
    program("--store", work.store, "rm", "20261101-aaaaa", "--force")
    work.workspace.refresh()
    await work.open("problems")
    await work.press("f3")
    await work.type("K607")
    await work.press("enter")
    await work.press("enter")
    await work.sees("論点・確認事項")
    await work.sees("整理した時の条件には、いまは当てはまりません")
    assert "不要" in work.shown
