"""What a save changed, in sentences: fields before and after; long texts sentence by sentence, changed parts marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, cast

from kyoju_tui.records.changes import Change, describe, describe_all
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.description import field_map
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.marking import marked, marks_for
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.wording import Namer, shown
from kyoju_tui.ui.marks import Marks
from kyoju_tui.ui.safe import one_line
from kyoju_tui.ui.widgets.story import Sentence
from kyoju_tui.workspace.past.past import LogEntry, RecordChange
from kyoju_tui.workspace.past.recorded import record_path
from kyoju_tui.workspace.past.versions import differing

WHOLE: Final = 10**6
"""As `most`: every record of a save is told."""

_SHORT: Final = 30
_KEPT: Final = 1  # so many unchanged sentences are told where a text changed; more are counted
_VERBS: Final[Mapping[str, str]] = {
    "create": "追加", "update": "更新", "delete": "削除", "move": "移動", "restore": "復元", "import": "取り込み",
    "merge": "統合",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Of:
    """One record of a save: what became of it (追加・変更・削除), what it is called, its fields that differ."""

    ref: Ref
    turn: str
    heading: str
    changes: tuple[Change, ...]


def when(entry: LogEntry) -> str:
    """Day and time as this machine's clock has them: 令和8年11月20日（金）17:15."""
    at = entry.at.astimezone()
    return f"{format_date(at.date())} {at:%H:%M}"


def action_of(entry: LogEntry) -> str:
    """What was done, in one word."""
    return _VERBS.get(entry.action, "変更")


def records_of(entry: LogEntry, snapshot: Snapshot) -> tuple[Of, ...]:
    """The records of a save whose fields are told, in its order; then those that it only names."""
    found: dict[Ref, list[Change]] = {}
    for each in entry.changes:
        found.setdefault(each.record, []).append(each.change)
    told = [Of(ref, _turn(changes), heading(ref, changes, snapshot), tuple(changes)) for ref, changes in found.items()]
    named = [ref for ref in known_records(entry) if ref not in found] if entry.untold or not told else []
    return (*told, *(Of(ref, "変更", heading(ref, (), snapshot), ()) for ref in named))


def known_records(entry: LogEntry) -> tuple[Ref, ...]:
    """The records that a save names, those of kinds that there are: a commit can be written by anybody."""
    return tuple(ref for ref in entry.records if record_path(ref.path))


def heading(ref: Ref, changes: Sequence[Change], snapshot: Snapshot) -> str:
    """取組「見守り訪問」（高齢福祉課）: as it is called now; what is gone, as it was called."""
    here = ref if ref in snapshot else (snapshot.by_id("entry", ref.id) if ref.department is not None else None)
    kind = kind_of(ref)
    if here is not None:
        title, word = snapshot.title(here), str(getattr(snapshot.records[here], "kind", "") or kind.label)
    else:
        title = next((str(value) for name in ("title", "name", "text") if (value := _value(changes, name))), ref.id)
        word = str(_value(changes, "kind") or kind.label)
    word = word if kind.word == "entry" else kind.label
    where = f"（{snapshot.name('department', ref.department)}）" if ref.department not in (None, "common") else ""
    return f"{word}「{title}」{where}" if title and not kind.single else word


def summary_of(changes: Sequence[RecordChange], name: Namer) -> str:
    """What became of one record, on one line; empty where nothing is told of it."""
    told = [each.change for each in changes]
    turn = _turn(told)
    return turn if turn != "変更" else "、".join(line.replace(": ", "：", 1) for line in describe_all(told, name))


def told(entry: LogEntry, snapshot: Snapshot, marks: Marks, *, most: int = 8) -> Iterator[Sentence]:
    """The whole save: when, who, what; its records, `most` of them, each with its fields before and after."""
    yield Sentence(f"{when(entry)}　{entry.author}", "bold")
    done = action_of(entry)
    yield Sentence(entry.subject if done in entry.subject else f"{done}：{entry.subject}")
    found = records_of(entry, snapshot)
    for each in found[:most]:
        yield Sentence("")
        yield from told_of(each, snapshot.full_name, marks)
    left = len(found) - most
    if left > 0:
        yield Sentence("")
        yield Sentence(f"ほか{left}件の記録（Enter で全部を見られます）", marks.calm)
    if not found:
        yield Sentence("記録のほかのファイルの変更です。", marks.calm)


def told_of(of: Of, name: Namer, marks: Marks) -> Iterator[Sentence]:
    """One record with its fields."""
    yield Sentence(f"{of.heading}　{of.turn}" if of.turn != "変更" else of.heading, "bold")
    for change in of.changes:
        yield from told_field(change, of, name, marks)


def told_field(change: Change, of: Of, name: Namer, marks: Marks) -> Iterator[Sentence]:
    """One field of a record in a save: before and after, or what it says where the record came or went."""
    yield from sentences(change, name, marks) if of.turn == "変更" else _whole(change, name)


def on_a_line(change: Change, of: Of, name: Namer) -> str:
    """The same on one line, for a list."""
    if of.turn == "変更" or change.item:
        return describe(change, name).replace(": ", "：", 1)
    value = change.before if change.after is None else change.after
    return f"{change.label}：{one_line(_shown(value, change, name))}"


