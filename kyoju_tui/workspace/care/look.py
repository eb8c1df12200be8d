"""What a look at a store says, and how what is amiss is mended: nothing is mended by looking.

`workspace.care.doctor` gathers the looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from kyoju_tui.records.errors import KyojuError
from kyoju_tui.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: whether it is well, what was seen, and what people do about it.

    `mending` says in words what `mend` would do; both are empty where the program cannot help. `mend` takes the
    store's lock by itself; its errors are `KyojuError` and OSError.
    """

    name: str
    ok: bool
    message: str
    cure: str = ""
    mending: str = ""
    mend: Callable[[], None] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Mended:
    """What became of one mending: its words, or the reason and the cure where it did not come about."""

    name: str
    done: bool
    message: str
    cure: str = ""


Look = Callable[[Workspace], Iterator[Check]]


def mend(found: tuple[Check, ...]) -> tuple[Mended, ...]:
    """Carry out what these checks offer, one after the other; one that fails keeps no other from being mended."""
    done: list[Mended] = []
    for check in found:
        if check.mend is None:
            continue
        try:
            check.mend()
        except KyojuError as error:
            done.append(Mended(check.name, False, error.message, error.cure))
        except OSError as error:
            cure = "管理者に、フォルダーの権限とディスクの状態を確かめてもらってください。"
            done.append(Mended(check.name, False, f"できませんでした（{error}）。", cure))
        else:
            done.append(Mended(check.name, True, check.mending))
    return tuple(done)
