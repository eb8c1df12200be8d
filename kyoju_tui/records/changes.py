"""What changed between two versions of a record: as data, and in the words of its fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal, TypeAlias

from kyoju_tui.records.base import Part
from kyoju_tui.records.description import Described
from kyoju_tui.records.lines import changed_lines
from kyoju_tui.records.matching import (
    Place,
    Table,
    as_lists,
    filled,
    identified,
    is_list,
    is_table,
    key_names,
    keys_in_order,
    known_field,
    same,
)
from kyoju_tui.records.wording import NOTHING, Namer, bare, one_line, shown, title_of

Action: TypeAlias = Literal["create", "update", "delete", "move", "restore", "import", "merge"]

# Longer texts are told by the number of lines changed, longer lists by the number of members.
_SHORT_TEXT: Final = 40
_SHORT_LIST: Final = 60
# So many tables of a list are named on a line, the rest counted.
_NAMED: Final = 5

_VERBS: Final[dict[Action, str]] = {
    "create": "追加",
    "update": "更新",
    "delete": "削除",
    "move": "移動",
    "restore": "復元",
    "import": "取り込み",
    "merge": "統合",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs, or one table of a list that was added or taken away (`item` is its title).

    `field` is dotted (`opinions[k3q9x].text`); `label` is for staff (「意見・考え方等［高齢福祉課］ 意見」, for a
    table 「意見・考え方等」); a list of values changes as a whole. None stands for absence. `about` is what the model
    says of the field, None for a key that it does not know.
    """

    field: str
    label: str
    before: object | None
    after: object | None
    item: str = ""
    about: Described | None = None


def changes(
    before: Table | None, after: Table | None, model: type[Part] | None = None, name: Namer = bare
) -> tuple[Change, ...]:
    """What differs between two versions, in the order of the model; None is a record that does not exist.

    Tables of a list are matched by key, one without a key by content. A field without value, an empty one and one with
    its default are the same. `name` turns references into names for labels.
    """
    return tuple(_table_changes(before or {}, after or {}, model, Place(), name))


def describe(change: Change, name: Namer = bare) -> str:
    """A change on one line: `状況: 検討中 → 取組中`, `概要: 3行を変更`, `意見: 1件を追加（高齢福祉課）`."""
    return _described([change], name)


def describe_all(found: Sequence[Change], name: Namer = bare) -> tuple[str, ...]:
    """A line per change; tables added to one list, or taken from it, share a line."""
    lines: list[str] = []
    for _, group in groupby(found, key=_sharing):
        together = list(group)
        lines += [_described(together, name)] if together[0].item else [describe(change, name) for change in together]
    return tuple(lines)


def message_subject(action: Action, what: str, where: str = "") -> str:
    """`取組「見守り訪問」を更新（高齢福祉課・高齢者）`: the first line of a save's message."""
    subject = f"{one_line(what)}を{_VERBS[action]}"
    return f"{subject}（{one_line(where)}）" if where else subject


def _table_changes(before: Table, after: Table, part: type[Part] | None, place: Place, name: Namer) -> Iterator[Change]:
    for key in keys_in_order(part, before, after):
        field = known_field(part, key)
        old, new = filled(before.get(key), field), filled(after.get(key), field)
        if not same(old, new):
            yield from _field_changes(old, new, field, place.field(key, field), name)


def _field_changes(
    old: object | None, new: object | None, field: Described | None, place: Place, name: Namer
) -> Iterator[Change]:
    part = field.part if field is not None else None
    tables = [value for value in (old, new) if value is not None]
    if all(map(is_table, tables)):
        yield from _table_changes(old if is_table(old) else {}, new if is_table(new) else {}, part, place, name)
        return
    lists = as_lists(old, new)
    if lists is not None and any(is_table(item) for items in lists for item in items):
        yield from _item_changes(lists, field, place, name)
    else:
        yield Change(place.dotted, place.label(name), old, new, about=field)


def _item_changes(
    lists: list[Sequence[object]], field: Described | None, place: Place, name: Namer
) -> Iterator[Change]:
    part = field.part if field is not None else None
    names = key_names(part, [[item for item in items if is_table(item)] for items in lists])
    before, after = identified(lists, names)
    for item in dict.fromkeys([*before, *after]):
        old, new = before.get(item), after.get(item)
        table = old if is_table(old) else new
        if not is_table(table):
            continue
        spot = place.item(table, names, part)
        if is_table(old) and is_table(new):
            yield from _table_changes(old, new, part, spot, name)
        else:
            title = title_of(table, part, name, names)
            yield Change(spot.dotted, place.label(name), old, new, title, field)
    kept = [item for item in before if item in after]
    ordered = [item for item in after if item in before]
    if kept != ordered:
        # The rows of one version in both orders: what changed inside them has been told above.
        orders = [[before[item] for item in items] for items in (kept, ordered)]
        yield Change(place.dotted, place.label(name), orders[0], orders[1], about=field)


def _sharing(change: Change) -> tuple[str, bool, bool]:
    """What tables of a list have in common that are told of on one line."""
    return change.label, bool(change.item), change.before is None


def _described(group: Sequence[Change], name: Namer) -> str:
    first = group[0]
    if first.item:
        titles = "、".join(change.item for change in group[:_NAMED]) + ("ほか" if len(group) > _NAMED else "")
        verb = "追加" if first.before is None else "削除"
        return f"{first.label}: {len(group)}件を{verb}（{titles}）"
    return f"{first.label}: {_difference(first.before, first.after, first.about, name)}"


def _difference(before: object | None, after: object | None, field: Described | None, name: Namer) -> str:
    if as_lists(before, after) is not None:
        return _members(before, after, field, name)
    if any(_is_long(value) for value in (before, after)):
        return _lines(before, after)
    old, new = shown(before, field, name), shown(after, field, name)
    if old == new:
        return f"書き方を変更（{new}）"
    # The full-width bracket of （なし） brings its own space.
    return f"{old}{'' if old == NOTHING else ' '}→{'' if new == NOTHING else ' '}{new}"


def _is_long(value: object) -> bool:
    return isinstance(value, str) and ("\n" in value or len(value) > _SHORT_TEXT)


def _lines(before: object | None, after: object | None) -> str:
    if before is None:
        return f"{len(str(after).splitlines())}行を追加"
    if after is None:
        return f"{len(str(before).splitlines())}行を削除"
    return f"{changed_lines(str(before), str(after))}行を変更"


def _members(before: object | None, after: object | None, field: Described | None, name: Namer) -> str:
    old, new = identified([value if is_list(value) else [] for value in (before, after)], ())
    added = [shown(new[item], field, name) for item in new if item not in old]
    removed = [shown(old[item], field, name) for item in old if item not in new]
    if not added and not removed:
        return "並び順を変更"
    text = "・".join([*(f"＋{member}" for member in added), *(f"−{member}" for member in removed)])
    if len(text) <= _SHORT_LIST:
        return text
    counts = [f"{len(members)}件を{verb}" for members, verb in ((added, "追加"), (removed, "削除")) if members]
    return "・".join(counts)
