"""`sync` at the command line: set, look, exchange, decide."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kyoju_tui.cli.main import main
from tests.conftest import STAFF, TODAY
from tests.workspace.clones import bare, clone, git
from tests.workspace.conftest import HOUSES, VISITS, root

__all__ = ["root"]

COLLEAGUE = "高齢福祉課 担当 <korei@example.jp>"
Run = Callable[..., "Ran"]


@dataclass
class Ran:
    """What one command line left."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """One command line on a store, in the test's own process."""

    def no_screen(store: Path | None, author: str | None) -> int:
        raise AssertionError(f"no screen was asked for: {store} {author}")

    def once(store: Path, *arguments: str | Path, author: str = STAFF, code: int = 0) -> Ran:
        environ = {**os.environ, "KYOJU_TODAY": TODAY, "KYOJU_USER": author}
        found = main(["--store", str(store), *map(str, arguments)], no_screen, environ)
        printed = capsys.readouterr()
        assert found == code, printed
        return Ran(found, printed.out, printed.err)

    return once


@pytest.fixture
def two(root: Path, tmp_path: Path, run: Run) -> tuple[Path, Path]:
    """A store that has been sent, and a colleague's clone."""
    remote = bare(tmp_path / "remote.git")
    sent = run(root, "sync", "--remote", remote)
    assert sent.out == "受信 0件・送信 2件を終えました。\n"
    assert sent.err == "受信しています …\n合わせています …\n送信しています …\n"
    there = clone(remote, tmp_path / "there", COLLEAGUE)
    there.workspace.close()
    return root, there.root


def test_both_sides_and_the_conflict_between_them(two: tuple[Path, Path], run: Run) -> None:
    here, there = two
    run(there, "set", VISITS, "direction=改善する", "status=取組中", author=COLLEAGUE)
    run(there, "set", HOUSES, "status=取組中", author=COLLEAGUE)
    run(there, "sync", author=COLLEAGUE)
    run(here, "set", VISITS, "direction=広げる")

    assert "送信待ち 1・受信待ち 0" in run(here, "sync", "--status").out

    asked = run(here, "sync", code=3).out
    assert f"取組「見守り訪問」　{VISITS}（相手: 高齢福祉課 担当）" in asked
    assert "　　元: （なし）\n　　自分: 広げる\n　　相手: 改善する\n" in asked
    assert f"sync --take {VISITS} direction ours|theirs|base" in asked

    told = json.loads(run(here, "sync", "--json", code=3).out)
    assert (told["schema"], told["error"]["code"]) == (1, "needs-decision")
    (waiting,) = told["undecided"]
    assert waiting["conflicts"] == [
        {"field": "direction", "label": "今後の方向性", "base": None, "ours": "広げる", "theirs": "改善する"}
    ]
    rehearsed = json.loads(run(here, "sync", "--dry-run", "--json").out)
    assert (rehearsed["to_receive"], rehearsed["taken"]) == (2, [HOUSES])

    run(here, "sync", "--take", VISITS, "direction", "mine", code=2)
    run(here, "sync", "--take", VISITS, "title", "ours", code=2)
    answer = json.loads(run(here, "sync", "--json", "--take", VISITS, "direction", "theirs").out)
    assert (answer["received"], answer["sent"], answer["merged"]) == (2, 2, [VISITS])
    shown = json.loads(run(here, "show", VISITS, "--json").out)["record"]
    assert (shown["direction"], shown["status"]) == ("改善する", "取組中")
    assert run(here, "sync").out == "送り先と同じ内容です。\n"
    assert git(here, "status", "--porcelain") == ""


def test_without_a_remote_and_with_a_bad_one(root: Path, run: Run) -> None:
    assert "送り先がまだ決まっていません" in run(root, "sync", code=3).err
    assert "送り先は決まっていません" in run(root, "sync", "--status").out
    assert "使えません" in run(root, "sync", "--remote", "ext::sh -c id", code=2).err
    nothing = root.parent / "nothing.git"
    refused = run(root, "sync", "--remote", nothing, "--json", code=3)
    assert json.loads(refused.out)["error"]["code"] == "remote-missing"
    told = json.loads(run(root, "sync", "--status", "--json").out)
    assert told["remote"] == str(nothing)
    assert "見つかりません" in told["trouble"]
    assert "送り先は決まっていません" in run(root, "sync", "--remote", "").out
