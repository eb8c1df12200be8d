"""Bringing all answers in keeps pace with reading the files alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.answers_speed import measure


@pytest.mark.timed
def test_all_answers_within_three_times_what_reading_alone_takes(tmp_path: Path) -> None:
    found = measure(tmp_path, departments=10, entries=100, runs=3)
    assert found.ratio < 3
