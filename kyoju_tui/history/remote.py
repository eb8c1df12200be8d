"""The one remote of a store: its address, where it is kept, what may be taken for one and what of it is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kyoju_tui.history.git import Repository
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.text import FORBIDDEN

USUAL: Final = "origin"
"""The name of the remote unless the branch's settings name another one."""

_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://(.*)", re.DOTALL)
_HELPER: Final = re.compile(r"[A-Za-z0-9+.-]*::")
_SCP: Final = re.compile(r"(?:[A-Za-z0-9_.][^@:/\s]*@)?[A-Za-z0-9\[][^:/\s@]*:[^:\s].*")
_SECRET: Final = re.compile(r"[^/@\s]*:[^/\s]*@")
_USER: Final = re.compile(r"(?<=://)[^/\s]*@")
_CURE: Final = "例：/srv/kyoju/main.git、ssh://server/srv/kyoju/main.git、https://server/kyoju/main.git"


@dataclass(frozen=True, slots=True)
class Remote:
    """The remote: its name in git's settings, the address to receive from, and the one to send to."""

    name: str
    address: str
    push_address: str

    @property
    def shown(self) -> str:
        """The address for a screen: without credentials and control characters."""
        return shown(self.address)

    def tracking(self, branch: str) -> str:
        """The full name of our record of the remote's branch; `branch` is a full name too."""
        return f"refs/remotes/{self.name}/{branch.removeprefix('refs/heads/')}"


def remote_of(repository: Repository, branch: str) -> Remote | None:
    """The remote that a branch's settings name, or `origin`; None where there is none. `branch` is a full name.

    Settings are those that have passed `trust`: no helper program, no address that looks like an option.
    """
    repository.recheck()
    chosen = repository.setting(f"branch.{branch.removeprefix('refs/heads/')}.remote", "")
    for name in dict.fromkeys((chosen, USUAL)):
        address = repository.setting(f"remote.{name}.url", "") if name not in ("", ".") else ""
        if address:
            return Remote(name, address, repository.setting(f"remote.{name}.pushurl", address))
    return None


def shown(address: str) -> str:
    """An address without what only its owner should see, on one line."""
    return FORBIDDEN.sub("�", _USER.sub("", address)).replace("\n", " ").replace("\t", " ")[:300]


def checked(address: str, folder: Path) -> str:
    """The address as git is to have it: a path made absolute (from `folder`), ssh or https as they are.

    Errors: `InvalidValue` for anything else; the message repeats nothing that could be a password.
    """
    address = address.strip()
    if not address.isprintable() or address.startswith("-") or _HELPER.match(address):
        raise _refused("この送り先は使えません。")
    scheme = _SCHEME.fullmatch(address)
    if scheme is None:
        if _SCP.fullmatch(address) and not address.startswith("/"):
            return address
        return str((folder / Path(address).expanduser()).resolve())
    kind, rest = scheme[1].lower(), scheme[2]
    if kind == "file":
        if not rest.startswith("/") or rest.startswith("//"):
            raise _refused("file:// は、この機械の中の場所（file:///…）だけに使えます。")
        return str(Path(rest).resolve())
    if kind not in ("ssh", "https"):
        raise _refused(f"「{kind}://」は使えません。場所（パス）、ssh、https のどれかにしてください。")
    host = rest.partition("/")[0]
    if _SECRET.match(f"{host}"):
        raise _refused("送り先にパスワードを書かないでください。設定ファイルにそのまま残ってしまいます。")
    name = host.rpartition("@")[2]
    if not name or name.startswith("-") or host.startswith("-"):
        raise _refused("送り先のサーバーの名前を読み取れません。")
    return address


def set_address(repository: Repository, branch: str, address: str) -> None:
    """Let this (checked) address be the remote of the branch. Errors: `GitFailed`, `ReadOnly`, `RepositoryState`."""
    known = remote_of(repository, branch)
    name = known.name if known is not None else USUAL
    short = branch.removeprefix("refs/heads/")
    repository.run("config", "--local", "--replace-all", f"remote.{name}.url", address)
    if repository.setting(f"remote.{name}.pushurl", ""):
        repository.call("config", "--local", "--unset-all", f"remote.{name}.pushurl")
    wanted = f"+refs/heads/*:refs/remotes/{name}/*"
    for key, value in (
        (f"remote.{name}.fetch", wanted),
        (f"branch.{short}.remote", name),
        (f"branch.{short}.merge", branch),
    ):
        repository.run("config", "--local", "--replace-all", key, value)
    # What another remote had says nothing of this one.
    if known is not None and known.address != address:
        _forget(repository, known, branch)


def remove_address(repository: Repository, branch: str) -> None:
    """Let the branch have no remote. Records, history and what was received stay. Errors: as `set_address`."""
    known = remote_of(repository, branch)
    if known is None:
        return
    short = branch.removeprefix("refs/heads/")
    repository.run("config", "--local", "--remove-section", f"remote.{known.name}", ok_codes=(0, 128))
    for key in (f"branch.{short}.remote", f"branch.{short}.merge"):
        repository.run("config", "--local", "--unset-all", key, ok_codes=(0, 5))
    _forget(repository, known, branch)


def _forget(repository: Repository, remote: Remote, branch: str) -> None:
    repository.call("update-ref", "-d", remote.tracking(branch))


def _refused(message: str) -> InvalidValue:
    return InvalidValue(f"{message}何も変えていません。", field="remote", cure=_CURE)
