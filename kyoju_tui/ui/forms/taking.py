"""Taking in what somebody else recorded while a form is open: fields that were not touched follow, the others stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from kyoju_tui.records.matching import same
from kyoju_tui.records.plain import Plain
from kyoju_tui.ui.forms.arrangement import value_at
from kyoju_tui.ui.forms.checking import Path


@dataclass(frozen=True, slots=True)
class Taken:
    """`given` is what the form's edit begins from now, field by field, `holding` what stands in it.

    `changed` are the places that the other has changed since the form last took something in; at those of `contested`
    something else was typed, so that they keep what is typed and what it began from.
    """

    given: Plain
    holding: Plain
    changed: tuple[Path, ...]
    contested: tuple[Path, ...]

    def follow(self, plain: Plain) -> Plain:
        """The same values at the places that were taken in, in another version of the record or table."""
        for path in self.changed:
            if path not in self.contested:
                plain = with_value(plain, path, value_at(self.holding, path))
        return plain


def taken(given: Plain, typed: Plain, theirs: Plain, paths: Sequence[Path]) -> Taken:
    """Bring together what a form began from, what is typed in it, and what is recorded now.

    What the form has no field for follows the record.
    """
    begun, holding = dict(given), dict(typed)
    shown = {path[0] for path in paths}
    for name in given.keys() | theirs.keys():
        if name not in shown:
            begun = with_value(begun, (name,), theirs.get(name))
            holding = with_value(holding, (name,), theirs.get(name))
    changed: list[Path] = []
    contested: list[Path] = []
    for path in paths:
        before, mine, now = value_at(given, path), value_at(typed, path), value_at(theirs, path)
        if same(before, now):
            continue
        changed.append(path)
        if same(mine, before) or same(mine, now):
            begun, holding = with_value(begun, path, now), with_value(holding, path, now)
        else:
            contested.append(path)
    return Taken(begun, holding, tuple(changed), tuple(contested))


def with_value(plain: Plain, path: Path, value: object | None) -> Plain:
    """The same with another value at a place; a table that then holds nothing goes too."""
    name, *rest = path
    if rest:
        inner = plain.get(name)
        table = dict(cast("Mapping[str, object]", inner)) if isinstance(inner, Mapping) else {}
        value = with_value(table, tuple(rest), value) or None
    changed = {**plain, name: value}
    if value is None:
        del changed[name]
    return changed
