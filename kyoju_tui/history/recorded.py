"""What HEAD holds, told without git's index, and what the index says otherwise.

The index may lag behind HEAD, may be told to overlook a file (`assume-unchanged`, `skip-worktree`), and knows nothing
of ignored files; the ids of blobs know no such exceptions.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from kyoju_tui.history.commits import head
from kyoju_tui.history.git import Repository

SKIPPED: Final = "skip-worktree"
_WITHOUT_MARKS: Final = 2


def recorded_blobs(repository: Repository) -> tuple[str | None, dict[str, str]]:
    """Return HEAD (None on a branch without any commit) and the blob ids of the store's regular files in it, by path.

    One process, about 12 ms for 10,000 files. Errors: `GitFailed`, `GitTimeout`, `HostileConfig`.
    """
    commit = head(repository)
    if commit is None:
        return None, {}
    found: dict[str, str] = {}
    for line in _words(repository.run("ls-tree", "-r", "-z", "--end-of-options", commit)):
        entry, _, path = line.partition("\t")
        mode, _, blob = entry.split(" ")
        if mode in ("100644", "100755"):
            found[path] = blob
    return commit, found


def staged_paths(repository: Repository) -> tuple[str, ...]:
    """Return the store's paths of which the index says something else than HEAD.

    Somebody staged them, or a git was killed between a commit and its index.
    """
    commit = head(repository)
    if commit is None:
        return ()
    output = repository.run(
        *("diff-index", "--cached", "--name-only", "-z", "--relative", "--no-renames", "--ignore-submodules=all"),
        *(commit, "--", "."),
    )
    return tuple(_words(output))


def overlooked(repository: Repository) -> dict[str, str]:
    """Return the store's files that git was told to overlook, with the mark: `assume-unchanged`, `skip-worktree`.

    `git status` is silent about changes in such a file, and a commit may leave it out.
    """
    found: dict[str, str] = {}
    for line in _words(repository.run("ls-files", "-v", "-z")):
        letter, path = line[:1], line[2:]
        if letter in ("S", "s"):
            found[path] = SKIPPED
        elif letter.islower():
            found[path] = "assume-unchanged"
    return found


def skipped(repository: Repository) -> frozenset[str]:
    """Return the store's files that carry `skip-worktree`: a commit would leave them out without a word.

    An index of version 2 holds no such mark, and then no process runs.
    """
    try:
        with (repository.git_dir / "index").open("rb") as stream:
            head_of_index = stream.read(8)
    except OSError:
        return frozenset()
    if head_of_index[:4] == b"DIRC" and int.from_bytes(head_of_index[4:], "big") == _WITHOUT_MARKS:
        return frozenset()
    return frozenset(path for path, mark in overlooked(repository).items() if mark == SKIPPED)


def look_again(repository: Repository, paths: Collection[str]) -> None:
    """Take those marks away, under the store's lock. Errors: `GitFailed`, `RepositoryState`."""
    listed = "".join(f"{path}\0" for path in sorted(paths)).encode("utf-8", "surrogateescape")
    for option in ("--no-assume-unchanged", "--no-skip-worktree"):
        repository.run("update-index", option, "-z", "--stdin", data=listed)


def _words(output: bytes) -> list[str]:
    return output.decode("utf-8", "surrogateescape").split("\0")[:-1]
