"""The outcome of bringing both sides together, file by file, and what a record of it is called."""

from __future__ import annotations

from dataclasses import dataclass, field

from kyoju_tui.history.trees import File
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.plain import Plain
from kyoju_tui.workspace.sync.meeting_points import Unit, Version, record_at
from kyoju_tui.workspace.sync.undecided import Undecided


@dataclass(slots=True)
class Combined:
    """What the merged tree has instead of OURS, by path: a file of theirs, new bytes, or None where it is gone."""

    changes: dict[str, File | bytes | None] = field(default_factory=dict[str, "File | bytes | None"])
    merged: list[Ref] = field(default_factory=list[Ref])
    taken: list[Ref] = field(default_factory=list[Ref])
    undecided: list[Undecided] = field(default_factory=list[Undecided])
    plains: dict[Ref, Plain] = field(default_factory=dict[Ref, Plain])

    def put(self, unit: Unit, target: Version | None, content: bytes | None = None) -> None:
        """Let the file of a unit lie at its target, with these bytes or the target's own."""
        if unit.ours is not None and (target is None or target.path != unit.ours.path):
            self.changes[unit.ours.path] = None
        if target is not None and (content is not None or target != unit.ours):
            self.changes[target.path] = target.file if content is None else content


def what(ref: Ref, plain: Plain | None) -> str:
    """What a record is called for staff: 取組「見守り訪問」; any other file by its path."""
    if not ref.path.endswith(".toml") or record_at(ref.path) is None:
        return str(ref)
    kind = kind_of(ref)
    word = str((plain or {}).get("kind", kind.label)) if kind.word == "entry" else kind.label
    title = (plain or {}).get("title") or (plain or {}).get("name") or ""
    return f"{word}「{title}」" if title else f"{word}（{ref}）"
