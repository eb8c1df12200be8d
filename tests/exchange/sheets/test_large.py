"""A sheet of two thousand rows is compared within two seconds."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kyoju_tui.exchange.books.values import Value
from kyoju_tui.workspace.workspace import Workspace
from tests.exchange.sheets.town import DEPARTMENTS, book_of, plan

_ROWS = 2_000


@pytest.mark.timed
def test_two_thousand_rows_are_compared_within_two_seconds(workspace: Workspace, tmp_path: Path) -> None:
    rows: list[list[Value]] = [["担当課", "事業名", "概要", "予算額（千円）", "対象者", "開始年度", "カテゴリー"]]
    body: list[list[Value]] = [
        [DEPARTMENTS[n % 6], f"事業{n}", f"住民と話し合う場を年に{n}回設ける。", n, "住民", "H30", "住まい"]
        for n in range(_ROWS)
    ]
    path = book_of(tmp_path / "事業.xlsx", [*rows, *body])
    begun = time.perf_counter()
    found = plan(workspace, path)
    assert time.perf_counter() - begun < 2
    assert found.found == _ROWS
