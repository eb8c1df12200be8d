"""回答を取り込む: the files are chosen, read beside the screen's work, shown one by one, and each recorded alone."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from kyoju_tui.exchange.bringing import Cancelled, Told
from kyoju_tui.exchange.inquiries.inquiry_answers import (
    SUFFIXES,
    Arrived,
    Expected,
    Turned,
    TwoAnswers,
    bring,
    read_answers,
)
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.ui.screens.bringing_answers import recorded
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.screens.choose_file import ChooseFile
from kyoju_tui.ui.screens.inquiry_acts import InquiryActs
from kyoju_tui.ui.screens.working import WorkingScreen

_NEITHER = ""
_ASKED_OF = 3


class InquiryImport(InquiryActs):
    """The acting half of the board that is about files which came back."""

    def action_bring(self) -> None:
        """Choose answers and bring them in, one after the other."""
        self.run_worker(self._bring_in(), group="bring")

    async def _bring_in(self) -> None:
        paths = await self.kyoju.push_screen_wait(ChooseFile("届いた回答を選ぶ", SUFFIXES, Path.home(), many=True))
        if not paths:
            return
        answers = await self._read(paths)
        if answers is None:
            return
        recorded, turned = 0, [each for each in answers if isinstance(each, Turned)]
        for each in answers:
            if isinstance(each, Arrived):
                done = await self._one(each)
                if done is None:
                    break
                recorded += done
        self._tell(recorded, turned)

    async def _read(self, paths: Sequence[Path]) -> list[Arrived | Turned] | None:
        """The files as answers to this inquiry; where a department sent two, a person says which counts."""

        def work(told: Told, cancelled: Cancelled) -> tuple[Arrived | Turned, ...]:
            expected = Expected(self.ref)
            return read_answers(self.workspace, paths, self.today, expected, told=told, cancelled=cancelled)

        found = await self.kyoju.push_screen_wait(WorkingScreen("回答を読み取っています。", work))
        if isinstance(found, KyojuError):
            self.kyoju.tell(found)
        if found is None or isinstance(found, KyojuError):
            return None
        twice = [each.error for each in found if isinstance(each, Turned) and isinstance(each.error, TwoAnswers)]
        if not twice:
            return list(found)
        # One department after the other: what is left out of one says nothing of the next.
        out = await self._left_out(twice[0])
        rest = [path for path in paths if path not in out]
        return await self._read(rest) if rest else []

    async def _left_out(self, twice: TwoAnswers) -> frozenset[Path]:
        """Which of one department's answers do not count, as a person says."""
        answers = [(str(number), path.name) for number, path in enumerate(twice.files[:_ASKED_OF])]
        question = ChooseScreen(
            twice.message.partition("。")[0] + "。どちらを取り込みますか。",
            "新しいほうを選んでください。もう一方は取り込みません。",
            answers=[*answers, (_NEITHER, "どちらも取り込まない")],
        )
        chosen = await self.kyoju.push_screen_wait(question)
        kept = {twice.files[int(chosen)]} if chosen else set[Path]()
        return frozenset(twice.files) - kept

    async def _one(self, arrived: Arrived) -> bool | None:
        """Show what an answer changes as the records are now: whether it was recorded; None to stop altogether."""
        try:
            found = await asyncio.to_thread(bring, self.workspace, arrived, self.today)
        except KyojuError as error:
            self.kyoju.tell(error)
            return False
        return await recorded(self.kyoju, found)

    def _tell(self, recorded: int, turned: Sequence[Turned]) -> None:
        for each in turned:
            self.kyoju.tell(each.error)
        if recorded:
            self.forget_choice()
            self.kyoju.notify(f"回答を{recorded}件取り込みました。")
