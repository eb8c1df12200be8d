"""A compilation (取りまとめ) to be read: who had answered, and the rows asked as they stood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kyoju_tui.exchange.matrix_markdown import as_cell, matrix_markdown
from kyoju_tui.overview.asked import rows_asked
from kyoju_tui.overview.inquiry_status import board, latest, progress
from kyoju_tui.overview.matrix import matrix
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Compilation, Inquiry
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.compiling import compilation_title


def compilation_markdown(then: Snapshot, ref: Ref, compilation: Compilation) -> str:
    """The whole document, from the records as they stood. Departments not asked and rows not asked are left out."""
    inquiry = then.expect(ref, Inquiry)
    # A compilation without a day was written by hand: its issue tells at least that it was sent.
    day = compilation.as_of or inquiry.issued_on or inquiry.due_on
    lines = [
        f"# {as_cell(compilation_title(compilation.number, compilation.as_of))}",
        "",
        f"照会：{as_cell(inquiry.title)}",
        "",
    ]
    if day is None:
        return "\n".join(lines)
    done = progress(inquiry, day)
    lines += [f"- 回答：{done.answered}／{done.expected}"]
    lines += [f"- 発出日：{format_date(inquiry.issued_on)}"] if inquiry.issued_on else []
    lines += [f"- 回答期限：{format_date(inquiry.due_on)}"] if inquiry.due_on else []
    if compilation.late:
        names = "・".join(then.full_name("department", each) for each in compilation.late)
        lines += [f"- 間に合わなかった部署：{as_cell(names)}"]
    whole = matrix(then, day)
    rows = frozenset(rows_asked(inquiry, then.categories_in_use))
    asked = frozenset(target.department for target in inquiry.targets if not target.withdrawn)
    shown = replace(
        whole,
        categories=tuple(axis for axis in whole.categories if axis.id in rows),
        departments=tuple(axis for axis in whole.departments if axis.id in asked),
        general_opinions=(),
    )
    answers = ["| 部署 | 状況 | 版 | 受付日 | 所管課の確認 |", "| --- | --- | --- | --- | --- |"]
    answers += _answers(then, inquiry, day)
    return "\n".join([*lines, "", "## 回答の状況", "", *answers, "", "## 一覧表", "", matrix_markdown(shown)])


def _answers(then: Snapshot, inquiry: Inquiry, day: date) -> Iterator[str]:
    for line in board(then, inquiry, day):
        receipt = latest(line.target)
        version = f"第{receipt.version}版" if receipt is not None and receipt.version else ""
        on = format_date(receipt.on) if receipt is not None and receipt.on else ""
        confirmed = receipt.confirmed or "" if receipt is not None else ""
        name = then.full_name("department", line.department)
        yield f"| {' | '.join(map(as_cell, (name, line.state, version, on, confirmed)))} |"
