"""H 19: themes from what is needed, ranked with a reason, and practice only once its way is clear (handbook 1-3(3))."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.theme import Theme
from tests.handbook.work import Work, at_work
from tests.ui.at_work import record

NEED = "歩いて行ける集まる場"
OTHER = "買物と通院の足"
ISSUE = "住宅を集会に使うときの用途の決まり"


async def do_h19(work: Work) -> None:
    """Begin a theme from 必要な取組, add another, exchange their ranks, put one into practice without waiting."""
    if not any(entry.title == NEED for entry in work.snapshot.entries.values()):
        needed = Entry(title=NEED, kind="取組", status="必要", categories=(next(iter(work.snapshot.categories)),))
        record(work.workspace, {"entries/common/20261123-needd": needed})
    await work.open("themes")
    await work.press("f4")
    await work.type(NEED)
    await work.press("enter")
    await work.sees("テーマを新しく記録")
    await work.saved()
    await work.press("f4")
    if "必要なこと" in work.shown and "ここにない" in work.shown:
        await work.type("ここにない")
        await work.press("enter")
    await work.type(OTHER)
    await work.saved()
    # The other goes up, for a reason.
    themes = work.snapshot.all(Theme)
    ref = next(ref for ref, theme in themes.items() if theme.title == OTHER)
    work.app.screen.query_one("#list").move_to(ref)  # type: ignore[attr-defined]
    await work.press("ctrl+up")
    await work.type("困っている人が多い。")
    await work.saved("enter")
    # An institutional problem without an answer: practice asks for the reason.
    await work.press("enter")
    await work.sees("テーマシート")
    for _ in range(9):
        await work.press("down")
    await work.press("f4")
    await work.type(ISSUE)
    await work.saved()
    await work.press("ctrl+r", "right", "right", "enter")
    await work.sees("整理を待たずに")
    await work.type("国の特例を使って試行する。")
    await work.saved("enter")
    await work.press("escape")


async def test_h19_themes_are_ranked_and_practice_asks_for_a_reason(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h19(work)
        themes = {theme.title: theme for theme in work.snapshot.all(Theme).values()}
        assert themes[NEED].need == NEED and themes[NEED].rank == 2
        assert themes[NEED].entries == (Ref("entries/common/20261123-needd").id,)
        other = themes[OTHER]
        assert (other.rank, other.reason) == (1, "困っている人が多い。")
        assert [each.issue for each in other.obstacles] == [ISSUE]
        assert (other.status, other.override_reason) == ("実践中", "国の特例を使って試行する。")
        assert work.subject() == f"テーマ「{OTHER}」を更新"
        assert work.clean()
