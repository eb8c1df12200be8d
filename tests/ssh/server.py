"""A sshd of the tests' own: a free port of 127.0.0.1, own keys, own settings, in one folder. Started by root: a sshd
that anybody else has started gives no terminal ("Attempt to write login records by non-root user").

`with Server(folder, environ) as server:` then `server.command("kyoju-tui …")` is what a client runs.
"""

from __future__ import annotations

import getpass
import os
import select
import shlex
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

SSHD: Final = Path("/usr/sbin/sshd")
DEADLINE: Final = 20.0
# Debian's sshd gives up its rights in this folder.
_SEPARATION: Final = Path("/run/sshd")


def missing() -> str:
    """What keeps a sshd from being started here; empty where nothing does."""
    named = [str(each) for each in (SSHD, Path("/usr/bin/ssh"), Path("/usr/bin/ssh-keygen")) if not each.exists()]
    if named:
        return f"not installed: {', '.join(named)}"
    return "" if os.geteuid() == 0 else "needs root, since a sshd that anybody else has started gives no terminal"


class Server:
    """One sshd. Ended by its process id, with every session that it has begun."""

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        """`environ` is what every login has."""
        self.folder = folder
        self.folder.mkdir(mode=0o700)
        self.port = _free_port()
        self._environ = dict(environ)
        self._process: subprocess.Popen[bytes] | None = None
        for name in ("host_key", "user_key"):
            subprocess.run(
                ["/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", str(folder / name)],
                check=True,
                stdin=subprocess.DEVNULL,
            )
        public = (folder / "user_key.pub").read_text()
        (folder / "authorized_keys").write_text(public)
        host = (folder / "host_key.pub").read_text()
        (folder / "known_hosts").write_text(f"[127.0.0.1]:{self.port} {host}")
        (folder / "sshd_config").write_text(self._server_settings())
        (folder / "ssh_config").write_text(self._client_settings())

    def __enter__(self) -> Self:
        _SEPARATION.mkdir(mode=0o755, exist_ok=True)
        command = [str(SSHD), "-D", "-e", "-f", str(self.folder / "sshd_config")]
        with (self.folder / "sshd.log").open("wb") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        wait_until(self._answers, "sshd answers", self.log)
        return self

    def __exit__(self, *_error: type[BaseException] | BaseException | TracebackType | None) -> None:
        sessions = self.sessions()
        if self._process is not None:
            self._process.terminate()
            self._process.wait(DEADLINE)
        for pid in sessions:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def command(self, program: Sequence[str]) -> list[str]:
        """What a client runs to have a program in a terminal of this host."""
        remote = shlex.join(["exec", "env", *(f"{name}={value}" for name, value in self._environ.items()), *program])
        return ["/usr/bin/ssh", "-tt", "-F", str(self.folder / "ssh_config"), "town", remote]

    def sessions(self) -> tuple[int, ...]:
        """The processes of the sshd that serve a login at the moment."""
        return () if self._process is None else tuple(_descendants(self._process.pid, "sshd"))

    def log(self) -> str:
        """What the sshd has said."""
        path = self.folder / "sshd.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def _answers(self) -> bool:
        if self._process is not None and self._process.poll() is not None:
            raise AssertionError(f"sshd ended:\n{self.log()}")
        with socket.socket() as client:
            client.settimeout(1)
            return client.connect_ex(("127.0.0.1", self.port)) == 0

    def _server_settings(self) -> str:
        folder = self.folder
        return "\n".join(
            (
                f"Port {self.port}",
                "ListenAddress 127.0.0.1",
                f"HostKey {folder / 'host_key'}",
                f"AuthorizedKeysFile {folder / 'authorized_keys'}",
                f"PidFile {folder / 'sshd.pid'}",
                "AuthenticationMethods publickey",
                "PermitRootLogin prohibit-password",
                "UsePAM no",
                # The folder of a test lies below one that everybody may write into.
                "StrictModes no",
                "PrintMotd no",
                "PrintLastLog no",
                "X11Forwarding no",
                "AllowTcpForwarding no",
                "",
            )
        )

    def _client_settings(self) -> str:
        folder = self.folder
        return "\n".join(
            (
                "Host town",
                "  HostName 127.0.0.1",
                f"  Port {self.port}",
                f"  User {getpass.getuser()}",
                f"  IdentityFile {folder / 'user_key'}",
                "  IdentitiesOnly yes",
                "  IdentityAgent none",
                f"  UserKnownHostsFile {folder / 'known_hosts'}",
                "  GlobalKnownHostsFile /dev/null",
                "  StrictHostKeyChecking yes",
                "  BatchMode yes",
                "  ControlMaster no",
                "  LogLevel ERROR",
                "",
            )
        )


def wait_until(
    holds: Callable[[], bool], what: str, said: Callable[[], str] = str, *, seconds: float = DEADLINE
) -> None:
    """Wait for something that no terminal shows; fails naming it."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(f"waited for: {what}\n{said()}")
        select.select([], [], [], 0.02)


def runs(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not asked after does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def programs(store: Path) -> tuple[int, ...]:
    """The processes of this host that have a store open on the screen."""
    found: list[int] = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if str(store).encode() in words and b"python" in words[0] and runs(int(folder.name)):
                found.append(int(folder.name))
    return tuple(found)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _descendants(pid: int, name: str) -> list[int]:
    """The processes below one that are called so."""
    parents: dict[int, list[int]] = {}
    names: dict[int, str] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            head, _, rest = (folder / "stat").read_text().rpartition(")")
            parents.setdefault(int(rest.split()[1]), []).append(int(folder.name))
            names[int(folder.name)] = head.partition("(")[2]
    found: list[int] = []
    waiting = [pid]
    while waiting:
        below = parents.get(waiting.pop(), [])
        found += [each for each in below if name in names.get(each, "")]
        waiting += below
    return found
