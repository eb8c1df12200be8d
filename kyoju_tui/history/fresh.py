"""The commits of a repository that is just being made, all at once: for a store that comes with a past."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from kyoju_tui.history.commits import head, resolve
from kyoju_tui.history.git import Repository
from kyoju_tui.history.identity import Author


@dataclass(frozen=True, slots=True)
class Planned:
    """A commit to be made: the files that it writes by path, and who says what at which time (with its zone)."""

    files: Mapping[str, bytes]
    message: str
    author: Author
    at: datetime


def write_commits(repository: Repository, planned: Iterable[Planned]) -> str:
    """Make these commits, the oldest first, write the files of the last state, and return HEAD.

    `repository` is new: the top of its own working tree, without any file or commit. Three processes, however many
    commits there are. Errors: `GitFailed`, `GitTimeout`, `ReadOnly`; the repository is unfinished then.
    """
    if head(repository) is not None or repository.prefix:
        raise ValueError("commits are only written into a new repository")
    stream = b"".join(piece for commit in planned for piece in _stream(commit))
    repository.run("fast-import", "--quiet", "--done", data=stream + b"done\n")
    repository.run("read-tree", "-m", "-u", "HEAD")
    return resolve(repository, "HEAD")


def _stream(commit: Planned) -> Iterator[bytes]:
    when = f"{int(commit.at.timestamp())} {commit.at:%z}"
    yield b"commit refs/heads/main\n"
    yield f"author {commit.author} {when}\ncommitter {commit.author} {when}\n".encode()
    yield from _data(commit.message.encode())
    for path, content in commit.files.items():
        yield f"M 100644 inline {path}\n".encode()
        yield from _data(content)
    yield b"\n"


def _data(content: bytes) -> Iterator[bytes]:
    yield b"data %d\n" % len(content)
    yield content
    yield b"\n"
