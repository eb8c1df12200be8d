"""A receive that merges takes about as long as git's own merge of the same commits."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.merge_speed import measure


@pytest.mark.timed
@pytest.mark.parametrize("same_records", [True, False])
def test_a_merge_is_about_as_quick_as_gits_own(tmp_path: Path, *, same_records: bool) -> None:
    """The bound is generous: other programs run beside the tests. `python -m benchmarks.merge_speed` gives figures."""
    found = measure(tmp_path, records=1000, changed=100, runs=5, same_records=same_records)
    assert found.ours < max(4 * found.git, 2 * found.git_durable), found.as_json()
