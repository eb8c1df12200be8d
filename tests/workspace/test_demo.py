from __future__ import annotations

import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from kyoju_tui.files.canonical import dumps
from kyoju_tui.files.layout import sample_path
from kyoju_tui.files.scaffold import SCAFFOLD
from kyoju_tui.files.tree import read_tree
from kyoju_tui.history.commits import files_at
from kyoju_tui.history.git import Repository
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import ReadOnly, WrongUse
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.plain import to_plain
from kyoju_tui.records.shifting import REFERENCE
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.new_store.demo import demo_snapshot, make_demo, vacant_demo_path
from kyoju_tui.workspace.new_store.story import steps
from kyoju_tui.workspace.past.past import LogEntry, Past

TODAY = date(2027, 6, 3)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("demo") / "mihon", TODAY)


@pytest.fixture(scope="module")
def log(demo: Path) -> tuple[LogEntry, ...]:
    return Past(Repository.discover(demo)).entries()


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


def test_the_last_commit_holds_the_sample_moved_to_today_and_nothing_else(demo: Path) -> None:
    expected = {ref.path: dumps(to_plain(record)) for ref, record in demo_snapshot(TODAY).records.items()} | SCAFFOLD
    expected |= {f"datasets/{file.name}": file.read_bytes() for file in (sample_path() / "datasets").glob("*.csv")}
    assert files_at(Repository.discover(demo), "HEAD") == expected
    assert all((demo / path).read_bytes() == data for path, data in expected.items())


def test_git_finds_nothing_to_complain_about(demo: Path) -> None:
    assert git(demo, "status", "--porcelain", "--ignored") == ""
    assert git(demo, "fsck", "--strict", "--full", "--no-progress") == ""
    assert git(demo, "branch", "--show-current") == "main\n"


def test_its_history_is_that_of_some_weeks_by_several_departments(log: tuple[LogEntry, ...]) -> None:
    assert 40 <= len(log) <= 80
    assert len({entry.author for entry in log}) == 15
    assert {entry.action for entry in log} == {"create", "update"}
    times = [entry.at for entry in log]
    assert times == sorted(times, reverse=True)
    assert times[0].date() < TODAY < times[0].date() + timedelta(days=14)
    assert times[0] - times[-1] > timedelta(weeks=20)
    assert all(at.weekday() < 5 and 9 <= at.hour < 18 for at in times)


def test_authors_are_roles_with_addresses_that_nobody_has(log: tuple[LogEntry, ...]) -> None:
    assert all(entry.author.endswith(" 担当") for entry in log)
    assert {entry.email.partition("@")[2] for entry in log} == {"example.jp"}


def test_messages_tell_what_was_recorded(log: tuple[LogEntry, ...]) -> None:
    assert log[-1].subject == "澪帆市の保管場所を作成"
    corrected = next(entry for entry in log if entry.subject.startswith("取組「ふれあいごみ出し支援」を更新"))
    assert corrected.author == "環境課 担当"
    assert [(change.record, change.change.label) for change in corrected.changes] == [
        ("entries/kankyo/20260730-5r4vd", "概要")
    ]
    for entry in log:
        assert {change.record for change in entry.changes} == set(entry.records)


def test_what_was_recorded_earlier_can_be_looked_at(demo: Path) -> None:
    past = Past(Repository.discover(demo))
    ref = Ref("entries/kenko/20260730-c9dd6")
    versions = [past.snapshot(entry.commit).expect(ref, Entry).status for entry in past.entries(ref)]
    assert versions[0] == "取組中"
    assert versions[-1] == "検討中"


def test_every_commit_leaves_a_store_that_can_be_read(demo: Path, log: tuple[LogEntry, ...]) -> None:
    past = Past(Repository.discover(demo))
    for entry in log[::8]:
        snapshot = past.snapshot(entry.commit)
        assert not snapshot.broken
        assert "store" in snapshot


def test_the_story_names_nothing_before_it_is_there_and_ends_with_the_sample() -> None:
    sample = Snapshot(read_tree(sample_path()).records)
    known = Snapshot({})
    for step in steps(sample):
        assert step.records
        assert step.day < REFERENCE
        known = known.replacing(step.records)
        dangling = [each for each in known.references if known.target(each.kind, each.text) is None]
        assert dangling == [], step.day
    assert known.records == sample.records


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "memo.txt").write_text("メモ", encoding="utf-8")
    with pytest.raises(WrongUse, match="既にファイルがあります"):
        make_demo(tmp_path, TODAY)
    assert [file.name for file in tmp_path.iterdir()] == ["memo.txt"]


def test_a_place_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ReadOnly, match="作れませんでした"):
        make_demo(tmp_path / "file" / "demo", TODAY)


def test_without_a_path_it_takes_the_next_free_folder_of_the_user(tmp_path: Path) -> None:
    environ = {"XDG_DATA_HOME": str(tmp_path)}
    assert vacant_demo_path(None, TODAY, environ) == tmp_path / "kyoju-tui" / "demo-20270603"
    made = [make_demo(None, TODAY, environ) for _ in range(3)]
    assert [path.relative_to(tmp_path / "kyoju-tui").name for path in made] == [
        "demo-20270603",
        "demo-20270603-2",
        "demo-20270603-3",
    ]
