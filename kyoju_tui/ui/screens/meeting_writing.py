"""What the meeting mode records: one thing at a time, at once, and never over what others write meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from pydantic import ValidationError

from kyoju_tui.records.errors import InvalidValue, KyojuError, UnknownRef
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.plain import to_plain
from kyoju_tui.ui.safe import one_line
from kyoju_tui.ui.screens.edit_keeping import Keeping
from kyoju_tui.workspace.drafts.kept import Draft
from kyoju_tui.workspace.requests import Base
from kyoju_tui.workspace.saving.contest import Contested

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp
    from kyoju_tui.ui.saving import Start
    from kyoju_tui.ui.screens.base import KyojuScreen
    from kyoju_tui.workspace.requests import Saved

Adding: TypeAlias = Callable[[Meeting], Meeting]
Failed: TypeAlias = Callable[[], None]


class Writing:
    """Writes into one meeting. What is typed and not yet recorded is a draft of it."""

    def __init__(self, screen: KyojuScreen, ref: Ref, typed: Callable[[], Adding | None]) -> None:
        """`typed` is what would be appended if the line were recorded now; None where nothing is typed."""
        self._screen = screen
        self._ref = ref
        self._typed = typed
        self._keeping = Keeping(screen)

    def add(self, adding: Adding, what: str, *, failed: Failed) -> None:
        """Record the meeting with what `adding` appends. `what` is for the history: 意見・考え方等（高齢者）.

        `failed` is called where nothing was recorded, so that the words can be given back.
        """
        screen = self._screen
        try:
            start = self._start(adding, what)
        except KyojuError as error:
            screen.kyoju.tell(error)
            failed()
            return
        except ValidationError as error:
            screen.kyoju.tell(_refused(error))
            failed()
            return

        async def appended(_app: KyojuApp, _met: Contested) -> Start:
            # Two wrote at the same end of the same text: appended to what stands there now, both are kept.
            await asyncio.to_thread(screen.workspace.refresh)
            try:
                return self._start(adding, what)
            except ValidationError as error:
                raise _refused(error) from error

        def gone(error: KyojuError) -> None:
            screen.kyoju.tell(error)
            failed()

        screen.kyoju.saving.save(start, done=self._recorded, failed=gone, settling=appended)

    def _start(self, adding: Adding, what: str) -> Start:
        """The save of the meeting as it is now with what is appended. Errors: `UnknownRef`, `ValidationError`."""
        base, meeting = self._now()
        workspace = self._screen.workspace
        put = workspace.putting(self._ref, adding(meeting), base)
        subject = f"会議「{one_line(meeting.title)}」に{one_line(what)}を追加"
        return lambda: workspace.batch([put], action="update", subject=subject)

    def _now(self) -> tuple[Base, Meeting]:
        # The base first: a colleague's change that comes after it is merged.
        base = self._screen.workspace.base(self._ref)
        meeting = self._screen.snapshot.get(self._ref)
        if not isinstance(meeting, Meeting):
            raise UnknownRef("この会議は削除されました。", cure="入力した内容は行に残っています。控えてください。")
        return base, meeting

    def _recorded(self, _saved: Saved) -> None:
        # The next may have been begun meanwhile.
        self.keep()

    # -- drafts --------------------------------------------------------------------------------------------------

    def keep_soon(self) -> None:
        """Something was typed: it is a draft shortly."""
        self._keeping.soon(self.keep)

    def keep(self) -> None:
        """Make a draft of what is typed; where nothing is, there is none any more."""
        self._keeping.stop()
        adding = self._typed()
        if adding is None:
            self._keeping.forget()
            return
        try:
            base, meeting = self._now()
            self._keeping.keep(Draft(self._ref, to_plain(adding(meeting)), base.data))
        except KyojuError as error:
            self._screen.kyoju.tell(error)
        except ValidationError as error:
            self._screen.kyoju.tell(_refused(error))


def _refused(error: ValidationError) -> InvalidValue:
    """Why the words cannot be taken; the models say it in Japanese."""
    return InvalidValue(error.errors()[0]["msg"], cure="入力した内容は行に残っています。直してから記録してください。")
