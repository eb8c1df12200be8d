"""`mv`, `rm`, `undo`, `fmt`, and that `--dry-run` writes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import HOUSES, LONELY, VISITS, Run, Write
from tests.conftest import Git

MOVED = "entries/jutaku/20261101-aaaaa"


def disk(root: Path) -> dict[str, tuple[int, int, int]]:
    """Every file and folder of a store with its number and its times, git's own too."""
    found = {str(path): path.lstat() for path in [root, *root.rglob("*")]}
    return {path: (each.st_ino, each.st_mtime_ns, each.st_ctime_ns) for path, each in found.items()}


@pytest.mark.parametrize(
    "arguments",
    [
        "new entry title=x kind=データ categories=sumai",
        f"set {VISITS} status=取組中",
        f"mv {VISITS} jutaku",
        f"rm {LONELY}",
        "undo",
        f"restore {LONELY} --at HEAD",
        f"restore {LONELY} --at HEAD --field title",
        "fmt",
    ],
)
def test_a_dry_run_says_what_would_change_and_writes_nothing(
    run: Run, town: Path, write: Write, arguments: str
) -> None:
    write(f"{HOUSES}.toml", 'kind = "取組"\ntitle = "空き家相談窓口"\nstatus = "取組中"\ncategories = ["sumai"]\n')
    before = disk(town)
    told = run(*arguments.split(), "--dry-run")
    assert (told.code, told.err) == (0, "")
    assert told.out
    assert run(*arguments.split(), "--dry-run", "--json").json
    assert disk(town) == before


def test_a_dry_run_of_a_change_shows_the_fields(run: Run) -> None:
    told = run("set", VISITS, "status=取組中", "--dry-run")
    assert "状況: 検討中 → 取組中" in told.out.splitlines()
    assert "書き込んでいません" in told.out
    assert "そのまま" in run("set", VISITS, "status=検討中", "--dry-run").out


def test_mv_moves_the_file_as_it_is(run: Run, town: Path, write: Write, git: Git) -> None:
    text = '# 手書き\nkind = "取組"\ntitle = "見守り訪問"\nstatus = "検討中"\ncategories = ["koreisha"]\n'
    write(f"{VISITS}.toml", text)
    git(town, "commit", "-qam", "手直し")
    told = run("mv", VISITS, "jutaku")
    assert told.code == 0
    assert told.out.splitlines()[-1] == MOVED
    assert (town / f"{MOVED}.toml").read_text(encoding="utf-8") == text
    assert not (town / f"{VISITS}.toml").exists()
    assert git(town, "show", "--format=", "--name-status", "--no-renames").split() == [
        *("A", f"{MOVED}.toml"),
        *("D", f"{VISITS}.toml"),
    ]
    assert run("mv", MOVED, "korei", "--json").json["ref"] == VISITS


def test_what_names_an_entry_by_its_place_follows_it(run: Run, town: Path, git: Git) -> None:
    point = ["new", "finding", "rule=open-issue", f"subjects={LONELY}", "verdict=継続検討", "--json"]
    old = run(*point).json["ref"]
    opinion = f'opinions:=[{{text="急ぐ", refs=["{LONELY}", "{VISITS}"]}}]'
    meeting = run("new", "meeting", "title=会議", "kind=連携会議", opinion, "--json").json["ref"]
    zones = 'zones:=[{id="a", label="団地"}]'
    assert run("new", "image-map", zones, f'placements:=[{{zone="a", ref="{LONELY}"}}]').code == 0
    assert run("set", VISITS, "addresses=20261101-ccccc").code == 0
    before = git(town, "rev-parse", "HEAD^{tree}")
    moved = LONELY.replace("korei", "jutaku")

    told = run("mv", LONELY, "jutaku", "--json").json
    assert told["ref"] == moved
    assert run("check", "--json").json["problems"] == []
    assert run("show", meeting, "--json").json["record"]["opinions"][0]["refs"] == [moved, VISITS]
    settled = [each for each in run("findings", "--json").json["findings"] if each["verdict"]]
    assert [(each["subjects"], each["verdict"]) for each in settled] == [([moved], "継続検討")]
    assert run("show", old).code == 2
    assert git(town, "log", "-1", "--format=%s").strip() == "課題「孤立」を移動（高齢福祉課 → 住宅政策課）"

    assert run("undo").code == 0
    assert git(town, "rev-parse", "HEAD^{tree}") == before


