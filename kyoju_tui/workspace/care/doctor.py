"""Everything that `doctor` looks at around the records of an open store."""

from __future__ import annotations

from kyoju_tui.records.errors import KyojuError
from kyoju_tui.workspace.care import leftovers, records, repository
from kyoju_tui.workspace.care.look import Check
from kyoju_tui.workspace.workspace import Workspace


def checks(workspace: Workspace) -> tuple[Check, ...]:
    """Look at everything; what cannot be looked at is told as such. The repository can be used; nothing is written."""
    looks = {**leftovers.LOOKS, **repository.LOOKS, **records.LOOKS}
    found: list[Check] = []
    for name, look in looks.items():
        try:
            found += look(workspace)
        except KyojuError as error:
            found.append(Check(name, False, error.message, error.cure))
        except OSError as error:
            cure = "管理者に、フォルダーの権限とディスクの状態を確かめてもらってください。"
            found.append(Check(name, False, f"調べられませんでした（{error}）。", cure))
    return tuple(found)
