"""Where documents may be written: anywhere but in the store, which holds records only."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.files.output import replace
from kyoju_tui.records.errors import WrongUse
from kyoju_tui.workspace.workspace import Workspace


def require_outside(workspace: Workspace, place: Path) -> None:
    """Errors: `WrongUse` for a place in the store: a document there would stand in for a record, or over one."""
    if place.resolve().is_relative_to(workspace.root.resolve()):
        raise WrongUse("保管場所の中には書き出せません。", cure="ほかのフォルダーを指定してください。")


def write_outside(workspace: Workspace, place: Path, data: bytes) -> None:
    """Put a document at `place`, whole or not at all. Errors: as `require_outside`, `ReadOnly`."""
    require_outside(workspace, place)
    replace(place, data)
