"""`edits`, and `doctor --mend`: files written by hand, and what earlier runs left, from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import HOUSES, LONELY, VISITS, Run, Write
from tests.conftest import STAFF, Git

BROKEN = 'title = "途中\n'


def by_hand(town: Path, ref: str, old: str, new: str) -> bytes:
    file = town / f"{ref}.toml"
    assert old in file.read_text(encoding="utf-8")
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return file.read_bytes()


def test_none(run: Run) -> None:
    assert run("edits", "--json").json == {"schema": 1, "edits": []}
    assert run("edits").out == "記録されていない直接の変更はありません。\n"
    assert run("edits", "record", "--all").code == 0


def test_each_is_told(run: Run, town: Path, write: Write) -> None:
    by_hand(town, VISITS, "検討中", "取組中")
    write(f"{LONELY}.toml", BROKEN)
    told = run("edits")
    assert told.code == 0
    assert f"変更　{VISITS}.toml（" in told.out
    assert "　状況: 検討中 → 取組中\n" in told.out
    assert "　1行目：" in told.out
    found = {each["path"]: each for each in run("edits", "--json").json["edits"]}
    assert list(found[f"{VISITS}.toml"]) == [
        *("path", "ref", "state", "owner", "at", "recordable", "overlooked", "changes", "problems")
    ]
    assert [found[f"{ref}.toml"]["recordable"] for ref in (VISITS, LONELY)] == [True, False]
    assert found[f"{LONELY}.toml"]["problems"][0]["line"] == 1


def test_chosen_ones_are_recorded(run: Run, town: Path, git: Git) -> None:
    by_hand(town, VISITS, "検討中", "取組中")
    by_hand(town, HOUSES, "空き家", "空家")
    head = git(town, "rev-parse", "HEAD")
    told = run("edits", "record", VISITS, "--dry-run")
    assert "状況: 検討中 → 取組中" in told.out
    assert "確認だけ" in told.out
    assert git(town, "rev-parse", "HEAD") == head

    told = run("edits", "record", VISITS, "--json")
    assert told.json["paths"] == [f"{VISITS}.toml"]
    assert told.json["commit"] == git(town, "rev-parse", "HEAD").strip()
    assert git(town, "log", "-1", "--format=%an <%ae>").strip() == STAFF
    assert git(town, "status", "--porcelain").split() == ["M", f"{HOUSES}.toml"]
    assert run("edits", "record", "--all").out == f"記録しました: ファイルの直接編集を記録（{HOUSES}.toml）\n"


def test_a_broken_file_is_refused_with_its_line(run: Run, town: Path, write: Write, git: Git) -> None:
    by_hand(town, VISITS, "検討中", "取組中")
    write(f"{LONELY}.toml", BROKEN)
    for dry in ((), ("--dry-run",)):
        told = run("edits", "record", "--all", *dry)
        assert told.code == 3
        assert "1行目" in told.err
    assert len(git(town, "status", "--porcelain").splitlines()) == 2


def test_a_deletion_that_others_depend_on_needs_force(run: Run, town: Path, git: Git) -> None:
    (town / "categories/koreisha.toml").unlink()
    told = run("edits", "record", "categories/koreisha", "--json")
    assert (told.code, told.json["error"]["code"]) == (3, "still-referred")
    assert run("edits", "record", "categories/koreisha", "--force").code == 0
    assert git(town, "show", "--format=", "--name-status").split() == ["D", "categories/koreisha.toml"]


def test_files_are_put_back_with_a_copy(run: Run, town: Path, write: Write, git: Git) -> None:
    written = by_hand(town, VISITS, "検討中", "取組中")
    write(f"{LONELY}.toml", BROKEN)
    assert "確認だけ" in run("edits", "restore", "--all", "--dry-run").out
    assert (town / f"{VISITS}.toml").read_bytes() == written
    told = run("edits", "restore", VISITS, LONELY, "--json", KYOJU_USER="")
    assert told.json["paths"] == [f"{VISITS}.toml", f"{LONELY}.toml"]
    assert (Path(told.json["kept"]) / f"{VISITS}.toml").read_bytes() == written
    assert git(town, "status", "--porcelain") == ""


def test_wrong_use(run: Run, town: Path) -> None:
    by_hand(town, VISITS, "検討中", "取組中")
    for arguments in (
        ("edits", "record"),
        ("edits", "restore"),
        ("edits", "record", VISITS, "--all"),
        ("edits", "commit", VISITS),
        ("edits", "list", VISITS),
        ("edits", "restore", HOUSES),
        ("edits", "record", "../../etc/passwd"),
    ):
        assert run(*arguments).code == 2, arguments


def test_doctor_mends_only_when_asked(run: Run, town: Path, git: Git) -> None:
    git(town, "update-index", "--assume-unchanged", f"{VISITS}.toml")
    for arguments in (("doctor",), ("doctor", "--mend", "--dry-run")):
        told = run(*arguments)
        assert told.code == 0
        assert "要確認　見落としの印: " in told.out
        assert "--mend で: 1件の印を外します" in told.out
    assert git(town, "ls-files", "-v", f"{VISITS}.toml").startswith("h ")

    told = run("doctor", "--mend")
    assert "直しました　見落としの印: 1件の印を外します" in told.out
    assert git(town, "ls-files", "-v", f"{VISITS}.toml").startswith("H ")
    assert run("doctor", "--mend", "--json").json["mended"] == []
