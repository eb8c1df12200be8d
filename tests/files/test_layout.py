"""Paths and REFs, and where a store is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyoju_tui.files.layout import (
    Misplaced,
    duplicate_ids,
    find_store,
    is_companion,
    is_ignored,
    locate,
    path_parts,
    sample_path,
)
from kyoju_tui.records.errors import StoreNotFound, UnsafePath
from kyoju_tui.records.ids import ID_PATTERN, Ref
from kyoju_tui.records.kinds import KINDS


@pytest.mark.parametrize("word", KINDS)
def test_every_kind_has_a_place(word: str) -> None:
    ref = KINDS[word].ref("a-1", "jutaku")
    assert locate(ref.path) == ref


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("meetings/会議.toml", "K107"),
        ("meetings/A.toml", "K107"),
        ("meetings/-a.toml", "K107"),
        (f"meetings/{'a' * 65}.toml", "K107"),
        ("entries/住宅課/a.toml", "K107"),
        ("entries/a.toml", "K108"),
        ("entries/jutaku/old/a.toml", "K108"),
        ("meetings/old/a.toml", "K108"),
        ("other/a.toml", "K108"),
        ("other.toml", "K108"),
        ("meetings/a.txt", "K108"),
        ("meetings/a.TOML", "K108"),
        ("meetings.toml", "K108"),
        ("policy/a.toml", "K108"),
        ("toml", "K108"),
        (".toml", "K108"),
        ("meetings/.toml", "K107"),
        ("/store.toml", "K108"),
        ("entries//a.toml", "K108"),
        ("other/\x1b[31m.toml", "K108"),
    ],
)
def test_places_where_no_record_lies(path: str, code: str) -> None:
    with pytest.raises(Misplaced) as raised:
        locate(path)
    problem = raised.value.problem
    assert problem.code == code
    assert problem.cure
    assert "\x1b" not in problem.path + problem.message


@given(st.text(max_size=40))
def test_any_path_is_a_ref_or_misplaced(path: str) -> None:
    try:
        ref = locate(path)
    except Misplaced as error:
        assert error.problem.code in ("K107", "K108")
    else:
        assert ref.path == path


@pytest.mark.parametrize(
    "path", [".git/config", ".kyoju/tmp/x.toml", "meetings/.a.toml.swp", "meetings/a.toml~", "#a#", "a.toml.bak"]
)
def test_leavings_of_editors_and_dot_files_are_ignored(path: str) -> None:
    assert is_ignored(path)


@pytest.mark.parametrize("path", ["meetings/a.toml", "README.md", "entries/x/a.toml", "a.swx"])
def test_other_files_are_not_ignored(path: str) -> None:
    assert not is_ignored(path)


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("README.md", True),
        ("docs/guide.pdf", True),
        ("datasets/jinko.csv", True),
        ("meetings/README.md", True),
        ("entries/jutaku/readme.txt", True),
        ("datasets/人口.csv", False),
        ("datasets/jinko.xlsx", False),
        ("meetings/memo.docx", False),
        ("other.toml", False),
        ("other/a.toml", False),
    ],
)
def test_files_that_are_no_records(path: str, *, allowed: bool) -> None:
    assert is_companion(path) is allowed


@pytest.mark.parametrize(
    "path", ["", "/etc/passwd", "../a", "a/../b", "a//b", "./a", "a/", "a\\b", ".git/x", ".kyoju/x"]
)
def test_paths_that_could_leave_the_store_are_refused(path: str) -> None:
    with pytest.raises(UnsafePath) as raised:
        path_parts(path)
    assert "何も書いていません" in raised.value.message


def test_an_id_belongs_to_one_entry_over_all_departments() -> None:
    refs = [Ref("entries/b/x"), Ref("entries/a/x"), Ref("entries/a/y"), Ref("meetings/x"), Ref("entries/c/x")]
    assert duplicate_ids(refs) == {"entries/b/x": "entries/a/x", "entries/c/x": "entries/a/x"}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    (folder / "entries" / "jutaku").mkdir(parents=True)
    (folder / "store.toml").write_text("format = 1\n")
    return folder


def test_a_store_is_found_in_order(store: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "store.toml").write_text("format = 1\n")
    inside = store / "entries" / "jutaku"
    assert find_store(None, {}, inside) == store
    assert find_store(None, {"KYOJU_STORE": str(other)}, inside) == other
    assert find_store(store, {"KYOJU_STORE": str(other)}, tmp_path) == store
    assert find_store(Path("store"), {}, tmp_path) == store
    assert find_store(None, {"KYOJU_STORE": ""}, inside) == store


def test_no_store_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(StoreNotFound) as raised:
        find_store(None, {}, tmp_path)
    assert "init" in raised.value.cure
    with pytest.raises(StoreNotFound, match="がありません"):
        find_store(tmp_path, {}, tmp_path)
    with pytest.raises(StoreNotFound, match="KYOJU_STORE"):
        find_store(None, {"KYOJU_STORE": "nowhere"}, tmp_path)


def test_the_sample_lies_beside_or_in_the_package() -> None:
    assert sample_path().name in ("sample", "store")


@given(st.from_regex(ID_PATTERN, fullmatch=True))
def test_every_id_makes_a_path_that_is_safe(record_id: str) -> None:
    path = KINDS["entry"].ref(record_id, record_id).path
    assert "/".join(path_parts(path)) == path
    assert not is_ignored(path)
