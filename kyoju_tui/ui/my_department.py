"""Which department somebody works for, as far as this session shows it: what lists are begun with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp

_CHOSEN: Final[WeakKeyDictionary[KyojuApp, str]] = WeakKeyDictionary()


def my_department(app: KyojuApp) -> str:
    """The department that was last chosen alone in this session; the empty string before that."""
    return _CHOSEN.get(app, "")


def remember_department(app: KyojuApp, department: str) -> None:
    """Somebody limited a list to just this department."""
    _CHOSEN[app] = department
