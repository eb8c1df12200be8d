"""A small town's store with two areas, and the Workspace on it."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from kyoju_tui.records.area import Area
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.new_store.start import init_store
from kyoju_tui.workspace.requests import Put
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF

MIDORI = Ref("areas/midori")
SAKURA = Ref("areas/sakura")


@pytest.fixture
def workspace(tmp_path: Path) -> Generator[Workspace]:
    """Two areas: one by its small areas' codes, one by its name."""
    opened = Workspace.open(init_store(tmp_path / "town", "見本市", None, author=STAFF), author=STAFF)
    areas = {MIDORI: Area(name="みどり", small_areas=("14907001001", "14907001002")), SAKURA: Area(name="桜が丘一丁目")}
    puts = [Put(ref, area, opened.base(ref)) for ref, area in areas.items()]
    opened.batch(puts, action="import", subject="はじめの記録").result(timeout=60)
    yield opened
    opened.close()
