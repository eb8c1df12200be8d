"""What stands where on a command line, and what is said of one that is wrong."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from kyoju_tui.cli.main import COMMANDS, main
from tests.cli.conftest import VISITS, Run

ENGLISH = re.compile(r"usage|options|positional|argument|required|invalid|unrecognized|expected|choose|show this")


def test_without_a_command_the_screen_opens_on_what_was_told(town: Path) -> None:
    told: list[tuple[Path | None, str | None]] = []

    def open_screen(store: Path | None, author: str | None) -> int:
        told.append((store, author))
        return 7

    assert main(["--store", str(town), "--as", "花子 <h@example.jp>"], open_screen) == 7
    assert main([], open_screen) == 7
    assert told == [(town, "花子 <h@example.jp>"), (None, None)]


@pytest.mark.parametrize("arguments", [["--help"], *([word, "--help"] for word in COMMANDS), ["-h"], ["set", "-h"]])
def test_the_help_is_in_japanese(run: Run, arguments: list[str]) -> None:
    told = run(*arguments, store=None)
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("使い方: kyoju-tui ")
    assert not ENGLISH.search(told.out)
    assert all(word in run("--help").out for word in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "said", "cure"),
    [
        ("foo", "「foo」というコマンドはありません。", "merge-driver"),
        ("list", "「KIND」が足りません。", "--help"),
        ("set x", "「KEY=VALUE」が足りません。", "--help"),
        ("list entry more", "「more」は余分か、使えない指定です。", "--help"),
        ("list entry --store x", "「--store x」は余分か、使えない指定です。", "コマンドの前に"),
        ("--json list entry", "「--json」は余分か、使えない指定です。", "コマンドの後に"),
        ("list entry --dry-run", "「--dry-run」は余分か、使えない指定です。", "受け取るコマンド"),
        (
            "init x --municipality 市 --preset y",
            "「--preset」に「y」は選べません。",
            "handbook-7、handbook-5、danchi-9",
        ),
        ("findings --kind 課題", "「--kind」に「課題」は選べません。", "論点、確認事項"),
        ("log -n", "「-n/--limit」の値がありません。", "--help"),
        ("log -n 0", "「-n/--limit」：整数（1以上）で指定してください。", "--help"),
        ("log -n x", "「-n/--limit」：整数（1以上）で指定してください。", "--help"),
        ("undo --json=1", "「--json」に値（1）は付けられません。", "--help"),
        ("findings --op", "「--op」は余分か、使えない指定です。", "--help"),
        ("list unknown", "「unknown」という種類はありません。", "image-map"),
    ],
)
def test_a_wrong_command_line_is_said_in_japanese(run: Run, arguments: str, said: str, cure: str) -> None:
    told = run(*arguments.split())
    if "--json" in arguments.split():
        assert (told.json["error"]["message"], told.err) == (said, "")
        assert cure in told.json["error"]["cure"]
    else:
        assert told.err.splitlines()[0] == said
        assert cure in told.err
        assert told.out == ""
    assert told.code == 2
    assert not ENGLISH.search(told.err)


@pytest.mark.parametrize(
    "arguments", [["list", "--json"], ["list", "nothing", "--json"], ["show", "nothing", "--json"], ["--json"]]
)
def test_errors_for_programs_stand_on_standard_output(run: Run, arguments: list[str]) -> None:
    told = run(*arguments)
    assert (told.code, told.err) == (2, "")
    assert list(told.json) == ["schema", "error"]
    assert list(told.json["error"]) == ["code", "message", "cure"]
    assert told.json["error"]["code"] in ("wrong-use", "unknown-ref")


def test_where_no_store_is_found_it_is_said(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for command in ("list entry", "check", "matrix", "log", "undo", "fmt", "new entry title=x kind=課題 categories=a"):
        told = run(*command.split(), "--json", store=None)
        assert (told.code, told.json["error"]["code"]) == (2, "store-not-found")
        assert "init" in told.json["error"]["cure"]
    assert "ありません" in run("list", "entry", store=tmp_path / "nowhere").err
    assert run("check", store=None, KYOJU_STORE=str(tmp_path / "nowhere")).code == 2


def test_the_store_is_named_or_found_upwards(run: Run, town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(town.parent)
    assert run("list", "entry", store=None, KYOJU_STORE=str(town)).code == 0
    monkeypatch.chdir(town / "entries" / "korei")
    assert VISITS in run("list", "entry", store=None).out
    assert run("list", "entry", store=Path("nowhere"), KYOJU_STORE=str(town)).code == 2


def test_a_store_may_be_called_like_a_command(run: Run, town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    town.rename(town.parent / "demo")
    monkeypatch.chdir(town.parent)
    assert VISITS in run("list", "entry", store=Path("demo")).out


def test_options_may_stand_between_assignments(run: Run) -> None:
    told = run("set", "--json", VISITS, "status=取組中", "--dry-run", "direction=広げる")
    assert told.code == 0
    assert told.json["dry_run"]
    assert "今後の方向性" in told.json["message"]


def test_the_version(run: Run) -> None:
    assert run("--version", store=None).out.startswith("kyoju-tui ")


def test_a_file_that_cannot_be_opened_ends_in_words(run: Run, town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = town.parent / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    told = run("list", "entry", "--json", store=None)
    assert (told.code, told.json["error"]["code"]) == (3, "refused")
    os.chdir(town)
