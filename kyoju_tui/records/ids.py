"""Ids and REFs: how a record is named.

The id is the stem of the record's file. A REF is the record's path in the store without `.toml`
(`entries/jutaku/20261123-7k3q9`), and names one record over all kinds.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Container
from datetime import date
from typing import Annotated, Final

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

ID_PATTERN: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
# Crockford's alphabet without i, l, o and u: nothing that is misread aloud or spells a word.
ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
COMMON: Final = "common"


class Ref(str):
    """A record's path in the store without `.toml`; compares and hashes as the text it is."""

    __slots__ = ()

    @property
    def id(self) -> str:
        """The stem of the file."""
        return self.rpartition("/")[2]

    @property
    def folder(self) -> str:
        """The folder of the record, or the empty string for a record at the top of the store."""
        return self.rpartition("/")[0]

    @property
    def top(self) -> str:
        """The first part: `entries`, `meetings`, or the stem of a single record such as `policy`."""
        return self.partition("/")[0]

    @property
    def department(self) -> str | None:
        """The department whose folder an entry lies in; None for every other kind."""
        parts = self.split("/")
        return parts[1] if len(parts) == 3 and parts[0] == "entries" else None

    @property
    def path(self) -> str:
        """The record's path relative to the store, with `/` as separator."""
        return f"{self}.toml"


def is_id(text: str) -> bool:
    """Whether `text` can be the id of a record."""
    return ID_PATTERN.fullmatch(text) is not None


def check_id(text: str) -> str:
    """Return `text` if it can be an id, else raise a pydantic error in words."""
    if not is_id(text):
        raise PydanticCustomError(
            "id", "id「{text}」は使えません。英小文字・数字・ハイフンで64文字以内にしてください。", {"text": text[:80]}
        )
    return text


def check_ref(text: str) -> str:
    """Return `text` if it has the form of a REF (one to three ids joined by `/`), else raise in words."""
    parts = text.split("/")
    if not 1 <= len(parts) <= 3 or not all(is_id(part) for part in parts):
        raise PydanticCustomError(
            "ref", "「{text}」は記録の場所として読めません。例：entries/jutaku/20261123-7k3q9", {"text": text[:80]}
        )
    return text


def new_id(today: date, taken: Container[str] = ()) -> str:
    """A fresh id `<yyyymmdd>-<5 characters>` that is not in `taken`."""
    while True:
        candidate = f"{today:%Y%m%d}-{_random(5)}"
        if candidate not in taken:
            return candidate


def new_part_id(taken: Container[str] = ()) -> str:
    """A fresh short id for a table in a list, such as an opinion of a meeting."""
    while True:
        candidate = _random(5)
        if candidate not in taken:
            return candidate


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


PartId = Annotated[str, AfterValidator(check_id)]
