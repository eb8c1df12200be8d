"""What happened to the store: commits with their author, their action and their records, and files before and after.

A commit can be written by anybody with any tool, so nothing in it is trusted: control characters end here, trailers
are believed only where they have the form that we write.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from kyoju_tui.history.commits import contents, head, resolve
from kyoju_tui.history.git import Repository
from kyoju_tui.records.ids import is_id

ACTIONS: Final = frozenset({"create", "update", "delete", "move", "restore", "import", "merge"})
"""The actions that a `Kyoju-Action` trailer may name."""

# Dates as they stand in the commit: git itself gives up at one that no calendar knows.
_FORMAT: Final = "--format=tformat:%H%x00%P%x00%ad%x00%an%x00%ae%x00%B"
_FIELDS: Final = 6
_PLAIN: Final = ("-z", "--no-decorate", "--no-notes", "--no-color", "--no-mailmap", "--date=raw", _FORMAT)
_NAMES: Final = (
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--raw",
    "--no-abbrev",
    "--diff-merges=dense-combined",
)
_SUBJECT: Final = 200
_HASH: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_STAMP: Final = re.compile(r"(-?\d{1,15}) ([+-])(\d\d)(\d\d)")
_EPOCH: Final = datetime.fromtimestamp(0, UTC)
_TRAILER: Final = re.compile(r"([A-Za-z0-9-]+): *(.*)")


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit, as far as it concerns the store.

    `at` is the author's time with its zone. `records` are REFs: those of the trailers, or else the changed files.
    `paths` are git's status letters and the path in the store, for the paths that were asked for; for a merge only
    what differs from both sides (`merge`). `ours` tells that a save of this program made it, `undoes` which one it
    took back. `blobs` are the ids of each of the `paths` before (of a merge: in its first parent) and after.
    """

    commit: str
    at: datetime
    author: str
    email: str
    subject: str
    action: str
    records: tuple[str, ...]
    paths: tuple[tuple[str, str], ...]
    ours: bool = False
    undoes: str = ""
    merge: bool = False
    blobs: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)


def commits(
    repository: Repository,
    *,
    path: str | Sequence[str] | None = None,
    limit: int | None = None,
    since: str | None = None,
    until: str | None = None,
    skip: int = 0,
) -> tuple[Commit, ...]:
    """Return the store's commits, newest first: of some paths (a file or a folder, relative to the store) or of all.

    `since` is a revision whose history is left out, `until` one to begin from instead of HEAD; `limit` and `skip`
    count commits. Errors: `UnknownRef`.
    """
    start = head(repository) if until is None else resolve(repository, until)
    if start is None:
        return ()
    wanted = (path,) if isinstance(path, str) else _everywhere(repository) if path is None else tuple(path)
    if path is not None and not wanted:
        return ()
    counts = (f"--skip={skip}", *(() if limit is None else (f"--max-count={limit}",)))
    ends = (start, *(() if since is None else (f"^{resolve(repository, since)}",)))
    return _read(repository, *_NAMES, *counts, "--end-of-options", *ends, "--", *wanted)


def of_files(
    repository: Repository, start: str, paths: Sequence[str], *, limit: int | None = None
) -> tuple[Commit, ...]:
    """Return every commit up to `start` that changed one of these files, newest first, on every line of history.

    What one side of a merge wrote is there even where the merge kept the other side's version. A merge that holds
    nothing of its own has no `paths`.
    """
    if not paths:
        return ()
    counts = () if limit is None else (f"--max-count={limit}",)
    return _read(repository, *_NAMES, "--full-history", *counts, "--end-of-options", start, "--", *paths)


def heads(
    repository: Repository, start: str, paths: Sequence[str] = (), *, skip: int = 0, limit: int
) -> tuple[Commit, ...]:
    """Return commits up to `start`, newest first, by their heads alone: `paths` are empty, and so nothing is compared.

    With `paths` only commits that changed something below them, merges among them that hold nothing of their own.
    """
    counts = (f"--skip={skip}", f"--max-count={limit}")
    wanted = paths or _everywhere(repository)
    history = ("--full-history",) if paths else ()
    return _read(repository, *history, *counts, "--end-of-options", start, "--", *wanted)


def named(repository: Repository, commits: Sequence[str], paths: Sequence[str] = ()) -> tuple[Commit, ...]:
    """Return these commits (full ids) in their order, with the files that they changed: all, or those below `paths`."""
    if not commits:
        return ()
    listed = "".join(f"{commit}\n" for commit in commits).encode("ascii")
    wanted = paths or _everywhere(repository)
    return _read(repository, *_NAMES, "--no-walk=unsorted", "--stdin", "--", *wanted, data=listed)


def removals(repository: Repository, start: str, *, limit: int | None = None) -> tuple[Commit, ...]:
    """Return the commits up to `start` that took files away, newest first, with those files alone as their `paths`."""
    counts = () if limit is None else (f"--max-count={limit}",)
    wanted = _everywhere(repository)
    return _read(repository, *_NAMES, "--diff-filter=D", *counts, "--end-of-options", start, "--", *wanted)


