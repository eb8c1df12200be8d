"""What can be written out from ホーム and 一覧表, and how each is made in a worker."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from kyoju_tui.exchange.bringing import Stopped
from kyoju_tui.exchange.matrix_paper import LAYERS, POINTS, Layer, Shown
from kyoju_tui.exchange.report.publishing import Audience
from kyoju_tui.overview.matrix import matrix

if TYPE_CHECKING:
    from kyoju_tui.exchange.bringing import Cancelled, Told
    from kyoju_tui.records.snapshot import Snapshot
    from kyoju_tui.workspace.past.moments import Moment
    from kyoju_tui.workspace.workspace import Workspace

REPORT_WORD: Final = "report"
_FINDINGS: Final = "findings"
_LAYERS: Final[dict[str, Layer]] = {f"matrix-{number}": layer for number, layer in enumerate(LAYERS)}
WORDS: Final[dict[str, str]] = {
    REPORT_WORD: "報告書",
    **{what: f"一覧表（{layer}）" for what, layer in _LAYERS.items()},
    _FINDINGS: "論点・確認事項",
}
"""What can be written out, with what staff call it."""


@dataclass(frozen=True)
class Wanted:
    """What is to be written: one of `WORDS`, of which records, for whom, with changes since when."""

    what: str
    workspace: Workspace = field(repr=False)
    snapshot: Snapshot = field(repr=False)
    today: date
    discreet: bool = False
    audience: Audience = "庁内"
    since: Moment | None = None


def made(wanted: Wanted, suffix: str, told: Told, cancelled: Cancelled) -> bytes:
    """What the file holds. Errors: `Stopped` where it was called off, those of the history and of the form."""

    def going_on(what: str, done: int, of: int) -> None:
        if cancelled():
            raise Stopped("書き出しをやめました。", cure="ファイルは何も書いていません。")
        told(what, done, of)

    if wanted.what == REPORT_WORD:
        return _report(wanted, going_on)
    if wanted.what == _FINDINGS:
        return _findings(wanted, suffix, going_on)
    return _matrix(wanted, suffix, going_on)


def _report(wanted: Wanted, told: Told) -> bytes:
    from kyoju_tui.exchange.report.report import Since, report
    from kyoju_tui.exchange.report.report_html import report_html
    from kyoju_tui.workspace.past.moments import at

    since = None
    if wanted.since is not None:
        told("前の時点の記録を読んでいます", 0, 0)
        then = at(wanted.workspace, wanted.since)
        since = Since(then.moment.words, then.snapshot)
    page = report_html(report(wanted.snapshot, wanted.today, wanted.audience, since, told)).encode()
    told("書き込んでいます", 0, 0)
    return page


def _matrix(wanted: Wanted, suffix: str, told: Told) -> bytes:
    from kyoju_tui.exchange.matrix_file import matrix_file
    from kyoju_tui.overview.findings import examine

    told("一覧表をまとめています", 0, 0)
    layer, whole = _LAYERS[wanted.what], matrix(wanted.snapshot, wanted.today)
    views = examine(whole).views if layer == POINTS else ()
    content = matrix_file(whole, suffix, Shown(layer, views, discreet=wanted.discreet))
    told("書き込んでいます", 0, 0)
    return content


def _findings(wanted: Wanted, suffix: str, told: Told) -> bytes:
    from kyoju_tui.exchange.findings_paper import findings_paper
    from kyoju_tui.exchange.papers.paper_file import paper_file
    from kyoju_tui.overview.findings import findings

    told("論点を調べています", 0, 0)
    views = findings(wanted.snapshot, wanted.today)
    # Whoever does not show who is late shows no reminders of it either.
    seen = [view for view in views if not wanted.discreet or view.kind == "論点"]
    content = paper_file(findings_paper(wanted.snapshot, wanted.today, seen), suffix)
    told("書き込んでいます", 0, 0)
    return content
