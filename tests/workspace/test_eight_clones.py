"""Eight people, each with a clone, send as fast as they can to one remote: nothing is lost, all end up alike."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kyoju_tui.files.tree import read_tree
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.requests import Base, Put
from kyoju_tui.workspace.sync import syncing
from tests.conftest import STAFF
from tests.workspace.clones import Clone, bare, clone, git
from tests.workspace.conftest import HOUSES, VISITS, initiative

PEOPLE, PUSHES = 8, 25

# Saves a record of one's own, and now and then a line of a record that all share, then exchanges; as often as told.
SCRIPT = """
import json, sys
from pathlib import Path
import kyoju_tui.workspace.sync.syncing as syncing
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.plain import to_plain
from kyoju_tui.workspace.workspace import Workspace
root, number, times, own, shared = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5]
workspace = Workspace.open(root, author=f"担当{number} <staff{number}@example.jp>")
attempts, told = 0, []
for turn in range(times):
    entry = workspace.snapshot.expect(own, Entry)
    workspace.save(own, entry.but(note=f"{turn}回目")).result()
    if turn % 5 == 0:
        entry = workspace.snapshot.expect(shared, Entry)
        results = [*(to_plain(each) for each in entry.results), {"fiscal_year": 1900 + number * 10 + turn // 5}]
        workspace.save(shared, entry.but(results=results)).result()
    done = syncing.sync(workspace, told=lambda step: None)
    attempts += done.attempts
    told.append(turn)
workspace.close()
print(json.dumps({"attempts": attempts, "done": told}))
"""


@pytest.mark.heavy
def test_nothing_is_lost_and_all_converge(root: Path, tmp_path: Path) -> None:
    here = Clone(root, STAFF)
    own = [Ref(f"entries/jutaku/20261103-ddd{number:02}") for number in range(PEOPLE)]
    puts = [Put(ref, initiative(f"取組{ref[-2:]}"), Base(ref, None)) for ref in own]
    here.workspace.batch(puts, action="import").result()
    remote = bare(tmp_path / "remote.git")
    syncing.set_remote(here.workspace, str(remote))
    here.sync()
    before = int(git(remote, "rev-list", "--count", "main"))
    people = [clone(remote, tmp_path / f"clone{number}", STAFF) for number in range(PEOPLE)]

    started = time.monotonic()
    running = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT, str(person.root), str(number), str(PUSHES), own[number], VISITS],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for number, person in enumerate(people)
    ]
    answers = [process.communicate(timeout=300) for process in running]
    took = time.monotonic() - started

    for process, (_, said) in zip(running, answers, strict=True):
        assert process.returncode == 0, said.decode()
    told = [json.loads(out) for out, _ in answers]
    assert all(each["done"] == list(range(PUSHES)) for each in told)

    trees: set[str] = set()
    for person in people:
        person.workspace.refresh()
        person.sync()
        trees.add(git(person.root, "rev-parse", "HEAD^{tree}"))
        assert git(person.root, "status", "--porcelain") == ""
    assert trees == {git(remote, "rev-parse", "main^{tree}")}

    # Every save is in the history, and what each wrote last is what stands.
    subjects = git(remote, "log", "--format=%ae", "--no-merges", "main").split()
    shared = PUSHES // 5
    assert [subjects.count(f"staff{number}@example.jp") for number in range(PEOPLE)] == [PUSHES + shared] * PEOPLE
    entries = people[0].workspace.snapshot.entries
    assert [entries[ref].note for ref in own] == [f"{PUSHES - 1}回目"] * PEOPLE
    wanted = {1900 + number * 10 + turn for number in range(PEOPLE) for turn in range(shared)}
    assert {each.fiscal_year for each in entries[VISITS].results} == wanted
    assert not read_tree(people[0].root).broken
    git(remote, "fsck", "--strict")
    merges = int(git(remote, "rev-list", "--count", "main")) - before - PEOPLE * (PUSHES + shared)
    attempts = sum(each["attempts"] for each in told)
    print(f"{PEOPLE} clones × {PUSHES} pushes: {took:.1f} s, {attempts} attempts, {merges} merges")
    assert HOUSES in entries
    assert took < 240
    for person in (here, *people):
        person.workspace.close()
