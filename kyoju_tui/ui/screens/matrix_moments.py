"""The 一覧表 as it stood at a day, a meeting or a compilation: choosing the moment, reading it beside the screen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from kyoju_tui.overview.matrix import Matrix
from kyoju_tui.records.errors import InvalidValue, KyojuError
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.computed import computed_for
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.matrix_moment import A_DAY, NOW, Past, offered
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.matrix_acts import MatrixActs
from kyoju_tui.workspace.past import moments

if TYPE_CHECKING:
    from kyoju_tui.workspace.past.moments import Moment

# The screen itself tells when it is done: the note must not stand in front of it.
_SOON: Final = 1


class MatrixMoments(MatrixActs):
    """The half of the matrix screen that knows which moment is shown."""

    def __init__(self) -> None:
        super().__init__()
        self._past: Past | None = None

    @property
    def past(self) -> Past | None:
        """The earlier moment that is shown; None for the records as they are."""
        return self._past

    @property
    def snapshot(self) -> Snapshot:
        """The records that are shown."""
        return super().snapshot if self._past is None else self._past.snapshot

    @property
    def today(self) -> date:
        """The day that everything shown is computed for."""
        return super().today if self._past is None else self._past.matrix.today

    @property
    def matrix(self) -> Matrix:
        """The matrix that is shown."""
        return self.matrix_now if self._past is None else self._past.matrix

    @property
    def matrix_now(self) -> Matrix:
        """The matrix as it is."""
        return computed_for(self.workspace).matrix(super().snapshot, super().today)

    def action_moment(self) -> None:
        """Choose a moment and show the matrix as it stood then."""
        self.run_worker(self._choose_moment())

    async def _choose_moment(self) -> None:
        choices = {each.value: (each, moment) for each, moment in offered(super().snapshot, super().today)}
        chosen = await self.kyoju.push_screen_wait(
            Picker("一覧表の時点", [each for each, _ in choices.values()], (), many=False)
        )
        if chosen is None:
            return
        if chosen[0] == NOW:
            self.show_now()
            return
        moment = choices[chosen[0]][1] if chosen[0] != A_DAY else await self._ask_day()
        if moment is not None:
            wanted = moment
            self.kyoju.notify("その時点の記録を読んでいます。", timeout=_SOON)
            self.run_worker(lambda: self._read(wanted), thread=True, exclusive=True, group="moment")

    async def _ask_day(self) -> Moment | None:
        today = super().today
        text = await self.kyoju.push_screen_wait(
            AskScreen(
                "いつの一覧表を見ますか。",
                "その日の終わりの内容を表示します。",
                placeholder="例：R8.10.7、令和8年10月7日、10/7",
                check=lambda text: _fault(text, today),
            )
        )
        return None if not text else moments.on_day(text, today)

    def _read(self, moment: Moment) -> None:
        """In a worker: the records of the moment, then what was raised about them."""
        try:
            past = Past.of(moments.at(self.workspace, moment), super().today)
        except KyojuError as error:
            self.kyoju.call_from_thread(self.kyoju.tell, error)
            return
        self.from_thread(self._take, past)
        self.from_thread(self._complete, past, past.examined())

    def _take(self, past: Past) -> None:
        self._past = past
        self.show()

    def _complete(self, began: Past, examined: Past) -> None:
        """The points are known; somebody may have gone back, or on to another moment, meanwhile."""
        if self._past is began:
            self._take(examined)

    def show_now(self) -> None:
        """Back to the records as they are."""
        self._past = None
        self.show()


def _fault(text: str, today: date) -> str:
    try:
        moments.on_day(text, today)
    except InvalidValue as error:
        return f"{error.message}{error.cure}"
    return ""