def places(repository: Repository, commits: Sequence[str], pattern: str) -> frozenset[str]:
    """Return the paths among those that commits changed that match a pattern (`entries/*/x.toml`; `*` stops at `/`)."""
    if not commits:
        return frozenset()
    listed = "".join(f"{commit}\n" for commit in commits).encode("ascii")
    output = repository.run(
        *("log", "-z", "--format=", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv"),
        *("-m", "--no-walk=unsorted", "--stdin", "--", pattern),
        data=listed,
        environment={"GIT_LITERAL_PATHSPECS": "0", "GIT_GLOB_PATHSPECS": "1"},
    )
    words = (word.strip("\n") for word in output.decode("utf-8", "surrogateescape").split("\0"))
    found = (repository.in_store(word) for word in words if word)
    return frozenset(path for path in found if path is not None)


def _everywhere(repository: Repository) -> tuple[str, ...]:
    """What limits git to the store: nothing where the store is the whole repository, so that no commit is left out."""
    return (".",) if repository.prefix else ()


def _read(repository: Repository, *arguments: str, data: bytes | None = None) -> tuple[Commit, ...]:
    output = repository.run("log", *_PLAIN, *arguments, data=data)
    return tuple(_parsed(repository, output.decode("utf-8", "surrogateescape").split("\0")))


def changes(repository: Repository, pairs: Sequence[tuple[str, str]]) -> list[tuple[bytes | None, bytes | None]]:
    """Return files of the store before and after commits, for pairs of commit id and path; one process.

    A merge is compared with its first parent. None stands for a file that was not there. Errors: `UnknownRef`.
    """
    names: list[str] = []
    for commit, path in pairs:
        full = commit if _HASH.fullmatch(commit) else resolve(repository, commit)
        names += [f"{full}^:{repository.in_top(path)}", f"{full}:{repository.in_top(path)}"]
    blobs = contents(repository, names)
    return list(zip(blobs[0::2], blobs[1::2], strict=True))


def trailers(message: str) -> tuple[tuple[str, str], ...]:
    """Return the `Key: value` lines of a message's last paragraph, if it is not the first and has no other lines.

    A line of that form in the free text above is somebody's text, no trailer.
    """
    paragraphs = re.split(r"\n[ \t]*\n", message.strip("\n"))
    if len(paragraphs) < 2:
        return ()
    found = [_TRAILER.fullmatch(line.rstrip()) for line in paragraphs[-1].split("\n")]
    lines = tuple((each[1], each[2]) for each in found if each is not None)
    return lines if len(lines) == len(found) else ()


def _parsed(repository: Repository, words: Sequence[str]) -> Iterator[Commit]:
    """Read git's words in order. No field can hold the NUL between them, so no text can pass for another field."""
    position = 0
    while position + _FIELDS <= len(words):
        commit, parents, at, author, email, message = words[position : position + _FIELDS]
        position += _FIELDS
        paths: list[tuple[str, str]] = []
        blobs: list[tuple[str, str]] = []
        while position < len(words):
            told = words[position].removeprefix("\n")
            if not told:
                position += 1
                continue
            if not told.startswith(":"):
                break
            inside = repository.in_store(words[position + 1])
            if inside is not None:
                # Modes and ids of every version, the newest last, and git's letters.
                *versions, status = told.lstrip(":").split(" ")
                ids = versions[len(versions) // 2 :]
                paths.append((status, inside))
                blobs.append((ids[0], ids[-1]))
            position += 2
        found = _commit(commit, at, author, email, message, tuple(paths))
        yield replace(found, merge=" " in parents, blobs=tuple(blobs))


def _commit(commit: str, at: str, author: str, email: str, message: str, paths: tuple[tuple[str, str], ...]) -> Commit:
    said = trailers(message)
    records = tuple(dict.fromkeys(value for key, value in said if key == "Kyoju-Record" and _is_ref(value)))
    actions = [value for key, value in said if key == "Kyoju-Action" and value in ACTIONS]
    undoes = [value for key, value in said if key == "Kyoju-Undoes" and _HASH.fullmatch(value)]
    return Commit(
        commit=commit,
        at=_time(at),
        author=_cut(_shown(author[: 4 * _SUBJECT])),
        email=_cut(_shown(email[: 4 * _SUBJECT])),
        subject=_cut(_shown(message.strip("\n").partition("\n")[0][: 4 * _SUBJECT])),
        action=actions[-1] if actions else _action(paths),
        records=records or _records(paths),
        paths=paths,
        ours=bool(actions),
        undoes=undoes[-1] if undoes else "",
    )


def _action(paths: Sequence[tuple[str, str]]) -> str:
    letters = {status[-1] for status, _ in paths}
    if letters == {"A"}:
        return "create"
    if letters == {"D"}:
        return "delete"
    return "update" if letters else "merge"


def _records(paths: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    references = (path.removesuffix(".toml") for _, path in paths if path.endswith(".toml"))
    return tuple(dict.fromkeys(reference for reference in references if _is_ref(reference)))


def _is_ref(text: str) -> bool:
    parts = text.split("/")
    return len(parts) <= 3 and all(is_id(part) for part in parts)


def _time(text: str) -> datetime:
    """Return a commit's time from its seconds and zone; one that no calendar knows becomes the beginning of git's."""
    found = _STAMP.fullmatch(text)
    if found is None:
        return _EPOCH
    try:
        away = timedelta(hours=int(found[3]), minutes=int(found[4]))
        zone = timezone(-away if found[2] == "-" else away)
        return datetime.fromtimestamp(int(found[1]), zone)
    except (ValueError, OverflowError, OSError):
        return _EPOCH


def _cut(text: str) -> str:
    return text if len(text) <= _SUBJECT else f"{text[: _SUBJECT - 1]}…"


def _shown(text: str) -> str:
    """Return one line without the characters that steer a terminal or turn the direction of writing."""
    letters = text.replace("\t", " ")
    return "".join(letter for letter in letters if unicodedata.category(letter) not in _UNSEEN).strip()
