"""Settling a clash: what somebody else recorded meanwhile is merged field by field, and a person chooses the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyoju_tui.records.errors import BrokenRecord
from kyoju_tui.records.merge import Conflicts, merge
from kyoju_tui.records.plain import Plain
from kyoju_tui.ui.screens.clash import ClashScreen
from kyoju_tui.workspace.requests import Base

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp
    from kyoju_tui.ui.screens.edit_subject import Subject


@dataclass(frozen=True, slots=True)
class Settled:
    """The outcome: `merged` stands on `base`, in which the other's `theirs` lies. None for a record that is gone."""

    base: Base
    theirs: Plain | None
    merged: Plain | None


async def settle(app: KyojuApp, subject: Subject, mine: Plain) -> Settled | None:
    """Merge and ask; None where somebody goes back to the form.

    Errors: `BrokenRecord` where what the other recorded cannot be read.
    """
    now = subject.look()
    theirs = subject.parsed(now)
    if now.data is not None and theirs is None:
        raise BrokenRecord(
            "ほかの人が変えた記録を読み取れないため、合わせられません。入力した内容は残っています。",
            cure="点検で場所を確かめてください。",
        )
    before, model, name = subject.given(), subject.kind.model, app.store_open.snapshot.name
    result = merge(before, mine, theirs, model, name=name)
    if isinstance(result, Conflicts):
        chosen = await app.push_screen_wait(ClashScreen(result.fields, name))
        if chosen is None:
            return None
        result = merge(before, mine, theirs, model, choices=chosen, name=name)
    return Settled(now, theirs, result.merged if isinstance(result, Conflicts) else result.plain)
