"""The record of a survey while files are worked into it: its answers, its targets' receipts, and what it can hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, Protocol, cast

from kyoju_tui.exchange.books.gate import shown_name
from kyoju_tui.files.canonical import dumps
from kyoju_tui.files.reading import RECORD_LIMIT
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.ids import new_part_id
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.records.survey import Survey

_NAMED: Final = 2
_SURVEY: Final = "アンケート"


class BroughtFile(Protocol):
    """A file that is named in a save."""

    @property
    def file(self) -> str:
        """Its name."""
        ...

    @property
    def sha256(self) -> str:
        """Of its bytes, in hex."""
        ...


class Answers:
    """A survey that takes answers; the record itself is made once, at the end."""

    def __init__(self, survey: Survey) -> None:
        self._before = survey
        self._answers = [to_plain(each) for each in survey.answers]
        self._targets = [to_plain(each) for each in survey.targets]
        self._places: dict[tuple[object, object], Plain] = {
            (each.get("target"), each.get("question")): each for each in self._answers
        }
        self._by_id = {str(each["id"]): each for each in self._answers if each.get("id")}

    @property
    def survey(self) -> Survey:
        """The survey with all that was taken. Errors: `InvalidValue` where one record cannot hold that much."""
        changed = self._before.but(answers=self._answers, targets=self._targets)
        size = len(dumps(to_plain(changed)))
        if size > RECORD_LIMIT and changed != self._before:
            raise InvalidValue(
                f"回答が多すぎて、1件の記録に入りません（{size // 1024:,}KB。{RECORD_LIMIT // 1024}KBまで）。"
                "何も取り込んでいません。",
                field="answers",
                cure="ファイルを期間や地区で分け、アンケートの記録も分けて取り込んでください。",
            )
        return changed

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all answers."""
        return frozenset(self._by_id)

    def text(self, target: str | None, question: str) -> str:
        """A target's answer; the empty text where there is none."""
        return str(self._places.get((target, question), {}).get("text") or "")

    def answer(self, target: str, question: str, text: str) -> None:
        """Let a target's answer be this; the empty text takes it away. What staff added to it stays."""
        found = self._places.get((target, question))
        if not text:
            self._answers = [each for each in self._answers if each is not found]
            self._places.pop((target, question), None)
        elif found is not None:
            found["text"] = text
        else:
            self.add(new_part_id(self._by_id.keys()), target, question, text)

    def add(self, answer_id: str, target: str | None, question: str, text: str) -> None:
        """A further answer; None for a target that nobody knows."""
        told: Plain = {"id": answer_id, **({"target": target} if target else {}), "question": question, "text": text}
        self._answers.append(told)
        self._by_id[answer_id] = told
        if target:
            self._places[target, question] = told

    def target_of(self, answer_id: str) -> str | None:
        """Whose answer this is; None where nobody knows, or there is no such answer."""
        found = self._by_id.get(answer_id, {}).get("target")
        return str(found) if found else None

    def give(self, answer_id: str, target: str) -> bool:
        """Let an answer of nobody in particular be this target's, unless it has one already; whether it now is."""
        told = self._by_id[answer_id]
        place = (target, told.get("question"))
        if told.get("target") or place in self._places:
            return False
        told["target"] = target
        self._places[place] = told
        return True

    # -- targets -----------------------------------------------------------------------------------------------------

    def sent_on(self, target: str) -> date | None:
        """The day on which a target was sent its form."""
        found = self._target(target).get("sent_on")
        return found if isinstance(found, date) else None

    def has_receipts(self, target: str) -> bool:
        """Whether a file of this target came in before."""
        return bool(_receipts(self._target(target)))

    def taken(self, target: str, sha256: str) -> str:
        """When and as which file these very bytes were brought in; the empty text where they were not."""
        for each in _receipts(self._target(target)):
            if each.get("sha256") == sha256:
                on = each.get("on")
                day = f"、{format_date(on, weekday=False)}受付" if isinstance(on, date) else ""
                return f"{each.get('file') or ''}{day}"
        return ""

    def receive(self, target: str, on: date, file: str | None = None, sha256: str = "") -> None:
        """An answer came in; the day of the first one stays."""
        told = self._target(target)
        if not told.get("received_on"):
            told["received_on"] = on
        if file is not None:
            before = _receipts(told)
            taken = {str(each["id"]) for each in before if each.get("id")}
            receipt: Plain = {"id": new_part_id(taken), "on": on, "file": shown_name(file), "sha256": sha256}
            told["receipts"] = [*before, receipt]

    def _target(self, target: str) -> Plain:
        return next(each for each in self._targets if each.get("ref") == target)


def require_day(on: date, today: date | None, sent_on: date | None = None) -> None:
    """Whether an answer can have come in on a day. Errors: `InvalidValue`."""
    if today is not None and on > today:
        raise InvalidValue("受付日が今日より後になっています。", field="on", cure="今日までの日にしてください。")
    if sent_on is not None and on < sent_on:
        raise InvalidValue(
            f"受付日が送付日（{format_date(sent_on)}）より前になっています。何も取り込んでいません。",
            field="on",
            cure="受付日か、送付日を確かめてください。",
        )


def subject_of(survey: Survey, who: Sequence[str], files: Sequence[BroughtFile]) -> str:
    """The save's first line: which survey, whose answers, which files."""
    more = f"ほか{len(who) - _NAMED}件" if len(who) > _NAMED else ""
    told = "・".join(f"{shown_name(each.file)[:60]}、照合値 {each.sha256[:12]}" for each in files[:_NAMED])
    rest = f"ほか{len(files) - _NAMED}件" if len(files) > _NAMED else ""
    names = f"{'・'.join(who[:_NAMED])}{more}の" if who else ""
    return f"{survey.method or _SURVEY}「{survey.title}」：{names}回答を取り込み（{told}{rest}）"


def _receipts(target: Plain) -> list[Plain]:
    return list(cast("list[Plain]", target.get("receipts") or []))
