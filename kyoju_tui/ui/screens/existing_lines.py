"""What there is to settle about a sheet, line by line, and what each answer makes of its reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from kyoju_tui.exchange.books.values import address
from kyoju_tui.exchange.sheets import words
from kyoju_tui.exchange.sheets.assistant import Opened
from kyoju_tui.exchange.sheets.bringing_in import Brings
from kyoju_tui.exchange.sheets.creating import creating
from kyoju_tui.exchange.sheets.grid import told
from kyoju_tui.exchange.sheets.layout import LayoutColumn
from kyoju_tui.exchange.sheets.names import LEFT_OUT, Decisions, Named, Names
from kyoju_tui.records.folding import fold
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.forms.candidates import Candidate, candidates

_LABELS: Final[dict[Named, str]] = {"department": "部署", "category": "カテゴリー"}
_MAKE, _LEAVE, _OPEN = "@make", "@leave", "@open"
_LOOKED_AT: Final = 200
_EXAMPLES: Final = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to settle: a name (`kind` and `word`; an empty word stands for all that have none) or a column.

    `state` is how much it matters: `open` keeps something out, `calm` is nothing that is read.
    """

    key: str
    sort: str
    written: str
    meaning: str
    state: Literal["open", "plain", "calm"]
    kind: Named | None = None
    word: str = ""
    column: LayoutColumn | None = None

    @property
    def question(self) -> str:
        """What the choice is about."""
        if self.kind is None:
            return f"「{self.written}」の列"
        return f"表の「{self.written}」" if self.word else f"{self.written}の{_LABELS[self.kind]}"


def lines(opened: Opened, found: Brings | None, snapshot: Snapshot, today: date) -> list[Line]:
    """Names that nobody settled first, then those that somebody did, then the columns."""
    names = Names(snapshot, today, opened.decisions)
    waiting = found.unknown.items() if found is not None else ()
    there = [_unsettled(names, kind, word, count) for (kind, word), count in waiting]
    there += list(_settled(opened.decisions, names))
    # What nobody knows comes first here too: a wide sheet does not fit the screen.
    columns = [_column(each, names) for each in opened.layout.columns]
    return [*there, *sorted(columns, key=lambda each: each.state != "open")]


def examples(opened: Opened, line: Line) -> str:
    """What stands below a column's head."""
    if line.column is None:
        return ""
    sheet = next(each for each in opened.book.sheets if each.name == opened.layout.sheet)
    found: list[str] = []
    for row in range(opened.layout.body, min(len(sheet.rows), opened.layout.body + _LOOKED_AT)):
        text = " ".join(told(sheet.at(row, line.column.number)).split())
        if text and text not in found:
            found.append(text)
        if len(found) == _EXAMPLES:
            break
    return "、".join(found)


def offers(line: Line, opened: Opened, snapshot: Snapshot, today: date) -> Sequence[Candidate]:
    """What a line can be."""
    if line.kind is None:
        named = line.column is not None and line.column.named
        meanings = [each for each in words.meanings() if each not in words.CELLS or named or each != words.ANY]
        return [Candidate(f"@{each}", words.label_of(each)) for each in meanings]
    made = [
        Candidate(each.id, f"{each.name}（新しく作る）") for each in opened.decisions.created if each.kind == line.kind
    ]
    known = [*candidates(snapshot, line.kind, today), *made]
    if not line.word:
        return [*known, Candidate(_OPEN, "決めない（取り込みません）")]
    make = [] if any(fold(each.name) == fold(line.word) for each in opened.decisions.created) else [
        Candidate(_MAKE, f"「{line.word}」を新しく作る")
    ]  # fmt: skip
    return [*make, *known, Candidate(_LEAVE, "取り込まない"), Candidate(_OPEN, "あとで決める")]


def chosen(line: Line, opened: Opened) -> tuple[str, ...]:
    """What a line is now."""
    if line.column is not None:
        return (f"@{line.column.field}",) if line.column.field else ()
    if line.kind is None:
        return ()
    now = opened.decisions.means.get((line.kind, fold(line.word)))
    return () if not now else (now,)


def answered(opened: Opened, line: Line, answer: str, snapshot: Snapshot) -> Opened:
    """The reading with one line settled."""
    if line.column is not None:
        return replace(opened, layout=opened.layout.changed(line.column.being(answer.removeprefix("@"))))
    if line.kind is None:
        return opened
    decisions = opened.decisions
    if not line.word:
        chosen_id = "" if answer == _OPEN else answer
        return replace(opened, decisions=replace(decisions, **{line.kind: chosen_id}))
    if answer == _MAKE:
        return replace(opened, decisions=creating(decisions, [(line.kind, line.word)], snapshot))
    if answer == _OPEN:
        means = {key: value for key, value in decisions.means.items() if key != (line.kind, fold(line.word))}
        return replace(opened, decisions=replace(decisions, means=means))
    return replace(opened, decisions=decisions.meaning(line.kind, line.word, LEFT_OUT if answer == _LEAVE else answer))


def _unsettled(names: Names, kind: Named, word: str, count: int) -> Line:
    label = _LABELS[kind]
    like = names.suggestion(kind, word) if word else ""
    meaning = f"未定（「{like}」？）" if like else f"未定（{count}欄）"
    return Line(f"{kind}:{word}", label, word or f"{label}の書かれていない欄", meaning, "open", kind, word)


def _settled(decisions: Decisions, names: Names) -> Iterator[Line]:
    made = {(each.kind, each.id) for each in decisions.created}
    for (kind, word), record_id in decisions.means.items():
        if not word:
            continue
        written = next((each.name for each in decisions.created if each.kind == kind and fold(each.name) == word), word)
        new = "（新しく作る）" if (kind, record_id) in made else ""
        meaning = "取り込まない" if record_id == LEFT_OUT else f"{names.title(kind, record_id)}{new}"
        state: Literal["plain", "calm"] = "calm" if record_id == LEFT_OUT else "plain"
        yield Line(f"{kind}:{written}", _LABELS[kind], written, meaning, state, kind, written)
    kinds: tuple[tuple[Named, str], ...] = (("department", decisions.department), ("category", decisions.category))
    for kind, record_id in kinds:
        if record_id:
            label = _LABELS[kind]
            yield Line(f"{kind}:", label, f"{label}の書かれていない欄", names.title(kind, record_id), "plain", kind, "")


def _column(each: LayoutColumn, names: Names) -> Line:
    place = address(0, each.number).rstrip("0123456789")
    meaning = words.label_of(each.field)
    if each.named and each.field in words.CELLS:
        found = each.id or names.find(each.named, each.name)
        whose = "取り込まない" if found == LEFT_OUT else names.title(each.named, found) if found else "未定"
        meaning = f"{whose}の{meaning.partition('（')[0]}"
    state: Literal["open", "plain", "calm"] = "plain"
    if not each.field:
        meaning, state = "不明（取り込まない）", "open"
    elif each.field == words.SKIPPED:
        state = "calm"
    return Line(f"column:{each.number}", f"{place}列", each.heading or "（見出しなし）", meaning, state, column=each)
