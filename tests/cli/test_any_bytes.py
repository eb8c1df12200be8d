"""Whatever lies in a store's folders, `check` tells it and nothing falls over."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kyoju_tui.cli.main import main
from tests.cli.conftest import no_screen

PLACES = st.sampled_from(
    [
        "store.toml",
        "policy.toml",
        "meetings/20261101-aaaaa.toml",
        "entries/korei/20261101-aaaaa.toml",
        "categories/x.toml",
    ]
)
KEYS = st.sampled_from(
    ["title", "kind", "categories", "results", "source", "opinions", "format", "lead", "a", "from", '""']
)
VALUES = st.sampled_from(
    [
        "1",
        '"x"',
        "[]",
        "[[]]",
        "{}",
        "{a=1}",
        "true",
        "nan",
        "9" * 5000,
        "-inf",
        "2026-11-23",
        "12:00",
        '"""\n\\\n"""',
        "[1, {}]",
        "''",
        "0x1",
    ]
)
LINES = st.one_of(
    st.tuples(KEYS, VALUES).map(" = ".join),
    st.tuples(KEYS, KEYS, KEYS).map(lambda keys: f"{'.'.join(keys)} = 1"),
    KEYS.map("[[{}]]".format),
    KEYS.map("[{}]".format),
    st.text(max_size=20),
)
TEXTS = st.lists(LINES, max_size=8).map("\n".join)
CONTENTS = st.one_of(st.binary(max_size=200), TEXTS.map(lambda text: text.encode(errors="replace")))


@pytest.fixture(scope="module")
def plain_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in no repository: what is asked here is about files, and git would cost most of the time."""
    root = tmp_path_factory.mktemp("plain") / "town"
    root.mkdir()
    (root / "store.toml").write_text('format = 1\nmunicipality = "市"\n', encoding="utf-8")
    return root


@pytest.mark.heavy
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(files=st.dictionaries(PLACES, CONTENTS, min_size=1, max_size=3))
def test_check_and_list_take_any_bytes(plain_store: Path, files: dict[str, bytes]) -> None:
    before = (plain_store / "store.toml").read_bytes()
    environ = {**os.environ, "KYOJU_TODAY": "2026-11-23"}

    def run(*arguments: str) -> tuple[int, str]:
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
            return main(["--store", str(plain_store), *arguments], no_screen, environ), out.getvalue()

    try:
        for path, content in files.items():
            (plain_store / path).parent.mkdir(parents=True, exist_ok=True)
            (plain_store / path).write_bytes(content)
        code, out = run("check", "--json")
        problems = json.loads(out)["problems"]
        assert code == (1 if any(each["severity"] == "error" for each in problems) else 0)
        assert all(each["message"] and each["cure"] for each in problems)
        assert run("check")[0] == code
        assert run("list", "entry")[0] == run("list", "meeting", "--json")[0] == run("matrix")[0] == 0
        for path, content in files.items():
            assert run("show", path)[0] == 0
            assert (plain_store / path).read_bytes() == content
    finally:
        for folder in ("meetings", "entries", "categories"):
            shutil.rmtree(plain_store / folder, ignore_errors=True)
        (plain_store / "policy.toml").unlink(missing_ok=True)
        (plain_store / "store.toml").write_bytes(before)
