"""One run of git: which program, in what environment, under what settings, and for how long.

`git.Repository` is the door; this is its hinge. Everything git is told beyond its arguments is told here, so that
nothing that a repository, a shell or a hook left lying about reaches it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, cast

from kyoju_tui.history.awaiting import Cancelled, end, ended
from kyoju_tui.records import errors

__all__ = ["HARDENED", "Cancelled", "Finished", "executable", "run_git", "said"]

MINIMUM: Final = (2, 39)
"""The oldest git that is accepted: `core.fsync` and `cat-file --batch -z` are needed."""

TIMEOUT: Final = 30.0
"""Seconds that one git process may take unless a caller knows better."""

KEPT: Final = frozenset({"GIT_SSH_COMMAND", "GIT_CONFIG_GLOBAL"})
"""The `GIT_*` variables of the user's environment that git still sees."""

HARDENED: Final[tuple[tuple[str, str], ...]] = (
    # Nothing is started on the side.
    ("core.hooksPath", "/dev/null"),
    ("core.fsmonitor", "false"),
    ("gc.auto", "0"),
    ("maintenance.auto", "false"),
    ("protocol.ext.allow", "never"),
    ("protocol.fd.allow", "never"),
    ("submodule.recurse", "false"),
    ("fetch.recurseSubmodules", "false"),
    ("push.recurseSubmodules", "no"),
    ("diff.ignoreSubmodules", "all"),
    ("credential.interactive", "never"),
    ("safe.bareRepository", "explicit"),
    # Bytes are kept as they are, whatever the user's own settings say.
    ("core.attributesFile", "/dev/null"),
    ("core.excludesFile", "/dev/null"),
    ("core.autocrlf", "false"),
    ("core.safecrlf", "false"),
    # A commit that was acknowledged is on the disk.
    ("core.fsync", "committed,loose-object,reference"),
    ("core.fsyncMethod", "fsync"),
    # Output has one shape.
    ("core.quotePath", "false"),
    ("color.ui", "false"),
    ("diff.relative", "false"),
    ("diff.orderFile", "/dev/null"),
    ("i18n.commitEncoding", "utf-8"),
    ("i18n.logOutputEncoding", "utf-8"),
    ("log.showRoot", "true"),
    ("log.showSignature", "false"),
    # An author is never invented.
    ("user.useConfigOnly", "true"),
)
"""Settings that stand above every configuration file on each call."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CREDENTIALS = re.compile(r"(?<=://)[^/@\s]+@")
_importing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Finished:
    """What a git process left: its exit code and the bytes of both outputs."""

    code: int
    stdout: bytes
    stderr: bytes


def said(stderr: bytes) -> str:
    """Return git's own words for `detail`: decoded, without control characters and credentials, 2,000 characters."""
    text = _CREDENTIALS.sub("", stderr.decode("utf-8", "replace"))
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text).strip()[:2000]


def executable() -> str:
    """Return git's absolute path on the user's PATH; relative entries of PATH would be the repository's own folder.

    Errors: `GitUnavailable` where there is none or it is older than `MINIMUM`.
    """
    return _checked(_find("git", os.environ.get("PATH", os.defpath)))


def run_git(
    arguments: Sequence[str],
    *,
    folder: Path,
    settings: Iterable[tuple[str, str]] = (),
    environment: Mapping[str, str] | None = None,
    data: bytes | None = None,
    timeout: float = TIMEOUT,
    umask: int = -1,
    cancelled: Callable[[], bool] | None = None,
) -> Finished:
    """Run git in `folder`, hardened, with `data` on its standard input, and wait for its end.

    `settings` come after `HARDENED` and win over it; `environment` is added last; `timeout` is in seconds.
    `cancelled` is asked now and then whether the user has stopped it; such a run is given no `data`.

    Errors: `GitUnavailable`; `GitTimeout` or `Cancelled` after the process group was sent SIGTERM and has ended.
    """
    command = ["-C", str(folder), *arguments]
    return _run(executable(), command, [*HARDENED, *settings], environment, data, timeout, umask, cancelled)


def _run(
    program: str,
    arguments: Sequence[str],
    settings: Sequence[tuple[str, str]],
    environment: Mapping[str, str] | None,
    data: bytes | None,
    timeout: float,
    umask: int,
    cancelled: Callable[[], bool] | None = None,
) -> Finished:
    child = {**_environment(settings), **(environment or {})}
    started = _start([*_unset(child), program, *arguments], child, data is not None, umask)
    try:
        stdout, stderr = ended(started, data, timeout, cancelled)
    except subprocess.TimeoutExpired:
        end(started)
        raise errors.GitTimeout(
            "記録の仕組み（git）の応答がないため、処理を止めました。保存済みの記録は失われていません。",
            cure="しばらく待ってからもう一度試してください。続くときは管理者に知らせてください。",
            detail=f"git {' '.join(arguments[2:4])}: {timeout:g} s",
        ) from None
    except BaseException:
        end(started)
        raise
    return Finished(started.returncode, stdout, stderr)


