"""`init`, `demo` and `doctor`: where a store begins, and what surrounds it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kyoju_tui.cli.main import main
from kyoju_tui.workspace.new_store.presets import PRESETS
from tests.cli.conftest import LONELY, VISITS, Run, Write
from tests.conftest import TODAY, Git


@pytest.mark.parametrize("preset", [None, *PRESETS])
def test_init_makes_a_store_in_git(run: Run, tmp_path: Path, git: Git, preset: str | None) -> None:
    more = [] if preset is None else ["--preset", preset]
    told = run("init", tmp_path / "new/town", "--municipality", "試験市", *more, store=None)
    root = tmp_path / "new/town"
    assert told.code == 0
    assert told.out.splitlines() == ["試験市の保管場所を作りました。", str(root)]
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "log", "--format=%s").splitlines() == ["試験市の保管場所を作成"]
    assert git(root, "branch", "--show-current").strip() == "main"
    named = [
        row["ref"].removeprefix("categories/") for row in run("list", "category", "--json", store=root).json["records"]
    ]
    assert sorted(named) == sorted(each[0] for each in PRESETS.get(preset or "", ()))
    assert run("check", store=root).code == 0
    assert run("fmt", "--check", store=root).code == 0


def test_init_into_what_is_not_empty_is_wrong_use(run: Run, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/a").touch()
    for path in (tmp_path / "full", tmp_path / "full/a"):
        for more in ([], ["--dry-run"]):
            assert run("init", path, "--municipality", "試験市", *more, store=None).code == 2
    assert run("init", tmp_path / "x", "--municipality", "", store=None).code == 2
    assert run("init", tmp_path / "x", "--municipality", "改\n行", store=None).code == 2
    assert not (tmp_path / "x").exists()
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["a"]


def test_init_without_an_identity_leaves_nothing_behind(run: Run, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    number = there.stat().st_ino
    for path in (there, tmp_path / "not/there/yet"):
        told = run("init", path, "--municipality", "試験市", "--json", store=None, KYOJU_USER="")
        assert (told.code, told.json["error"]["code"]) == (3, "no-identity")
    assert run("init", there, "--municipality", "試験市", store=None, KYOJU_USER="名前だけ").code == 2
    assert there.stat().st_ino == number
    assert list(there.iterdir()) == []
    assert not (tmp_path / "not").exists()


def test_init_takes_the_identity_that_git_knows(run: Run, tmp_path: Path, home: Path, git: Git) -> None:
    (home / ".gitconfig").write_text("[user]\n\tname = 花子\n\temail = h@example.jp\n")
    assert run("init", tmp_path / "x", "--municipality", "試験市", store=None, KYOJU_USER="").code == 0
    assert git(tmp_path / "x", "log", "--format=%an <%ae>").strip() == "花子 <h@example.jp>"


def test_init_tried_out(run: Run, tmp_path: Path) -> None:
    told = run("init", tmp_path / "x", "--municipality", "試験市", "--preset", "handbook-5", "--dry-run", store=None)
    assert (told.code, "作成します: store.toml" in told.out) == (0, True)
    told = run("init", tmp_path / "x", "--municipality", "試験市", "--dry-run", "--json", store=None, KYOJU_USER="")
    assert told.json["path"] == str(tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_init_where_nothing_can_be_made(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    told = run("init", tmp_path / "file/x", "--municipality", "試験市", "--json", store=None)
    assert (told.code, told.json["error"]["code"]) == (3, "read-only")


def test_demo_needs_nobody_and_opens(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opened: list[Path | None] = []

    def open_screen(store: Path | None, author: str | None) -> int:
        del author
        opened.append(store)
        return 0

    environ = {**os.environ, "KYOJU_TODAY": TODAY}
    assert main(["demo", str(tmp_path / "a")], open_screen, environ) == 0
    assert opened == [tmp_path / "a"]
    assert str(tmp_path / "a") in capsys.readouterr().out
    assert main(["--store", str(tmp_path / "a"), "check"], open_screen, environ) == 0
    assert main(["demo", "--dry-run", str(tmp_path / "b")], open_screen, environ) == 0
    assert main(["demo", "--no-open", str(tmp_path / "a")], open_screen, environ) == 2
    assert opened == [tmp_path / "a"]
    assert not (tmp_path / "b").exists()


def test_demo_without_a_place_finds_one(run: Run, home: Path) -> None:
    told = run("demo", "--dry-run", "--json", store=None, KYOJU_USER="")
    assert told.json == {"schema": 1, "path": str(home / "data/kyoju-tui/demo-20261123"), "opened": False}


def test_doctor_tells_what_is_well(run: Run) -> None:
    told = run("doctor", "--json", TERM="xterm-256color")
    assert list(told.json) == ["schema", "checks"]
    assert all(list(each) == ["name", "ok", "message", "cure", "mending"] for each in told.json["checks"])
    found = {each["name"]: each["ok"] for each in told.json["checks"]}
    assert all(ok for name, ok in found.items() if not name.startswith(("端末の大きさ", "文字コード")))
    assert {"端末の種類", "文字コード", "git", "保管場所", "履歴", "利用者", "書き込み", "途中の記録"} <= found.keys()


def test_doctor_tells_what_is_amiss(run: Run, town: Path, write: Write) -> None:
    write(f"{LONELY}.toml", "title = ")
    (town / ".git/MERGE_HEAD").write_text("x")
    assert run("set", VISITS, "note=x").code == 3
    told = run("doctor", "--json", TERM="dumb", KYOJU_USER="名前だけ")
    assert told.code == 0
    amiss = {each["name"]: each["cure"] for each in told.json["checks"] if not each["ok"]}
    assert {"端末の種類", "記録", "利用者", "リポジトリの状態", "下書き"} <= amiss.keys()
    assert all(amiss.values())
    assert "要確認　記録: " in run("doctor").out


def test_doctor_without_a_store(run: Run, tmp_path: Path) -> None:
    told = run("doctor", "--json", store=tmp_path / "nowhere")
    assert told.code == 0
    assert next(each for each in told.json["checks"] if each["name"] == "保管場所")["ok"] is False
