"""Earlier versions of some fields of a record, from history: when each began, by whom, and how two differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Literal

from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.past.past import Past

Turn = Literal["同じ", "前", "後"]


@dataclass(frozen=True, slots=True)
class Version:
    """How the fields stood from `at` on (a time with its zone), recorded by `author`; absent ones are not there."""

    commit: str
    at: datetime
    author: str
    values: Mapping[str, object]

    def text(self, field: str) -> str:
        """A field's text; the empty string where it was absent."""
        value = self.values.get(field)
        return "" if value is None else str(value)


def versions(past: Past, ref: Ref, fields: Sequence[str]) -> tuple[Version, ...]:
    """Every version of these fields, newest first. Commits that changed only other fields make no version.

    Reads the history: call it in a worker.
    """
    found: list[Version] = []
    for commit, plain in reversed(past.states(ref)):
        values = {name: plain[name] for name in fields if name in plain} if plain is not None else {}
        if values != (found[-1].values if found else {}):
            found.append(Version(commit.commit, commit.at, commit.author, values))
    return tuple(reversed(found))


def differing(before: str, after: str) -> tuple[tuple[Turn, str], ...]:
    """Two texts sentence by sentence: what stayed (同じ), what went (前), what came (後), in reading order."""
    old, new = _sentences(before), _sentences(after)
    told: list[tuple[Turn, str]] = []
    for tag, start, stop, from_, to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            told.extend(("同じ", sentence) for sentence in old[start:stop])
        else:
            told.extend(("前", sentence) for sentence in old[start:stop])
            told.extend(("後", sentence) for sentence in new[from_:to])
    return tuple(told)


def _sentences(text: str) -> list[str]:
    parts = text.replace("。", "。\n").split("\n")
    return [part.strip() for part in parts if part.strip()]
