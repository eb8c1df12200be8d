"""Both sides' changes in one tree: what is taken, what is merged by field, what a person has to decide.

Reads contents by blob, writes nothing. What only the other side changed is taken as it is, broken files too: they are
shown, never rewritten. Records that both changed are merged by field onto the bytes that lie here, so that comments
stay; every other file that both changed is a question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from kyoju_tui.files import codec
from kyoju_tui.files.layout import is_figures
from kyoju_tui.history.trees import Difference
from kyoju_tui.records.base import Record
from kyoju_tui.records.errors import BrokenRecord, SaveFailed
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.matching import is_table
from kyoju_tui.records.merge import Conflict, Conflicts, merge
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.wording import Namer
from kyoju_tui.workspace.sync.acceptable import require_harmless, require_store
from kyoju_tui.workspace.sync.combined import Combined, what
from kyoju_tui.workspace.sync.contradictions import contradiction, department_conflict, disagreeing
from kyoju_tui.workspace.sync.meeting_points import Unit, Version, record_at, units
from kyoju_tui.workspace.sync.undecided import Choice, Decided, Undecided
from kyoju_tui.workspace.sync.vanished import vanished

Read = Callable[[Sequence[str]], Mapping[str, bytes]]
"""From blob ids to their bytes."""

_NOTHING: Final[Mapping[str, Choice]] = {}
_WHOLE: Final = "記録全体"


def combine(
    ours: Difference, theirs: Difference, read: Read, here: Snapshot, decided: Decided, name: Namer
) -> Combined:
    """Bring the differences of both sides against their common ancestor together.

    `here` are the records as they are with us (for references and rules), `name` turns references into names.

    Errors: `NewerFormat` for a store of a newer program, `Refused` for what cannot lie in a store (links), and
    `UnsafePath`.
    """
    found = list(units(ours, theirs))
    run = _Run(read, here, decided, name)
    for unit in found:
        require_harmless(unit)
    both = [unit for unit in found if not _one_sided(unit)]
    run.know([version.file.blob for unit in both for version in unit.versions])
    require_store(theirs, run.know)
    for unit in found:
        if unit.ours == unit.base:
            run.take(unit)
        elif not _one_sided(unit):
            run.settle(unit)
    run.judge()
    for unit, sources in vanished(ours, theirs, run.result.changes, run.know, here):
        run.ask_whether_gone(unit, sources)
    return run.result


def _one_sided(unit: Unit) -> bool:
    return unit.ours in (unit.base, unit.theirs) or unit.theirs == unit.base


class _Run:
    """One merge: contents by blob, and the result so far."""

    def __init__(self, read: Read, here: Snapshot, decided: Decided, name: Namer) -> None:
        self.result = Combined()
        self._read = read
        self._blobs: dict[str, bytes] = {}
        self._here = here
        self._decided = decided
        self._name = name
        self._versions: dict[Ref, tuple[Unit, tuple[Plain | None, Plain, Plain], Record]] = {}

    def know(self, blobs: Sequence[str]) -> Mapping[str, bytes]:
        """Read these blobs too; all that are known by now."""
        missing = [blob for blob in dict.fromkeys(blobs) if blob not in self._blobs]
        if missing:
            self._blobs |= self._read(missing)
        return self._blobs

    def take(self, unit: Unit) -> None:
        """What only the other side changed."""
        self.result.put(unit, unit.theirs)
        ref = record_at(unit.theirs.path if unit.theirs is not None else unit.place)
        if ref is not None:
            self.result.taken.append(ref)

    def settle(self, unit: Unit) -> None:
        """What both sides changed."""
        ref = record_at(unit.place)
        choices = self._decided.get(unit.key, _NOTHING)
        if "" in choices:
            self._choose_whole(unit, ref, choices[""])
        elif ref is None or any(record_at(version.path) is None for version in unit.versions):
            label = "数値（CSV）" if is_figures(unit.place) else "ファイル全体"
            self._ask_whole(unit, Ref(unit.place), label, "両方で変更されたため、自動では合わせられません。")
        elif unit.ours is None or unit.theirs is None:
            self._ask_whole(unit, ref, _WHOLE, "一方が削除し、もう一方が変更（移動）しています。")
        else:
            self._merge(unit, unit.ours, unit.theirs, ref, choices)

    def _merge(self, unit: Unit, ours: Version, theirs: Version, ref: Ref, choices: Mapping[str, Choice]) -> None:
        model = kind_of(ref).model
        plains = [self._plain(version) for version in (unit.base, ours, theirs)]
        base, mine, other = plains
        if mine is None or other is None or (unit.base is not None and base is None):
            self._ask_whole(unit, ref, _WHOLE, "読み取れないファイルがあるため、項目ごとには合わせられません。")
            return
        result = merge(base, mine, other, model, name=self._name)
        conflicts = list(result.fields) if isinstance(result, Conflicts) else []
        moved = department_conflict(None if unit.base is None else unit.base.path, ours.path, theirs.path)
        if choices and conflicts:
            values = {each.field: choices[each.field].of(each) for each in conflicts if each.field in choices}
            result = merge(base, mine, other, model, choices=values, name=self._name)
            conflicts = list(result.fields) if isinstance(result, Conflicts) else []
        where = theirs.path if unit.base is not None and ours.path == unit.base.path else ours.path
        if moved is not None and "department" in choices:
            where = ours.path.replace(f"/{moved.ours}/", f"/{choices['department'].of(moved)}/", 1)
        elif moved is not None:
            conflicts.append(moved)
        if conflicts:
            self._ask(unit, ref, tuple(conflicts), (base, mine, other))
            return
        plain = (result.plain if not isinstance(result, Conflicts) else None) or {}
        disputed = disagreeing(base, mine, other, model) if choices else ()
        for each in disputed:
            if each.field in choices:
                plain = {**plain, each.field: choices[each.field].of(each)}
        plain = {key: value for key, value in plain.items() if value is not None}
        settled = bool(disputed) and all(each.field in choices for each in disputed)
        self._render(unit, Version(where, ours.file), ref, plain, (base, mine, other), settled=settled)

    def _render(
        self,
        unit: Unit,
        target: Version,
        ref: Ref,
        plain: Plain,
        versions: tuple[Plain | None, Plain, Plain],
        *,
        settled: bool,
    ) -> None:
        """Put the merged record in place, if it is one; `settled` tells that a person has decided about all of it."""
        model = kind_of(ref).model
        base, ours, theirs = map(self._data, (unit.base, unit.ours, unit.theirs))
        why = ""
        try:
            data = codec.merged(plain, base, ours, theirs, model)
            read = codec.read_record(data, target.path, model)
            if read.record is None:
                why = next(problem.message for problem in read.problems if problem.severity == "error")
        except (BrokenRecord, SaveFailed) as error:
            self._ask_whole(unit, ref, _WHOLE, error.message)
            return
        place = record_at(target.path) or ref
        if why:
            conflicts = () if settled else disagreeing(*versions, model)
            told = f"両方の変更を合わせると、内容が規則に合いません（{why}）。"
            if conflicts:
                self._ask(unit, ref, conflicts, versions, told)
            else:
                self._ask_whole(unit, ref, _WHOLE, told)
            return
        self.result.put(unit, target, data)
        self.result.merged.append(place)
        self.result.plains[place] = plain
        if not settled and read.record is not None:
            self._versions[place] = (unit, versions, read.record)

    def judge(self) -> None:
        """Ask about merged records that contradict themselves or others now, though neither side's version did."""
        beside = self._here.replacing({ref: record for ref, (_, _, record) in self._versions.items()})
        for ref, (unit, versions, record) in self._versions.items():
            why = contradiction(ref, record, versions[2], beside, self._here)
            conflicts = disagreeing(*versions, type(record)) if why else ()
            if conflicts:
                self.result.merged.remove(ref)
                for version in unit.versions:
                    self.result.changes.pop(version.path, None)
                told = f"両方の変更を合わせると、内容が食い違います（{why}）。"
                self._ask(unit, ref, conflicts, versions, told)

    def ask_whether_gone(self, unit: Unit, sources: Sequence[Ref]) -> None:
        """A record that one side took away while the other began to name it."""
        ref = record_at(unit.place) or Ref(unit.place)
        self.know([version.file.blob for version in unit.versions])
        choices = self._decided.get(unit.key, _NOTHING)
        if "" in choices:
            self._choose_whole(unit, ref, choices[""])
            return
        named = "、".join(f"「{self._here.title(source)}」" for source in sources[:3])
        more = f"ほか{len(sources) - 3}件" if len(sources) > 3 else ""
        self._ask_whole(unit, ref, _WHOLE, f"一方が削除した記録を、もう一方が新しく参照しています（{named}{more}）。")

    def _choose_whole(self, unit: Unit, ref: Ref | None, choice: Choice) -> None:
        if ref is not None and is_table(choice.value):
            target = unit.ours or unit.theirs or unit.base
            if target is not None:
                self._render(unit, target, ref, dict(choice.value), (None, {}, {}), settled=True)
            return
        version = {"base": unit.base, "theirs": unit.theirs}.get(choice.side or "", unit.ours)
        self.result.put(unit, version)
        if version is None or version == unit.ours:
            # As it is here, whatever was planned before.
            for each in unit.versions:
                if unit.ours is None or each.path != unit.ours.path:
                    self.result.changes.pop(each.path, None)
        if version == unit.ours and version is not None:
            self.result.changes.pop(version.path, None)
        if ref is not None:
            self.result.merged.append(ref)

    def _ask_whole(self, unit: Unit, ref: Ref, label: str, why: str) -> None:
        versions = (self._plain(unit.base), self._plain(unit.ours), self._plain(unit.theirs))
        readable = record_at(ref.path) is not None and all(
            (version is None) == (plain is None)
            for version, plain in zip((unit.base, unit.ours, unit.theirs), versions, strict=True)
        )
        base, ours, theirs = versions if readable else map(self._text, (unit.base, unit.ours, unit.theirs))
        self._ask(unit, ref, (Conflict("", label, base, ours, theirs),), versions, why)

    def _ask(
        self,
        unit: Unit,
        ref: Ref,
        conflicts: tuple[Conflict, ...],
        versions: tuple[Plain | None, Plain | None, Plain | None],
        why: str = "",
    ) -> None:
        title = what(ref, versions[1] or versions[2] or versions[0])
        self.result.undecided.append(Undecided(ref, title, *versions, conflicts, why=why, key=unit.key))

    def _plain(self, version: Version | None) -> Plain | None:
        if version is None or record_at(version.path) is None:
            return None
        try:
            return codec.parse(self._blobs[version.file.blob], version.path)
        except codec.Unreadable:
            return None

    def _data(self, version: Version | None) -> bytes | None:
        return None if version is None else self._blobs[version.file.blob]

    def _text(self, version: Version | None) -> str | None:
        data = self._data(version)
        return None if data is None else data.decode("utf-8", "replace")
