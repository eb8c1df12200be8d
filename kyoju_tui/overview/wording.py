"""The matrix in words: what a cell, a data line, a needed initiative and an opinion are called wherever they stand."""

from __future__ import annotations

from kyoju_tui.overview.matrix import Cell, Matrix, OpinionLine
from kyoju_tui.overview.table import holder
from kyoju_tui.records.dates import format_short
from kyoju_tui.records.finding import Finding
from kyoju_tui.records.ids import COMMON, Ref


def content_words(cell: Cell) -> str:
    """What a cell holds: 取組中2・課題1, or 該当なし, 対象外, 記入なし. Fit for a projector: nothing about answers."""
    if cell.state != "記載あり":
        return cell.state
    counts = cell.counts
    figures = {"取組中": counts.under_way, "検討中": counts.considered, "終了": counts.ended, "課題": counts.issues}
    figures["必要"] = len(cell.entries) - sum(figures.values())
    return "・".join(f"{word}{count}" for word, count in figures.items() if count)


def cell_words(cell: Cell) -> str:
    """`content_words`, with （回答待ち） or （期限超過） where an answer is still out."""
    waiting = f"（{cell.inquiry}）" if cell.inquiry in ("回答待ち", "期限超過") else ""
    return content_words(cell) + waiting


def data_words(matrix: Matrix, ref: Ref) -> str:
    """A data line of 基礎データ with the department that holds it."""
    department = holder(matrix, ref)
    if department is None or department == COMMON:
        return matrix.snapshot.title(ref)
    return f"{matrix.snapshot.title(ref)}（{matrix.snapshot.name('department', department)}）"


def needed_words(matrix: Matrix, ref: Ref) -> str:
    """A needed initiative with the department it lies with, or 所管未定."""
    record = matrix.snapshot.get(ref)
    if not isinstance(record, Finding):
        title, department = matrix.snapshot.title(ref), ref.department
    else:
        needed = record.needed
        subjects = "・".join(matrix.snapshot.title(subject) for subject in record.subjects)
        title = (needed and needed.title) or f"{subjects}への取組"
        department = needed.department if needed else None
    if department is None or department == COMMON:
        return f"{title}（所管未定）"
    return f"{title}（{matrix.snapshot.name('department', department)}）"


def opinion_words(matrix: Matrix, opinion: OpinionLine) -> str:
    """An opinion with its day and its department: R8.8.26 高齢福祉課：訪問先が重なる世帯がある."""
    day = format_short(opinion.on) if opinion.on else ""
    department = matrix.snapshot.name("department", opinion.department) if opinion.department else ""
    head = " ".join(part for part in (day, department) if part)
    return f"{head}：{opinion.text}" if head else opinion.text


def opinions_words(matrix: Matrix, category: str) -> tuple[str, ...]:
    """All lines of 意見・考え方等 of a row: the digest, the needed initiatives, then the opinions."""
    digest = matrix.digests.get(category)
    return (
        *((f"整理：{digest.text}",) if digest is not None and digest.text else ()),
        *(f"必要な取組：{needed_words(matrix, ref)}" for ref in matrix.needed[category]),
        *(opinion_words(matrix, opinion) for opinion in matrix.opinions[category]),
    )
