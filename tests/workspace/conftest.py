"""A small town's store, and the Workspace on it."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from pathlib import Path

import pytest

from kyoju_tui.records.department import Department
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.new_store.start import init_store
from kyoju_tui.workspace.requests import Base, Put
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF

VISITS = Ref("entries/korei/20261101-aaaaa")
HOUSES = Ref("entries/jutaku/20261101-bbbbb")


def initiative(title: str, *categories: str, **fields: object) -> Entry:
    return Entry.model_validate(
        {"title": title, "kind": "取組", "status": "検討中", "categories": list(categories or ("sumai",)), **fields}
    )


@pytest.fixture
def root(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two departments and an initiative each: a copy of one that was made once."""
    made = tmp_path_factory.getbasetemp() / "shelf" / "town"
    if not made.exists():
        _make_town(made)
    return Path(shutil.copytree(made, tmp_path / "town"))


def _make_town(path: Path) -> None:
    root = init_store(path, "試験市", "handbook-5", author=STAFF)
    workspace = Workspace.open(root, author=STAFF)
    records = {
        Ref("departments/jutaku"): Department(name="住宅政策課", short="住宅", order=10),
        Ref("departments/korei"): Department(name="高齢福祉課", short="高齢", order=20),
        VISITS: initiative("見守り訪問", "koreisha", outline="協力員が訪問する。"),
        HOUSES: initiative("空き家相談窓口"),
    }
    changes = [Put(ref, record, Base(ref, None)) for ref, record in records.items()]
    workspace.batch(changes, action="import", subject="はじめの記録").result()
    workspace.close()


@pytest.fixture
def workspace(root: Path) -> Generator[Workspace]:
    """The store, opened by a member of staff."""
    workspace = Workspace.open(root, author=STAFF)
    yield workspace
    workspace.close()
