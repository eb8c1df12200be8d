"""The sample store: whole, canonical, and with every state and rule on any day it is shown."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date, timedelta

import pytest

from kyoju_tui.files.codec import dumps
from kyoju_tui.files.layout import sample_path
from kyoju_tui.files.scaffold import SCAFFOLD
from kyoju_tui.files.tree import Tree, read_tree
from kyoju_tui.overview.findings import findings
from kyoju_tui.overview.matrix import matrix
from kyoju_tui.records.checks import reference_problems
from kyoju_tui.records.dataset import CSV_HEADER
from kyoju_tui.records.finding import NEEDED, VERDICTS, finding_key
from kyoju_tui.records.ids import COMMON
from kyoju_tui.records.plain import to_plain
from kyoju_tui.records.shifting import REFERENCE
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.new_store.demo import demo_snapshot

ROOT = sample_path()
STATES = {"記載あり", "該当なし", "対象外", "記入なし"}
ANSWERS = {"照会なし", "回答待ち", "期限超過", "回答済", "内容確認中", "前回のまま", "取下げ"}
# Every fiscal year's turn, each of its days, and days of every weekday between.
DAYS = [
    *(date(year, 3, 27) + timedelta(days=day) for year in (2027, 2028, 2029) for day in range(11)),
    *(REFERENCE + timedelta(days=days) for days in range(0, 1200, 23)),
    date(2025, 4, 1),
    date(2026, 11, 22),
]


@pytest.fixture(scope="module")
def tree() -> Tree:
    return read_tree(ROOT)


@pytest.fixture(scope="module")
def sample(tree: Tree) -> Snapshot:
    return Snapshot(tree.records, tree.broken)


def test_nothing_is_wrong_with_it(tree: Tree, sample: Snapshot) -> None:
    assert tree.problems == ()
    assert reference_problems(sample) == []


def test_every_file_is_canonical(tree: Tree) -> None:
    assert {ref: tree.data[ref] for ref in tree.records} == {
        ref: dumps(to_plain(record)) for ref, record in tree.records.items()
    }
    for name, content in SCAFFOLD.items():
        assert (ROOT / name).read_bytes() == content


def test_it_fills_every_screen(sample: Snapshot) -> None:
    kinds = Counter(ref.top for ref in sample.records)
    assert kinds["entries"] >= 120
    assert (kinds["departments"], kinds["categories"], kinds["inquiries"], kinds["meetings"]) == (15, 7, 2, 7)
    assert (kinds["areas"], kinds["groups"], kinds["themes"], kinds["surveys"]) == (6, 8, 5, 2)
    assert min(kinds[top] for top in ("datasets", "series", "people", "collaborations", "findings")) >= 2
    assert {"policy", "framework", "image-map", "store"} <= set(kinds)


def test_data_sets_are_tidy_and_tell_what_is_not_known(sample: Snapshot) -> None:
    statuses: set[str] = set()
    for ref in sample.datasets:
        data = (ROOT / f"{ref}.csv").read_bytes()
        assert b"\r" not in data
        header, *rows = csv.reader(data.decode().splitlines())
        assert tuple(header) == CSV_HEADER
        assert {len(row) for row in rows} == {len(header)}
        assert all((row[3] != "") == (row[4] in ("値", "推計")) for row in rows)
        statuses |= {row[4] for row in rows}
        assert {row[2] for row in rows} == {column.indicator for column in sample.datasets[ref].columns}
    assert statuses == {"値", "秘匿", "欠損", "推計"}


def test_it_names_no_person(tree: Tree) -> None:
    for ref, data in tree.data.items():
        assert not re.search(r"[一-龠]{1,3}(?:さん|氏)[、。とのがは]|会長|@|\d{2,4}-\d{2,4}-\d{4}", data.decode()), ref


def test_settled_points_keep_their_keys(sample: Snapshot) -> None:
    for ref, finding in sample.findings.items():
        assert ref.id == finding_key(finding.rule, finding.subjects)
        assert finding.verdict in VERDICTS[finding.rule]
    assert any(finding.verdict == NEEDED and finding.needed for finding in sample.findings.values())


def test_the_common_folder_holds_what_has_no_department(sample: Snapshot) -> None:
    common = [entry for ref, entry in sample.entries.items() if ref.department == COMMON]
    assert {(entry.kind, entry.status) for entry in common} == {("データ", None), ("取組", "必要")}


def test_the_two_thin_rows(sample: Snapshot) -> None:
    shown = matrix(sample, REFERENCE)
    information, surroundings = shown.row("joho"), shown.row("jukankyo-ido")
    assert sum(cell.counts.under_way + cell.counts.considered for cell in information) == 0
    assert shown.base_data["joho"] == ()
    assert sum(cell.counts.under_way for cell in surroundings) == 0
    assert sum(cell.counts.considered for cell in surroundings) > 0
    assert shown.cells["kosodate", "nosui"].state == "対象外"
    assert shown.cells["shotengai", "shimin"].state == "該当なし"
    assert shown.cells["joho", "shisan"].state == "記入なし"


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_state_and_every_rule_is_there_on_any_day(today: date) -> None:
    snapshot = demo_snapshot(today)
    cells = matrix(snapshot, today).cells.values()
    assert {cell.state for cell in cells} == STATES
    assert {cell.inquiry for cell in cells} == ANSWERS
    found = findings(snapshot, today)
    assert {finding.rule for finding in found if finding.verdict is None} == set(VERDICTS)
    assert {finding.strong for finding in found if finding.rule == "open-issue"} == {True, False}
    assert sum(finding.rule == "overdue" for finding in found) == 2
    assert all(meeting.held_on is not None and meeting.held_on <= today for meeting in snapshot.meetings.values())
