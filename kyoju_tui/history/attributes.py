"""Attributes of files that would have git record other bytes than were saved: named and refused.

Filters are switched off by settings; for an encoding of the working tree there is no such switch, since the
`.gitattributes` nearest to a file has the last word. So whoever saves, and whoever receives, is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

from kyoju_tui.history.git import Repository
from kyoju_tui.history.process import said
from kyoju_tui.records.errors import RepositoryState

ATTRIBUTES: Final = ".gitattributes"
_ENCODING: Final = "working-tree-encoding"
# Encodings that git takes for none.
_PLAIN: Final = frozenset({"unspecified", "unset", "set", "utf-8", "utf8"})
_LARGEST: Final = 1_000_000


def asks_for_encoding(attributes: bytes) -> bool:
    """Whether a `.gitattributes` of these bytes names an encoding for any file, directly or by a macro."""
    words = (line.split() for line in attributes.splitlines() if not line.lstrip().startswith(b"#"))
    return any(word.startswith(f"{_ENCODING}=".encode()) for line in words for word in line)


def require_plain(repository: Repository, paths: Sequence[str]) -> None:
    """Do nothing where git records these paths (of the store) byte by byte. No process, unless one may be meant.

    Errors: `RepositoryState` with the first file that git would take for another encoding.
    """
    folders = {parent for path in paths for parent in PurePosixPath(repository.in_top(path)).parents}
    if not any(_names_one(repository, folder) for folder in folders):
        return
    listed = "".join(f"{path}\0" for path in paths).encode("utf-8", "surrogateescape")
    told = repository.run("check-attr", "-z", "--stdin", _ENCODING, data=listed).split(b"\0")
    for path, value in zip(told[0::3], told[2::3], strict=False):
        if value.decode("ascii", "replace").lower() not in _PLAIN:
            raise RepositoryState(
                f"保管場所の {ATTRIBUTES} に、ファイルの文字コードを変える指定（{_ENCODING}）があるため、"
                "記録していません。これまでの記録は失われていません。",
                cure=f"管理者に、{ATTRIBUTES} からこの指定を取り除いて記録（git commit）するよう依頼してください。",
                detail=f"{said(path)}: {said(value)}",
            )


def _names_one(repository: Repository, folder: PurePosixPath) -> bool:
    file = repository.top / folder / ATTRIBUTES
    try:
        with file.open("rb") as stream:
            return asks_for_encoding(stream.read(_LARGEST))
    except OSError:
        return False  # there is none, or git cannot read it either
