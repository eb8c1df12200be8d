"""Where the screens show something: pure data that a screen turns into an opened screen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Opening:
    """A screen by its name in the register, and the REF of the record it is about.

    Without a screen of that name the record itself is opened. On `findings` the REF is `findings/<key>`, whether or
    not the point has been settled and so recorded. `action` is the key of one 対応事項 of the record.
    """

    screen: str
    record: str = ""
    action: str = ""
