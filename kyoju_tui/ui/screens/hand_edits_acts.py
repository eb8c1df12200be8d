"""The acting half of 直接編集: recorded or put back, after a preview."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from kyoju_tui.records.errors import KyojuError, StillReferred
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.preview import PreviewScreen
from kyoju_tui.workspace.hand_edits.listing import HandEdit, record, recording
from kyoju_tui.workspace.hand_edits.putting_back import BackAgain, put_back
from kyoju_tui.workspace.saving.planned import REMARK

if TYPE_CHECKING:
    from kyoju_tui.ui.screens.hand_edits import HandEditsScreen

Done = Callable[[], None]


async def ask_to_record(screen: HandEditsScreen, edits: Sequence[HandEdit], done: Done) -> None:
    """Show what would be recorded, and record it. A file that cannot be read is told, and nothing is recorded."""
    force = False
    try:
        recording(screen.workspace, edits)
    except StillReferred as error:
        question = ConfirmScreen(error.message, "それでも、削除として記録しますか。", yes="記録する", no="やめる")
        if not await screen.kyoju.push_screen_wait(question):
            return
        force = True
    except KyojuError as error:
        screen.kyoju.tell(error)
        return
    remark = f"{REMARK}あなたの記録として残ります。ファイルはそのままです。"
    lines = [*_lines(screen, edits), remark]
    if await screen.kyoju.push_screen_wait(PreviewScreen("直接編集の記録", lines)):
        screen.kyoju.save(lambda: record(screen.workspace, edits, force=force), done=lambda _: done())


async def ask_to_put_back(screen: HandEditsScreen, edits: Sequence[HandEdit], done: Done) -> None:
    """Show what would be put back, and do it in a worker: it waits for the saves of others."""
    remark = f"{REMARK}ファイルを最後に記録された内容に戻します。いまの内容は控え（Ctrl+Y）に残ります。"
    lines = [*_lines(screen, edits), remark]
    if await screen.kyoju.push_screen_wait(PreviewScreen("直接編集を元に戻す", lines, "元に戻す")):
        screen.run_worker(lambda: _put_back(screen, edits, done), thread=True, group="put-back")


def _put_back(screen: HandEditsScreen, edits: Sequence[HandEdit], done: Done) -> None:
    try:
        back = put_back(screen.workspace, edits)
    except KyojuError as error:
        screen.kyoju.call_from_thread(screen.kyoju.tell, error)
    else:
        screen.kyoju.call_from_thread(_tell, screen, back)
    screen.from_thread(done)


def _tell(screen: HandEditsScreen, back: BackAgain) -> None:
    kept = "\n戻す前の内容は、控え（Ctrl+Y）に残っています。" if back.kept is not None else ""
    screen.kyoju.notify(f"{len(back.paths)}件のファイルを元に戻しました。{kept}")


def _lines(screen: HandEditsScreen, edits: Sequence[HandEdit]) -> Iterator[str]:
    for edit in edits:
        changes = "、".join(line.replace(": ", "：", 1) for line in edit.changes)
        yield f"{edit.state}　「{screen.named(edit)}」　{changes}"
    for edit in edits:
        if edit.being_edited:
            yield f"{REMARK}「{screen.named(edit)}」は、だれかがエディターで開いているようです。"
        for problem in edit.problems:
            place = f"{problem.line}行目　" if problem.line else ""
            yield f"{REMARK}「{screen.named(edit)}」{place}{problem.message}"
