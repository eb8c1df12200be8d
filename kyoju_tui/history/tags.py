"""Marks on commits that stay: annotated tags, made without the user's git settings and never moved.

A tag belongs to the whole repository, also where the store is a folder of somebody else's. So all of ours lie under
`kyoju/`, and there the folder is part of the name: two stores in one repository never meet.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kyoju_tui.history.commits import resolve
from kyoju_tui.history.failures import failure
from kyoju_tui.history.git import Repository
from kyoju_tui.history.identity import Author
from kyoju_tui.records.errors import InvalidValue

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]*(?:/[a-z0-9][a-z0-9-]*)*")
_NONE: Final = "0" * 40
_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: its whole name and the commit it stands on."""

    name: str
    commit: str


def tag_name(repository: Repository, name: str) -> str:
    """The tag's name in this repository. Errors: `InvalidValue` for a name of other than small letters and figures."""
    if not _NAME.fullmatch(name):
        raise InvalidValue(f"「{name[:80]}」は履歴の印の名前に使えません。")
    if not repository.prefix:
        return f"kyoju/{name}"
    folder = hashlib.sha256(repository.prefix.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return f"kyoju/at-{folder}/{name}"


def tags(repository: Repository, name: str) -> tuple[Tag, ...]:
    """The tags of this name and those beside it (`…-2`, `…-3`), with the commits they stand on."""
    full = tag_name(repository, name)
    output = repository.run(
        *("for-each-ref", "--format=%(refname:lstrip=2)%00%(*objectname)%00%(objectname)"),
        *(f"refs/tags/{full}", f"refs/tags/{full}-*"),
    )
    found: list[Tag] = []
    for line in output.decode("utf-8", "surrogateescape").splitlines():
        tag, inner, outer = line.split("\0")
        if tag == full or re.fullmatch(rf"{re.escape(full)}-\d+", tag):
            found.append(Tag(tag, inner or outer))
    return tuple(found)


def mark(repository: Repository, name: str, commit: str, message: str, author: Author, at: datetime) -> Tag:
    """Put an annotated tag on a commit and return it; one that stands there already is returned as it is.

    A tag is never moved: where the name stands on another commit (a compilation that was taken back), the new tag
    stands beside it as `…-2`. It is written by `mktag` and `update-ref`, so that no setting can have it signed and no
    other process can have the name in between.

    Errors: `UnknownRef` for the commit, `InvalidValue` for the name, `GitFailed`, `ReadOnly`, `RepositoryState`.
    """
    commit = resolve(repository, commit)
    there = tags(repository, name)
    for tag in there:
        if tag.commit == commit:
            return tag
    full = tag_name(repository, name)
    taken = {tag.name for tag in there}
    free = next(each for each in (full, *(f"{full}-{n}" for n in range(2, _MOST))) if each not in taken)
    content = (
        f"object {commit}\ntype commit\ntag {free}\n"
        f"tagger {author.name} <{author.email}> {int(at.timestamp())} {at:%z}\n\n{message.strip()}\n"
    )
    made = repository.run("mktag", data=content.encode("utf-8")).decode("ascii").strip()
    # The zeros: only where there is none of this name.
    none = _NONE if len(made) == len(_NONE) else "0" * len(made)
    finished = repository.call("update-ref", f"refs/tags/{free}", made, none)
    if finished.code != 0:
        raise failure(finished)
    return Tag(free, commit)
