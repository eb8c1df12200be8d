"""The whole story in one store: from `init` to a lesson passed on to a second area (handbook 1-1(1) to 3-1)."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

import pytest

from kyoju_tui.cli.main import main
from kyoju_tui.overview.choosing import received
from kyoju_tui.overview.image_map import picture
from kyoju_tui.overview.progress import progress
from kyoju_tui.records.finding import Finding
from kyoju_tui.records.framework import Framework
from kyoju_tui.records.policy import Policy
from kyoju_tui.records.theme import Theme
from tests.handbook.conftest import DEPARTMENTS
from tests.handbook.places import NORTH, SOUTH, area_named
from tests.handbook.test_h02_lead import do_h02
from tests.handbook.test_h03_existing_bodies import do_h03
from tests.handbook.test_h04_purpose import do_h04
from tests.handbook.test_h05_causes import do_h05
from tests.handbook.test_h06_roles import do_h06
from tests.handbook.test_h07_categories import do_h07
from tests.handbook.test_h08_table import do_h08
from tests.handbook.test_h09_data import do_h09
from tests.handbook.test_h10_inquiry import asked, do_h10
from tests.handbook.test_h11_matrix import do_h11
from tests.handbook.test_h12_points import KEY, do_h12
from tests.handbook.test_h13_joint_work import do_h13
from tests.handbook.test_h14_meetings import ACTION, DECISION, TITLE, do_h14, meeting_titled
from tests.handbook.test_h15_explaining import do_h15
from tests.handbook.test_h16_opinions import IN_THE_MEETING, do_h16
from tests.handbook.test_h17_lenses import do_h17
from tests.handbook.test_h18_image_map import ENTRY, do_h18
from tests.handbook.test_h19_themes import OTHER, do_h19
from tests.handbook.test_h20_framework import do_h20
from tests.handbook.test_h21_record_first import do_h21
from tests.handbook.test_h22_integrated_care import do_h22
from tests.handbook.test_h23_arguments import do_h23
from tests.handbook.test_h24_areas import do_h24
from tests.handbook.test_h25_scope import do_h25
from tests.handbook.test_h26_visits import do_h26
from tests.handbook.test_h27_passing_on import LESSONS, do_h27
from tests.handbook.test_h28_key_persons import do_h28
from tests.handbook.test_h29_unbound_groups import do_h29
from tests.handbook.test_h30_questionnaire import do_h30
from tests.handbook.test_h31_hearing import do_h31
from tests.handbook.work import AUTHOR, TODAY, Work, at_work

# What is asked of groups (3-2) comes before the areas (3-1), so that the story ends where the handbook's aim is.
SESSIONS: Final[tuple[tuple[Callable[[Work], Awaitable[None]], ...], ...]] = (
    (do_h02, do_h03, do_h04, do_h05, do_h06),
    (do_h07, do_h08, do_h09, do_h10, do_h11, do_h12),
    (do_h13, do_h14, do_h15, do_h16, do_h17, do_h18, do_h19),
    (do_h20, do_h21, do_h22, do_h23),
    (do_h28, do_h29, do_h30, do_h31),
    (do_h24, do_h25, do_h26, do_h27),
)
READING: Final = ("check", "progress", "matrix", "findings", "image-map", "causes", "care", "handover", "case-sheet")


def no_screen(store: Path | None, author: str | None) -> int:
    raise AssertionError(f"no screen was asked for: {store} {author}")


def command(*arguments: str) -> int:
    """Run the command line on the story's day and return its exit code."""
    return main(["--as", AUTHOR, *arguments], no_screen, {**os.environ, "KYOJU_TODAY": TODAY.isoformat()})


async def register(work: Work, name: str, reading: str) -> None:
    """Register a department with keys."""
    await work.open("departments")
    await work.press("f4")
    await work.type(name)
    await work.field("reading")
    await work.type(reading)
    await work.saved()


def told_by_git(work: Work) -> None:
    """Every commit says which records it is about, is the member of staff's own, and nothing is left over."""
    for line in work.git("log", "--format=%s%x09%P%x09%an <%ae>%x09%(trailers:key=Kyoju-Record)%x00").split("\0"):
        if line.strip():
            subject, parents, author, *trailers = line.strip("\n").split("\t")
            assert subject and len(parents.split()) <= 1 and author == AUTHOR, line
            assert "Kyoju-Record: " in trailers[0], line
    assert work.clean()


def came_about(work: Work) -> None:
    """What the rows led to is all there, side by side."""
    now = work.snapshot
    policy = now.expect("policy", Policy)
    assert policy.lead is not None and policy.lead.department == "chiiki-kyodo"
    assert [each.name for each in policy.earlier_leads] == ["住宅課"]
    assert policy.existing_bodies and policy.purpose and policy.arguments

    ref, inquiry = asked(work)
    (compiled,) = inquiry.compilations
    tag = f"kyoju/{ref.id}/{compiled.number}"
    assert work.git("rev-parse", f"{tag}^{{commit}}").strip() == compiled.commit

    assert now.expect(f"findings/{KEY}", Finding).verdict == "必要な取組"
    _, meeting = meeting_titled(work, TITLE)
    assert meeting.decisions == (DECISION,) and [each.text for each in meeting.actions] == [ACTION]
    assert any(each.text == IN_THE_MEETING for one in now.meetings.values() for each in one.opinions)

    themes = {theme.title: theme for theme in now.all(Theme).values()}
    assert themes[OTHER].status == "実践中"
    framework = now.expect("framework", Framework)
    assert (framework.type, framework.stage) == ("庁内連携", "連携協働")
    assert [each.judgement for each in framework.reviews] == ["継続"]

    assert ENTRY in [content.title for box in picture(now).boxes for content in box.contents]

    first, north = area_named(work, NORTH)
    second, south = area_named(work, SOUTH)
    assert (north.status, north.scope) == ("モデル", "連合町内会+コミュニティ")
    assert south.visits and south.intent == "始めたい"
    assert [(each.source, each.text) for each in received(now)[second]] == [(first, LESSONS[0])]


@pytest.mark.heavy
async def test_from_init_to_a_lesson_passed_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = tmp_path / "store"
    assert command("init", str(store), "--municipality", "澪帆市", "--preset", "handbook-5") == 0
    (_, first, _), (_, second, _), *others = DEPARTMENTS
    async with at_work(store, tmp_path) as work:
        await register(work, first, "ちいき きょうどう")
        await register(work, second, "じゅうたく")
        assert list(work.snapshot.departments) == ["chiiki-kyodo", "jutaku"]
    for order, (record_id, name, reading) in enumerate(others, start=3):
        fields = (f"name={name}", f"reading={reading}", f"order={order * 10}")
        assert command("--store", str(store), "new", "department", "--id", record_id, *fields) == 0

    for session in SESSIONS:
        async with at_work(store, tmp_path) as work:
            for row in session:
                await row(work)

    async with at_work(store, tmp_path) as work:
        came_about(work)
        told_by_git(work)
        states = {step.label: step.state for step in progress(work.snapshot, TODAY)}
        assert "未着手" not in states.values(), states
        await work.open("home")
        await work.sees("・未着手0")

    for word in READING:
        capsys.readouterr()
        assert command("--store", str(store), word) == 0, capsys.readouterr().out
        told = capsys.readouterr()
        assert told.out.strip() and not told.err, word
        if word == "check":
            assert "誤り0件" in told.out
