"""`doctor --install-merge-driver`: into the user's own git settings, line by line; then git itself merges by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import HOUSES, VISITS, Run
from tests.conftest import Git

OPTION = ("doctor", "--install-merge-driver")


def settings(home: Path, git: Git) -> str:
    return git(home, "config", "--global", "--list")


def test_a_dry_run_says_all_and_writes_nothing(run: Run, home: Path) -> None:
    told = run(*OPTION, "--dry-run", store=None)
    assert told.code == 0
    assert "merge.kyoju.driver" in told.out and "entries/*/*.toml merge=kyoju" in told.out
    assert "何も書き込んでいません" in told.out
    assert not (home / ".gitconfig").exists() and not (home / ".config").exists()


def test_it_is_installed_once_and_leaves_other_settings_alone(run: Run, home: Path, git: Git) -> None:
    git(home, "config", "--global", "user.name", "住宅課 担当")
    attributes = home / ".config/git/attributes"
    attributes.parent.mkdir(parents=True)
    attributes.write_text("*.png binary", encoding="utf-8")
    assert run(*OPTION, store=None).code == 0
    first = attributes.read_text(encoding="utf-8")
    assert first.startswith("*.png binary\n# kyoju-tui: begin\n")
    assert "user.name=住宅課 担当" in settings(home, git)
    told = run(*OPTION, store=None)
    assert told.code == 0 and told.out.count("すでに入っています") == 3
    assert attributes.read_text(encoding="utf-8") == first
    assert run(*OPTION, "--json", store=None).json["changes"] == []


def test_an_earlier_driver_gives_way_and_is_named(run: Run, home: Path, git: Git) -> None:
    git(home, "config", "--global", "merge.kyoju.driver", "old %O %A %B")
    own = home / "own attributes"
    git(home, "config", "--global", "core.attributesFile", str(own))
    own.write_text("# kyoju-tui: begin\n*.toml merge=kyoju\n# kyoju-tui: end\n*.svg text\n", encoding="utf-8")
    told = run(*OPTION, store=None)
    assert "－ old %O %A %B" in told.out and "－ *.toml merge=kyoju" in told.out
    kept = own.read_text(encoding="utf-8")
    assert kept.endswith("# kyoju-tui: end\n*.svg text\n") and kept.count("begin") == 1
    assert "*.toml merge=kyoju\n" not in kept.replace("/*.toml", "")
    assert "merge-driver -- %O %A %B %P" in settings(home, git)


def test_what_cannot_be_read_is_refused_in_words(run: Run, home: Path) -> None:
    attributes = home / ".config/git/attributes"
    attributes.parent.mkdir(parents=True)
    attributes.write_bytes(b"\xff\xfe")
    told = run(*OPTION, store=None)
    assert told.code == 3 and "何も変えていません" in told.err
    assert not (home / ".gitconfig").exists()


@pytest.fixture
def both(town: Path, git: Git) -> Path:
    """A store in which two branches changed neighbouring lines of one record, and one of them another record."""
    file, more = town / f"{VISITS}.toml", town / f"{HOUSES}.toml"
    git(town, "switch", "-qC", "other", "main")
    file.write_text(
        file.read_text(encoding="utf-8").replace("検討中", "取組中") + 'outline = "訪ねる"\n', encoding="utf-8"
    )
    git(town, "commit", "-qam", "あちら")
    git(town, "switch", "-q", "main")
    file.write_text(
        file.read_text(encoding="utf-8").replace("見守り訪問", "見守り") + 'section = "係"\n', encoding="utf-8"
    )
    more.write_text(more.read_text(encoding="utf-8") + 'note = "こちら"\n', encoding="utf-8")
    git(town, "commit", "-qam", "こちら")
    return town


@pytest.mark.parametrize("way", ["merge", "rebase"])
def test_git_merges_and_rebases_with_what_was_installed(run: Run, both: Path, git: Git, way: str) -> None:
    without = git(both, "merge-tree", "--write-tree", "main", "other", ok=(1,))
    assert "CONFLICT" in without
    assert run(*OPTION, store=None).code == 0
    arguments = ("merge", "-q", "--no-edit", "other") if way == "merge" else ("rebase", "-q", "other")
    git(both, *arguments)
    text = (both / f"{VISITS}.toml").read_text(encoding="utf-8")
    assert (
        'title = "見守り"' in text and 'section = "係"' in text and 'outline = "訪ねる"' in text and "<<<<" not in text
    )
    assert git(both, "status", "--porcelain") == ""
    assert run("check").code == 0


@pytest.mark.parametrize("way", ["merge", "rebase"])
def test_a_conflict_stops_git_with_one_side_whole_and_words(run: Run, town: Path, git: Git, way: str) -> None:
    assert run(*OPTION, store=None).code == 0
    # A folder above the store, and signs that a shell would take for its own.
    file = town / "meetings/20261101-aaaaa.toml"
    file.parent.mkdir(exist_ok=True)
    odd = town / "控え $(touch x) 'a'" / f"{VISITS}.toml"
    odd.parent.mkdir(parents=True)
    odd.write_text((town / f"{VISITS}.toml").read_text(encoding="utf-8"), encoding="utf-8")
    git(town, "add", "-A")
    git(town, "commit", "-qm", "元")
    git(town, "switch", "-qC", "other", "main")
    odd.write_text(odd.read_text(encoding="utf-8").replace("検討中", "終了"), encoding="utf-8")
    git(town, "commit", "-qam", "あちら")
    git(town, "switch", "-q", "main")
    odd.write_text(odd.read_text(encoding="utf-8").replace("検討中", "取組中"), encoding="utf-8")
    git(town, "commit", "-qam", "こちら")
    arguments = ("merge", "--no-edit", "other") if way == "merge" else ("rebase", "other")
    git(town, *arguments, ok=(1,))
    text = odd.read_text(encoding="utf-8")
    assert "<<<<" not in text
    assert ('status = "取組中"' if way == "merge" else 'status = "終了"') in text
    assert git(town, "diff", "--name-only", "-z", "--diff-filter=U").strip("\0") == f"控え $(touch x) 'a'/{VISITS}.toml"
    assert not (town / "x").exists()
    git(town, way, "--abort")


def test_nothing_in_the_folder_git_runs_in_is_run(run: Run, both: Path, git: Git) -> None:
    assert run(*OPTION, store=None).code == 0
    trap = both / "kyoju_tui"
    trap.mkdir()
    (trap / "__init__.py").write_text("raise SystemExit(9)\n")
    (both / "argparse.py").write_text("raise SystemExit(9)\n")
    git(both, "merge", "-q", "--no-edit", "other")
    assert 'title = "見守り"' in (both / f"{VISITS}.toml").read_text(encoding="utf-8")
