"""`merge-driver`: three versions of a record into one, field by field, or OURS as it was."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import VISITS, Ran, Run
from tests.conftest import STAFF, Git

BASE = 'title = "見守り訪問"\nkind = "取組"\nstatus = "検討中"\ncategories = [\n    "koreisha",\n]\n'
Drive = Callable[..., Ran]


@pytest.fixture
def drive(run: Run, tmp_path: Path) -> Drive:
    """The driver on three versions, without any store."""

    def on(base: str | bytes, ours: str | bytes, theirs: str | bytes, *more: str) -> Ran:
        for name, content in (("base", base), ("ours", ours), ("theirs", theirs)):
            (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return run("merge-driver", *(tmp_path / name for name in ("base", "ours", "theirs")), *more, store=None)

    return on


@pytest.mark.parametrize("path", [f"{VISITS}.toml", f"town/office/store/{VISITS}.toml", ""])
def test_changes_of_different_fields_are_both_kept(drive: Drive, tmp_path: Path, path: str) -> None:
    ours = "# 手書き\n" + BASE.replace("検討中", "取組中")
    theirs = BASE.replace('"koreisha",\n', '"koreisha",\n    "sumai",\n')
    (tmp_path / "ours").touch(mode=0o640)
    told = drive(BASE, ours, theirs, *([path] if path else []))
    assert (told.code, told.out, told.err) == (0, "", "")
    assert (tmp_path / "ours").read_text(encoding="utf-8") == ours.replace(
        '"koreisha",\n', '"koreisha",\n    "sumai",\n'
    )
    assert stat.S_IMODE((tmp_path / "ours").stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["base", "ours", "theirs"]


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "said"),
    [
        (BASE, BASE.replace("検討中", "取組中"), BASE.replace("検討中", "終了"), "状況"),
        (BASE, BASE.replace("訪問", "巡回"), BASE.replace("訪問", "電話").replace("検討中", "終了"), "件名"),
        ("", BASE.replace("訪問", "巡回"), BASE, "件名"),
        (BASE, "title = ", BASE, "値として読めません"),
        (BASE, BASE, b"\xff\xfe", "UTF-16"),
        (BASE, BASE.replace("検討中", "取組中"), "<<<<<<< ours\n", "読めません"),
        # Each change is sound alone; together they break a rule between fields.
        (
            BASE,
            BASE + "since = 2026-04-01\n",
            BASE + "until = 2026-03-01\n",
            "終了予定が開始より前",
        ),
    ],
)
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_what_cannot_be_decided_leaves_ours_as_it_was(
    drive: Drive, tmp_path: Path, base: str, ours: str, theirs: str | bytes, said: str, more: tuple[str, ...]
) -> None:
    told = drive(base, ours, theirs, f"{VISITS}.toml", *more)
    assert told.code == 1
    assert said in told.err
    assert (tmp_path / "ours").read_bytes() == ours.encode()
    if more:
        assert [list(each) for each in told.json["conflicts"]] == [["field", "label"]]


def test_comments_of_both_sides_are_kept(drive: Drive, tmp_path: Path) -> None:
    ours = "# こちらの覚え書き\n" + BASE.replace("検討中", "取組中")
    theirs = BASE.replace("kind", "# あちらの覚え書き\nkind")
    assert drive(BASE, ours, theirs, f"{VISITS}.toml").code == 0
    merged = (tmp_path / "ours").read_text(encoding="utf-8")
    assert merged == ours.replace("kind", "# あちらの覚え書き\nkind")


def test_both_added_the_same(drive: Drive, tmp_path: Path) -> None:
    assert drive("", BASE, BASE, f"{VISITS}.toml").code == 0
    assert (tmp_path / "ours").read_text(encoding="utf-8") == BASE


def test_only_one_side_changed(drive: Drive, tmp_path: Path) -> None:
    theirs = BASE.replace("検討中", "終了")
    assert drive(BASE, BASE, theirs, f"{VISITS}.toml").code == 0
    assert (tmp_path / "ours").read_text(encoding="utf-8") == theirs
    assert drive(BASE, theirs, BASE, f"{VISITS}.toml", "--dry-run").code == 0
    assert (tmp_path / "ours").read_text(encoding="utf-8") == theirs


def test_what_both_sides_did_is_said_and_nothing_is_marked(drive: Drive, tmp_path: Path) -> None:
    ours = BASE.replace("検討中", "取組中")
    told = drive(BASE, ours, BASE.replace("検討中", "終了"), f"{VISITS}.toml")
    assert told.code == 1
    assert told.err.splitlines() == [
        f"食い違い: {VISITS}.toml を項目ごとに合わせられません。こちらの版のままです。",
        "  状況：こちらの版は「取組中」に変え、あちらの版は「終了」に変えました。",
    ]
    for name in ("base", "ours", "theirs"):
        assert b"<<<<" not in (tmp_path / name).read_bytes()


def test_a_record_that_one_side_emptied_is_no_deleted_one(drive: Drive, tmp_path: Path) -> None:
    base = 'leader = "x"\n'
    assert drive(base, base, "", "unknown/a.toml").code == 0
    assert (tmp_path / "ours").read_bytes() == b""
    told = drive(base, "", 'leader = "y"\n', "unknown/a.toml")
    assert told.code == 1 and "空にし" in told.err
    assert (tmp_path / "ours").read_bytes() == b""


def test_an_executable_or_linked_file_keeps_what_it_is(drive: Drive, tmp_path: Path) -> None:
    (tmp_path / "ours").touch(mode=0o755)
    (tmp_path / "ours").chmod(0o755)
    theirs = BASE.replace("検討中", "終了")
    assert drive(BASE, BASE + 'note = "x"\n', theirs, f"{VISITS}.toml").code == 0
    assert stat.S_IMODE((tmp_path / "ours").stat().st_mode) == 0o755


def test_control_codes_in_a_version_never_reach_the_terminal(drive: Drive) -> None:
    told = drive('x = "a"\n', 'x = "\\u001b]52;c;YQ==\\u0007"\n', 'x = "\\u202eb"\n', "--", "a\x1b[2J.toml")
    assert told.code == 1
    assert "\x1b" not in told.err and "\u202e" not in told.err


def test_a_file_that_is_not_there_is_wrong_use(run: Run, tmp_path: Path) -> None:
    told = run("merge-driver", *(tmp_path / name for name in "abc"), "--json", store=None)
    assert (told.code, told.json["error"]["code"]) == (2, "wrong-use")


def test_git_merges_with_it(run: Run, town: Path, git: Git) -> None:
    """As an administrator sets it up who merges by hand."""
    git(town, "config", "merge.kyoju.driver", f"{sys.executable} -m kyoju_tui merge-driver %O %A %B %P")
    (town / ".git/info").mkdir(exist_ok=True)
    (town / ".git/info/attributes").write_text("*.toml merge=kyoju\n")
    file = town / f"{VISITS}.toml"

    def both(ours: str, theirs: str) -> None:
        git(town, "switch", "-qC", "other", "main")
        file.write_text(theirs, encoding="utf-8")
        git(town, "commit", "-qam", "theirs")
        git(town, "switch", "-q", "main")
        file.write_text(ours, encoding="utf-8")
        git(town, "commit", "-qam", "ours")

    # Neighbouring lines, over which git's own merge would stumble.
    both(BASE.replace("見守り訪問", "見守り"), BASE.replace("検討中", "取組中"))
    git(town, "merge", "-q", "--no-edit", "other")
    merged = BASE.replace("見守り訪問", "見守り").replace("検討中", "取組中")
    assert file.read_text(encoding="utf-8") == merged

    ours = merged.replace("見守り", "声かけ")
    both(ours, merged.replace("見守り", "電話"))
    git(town, "merge", "-q", "--no-edit", "other", ok=(1,))
    assert file.read_text(encoding="utf-8") == ours
    assert git(town, "diff", "--name-only", "--diff-filter=U").split() == [f"{VISITS}.toml"]
    git(town, "merge", "--abort")
    git(town, "config", "--unset", "merge.kyoju.driver")
    (town / ".git/info/attributes").unlink()
    assert run("set", VISITS, "note=x", KYOJU_USER=STAFF).code == 0
