"""What becomes of each entry of a sheet: new, changed, the same, or left to a person; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, cast

from pydantic import ValidationError

from kyoju_tui.exchange.bringing import Outcome, Placed
from kyoju_tui.exchange.sheets.found import Found, Origin
from kyoju_tui.exchange.sheets.matching import Match
from kyoju_tui.exchange.sheets.names import Names
from kyoju_tui.records.changes import changes as changes_between
from kyoju_tui.records.description import field_map
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.explain import faults
from kyoju_tui.records.ids import Ref, new_id
from kyoju_tui.records.kinds import KINDS
from kyoju_tui.records.merge import Conflict, Conflicts, Merged, merge
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.wording import shown
from kyoju_tui.workspace.requests import Base, Put

_GONE: Final = "前に取り込んだあと、ここで削除されています。戻しません。"
_WAITS: Final = "表と、ここでの変更が食い違うため、取り込みません。どちらにするか、記録の画面で決めてください。"


class Plan:
    """What becomes of each entry: gathered one after the other."""

    def __init__(self, snapshot: Snapshot, names: Names, bases: Mapping[Ref, Base], today: date) -> None:
        self.placed: list[Placed] = []
        self.puts: list[Put] = []
        self._snapshot = snapshot
        self._names = names
        self._bases = bases
        self.today = today
        self._ids = set(snapshot.taken_ids("entry"))

    def take(self, match: Match) -> None:
        """Place one entry of the sheet."""
        if match.gone:
            self._place(match.found, "同じ", None, _GONE)
        elif match.ref is None:
            self._add(match.found)
        elif match.ref not in self._snapshot.entries:
            self._place(match.found, "不明", match.ref, "ここの記録のファイルを読み取れないため、比べられません。")
        else:
            self._change(match, match.ref)

    def _place(self, found: Found, outcome: Outcome, ref: Ref | None, why: str) -> None:
        told = found.said.get("outline")
        self.placed.append(
            Placed(found.where, outcome, ref, found.title, self._label(found), after=str(told or found.title), why=why)
        )

    def _label(self, found: Found) -> str:
        status = found.said.get("status") or found.assumed.get("status")
        categories = cast("Sequence[str]", found.said["categories"])
        where = "・".join(
            (
                self._names.title("department", found.department),
                *(self._names.title("category", each) for each in categories),
            )
        )
        return f"{status or found.kind}（{where}）"

    def _add(self, found: Found) -> None:
        plain = {name: value for name, value in (found.assumed | found.said).items() if value is not None}
        record = self._valid(found, plain | {"source": {"document": str(found.origin)}}, None)
        if record is None:
            return
        record_id = new_id(self.today, self._ids)
        self._ids.add(record_id)
        ref = KINDS["entry"].ref(record_id, found.department)
        self.puts.append(Put(ref, record, Base(ref, None)))
        self._place(found, "追加", ref, found.why)

    def _change(self, match: Match, ref: Ref) -> None:
        found, entry = match.found, self._snapshot.entries[ref]
        ours = to_plain(entry)
        if match.base is None:
            # Made here by somebody: what is empty is filled, and nothing replaced.
            base: Plain = {}
            said = {name: value for name, value in found.said.items() if value is not None}
        else:
            base = match.base
            said = found.assumed | found.said if _of_this_sheet(found, base) else _added_to(base, found.said)
        theirs = _said_on(base, said)
        merged, conflicts = _merged(base, ours, theirs)
        for each in conflicts:
            self.placed.append(self._conflict(found, ref, each))
        if changes_between(ours, merged, Entry):
            if merged.get("source") == ours.get("source") and match.base is not None:
                merged = merged | {"source": {**cast("Plain", ours.get("source") or {}), "document": str(found.origin)}}
            record = self._valid(found, merged, ref)
            if record is None:
                return
            self.puts.append(Put(ref, record, self._bases[ref]))
            self._differing(found, ref, ours, merged)
        elif not conflicts:
            self._place(found, "同じ", ref, "")

    def _differing(self, found: Found, ref: Ref, ours: Plain, merged: Plain) -> None:
        name = self._snapshot.full_name
        for each in changes_between(ours, merged, Entry, name):
            if each.field.startswith("source"):
                continue
            before, after = shown(each.before, each.about, name), shown(each.after, each.about, name)
            outcome: Outcome = "消去" if each.after is None else "追加" if each.before is None else "変更"
            title = str(ours.get("title"))
            self.placed.append(
                Placed(
                    found.where, outcome, ref, title, each.label, before if each.before is not None else "",
                    after if each.after is not None else "", found.why,
                )
            )  # fmt: skip

    def _conflict(self, found: Found, ref: Ref, each: Conflict) -> Placed:
        name = self._snapshot.full_name
        before = "" if each.ours is None else shown(each.ours, each.about, name)
        after = "" if each.theirs is None else shown(each.theirs, each.about, name)
        return Placed(
            found.where, "食い違い", ref, self._snapshot.entries[ref].title, each.label, before, after, _WAITS
        )

    def _valid(self, found: Found, plain: Plain, ref: Ref | None) -> Entry | None:
        try:
            return Entry.model_validate(plain)
        except ValidationError as error:
            why = "".join(dict.fromkeys(fault.message for fault in faults(error, Entry)))
            self._place(found, "不明", ref, why)
            return None


def _of_this_sheet(found: Found, base: Plain) -> bool:
    """Whether it was the same sheet of the same file that told the record before."""
    origin = Origin.parse(cast("Plain", base.get("source") or {}).get("document"))
    return origin is not None and (origin.file, origin.sheet) == (found.origin.file, found.origin.sheet)


def _added_to(base: Plain, said: Plain) -> Plain:
    """What a sheet says of a record that another one told: what it leaves out, it never knew."""
    known = cast("Sequence[str]", base.get("categories") or ())
    more = [each for each in cast("Sequence[str]", said["categories"]) if each not in known]
    return {name: value for name, value in said.items() if value is not None} | {"categories": [*known, *more]}


def _said_on(base: Plain, said: Plain) -> Plain:
    """What the sheet says now: as before, with its fields as they are now."""
    theirs = dict(base)
    for name, value in said.items():
        if value is None:
            theirs.pop(name, None)
        else:
            theirs[name] = value
    return theirs


def _merged(base: Plain, ours: Plain, theirs: Plain) -> tuple[Plain, list[Conflict]]:
    """Both sides' changes; what they changed in different ways stays as it is here, and waits for a person.

    A text of which both changed some lines waits too: the same sheet must not change it a second time.
    """
    result = merge(base, ours, theirs, Entry)
    conflicts = list(result.fields) if isinstance(result, Conflicts) else []
    if isinstance(result, Conflicts):
        result = merge(base, ours, theirs, Entry, choices={each.field: each.ours for each in conflicts})
    plain = dict(result.plain or ours) if isinstance(result, Merged) else dict(ours)
    for name, about in field_map(Entry).items():
        value = plain.get(name)
        if isinstance(value, str) and value not in (ours.get(name), theirs.get(name)):
            conflicts.append(Conflict(name, about.label, base.get(name), ours.get(name), theirs.get(name), about))
            plain[name] = ours.get(name)
    return {name: value for name, value in plain.items() if value is not None}, conflicts
