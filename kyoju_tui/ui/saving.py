"""How a save looks from the screen: who saves, 保存中, 記録しました, 未記録.

Nothing here blocks: futures are finished in the workspace's writer thread and awaited on the screen's own loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeAlias

from kyoju_tui.records.errors import HostileConfig, InvalidValue, KyojuError, NoIdentity
from kyoju_tui.ui.consent import ask_consent
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp
    from kyoju_tui.workspace.requests import Saved

Start: TypeAlias = "Callable[[], Future[Saved]]"
Done: TypeAlias = "Callable[[Saved], None]"
Failed: TypeAlias = "Callable[[KyojuError], None]"

SAVING = "保存中"


class Saving:
    """The saves of one app. `under_way` counts those that are not acknowledged yet."""

    def __init__(self, app: KyojuApp) -> None:
        self._app = app
        self._under_way: set[asyncio.Future[Saved]] = set()

    @property
    def under_way(self) -> int:
        """How many saves are not yet acknowledged."""
        return len(self._under_way)

    def save(self, start: Start, *, done: Done | None = None, failed: Failed | None = None) -> None:
        """Begin a save and return at once; `start` calls the workspace and is called again once an author is known.

        `done` gets what was saved. `failed` gets the error; without it a note tells what happened and what to do.
        Both are called on the screen's thread. The status line is written in either case.
        """
        self._app.run_worker(self._save(start, done, failed))

    def undo(self) -> None:
        """Take one's own last save back, after asking."""
        self._app.run_worker(self._undo())

    async def finished(self) -> None:
        """Wait until nothing is under way."""
        while self._under_way:
            await asyncio.wait(set(self._under_way))

    async def _undo(self) -> None:
        workspace = self._app.workspace
        if workspace is None:
            return
        question = ConfirmScreen(
            "自分の直前の記録を取り消しますか。",
            "取り消しも新しい記録として残るので、あとから元に戻せます。",
            yes="取り消す",
            no="やめる",
        )
        if await self._app.push_screen_wait(question):
            # Finding the last save reads the history: that may take a moment, so not on the screen's thread.
            await self._save(workspace.undo, None, None, threaded=True)

    async def _save(self, start: Start, done: Done | None, failed: Failed | None, *, threaded: bool = False) -> None:
        try:
            await self._require_author()
            try:
                saved = await self._begun(start, threaded=threaded)
            except HostileConfig as error:
                if not await ask_consent(self._app, error):
                    raise
                saved = await self._begun(start, threaded=threaded)
        except KyojuError as error:
            self._app.save_line = (f"未記録（{error.message}）", True)
            if failed is not None:
                failed(error)
            else:
                self._app.tell(error)
        else:
            self._app.save_line = (told(saved), False)
            if done is not None:
                done(saved)

    async def _begun(self, start: Start, *, threaded: bool) -> Saved:
        self._app.save_line = (SAVING, False)
        return await self._acknowledged(await asyncio.to_thread(start) if threaded else start())

    async def _acknowledged(self, future: Future[Saved]) -> Saved:
        waiting = asyncio.wrap_future(future)
        self._under_way.add(waiting)
        try:
            # Shielded: whatever ends this task, a save that has begun is never called off.
            return await asyncio.shield(waiting)
        finally:
            self._under_way.discard(waiting)

    async def _require_author(self) -> None:
        """Ask who is saving, once in a session. Errors: `NoIdentity` where nobody says so."""
        workspace = self._app.workspace
        if workspace is None or workspace.read_only is not None:
            return  # the save itself says why not
        try:
            if workspace.author() is not None:
                return
        except InvalidValue as error:  # what git or the environment names cannot be used
            self._app.tell(error)
        question = AskScreen(
            "だれの記録として残しますか。",
            "氏名 <メールアドレス> の形で入れてください。この起動のあいだ使います。",
            placeholder="住宅課 担当 <jutaku@city.example.jp>",
            check=_accepted(workspace.set_author),
        )
        answer = await self._app.push_screen_wait(question)
        await self._app.standing.look()
        if answer is None:
            raise NoIdentity(
                "だれの記録か未入力です。",
                cure="入力した内容は残っています。もう一度記録し、氏名とメールアドレスを入れてください。",
            )


def _accepted(take: Callable[[str], None]) -> Callable[[str], str]:
    """A check for the question: the error's words, or nothing once the answer was taken."""

    def check(text: str) -> str:
        try:
            take(text)
        except InvalidValue as error:
            return error.message
        return ""

    return check


def told(saved: Saved) -> str:
    """The words for an acknowledged save."""
    if saved.commit is None:
        return "変更はありません"
    return f"記録しました（{saved.subject}{'・ほかの人の変更と合わせました' if saved.merged else ''}）"