def _start(command: list[str], environment: Mapping[str, str], with_input: bool, umask: int) -> subprocess.Popen[bytes]:
    """Start a process through GitPython, in a session of its own: no terminal to ask on, one group to end."""
    _import_gitpython()
    from git.cmd import Git
    from git.exc import GitCommandNotFound

    try:
        interrupt = Git().execute(
            command,
            istream=subprocess.PIPE if with_input else None,  # pyright: ignore[reportArgumentType]
            as_process=True,
            env=environment,
            start_new_session=True,
            umask=umask,
        )
    except (GitCommandNotFound, PermissionError) as error:
        raise _unavailable(str(error)) from error
    # GitPython's wrapper would end the process when it is collected; from here on the process is ours to end.
    process = cast("subprocess.Popen[bytes]", interrupt.proc)  # pyright: ignore[reportUnknownMemberType]
    interrupt.proc = None
    return process


def _environment(settings: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return what is set for git over the user's environment. Settings go by variable: their names may hold a `=`."""
    environment = {
        "PATH": _absolute(os.environ.get("PATH", os.defpath)),
        "LC_ALL": "C.UTF-8",
        "LANGUAGE": "C",
        "GIT_PAGER": "cat",
        # An editor that says no: nothing is ever accepted that nobody has seen.
        "GIT_EDITOR": "false",
        "GIT_SEQUENCE_EDITOR": "false",
        # A question fails at once instead of appearing over the screen.
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "false",
        "SSH_ASKPASS": "false",
        "SSH_ASKPASS_REQUIRE": "force",
        "GPG_TTY": "",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_CONFIG_COUNT": str(len(settings)),
    }
    for number, (key, value) in enumerate(settings):
        environment[f"GIT_CONFIG_KEY_{number}"] = key
        environment[f"GIT_CONFIG_VALUE_{number}"] = value
    return environment


def _unset(ours: Mapping[str, str]) -> list[str]:
    """Return the command's beginning that takes the user's other `GIT_*` away; GitPython can only add variables."""
    names = [
        name
        for name in tuple(os.environ)
        if name.startswith("GIT_") and not name.startswith("GIT_PYTHON_") and name not in KEPT and name not in ours
    ]
    if not names:
        return []
    return [_find("env", os.environ.get("PATH", os.defpath)), *(part for name in names for part in ("-u", name))]


def _absolute(path: str) -> str:
    return os.pathsep.join(entry for entry in path.split(os.pathsep) if entry.startswith("/"))


@lru_cache(maxsize=8)
def _find(name: str, path: str) -> str:
    found = shutil.which(name, path=_absolute(path) or "/usr/bin:/bin")
    if found is None:
        raise _unavailable(f"{name}: not on PATH")
    return found


@lru_cache(maxsize=8)
def _checked(program: str) -> str:
    """Return `program` if it is a git that is new enough."""
    finished = _run(program, ["version"], HARDENED, None, None, TIMEOUT, -1)
    found = re.match(rb"git version (\d+)\.(\d+)", finished.stdout)
    if found is None:
        raise _unavailable(said(finished.stdout + finished.stderr))
    version = (int(found[1]), int(found[2]))
    if version < MINIMUM:
        raise errors.GitUnavailable(
            "このサーバーのgitは古いため使えません。記録には何もしていません。",
            cure=f"管理者に、git {MINIMUM[0]}.{MINIMUM[1]} 以上の導入を依頼してください。",
            detail=said(finished.stdout),
        )
    return program


def _unavailable(detail: str) -> errors.GitUnavailable:
    return errors.GitUnavailable(
        "記録の仕組み（git）が見つからないか、起動できません。記録には何もしていません。",
        cure="管理者に、gitの導入を依頼してください。",
        detail=detail,
    )


def _import_gitpython() -> None:
    """Import GitPython, which starts git once to see it: the one that we found, and without a word where it fails."""
    if "git.cmd" in sys.modules:
        return
    ours = {
        "GIT_PYTHON_REFRESH": "quiet",
        "GIT_PYTHON_GIT_EXECUTABLE": _find("git", os.environ.get("PATH", os.defpath)),
    }
    with _importing:
        before = {name: os.environ.get(name) for name in ours}
        os.environ.update(ours)
        try:
            import git.cmd  # noqa: F401  # pyright: ignore[reportUnusedImport]
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value
