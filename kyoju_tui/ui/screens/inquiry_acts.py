"""What comes back from the departments, noted with one key each: 受付, 再依頼, 期限延長 and the marks."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Final, cast

from kyoju_tui.overview.asked import due_date
from kyoju_tui.overview.composing import closed_remark, working_day_after
from kyoju_tui.records.dates import format_date, parse_date
from kyoju_tui.records.errors import InvalidValue, KyojuError
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry, Reminder
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.ui.forms.row_screen import RowScreen
from kyoju_tui.ui.forms.setting import Setting
from kyoju_tui.ui.saving import Done
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.ask_text import AskTextScreen
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.screens.edit_keeping import Keeping
from kyoju_tui.workspace.drafts.kept import Draft
from kyoju_tui.workspace.inquiring import answering
from kyoju_tui.workspace.inquiring.answering import WAYS, Confirmed, Mark
from kyoju_tui.workspace.requests import Put, Saved

_CONFIRMED: Final[dict[str, Confirmed]] = {"head": "課長確認済", "draft": "担当者案", "open": "未確認"}
_LONGER: Final = 5
_SEVERAL: Final = 4


class InquiryActs(DataScreen):
    """The acting half of the board that is about departments; the board tells which inquiry and which departments."""

    ref: Ref

    @property
    def inquiry(self) -> Inquiry:
        """The inquiry as it is now."""
        return self.snapshot.expect(self.ref, Inquiry)

    @property
    def departments_here(self) -> tuple[str, ...]:
        """The departments that were chosen, else the one under the cursor."""
        raise NotImplementedError

    def forget_choice(self) -> None:
        """What was chosen is dealt with."""
        raise NotImplementedError

    def record_change(
        self, change: Callable[[Inquiry], Inquiry], departments: Collection[str], act: str, *, done: Done | None = None
    ) -> None:
        """Record the inquiry as `change` makes it of what it is now; what is refused is told and changes nothing."""
        # The base first: a colleague's change that comes after it is merged.
        base, inquiry = self.workspace.base(self.ref), self.inquiry
        try:
            changed = change(inquiry)
        except KyojuError as error:
            self.kyoju.tell(error)
            return
        if changed == inquiry:
            self.kyoju.notify("変わったところはありません。")
            return
        subject = answering.subject(self.snapshot, self.ref, departments, act)
        put = Put(self.ref, changed, base)

        def recorded(saved: Saved) -> None:
            self.forget_choice()
            if done is not None:
                done(saved)

        self.kyoju.save(lambda: self.workspace.batch([put], action="update", subject=subject), done=recorded)

    def names(self, departments: Collection[str]) -> str:
        """The departments' names, the first few of many."""
        names = [self.snapshot.full_name("department", each) for each in departments]
        more = f"ほか{len(names) - _SEVERAL}部署" if len(names) > _SEVERAL else ""
        return f"{'・'.join(names[:_SEVERAL])}{more}"

    # -- answers -------------------------------------------------------------------------------------------------

    def action_receive(self) -> None:
        """Receive the next version of an answer, today."""
        if self.departments_here:
            self.run_worker(self._receive(self.departments_here))

    async def _receive(self, departments: tuple[str, ...]) -> None:
        replaced = answering.corrected(self.inquiry, departments)
        question = ChooseScreen(
            f"{self.names(departments)}の回答を受け付けます。所管課の確認はどこまで済んでいますか。",
            f"受付日は今日（{format_date(self.today)}）です。日やファイル名は、あとで Enter で開いて直せます。",
            answers=tuple(_CONFIRMED.items()),
        )
        confirmed = await self.kyoju.push_screen_wait(question)
        if confirmed is None:
            return
        reason = None
        if replaced:
            reason = await self.kyoju.push_screen_wait(
                AskTextScreen(
                    "差替の理由",
                    f"{self.names(replaced)}の回答はもう届いています。新しい版として受け付けます。",
                    take="受け付ける",
                )
            )
            if reason is None:
                return
        self.record_change(
            lambda now: answering.received(
                now, departments, self.today, self.today, confirmed=_CONFIRMED[confirmed], reason=reason
            ),
            departments,
            "差替の受付" if replaced else "受付",
        )

    def action_unchanged(self) -> None:
        """The department answers that nothing changed since the inquiry before."""
        departments = self.departments_here
        if departments:
            back = all(answering.target_of(self.inquiry, each).unchanged for each in departments)
            self.record_change(
                lambda now: answering.unchanged(self.snapshot, self.ref, now, departments, self.today, self.today),
                departments,
                _act("前回のまま", back=back),
            )

    def action_checking(self) -> None:
        """The answer is being looked at, or is no longer."""
        self._mark("checking", "内容確認中")

    def action_withdraw(self) -> None:
        """Ask no further, or ask again, after a question."""
        departments = self.departments_here
        if departments:
            self.run_worker(self._withdraw(departments))

    async def _withdraw(self, departments: tuple[str, ...]) -> None:
        back = all(answering.target_of(self.inquiry, each).withdrawn for each in departments)
        question = ConfirmScreen(
            f"{self.names(departments)}への照会の取下げを外しますか。"
            if back
            else f"{self.names(departments)}への照会を取り下げますか。",
            "ふたたび回答を待ちます。" if back else "回答を待たなくなります。届いた回答は残ります。",
            yes="取下げを外す" if back else "取り下げる",
            no="やめる",
        )
        if await self.kyoju.push_screen_wait(question):
            self._mark("withdrawn", "取下げ")

    def _mark(self, mark: Mark, act: str) -> None:
        departments = self.departments_here
        if departments:
            back = all(getattr(answering.target_of(self.inquiry, each), mark) for each in departments)
            self.record_change(lambda now: answering.marked(now, departments, mark), departments, _act(act, back=back))

    # -- asking again --------------------------------------------------------------------------------------------

    def action_remind(self) -> None:
        """Note that the department was asked again: when, how, and what it said."""
        if self.departments_here:
            self.run_worker(self._remind(self.departments_here))

    async def _remind(self, departments: tuple[str, ...]) -> None:
        base, inquiry = self.workspace.base(self.ref), self.inquiry
        counts = [len(answering.target_of(inquiry, each).reminders) for each in departments]
        start: Plain = {"on": self.today, "how": WAYS[min(max(counts), len(WAYS) - 1)]}
        keeping = Keeping(self)

        newest: list[Plain] = [start]

        def keep_now() -> None:
            keeping.stop()
            targets = [
                {**to_plain(each), "reminders": [*map(to_plain, each.reminders), newest[-1]]}
                if each.department in departments
                else to_plain(each)
                for each in inquiry.targets
            ]
            try:
                keeping.keep(Draft(self.ref, {**to_plain(inquiry), "targets": targets}, base.data, place="targets"))
            except KyojuError as error:
                self.kyoju.tell(error)

        def keep(typed: Plain) -> None:
            newest[:] = [typed]
            keeping.soon(keep_now)

        setting = Setting(lambda: self.today, lambda: self.snapshot)
        title = f"{self.names(departments)}への再依頼（方法：{'・'.join(WAYS)} など）"
        typed = await self.kyoju.push_screen_wait(RowScreen(Reminder, setting, start, title, keep, "記録する"))
        keeping.stop()
        if typed is None:
            keeping.close()
            return
        on, how, reply = typed.get("on"), str(typed.get("how") or ""), cast("str | None", typed.get("reply"))
        day = on if isinstance(on, date) else self.today
        self.record_change(
            lambda now: answering.reminded(now, departments, day, self.today, how, reply),
            departments,
            "再依頼",
            done=lambda _saved: keeping.close(),
        )

    # -- more time -----------------------------------------------------------------------------------------------

    def action_extend(self) -> None:
        """Give more time, or take it back."""
        if self.departments_here:
            self.run_worker(self._extend(self.departments_here))

    async def _extend(self, departments: tuple[str, ...]) -> None:
        targets = [answering.target_of(self.inquiry, each) for each in departments]
        if all(target.extended_due for target in targets):
            question = ChooseScreen(
                f"{self.names(departments)}の期限は、もう延ばしてあります。",
                answers=(("more", "日を変える"), ("back", "元の期限に戻す")),
            )
            answer = await self.kyoju.push_screen_wait(question)
            if answer is None:
                return
            if answer == "back":
                self.record_change(
                    lambda now: answering.extended(now, departments, None), departments, "期限延長の取消"
                )
                return
        known = [due for target in targets if (due := due_date(self.inquiry, target)) is not None]
        proposed = working_day_after(max([*known, self.today]), _LONGER)
        typed = await self.kyoju.push_screen_wait(
            AskScreen(
                f"{self.names(departments)}の回答期限を、いつまで延ばしますか。",
                value=format_date(proposed, weekday=False),
                check=lambda text: self._why_not(text, departments),
            )
        )
        if typed is None:
            return
        until = parse_date(typed, today=self.today).value
        closed = closed_remark(until)
        if closed and not await self.kyoju.push_screen_wait(
            ConfirmScreen(f"{format_date(until)}まで延ばしますか。", closed, yes="この日にする", no="やめる")
        ):
            return
        self.record_change(lambda now: answering.extended(now, departments, until), departments, "期限延長")

    def _why_not(self, text: str, departments: tuple[str, ...]) -> str:
        """Why a text is no day to which the answer can be put off."""
        try:
            answering.extended(self.inquiry, departments, parse_date(text, today=self.today).value)
        except InvalidValue as error:
            return f"{error.message}{error.cure}"
        return ""


def _act(word: str, *, back: bool) -> str:
    """What is noted, for the message: a mark that is set or taken away."""
    return f"「{word}」の取消" if back else f"「{word}」"
