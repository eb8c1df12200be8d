"""Collects what is no longer used while nobody types.

Python looks through everything that lives whenever enough was made anew, which is at nearly every change of the
screen; with a large store a key then waits for a third of a second. What goes out of use in between is only memory.
"""

from __future__ import annotations

import gc
from time import monotonic
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from textual.app import App

_LOOK: Final = 0.5  # how often to look whether it is time, in seconds
_REST: Final = 1.0  # how long nothing was painted
# Times that the younger things were looked through since the last full look: about as Python itself counts, and what
# one and a half minutes of keys without any rest lead to; then memory matters more.
_SOME: Final = 10
_MANY: Final = 400
_NEVER: Final = 1_000_000


class Tidying:
    """Looks after one app from `begin` on; `painted` tells that somebody is at work."""

    def __init__(self) -> None:
        self._painted = monotonic()

    def begin(self, app: App[None]) -> None:
        """Take the full look away from Python, and look from time to time."""
        young, middle, _old = gc.get_threshold()
        gc.set_threshold(young, middle, _NEVER)
        app.set_interval(_LOOK, self._look)

    def painted(self) -> None:
        """The screen has just changed."""
        self._painted = monotonic()

    def _look(self) -> None:
        waiting, rests = gc.get_count()[2], monotonic() - self._painted >= _REST
        if rests and waiting >= _SOME:
            # What lives now is looked through again at the next rest only: in between that is quickly done.
            gc.unfreeze()
            gc.collect()
            gc.freeze()
        elif waiting >= _MANY:
            gc.collect()
