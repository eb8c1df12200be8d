"""The program as its users start it: exit codes, encodings, pipes, what it loads, several at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kyoju_tui.cli.main import main
from tests.cli.conftest import HOUSES, LONELY, VISITS, Write
from tests.conftest import STAFF, TODAY, Git, Program

HANDS, SAVES = 4, 5


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "kyoju_tui", *(str(each) for each in arguments)]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "KYOJU_TODAY": TODAY, "KYOJU_USER": STAFF, "LC_ALL": "C.UTF-8", **more}


def test_exit_codes(program: Program, town: Path, write: Write) -> None:
    assert program("--store", town, "list", "entry").returncode == 0
    write(f"{LONELY}.toml", "title = ")
    found = program("--store", town, "check")
    assert (found.returncode, found.stderr) == (1, "")
    refused = program("--store", town, "rm", "sumai")
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "参照されている" in refused.stderr
    wrong = program("list", "entry", "--json")
    assert (wrong.returncode, wrong.stderr) == (2, "")
    assert json.loads(wrong.stdout)["error"]["code"] == "store-not-found"


@pytest.mark.parametrize("encoding", ["ascii", "euc_jp", "cp932"])
def test_json_is_utf_8_whatever_the_terminal_is(town: Path, encoding: str) -> None:
    ran = subprocess.run(
        command("--store", town, "show", VISITS, "--json"),
        capture_output=True,
        env=environment(PYTHONIOENCODING=encoding),
        check=True,
    )
    assert json.loads(ran.stdout.decode("utf-8"))["record"]["title"] == "見守り訪問"
    assert "見守り訪問".encode() in ran.stdout


def test_what_the_terminal_cannot_show_does_not_end_the_program(town: Path, write: Write) -> None:
    write("entries/korei/caf\udce9.toml", "x")
    wanted = {("list", "entry"): 0, ("show", VISITS): 0, ("check",): 1, ("set", VISITS, "title=\udce9"): 2}
    for arguments, code in wanted.items():
        told = environment(PYTHONIOENCODING="utf-8" if code == 2 else "ascii")
        ran = subprocess.run(command("--store", town, *arguments), capture_output=True, env=told, check=False)
        assert ran.returncode == code, ran.stderr
        assert b"Traceback" not in ran.stderr


def test_a_reader_that_has_seen_enough_ends_it_silently(town: Path, git: Git) -> None:
    git(town, "commit", "--allow-empty", "-qF", "-", data=("長" * 100_000).encode())
    for more in ((), ("--json",)):
        started = subprocess.Popen(
            command("--store", town, "log", *more),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        )
        assert started.stdout is not None
        assert started.stderr is not None
        started.stdout.close()
        assert started.stderr.read() == b""
        started.stderr.close()
        assert started.wait(30) == 0


def test_output_that_goes_nowhere(town: Path) -> None:
    def shell(redirected: str) -> subprocess.CompletedProcess[bytes]:
        line = ["/bin/sh", "-c", f'exec "$@" {redirected}', "sh", *command("--store", town, "list", "entry")]
        return subprocess.run(line, capture_output=True, env=environment(), check=False)

    full = shell(">/dev/full")
    assert full.returncode == 3
    assert full.stderr.decode().startswith("ファイルかフォルダーを読み書きできませんでした。\n")
    assert b"Traceback" not in full.stderr
    closed = shell(">&-")
    assert (closed.returncode, closed.stderr) == (0, b"")


def test_an_interrupted_command_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    assert main([], interrupted) == 130
    assert capsys.readouterr().err.startswith("中断しました。")


LOADED = """
import sys
from kyoju_tui.cli.main import main
assert main(sys.argv[1:], lambda store, author: 0) == 0
print(*sorted(sys.modules))
"""


@pytest.mark.parametrize("arguments", ["list entry", "matrix", "findings"])
def test_reading_loads_no_screen_and_runs_no_git(town: Path, tmp_path: Path, arguments: str) -> None:
    (tmp_path / "bin").mkdir()
    git = tmp_path / "bin/git"
    git.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\nexec /bin/false\n")
    git.chmod(0o755)
    ran = subprocess.run(
        [sys.executable, "-c", LOADED, "--store", str(town), *arguments.split()],
        capture_output=True,
        encoding="utf-8",
        env=environment(PATH=f"{tmp_path / 'bin'}"),
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    loaded = ran.stdout.splitlines()[-1].split()
    heavy = {"textual", "git", "openpyxl", "docx", "watchdog", "jpholiday", "rich.console"}
    assert heavy & set(loaded) == set()
    assert not (tmp_path / "ran").exists()


@pytest.mark.heavy
def test_several_at_once_lose_nothing(town: Path, git: Git) -> None:
    refs = [VISITS, HOUSES, "departments/korei", "categories/sumai"]
    before = git(town, "rev-parse", "HEAD").strip()
    script = f'for n in $(seq {SAVES}); do "$0" -m kyoju_tui --store "$1" set "$2" note=$n || exit 1; done'
    hands = [
        subprocess.Popen(
            ["/bin/sh", "-c", script, sys.executable, str(town), ref],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment(KYOJU_USER=f"{number} <{number}@example.jp>"),
        )
        for number, ref in enumerate(refs)
    ]
    assert len(hands) == HANDS
    for hand in hands:
        _, said = hand.communicate(timeout=120)
        assert hand.returncode == 0, said.decode()
    commits = git(town, "log", "--format=%H", f"{before}..HEAD").split()
    assert len(commits) == HANDS * SAVES
    for commit in commits:
        author, *files = git(town, "show", "--format=%an", "--name-only", commit).split()
        assert files == [f"{refs[int(author)]}.toml"]
    assert git(town, "status", "--porcelain") == ""
    for ref in refs:
        assert f'note = "{SAVES}"' in git(town, "show", f"HEAD:{ref}.toml")


@pytest.mark.parametrize("inside", ["", "store"])
def test_a_hook_checks_what_is_about_to_be_committed(town: Path, git: Git, tmp_path: Path, inside: str) -> None:
    top = town
    if inside:
        top = tmp_path / "top"
        top.mkdir()
        (town / ".git").rename(top / ".git")
        town.rename(top / inside)
        git(top, "add", "-A")
        git(top, "commit", "-qm", "moved")
    hook = top / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nexec {sys.executable} -m kyoju_tui --store './{inside}' check --staged\n")
    hook.chmod(0o755)
    (top / inside / f"{LONELY}.toml").write_text("title = ")
    good = top / inside / f"{VISITS}.toml"
    good.write_text(good.read_text(encoding="utf-8") + 'note = "よい"\n', encoding="utf-8")
    git(top, "commit", "-qm", "half", "--", str(good))
    git(top, "commit", "-qam", "whole", ok=(1,))
    assert git(top, "log", "-1", "--format=%s").strip() == "half"
