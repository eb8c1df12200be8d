"""`list` and `show`: records for people and for programs, and what cannot be read among them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import HOUSES, LONELY, VISITS, Run, Write
from tests.conftest import STAFF, Git

BROKEN = "entries/korei/20261102-zzzzz"


def test_list_shows_the_columns_of_a_kind(run: Run) -> None:
    told = run("list", "entry")
    head, *lines, count = told.out.splitlines()
    assert head.split() == ["REF", "件名", "種別", "状況", "カテゴリー", "時点", "所管課の確認"]
    assert [line.split()[0] for line in lines] == [HOUSES, VISITS, LONELY]
    assert lines[1].split() == [VISITS, "見守り訪問", "取組", "検討中", "高齢者"]
    assert count == "取組・課題 3件"
    assert (told.code, told.err) == (0, "")


def test_list_for_programs(run: Run) -> None:
    told = run("list", "entry", "--json")
    assert told.json["kind"] == "entry"
    assert told.json["records"][1] == {
        "ref": VISITS,
        "title": "見守り訪問",
        "kind": "取組",
        "status": "検討中",
        "categories": ["koreisha"],
    }
    assert "見守り訪問" in told.out
    assert run("list", "survey", "--json").json["records"] == []
    assert [row["ref"] for row in run("list", "store", "--json").json["records"]] == ["store"]


@pytest.mark.parametrize("ref", [VISITS, f"{VISITS}.toml", "20261101-aaaaa"])
def test_a_record_is_named_by_its_place_or_by_its_id(run: Run, ref: str) -> None:
    assert run("show", ref, "--json").json["ref"] == VISITS


def test_an_id_of_two_kinds_is_no_name(run: Run) -> None:
    assert run("new", "department", "name=住まい推進課", "--id", "sumai").code == 0
    told = run("show", "sumai", "--json")
    assert (told.code, told.json["error"]["code"]) == (2, "unknown-ref")
    assert all(ref in told.json["error"]["cure"] for ref in ("categories/sumai", "departments/sumai"))
    assert run("show", "departments/sumai").code == 0
    assert run("set", "sumai", "name=x").code == run("rm", "sumai").code == run("log", "sumai").code == 2


def test_show_for_programs(run: Run, git: Git, town: Path) -> None:
    told = run("show", VISITS, "--json").json
    assert list(told) == ["schema", "ref", "kind", "record", "problems", "last_change"]
    assert (told["kind"], told["problems"]) == ("entry", [])
    assert told["record"] == {"title": "見守り訪問", "kind": "取組", "status": "検討中", "categories": ["koreisha"]}
    commit = git(town, "log", "-1", "--format=%H", "--", f"{VISITS}.toml").strip()
    assert told["last_change"]["commit"] == commit
    assert list(told["last_change"]) == ["commit", "at", "author"]
    assert told["last_change"]["author"] == STAFF.partition(" <")[0]


def test_show_for_people_tells_every_row_of_a_table(run: Run, write: Write) -> None:
    text = 'outline = """\n一行目\n二行目\n"""\n[[results]]\nfiscal_year = 2025\ntext = "延べ120件"\n'
    write(
        f"{VISITS}.toml", (f'title = "見守り訪問"\nkind = "取組"\nstatus = "検討中"\ncategories = ["koreisha"]\n{text}')
    )
    lines = run("show", VISITS).out.splitlines()
    assert lines[0] == f"取組・課題　{VISITS}"
    assert "概要: 一行目" in lines
    assert "　　二行目" in lines
    assert any(line.startswith("　　・") and "延べ120件" in line for line in lines)
    assert any(line.startswith("最終更新: 令和") for line in lines)


def test_a_record_that_cannot_be_read_is_shown_with_its_problems(run: Run, write: Write) -> None:
    write(f"{BROKEN}.toml", 'title = "閉じない\n')
    told = run("show", BROKEN, "--json")
    assert (told.code, told.json["record"], told.json["last_change"]) == (0, {}, None)
    problem = told.json["problems"][0]
    assert (problem["path"], problem["line"], problem["code"], problem["severity"]) == (
        f"{BROKEN}.toml",
        1,
        "K101",
        "error",
    )
    assert list(problem) == ["path", "line", "column", "code", "severity", "message", "cure"]
    people = run("show", BROKEN)
    assert people.code == 0
    assert "1行目: " in people.out


def test_what_cannot_be_read_hides_nothing_else_and_is_warned_about(run: Run, write: Write) -> None:
    write(f"{BROKEN}.toml", "\x00")
    for command in ("list entry", "show 20261101-aaaaa", "matrix", "findings", "log", "doctor"):
        told = run(*command.split())
        assert told.code == 0
        assert f"注意: {BROKEN}.toml:1: " in told.err
        assert BROKEN not in told.out
    told = run("list", "entry", "--json")
    assert [row["ref"] for row in told.json["records"]] == [HOUSES, VISITS, LONELY]
    assert BROKEN in told.err


def test_a_broken_record_is_never_changed_and_its_id_stays_taken(run: Run, write: Write) -> None:
    file = write(f"{BROKEN}.toml", "title = ")
    before = file.read_bytes()
    for command in (f"set {BROKEN} title=x", f"mv {BROKEN} jutaku", f"set {BROKEN} title=x --dry-run"):
        told = run(*command.split(), "--json")
        assert (told.code, told.json["error"]["code"]) == (3, "broken-record")
    new = ["new", "entry", "--id", "20261102-zzzzz", "department=jutaku", "title=x", "kind=課題", "categories=sumai"]
    assert run(*new).code == 2
    assert file.read_bytes() == before
    assert run("set", VISITS, "status=取組中").code == 0
    assert run("fmt").code == 0
    assert file.read_bytes() == before


def test_no_text_of_a_file_steers_the_terminal(run: Run, write: Write, git: Git, town: Path) -> None:
    hostile = "赤\x1b[31m\x07\u202e"
    write("entries/korei/20261103-ccccc.toml", f'title = "{hostile}"\n')
    write("entries/korei/20261103-ddddd.toml", 'title = "\\u001b[31m"\nkind = "課題"\ncategories = ["koreisha"]\n')
    write(
        "entries/korei/20261103-eeeee.toml", 'title = "x"\nkind = "課題"\ncategories = ["koreisha"]\n"a\\u001b" = 1\n'
    )
    write(f"entries/korei/{hostile}.toml", "x")
    git(town, "add", "-A")
    git(town, "-c", "user.name=\x1b[31m悪い", "commit", "-qm", f"件名{hostile}")
    for command in ("list entry", "check", "log", "matrix", "findings", "doctor", "fmt --check"):
        told = run(*command.split())
        assert not set("\x1b\x07\u202e") & set(told.out + told.err), command
    for ref in ("20261103-ccccc", "20261103-ddddd", "20261103-eeeee", f"x{hostile}"):
        told = run("show", ref)
        assert not set("\x1b\x07\u202e") & set(told.out + told.err), ref
    assert "\x1b" not in run("check", "--json").out
