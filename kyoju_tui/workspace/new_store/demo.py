"""A copy of the sample store with the weeks in which it came about, moved to today: for trying things out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from itertools import groupby
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

from kyoju_tui.files.canonical import dumps
from kyoju_tui.files.fresh import begun, require_vacant
from kyoju_tui.files.layout import sample_path
from kyoju_tui.files.scaffold import SCAFFOLD
from kyoju_tui.files.tree import read_tree
from kyoju_tui.history.commits import init
from kyoju_tui.history.fresh import Planned, write_commits
from kyoju_tui.history.identity import Author
from kyoju_tui.records.base import RecordT
from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.dates import fiscal_year
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.records.shifting import REFERENCE, demo_shift, shifted
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.new_store.story import Step, steps
from kyoju_tui.workspace.saving.messages import Told, commit_message

APP: Final = "kyoju-tui"
_JAPAN: Final = timezone(timedelta(hours=9))
_OPENS: Final = time(9, 10)
# Departments that record on the same day do so one after the other.
_APART: Final = timedelta(minutes=35)


def make_demo(path: Path | None, today: date, environ: Mapping[str, str] | None = None) -> Path:
    """Make a demo store at `vacant_demo_path` and return where it is.

    Its commits are by roles of the fictional town, so nobody has to say who they are. Errors: `WrongUse` where
    something is there already, `ReadOnly`, `GitUnavailable`, `GitFailed`; nothing is left behind then.
    """
    root = vacant_demo_path(path, today, environ)
    with begun(root, f"{root} に見本を作れませんでした。"):
        write_commits(init(root), _story(today))
    return root


def vacant_demo_path(path: Path | None, today: date, environ: Mapping[str, str] | None = None) -> Path:
    """Where a demo would be made: `path` if it is absent or empty, else `WrongUse`; without one a new folder.

    That is `demo-<yyyymmdd>` of the user's data directory (`XDG_DATA_HOME`), with the next free number.
    """
    return require_vacant(_new_folder(today, os.environ if environ is None else environ) if path is None else path)


def demo_snapshot(today: date) -> Snapshot:
    """The records of the sample, moved so that they read as fresh on `today`."""
    move = _Move(today)
    return Snapshot({ref: move(record) for ref, record in read_tree(sample_path()).records.items()})


class _Move:
    """Moves records of the sample to today."""

    def __init__(self, today: date) -> None:
        self.days = demo_shift(today)
        self._fiscal_years = fiscal_year(today) - fiscal_year(REFERENCE)

    def __call__(self, record: RecordT) -> RecordT:
        return shifted(record, self.days, fiscal_years=self._fiscal_years)


def _story(today: date) -> Iterator[Planned]:
    """The sample's story, moved to today, as commits."""
    move = _Move(today)
    sample = Snapshot(read_tree(sample_path()).records)
    files: dict[str, bytes] = dict(SCAFFOLD)
    known: dict[Ref, Plain] = {}
    subject = f"{sample.store.municipality}の保管場所を作成"
    for step, at in _timed(steps(sample)):
        told: list[Told] = []
        for ref, record in step.records.items():
            plain = to_plain(move(record))
            told.append(Told(ref, known.get(ref), plain))
            known[ref] = plain
            files[ref.path] = dumps(plain)
            if isinstance(record, Dataset):
                files[f"{ref}.csv"] = (sample_path() / f"{ref}.csv").read_bytes()
        action = "create" if all(item.before is None for item in told) else "update"
        message = commit_message(action, told, sample.full_name, subject=subject)
        author = Author(f"{sample.departments[step.department].name} 担当", f"{step.department}@example.jp")
        yield Planned(files, message, author, at + timedelta(days=move.days))
        files, subject = {}, ""


def _timed(story: Sequence[Step]) -> Iterator[tuple[Step, datetime]]:
    """Every step with its time of day."""
    for day, together in groupby(story, key=lambda step: step.day):
        for index, step in enumerate(together):
            yield step, datetime.combine(day, _OPENS, _JAPAN) + index * _APART


def _new_folder(today: date, environ: Mapping[str, str]) -> Path:
    """The first free name under the user's data directory."""
    told = environ.get("XDG_DATA_HOME")
    parent = Path(told) / APP if told else user_data_path(APP)
    names = (f"demo-{today:%Y%m%d}{suffix}" for suffix in _suffixes())
    return next(parent / name for name in names if not (parent / name).exists())


def _suffixes() -> Iterator[str]:
    yield ""
    number = 2
    while True:
        yield f"-{number}"
        number += 1
