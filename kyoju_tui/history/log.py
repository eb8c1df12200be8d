"""What happened to the store: commits with their author, their action and their records, and files before and after.

A commit can be written by anybody with any tool, so nothing in it is trusted: control characters end here, trailers
are believed only where they have the form that we write.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from kyoju_tui.history.commits import contents, head, resolve
from kyoju_tui.history.git import Repository
from kyoju_tui.records.ids import is_id

ACTIONS: Final = frozenset({"create", "update", "delete", "move", "restore", "import", "merge"})
"""The actions that a `Kyoju-Action` trailer may name."""

_FORMAT: Final = "--format=tformat:%H%x00%aI%x00%an%x00%ae%x00%B"
_FIELDS: Final = 5
_HASH: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_TRAILER: Final = re.compile(r"([A-Za-z0-9-]+): *(.*)")


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit, as far as it concerns the store.

    `at` is the author's time with its zone. `records` are REFs: those of the trailers, or else the changed files.
    `paths` are git's status letters and the path in the store, for the paths that were asked for; for a merge only
    what differs from both sides. `ours` tells that a save of this program made it, `undoes` which one it took back.
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
    wanted = (path,) if isinstance(path, str) else (".",) if path is None else tuple(path)
    if not wanted:
        return ()
    output = repository.run(
        *("log", "-z", "--no-decorate", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-notes"),
        *("--no-color", "--no-mailmap", "--name-status", "--diff-merges=dense-combined", _FORMAT, f"--skip={skip}"),
        *(() if limit is None else (f"--max-count={limit}",)),
        *("--end-of-options", start, *(() if since is None else (f"^{resolve(repository, since)}",)), "--", *wanted),
    )
    return tuple(_parsed(repository, output.decode("utf-8", "surrogateescape").split("\0")))


def before_after(repository: Repository, commit: str, path: str) -> tuple[bytes | None, bytes | None]:
    """Return a file of the store before and after a commit (for a merge: against its first parent).

    None stands for a file that was not there. `commit` is a full id.
    """
    return changes(repository, [(commit, path)])[0]


def changes(repository: Repository, pairs: Sequence[tuple[str, str]]) -> list[tuple[bytes | None, bytes | None]]:
    """Return `before_after` for many pairs of commit id and path, with one process."""
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
        commit, at, author, email, message = words[position : position + _FIELDS]
        position += _FIELDS
        paths: list[tuple[str, str]] = []
        while position < len(words):
            status = words[position].removeprefix("\n")
            if _HASH.fullmatch(status):
                break
            if not status:
                position += 1
                continue
            inside = repository.in_store(words[position + 1])
            if inside is not None:
                paths.append((status, inside))
            position += 2
        yield _commit(commit, at, author, email, message, tuple(paths))


def _commit(commit: str, at: str, author: str, email: str, message: str, paths: tuple[tuple[str, str], ...]) -> Commit:
    said = trailers(message)
    records = tuple(dict.fromkeys(value for key, value in said if key == "Kyoju-Record" and _is_ref(value)))
    actions = [value for key, value in said if key == "Kyoju-Action" and value in ACTIONS]
    undoes = [value for key, value in said if key == "Kyoju-Undoes" and _HASH.fullmatch(value)]
    return Commit(
        commit=commit,
        at=_time(at),
        author=_shown(author),
        email=_shown(email),
        subject=_shown(message.strip("\n").partition("\n")[0]),
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
    """Return a commit's time; one that no calendar knows becomes the beginning of git's time."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _shown(text: str) -> str:
    """Return one line without the characters that steer a terminal or turn the direction of writing."""
    letters = text.replace("\t", " ")
    return "".join(letter for letter in letters if unicodedata.category(letter) not in _UNSEEN).strip()
