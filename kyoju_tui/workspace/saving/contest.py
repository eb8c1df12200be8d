"""Saves that met another's change: what is contested, in words, and the save that follows once somebody decided.

Both sides of a record are kept as they are, so that any screen can show them; nothing is written before that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pydantic import ValidationError

from kyoju_tui.records.disagreement import told
from kyoju_tui.records.errors import Clash, InvalidValue
from kyoju_tui.records.explain import faults
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.merge import Conflict, Conflicts, merge
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.wording import Namer
from kyoju_tui.workspace.requests import Base, Change, Put, PutBack, PutFigures, Remove, Request

Choices = Mapping[str, object | None]

# So many records of a batch are named, the rest counted.
_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Contest:
    """One record that this save and somebody else changed differently; None stands for a record that is gone.

    `now` are the file's bytes that `theirs` was read from: a save that follows begins from them.
    """

    change: Put | Remove
    now: bytes | None
    base: Plain | None
    ours: Plain | None
    theirs: Plain | None
    conflicts: tuple[Conflict, ...]

    @property
    def ref(self) -> Ref:
        """The record."""
        return self.change.ref

    @property
    def what(self) -> str:
        """The record in words: 取組「見守り訪問」."""
        return called(self.ref, self.ours or self.theirs or self.base or {})


class Contested(Clash):
    """A save that a person has to decide on. `request` is all of it, `contests` what is undecided."""

    def __init__(self, request: Request, contests: Sequence[Contest], name: Namer) -> None:
        """The message names the records, the detail says what both sides did."""
        self.request = request
        self.contests = tuple(contests)
        only = contests[0] if len(contests) == 1 else None
        if request.undoes:
            which = "、".join(contest.what for contest in contests[:_NAMED])
            more = f" ほか{len(contests) - _NAMED}件" if len(contests) > _NAMED else ""
            places = "、".join(dict.fromkeys(each.label for contest in contests for each in contest.conflicts))
            message = f"{which}{more}は、その後に同じ項目が変更されているため、元に戻していません（{places}）。"
        elif only is None:
            which = "、".join(contest.what for contest in contests[:_NAMED])
            more = f" ほか{len(contests) - _NAMED}件" if len(contests) > _NAMED else ""
            message = f"ほかの人が同じ{len(contests)}件を変えていたため、記録していません（{which}{more}）。"
        elif isinstance(only.change, Remove):
            message = f"{only.what}はほかの人が変えていたため、削除していません。"
        else:
            places = "、".join(conflict.label for conflict in only.conflicts)
            message = f"{only.what}は、ほかの人が同じ項目を変えていたため、記録していません（{places}）。"
        super().__init__(
            f"{message}{'入力した内容は下書きに残っています。' if self.typed else '何も変えていません。'}",
            fields=tuple(conflict.field for contest in contests for conflict in contest.conflicts),
            cure="両方の内容を見比べて、どちらにするか選んでください。",
            detail="\n".join(
                f"{contest.what}　{told(conflict, name=name)}" for contest in contests for conflict in contest.conflicts
            ),
        )

    @property
    def typed(self) -> bool:
        """Whether somebody typed what could not be recorded, so that it is a draft now."""
        puts = any(isinstance(contest.change, Put) for contest in self.contests)
        return puts and self.request.action not in ("move", "restore")


def called(ref: Ref, plain: Plain) -> str:
    """A record in words, from what it holds."""
    title, kind = plain.get("title") or plain.get("name"), plain.get("kind")
    label = kind if ref.top == "entries" and isinstance(kind, str) else kind_of(ref).label
    return f"{label}「{title}」" if isinstance(title, str) else f"{label}（{ref.id}）"


def moved_to(contest: Contest, snapshot: Snapshot) -> Ref | None:
    """Where a record that is gone from its place stands now, under the same id; None where it is deleted."""
    if contest.now is not None or contest.ref.department is None or not isinstance(contest.change, Put):
        return None
    return next((ref for ref in snapshot.entries if ref.id == contest.ref.id and ref != contest.ref), None)


def settled(error: Contested, choices: Mapping[Ref, Choices], moved: Mapping[Ref, Ref]) -> tuple[Change, ...]:
    """The changes of the save that follows: each contested record as it was decided, on what the file holds now.

    Those of `moved` go to the place that stands there, merged with what the record holds there. A deletion that was
    given up is not among them, nor is a record whose deletion by the other stands. Errors: `InvalidValue` where what
    was decided breaks a rule of the record, or not all is decided.
    """
    after = {
        contest.ref: _moved(contest, moved[contest.ref])
        if contest.ref in moved
        else _decided(contest, choices.get(contest.ref, {}))
        for contest in error.contests
    }
    changes: list[Change] = []
    for change in error.request.changes:
        decided = after.get(change.ref, change)
        if decided is not None:
            # Figures beside a data set go with its record, or stay with it.
            changes.append(change if isinstance(change, PutBack | PutFigures) else decided)
    return tuple(changes)


def _moved(contest: Contest, place: Ref) -> Put | None:
    change = contest.change
    return replace(change, ref=place, base=Base(place, change.base.data)) if isinstance(change, Put) else None


def _decided(contest: Contest, choices: Choices) -> Put | Remove | None:
    model = kind_of(contest.ref).model
    result = merge(contest.base, contest.ours, contest.theirs, model, choices=choices)
    if isinstance(result, Conflicts):
        raise InvalidValue(
            "まだ決めていない項目があります。", field=result.fields[0].field, cure="すべての項目を決めてください。"
        )
    base = Base(contest.ref, contest.now)
    if result.plain is None:
        return None if contest.now is None else Remove(contest.ref, base)
    if isinstance(contest.change, Remove) and result.plain == contest.theirs:
        return None
    try:
        return Put(contest.ref, model.model_validate(result.plain), base)
    except ValidationError as error:
        fault = faults(error, model)[0]
        raise InvalidValue(
            f"選んだ内容を合わせると、規則に合わなくなります（{fault.label or '全体'}：{fault.message}）。",
            field=fault.field,
            cure="何も記録していません。ほかの選び方をするか、入力を直してください。",
        ) from error
