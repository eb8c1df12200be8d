"""The half of a survey's board that is about files: forms out, answers in."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kyoju_tui.exchange.bringing import Cancelled, Told
from kyoju_tui.exchange.forms.form_set import FormSet
from kyoju_tui.exchange.surveys.survey_export import make_survey_forms
from kyoju_tui.exchange.surveys.survey_import import Brought, bring_answers
from kyoju_tui.overview.surveys import rate
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.survey import Survey
from kyoju_tui.ui.screens.bringing_answers import recorded
from kyoju_tui.ui.screens.choose_file import ChooseFile
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.screens.working import WorkingScreen
from kyoju_tui.ui.screens.write_set import write_set_out

SUFFIXES: Final = (".xlsx", ".ods", ".xls", ".csv", ".tsv")


class SurveyExchange(DataScreen):
    """Acts on the survey `ref`."""

    ref: Ref

    def action_forms(self) -> None:
        """Write the forms out: one for each target, and one for nobody in particular."""
        self.run_worker(self._write_forms(), group="forms")

    def action_bring(self) -> None:
        """Choose files that came back, and bring them in."""
        self.run_worker(self._bring_in(), group="bring")

    async def _write_forms(self) -> None:
        survey = self.snapshot.expect(self.ref, Survey)

        def make(told: Told, cancelled: Cancelled) -> FormSet:
            return make_survey_forms(self.workspace, self.ref, self.today, told=told, cancelled=cancelled)

        day = format_date(self.today, weekday=False)
        await write_set_out(
            self,
            f"相手のすべて（{len(survey.targets)}件）の様式と、相手を決めない用紙を書き出します。",
            f"{survey.method or 'アンケート'}様式_{day}",
            make,
            lambda made: _told(survey, made),
        )

    async def _bring_in(self) -> None:
        paths = await self.kyoju.push_screen_wait(ChooseFile("届いた回答を選ぶ", SUFFIXES, Path.home(), many=True))
        if not paths:
            return

        def read(told: Told, cancelled: Cancelled) -> Brought:
            return bring_answers(
                self.workspace, paths, self.today, self.today, self.ref, told=told, cancelled=cancelled
            )

        found = await self.kyoju.push_screen_wait(WorkingScreen("回答を読み取っています。", read))
        if isinstance(found, KyojuError):
            self.kyoju.tell(found)
        if found is None or isinstance(found, KyojuError):
            return
        for each in found.bringings:
            if not await recorded(self.kyoju, each):
                return
        survey = self.snapshot.get(self.ref)
        if isinstance(survey, Survey):
            self.kyoju.notify(f"回答を取り込みました。回答率 {rate(survey).words or '（相手なし）'}")


def _told(survey: Survey, made: FormSet) -> str:
    lines = [f"{made.forms}件の相手の様式と、相手を決めない用紙を書き出しました。"]
    if made.left_out:
        lines.append(f"記録のない相手が{len(made.left_out)}件あり、様式がありません。")
    if any(target.sent_on is None for target in survey.targets):
        lines.append("送ったら、Ctrl+E を押して送付を記録してください。")
    return "\n".join(lines)
