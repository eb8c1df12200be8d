"""How a save looks from the screen: who saves, 保存中, 記録しました, 未記録.

Nothing here blocks: futures are finished in the workspace's writer thread and awaited on the screen's own loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeAlias

from kyoju_tui.records.errors import HostileConfig, InvalidValue, KyojuError, NoIdentity
from kyoju_tui.ui.consent import ask_consent
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.edit_clash import settled_by_person
from kyoju_tui.ui.undo_words import undone
from kyoju_tui.workspace.past.undoing import undoing
from kyoju_tui.workspace.saving.contest import Contested

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp
    from kyoju_tui.workspace.requests import Request, Saved

Start: TypeAlias = "Callable[[], Future[Saved]]"
Done: TypeAlias = "Callable[[Saved], None]"
Failed: TypeAlias = "Callable[[KyojuError], None]"
# Settles what somebody else changed meanwhile: the save that follows, or None where it is left undecided.
Settling: TypeAlias = "Callable[[KyojuApp, Contested], Awaitable[Start | None]]"

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

    def save(
        self,
        start: Start,
        *,
        done: Done | None = None,
        failed: Failed | None = None,
        settling: Settling = settled_by_person,
    ) -> None:
        """Begin a save and return at once; `start` calls the workspace and is called again once an author is known.

        `done` gets what was saved. `failed` gets the error; without it a note tells what happened and what to do.
        Both are called on the screen's thread. The status line is written in either case. Where somebody else changed
        the same meanwhile, `settling` is asked first: a person decides field by field, and the save goes on.
        """
        self._app.run_worker(self._save(start, done, failed, settling=settling))

    def undo(self) -> None:
        """Take one's own last save back, after asking."""
        self._app.run_worker(self._undo())

    async def finished(self) -> None:
        """Wait until nothing is under way."""
        while self._under_way:
            await asyncio.wait(set(self._under_way))

    async def worked_out(self, make: Callable[[], Request]) -> Request | None:
        """What is to be saved, where finding that out reads the history: beside the screen's own work.

        None where it cannot be done, which is told, and where a person has to decide first: that is asked, and saved.
        """
        try:
            await self.require_author()
            try:
                return await asyncio.to_thread(make)
            except HostileConfig as error:
                if not await ask_consent(self._app, error):
                    raise
                return await asyncio.to_thread(make)
        except Contested as error:
            await self._save(_refused(error), None, None)
        except KyojuError as error:
            self._app.tell(error)
        return None

    async def _undo(self) -> None:
        workspace = self._app.workspace
        if workspace is None:
            return
        request = await self.worked_out(lambda: undoing(workspace))
        if request is None:
            return
        question = ConfirmScreen(
            "自分の直前の記録を取り消しますか。",
            f"{undone(workspace, request)}\n\n取り消しも新しい記録として残ります。履歴の「やり直す」で元に戻せます。",
            yes="取り消す",
            no="やめる",
        )
        if await self._app.push_screen_wait(question):
            await self._save(lambda: workspace.submit(request), None, None)

    async def _save(
        self,
        start: Start,
        done: Done | None,
        failed: Failed | None,
        *,
        settling: Settling = settled_by_person,
    ) -> None:
        try:
            await self.require_author()
            try:
                saved = await self._settled(start, settling)
            except HostileConfig as error:
                if not await ask_consent(self._app, error):
                    raise
                saved = await self._settled(start, settling)
        except KyojuError as error:
            self._app.save_line = (f"未記録（{error.message}）", True)
            if failed is not None:
                failed(error)
            else:
                self._app.tell(error)
        else:
            self._app.save_line = (told(saved), False)
            self._app.standing.recount()
            if done is not None:
                done(saved)

    async def _settled(self, start: Start, settling: Settling) -> Saved:
        """Save; as often as somebody else was there before, settle that and save again."""
        while True:
            try:
                return await self._begun(start)
            except Contested as error:
                following = await settling(self._app, error)
                if following is None:
                    raise
                start = following

    async def _begun(self, start: Start) -> Saved:
        self._app.save_line = (SAVING, False)
        return await self._acknowledged(start())

    async def _acknowledged(self, future: Future[Saved]) -> Saved:
        waiting = asyncio.wrap_future(future)
        self._under_way.add(waiting)
        try:
            # Shielded: whatever ends this task, a save that has begun is never called off.
            return await asyncio.shield(waiting)
        finally:
            self._under_way.discard(waiting)

    async def require_author(self) -> None:
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


def _refused(error: Contested) -> Start:
    """A save that is contested before it begins."""

    def start() -> Future[Saved]:
        raise error

    return start


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
