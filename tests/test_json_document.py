"""docs/json.md tells every answer of a reading command as it is, on the sample."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, cast

import pytest

from kyoju_tui.cli.main import main
from kyoju_tui.workspace.new_store.demo import make_demo
from tests.conftest import STAFF, TODAY

TEXT: Final = (Path(__file__).parents[1] / "docs" / "json.md").read_text(encoding="utf-8")
ROWS: Final = re.findall(r"^\| `([^`]+)` \| (.+) \|$", TEXT, re.MULTILINE)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional city with its history."""
    store = make_demo(tmp_path_factory.mktemp("city") / "store", date.fromisoformat(TODAY))
    written = ["matrix", "--layer", "件名", "-o", str(store.parent / "MATRIX.xlsx")]
    assert main(["--store", str(store), *written], no_screen, {**os.environ, "KYOJU_TODAY": TODAY}) == 0
    return store


def no_screen(store: Path | None, author: str | None) -> int:
    raise AssertionError(f"no screen was asked for: {store} {author}")


def told(answer: Mapping[str, Any]) -> str:
    """The keys of an answer, those of the tables in its lists behind them."""
    parts: list[str] = []
    for key, value in answer.items():
        rows = cast("list[object]", value) if isinstance(value, list) else []
        inner = list(cast("Mapping[str, object]", rows[0])) if rows and isinstance(rows[0], dict) else []
        parts.append(f"`{key}`: {', '.join(inner)}" if inner else f"`{key}`")
    return "<br>".join(parts)


def filled(command: str, city: Path) -> list[str]:
    """The command with ids of the city in place of `INQUIRY`, `MEETING` and the like, and files beside it."""
    folders = {"INQUIRY": "inquiries", "MEETING": "meetings", "SURVEY": "surveys", "DATASET": "datasets"}
    found = {word: min((city / folder).glob("*.toml")).stem for word, folder in folders.items()}
    files = {name: str(city.parent / name) for name in ("MATRIX.xlsx", "REPORT.html", "FORMS.zip")}
    return [(found | files).get(word, word) for word in command.split()]


def test_the_page_has_rows() -> None:
    assert len(ROWS) >= 18


@pytest.mark.parametrize("command, answer", ROWS, ids=[command for command, _ in ROWS])
def test_an_answer_is_as_the_page_tells(
    command: str, answer: str, city: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environ = {**os.environ, "KYOJU_TODAY": TODAY, "KYOJU_USER": STAFF}
    assert main(["--store", str(city), *filled(command, city), "--json"], no_screen, environ) == 0
    given = json.loads(capsys.readouterr().out)
    assert given.pop("schema") == 1
    assert told(given) == answer
