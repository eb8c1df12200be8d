"""What differs between commits, and new commits made of trees: the git half of a merge, without a working copy.

Names of files are relative to the top of the repository. None of git's merge drivers, filters or hooks takes part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from kyoju_tui.history.commits import head
from kyoju_tui.history.failures import failure
from kyoju_tui.history.git import Repository
from kyoju_tui.history.identity import Author
from kyoju_tui.records.errors import RepositoryState

REGULAR: Final = frozenset({"100644", "100755"})
"""The modes of regular files; anything else is a link or another repository."""

_NOBODY: Final = "000000"
# So many new objects are kept in a pack of their own; fewer become files like those of a save.
_PACK: Final = 20
_WORKING: Final = "refs/kyoju/merging"


@dataclass(frozen=True, slots=True)
class File:
    """A file in a tree: git's mode and its blob."""

    mode: str
    blob: str


Difference: TypeAlias = Mapping[str, tuple[File | None, File | None]]
"""By path: a file before and after; None where there is none."""


def merge_bases(repository: Repository, ours: str, theirs: str) -> tuple[str, ...]:
    """The best common ancestors of two commits; none where their histories have nothing in common."""
    output = repository.run("merge-base", "--all", "--end-of-options", ours, theirs, ok_codes=(0, 1))
    return tuple(output.decode("ascii").split())


def ahead_behind(repository: Repository, ours: str, theirs: str) -> tuple[int, int]:
    """How many commits each of two has that the other has not."""
    output = repository.run("rev-list", "--left-right", "--count", "--end-of-options", f"{ours}...{theirs}", "--")
    left, right = output.decode("ascii").split()
    return int(left), int(right)


def differences(
    repository: Repository, pairs: Sequence[tuple[str, str]]
) -> list[dict[str, tuple[File | None, File | None]]]:
    """How the files of the second commit of each pair differ from those of the first. One process."""
    found: list[dict[str, tuple[File | None, File | None]]] = [{} for _ in pairs]
    asked = "".join(f"{after} {before}\n" for before, after in pairs)
    output = repository.run(
        "diff-tree", "--stdin", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", data=asked.encode("ascii")
    )
    words = iter(output.decode("utf-8", "surrogateescape").split("\0"))
    numbers = iter(range(len(pairs)))
    # A pair without differences has no line of its own, so that commits are looked up by name.
    names = [after for _, after in pairs]
    current = -1
    for word in words:
        if not word.startswith(":"):
            if word.strip():
                current = next(number for number in numbers if names[number] == word.strip())
            continue
        old_mode, new_mode, old, new, _ = word[1:].split(" ")
        found[current][next(words)] = (_file(old_mode, old), _file(new_mode, new))
    return found


def write_commit(
    repository: Repository,
    parents: Sequence[str],
    changes: Mapping[str, File | bytes | None],
    message: str,
    author: Author,
    at: datetime,
) -> str:
    """Make a commit of the first parent's tree with these changes (None: the file is gone), and return its id.

    Objects are on the disk when this returns; no reference, index or file has changed. One process.
    """
    stream = b"".join(_stream(parents, changes, message, author, at))
    output = repository.run(
        *("-c", f"fastimport.unpackLimit={_PACK}", "fast-import", "--quiet", "--done", "--force", "--date-format=raw"),
        data=stream,
        timeout=60.0 + len(changes) / 50,
    )
    return output.decode("ascii").strip()


def set_index(repository: Repository, files: Mapping[str, File | None]) -> None:
    """Let git's index hold these files (None: not there), whatever lies in the working tree. One process."""
    none = "0" * (64 if repository.object_format == "sha256" else 40)
    lines = (
        f"0 {none}\t{path}" if file is None else f"{file.mode} {file.blob}\t{path}" for path, file in files.items()
    )
    data = "".join(f"{line}\0" for line in lines).encode("utf-8", "surrogateescape")
    repository.run("update-index", "-z", "--index-info", data=data, timeout=60.0)


def staged(repository: Repository, commit: str) -> frozenset[str]:
    """The paths of which the index holds something else than a commit. One process."""
    output = repository.run("diff-index", "--cached", "--name-only", "-z", "--no-renames", commit, "--")
    return frozenset(output.decode("utf-8", "surrogateescape").split("\0")[:-1])


def advance(repository: Repository, branch: str, before: str, after: str, reason: str) -> None:
    """Let the branch go on from one commit to another. Errors: `RepositoryState` where it stands elsewhere by now."""
    finished = repository.call("update-ref", "-m", reason, branch, after, before)
    if finished.code == 0:
        return
    if head(repository) != before:
        raise RepositoryState(
            "ちょうどほかの記録があったため、受信を終えていません。何も失われていません。",
            cure="もう一度、送受信してください。",
        )
    raise failure(finished)


def _file(mode: str, blob: str) -> File | None:
    return None if mode == _NOBODY else File(mode, blob)


def _stream(
    parents: Sequence[str],
    changes: Mapping[str, File | bytes | None],
    message: str,
    author: Author,
    at: datetime,
) -> Iterator[bytes]:
    when = f"{int(at.timestamp())} {at:%z}"
    yield f"commit {_WORKING}\nmark :1\nauthor {author} {when}\ncommitter {author} {when}\n".encode()
    yield _data(message.encode())
    first, *others = parents
    yield f"from {first}\n".encode()
    for other in others:
        yield f"merge {other}\n".encode()
    for path, file in changes.items():
        name = _quoted(path)
        if file is None:
            yield b"D %s\n" % name
        elif isinstance(file, bytes):
            yield b"M 100644 inline %s\n%s" % (name, _data(file))
        else:
            yield b"M %s %s %s\n" % (file.mode.encode(), file.blob.encode(), name)
    # The name was only needed to begin with: it is gone when this ends.
    yield b"\nget-mark :1\nreset %s\nfrom %s\n\ndone\n" % (_WORKING.encode(), b"0" * len(first))


def _data(content: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(content), content)


def _quoted(path: str) -> bytes:
    raw = path.encode("utf-8", "surrogateescape")
    if not raw.startswith(b'"') and b"\n" not in raw:
        return raw
    escaped = raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    return b'"%s"' % escaped
