"""Partial paints write whole characters."""

from __future__ import annotations

import pytest
from rich.console import Console
from rich.segment import Segment
from textual.strip import Strip

from kyoju_tui.ui.narrow_updates import NarrowUpdate


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        pytest.param(2, 4, "\x1b[1;3Hい", id="whole"),
        pytest.param(3, 4, "\x1b[1;3Hい", id="begins-in-one"),
        pytest.param(2, 5, "\x1b[1;3Hいう", id="ends-in-one"),
        pytest.param(5, 8, "\x1b[1;5Hうab", id="over-two-segments"),
        pytest.param(7, 8, "\x1b[1;8Hb", id="narrow"),
    ],
)
def test_span_is_widened_to_whole_characters(first: int, last: int, written: str) -> None:
    line = Strip([Segment("あいう"), Segment("abc")])
    update = NarrowUpdate([{0: line}], [(0, first, last)], [[9]])
    assert update.render_segments(Console()) == written
