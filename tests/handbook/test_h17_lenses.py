"""H 16, 17: opinions are appended to the matrix, each with its lens; digest and print (handbook 1-3(2))."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kyoju_tui.overview.matrix import OpinionLine, matrix
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.ui.widgets.matrix_table import OPINIONS, MatrixTable
from tests.handbook.work import TODAY, Work, at_work

TEXT = "空き家の相談を一つの窓口で受けられないか"
DIGEST = "空き家の相談の受け方をそろえる"


async def do_h17(work: Work) -> None:
    """Add an opinion on housing as a possible joint work, write the digest, and choose the opinion for print."""
    if not work.snapshot.meetings:
        meeting = Meeting(title="第1回意見交換会", held_on=date(2026, 11, 18))
        work.workspace.create("meeting", meeting, today=TODAY).result(timeout=60)
    await work.open("matrix")
    work.app.screen.query_one(MatrixTable).move_to("sumai", OPINIONS)
    await work.press("f4", "enter")
    await work.type(TEXT)
    await work.press("enter")
    await work.sees("この意見の視点")
    await work.saved("left", "enter")
    await work.press("f2")
    await work.sees("意見の整理（整理文）")
    await work.type(DIGEST)
    await work.saved()
    await work.press("ctrl+w")
    await work.type("空き家")
    await work.saved("enter")


def line(work: Work) -> OpinionLine:
    return next(each for each in matrix(work.snapshot, TODAY).opinions["sumai"] if each.text == TEXT)


async def test_h17_opinions_have_a_lens_and_touch_no_entry(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        entries = dict(work.snapshot.entries)
        await do_h17(work)
        assert (line(work).lens, line(work).department, line(work).print) == ("連携の可能性", None, True)
        digest = work.snapshot.categories["sumai"].digest
        assert digest is not None and (digest.text, digest.as_of) == (DIGEST, TODAY)
        assert dict(work.snapshot.entries) == entries
        assert work.subject() == "印刷する意見を選択（住まい）"
        # Through its lens only this opinion is seen.
        await work.press("f3")
        await work.type("連携の可能性")
        await work.press("enter")
        await work.sees("絞り込み：連携の可能性")
        await work.sees("意見1件")
        assert work.clean()
