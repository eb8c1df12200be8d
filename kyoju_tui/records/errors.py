"""Errors that reach a person: each carries the sentence, the cure and the detail, and its exit code.

The hierarchy has two branches: `WrongUse` (the caller can say it differently, exit 2) and `Refused` (the program
protects data or cannot go on, exit 3). `code` is stable and stands in the JSON of `error`.
"""

from __future__ import annotations

from typing import ClassVar


class KyojuError(Exception):
    """Anything that staff are told about.

    `message` is one Japanese sentence: what happened, and whether anything was lost. `cure` says what to do next.
    `detail` is for the maintainer (a git message, an exception's text) and may be empty.
    """

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 2

    def __init__(self, message: str, *, cure: str = "", detail: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.cure = cure
        self.detail = detail


class WrongUse(KyojuError):
    """The request cannot be understood or fulfilled as it stands."""

    code = "wrong-use"


class UnknownRef(WrongUse):
    """No record has this REF, or more than one has this id."""

    code = "unknown-ref"


class InvalidValue(WrongUse):
    """A value does not fit its field. `field` names it (dotted), where known."""

    code = "invalid-value"

    def __init__(self, message: str, *, field: str = "", cure: str = "", detail: str = "") -> None:
        super().__init__(message, cure=cure, detail=detail)
        self.field = field


class StoreNotFound(WrongUse):
    """No store was named and none lies above the current folder."""

    code = "store-not-found"


class Refused(KyojuError):
    """Nothing was written, to protect data."""

    code = "refused"
    exit_code = 3


class NoIdentity(Refused):
    """Nobody said who is saving; an author is never invented."""

    code = "no-identity"


class GitUnavailable(Refused):
    """git is not installed, too old, or did not start."""

    code = "git-unavailable"


class GitFailed(Refused):
    """git ran and failed; `detail` holds what it said."""

    code = "git-failed"


class GitTimeout(GitFailed):
    """git did not answer in time and was ended with SIGTERM."""

    code = "git-timeout"


class NotARepository(Refused):
    """The store's folder is in no git working tree."""

    code = "not-a-repository"


class RepositoryState(Refused):
    """A merge, rebase, cherry-pick, revert, bisect or detached HEAD, or a foreign lock."""

    code = "repository-state"


class HostileConfig(Refused):
    """The repository's own configuration has keys outside the allow-list. `keys` names them."""

    code = "hostile-config"

    def __init__(self, message: str, *, keys: tuple[str, ...], digest: str, cure: str = "", detail: str = "") -> None:
        super().__init__(message, cure=cure, detail=detail)
        self.keys = keys
        self.digest = digest


class NewerFormat(Refused):
    """The store was written by a newer program; it opens read-only."""

    code = "newer-format"


class ReadOnly(Refused):
    """The disk, the folder or the file cannot be written."""

    code = "read-only"


class UnsafePath(Refused):
    """A path leaves the store, or is no regular file."""

    code = "unsafe-path"


class BrokenRecord(Refused):
    """The record's file cannot be read, so it is not rewritten."""

    code = "broken-record"


class StillReferred(Refused):
    """Other records refer to the one that is to go. `referrers` are their REFs."""

    code = "still-referred"

    def __init__(self, message: str, *, referrers: tuple[str, ...], cure: str = "", detail: str = "") -> None:
        super().__init__(message, cure=cure, detail=detail)
        self.referrers = referrers


class Clash(Refused):
    """Somebody changed the same field since this edit began. `fields` are dotted names; the text is in a draft."""

    code = "clash"

    def __init__(self, message: str, *, fields: tuple[str, ...], cure: str = "", detail: str = "") -> None:
        super().__init__(message, cure=cure, detail=detail)
        self.fields = fields


class SaveFailed(Refused):
    """The save did not come through; files are as they were and the text is in a draft."""

    code = "save-failed"
