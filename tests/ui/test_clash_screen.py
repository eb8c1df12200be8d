"""The window of 食い違い: every version in sight, a key each, nothing recorded before all is decided."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from kyoju_tui.records.disagreement import Sides
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.merge import Conflict, Conflicts, merge
from kyoju_tui.records.plain import Plain
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.screens.clash import ClashScreen
from kyoju_tui.ui.screens.rewrite import RewriteScreen
from kyoju_tui.ui.widgets.version_text import VersionText
from kyoju_tui.workspace.requests import Saved
from kyoju_tui.workspace.saving.contest import Contested
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, same_screen, until, until_shown
from tests.ui.conftest import SIZES
from tests.ui.screen_text import english_words, screen_text

# Whole tasks at the keyboard: a command of their own.
pytestmark = pytest.mark.walk

FIRST = Ref("entries/korei/20261101-00003")
SECOND = Ref("entries/jutaku/20261101-00001")
OTHER = "佐藤 次郎 <jiro@city.example.jp>"
BASE: Plain = {
    "title": "見守り訪問",
    "kind": "取組",
    "status": "検討中",
    "categories": ["koreisha"],
    "outline": "75歳以上のひとり暮らしの世帯を月に1回訪ねる。\n困りごとを聞く。\n記録は共有する。",
    "results": [{"fiscal_year": 2025, "text": "412世帯"}],
}
LONG = "\n".join(f"{number}. {number}番目の自治会と打ち合わせ、回る順と持ち物を決める。" for number in range(1, 15))
OURS: Plain = BASE | {
    "status": "取組中",
    "outline": f"75歳以上のひとり暮らしの世帯を月に2回訪ねる。\n困りごとを聞く。\n記録は共有する。\n{LONG}",
    "results": [{"fiscal_year": 2025, "text": "420世帯"}],
}
THEIRS: Plain = {key: BASE[key] for key in BASE if key != "results"} | {
    "status": "終了",
    "outline": "70歳以上のひとり暮らしの世帯を月に1回訪ねる。\n記録は共有する。",
}
SIDES = Sides("自分", "佐藤 次郎", "11月23日 10:15")


def conflicts(ours: Plain = OURS, theirs: Plain = THEIRS) -> tuple[Conflict, ...]:
    result = merge(BASE, ours, theirs, Entry)
    assert isinstance(result, Conflicts)
    return result.fields


async def asked(pilot: Pilot[None], app: KyojuApp, found: Sequence[Conflict]) -> list[dict[str, object | None] | None]:
    """The window, open; what it answers is put into the list."""
    answers: list[dict[str, object | None] | None] = []
    await at_rest(pilot)
    app.push_screen(ClashScreen("取組「見守り訪問」", found, app.store_open.snapshot.name, sides=SIDES), answers.append)
    await pilot.pause()
    await pilot.pause()
    return answers


@pytest.mark.parametrize("size", SIZES)
async def test_all_three_versions_are_in_sight(app: KyojuApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await asked(pilot, app, conflicts())
        await pilot.press("f3")
        shown = screen_text(app)
        for word in ("1/3 決めた", "2/3　概要", "元の記録", "自分", "佐藤 次郎", "【2】回", "【70】歳以上", "両方"):
            assert word in shown
        assert not english_words(shown)
        same_screen(app, f"clash-{size[0]}x{size[1]}")


async def test_each_way_has_a_key_and_nothing_is_given_before_all_are_decided(app: KyojuApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await asked(pilot, app, conflicts())
        await pilot.press("f12", "ctrl+s")
        await until_shown(pilot, "1/3 決めた")
        assert isinstance(app.screen, ClashScreen) and not answers
        await pilot.press("f5", "f4")
        await until_shown(pilot, "3/3 決めた")
        assert "【相手】" in screen_text(app)
        # What was decided can be looked at again and decided otherwise.
        await pilot.press("ctrl+left")
        assert "【両方】" in screen_text(app)
        await pilot.press("ctrl+left", "f4")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: answers)
    assert answers[0] is not None
    assert answers[0]["status"] == "終了"
    assert answers[0]["results[2025]"] is None
    both = str(answers[0]["outline"])
    assert "月に2回訪ねる" in both and "70歳以上" in both and both.endswith(LONG)


async def test_letters_with_and_without_the_ime_are_aliases(app: KyojuApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await asked(pilot, app, conflicts())
        await pilot.press("2", "３", "1", "ctrl+s")
        await until(pilot, lambda: answers)
    assert answers[0] == {
        "status": "取組中",
        "outline": THEIRS["outline"],
        "results[2025]": {"fiscal_year": 2025, "text": "412世帯"},
    }


async def test_a_text_is_written_anew_beginning_from_both(app: KyojuApp) -> None:
    outline = [each for each in conflicts() if each.field == "outline"]
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await asked(pilot, app, outline)
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, RewriteScreen))
        area = app.screen.query_one(TextArea)
        assert "月に2回訪ねる" in area.text and "70歳以上" in area.text
        await pilot.press("escape")
        await until_shown(pilot, "0/1 決めた")
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, RewriteScreen))
        app.screen.query_one(TextArea).text = "70歳以上の世帯を月に2回訪ねる。\n"
        await pilot.press("ctrl+s")
        await until_shown(pilot, "1/1 決めた")
        assert "【書き直す】" in screen_text(app)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: answers)
    assert answers == [{"outline": "70歳以上の世帯を月に2回訪ねる。"}]


async def test_what_was_written_anew_is_not_lost_by_esc(app: KyojuApp) -> None:
    outline = [each for each in conflicts() if each.field == "outline"]
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await asked(pilot, app, outline)
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, RewriteScreen))
        app.screen.query_one(TextArea).text = "書き直した文。\n"
        await pilot.press("escape")
        await until_shown(pilot, "書き直した文章を使いますか。")
        await pilot.press("enter")
        await until_shown(pilot, "1/1 決めた")
        await pilot.press("escape")
        await until_shown(pilot, "書き直した文章は残りません。")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ClashScreen))
        assert not answers
        await pilot.press("ctrl+s")
        await until(pilot, lambda: answers)
    assert answers == [{"outline": "書き直した文。"}]


@pytest.mark.parametrize("size", [(80, 24), (160, 45), (60, 15)])
async def test_short_versions_have_a_small_window_and_the_keys_are_never_cut(
    app: KyojuApp, size: tuple[int, int]
) -> None:
    status = [each for each in conflicts() if each.field == "status"]
    async with app.run_test(size=size) as pilot:
        await asked(pilot, app, status)
        shown = screen_text(app)
        assert "取組中" in shown and "終了" in shown and "書き直す" not in shown
        assert "Esc：入力に戻る" in shown and "F12" in shown
        assert app.screen.query_one("#dialog").outer_size.height <= min(size[1], 18)


async def test_a_way_that_makes_no_sense_is_not_taken(app: KyojuApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await asked(pilot, app, conflicts())
        assert "両方" not in screen_text(app)
        await pilot.press("f5", "f2")
        assert "0/3 決めた" in screen_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: answers)
    assert answers == [None]


async def test_long_texts_are_read_together(app: KyojuApp) -> None:
    outline = [each for each in conflicts() if each.field == "outline"]
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app, outline)
        assert "14番目" not in screen_text(app)
        await pilot.press(*["pagedown"] * 8)
        assert "14番目" in screen_text(app)
        await pilot.press(*["pageup"] * 8)
        assert "【2】回" in screen_text(app)


async def test_the_mouse_decides_too(app: KyojuApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app, conflicts())
        row = screen_text(app).split("\n").index(next(line for line in screen_text(app).split("\n") if "F12" in line))
        await pilot.click(offset=(25, row))
        await until_shown(pilot, "1/3 決めた")


async def test_nothing_of_a_hostile_text_reaches_the_terminal(app: KyojuApp) -> None:
    bad = "[/]\x1b]52;c;YQ==\x07\u202e[bold]甲"
    found = conflicts(BASE | {"outline": bad}, BASE | {"outline": f"{bad}乙\n{bad}"})
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app, found)
        assert "\x1b" not in screen_text(app) and "\u202e" not in screen_text(app)
        assert "\x1b" not in app.screen.query_one("#mine", VersionText).text
        assert "[bold]" in screen_text(app)


# -- every save uses it ------------------------------------------------------------------------------------------------


def commits(workspace: Workspace) -> list[str]:
    command = ["git", "-C", str(workspace.root), "log", "--format=%s"]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.splitlines()


def colleague_records(workspace: Workspace, ref: Ref, **fields: object) -> None:
    other = Workspace.open(workspace.root, author=OTHER, environ={})
    other.save(ref, other.snapshot.expect(ref, Entry).but(**fields)).result(timeout=60)
    other.close()


async def test_a_save_of_several_asks_record_by_record_and_is_one_commit(workspace: Workspace, app: KyojuApp) -> None:
    puts = [
        workspace.putting(ref, workspace.snapshot.expect(ref, Entry).but(outline="自分"), workspace.base(ref))
        for ref in (FIRST, SECOND)
    ]
    for ref in (FIRST, SECOND):
        colleague_records(workspace, ref, outline="相手", note="残る")
    before, done, failed = commits(workspace), list[Saved](), list[Exception]()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)

        def start() -> None:
            app.save(
                lambda: workspace.batch(puts, action="update", subject="まとめて"),
                done=done.append,
                failed=failed.append,
            )

        start()
        await until(pilot, lambda: isinstance(app.screen, ClashScreen))
        first = app.screen
        await until_shown(pilot, "佐藤 次郎")
        await pilot.press("f3", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ClashScreen) and app.screen is not first)
        # Esc at the second leaves everything as it was: nothing of the first is recorded.
        await pilot.press("escape")
        await until(pilot, lambda: failed)
        assert isinstance(failed[0], Contested)
        assert "2件" in failed[0].message and "記録していません" in failed[0].message
        assert commits(workspace) == before
        start()
        for keys in (("f3", "ctrl+s"), ("f4", "ctrl+s")):
            await until(pilot, lambda: isinstance(app.screen, ClashScreen) and "0/1 決めた" in screen_text(app))
            await pilot.press(*keys)
        await until(pilot, lambda: done)
    assert commits(workspace) == ["まとめて", *before]
    kept = [workspace.snapshot.expect(ref, Entry) for ref in (FIRST, SECOND)]
    assert [(entry.outline, entry.note) for entry in kept] == [("自分", "残る"), ("相手", "残る")]


@pytest.mark.parametrize(("key", "there"), [("f3", False), ("f4", True)])
async def test_deleting_what_somebody_changed_meanwhile_is_asked(
    workspace: Workspace, app: KyojuApp, key: str, there: bool
) -> None:
    # Before the watcher of the app has seen it.
    deletion = workspace.removing(FIRST, force=True)
    colleague_records(workspace, FIRST, outline="相手")
    done: list[Saved] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        app.save(lambda: workspace.batch(deletion, action="delete"), done=done.append)
        await until(pilot, lambda: isinstance(app.screen, ClashScreen))
        await until_shown(pilot, "自分はこの記録を削除し、佐藤 次郎はこの記録を書き換えました。")
        await pilot.press(key, "ctrl+s")
        await until(pilot, lambda: done)
    assert (FIRST in workspace.snapshot.entries) is there


@pytest.mark.parametrize("follow", [True, False])
async def test_a_record_that_was_moved_meanwhile_is_followed_where_wanted(
    workspace: Workspace, app: KyojuApp, follow: bool
) -> None:
    entry, base = workspace.snapshot.expect(FIRST, Entry), workspace.base(FIRST)
    other = Workspace.open(workspace.root, author=OTHER, environ={})
    other.move(FIRST, "shimin").result(timeout=60)
    other.close()
    moved = Ref(f"entries/shimin/{FIRST.id}")
    done, failed = list[Saved](), list[Exception]()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        app.save(
            lambda: workspace.save(FIRST, entry.but(outline="自分"), base=base), done=done.append, failed=failed.append
        )
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await until_shown(pilot, "移った先に記録する")
        assert "「市民課」" in screen_text(app)
        await pilot.press("enter" if follow else "escape")
        await until(pilot, lambda: done or failed)
    assert bool(done) is follow
    assert FIRST not in workspace.snapshot.entries
    assert workspace.snapshot.expect(moved, Entry).outline == ("自分" if follow else None)
    assert (workspace.drafts.get(FIRST) is None) is follow


async def test_what_was_typed_stays_a_draft_until_it_is_settled(workspace: Workspace, app: KyojuApp) -> None:
    entry, base = workspace.snapshot.expect(FIRST, Entry), workspace.base(FIRST)
    colleague_records(workspace, FIRST, outline="相手")
    failed: list[Exception] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        app.save(lambda: workspace.save(FIRST, entry.but(outline="自分"), base=base), failed=failed.append)
        await until(pilot, lambda: isinstance(app.screen, ClashScreen))
        draft = workspace.drafts.get(FIRST)
        assert draft is not None and draft.plain["outline"] == "自分"
        await pilot.press("escape")
        await until(pilot, lambda: failed)
        assert workspace.drafts.get(FIRST) is not None
        app.save(lambda: workspace.save(FIRST, entry.but(outline="自分"), base=base))
        await until(pilot, lambda: isinstance(app.screen, ClashScreen))
        await pilot.press("f3", "ctrl+s")
        await until(pilot, lambda: workspace.snapshot.expect(FIRST, Entry).outline == "自分")
        await until(pilot, lambda: app.save_line[0].startswith("記録しました"))
    assert workspace.drafts.get(FIRST) is None


async def test_somebody_records_again_while_it_is_being_settled(workspace: Workspace, app: KyojuApp) -> None:
    entry, base = workspace.snapshot.expect(FIRST, Entry), workspace.base(FIRST)
    colleague_records(workspace, FIRST, outline="相手")
    done: list[Saved] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        app.save(lambda: workspace.save(FIRST, entry.but(outline="自分"), base=base), done=done.append)
        await until(pilot, lambda: isinstance(app.screen, ClashScreen))
        first = app.screen
        colleague_records(workspace, FIRST, outline="相手がまた変えた")
        await pilot.press("f3", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ClashScreen) and app.screen is not first)
        await until_shown(pilot, "また変えた")
        await pilot.press("f4", "ctrl+s")
        await until(pilot, lambda: done)
    assert workspace.snapshot.expect(FIRST, Entry).outline == "相手がまた変えた"


async def test_an_undo_that_meets_anothers_change_is_asked_too(workspace: Workspace, app: KyojuApp) -> None:
    entry = workspace.snapshot.expect(FIRST, Entry)
    workspace.save(FIRST, entry.but(outline="自分", note="自分の備考")).result(timeout=60)
    colleague_records(workspace, FIRST, outline="相手")
    before = commits(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        workspace.refresh()
        await pilot.press("ctrl+z")
        await until(pilot, lambda: isinstance(app.screen, ClashScreen))
        await until_shown(pilot, "取り消し")
        assert "まだ何も変えていません" in screen_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: "元に戻していません" in app.save_line[0])
        assert commits(workspace) == before
        await pilot.press("ctrl+z")
        await until(pilot, lambda: isinstance(app.screen, ClashScreen))
        await pilot.press("f4", "ctrl+s")
        await until(pilot, lambda: app.save_line[0].startswith("記録しました（元に戻す"))
    kept = workspace.snapshot.expect(FIRST, Entry)
    assert (kept.outline, kept.note) == ("相手", entry.note)
    assert len(commits(workspace)) == len(before) + 1
