"""Fields that a form asks for and no model describes: a part of a record's path, a choice between two versions."""

from __future__ import annotations

from kyoju_tui.records.base import RefersTo
from kyoju_tui.records.description import Described


def own_field(
    name: str, label: str, help_text: str = "", *, choices: tuple[str, ...] = (), refers: RefersTo | None = None
) -> Described:
    """A required field: a line, one of `choices`, or a reference."""
    return Described(
        name=name,
        attribute=name,
        label=label,
        help=help_text,
        column=False,
        shown=True,
        widget="reference" if refers is not None else "choice" if choices else "line",
        required=True,
        default=None,
        many=False,
        choices=choices,
        refers=refers,
        part=None,
        base=str,
    )
