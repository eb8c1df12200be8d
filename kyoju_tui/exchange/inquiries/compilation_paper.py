"""A compilation (第n回取りまとめ) as a paper: who had answered, and the rows asked as they stood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from kyoju_tui.exchange.matrix_paper import STATES, TEXTS, Shown, legend, matrix_table
from kyoju_tui.exchange.papers.paper import Box, Column, Paper, Table, Tone, box
from kyoju_tui.exchange.papers.paper_file import paper_file, require_form
from kyoju_tui.overview.asked import rows_asked
from kyoju_tui.overview.inquiry_status import board, latest, progress
from kyoju_tui.overview.matrix import matrix
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Compilation, Inquiry
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.inquiring.compiling import compilation_title

COMPILATION_FORMS: Final = (".md", ".xlsx", ".html")
# How it stands at a glance, then what was answered, whole.
_GLANCE: Final = Shown(STATES)
_WHOLE: Final = Shown(TEXTS, whole=True)
_TONES: Final[Mapping[str, Tone]] = {"期限超過": "late", "回答待ち": "waiting"}
_ANSWERS: Final = (
    Column("部署", 14),
    Column("状況", 8, centred=True),
    Column("版", 6, centred=True),
    Column("受付日", 12),
    Column("所管課の確認", 10),
)


def compilation_file(then: Snapshot, ref: Ref, compilation: Compilation, suffix: str) -> bytes:
    """What the file holds. Errors: `WrongUse` for a form not in `COMPILATION_FORMS`."""
    require_form(suffix, COMPILATION_FORMS)
    return paper_file(compilation_paper(then, ref, compilation), suffix)


def compilation_paper(then: Snapshot, ref: Ref, compilation: Compilation) -> Paper:
    """The paper, from the records as they stood. Departments not asked and rows not asked are left out."""
    inquiry = then.expect(ref, Inquiry)
    title = compilation_title(compilation.number, compilation.as_of)
    # A compilation without a day was written by hand: its issue tells at least that it was sent.
    day = compilation.as_of or inquiry.issued_on or inquiry.due_on
    if day is None:
        return Paper(title, (f"照会：{inquiry.title}",), ())
    tables = (
        Table("回答の状況", _ANSWERS, tuple(_answers(then, inquiry, day))),
        *_tables(then, inquiry, day),
    )
    return Paper(title, tuple(_facts(then, inquiry, compilation, day)), tables, legend(_GLANCE))


def _facts(then: Snapshot, inquiry: Inquiry, compilation: Compilation, day: date) -> Iterator[str]:
    done = progress(inquiry, day)
    yield f"照会：{inquiry.title}"
    yield f"回答：{done.answered}／{done.expected}"
    if inquiry.issued_on:
        yield f"発出日：{format_date(inquiry.issued_on)}"
    if inquiry.due_on:
        yield f"回答期限：{format_date(inquiry.due_on)}"
    if compilation.late:
        yield f"間に合わなかった部署：{'・'.join(then.full_name('department', each) for each in compilation.late)}"


def _tables(then: Snapshot, inquiry: Inquiry, day: date) -> tuple[Table, ...]:
    whole = matrix(then, day)
    rows = frozenset(rows_asked(inquiry, then.categories_in_use))
    asked = frozenset(target.department for target in inquiry.targets if not target.withdrawn)
    part = replace(
        whole,
        categories=tuple(axis for axis in whole.categories if axis.id in rows),
        departments=tuple(axis for axis in whole.departments if axis.id in asked),
        general_opinions=(),
    )
    return tuple(matrix_table(part, shown) for shown in (_GLANCE, _WHOLE))


def _answers(then: Snapshot, inquiry: Inquiry, day: date) -> Iterator[tuple[Box, ...]]:
    for line in board(then, inquiry, day):
        receipt = latest(line.target)
        version = f"第{receipt.version}版" if receipt is not None and receipt.version else ""
        on = format_date(receipt.on) if receipt is not None and receipt.on else ""
        confirmed = receipt.confirmed or "" if receipt is not None else ""
        name = then.full_name("department", line.department)
        yield box(name), box(line.state, _TONES.get(line.state, "usual")), *map(box, (version, on, confirmed))
