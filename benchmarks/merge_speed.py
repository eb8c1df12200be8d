"""How long a receive takes that merges, beside git's own merge of the same commits.

Both sides have changed records of one store: the same ones in different fields, or each side its own. Measured is the
local part of a receive, from the lock to the moved branch, fetching and sending apart; and `git merge` by stock git
with its own settings and no merge driver, and again with the durability that this program asks of git. All run in
turn on fresh copies; told are medians.

    python -m benchmarks.merge_speed [--records 1000] [--changed 100] [--runs 9]
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kyoju_tui.files import codec
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.plain import to_plain
from kyoju_tui.workspace.new_store.start import new_files
from kyoju_tui.workspace.sync.receiving import receive
from kyoju_tui.workspace.workspace import Workspace

WHO: Final = "住宅政策課 担当 <jutaku@example.jp>"
DURABLE: Final = ("-c", "core.fsync=committed,loose-object,reference")
_IDENTITY: Final = ("-c", "user.name=管理者", "-c", "user.email=admin@example.jp")
_DEPARTMENTS: Final = 20


@dataclass(frozen=True, slots=True)
class Figures:
    """Medians in milliseconds, and how ours stands to git's."""

    records: int
    changed: int
    same_records: bool
    runs: int
    ours: float
    git: float
    git_durable: float

    @property
    def ratio(self) -> float:
        """Ours by git's own."""
        return self.ours / self.git

    def as_json(self) -> dict[str, object]:
        """For a program."""
        return {
            "records": self.records,
            "changed": self.changed,
            "same_records": self.same_records,
            "runs": self.runs,
            "ours_ms": round(self.ours, 1),
            "git_ms": round(self.git, 1),
            "git_durable_ms": round(self.git_durable, 1),
            "ratio": round(self.ratio, 2),
            "ratio_durable": round(self.ours / self.git_durable, 2),
        }


def measure(folder: Path, records: int, changed: int, runs: int, *, same_records: bool) -> Figures:
    """Make a store in `folder` and measure. Errors: `subprocess.CalledProcessError` where git declines."""
    store = folder / "store"
    _make(store, records, changed, same_records=same_records)
    theirs = _git(store, "rev-parse", "theirs")
    times: dict[str, list[float]] = {"ours": [], "git": [], "durable": []}
    for _ in range(runs):
        for kind in times:
            with _copy(store, folder / "copy") as copy:
                run = _ours(copy, theirs) if kind == "ours" else _stock(copy, DURABLE if kind == "durable" else ())
                started = time.perf_counter()
                run()
                times[kind].append((time.perf_counter() - started) * 1000)
                _require_merged(copy)
    medians = {kind: statistics.median(found) for kind, found in times.items()}
    return Figures(records, changed, same_records, runs, medians["ours"], medians["git"], medians["durable"])


def main(arguments: list[str]) -> int:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.merge_speed")
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--changed", type=int, default=100)
    parser.add_argument("--runs", type=int, default=9)
    told = parser.parse_args(arguments)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        # Ours would start each git through `env` to take it away, and stock git would follow it.
        del os.environ[name]
    found: list[Figures] = []
    for same_records in (True, False):
        with tempfile.TemporaryDirectory(prefix="kyoju-merge-") as folder:
            found.append(measure(Path(folder), told.records, told.changed, told.runs, same_records=same_records))
    print(json.dumps({"schema": 1, "merge": [each.as_json() for each in found]}, ensure_ascii=False, indent=2))
    for each in found:
        which = "the same records" if each.same_records else "records of their own"
        print(
            f"merge, {each.records} records, both sides changed {each.changed} ({which}): "
            f"{each.ours:.0f} ms, git merge {each.git:.0f} ms ({each.ratio:.2f}×), "
            f"git merge as durable {each.git_durable:.0f} ms ({each.ours / each.git_durable:.2f}×)"
        )
    return 0


def _make(store: Path, records: int, changed: int, *, same_records: bool) -> None:
    store.mkdir(parents=True)
    _git(store, "init", "-q", "-b", "main")
    _git(store, "config", "gc.auto", "0")
    files = dict(new_files("試験市", "handbook-5"))
    for number in range(_DEPARTMENTS):
        files[f"departments/d{number}.toml"] = f'name = "{number}課"\n'.encode()
    files |= {_path(number): _entry(number) for number in range(records)}
    _commit(store, files, "base")
    chosen = list(range(0, records, max(1, records // changed)))[:changed]
    others = chosen if same_records else [number + 1 for number in chosen]
    _git(store, "checkout", "-q", "-b", "theirs")
    _commit(store, {_path(number): _entry(number, status="取組中") for number in others}, "theirs")
    _git(store, "checkout", "-q", "main")
    _commit(store, {_path(number): _entry(number, note="変えた備考") for number in chosen}, "ours")
    _git(store, "gc", "-q")


def _path(number: int) -> str:
    return f"entries/d{number % _DEPARTMENTS}/20261101-{number:05}.toml"


def _entry(number: int, **fields: object) -> bytes:
    told: dict[str, object] = {
        "title": f"取組{number}",
        "kind": "取組",
        "status": "検討中",
        "categories": ["koreisha"],
        "outline": "協力員が訪問する。\n二行目の説明です。\n三行目の説明です。\n",
        "direction": "続ける",
        "note": "備考の文章です。" * 5,
        **fields,
    }
    return codec.dumps(to_plain(Entry.model_validate(told)))


def _commit(store: Path, files: Mapping[str, bytes], message: str) -> None:
    for path, data in files.items():
        file = store / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    _git(store, "add", "-A")
    _git(store, "commit", "-q", "-m", message)


@contextmanager
def _copy(store: Path, copy: Path) -> Generator[Path]:
    """A copy on the disk, its index fresh for where it lies."""
    shutil.copytree(store, copy, symlinks=True)
    try:
        _git(copy, "status", "--porcelain")
        os.sync()
        yield copy
    finally:
        shutil.rmtree(copy)


def _ours(copy: Path, theirs: str) -> Callable[[], None]:
    workspace = Workspace.open(copy, author=WHO)
    if workspace.read_only is not None:
        raise workspace.read_only
    gc.collect()
    gc.freeze()  # as the app does once a store is open (ui.run)

    def run() -> None:
        receive(workspace, "refs/heads/main", theirs, dict, lambda: False)

    return run


def _stock(copy: Path, settings: tuple[str, ...]) -> Callable[[], None]:
    def run() -> None:
        _git(copy, *settings, "merge", "-q", "-m", "merge", "theirs")

    return run


def _require_merged(copy: Path) -> None:
    """Both sides are in it, and nothing else lies about: a run that did less is not counted."""
    _git(copy, "merge-base", "--is-ancestor", "theirs", "HEAD")
    left = _git(copy, "status", "--porcelain")
    if left:
        raise RuntimeError(f"not clean after the merge: {left[:200]}")


def _git(folder: Path, *arguments: str) -> str:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", *_IDENTITY, "-C", str(folder), *arguments]
    finished = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", env=environment)
    return finished.stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
