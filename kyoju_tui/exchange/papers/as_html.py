"""Papers as pages for any browser: one file, no script, nothing fetched; printed at A3 landscape, one page wide.

Everything is escaped by the templates; `Markup` is made only here and of drawings that are trees of text nodes.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kyoju_tui.exchange.papers.colours import HEAD, INK, LINE, LOOKS, QUIET
from kyoju_tui.exchange.papers.paper import Column, Paper, Table
from kyoju_tui.records.text import FORBIDDEN

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_TEMPLATES: Final = Path(__file__).parent.parent / "templates"
# Points of an A3 page between its margins, and what cells need beside their words.
_PAGE: Final = 1134.0
_EDGES: Final = 0.9
_LEAST: Final = 0.04
_SMALLEST, _LARGEST = 5.6, 9.0


def paper_html(paper: Paper) -> str:
    """The whole page."""
    return page("paper.html.j2", paper=paper)


def page(template: str, **content: object) -> str:
    """A page from one of the templates."""
    return _environment().get_template(template).render(**_colours(), **content)


def drawing(svg: str) -> Markup:
    """An SVG document of ours, to stand inside a page."""
    from markupsafe import Markup

    return Markup(svg[svg.index("<svg") :])  # noqa: S704 - made of text nodes by our own writers


def shares(table: Table) -> list[float]:
    """The columns' shares of the width in percent."""
    seen = shown_columns(table)
    whole = sum(column.width for column in seen)
    # However many columns there are, the names of the rows can be read.
    wide = [max(column.width, whole * _LEAST * (not number)) for number, column in enumerate(seen)]
    return [round(100 * each / sum(wide), 3) for each in wide]


def print_size(table: Table) -> float:
    """The size of letters, in points, in which the table goes onto one A3 page in width."""
    whole = sum(column.width + _EDGES for column in shown_columns(table))
    return round(max(_SMALLEST, min(_LARGEST, _PAGE / whole)), 1)


def shown_columns(table: Table) -> list[Column]:
    """The columns that people see."""
    return [column for column in table.columns if not column.hidden]


def _colours() -> dict[str, object]:
    """What the style sheet and the tables ask for."""
    return {
        "looks": LOOKS,
        "ink": INK,
        "head": HEAD,
        "line": LINE,
        "quiet": QUIET,
        "shares": shares,
        "print_size": print_size,
    }


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_clean,
    )


def _clean(value: Any) -> Any:
    """What steers a terminal or turns the direction of a line is shown as a sign of its own."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return FORBIDDEN.sub("�", value)
    return value
