"""What can be done on 履歴: opening a save, limiting, comparing, taking back, doing again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kyoju_tui.records.errors import InvalidValue, KyojuError
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.forms.candidates import candidates
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.screens.history_limits import PERIOD, PERSON, RECORD, TEXT, Limits, offered
from kyoju_tui.ui.screens.history_restoring import confirmed
from kyoju_tui.ui.screens.history_words import known_records
from kyoju_tui.workspace.past.past import LogEntry
from kyoju_tui.workspace.past.undoing import redoing, taking_back
from kyoju_tui.workspace.past.wanted import Wanted, period


class HistoryActs(DataScreen):
    """The half of the screen that acts."""

    limits: Limits
    begun_with: Limits

    @property
    def entry_here(self) -> LogEntry | None:
        """The save under the cursor."""
        raise NotImplementedError

    @property
    def meeting_here(self) -> Ref | None:
        """The meeting whose line the cursor is on."""
        raise NotImplementedError

    @property
    def people(self) -> dict[str, str]:
        """Who recorded, as far as was read: names by mail address."""
        raise NotImplementedError

    def read_anew(self) -> None:
        """Read from the newest on, with the limits as they are now."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a save is taken back."""
        if action == "take_back" and self.is_mounted:
            return self.entry_here is not None
        return super().check_action(action, parameters)

    def action_reload(self) -> None:
        """Look at files and history again."""
        super().action_reload()
        self.read_anew()

    def action_open(self) -> None:
        """Open the save with all its records; on the line of a meeting the meeting."""
        from kyoju_tui.ui.screens.history_save import SaveScreen

        meeting, entry = self.meeting_here, self.entry_here
        if meeting is not None and meeting in self.snapshot:
            self.kyoju.open_record(meeting)
        elif entry is not None:
            self.kyoju.push_screen(SaveScreen(entry))

    def action_deleted(self) -> None:
        """The records that are gone."""
        from kyoju_tui.ui.screens.history_deleted import DeletedScreen

        self.kyoju.push_screen(DeletedScreen())

    def action_compare(self) -> None:
        """Choose two moments and compare them."""
        from kyoju_tui.ui.screens.comparison_moments import compare_moments

        self.run_worker(compare_moments(self))

    # -- limits --------------------------------------------------------------------------------------------------

    def limit(self, limits: Limits) -> None:
        """Show what these leave."""
        self.limits = limits
        self.read_anew()

    def action_search(self) -> None:
        """Ask for words that the first line of a save holds."""
        self.run_worker(self._search())

    async def _search(self) -> None:
        text = await self._ask_words()
        if text is not None:
            self.limit(replace(self.limits, wanted=replace(self.limits.wanted, text=text)))

    def action_limit(self) -> None:
        """Choose what the list is limited to."""
        self.run_worker(self._choose())

    async def _choose(self) -> None:
        before, people = self.limits, self.people
        choices = tuple(offered(self.snapshot, people, before.values, self.today))
        values = await self.kyoju.push_screen_wait(Picker("絞り込む対象", choices, before.values, many=True))
        if values is None:
            return
        try:
            limits = before.kept(values).chosen(values, people | {before.wanted.who: before.person}, self.snapshot,
                                                self.today)  # fmt: skip
        except KyojuError as error:
            self.kyoju.tell(error)
            return
        for value in values:
            if value in before.values or value not in (PERIOD, TEXT, RECORD, PERSON):
                continue
            asked = await self._asked(value, limits)
            if asked is None:
                return
            limits = asked
        self.limit(limits)

    async def _asked(self, value: str, limits: Limits) -> Limits | None:
        """The limits with what was typed or picked; None where the question was left."""
        wanted = limits.wanted
        if value == RECORD:
            chosen = await self.kyoju.push_screen_wait(
                Picker("記録", candidates(self.snapshot, "", self.today), (), many=False)
            )
            return None if chosen is None else replace(limits, wanted=replace(wanted, ref=Ref(chosen[0]), field=""))
        if value == PERIOD:
            text = await self._ask_period()
            if text is None:
                return None
            first, last = period(*_days(text), self.today)
            return replace(limits, wanted=replace(wanted, since=first, until=last), meeting=None)
        if value == PERSON:
            name = await self.kyoju.push_screen_wait(AskScreen("だれの記録を見ますか。", "氏名の一部を入れます。"))
            return None if name is None else replace(limits, wanted=replace(wanted, who=name), person=name)
        text = await self._ask_words()
        return None if text is None else replace(limits, wanted=replace(wanted, text=text))

    async def _ask_words(self) -> str | None:
        return await self.kyoju.push_screen_wait(
            AskScreen(
                "どのことばを含む記録を見ますか。",
                "「内容」の欄にあることばの一部を入れます。",
                value=self.limits.wanted.text,
            )
        )

    async def _ask_period(self) -> str | None:
        today = self.today
        return await self.kyoju.push_screen_wait(
            AskScreen(
                "いつからいつまでの記録を見ますか。",
                "始まりと終わりを「～」でつなぎます。片方は省けます。",
                placeholder="例：R8.10.1～R8.10.31、10/7～、～令和8年9月30日",
                check=lambda text: _fault(text, today),
            )
        )

    def action_back(self) -> None:
        """Take the limits away that were chosen here, then leave."""
        if self.limits != self.begun_with:
            self.limit(self.begun_with)
        else:
            super().action_back()

    def wanted_here(self) -> Wanted:
        """The record of the save under the cursor, where it is a single one."""
        entry = self.entry_here
        found = () if entry is None else known_records(entry)
        return Wanted(ref=found[0]) if len(found) == 1 else Wanted()

    # -- taking back ---------------------------------------------------------------------------------------------

    def action_take_back(self) -> None:
        """Take the save under the cursor back, whoever made it."""
        entry = self.entry_here
        if entry is not None:
            commit = entry.commit
            self.run_worker(
                confirmed(self, "この記録を取り消します", lambda: taking_back(self.workspace, commit), "取り消す")
            )

    def action_redo(self) -> None:
        """Do again what one took back last."""
        self.run_worker(confirmed(self, "取り消した記録をやり直します", lambda: redoing(self.workspace), "やり直す"))


def _days(text: str) -> tuple[str, str]:
    """The two halves of a period; a single day is both."""
    for sign in ("～", "〜", "~", "から"):
        first, found, last = text.partition(sign)
        if found:
            return first.strip(), last.strip().removesuffix("まで")
    return text.strip(), text.strip()


def _fault(text: str, today: date) -> str:
    try:
        period(*_days(text), today)
    except InvalidValue as error:
        return f"{error.message}{error.cure}"
    return ""
