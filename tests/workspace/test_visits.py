"""What others recorded since the last visit."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.new_store.start import init_store
from kyoju_tui.workspace.past.visits import Visit, Visits, here, news
from kyoju_tui.workspace.workspace import Workspace

ME, OTHER = "住宅課 担当 <jutaku@example.jp>", "市民課 担当 <shimin@example.jp>"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new store, made once."""
    return init_store(tmp_path_factory.mktemp("visits") / "store", "試験市", "handbook-5", author=ME, environ={})


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    """A copy to change."""
    return shutil.copytree(made, tmp_path / "store")


def changes(store: Path, author: str, name: str) -> None:
    """Somebody renames a category."""
    workspace = Workspace.open(store, author=author, environ={})
    try:
        ref = Ref("categories/sumai")
        record = workspace.snapshot.records[ref].but(name=name)
        workspace.save(ref, record).result(timeout=60)
    finally:
        workspace.close()


def test_the_first_visit_has_nothing_to_compare_with(store: Path) -> None:
    workspace = Workspace.open(store, author=ME, environ={})
    visits, now = Visits.of(workspace), here(workspace.repository)
    assert visits.last() is None and now is not None
    assert news(workspace.repository, visits.last(), now, "").since is None
    assert visits.keep(now)
    assert Visits.of(workspace).last() == now
    workspace.close()


def test_only_what_others_did_since(store: Path) -> None:
    workspace = Workspace.open(store, author=ME, environ={})
    before = here(workspace.repository)
    assert before is not None
    changes(store, OTHER, "住まいと空き家")
    changes(store, ME, "住まい")
    now = here(workspace.repository)
    assert now is not None and now.commit != before.commit
    found = news(workspace.repository, before, now, "jutaku@example.jp")
    assert [commit.author for commit in found.commits] == ["市民課 担当"]
    assert found.commits[0].records == ("categories/sumai",)
    assert found.since == before and not found.more
    assert news(workspace.repository, now, now, "").commits == ()
    workspace.close()


def test_a_history_that_was_made_anew(store: Path) -> None:
    workspace = Workspace.open(store, author=ME, environ={})
    gone, now = Visit("0" * 40, datetime.now(UTC)), here(workspace.repository)
    assert now is not None
    assert news(workspace.repository, gone, now, "").since is None
    workspace.close()


def test_what_is_kept_lies_beside_the_drafts_and_is_private(store: Path) -> None:
    workspace = Workspace.open(store, author=ME, environ={})
    now = here(workspace.repository)
    assert now is not None and Visits.of(workspace).keep(now)
    file = store / ".git" / "kyoju" / "root" / "visits" / str(os.geteuid()) / "last.toml"
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_text("commit = 3\n", encoding="utf-8")
    assert Visits.of(workspace).last() is None
    file.write_bytes(b"\xff")
    assert Visits.of(workspace).last() is None
    workspace.close()


def test_without_a_place_to_write_it_goes_home_or_says_so(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    now = Visit("1" * 40, datetime(2026, 11, 23, tzinfo=UTC))
    at_home = Visits(blocked / "visits" / "1", tmp_path / "home" / "visits" / "1")
    assert at_home.keep(now) and at_home.last() == now
    assert not Visits(blocked / "visits" / "1").keep(now)
