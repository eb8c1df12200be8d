"""The report as one page: self-contained, without scripts, for any browser and for paper."""

from __future__ import annotations

from kyoju_tui.exchange.papers.as_html import drawing, page
from kyoju_tui.exchange.report.report import Report


def report_html(report: Report) -> str:
    """The page."""
    return page(
        "report.html.j2",
        report=report,
        plot=drawing(report.plot) if report.plot else "",
        image_map=drawing(report.image_map) if report.image_map else "",
        charts=[(chart.caption, drawing(chart.svg), chart.remarks) for chart in report.charts],
    )
