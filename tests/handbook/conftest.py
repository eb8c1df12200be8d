"""A new store with the categories of the handbook's example and four departments, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kyoju_tui.records.department import Department
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.new_store.start import init_store
from kyoju_tui.workspace.requests import Base, Put
from kyoju_tui.workspace.workspace import Workspace
from tests.handbook.work import AUTHOR
from tests.ui.conftest import home as home

DEPARTMENTS = (
    ("chiiki-kyodo", "地域協働課", "ちいききょうどうか"),
    ("jutaku", "住宅課", "じゅうたくか"),
    ("korei", "高齢福祉課", "こうれいふくしか"),
    ("kosodate", "子育て支援課", "こそだてしえんか"),
)


@pytest.fixture(scope="session")
def new_town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store, made once."""
    root = init_store(tmp_path_factory.mktemp("new") / "store", "澪帆市", "handbook-5", author=AUTHOR, environ={})
    workspace = Workspace.open(root, author=AUTHOR, environ={})
    try:
        refs = [Ref(f"departments/{name}") for name, _, _ in DEPARTMENTS]
        puts = [
            Put(ref, Department(name=name, reading=reading, order=order * 10), Base(ref, None))
            for order, (ref, (_, name, reading)) in enumerate(zip(refs, DEPARTMENTS, strict=True), start=1)
        ]
        workspace.batch(puts, action="create", subject="部署を登録").result(timeout=60)
    finally:
        workspace.close()
    return root


@pytest.fixture
def store(new_town: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return shutil.copytree(new_town, tmp_path / "store")
