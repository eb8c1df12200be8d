"""Any one field of any record of the sample: the change is a diff of that field and of nothing else."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from pydantic import ValidationError

from kyoju_tui.records.base import Record
from kyoju_tui.records.description import Described, fields_of
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.ids import COMMON, Ref
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.workspace.requests import Put
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF, Git

# The kinds of scalars there are, and a value that none of the sample's records has. A choice takes its next word.
VALUES: dict[str, object] = {
    "line": 'ほかの"書き方" と \\ 記号',
    "text": '一行目\n二行目に """ と \\ がある\n\n四行目',
    "number": 7,
    "date": date(2027, 1, 4),
    "time": time(9, 45),
    "flag": True,
}


def another(field: Described, now: object) -> object | None:
    """A value of the field that it does not have; None where there is none."""
    if field.choices:
        return next((word for word in field.choices if word != now), None)
    value = VALUES.get(field.widget)
    return (not now if isinstance(now, bool) else value) if value != now else None


def changed(ref: Ref, record: Record) -> Iterator[tuple[Described, Record]]:
    """The record with one of its scalars changed, for each one that can be changed alone."""
    plain = to_plain(record)
    # What an entry is decides whether it may lie outside of all departments.
    bound = {"format", *(("kind", "status") if ref.department == COMMON else ())}
    for field in fields_of(type(record)):
        if field.many or field.part is not None or field.refers is not None or field.name in bound:
            continue
        value = another(field, plain.get(field.name))
        if value is None:
            continue
        try:
            yield field, type(record).model_validate({**plain, field.name: value})
        except ValidationError:
            continue  # a rule between fields asks for a second change


@pytest.mark.parametrize("kind", [*VALUES, "choice"])
def test_one_field_is_a_diff_of_that_field(store: Path, git: Git, kind: str) -> None:
    workspace = Workspace.open(store, author=STAFF)
    changes: dict[Ref, tuple[Described, Put]] = {}
    # One after the other, so that the records of a kind show all its fields.
    for turn, (ref, record) in enumerate(workspace.snapshot.records.items()):
        fields = [
            (field, Put(ref, after, workspace.base(ref)))
            for field, after in changed(ref, record)
            if field.widget == kind
        ]
        # A day that contradicts another field is refused, and is told of elsewhere.
        sound = [(field, put) for field, put in fields if _is_taken(workspace, put)]
        if sound:
            changes[ref] = sound[turn % len(sound)]
    assert changes
    before = {ref: (store / ref.path).read_bytes() for ref in changes}
    workspace.batch([put for _, put in changes.values()], action="update").result(60)
    workspace.close()

    numbers = git(store, "show", "--format=", "--numstat", "HEAD").splitlines()
    assert len(numbers) == len(changes)
    for line in numbers:
        added, removed, path = line.split("\t")
        ref = Ref(path.removesuffix(".toml"))
        field, _ = changes[ref]
        was, now = (tomllib.loads(data.decode()) for data in (before[ref], (store / path).read_bytes()))
        assert {name for name in was.keys() | now.keys() if was.get(name) != now.get(name)} == {field.name}
        # A file of tables alone gets a blank line after its first scalar, and loses it with its last one.
        gets, loses = (data.startswith(b"[") for data in (before[ref], (store / path).read_bytes()))
        assert int(added) <= length(now, field.name) + gets, line
        assert int(removed) <= length(was, field.name) + loses, line
    assert git(store, "status", "--porcelain") == ""


def length(plain: Plain, name: str) -> int:
    """How many lines a scalar takes in a file."""
    value = plain.get(name)
    if value is None:
        return 0
    return str(value).count("\n") + 2 if "\n" in str(value) else 1


def _is_taken(workspace: Workspace, put: Put) -> bool:
    """Whether the record may be saved so."""
    try:
        workspace.preview([put], "update")
    except InvalidValue:
        return False
    return True
