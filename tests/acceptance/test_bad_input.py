"""A spoilt file of each sort: a Japanese sentence with path, line and cure; the rest goes on; nothing is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Git, Program

GOOD = 'title = "よい"\nkind = "課題"\ncategories = [\n    "sumai",\n]\n'
OTHER = "entries/jutaku/20260728-0249q"


@dataclass(frozen=True, slots=True)
class Case:
    """A file, what it holds, and the problem that is to be told: code, line, a word of the sentence."""

    path: str
    content: bytes | Callable[[Path], None]
    code: str
    line: int
    word: str

    def spoil(self, root: Path) -> None:
        """Put the file into the store as somebody with an editor does."""
        file = root / self.path
        file.parent.mkdir(exist_ok=True)
        if isinstance(self.content, bytes):
            file.write_bytes(self.content)
        else:
            self.content(file)


def link(file: Path) -> None:
    file.symlink_to("/etc/passwd")


def newer(file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace("format = 1", "format = 2"), encoding="utf-8")


E = "entries/jutaku/bad-"
CASES = {
    "broken TOML": Case(f"{E}toml.toml", 'title = "よい"\nkind = 課題\n'.encode(), "K101", 2, "読めません"),
    "wrong type": Case(f"{E}type.toml", GOOD.replace('"よい"', "5").encode(), "K201", 1, "件名"),
    "unknown kind": Case("initiatives/20261101-ppppp.toml", GOOD.encode(), "K108", 0, "initiatives"),
    "unknown word": Case(f"{E}word.toml", GOOD.replace("課題", "施策").encode(), "K201", 2, "取組・課題・データ"),
    "unknown key": Case(f"{E}key.toml", f"{GOOD}stauts = 1\n".encode(), "K203", 6, "stauts"),
    "dangling reference": Case(f"{E}ref.toml", f'{GOOD}areas = ["nowhere"]\n'.encode(), "K301", 6, "nowhere"),
    "duplicate id": Case(OTHER.replace("jutaku", "korei") + ".toml", GOOD.encode(), "K110", 0, "id"),
    "over-long text": Case(f"{E}long.toml", f'{GOOD}outline = "{"長" * 20_001}"\n'.encode(), "K205", 6, "文字"),
    "control characters": Case(f"{E}esc.toml", f'{GOOD}outline = "\\u001b[31m"\n'.encode(), "K204", 6, "制御文字"),
    "invalid UTF-8": Case(f"{E}bytes.toml", GOOD.encode() + b'outline = "\xff"\n', "K102", 6, "UTF-8"),
    "CP932": Case(f"{E}cp932.toml", GOOD.encode("cp932"), "K102", 1, "UTF-8"),
    "BOM": Case(f"{E}bom.toml", b"\xef\xbb\xbf" + GOOD.encode(), "K103", 1, "BOM"),
    "CRLF": Case(f"{E}crlf.toml", GOOD.replace("\n", "\r\n").encode(), "K104", 1, "CRLF"),
    "a symlink": Case(f"{E}link.toml", link, "K106", 0, "ファイル"),
    "a newer format": Case("store.toml", newer, "K111", 1, "新しい"),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_told_and_hides_nothing(program: Program, store: Path, git: Git, name: str) -> None:
    case = CASES[name]
    assert (store / f"{OTHER}.toml").is_file()
    case.spoil(store)
    left = (store / case.path).read_bytes()

    finished = program("--store", store, "check", "--json")
    told = [each for each in json.loads(finished.stdout)["problems"] if each["code"] != "K501"]
    assert finished.returncode == (0 if name == "unknown key" else 1)
    # Of two files with one id both are named.
    both = {f"{OTHER}.toml"} if name == "duplicate id" else set[str]()
    assert {each["path"] for each in told} == {case.path, *both}
    problem = next(each for each in told if each["path"] == case.path)
    assert (problem["code"], problem["line"]) == (case.code, case.line)
    assert case.word in problem["message"] + problem["cure"]
    assert problem["message"].endswith("。")
    assert problem["cure"].endswith("。")
    assert not re.search("[A-Za-z]{4,} [A-Za-z]{2,} [A-Za-z]+", problem["message"]), "it speaks Japanese"

    # All other records are there, and can be changed; this one is left as it is.
    listed = json.loads(program("--store", store, "list", "entry", "--json").stdout)["records"]
    others = {str(path.relative_to(store))[:-5] for path in (store / "entries").rglob("2*.toml")}
    assert {row["ref"] for row in listed} >= others - {case.path.removesuffix(".toml")}
    saved = program("--store", store, "set", OTHER, "note=続ける")
    if name == "a newer format":
        assert saved.returncode == 3
        assert "新しい" in saved.stderr
    else:
        assert saved.returncode == 0, saved.stderr
        assert git(store, "show", "--format=", "--name-only", "HEAD").split() == [f"{OTHER}.toml"]
    assert (store / case.path).read_bytes() == left