def test_undo_of_a_record_that_others_use_by_now_is_refused(run: Run) -> None:
    assert run("new", "department", "name=新しい課", "--id", "shin").code == 0
    other = "太郎 <t@example.jp>"
    assert run("mv", VISITS, "shin", KYOJU_USER=other).code == 0
    told = run("undo", "--json")
    assert (told.code, told.json["error"]["code"]) == (3, "still-referred")
    assert run("undo", KYOJU_USER=other).code == run("undo").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (f"{VISITS} nowhere", "「nowhere」という部署はありません。"),
        (f"{VISITS} ../korei", "使えません"),
        (f"{VISITS} korei", "同じ部署"),
        (f"{VISITS} common", "部署を決めずに"),
        ("sumai jutaku", "移動できません"),
        ("nothing jutaku", "見つかりません"),
    ],
)
def test_mv_to_where_it_cannot_lie(run: Run, arguments: str, said: str) -> None:
    told = run("mv", *arguments.split(), "--json")
    assert told.code == 2
    assert said in told.json["error"]["message"]


def test_mv_takes_an_entry_whose_reference_dangles(run: Run, write: Write) -> None:
    write(
        f"{LONELY}.toml",
        'title = "孤立"\nkind = "課題"\ncategories = [\n    "koreisha",\n]\nareas = [\n    "gone",\n]\n',
    )
    assert run("mv", LONELY, "jutaku").code == 0


def test_rm_of_what_others_refer_to_is_refused(run: Run, town: Path) -> None:
    for ref in ("sumai", "departments/korei"):
        told = run("rm", ref, "--json")
        assert (told.code, told.json["error"]["code"]) == (3, "still-referred")
        assert "--force" in told.json["error"]["cure"]
        assert run("rm", ref, "--dry-run").code == 3
    assert (town / "categories/sumai.toml").exists()
    assert run("rm", "sumai", "--force").code == 0
    assert not (town / "categories/sumai.toml").exists()
    told = run("check", "--json")
    assert told.code == 1
    assert [(each["path"], each["code"]) for each in told.json["problems"]] == [(f"{HOUSES}.toml", "K301")]


def test_rm_takes_the_file_and_leaves_the_history(run: Run, town: Path, git: Git) -> None:
    assert run("rm", LONELY).code == 0
    assert not (town / f"{LONELY}.toml").exists()
    assert git(town, "status", "--porcelain") == ""
    assert run("rm", LONELY).code == run("show", LONELY).code == 2
    assert [each["action"] for each in run("log", LONELY, "--json").json["commits"]] == ["delete", "create"]


def test_the_store_itself_stays(run: Run, town: Path) -> None:
    assert run("rm", "store", "--force").code == 3
    assert (town / "store.toml").exists()


def test_undo_takes_back_ones_own_saves_one_by_one(run: Run, town: Path, git: Git) -> None:
    before = git(town, "rev-parse", "HEAD^{tree}")
    assert run("set", VISITS, "status=取組中").code == 0
    assert run("set", HOUSES, "note=よその人", KYOJU_USER="太郎 <t@example.jp>").code == 0
    assert run("mv", VISITS, "jutaku").code == 0
    first = run("undo", "--dry-run")
    assert "元に戻す：取組「見守り訪問」を移動" in first.out
    assert "Kyoju-Undoes" in first.out
    assert run("undo").code == run("undo").code == 0
    assert run("show", VISITS, "--json").json["record"]["status"] == "検討中"
    assert run("undo", KYOJU_USER="太郎 <t@example.jp>").code == 0
    assert git(town, "rev-parse", "HEAD^{tree}") == before
    assert [each["action"] for each in run("log", "-n", "3", "--json").json["commits"]] == ["restore"] * 3


def test_who_saves_is_told_before_the_command(run: Run, town: Path, git: Git) -> None:
    assert run("set", VISITS, "note=x", "--as", "花子 <h@example.jp>").code == 2
    assert run("--as", "花子 <h@example.jp>", "set", VISITS, "note=x").code == 0
    assert git(town, "log", "-1", "--format=%an <%ae>").strip() == "花子 <h@example.jp>"
    assert run("--as", "花子", "set", VISITS, "note=y").code == 2


def test_undo_where_there_is_nothing_of_ones_own(run: Run) -> None:
    told = run("undo", "--json", KYOJU_USER="だれか <d@example.jp>")
    assert (told.code, told.json["error"]["code"]) == (2, "unknown-ref")


