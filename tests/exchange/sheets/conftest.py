"""A store of the golden case's departments and categories, and one without any department."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kyoju_tui.records.department import Department
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.new_store.start import init_store
from kyoju_tui.workspace.requests import Base, Put
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF

_IDS = {
    "jutaku": "住宅課",
    "korei": "高齢福祉課",
    "kosodate": "子育て支援課",
    "shimin": "市民課",
    "shoko": "商工課",
    "kankyo": "環境課",
}


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both stores, made once."""
    place = tmp_path_factory.mktemp("shelf")
    root = init_store(place / "town", "試験市", "handbook-5", author=STAFF)
    shutil.copytree(root, place / "empty")
    workspace = Workspace.open(root, author=STAFF)
    puts = [
        Put(Ref(f"departments/{key}"), Department(name=name, order=order), Base(Ref(f"departments/{key}"), None))
        for order, (key, name) in enumerate(_IDS.items(), 1)
    ]
    workspace.batch(puts, action="create", subject="部署を追加").result(60)
    workspace.close()
    return place


def _open(shelf: Path, name: str, tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace.open(Path(shutil.copytree(shelf / name, tmp_path / name)), author=STAFF)
    yield opened
    opened.close()


@pytest.fixture
def workspace(shelf: Path, tmp_path: Path) -> Iterator[Workspace]:
    """Five categories and six departments, and no entry."""
    yield from _open(shelf, "town", tmp_path)


@pytest.fixture
def first_day(shelf: Path, tmp_path: Path) -> Iterator[Workspace]:
    """Five categories and nothing else."""
    yield from _open(shelf, "empty", tmp_path)
