"""One field of many entries changed at once, as one save: what it would do, entry by entry, before anything is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from pydantic import ValidationError

from kyoju_tui.records.changes import changes, describe
from kyoju_tui.records.description import field_map
from kyoju_tui.records.entry import Entry, awaiting_confirmation
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.explain import faults
from kyoju_tui.records.ids import COMMON, Ref
from kyoju_tui.records.kinds import kind_named
from kyoju_tui.records.plain import to_plain
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.changing.moving import moving_all
from kyoju_tui.workspace.requests import Action, Base, Change, Put
from kyoju_tui.workspace.saving.rules import refuse_place

How = Literal["set", "add", "remove", "move"]

SINGLE: Final = ("status", "confirmed", "target_group", "as_of", "since", "until")
MANY: Final = ("categories", "areas")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to become of every chosen entry.

    `set` gives `field` the first of `values` (none: takes it away); `add` and `remove` change a list's members; `move`
    takes the entries to the department that `values` names.
    """

    how: How
    field: str
    values: tuple[object, ...]

    @property
    def label(self) -> str:
        """What is changed, in the field's words: 状況, カテゴリー, 所管."""
        return "所管" if self.how == "move" else field_map(Entry)[self.field].label


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes of one save, each entry's difference in words, those that stay, and why some cannot follow.

    Where there are `refused` ones nothing may be saved: the choice has to be made anew.
    """

    action: Action
    subject: str
    changes: tuple[Change, ...]
    told: tuple[tuple[Ref, str], ...]
    same: tuple[Ref, ...]
    refused: tuple[tuple[Ref, str], ...]


def planned(snapshot: Snapshot, refs: Sequence[Ref], wish: Wish, base: Callable[[str], Base]) -> Plan:
    """What the wish does to these entries. `base` gives what each edit begins from: take it before the records."""
    chosen = [ref for ref in refs if ref in snapshot.entries]
    return _moves(snapshot, chosen, wish, base) if wish.how == "move" else _edits(snapshot, chosen, wish, base)


def _edits(snapshot: Snapshot, refs: Sequence[Ref], wish: Wish, base: Callable[[str], Base]) -> Plan:
    puts: list[Change] = []
    told: list[tuple[Ref, str]] = []
    same: list[Ref] = []
    refused: list[tuple[Ref, str]] = []
    for ref in refs:
        before = snapshot.entries[ref]
        try:
            after = awaiting_confirmation(before, before.but(**{wish.field: _wanted(before, wish)}))
        except ValidationError as error:
            refused.append((ref, faults(error, Entry)[0].message))
            continue
        if after == before:
            same.append(ref)
            continue
        found = changes(to_plain(before), to_plain(after), Entry, snapshot.name)
        told.append((ref, "、".join(describe(each, snapshot.full_name) for each in found)))
        puts.append(Put(ref, after, base(ref)))
    subject = f"取組・課題{len(told)}件の{wish.label}を変更"
    return Plan("update", subject, tuple(puts), tuple(told), tuple(same), tuple(refused))


def _wanted(entry: Entry, wish: Wish) -> object:
    if wish.how == "set":
        return wish.values[0] if wish.values else None
    members = list(getattr(entry, field_map(Entry)[wish.field].attribute))
    if wish.how == "add":
        return list(dict.fromkeys([*members, *wish.values]))
    return [member for member in members if member not in wish.values]


def _moves(snapshot: Snapshot, refs: Sequence[Ref], wish: Wish, base: Callable[[str], Base]) -> Plan:
    """Every entry under its id to the other folder. Records that name several of them are written once."""
    department = str(wish.values[0]) if wish.values else ""
    name = _department(department, snapshot)
    places: dict[Ref, Ref] = {}
    same: list[Ref] = []
    refused: list[tuple[Ref, str]] = []
    for ref in refs:
        target = kind_named("entry").ref(ref.id, department)
        if target == ref:
            same.append(ref)
            continue
        try:
            refuse_place(target, snapshot.entries[ref], snapshot)
        except KyojuError as error:
            refused.append((ref, error.message))
        else:
            places[ref] = target
    told = tuple((ref, f"所管: {_department(str(ref.department), snapshot)} → {name}") for ref in places)
    subject = f"取組・課題{len(told)}件の所管を変更（{name}へ）"
    return Plan("move", subject, moving_all(places, snapshot, base), told, tuple(same), tuple(refused))


def _department(department: str, snapshot: Snapshot) -> str:
    return "共通" if department == COMMON else snapshot.full_name("department", department)
