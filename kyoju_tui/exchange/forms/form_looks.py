"""How the cells of a form look: made once, and the same on every sheet of every form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from kyoju_tui.exchange.books.writing import CALM, HEAD, INPUT, Looks

_QUIET: Final = "FF5B6770"
_TYPED: Final = "FF1A4E9C"


@dataclass(frozen=True, slots=True)
class FormLooks:
    """`choice`, `pick`, `line` and `words` are input; all but running text stays as it is typed.

    `shown` and `typed` are the example's: what was filled in, and what somebody wrote.
    """

    title: Looks
    plain: Looks
    quiet: Looks
    label: Looks
    head: Looks
    bar: Looks
    block: Looks
    fixed: Looks
    choice: Looks
    pick: Looks
    line: Looks
    words: Looks
    right: Looks
    centre: Looks
    text: Looks
    heading: Looks
    shown: Looks
    typed: Looks


@cache
def form_looks() -> FormLooks:
    """The looks of all forms."""
    return FormLooks(
        title=Looks(bold=True, size=15, border=False, down="center", wrap=False),
        plain=Looks(size=11, border=False, down="center", wrap=False),
        quiet=Looks(size=9, border=False, down="center", wrap=False, color=_QUIET),
        label=Looks(size=10, border=False, across="right", down="center", wrap=False),
        head=Looks(bold=True, fill=HEAD, across="center", down="center"),
        bar=Looks(bold=True, size=12, fill=HEAD, border=False, down="center", wrap=False),
        block=Looks(bold=True, border=False, down="center", wrap=False),
        fixed=Looks(size=9, fill=CALM, color=_QUIET),
        choice=Looks(fill=INPUT, across="center", down="center", number_format="@", open_to_input=True),
        pick=Looks(fill=INPUT, across="center", number_format="@", open_to_input=True),
        line=Looks(fill=INPUT, number_format="@", open_to_input=True),
        words=Looks(fill=INPUT, open_to_input=True),
        right=Looks(size=11, border=False, across="right", down="center", wrap=False),
        centre=Looks(size=11, border=False, across="center", down="center", wrap=False),
        text=Looks(size=11, border=False),
        heading=Looks(bold=True, size=14, border=False, across="center", down="center"),
        shown=Looks(fill=INPUT),
        typed=Looks(fill=INPUT, color=_TYPED),
    )
