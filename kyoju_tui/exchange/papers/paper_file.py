"""A paper as a file, in the form that the file's name asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from kyoju_tui.exchange.papers.as_csv import UTF8, table_csv
from kyoju_tui.exchange.papers.as_markdown import paper_markdown
from kyoju_tui.exchange.papers.paper import Paper
from kyoju_tui.records.errors import WrongUse

CSV: Final = ".csv"


def paper_file(paper: Paper, suffix: str, encoding: str = UTF8) -> bytes:
    """What the file holds; `encoding` is for CSV alone, which has the first table only. Errors: as `require_form`."""
    require_form(suffix)
    if suffix.lower() == CSV:
        return table_csv(paper.tables[0], encoding)
    return _WRITERS[suffix.lower()](paper)


def require_form(suffix: str, forms: tuple[str, ...] = ()) -> None:
    """Errors: `WrongUse` for a form that papers are not written in."""
    allowed = forms or FORMS
    if suffix.lower() not in allowed:
        raise WrongUse(
            f"「{suffix}」の形式では書き出せません。" if suffix else "ファイル名に形式（.xlsx など）がありません。",
            cure=f"使える形式：{'、'.join(allowed)}",
        )


def _xlsx(paper: Paper) -> bytes:
    from kyoju_tui.exchange.papers.as_xlsx import paper_xlsx

    return paper_xlsx(paper)


def _html(paper: Paper) -> bytes:
    from kyoju_tui.exchange.papers.as_html import paper_html

    return paper_html(paper).encode()


def _svg(paper: Paper) -> bytes:
    from kyoju_tui.exchange.papers.as_svg import paper_svg

    return paper_svg(paper).encode()


def _markdown(paper: Paper) -> bytes:
    return paper_markdown(paper).encode()


# The makers of what takes long to import are imported when they are asked for.
_WRITERS: Final[Mapping[str, Callable[[Paper], bytes]]] = {
    ".xlsx": _xlsx,
    ".html": _html,
    ".md": _markdown,
    ".svg": _svg,
}
FORMS: Final = (".xlsx", ".html", CSV, ".md", ".svg")
