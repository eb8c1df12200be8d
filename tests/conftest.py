"""What every test stands on: a home of its own, plain git, the program as its users start it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

Git = Callable[..., str]
"""Run plain git in a folder: `git(folder, "add", ".")` returns its output; a failure is an error of the test."""
Program = Callable[..., "subprocess.CompletedProcess[str]"]

TODAY = "2026-11-23"
STAFF = "住宅政策課 担当 <jutaku@example.jp>"


# The same examples with every change, however slow the machine: what the change broke is then what fails.
# `--hypothesis-profile=roam` tries others.
BUSY = [hypothesis.HealthCheck.too_slow]
hypothesis.settings.register_profile(
    "settled", derandomize=True, database=None, deadline=None, suppress_health_check=BUSY
)
hypothesis.settings.register_profile("roam", deadline=None, print_blob=True, suppress_health_check=BUSY)
hypothesis.settings.load_profile("settled")

# Whole tasks, at the keyboard or in a real terminal: a command of their own.
WALKS = frozenset({"handbook", "acceptance", "terminal"})


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the walks by the folder they lie in."""
    for item in items:
        apart = item.get_closest_marker("heavy") or item.get_closest_marker("timed")
        if item.path.parent.name in WALKS and apart is None:
            item.add_marker("walk")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Two workers a core: half of a test's time is waiting, for git and for the screen to come to rest."""
    return 2 * (os.cpu_count() or 1)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's home without any settings, and no `GIT_*` or `KYOJU_*` from whoever runs the tests."""
    folder = tmp_path_factory.mktemp("home")
    for name in tuple(os.environ):
        if name.startswith(("GIT_", "KYOJU_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(folder))
    for name, inside in (("XDG_CONFIG_HOME", ".config"), ("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state")):
        monkeypatch.setenv(name, str(folder / inside))
    return folder


@pytest.fixture
def git(home: Path) -> Git:
    """Plain git as an administrator would run it, with an identity of its own."""

    def run(folder: Path, *arguments: str, data: bytes | None = None, ok: tuple[int, ...] = (0,)) -> str:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        environment |= {"HOME": str(home), "LC_ALL": "C.UTF-8"}
        who = ("-c", "user.name=管理者", "-c", "user.email=admin@example.jp")
        finished = subprocess.run(
            ["git", *who, "-C", str(folder), *arguments],
            input=data,
            capture_output=True,
            env=environment,
            check=False,
        )
        assert finished.returncode in ok, finished.stderr.decode()
        return finished.stdout.decode()

    return run


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """`kyoju-tui` as a process of its own, on the tests' day, by a member of staff."""

    def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        own = {"KYOJU_TODAY": TODAY, "KYOJU_USER": STAFF, "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            [sys.executable, "-m", "kyoju_tui", *(str(each) for each in arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, **own, **environment},
            cwd=tmp_path,
            check=False,
            timeout=60,
        )

    return run