def test_undo_of_what_somebody_changed_since_is_refused(run: Run) -> None:
    assert run("set", VISITS, "status=取組中").code == 0
    assert run("set", VISITS, "status=終了", KYOJU_USER="太郎 <t@example.jp>").code == 0
    told = run("undo", "--json")
    assert (told.code, told.json["error"]["code"]) == (3, "clash")
    assert run("show", VISITS, "--json").json["record"]["status"] == "終了"


def test_fmt_puts_files_into_canonical_form_in_one_commit(run: Run, town: Path, write: Write, git: Git) -> None:
    canonical = {ref: (town / f"{ref}.toml").read_bytes() for ref in (VISITS, HOUSES)}
    write(f"{VISITS}.toml", 'kind = "取組"\ntitle = "見守り訪問"\nstatus = "検討中"\ncategories = ["koreisha"]\n')
    write(f"{HOUSES}.toml", b"\xef\xbb\xbf" + canonical[HOUSES].replace(b"\n", b"\r\n"))
    git(town, "commit", "-qam", "手直し")
    broken = write("entries/korei/20261102-zzzzz.toml", "x")
    told = run("fmt", "--check", "--json")
    assert told.code == 1
    assert sorted(told.json["files"]) == sorted([f"{HOUSES}.toml", f"{VISITS}.toml"])
    assert told.json["unreadable"] == ["entries/korei/20261102-zzzzz.toml"]
    assert run("fmt").code == 0
    assert {ref: (town / f"{ref}.toml").read_bytes() for ref in (VISITS, HOUSES)} == canonical
    assert git(town, "show", "--format=", "--name-only").split() == [f"{HOUSES}.toml", f"{VISITS}.toml"]
    assert broken.read_bytes() == b"x"
    assert run("fmt", "--check").code == 1
    broken.unlink()
    assert run("fmt", "--check").code == 0


def test_nobody_is_invented(run: Run, town: Path, git: Git) -> None:
    before = git(town, "rev-parse", "HEAD")
    for arguments in (
        f"set {VISITS} status=取組中",
        "new area name=a --id a",
        f"rm {LONELY}",
        f"mv {VISITS} jutaku",
        "undo",
    ):
        told = run(*arguments.split(), "--json", KYOJU_USER="")
        assert (told.code, told.json["error"]["code"]) == (3, "no-identity"), arguments
        assert "--as" in told.json["error"]["cure"]
    assert run("set", VISITS, "status=取組中", "--json", KYOJU_USER="名前だけ").code == 2
    assert git(town, "rev-parse", "HEAD") == before
    assert git(town, "status", "--porcelain") == ""
    for reading in ("list entry", "show sumai", "check", "matrix", "findings", "log", "doctor"):
        assert run(*reading.split(), KYOJU_USER="").code == 0


@pytest.mark.parametrize(
    ("state", "code"),
    [("rebase-merge", "repository-state"), ("MERGE_HEAD", "repository-state"), ("config", "hostile-config")],
)
def test_a_repository_that_is_not_fit_is_read_and_not_written(
    run: Run, town: Path, git: Git, state: str, code: str
) -> None:
    if state == "config":
        git(town, "config", "core.fsmonitor", "touch canary")
    else:
        (town / ".git" / state).write_text(git(town, "rev-parse", "HEAD"))
    for arguments in (f"set {VISITS} status=取組中", f"rm {LONELY}"):
        told = run(*arguments.split(), "--json")
        assert (told.code, told.json["error"]["code"]) == (3, code)
    assert run("list", "entry").code == run("show", VISITS).code == run("matrix").code == run("doctor").code == 0
    assert not (town / "canary").exists()
    assert run("check").code == 1


def test_a_newer_format_opens_read_only(run: Run, write: Write, town: Path) -> None:
    write("store.toml", (town / "store.toml").read_text(encoding="utf-8").replace("format = 1", "format = 2"))
    told = run("set", VISITS, "status=取組中", "--json")
    assert (told.code, told.json["error"]["code"]) == (3, "newer-format")
    assert run("list", "entry").code == 0
    assert "K111" in run("check").out


def test_without_git_a_store_is_read_and_checked(
    run: Run, town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    for arguments in ("list entry", f"show {VISITS}", "matrix", "findings", "doctor"):
        assert run(*arguments.split()).code == 0
    told = run("set", VISITS, "status=取組中", "--json")
    assert (told.code, told.json["error"]["code"]) == (3, "git-unavailable")
    assert run("log").code == 3
    assert (town / f"{VISITS}.toml").exists()
