"""Figures lie beside their data set: recorded, taken back and deleted in one commit with it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.errors import BrokenRecord, Clash
from kyoju_tui.records.figures import Figure, write_figures
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.care.checking import check_store
from kyoju_tui.workspace.care.mending import inspect, way_of
from kyoju_tui.workspace.past.undoing import undoing
from kyoju_tui.workspace.requests import Put, PutFigures
from kyoju_tui.workspace.workspace import Workspace

REF = Ref("datasets/20261123-aaaaa")
FIRST = write_figures([Figure("1", "本町", "人口", 1420, "値", "1,420")])
SECOND = write_figures([Figure("1", "本町", "人口", 1433, "値", "1,433")])


def git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True, encoding="utf-8")
    return done.stdout


def save(workspace: Workspace, data: bytes | None, expected: bytes | None) -> None:
    put = Put(REF, Dataset(title="町丁別人口"), workspace.base(REF))
    subject = "基礎データ「町丁別人口」の数値を取り込み"
    workspace.batch([put, PutFigures(REF, data, expected)], action="import", subject=subject).result(timeout=60)


def test_recorded_with_their_data_set_in_one_commit(workspace: Workspace, root: Path) -> None:
    save(workspace, FIRST, None)
    assert (root / f"{REF}.csv").read_bytes() == FIRST == workspace.figures(REF)
    assert git(root, "status", "--porcelain") == ""
    assert sorted(git(root, "show", "--name-only", "--format=", "HEAD").split()) == [f"{REF}.csv", f"{REF}.toml"]
    assert git(root, "log", "-1", "--format=%(trailers:key=Kyoju-Record,valueonly)").split() == [str(REF)]


def test_figures_alone_are_told_as_a_change_of_their_data_set(workspace: Workspace, root: Path) -> None:
    save(workspace, FIRST, None)
    save(workspace, SECOND, FIRST)
    assert git(root, "show", "--name-only", "--format=", "HEAD").split() == [f"{REF}.csv"]
    assert git(root, "log", "-1", "--format=%(trailers:key=Kyoju-Record,valueonly)").split() == [str(REF)]


def test_somebody_elses_figures_are_never_overwritten(workspace: Workspace, root: Path) -> None:
    save(workspace, FIRST, None)
    with pytest.raises(Clash):
        save(workspace, SECOND, None)
    assert workspace.figures(REF) == FIRST
    assert git(root, "status", "--porcelain") == ""


def test_taken_back_with_an_undo(workspace: Workspace, root: Path) -> None:
    save(workspace, FIRST, None)
    save(workspace, SECOND, FIRST)
    workspace.submit(undoing(workspace)).result(timeout=60)
    assert workspace.figures(REF) == FIRST
    workspace.submit(undoing(workspace)).result(timeout=60)
    assert workspace.figures(REF) is None and REF not in workspace.snapshot
    assert git(root, "status", "--porcelain") == ""


def test_deleted_with_their_data_set(workspace: Workspace, root: Path) -> None:
    save(workspace, FIRST, None)
    workspace.delete(REF).result(timeout=60)
    assert not (root / f"{REF}.csv").exists()
    assert git(root, "status", "--porcelain") == ""
    assert len(git(root, "show", "--name-only", "--format=", "HEAD").split()) == 2


def test_a_link_in_place_of_the_figures_is_not_followed(workspace: Workspace, root: Path, tmp_path: Path) -> None:
    save(workspace, FIRST, None)
    (tmp_path / "secret").write_bytes(b"secret")
    (root / f"{REF}.csv").unlink()
    (root / f"{REF}.csv").symlink_to(tmp_path / "secret")
    with pytest.raises(BrokenRecord, match="読み取れません"):
        workspace.figures(REF)


def test_check_names_the_lines_of_figures_that_cannot_be_read(workspace: Workspace, root: Path) -> None:
    save(workspace, FIRST, None)
    assert check_store(root, environ={}).problems == ()
    (root / f"{REF}.csv").write_bytes(FIRST + "2,新町,人口,多い,値,多い\n".encode())
    (root / "datasets/20261123-zzzzz.csv").write_bytes(SECOND)
    found = [(each.path, each.line, each.code) for each in check_store(root, environ={}).problems if each.code > "K7"]
    assert found == [(f"{REF}.csv", 3, "K701"), ("datasets/20261123-zzzzz.csv", 0, "K702")]
    assert check_store(root, environ={}).failed
    ways = {each.code: way_of(each, workspace.snapshot) for each in inspect(workspace, {}) if each.code > "K7"}
    assert ways == {"K701": "figures", "K702": "none"}
    # What the next commit would hold is judged without them.
    assert check_store(root, staged=True, environ={}).problems == ()
