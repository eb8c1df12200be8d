"""A town that asks its departments."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from pathlib import Path

import pytest

from kyoju_tui.workspace.new_store.start import init_store
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF
from tests.exchange.answers import TOWN, Office, put
from tests.exchange.surveys import Desk, make_records


@pytest.fixture
def office(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[Office]:
    """The town's store (a copy of one that was made once), and a folder for what comes back."""
    made = tmp_path_factory.getbasetemp() / "answers" / "town"
    if not made.exists():
        workspace = Workspace.open(init_store(made, "試験市", "handbook-5", author=STAFF), author=STAFF)
        put(workspace, TOWN)
        workspace.close()
    folder = tmp_path / "届いた回答"
    folder.mkdir()
    workspace = Workspace.open(Path(shutil.copytree(made, tmp_path / "town")), author=STAFF)
    yield Office(workspace, folder)
    workspace.close()


@pytest.fixture
def desk(office: Office) -> Desk:
    """The same town with a questionnaire to its groups."""
    make_records(office.workspace)
    return Desk(office.workspace, office.folder)
