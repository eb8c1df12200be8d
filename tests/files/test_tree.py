"""Reading a whole store, whatever lies in it."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest

from kyoju_tui.files.atomic import write
from kyoju_tui.files.reading import RECORD_LIMIT
from kyoju_tui.files.scaffold import SCAFFOLD
from kyoju_tui.files.tree import Tree, located, read_paths, read_tree
from kyoju_tui.records.checks import reference_problems
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.snapshot import Snapshot

ENTRY = 'title = "見守り"\nkind = "課題"\ncategories = ["korei"]\n'
FILES = {
    "store.toml": 'format = 1\nmunicipality = "架空市"\n',
    "departments/jutaku.toml": 'name = "住宅課"\n',
    "categories/korei.toml": 'name = "高齢者"\n',
    "entries/jutaku/a.toml": ENTRY,
    "README.md": "# x\n",
    "datasets/jinko.csv": "a\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        write(tmp_path, path, text.encode())
    for path, data in SCAFFOLD.items():
        write(tmp_path, path, data)
    return tmp_path


def _codes(tree: Tree) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in tree.problems]


def test_a_good_store_has_records_and_no_problems(root: Path) -> None:
    tree = read_tree(root)
    assert list(tree.records) == ["categories/korei", "departments/jutaku", "entries/jutaku/a", "store"]
    assert tree.problems == ()
    assert tree.broken == {}
    for ref, data in tree.data.items():
        assert data == (root / ref.path).read_bytes()
    assert gc.isenabled()


def test_a_broken_file_hides_nothing_else_and_keeps_its_id(root: Path) -> None:
    (root / "entries/jutaku/b.toml").write_text('title = "x\n')
    tree = read_tree(root)
    assert "entries/jutaku/a" in tree.records
    assert list(tree.broken) == ["entries/jutaku/b"]
    assert tree.data[next(iter(tree.broken))] == b'title = "x\n'
    assert _codes(tree) == [("entries/jutaku/b.toml", "K101")]
    assert "b" in Snapshot(tree.records, tree.broken).taken_ids("entry")


def test_files_in_wrong_places_are_named(root: Path) -> None:
    for path in ("entries/b.toml", "meetings/会議.toml", "meetings/memo.docx", "x/y/z.toml", "extra.toml"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("a = 1\n")
    for path in ("meetings/a.toml~", "meetings/.a.toml.swp", "memo.txt", ".hidden/a.toml"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("a = 1\n")
    assert _codes(read_tree(root)) == [
        ("entries/b.toml", "K108"),
        ("extra.toml", "K108"),
        ("meetings/memo.docx", "K108"),
        ("meetings/会議.toml", "K107"),
        ("x/y/z.toml", "K108"),
    ]


def test_links_pipes_and_folders_are_refused_and_not_read(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "b.toml").write_text(ENTRY)
    (root / "entries/jutaku/b.toml").symlink_to(outside / "b.toml")
    (root / "entries/jutaku/c.toml").symlink_to(root / "entries/jutaku/a.toml")
    (root / "entries/linked").symlink_to(outside, target_is_directory=True)
    (root / "meetings").symlink_to(outside, target_is_directory=True)
    os.mkfifo(root / "entries/jutaku/d.toml")
    (root / "entries/jutaku/e.toml").mkdir()
    tree = read_tree(root)
    assert {code for _, code in _codes(tree)} == {"K106"}
    assert [path for path, _ in _codes(tree)] == [
        "entries/jutaku/b.toml",
        "entries/jutaku/c.toml",
        "entries/jutaku/d.toml",
        "entries/jutaku/e.toml",
        "entries/linked",
        "meetings",
    ]
    assert [ref for ref in tree.records if ref.top == "entries"] == ["entries/jutaku/a"]
    assert {ref.id for ref in tree.broken} == set("bcde")
    again = read_paths(root, [path for path, _ in _codes(tree)])
    assert _codes(again) == _codes(tree)
    assert read_paths(root, ["entries/linked/b.toml", "meetings/b.toml"]).records == {}


def test_a_large_file_is_not_parsed(root: Path) -> None:
    (root / "entries/jutaku/b.toml").write_bytes(b"#" * (RECORD_LIMIT + 1))
    tree = read_tree(root)
    assert _codes(tree) == [("entries/jutaku/b.toml", "K105")]
    assert "entries/jutaku/b" in tree.broken


def test_a_file_or_folder_that_may_not_be_read(plain_user: Path) -> None:
    for path, text in FILES.items():
        write(plain_user, path, text.encode())
    (plain_user / "entries/jutaku/a.toml").chmod(0)
    (plain_user / "departments").chmod(0)
    try:
        tree = read_tree(plain_user)
        assert _codes(tree) == [("departments", "K112"), ("entries/jutaku/a.toml", "K112")]
        assert list(tree.broken) == ["entries/jutaku/a"]
        assert _codes(read_paths(plain_user, ["departments/jutaku.toml"])) == [("departments/jutaku.toml", "K112")]
    finally:
        (plain_user / "departments").chmod(0o755)


def test_two_departments_with_one_id_are_both_named_and_the_first_stays(root: Path) -> None:
    write(root, "entries/korei/a.toml", ENTRY.encode())
    tree = read_tree(root)
    assert _codes(tree) == [("entries/jutaku/a.toml", "K110"), ("entries/korei/a.toml", "K110")]
    assert "entries/jutaku/a" in tree.records
    assert list(tree.broken) == ["entries/korei/a"]


def test_a_newer_format_is_said(root: Path) -> None:
    (root / "store.toml").write_text('municipality = "架空市"\nformat = 2\n')
    tree = read_tree(root)
    assert _codes(tree) == [("store.toml", "K111")]
    assert tree.problems[0].line == 2
    assert "store" in tree.records


def test_a_folder_without_store_file(root: Path) -> None:
    (root / "store.toml").unlink()
    assert _codes(read_tree(root)) == [("store.toml", "K112")]


def test_a_file_name_that_is_no_text(root: Path) -> None:
    (root / "meetings").mkdir()
    (Path(os.fsdecode(os.fsencode(root) + b"/meetings/\xff\x1b.toml"))).write_text("a = 1\n")
    (problem,) = read_tree(root).problems
    assert problem.code == "K107"
    assert problem.path.encode().startswith(b"meetings/")
    assert "\x1b" not in problem.path + problem.message


def test_some_paths_are_read_as_in_the_whole(root: Path) -> None:
    (root / "entries/jutaku/b.toml").write_text("title = 1\n")
    whole = read_tree(root)
    some = read_paths(root, ["entries/jutaku/a.toml", "entries/jutaku/b.toml", "entries/x/gone.toml", "README.md"])
    assert set(some.data) == {"entries/jutaku/a", "entries/jutaku/b"}
    assert all(some.data[ref] == whole.data[ref] for ref in some.data)
    assert some.records == {ref: record for ref, record in whole.records.items() if ref in some.data}
    assert some.problems == whole.problems


def test_checks_over_all_records_have_lines(root: Path) -> None:
    text = f'# c\n{ENTRY}outline = "電話 052-123-4567"\nareas = [\n  "honcho",\n]\n'
    (root / "entries/jutaku/b.toml").write_text(text)
    tree = read_tree(root)
    assert isinstance(tree.records[next(ref for ref in tree.records if ref.id == "b")], Entry)
    problems = located(reference_problems(Snapshot(tree.records, tree.broken)), tree.data)
    assert [(problem.code, problem.line) for problem in sorted(problems)] == [("K401", 5), ("K301", 7)]
