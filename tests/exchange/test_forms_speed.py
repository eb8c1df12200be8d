"""The forms of 30 departments cost no more than openpyxl's own work and as much again."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.forms_speed import measure


@pytest.mark.timed
def test_forms_are_written_within_bounds(tmp_path: Path) -> None:
    found = measure(tmp_path, departments=30, entries=300, runs=5)
    # The contract is 2; a machine that does other things besides gets some room.
    assert found.ratio <= 2.5, found.as_json()
