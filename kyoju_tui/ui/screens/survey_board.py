"""The status board of one survey: whom it asks, who has answered, what they said (handbook 3-2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from kyoju_tui.overview.surveys import NOBODY, answers_of, into_group, rate, unaddressed
from kyoju_tui.records.dates import format_short
from kyoju_tui.records.group import Group
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.plain import to_plain
from kyoju_tui.records.survey import Survey, SurveyTarget
from kyoju_tui.ui.forms.candidates import Candidate, candidates
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.survey_exchange import SurveyExchange
from kyoju_tui.ui.screens.survey_lines import apart_row, apart_sentences, asked
from kyoju_tui.ui.widgets.empty_note import EmptyNote
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.record_table import Row
from kyoju_tui.ui.widgets.story import Sentence, Story
from kyoju_tui.ui.widgets.wide_table import WideTable

_EMPTY = "たずねる相手がここに並びます。\n\nCtrl+L で団体やキーパーソンを選んで加えます。"
_WIDTHS = (12, 12, 10)


class SurveyBoard(SurveyExchange):
    """A row per target, those that have not answered first; below it the answers of the one under the cursor."""

    title_ja = "回答の状況"
    COMMANDS = (
        "open", "edit", "surveys.bring", "surveys.received", "surveys.forms", "surveys.ask", "surveys.sent",
        "surveys.follow", "surveys.transfer", "remove", "reload", "back",
    )  # fmt: skip
    AUTO_FOCUS = "WideTable"
    DEFAULT_CSS = """
    SurveyBoard Story { height: 9; }
    """

    def __init__(self, ref: str) -> None:
        super().__init__()
        self.ref = Ref(ref)

    @property
    def survey(self) -> Survey | None:
        """The survey; None once it is deleted."""
        found = self.snapshot.get(self.ref)
        return found if isinstance(found, Survey) else None

    @property
    def title_detail(self) -> str:
        """Which survey, and its response rate."""
        survey = self.survey
        return "" if survey is None else f"{survey.title}　回答率 {rate(survey).words or '（相手なし）'}"

    @property
    def record_open(self) -> Ref | None:
        """The survey."""
        return self.ref

    def compose_body(self) -> Iterable[Widget]:
        """The board and the answers."""
        yield EmptyNote(_EMPTY)
        yield WideTable(id="board")
        yield Story()

    def on_mount(self) -> None:
        """Show the board."""
        self.show()

    def show(self) -> None:
        """Show the rows, touching only what differs."""
        survey = self.survey
        if survey is None:
            self.kyoju.notify("この記録は削除されました。")
            self.kyoju.go_back()
            return
        table = self.query_one(WideTable)
        rest = table.room - sum(_WIDTHS)
        columns = (
            column("target", "相手", rest),
            column("sent", "送付日", _WIDTHS[0]),
            column("received", "受付日", _WIDTHS[1]),
            column("answers", "回答", _WIDTHS[2]),
        )
        apart = [apart_row(survey)] if unaddressed(survey) else []
        table.set_rows(columns, [*(self._row(survey, target) for target in _waiting_first(survey)), *apart])
        self.query_one(EmptyNote).display = not survey.targets and not apart
        table.display = bool(survey.targets or apart)
        self.explain()
        self.show_title()

    def _row(self, survey: Survey, target: SurveyTarget) -> Row:
        marks = marks_for(self.kyoju.current_theme)
        received = format_short(target.received_on) if target.received_on else "回答待ち"
        given = sum(answer is not None for _, answer in answers_of(survey, target.ref))
        cells = (
            Marked.of((self.snapshot.title(Ref(target.ref)), "")),
            Marked.of((format_short(target.sent_on) if target.sent_on else "未送付", "")),
            Marked.of((received, "" if target.received_on else marks.gap)),
            Marked.of((f"{given}/{len(survey.questions)}", "")),
        )
        return Row(target.ref, cells)

    def explain(self) -> None:
        """Say what the cursor is on."""
        survey, here = self.survey, self.target_here
        if survey is not None:
            self.query_one(Story).show(() if here is None else self._sentences(survey, here))
        self.refresh_bindings()

    def _sentences(self, survey: Survey, target: str) -> Iterable[Sentence]:
        if target == NOBODY:
            yield from apart_sentences(survey)
            return
        yield Sentence(self.snapshot.title(Ref(target)), "bold")
        for question, answer in answers_of(survey, target):
            said = (answer.text or "").strip() if answer is not None else "（まだありません）"
            lens = f"［{answer.lens}］" if answer is not None and answer.lens else ""
            about = "・".join(self.snapshot.title(Ref(each)) for each in answer.refs) if answer is not None else ""
            yield Sentence(f"{asked(survey, question)}　{said}{lens}{f'（関係：{about}）' if about else ''}")

    @property
    def target_here(self) -> str | None:
        """The REF of the target under the cursor."""
        return self.query_one(WideTable).row_key or None

    # -- acting --------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is done with a target needs one."""
        if action in ("open", "received", "sent", "transfer", "remove") and self.is_mounted:
            return self.target_here not in (None, NOBODY)
        return super().check_action(action, parameters)

    def action_open(self) -> None:
        """Write an answer of the target under the cursor: choose the question, then the words."""
        survey, target = self.survey, self.target_here
        if survey is None or target is None:
            return
        given = {answer.question: number for number, answer in enumerate(survey.answers) if answer.target == target}
        choices = [
            Candidate(
                question.id or "", question.text or question.section or "", "記入済" if question.id in given else ""
            )
            for question in survey.questions
            if question.id
        ]
        if not choices:
            self.kyoju.notify("質問がまだありません。F2 で加えてください。")
            return

        def chosen(values: tuple[str, ...] | None) -> None:
            if not values:
                return
            number = given.get(values[0])
            title = next(choice.name for choice in choices if choice.value == values[0])
            if number is None:
                preset = {"target": target, "question": values[0]}
                self.add_row(self.ref, "answers", preset, title=title, begin="text")
            else:
                self.edit_row(self.ref, "answers", number, title=title, begin="text")

        self.kyoju.push_screen(Picker("質問", choices, (), many=False), chosen)

    def action_edit(self) -> None:
        """Open the survey's form."""
        self.edit(self.ref)

    def action_received(self) -> None:
        """The answer came today; once more takes that back, after asking where it was on another day."""
        survey, here = self.survey, self.target_here
        if survey is None or here is None:
            return
        on = next((target.received_on for target in survey.targets if target.ref == here), None)
        if on is None or on == self.today:
            self._date("received_on", only=here)
            return
        question = ConfirmScreen(
            f"{format_short(on)}の受付を取り消しますか。",
            f"「{self.snapshot.title(Ref(here))}」は回答待ちに戻ります。回答の文は残ります。",
            yes="取り消す",
            no="やめる",
        )
        self.kyoju.push_screen(question, lambda yes: self._date("received_on", only=here) if yes else None)

    def action_sent(self) -> None:
        """Everybody who was not sent it yet was sent it today."""
        self._date("sent_on", only=None)

    def _date(self, field: str, only: str | None) -> None:
        base, survey = self.workspace.base(self.ref), self.survey
        if survey is None:
            return
        rows: list[dict[str, object]] = []
        for target in survey.targets:
            row = dict(to_plain(target))
            if only == target.ref:
                row[field] = None if field in row else self.today
            elif only is None:
                row.setdefault(field, self.today)
            rows.append({name: value for name, value in row.items() if value is not None})
        changed = survey.but(targets=rows)
        if changed == survey:
            self.kyoju.notify("すべての相手に送付済みです。")
        else:
            self.kyoju.save(lambda: self.workspace.save(self.ref, changed, base=base))

    def action_ask(self) -> None:
        """Choose further groups and key persons."""
        base, survey = self.workspace.base(self.ref), self.survey
        if survey is None:
            return
        asked = {target.ref for target in survey.targets}
        found = [
            Candidate(f"{folder}/{each.value}", each.name, kind_of(f"{folder}/{each.value}").label, each.search)
            for kind, folder in (("group", "groups"), ("person", "people"))
            for each in candidates(self.snapshot, kind, self.today)
        ]

        def chosen(values: tuple[str, ...] | None) -> None:
            if values:
                rows = [*map(to_plain, survey.targets), *({"ref": value} for value in values)]
                changed = survey.but(targets=rows)
                self.kyoju.save(lambda: self.workspace.save(self.ref, changed, base=base))

        self.kyoju.push_screen(
            Picker("たずねる相手", [each for each in found if each.value not in asked], (), many=True), chosen
        )

    def action_follow(self) -> None:
        """Note what is to be done because of an answer."""
        self.add_row(self.ref, "follow_ups")

    def action_transfer(self) -> None:
        """Copy the answers into the empty fields of the group's own record, after asking."""
        survey, target = self.survey, self.target_here
        if survey is None or target is None:
            return
        group = self.snapshot.get(Ref(target))
        fields = into_group(survey, target, group) if isinstance(group, Group) else {}
        if not isinstance(group, Group) or not fields:
            self.kyoju.notify("団体の記録に写せる回答はありません（すでに書かれている項目は変えません）。")
        else:
            self.run_worker(self._transfer(Ref(target), group, fields))

    async def _transfer(self, ref: Ref, group: Group, fields: dict[str, object]) -> None:
        base = self.workspace.base(ref)
        changed = group.but(**fields)
        told = "\n".join(f"・{name}" for name in _labels(fields))
        question = ConfirmScreen(
            f"回答を「{group.name}」の記録に写しますか。",
            f"空いている項目に入れます。\n{told}",
            yes="写す",
            no="やめる",
        )
        if await self.kyoju.push_screen_wait(question):
            self.kyoju.save(lambda: self.workspace.save(ref, changed, base=base))

    def action_remove(self) -> None:
        """Take a target off the list, unless it has answered."""
        base, survey, target = self.workspace.base(self.ref), self.survey, self.target_here
        if survey is None or target is None:
            return
        if any(answer.target == target for answer in survey.answers):
            self.kyoju.notify("回答があるため、相手から外せません。先に F2 で回答を消してください。")
            return
        changed = survey.but(targets=[to_plain(each) for each in survey.targets if each.ref != target])
        self.kyoju.save(lambda: self.workspace.save(self.ref, changed, base=base))


def _waiting_first(survey: Survey) -> Sequence[SurveyTarget]:
    return sorted(survey.targets, key=lambda target: target.received_on is not None)


def _labels(fields: Iterable[str]) -> Iterable[str]:
    from kyoju_tui.records.description import field_map

    known = field_map(Group)
    return (known[name].label for name in fields)
