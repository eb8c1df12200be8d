"""What only a person can bring together after a receive, and what was decided of it so far.

Decisions lie in a private file beside the drafts. They hold for just the three versions that they were made on: once
one of these changes, the question is asked anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Final, Literal, TypeAlias, cast

import tomli
import tomli_w

from kyoju_tui.files.private import forget, make_folder, read_private, write_private
from kyoju_tui.records.errors import InvalidValue, Refused, SaveFailed
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.matching import is_table, same
from kyoju_tui.records.merge import Conflict
from kyoju_tui.records.plain import Plain

Side: TypeAlias = Literal["base", "ours", "theirs"]
SIDES: Final[tuple[Side, ...]] = ("ours", "theirs", "base")
_FILE: Final = "received.toml"


@dataclass(frozen=True, slots=True)
class Undecided:
    """One record (or other file) that both sides changed in ways that only a person can bring together.

    `ref` names a record, or is the path of a file that is none (`datasets/x.csv`). `base`, `ours`, `theirs` are the
    whole versions (None: not there, or no readable record). `theirs_by` is who changed it there and when, newest first.
    `why` says in words what is special, "" where fields simply differ. `key` names the three versions.
    """

    ref: Ref
    title: str
    base: Plain | None
    ours: Plain | None
    theirs: Plain | None
    conflicts: tuple[Conflict, ...]
    theirs_by: tuple[tuple[str, datetime], ...] = ()
    why: str = ""
    key: str = ""


class NeedsDecision(Refused):
    """Nothing was changed: a person has to decide about `records` first, then the exchange begins again."""

    code: ClassVar[str] = "needs-decision"

    def __init__(self, message: str, *, records: tuple[Undecided, ...], cure: str = "", detail: str = "") -> None:
        super().__init__(message, cure=cure, detail=detail)
        self.records = records


@dataclass(frozen=True, slots=True)
class Choice:
    """What was decided of one field: one of the sides, or a value of its own (with `side` None)."""

    side: Side | None
    value: object = None

    def of(self, conflict: Conflict) -> object | None:
        """The value that stands."""
        if self.side is None:
            return self.value
        return {"base": conflict.base, "ours": conflict.ours, "theirs": conflict.theirs}[self.side]


Decided: TypeAlias = Mapping[str, Mapping[str, Choice]]
"""By the key of the three versions, and by field."""


def chosen(waiting: Undecided, choices: Mapping[str, object | None]) -> dict[str, Choice]:
    """The choices as sides where the value is one side's. Errors: `InvalidValue` for what is not asked."""
    places = {conflict.field: conflict for conflict in waiting.conflicts}
    found: dict[str, Choice] = {}
    for field, value in choices.items():
        conflict = places.get(field)
        if conflict is None:
            raise InvalidValue(
                f"「{field}」は食い違っていません。何も変えていません。",
                field=field,
                cure="もう一度、送受信してください。",
            )
        side: Side | None = next((each for each in SIDES if same(Choice(each).of(conflict), value)), None)
        if side is None and not field and not is_table(value):
            raise InvalidValue(
                "ファイル全体の食い違いは、どれか1つの版を選んでください。何も変えていません。",
                field=field,
                cure="自分の版か、相手の版を選んでください。",
            )
        found[field] = Choice(side, None if side is not None else value)
    return found


def _side(value: object) -> Side | None:
    found: tuple[Side, ...] = tuple(side for side in SIDES if side == value)
    return found[0] if found else None


class Decisions:
    """The decisions of one user in one store, in a folder that is theirs alone."""

    def __init__(self, folder: Path, *, shared: bool) -> None:
        self._folder = folder
        self._shared = shared

    def read(self) -> dict[str, dict[str, Choice]]:
        """What was decided so far; a file that cannot be understood decides nothing, and is asked anew."""
        try:
            content: dict[str, Any] = tomli.loads(read_private(self._folder / _FILE).decode())
            rows = cast("Sequence[Mapping[str, object]]", content.get("decided", ()))
            found: dict[str, dict[str, Choice]] = {}
            for row in rows:
                side = row.get("side")
                choice = Choice(_side(side), row.get("value"))
                found.setdefault(str(row["key"]), {})[str(row["field"])] = choice
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return {}
        return found

    def keep(self, key: str, choices: Mapping[str, Choice]) -> None:
        """Add what was decided of three versions. Errors: `SaveFailed`."""
        known = self.read()
        known.setdefault(key, {}).update(choices)
        rows: list[dict[str, object]] = []
        for each, fields in known.items():
            for field, choice in fields.items():
                row: dict[str, object] = {"key": each, "field": field}
                if choice.side is not None:
                    row["side"] = choice.side
                elif choice.value is not None:
                    row["value"] = choice.value
                rows.append(row)
        try:
            make_folder(self._folder.parent, shared=self._shared)
            data = tomli_w.dumps({"decided": rows}).encode("utf-8", "replace")
            write_private(self._folder / _FILE, data)
        except OSError as error:
            raise SaveFailed(
                "選んだ内容を残せませんでした。何も変えていません。",
                cure="ディスクの空きと権限を管理者に確かめてもらってください。",
                detail=str(error),
            ) from error

    def clear(self) -> None:
        """Forget them: they are part of a commit now. One that stays fits no versions any more."""
        try:
            forget(self._folder / _FILE)
        except OSError:
            return
