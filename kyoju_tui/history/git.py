"""The one door to git: a repository, found and trusted before anything is run in it."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import Final, Self

from kyoju_tui.history import trust
from kyoju_tui.history.failures import ForeignOwner, failure
from kyoju_tui.history.process import TIMEOUT, Finished, run_git, said
from kyoju_tui.history.trust import Consent, Setting
from kyoju_tui.records import errors

_PLACES: Final = (
    "rev-parse",
    "--path-format=absolute",
    "--show-toplevel",
    "--git-dir",
    "--git-common-dir",
    "--git-path",
    "kyoju",
    "--show-prefix",
    "--show-object-format",
)
_NOT_SHARED: Final = frozenset({"", "umask", "false", "no", "off", "0"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a store lies in git.

    `top` is the working tree's top level, `git_dir` its own git folder, `common_dir` the one that all worktrees share,
    `state` where git would keep our working files. `prefix` is the store's path below `top` ("" where it is the top).
    """

    top: Path
    git_dir: Path
    common_dir: Path
    state: Path
    prefix: str
    object_format: str


class Repository:
    """A store's repository. Every git process of the program is started by `call` or `run`, in the store's folder.

    Before each of them the configuration files are looked at (`recheck`), so that a setting that appears while the
    program is open is refused as at the start. One object may be used by several threads at once.
    """

    def __init__(self, store: Path, place: Place, consent: Consent, index_file: Path | None = None) -> None:
        self.store: Final = store
        self.place: Final = place
        self._consent = consent
        self._index_file = index_file
        self._lock = threading.Lock()
        self._seen: tuple[object, ...] = ()
        self._settings: tuple[Setting, ...] = ()
        self._overrides: tuple[tuple[str, str], ...] = ()

    @classmethod
    def discover(cls, path: Path, *, consent: Consent | None = None, index_file: Path | None = None) -> Self:
        """Find the repository that holds the store folder `path`, and refuse it unless its settings are harmless.

        `index_file` replaces git's index, for a check of what a hook is about to commit. Nothing is run but
        `git rev-parse` and `git config --list`, which start no program.

        Errors: `NotARepository`, `ForeignOwner`, `HostileConfig`, `GitUnavailable`, `GitFailed`, `GitTimeout`.
        """
        store = path.resolve()
        if not store.is_dir():
            raise _not_a_repository(f"no folder: {store}")
        repository = cls(store, _place(store), consent or Consent(), index_file.absolute() if index_file else None)
        repository.recheck()
        return repository

    @property
    def top(self) -> Path:
        """The working tree's top level."""
        return self.place.top

    @property
    def git_dir(self) -> Path:
        """The git folder of this working tree: HEAD, index and unfinished work lie here."""
        return self.place.git_dir

    @property
    def common_dir(self) -> Path:
        """The git folder that all working trees share: branches and objects lie here, and so does the store's lock."""
        return self.place.common_dir

    @property
    def prefix(self) -> str:
        """The store's path below `top` with `/` between parts, or "" where the store is the top."""
        return self.place.prefix

    @property
    def object_format(self) -> str:
        """`sha1` or `sha256`."""
        return self.place.object_format

    @property
    def shared(self) -> bool:
        """Whether `core.sharedRepository` lets other users of a group write."""
        return self.setting("core.sharedrepository", "").lower() not in _NOT_SHARED

    def state_dir(self) -> Path:
        """Return the folder for this store's journal, drafts and presence. It need not exist yet."""
        key = hashlib.sha256(self.prefix.encode("utf-8", "surrogateescape")).hexdigest()[:16] if self.prefix else "root"
        return self.place.state / key

    def setting(self, key: str, default: str) -> str:
        """Return the value that git would use for `key` (section and name in lower case), or `default`."""
        for each in reversed(self._settings):
            if each.key == key and each.scope != "command":
                return each.value
        return default

    def in_top(self, path: str) -> str:
        """Return a path of the store as a path below `top`."""
        return f"{self.prefix}/{path}" if self.prefix else path

    def in_store(self, path: str) -> str | None:
        """Return a path below `top` as a path of the store, or None where it lies outside."""
        if not self.prefix:
            return path
        return path[len(self.prefix) + 1 :] if path.startswith(f"{self.prefix}/") else None

    def recheck(self) -> None:
        """Read the settings again if a configuration file has changed, and decide again whether they are harmless.

        Errors: `HostileConfig`, unless the user has agreed to these very settings.
        """
        seen = tuple(_signature(file) for file in self._watched())
        with self._lock:
            if seen == self._seen:
                return
            settings = trust.parse_settings(self._listing())
            doubtful = trust.untrusted(settings, self._attributes())
            if doubtful and not self._consent.given(self.store, trust.digest(doubtful)):
                raise trust.hostile(doubtful)
            self._settings = settings
            self._overrides = _without_filters(settings)
            self._seen = seen

    def call(
        self,
        *arguments: str,
        data: bytes | None = None,
        timeout: float = TIMEOUT,
        environment: Mapping[str, str] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Finished:
        """Run git in the store's folder and return its exit code and outputs, whatever they are.

        `data` is its standard input, `timeout` is in seconds, `environment` is added to the clean one. `cancelled` is
        asked now and then whether the user has stopped it.

        Errors: `HostileConfig`, `GitUnavailable`, `GitTimeout`, `Cancelled`.
        """
        self.recheck()
        index = {"GIT_INDEX_FILE": str(self._index_file)} if self._index_file else {}
        return run_git(
            arguments,
            folder=self.store,
            settings=self._overrides,
            environment={**index, **(environment or {})},
            data=data,
            timeout=timeout,
            umask=0o002 if self.shared else -1,
            cancelled=cancelled,
        )

    def run(
        self,
        *arguments: str,
        data: bytes | None = None,
        timeout: float = TIMEOUT,
        environment: Mapping[str, str] | None = None,
        ok_codes: Sequence[int] = (0,),
    ) -> bytes:
        """Run git as `call` does and return its standard output.

        Errors: those of `call`; `GitFailed`, or what `failure` makes of it, where the exit code is not in `ok_codes`.
        """
        finished = self.call(*arguments, data=data, timeout=timeout, environment=environment)
        if finished.code not in ok_codes:
            raise failure(finished)
        return finished.stdout

    def _watched(self) -> tuple[Path, ...]:
        home = Path(os.environ.get("HOME") or "/")
        user = os.environ.get("GIT_CONFIG_GLOBAL")
        folder = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
        return (
            self.common_dir / "config",
            self.git_dir / "config.worktree",
            self.common_dir / trust.ATTRIBUTES,
            *((Path(user),) if user else (home / ".gitconfig", folder / "git" / "config")),
            Path("/etc/gitconfig"),
        )

    def _listing(self) -> bytes:
        finished = run_git(("config", "--list", "--show-scope", "-z"), folder=self.store)
        if finished.code != 0:
            raise failure(finished)
        return finished.stdout

    def _attributes(self) -> bytes:
        """Return `info/attributes`; what cannot be read counts as a line of it, since git may be able to read it."""
        file = self.common_dir / trust.ATTRIBUTES
        try:
            return file.read_bytes() if stat.S_ISREG(file.lstat().st_mode) else b"no regular file"
        except (FileNotFoundError, NotADirectoryError):
            return b""
        except OSError as error:
            return f"unreadable: {error}".encode()


def _place(store: Path) -> Place:
    finished = run_git(_PLACES, folder=store)
    if finished.code != 0:
        raise _refusal(store, finished)
    lines = os.fsdecode(finished.stdout).split("\n")
    if len(lines) != 7:
        raise _not_a_repository("a line break in the path")
    top, git_dir, common_dir, state, prefix, object_format = lines[:6]
    return Place(Path(top), Path(git_dir), Path(common_dir), Path(state), prefix.rstrip("/"), object_format)


def _refusal(store: Path, finished: Finished) -> errors.Refused:
    detail = said(finished.stderr)
    if "dubious ownership" in detail or "unsafe repository" in detail:
        named = re.search(r"safe\.directory (.+)", detail)
        return ForeignOwner(
            "保管場所の所有者がほかの利用者のため、開きませんでした。何も変えていません。",
            cure="所有者が正しければ、管理者に次の1行の実行を依頼してください: "
            f"git config --global --add safe.directory {named[1].strip() if named else quote(str(store))}",
            detail=detail,
        )
    if any(words in detail for words in ("not a git repository", "in a work tree", "bare repository")):
        return _not_a_repository(detail)
    return failure(finished)


def _not_a_repository(detail: str) -> errors.NotARepository:
    return errors.NotARepository(
        "このフォルダーは履歴（git）の管理下にありません。何も変えていません。",
        cure="履歴のフォルダー（.git）が失われていないか、管理者に確かめてください。"
        "新しく始めるときは、別のフォルダーで kyoju-tui init を使います。",
        detail=detail,
    )


def _without_filters(settings: Sequence[Setting]) -> tuple[tuple[str, str], ...]:
    """Return the settings that switch off every content filter that any configuration file defines."""
    names = dict.fromkeys(
        subsection for section, subsection, _ in (each.parts for each in settings) if section == "filter"
    )
    return tuple(
        (f"filter.{name}.{variable}", value)
        for name in names
        for variable, value in (("clean", ""), ("smudge", ""), ("process", ""), ("required", "false"))
    )


def _signature(file: Path) -> tuple[str, int, int, int] | None:
    """Return what changes when a file does, or None where it is not there."""
    try:
        found = file.stat()
    except OSError:
        return None
    return (str(file), found.st_mtime_ns, found.st_size, found.st_ino)
