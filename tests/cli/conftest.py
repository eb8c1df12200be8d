"""A small town's store, and the command line run on it inside the test's own process."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kyoju_tui.cli.main import main
from tests.conftest import STAFF, TODAY

VISITS = "entries/korei/20261101-aaaaa"
HOUSES = "entries/jutaku/20261101-bbbbb"
LONELY = "entries/korei/20261101-ccccc"

FILES = {
    "departments/jutaku": 'name = "住宅政策課"\nshort = "住宅"\norder = 10\n',
    "departments/korei": 'name = "高齢福祉課"\nshort = "高齢"\norder = 20\n',
    VISITS: 'title = "見守り訪問"\nkind = "取組"\nstatus = "検討中"\ncategories = [\n    "koreisha",\n]\n',
    HOUSES: 'title = "空き家相談窓口"\nkind = "取組"\nstatus = "取組中"\ncategories = [\n    "sumai",\n]\n',
    LONELY: 'title = "孤立"\nkind = "課題"\ncategories = [\n    "koreisha",\n]\n',
}


@dataclass(frozen=True, slots=True)
class Ran:
    """What one command line left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its answer for programs."""
        answer = json.loads(self.out)
        assert next(iter(answer)) == "schema"
        assert answer["schema"] == 1
        return answer


Run = Callable[..., Ran]
Write = Callable[[str, str | bytes], Path]


def no_screen(store: Path | None, author: str | None) -> int:
    raise AssertionError(f"no screen was asked for: {store} {author}")


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a store that was made once waits to be copied."""
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture
def town(shelf: Path, tmp_path: Path) -> Path:
    """A store of its own: two departments, five categories, two initiatives and an issue, all recorded."""
    made = shelf / "town"
    if not made.exists():
        environ = {**os.environ, "KYOJU_TODAY": TODAY}
        arguments = ["--as", STAFF, "init", str(made), "--municipality", "試験市", "--preset", "handbook-5", "--json"]
        assert main(arguments, no_screen, environ) == 0
        for ref, text in FILES.items():
            name, *_ = ref.split("/")
            kind = {"departments": "department", "entries": "entry"}[name]
            fields = [line for line in text.replace("[\n    ", "[").replace(",\n]", "]").splitlines() if line]
            told = [line.replace(" = ", ":=", 1) for line in fields]
            folder = [f"department={ref.split('/')[1]}"] if kind == "entry" else []
            record_id = ref.rpartition("/")[2]
            new = ["--store", str(made), "--as", STAFF, "new", kind, "--id", record_id, *folder, *told, "--json"]
            assert main(new, no_screen, environ) == 0
    return Path(shutil.copytree(made, tmp_path / "town"))


@pytest.fixture
def run(town: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line on the town's store, on the tests' day, by a member of staff; `store=None` names none."""

    def on(*arguments: str | Path, store: Path | None = town, **environment: str) -> Ran:
        environ = {**os.environ, "KYOJU_TODAY": TODAY, "KYOJU_USER": STAFF, **environment}
        before = [] if store is None else ["--store", str(store)]
        capsys.readouterr()
        code = main([*before, *(str(each) for each in arguments)], no_screen, environ)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return on


@pytest.fixture
def write(town: Path) -> Write:
    """Put a file into the store as somebody with an editor does."""

    def put(path: str, content: str | bytes) -> Path:
        file = town / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    return put
