"""アンケート・ヒアリング: what was asked of whom, and how many answered (handbook 3-2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kyoju_tui.overview.surveys import GUIDES, is_late, rate, unanswered
from kyoju_tui.records.base import Record
from kyoju_tui.records.dates import format_date, format_short
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.survey import Survey
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.screens.records import RecordsScreen
from kyoju_tui.ui.survey_preset import guide
from kyoju_tui.ui.widgets.matrix_table import Marked
from kyoju_tui.ui.widgets.story import Sentence

_NAMED = 8


class SurveysScreen(RecordsScreen):
    """The list, the response rate first."""

    KIND = "survey"
    DETAIL = 7
    EMPTY = (
        "団体などへのアンケートとヒアリングがここに並びます。\n\n"
        "F4 で作ります。質問は、実施体制・活動内容と成果・課題・今後の予定から始まります。"
    )  # fmt: skip
    COMMANDS = ("open", "edit", "new", "search", "surveys.hear", "remove", "reload", "back")

    def heads(self) -> Sequence[tuple[str, str]]:
        """Name, response rate, method, dates."""
        return (
            ("title", "名称"), ("rate", "回答率"), ("method", "方法"), ("asked_on", "実施日"), ("due_on", "回答期限"),
        )  # fmt: skip

    def cells(self, ref: Ref, record: Record) -> Sequence[str | Marked]:  # noqa: ARG002
        """In words; answers that are missing after the due date stand out."""
        survey, marks = survey_of(record), marks_for(self.kyoju.current_theme)
        late = is_late(survey, self.today)
        due = format_short(survey.due_on) if survey.due_on else ""
        return (
            survey.title,
            Marked.of((rate(survey).words, marks.strong if late else "")),
            survey.method or "",
            format_short(survey.asked_on) if survey.asked_on else "",
            Marked.of((f"{due}　超過", marks.late)) if late else due,
        )

    def standing(self, ref: Ref, record: Record) -> tuple[object, ...]:
        """Those that still wait for answers first, the newest of them at the top."""
        survey = survey_of(record)
        day = survey.asked_on.toordinal() if survey.asked_on is not None else 0
        return (not unanswered(survey), -day, ref)

    def detail(self, ref: Ref, record: Record) -> Iterable[Sentence]:  # noqa: ARG002
        """Purpose, who has not answered, what is left to do."""
        survey = survey_of(record)
        yield Sentence("　".join(filter(None, (survey.method, survey.purpose))), "bold")
        waiting = [self.snapshot.title(Ref(each)) for each in unanswered(survey)]
        if waiting:
            more = f"ほか{len(waiting) - _NAMED}" if len(waiting) > _NAMED else ""
            yield Sentence(f"回答待ち　{'、'.join(waiting[:_NAMED])}{more}")
        elif survey.targets:
            yield Sentence("すべての相手から回答がありました。")
        else:
            yield Sentence("相手がまだ選ばれていません。Enter で開き、Ctrl+L で加えます。")
        for each in survey.follow_ups:
            if each.done_on is None:
                due = f"（{format_date(each.due_on, weekday=False)}まで）" if each.due_on else ""
                yield Sentence(f"その後の対応　{each.text or ''}{due}")

    # -- acting --------------------------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Open the status board."""
        if self.key_here:
            from kyoju_tui.ui.screens.survey_board import SurveyBoard

            self.kyoju.push_screen(SurveyBoard(self.key_here))

    def action_edit(self) -> None:
        """Open the form."""
        if self.key_here:
            self.edit(self.key_here)

    def action_new(self) -> None:
        """A questionnaire or a hearing, with the questions to begin with."""
        self.run_worker(self._new())

    async def _new(self) -> None:
        answers = [(method, method) for method in GUIDES]
        method = await self.kyoju.push_screen_wait(ChooseScreen("どちらの方法でたずねますか。", answers=answers))
        if method is not None:
            self.add("survey", preset={"method": method, "questions": guide(method)})

    def action_hear(self) -> None:
        """Show whom to hear next."""
        from kyoju_tui.ui.screens.hearing import HearingScreen

        self.kyoju.push_screen(HearingScreen())


def survey_of(record: Record) -> Survey:
    """The record as a survey."""
    if not isinstance(record, Survey):
        raise TypeError(f"no survey: {type(record)}")
    return record
