"""What is staged: the store as the next commit would have it, for a check before somebody else's commit."""

from __future__ import annotations

from kyoju_tui.history.commits import contents, dirty_paths, resolve
from kyoju_tui.history.git import Repository


def files_staged(repository: Repository) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """All regular files of the store in the index, by path, and the paths of what is none (links). Two processes."""
    listing = repository.run("ls-files", "-s", "-z").decode("utf-8", "surrogateescape")
    found: dict[str, str] = {}
    others: list[str] = []
    for line in listing.split("\0")[:-1]:
        entry, _, path = line.partition("\t")
        mode, blob, stage = entry.split(" ")
        if stage != "0":
            continue
        if mode in ("100644", "100755"):
            found[path] = blob
        else:
            others.append(path)
    blobs = contents(repository, list(found.values()))
    files = {path: data for path, data in zip(found, blobs, strict=True) if data is not None}
    return files, tuple(others)


def changed_since(repository: Repository, revision: str) -> frozenset[str]:
    """Paths of the store that differ between a revision and the working tree, files unknown to git too.

    Errors: `UnknownRef`.
    """
    commit = resolve(repository, revision)
    output = repository.run(
        *("diff", "--name-only", "-z", "--relative", "--no-renames", "--no-ext-diff", "--no-textconv"),
        *("--ignore-submodules=all", commit, "--", "."),
    )
    tracked = output.decode("utf-8", "surrogateescape").split("\0")[:-1]
    return frozenset([*tracked, *(path for _, path in dirty_paths(repository))])
