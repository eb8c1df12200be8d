"""The course of an inquiry: 事前説明 before it, 発出, and at the end 取りまとめ with what came afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Final, TypeVar

from kyoju_tui.exchange.inquiries.compilation_paper import COMPILATION_FORMS, compilation_file
from kyoju_tui.overview.inquiry_since import last_compilation
from kyoju_tui.overview.sending import concerns
from kyoju_tui.records.dates import format_date, parse_date
from kyoju_tui.records.errors import InvalidValue, KyojuError
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.plain import to_plain
from kyoju_tui.ui.forms.candidates import Candidate
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.inquiry_nothing import InquiryNothing
from kyoju_tui.ui.screens.write_out import write_out
from kyoju_tui.workspace.inquiring import answering
from kyoju_tui.workspace.inquiring.compiling import Compiling, close, compilation, compiling, mark_compilation
from kyoju_tui.workspace.requests import Base, Put

_T = TypeVar("_T")
_NEW: Final = "@new"
_PRESENT: Final = frozenset({"出席", "代理"})


class InquiryCourse(InquiryNothing):
    """The acting half of the board that is about the inquiry as a whole."""

    # -- 事前説明 ------------------------------------------------------------------------------------------------

    def action_briefing(self) -> None:
        """Choose the meeting or make it, then say who was there."""
        self.run_worker(self._briefing())

    async def _briefing(self) -> None:
        chosen = await self.kyoju.push_screen_wait(Picker("事前説明の会議", self._meetings(), (), many=False))
        if not chosen:
            return
        if chosen[0] == _NEW:
            await self._new_briefing()
        elif chosen[0] == self.inquiry.briefing:
            await self._attendance(chosen[0])
        else:
            self.record_change(
                lambda now: now.but(briefing=chosen[0]),
                (),
                "事前説明",
                done=lambda _saved: self._ask_attendance(chosen[0]),
            )

    def _meetings(self) -> list[Candidate]:
        """The one that is named, a new one, then all meetings, briefings before others."""
        found = sorted(
            self.snapshot.meetings.items(),
            key=lambda item: (
                item[0].id != self.inquiry.briefing,
                item[1].kind != "事前説明",
                -(item[1].held_on or date.max).toordinal(),
            ),
        )
        rows = [Candidate(ref.id, each.title, format_date(each.held_on) if each.held_on else "") for ref, each in found]
        new = Candidate(_NEW, "新しい会議を作る")
        return [*rows[:1], new, *rows[1:]] if self.inquiry.briefing and rows else [new, *rows]

    async def _new_briefing(self) -> None:
        typed = await self.kyoju.push_screen_wait(
            AskScreen(
                "事前説明をいつ開きますか。",
                "会議として記録し、照会先の部署を出欠に並べます。場所や資料は「会議」の画面で入れられます。",
                value=format_date(self.today, weekday=False),
                check=self._no_day,
                take="会議を作る",
            )
        )
        if typed is None:
            return
        held = parse_date(typed, today=self.today).value
        base, inquiry = self.workspace.base(self.ref), self.inquiry
        meeting = Meeting.model_validate(
            {
                "title": f"事前説明：{inquiry.title}",
                "kind": "事前説明",
                "held_on": held,
                "attendance": [{"department": target.department} for target in inquiry.targets],
            }
        )
        ref = self.workspace.new_ref("meeting", meeting, today=self.today)
        puts = [Put(ref, meeting, Base(ref, None)), Put(self.ref, inquiry.but(briefing=ref.id), base)]
        self.kyoju.save(
            lambda: self.workspace.batch(
                puts, action="update", subject=answering.subject(self.snapshot, self.ref, (), "事前説明")
            ),
            done=lambda _saved: self._ask_attendance(ref.id),
        )

    def _ask_attendance(self, meeting: str) -> None:
        self.run_worker(self._attendance(meeting))

    async def _attendance(self, meeting: str) -> None:
        """Who was there; asked once the day has come. The others count as absent."""
        base = self.workspace.base(f"meetings/{meeting}")
        found = self.snapshot.get(f"meetings/{meeting}")
        if not isinstance(found, Meeting):
            return
        if found.held_on is None or found.held_on > self.today:
            self.kyoju.notify("開催したら、もう一度 Ctrl+B で出席した部署を入れます。")
            return
        noted = {each.department: to_plain(each) for each in found.attendance}
        asked = [target.department for target in self.inquiry.targets if not target.withdrawn]
        present = [each for each in asked if noted.get(each, {}).get("status") in _PRESENT]
        unnoted = not any("status" in each for each in noted.values())
        offered = [Candidate(each, self.snapshot.full_name("department", each)) for each in asked]
        chosen = await self.kyoju.push_screen_wait(
            Picker("事前説明に出席した部署", offered, asked if unnoted else present, many=True)
        )
        if chosen is None:
            return
        for each in asked:
            before = noted.get(each, {"department": each})
            stays = each in chosen and before.get("status") in _PRESENT
            noted[each] = before if stays else {**before, "status": "出席" if each in chosen else "欠席"}
        changed = found.but(attendance=list(noted.values()))
        self.kyoju.save(lambda: self.workspace.save(f"meetings/{meeting}", changed, base=base))

    # -- 発出 ----------------------------------------------------------------------------------------------------

    def action_send(self) -> None:
        """Note that the inquiry went out, after naming what is to be minded."""
        self.run_worker(self._send())

    async def _send(self) -> None:
        typed = await self.kyoju.push_screen_wait(
            AskScreen(
                "発出日",
                f"{len(answering.unsent(self.inquiry))}部署への発出を記録します。",
                value=format_date(self.today, weekday=False),
                check=self._why_not_sent,
                take="発出を記録",
            )
        )
        if typed is None:
            return
        on = parse_date(typed, today=self.today).value
        found = concerns(self.snapshot, self.ref, on)
        if found:
            question = ConfirmScreen(
                "このまま発出を記録しますか。", "\n".join(f"・{each}" for each in found), yes="発出を記録", no="やめる"
            )
            if not await self.kyoju.push_screen_wait(question):
                return
        self.record_change(lambda now: answering.sent(now, on, self.today), (), "発出")

    def _why_not_sent(self, text: str) -> str:
        try:
            answering.sent(self.inquiry, parse_date(text, today=self.today).value, self.today)
        except InvalidValue as error:
            return f"{error.message}{error.cure}"
        return ""

    def _no_day(self, text: str) -> str:
        try:
            parse_date(text, today=self.today)
        except InvalidValue as error:
            return f"{error.message}{error.cure}"
        return ""

    # -- 取りまとめ ----------------------------------------------------------------------------------------------

    def action_compile(self) -> None:
        """Close the next compilation."""
        self.run_worker(self._compile())

    async def _compile(self) -> None:
        plan = await self._asked_of_history(lambda: compiling(self.workspace, self.ref, self.today))
        if plan is None:
            return
        late = f"まだ届いていない部署：{self.names(plan.late)}" if plan.late else "すべての部署の回答が届いています。"
        question = ConfirmScreen(
            f"{plan.title}を閉じますか。",
            f"{late}\n\n今の内容に印を付けて残します。その後に届いた回答や差替も受け付けられ、違いとして見られます。",
            yes="取りまとめる",
            no="やめる",
        )
        if await self.kyoju.push_screen_wait(question):
            self.kyoju.save(lambda: close(self.workspace, plan), done=lambda _saved: self._mark_soon(plan))

    def _mark_soon(self, plan: Compiling) -> None:
        self.run_worker(self._put_mark(plan))

    async def _put_mark(self, plan: Compiling) -> None:
        tag = await self._asked_of_history(
            lambda: mark_compilation(self.workspace, plan.ref, plan.number, plan.as_of, plan.commit)
        )
        if tag is not None:
            self.kyoju.notify(f"{plan.title}を閉じました。Ctrl+W で書き出せます。")

    def action_export(self) -> None:
        """Write the last compilation into a file, as it stood."""
        compiled = last_compilation(self.inquiry)
        if compiled is not None:
            number = compiled.number or 0

            def make(ending: str) -> bytes:
                found, then = compilation(self.workspace, self.ref, number)
                return compilation_file(then, self.ref, found, ending)

            self.run_worker(
                write_out(
                    self,
                    f"第{number}回取りまとめを、どのファイルに書き出しますか。",
                    f"そのときの内容を書き出します。使える形式は {'・'.join(COMPILATION_FORMS)} です。",
                    f"取りまとめ第{number}回.xlsx",
                    make,
                    COMPILATION_FORMS,
                )
            )

    async def _asked_of_history(self, work: Callable[[], _T]) -> _T | None:
        """Do what takes git or many files beside the screen's own work; what goes wrong is told."""
        try:
            return await asyncio.to_thread(work)
        except KyojuError as error:
            self.kyoju.tell(error)
            return None