def sentences(change: Change, name: Namer, marks: Marks, indent: int = 2) -> Iterator[Sentence]:
    """One field before and after. Short values on one line; a table with its fields; texts sentence by sentence."""
    value = change.before if change.after is None else change.after
    if change.item and isinstance(value, Mapping):
        word = "加えた" if change.before is None else "消した"
        yield Sentence(f"{change.label}　{word}行：{change.item}", "", indent)
        for label, text in _rows(cast("Mapping[str, object]", value), change, name):
            yield Sentence(f"{label}：{text}", marks.calm, indent + 2)
        return
    if not _long(change.before) and not _long(change.after):
        yield Sentence(_short(change, name), "", indent)
        return
    before, after = str(change.before or ""), str(change.after or "")
    if not before or not after:
        yield Sentence(f"{change.label}　{'加えた文' if after else '消した文'}", "", indent)
        yield from (Sentence(text, "" if after else "strike", indent + 2) for text in (before or after).split("\n"))
        return
    yield Sentence(f"{change.label}　文の変更", "", indent)
    yield from text_turns(before, after, marks, indent + 2)


def _whole(change: Change, name: Namer) -> Iterator[Sentence]:
    """A field of a record that came or went: what it says; there is nothing to compare it with."""
    value = change.before if change.after is None else change.after
    if change.item and isinstance(value, Mapping):
        yield Sentence(f"{change.label}：{change.item}", "", 2)
        rows = _rows(cast("Mapping[str, object]", value), change, name)
        yield from (Sentence(f"{label}：{text}", "", 4) for label, text in rows)
        return
    lines = _shown(value, change, name).split("\n")
    if len(lines) == 1:
        yield Sentence(f"{change.label}：{lines[0]}", "", 2)
    else:
        yield Sentence(f"{change.label}：", "", 2)
        yield from (Sentence(line, "", 4) for line in lines)


def text_turns(before: str, after: str, marks: Marks, indent: int) -> Iterator[Sentence]:
    """Two texts sentence by sentence. Changed ones begin with a word, and their changed parts stand between marks."""
    signs = marks_for(before, after)
    for same, group in groupby(differing(before, after), key=lambda pair: pair[0] == "同じ"):
        turns = list(group)
        if same:
            kept = [text for _, text in turns]
            if len(kept) <= _KEPT:
                yield from (Sentence(f"　　{text}", marks.calm, indent) for text in kept)
            else:
                yield Sentence(f"　　（同じ文が{len(kept)}つ）", marks.calm, indent)
            continue
        old = "\n".join(text for turn, text in turns if turn == "前")
        new = "\n".join(text for turn, text in turns if turn == "後")
        both = bool(old and new)
        for text in (marked(old, new, signs) if both else old).split("\n"):
            if text:
                yield Sentence(f"{'前' if both else '消'}：{text}", marks.calm, indent)
        for text in (marked(new, old, signs) if both else new).split("\n"):
            if text:
                yield Sentence(f"{'後' if both else '加'}：{text}", marks.strong, indent)


def values(change: Change, name: Namer) -> tuple[str, str]:
    """A field before and after, whole, in words."""
    return _shown(change.before, change, name), _shown(change.after, change, name)


def _short(change: Change, name: Namer) -> str:
    before, after = values(change, name)
    if change.before is None:
        return f"{change.label}：{after}"
    if before == after or isinstance(change.before, list | tuple) or isinstance(change.after, list | tuple):
        return describe(change, name).replace(": ", "：", 1)
    return f"{change.label}：{before} → {after}"


def _shown(value: object, change: Change, name: Namer) -> str:
    # A text keeps its lines; everything else is words on one line.
    return value if isinstance(value, str) and _plain_text(change) else shown(value, change.about, name)


def _plain_text(change: Change) -> bool:
    return change.about is None or change.about.widget in ("text", "line")


def _long(value: object) -> bool:
    return isinstance(value, str) and ("\n" in value or len(value) > _SHORT)


def _rows(table: Mapping[str, object], change: Change, name: Namer) -> Iterable[tuple[str, str]]:
    part = None if change.about is None else change.about.part
    known = {} if part is None else field_map(part)
    for key, value in table.items():
        if key != "id" and value is not None:
            field = known.get(key)
            text = shown(value, field, name)
            yield (key if field is None else field.label), text


def _turn(changes: Sequence[Change]) -> str:
    """Whether a record came or went: a field that each of its kind has is new, or gone."""
    for change in changes:
        if change.about is not None and change.about.required and "." not in change.field:
            if change.before is None:
                return "追加"
            if change.after is None:
                return "削除"
    return "変更"


def _value(changes: Iterable[Change], field: str) -> object | None:
    found = next((each for each in changes if each.field == field), None)
    return None if found is None else (found.after if found.after is not None else found.before)


def changes_of(entry: LogEntry, ref: Ref) -> tuple[RecordChange, ...]:
    """What a save changed in one record."""
    return tuple(each for each in entry.changes if each.record.id == ref.id and each.record.top == ref.top)
