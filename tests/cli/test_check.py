"""`check`: every problem of every file in one run, each with its place, its sentence and its cure; nothing written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import HOUSES, LONELY, VISITS, Run, Write
from tests.conftest import Git

E = "entries/korei"
GOOD = 'title = "よい"\nkind = "課題"\ncategories = ["koreisha"]\n'
# File, what it holds, and what is to be found there: code and line.
CASES: list[tuple[str, str | bytes, list[tuple[str, int]]]] = [
    (f"{E}/a-syntax.toml", 'title = "x"\nkind = 課題\n', [("K101", 2)]),
    (f"{E}/b-unclosed.toml", 'title = "x\n', [("K101", 1)]),
    (
        f"{E}/c-types.toml",
        'title = 5\nkind = "施策"\ncategories = "koreisha"\n',
        [("K201", 1), ("K201", 2), ("K201", 3)],
    ),
    (f"{E}/d-missing.toml", "note = 'x'\n", [("K202", 1), ("K202", 1), ("K202", 1)]),
    (f"{E}/e-unknown-key.toml", GOOD + "stauts = 1\n", [("K203", 4)]),
    (f"{E}/f-between.toml", GOOD + 'status = "検討中"\n', [("K207", 1)]),
    (f"{E}/g-dangling.toml", GOOD + 'areas = [\n  "honcho",\n  "nowhere",\n]\n', [("K301", 5), ("K301", 6)]),
    (f"{E}/h-long.toml", GOOD + f'outline = "{"長" * 20_001}"\n', [("K205", 4)]),
    (f"{E}/i-control.toml", GOOD + 'outline = "\\u001b[31m"\n', [("K204", 4)]),
    (f"{E}/j-raw-control.toml", GOOD.encode() + b'outline = "\x1b[31m"\n', [("K204", 4)]),
    (f"{E}/k-bytes.toml", GOOD.encode() + b'outline = "\xff\xff"\n', [("K102", 4)]),
    (f"{E}/l-cp932.toml", GOOD.encode("cp932"), [("K102", 1)]),
    (f"{E}/m-bom.toml", b"\xef\xbb\xbf" + GOOD.encode(), [("K103", 1)]),
    (f"{E}/n-crlf.toml", GOOD.replace("\n", "\r\n"), [("K104", 1)]),
    (f"{E}/o-large.toml", GOOD + "#" * 300 * 1024, [("K105", 1)]),
    (f"{E}/p-bomb.toml", "a" + ".a" * 20_000 + " = 1\n", [("K109", 1)]),
    (f"{E}/q-nan.toml", GOOD + "budget_thousand_yen = nan\n", [("K201", 4)]),
    (f"{E}/q-endless.toml", f"{GOOD}budget_thousand_yen = {'9' * 5000}\n", [("K201", 4)]),
    (f"{E}/r-deep.toml", GOOD + "x = " + "[" * 5000 + "]" * 5000 + "\n", [("K109", 4)]),
    (f"{E}/s-twice.toml", GOOD + 'title = "x"\n', [("K101", 4)]),
    (f"{E}/t-mail.toml", GOOD + 'outline = "a.b@example.jp 090-1234-5678"\n', [("K401", 4), ("K402", 4)]),
    (f"{E}/u-nfd.toml", 'title = "か\u3099"\nkind = "課題"\ncategories = ["koreisha"]\n', [("K206", 1)]),
    (f"{E}/v-empty.toml", "", [("K202", 1), ("K202", 1), ("K202", 1)]),
    (f"{E}/Wrong_Name.toml", GOOD, [("K107", 0)]),
    (f"{E}/x-text.txt", "x", [("K108", 0)]),
    ("entries/stray.toml", GOOD, [("K108", 0)]),
    ("entries/nowhere/20261101-nnnnn.toml", GOOD, [("K301", 1)]),
    ("entries/common/20261101-ooooo.toml", GOOD, [("K207", 2)]),
    ("initiatives/20261101-ppppp.toml", GOOD, [("K108", 0)]),
    ("another.toml", GOOD, [("K108", 0)]),
    ("categories/retired.toml", 'name = "旧"\nretired = true\n', []),
    (f"{E}/y-retired.toml", 'title = "x"\nkind = "課題"\ncategories = ["retired"]\n', [("K302", 3)]),
    ("entries/jutaku/20261101-aaaaa.toml", GOOD, [("K110", 0)]),
    (f"{VISITS}.toml", GOOD, [("K110", 0)]),
]


def fill(write: Write) -> None:
    for path, content, _ in CASES:
        write(path, content)


def without_git(problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for each in problems if each["code"] != "K501"]


def test_every_problem_of_every_file_in_one_run(run: Run, write: Write, town: Path) -> None:
    fill(write)
    (town / E / "z-link.toml").symlink_to("/etc/passwd")
    (town / "meetings").symlink_to("/etc")
    told = run("check", "--json")
    assert (told.code, told.err) == (1, "")
    assert list(told.json) == ["schema", "problems", "records"]
    problems = without_git(told.json["problems"])
    found = {path: [(each["code"], each["line"]) for each in problems if each["path"] == path] for path, _, _ in CASES}
    assert found == {path: wanted for path, _, wanted in CASES}
    links = [(each["path"], each["code"]) for each in problems if each["code"] == "K106"]
    assert links == [(f"{E}/z-link.toml", "K106"), ("meetings", "K106")]
    assert {each["path"] for each in problems} == {path for path, _, wanted in CASES if wanted} | {
        f"{E}/z-link.toml",
        "meetings",
    }
    for each in problems:
        assert each["message"].endswith("。"), each
        assert each["cure"].endswith("。"), each
        assert each["column"] >= 1 or each["line"] == 0, each
        assert list(each) == ["path", "line", "column", "code", "severity", "message", "cure"]


def test_for_people_a_line_begins_with_its_place(run: Run, write: Write) -> None:
    fill(write)
    told = run("check")
    assert told.code == 1
    lines = told.out.splitlines()
    assert f"{E}/a-syntax.toml:2: K101: 値として読めません。" in lines
    assert f"{E}/e-unknown-key.toml:4: K203: 「stauts」という項目はありません。" in lines
    assert lines[-1].startswith("記録")
    assert all(line.startswith(("　→ ", "記録")) or ": K" in line for line in lines)


def test_the_rest_of_the_store_goes_on_working(run: Run, write: Write) -> None:
    fill(write)
    assert run("set", HOUSES, "note=続ける").code == 0
    assert run("new", "entry", "title=x", "kind=データ", "categories=sumai").code == 0
    refs = [row["ref"] for row in run("list", "entry", "--json").json["records"]]
    assert {HOUSES, LONELY, f"{E}/m-bom", f"{E}/n-crlf", f"{E}/e-unknown-key"} <= set(refs)
    assert run("matrix").code == run("findings").code == 0


def test_warnings_alone_are_no_failure(run: Run, write: Write) -> None:
    write(f"{LONELY}.toml", GOOD + "stauts = 1\n")
    told = run("check", "--json")
    assert told.code == 0
    assert [(each["code"], each["severity"]) for each in told.json["problems"]] == [
        ("K501", "warning"),
        ("K203", "warning"),
    ]


def test_a_sound_store_has_no_problem(run: Run) -> None:
    told = run("check", "--json")
    assert (told.code, told.json["problems"], told.json["records"]) == (0, [], 11)


def test_nothing_is_written(run: Run, write: Write, town: Path, git: Git) -> None:
    fill(write)
    status = git(town, "status", "--porcelain")

    def disk() -> dict[Path, tuple[int, int, int]]:
        found = {path: path.lstat() for path in [town, *town.rglob("*")]}
        return {path: (each.st_ino, each.st_mtime_ns, each.st_ctime_ns) for path, each in found.items()}

    before = disk()
    assert run("check").code == run("check", "--since", "HEAD").code == 1
    assert run("check", "--staged").code == 0
    assert disk() == before
    assert git(town, "status", "--porcelain") == status


def test_reading_leaves_no_trace_on_the_files(run: Run, write: Write, town: Path, tmp_path: Path) -> None:
    fill(write)
    # git reads files of its own accord.
    (town / ".git").rename(tmp_path / "away")
    everything = [town, *town.rglob("*")]
    for path in everything:
        os.utime(path, ns=(1_000_000_000, path.lstat().st_mtime_ns))
    assert run("check").code == 1
    assert run("list", "entry").code == 0
    # Listing the folders here comes after looking at them.
    assert [path for path in everything if path.lstat().st_atime_ns != 1_000_000_000] == []


def test_a_newer_format_and_a_missing_one(run: Run, write: Write) -> None:
    write("store.toml", 'format = 9\nmunicipality = "市"\n')
    told = run("check", "--json")
    assert told.code == 1
    assert ("store.toml", "K111", 1) in [(each["path"], each["code"], each["line"]) for each in told.json["problems"]]
    write("store.toml", "format = ")
    told = run("check", "--json")
    assert told.code == 1
    assert ("store.toml", "K101", 1) in [(each["path"], each["code"], each["line"]) for each in told.json["problems"]]
    assert run("list", "entry").code == 0
    assert run("matrix").code == run("findings").code == 0


def test_staged_looks_at_what_the_next_commit_would_hold(run: Run, write: Write, town: Path, git: Git) -> None:
    write(f"{LONELY}.toml", "title = ")
    assert run("check", "--staged").code == 0
    git(town, "add", "-A")
    write(f"{LONELY}.toml", GOOD)
    told = run("check", "--staged", "--json")
    assert told.code == 1
    assert [(each["path"], each["code"]) for each in told.json["problems"]] == [(f"{LONELY}.toml", "K101")]
    assert run("check").code == 0


def test_staged_finds_what_no_single_file_shows(run: Run, write: Write, town: Path, git: Git) -> None:
    write("entries/jutaku/20261101-aaaaa.toml", GOOD)
    (town / E / "20261101-lllll.toml").symlink_to("/etc/passwd")
    git(town, "add", "-A")
    told = run("check", "--staged", "--json").json["problems"]
    assert {(each["path"], each["code"]) for each in told} == {
        ("entries/jutaku/20261101-aaaaa.toml", "K110"),
        (f"{VISITS}.toml", "K110"),
        (f"{E}/20261101-lllll.toml", "K106"),
    }


def test_staged_respects_the_index_of_a_hook(run: Run, write: Write, town: Path, git: Git, tmp_path: Path) -> None:
    other = tmp_path / "index"
    other.write_bytes((town / ".git/index").read_bytes())
    write(f"{LONELY}.toml", "title = ")
    git(town, "add", "-A")
    assert run("check", "--staged").code == 1
    assert run("check", "--staged", GIT_INDEX_FILE=str(other)).code == 0


def test_since_lists_what_changed_from_then_on(run: Run, write: Write, town: Path, git: Git) -> None:
    write(f"{LONELY}.toml", "title = ")
    git(town, "commit", "-qam", "こわす")
    write(f"{HOUSES}.toml", "title = ")
    write(f"{E}/20261109-nnnnn.toml", "title = ")

    def found(revision: str) -> set[str]:
        return {each["path"] for each in run("check", "--since", revision, "--json").json["problems"]}

    changed = {f"{HOUSES}.toml", f"{E}/20261109-nnnnn.toml"}
    assert found("HEAD") == changed
    assert found("HEAD~1") == changed | {f"{LONELY}.toml"}
    told = run("check", "--since", "nothing", "--json")
    assert (told.code, told.json["error"]["code"]) == (2, "unknown-ref")
    assert run("check", "--since", "--all").code == 2


def test_the_state_of_the_repository_is_told(run: Run, town: Path, write: Write, tmp_path: Path) -> None:
    write(f"{LONELY}.toml", GOOD)
    assert [each["code"] for each in run("check", "--json").json["problems"]] == ["K501"]
    (town / ".git/MERGE_HEAD").write_text("x")
    told = run("check", "--json")
    assert (told.code, [each["code"] for each in told.json["problems"]]) == (1, ["K503", "K501"])
    (town / ".git").rename(tmp_path / "away")
    told = run("check", "--json")
    assert (told.code, [each["code"] for each in told.json["problems"]]) == (0, ["K504"])
    assert run("check", "--staged").code == 3


def test_somebodys_save_of_this_moment_is_no_problem(run: Run, town: Path) -> None:
    lock = town / ".git/index.lock"
    lock.touch()
    assert run("check", "--json").json["problems"] == []
    assert run("check", "--staged").code == 0
    os.utime(lock, (1_000_000_000, 1_000_000_000))
    assert [each["code"] for each in run("check", "--json").json["problems"]] == ["K503"]


@pytest.mark.parametrize("name", ["caf\udce9.toml", "改行\n.toml", "a b.toml", "-rf.toml"])
def test_names_of_every_sort_are_told(run: Run, write: Write, name: str) -> None:
    write(f"{E}/{name}", GOOD)
    for more in ([], ["--json"]):
        told = run("check", *more)
        assert told.code == 1
        assert "K107" in told.out
        assert "K107" in run("check", "--since", "HEAD", *more).out
