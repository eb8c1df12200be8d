"""A set of files whose writing is stopped from outside: all as it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kyoju_tui.files.output_set import replace_all


class Stopping(dict[str, bytes]):
    """Files during whose writing somebody presses Ctrl+C: at the second file of the pass `at` over the names."""

    def __init__(self, files: dict[str, bytes], at: int) -> None:
        super().__init__(files)
        self._left = at

    def __iter__(self) -> Iterator[str]:
        self._left -= 1
        for number, name in enumerate(super().__iter__()):
            if number == 1 and self._left < 0:
                raise KeyboardInterrupt
            yield name


@pytest.mark.parametrize("at", range(3))
def test_who_stops_it_finds_all_as_it_was(tmp_path: Path, at: int) -> None:
    (tmp_path / "a.txt").write_bytes(b"before")
    with pytest.raises(KeyboardInterrupt):
        replace_all(tmp_path, Stopping({"a.txt": b"after", "b.txt": b"new"}, at))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.txt": b"before"}
    with pytest.raises(KeyboardInterrupt):
        replace_all(tmp_path / "new", Stopping({"a.txt": b"after", "b.txt": b"new"}, at))
    assert not (tmp_path / "new").exists()
