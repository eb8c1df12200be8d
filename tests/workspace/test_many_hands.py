"""Another process on the same working copy: its saves are noticed."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from kyoju_tui.records.entry import Entry
from kyoju_tui.workspace.requests import Changed
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import Program
from tests.workspace.conftest import VISITS


def test_another_process_is_noticed_within_a_second(workspace: Workspace, root: Path, program: Program) -> None:
    noticed = threading.Event()
    at: list[float] = []

    def listen(changed: Changed) -> None:
        if VISITS in changed.refs:
            at.append(time.time())
            noticed.set()

    workspace.subscribe(listen)
    workspace.watch()
    finished = program("--store", root, "set", VISITS, "status=取組中")
    assert finished.returncode == 0, finished.stderr
    assert noticed.wait(5)
    written = (root / VISITS.path).stat().st_mtime
    assert at[0] - written < 1.0
    assert workspace.snapshot.expect(VISITS, Entry).status == "取組中"


def test_a_first_record_of_a_kind_is_noticed_too(workspace: Workspace, root: Path, program: Program) -> None:
    noticed = threading.Event()
    workspace.subscribe(lambda changed: noticed.set() if any(ref.top == "areas" for ref in changed.refs) else None)
    workspace.watch()
    finished = program("--store", root, "new", "area", "name=星波ヶ丘", "reading=ほしなみがおか")
    assert finished.returncode == 0, finished.stderr
    assert noticed.wait(5)
