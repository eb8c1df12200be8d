"""The golden case of the overview as a town's own 一覧表 of six departments and five categories."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from kyoju_tui.exchange.books.reading import read_book
from kyoju_tui.exchange.books.values import Value
from kyoju_tui.exchange.books.writing import new_book, put, written
from kyoju_tui.exchange.sheets.assistant import open_book
from kyoju_tui.exchange.sheets.bringing_in import Brings, bring
from kyoju_tui.exchange.sheets.names import Decisions
from kyoju_tui.workspace.requests import Saved
from kyoju_tui.workspace.workspace import Workspace

TODAY: Final = date(2026, 11, 23)
DEPARTMENTS: Final = ("住宅課", "高齢福祉課", "子育て支援課", "市民課", "商工課", "環境課")
GOLDEN: Final[dict[str, tuple[str, ...]]] = {
    "高齢者": ("I", "TI", "", "TI", "I", ""),
    "子育て": ("I", "", "TI", "", "", ""),
    "住まい": ("TI", "TI", "I", "I", "", "TI"),
    "商店街": ("", "", "", "", "TI", ""),
    "住民活動": ("", "I", "TI", "TI", "", "TI"),
}
_WORK: Final[dict[str, str]] = {
    "高齢者": "見守り訪問を実施", "子育て": "親子の広場を開設", "住まい": "空き家の相談窓口を設置",
    "商店街": "空き店舗の活用を支援", "住民活動": "町内会の活動費を補助",
}  # fmt: skip
_ISSUES: Final[dict[str, str]] = {
    "高齢者": "担い手の不足", "子育て": "集まる場所が少ない", "住まい": "所有者が分からない空き家",
    "商店街": "後継者の不足", "住民活動": "役員の高齢化",
}  # fmt: skip
# Six people filled the cells in, each in a hand of their own.
_HANDS: Final = (
    ("取組…{}", "課題…{}"),
    ("【取組】\n・{}", "【課題】\n・{}"),
    ("取組：{}", "課題：{}"),
    ("○取組　{}", "○課題　{}"),
    ("（取組）{}", "（課題）{}"),
    ("取組\n①{}", "課題\n①{}"),
)


def golden_rows() -> list[list[str]]:
    """The sheet: a title, a line, the head, five rows, a note."""
    rows = [["居住コミュニティに関する庁内の取組・課題一覧"], [], ["カテゴリー", *DEPARTMENTS]]
    for category, states in GOLDEN.items():
        row = [category]
        for department, state, (work, issue) in zip(DEPARTMENTS, states, _HANDS, strict=True):
            texts = [work.format(_WORK[category])] if "T" in state else []
            texts += [issue.format(f"{_ISSUES[category]}（{department}）")] if "I" in state else []
            row.append("\n".join(texts))
        rows.append(row)
    return [*rows, ["※各課への聞き取りによる"]]


def book_of(path: Path, rows: Sequence[Sequence[Value]], *, sheet: str = "一覧", merged: Sequence[str] = ()) -> Path:
    """A workbook of one sheet with these rows."""
    book = new_book()
    page = book.create_sheet(sheet)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value not in (None, ""):
                put(page, number, column, value)
    for area in merged:
        page.merge_cells(area)
    path.write_bytes(written(book))
    return path


def plan(workspace: Workspace, path: Path, decisions: Decisions | None = None, **how: str) -> Brings:
    """What bringing a file in would do."""
    opened = open_book(read_book(path), workspace.snapshot, TODAY, decisions or Decisions(), **how)
    return bring(workspace, opened.book, opened.layout, opened.decisions, TODAY)


def carry_out(workspace: Workspace, brings: Brings) -> Saved:
    """Record it as one save."""
    bringing = brings.bringing
    return workspace.batch(bringing.changes, action="import", subject=bringing.subject).result(60)
