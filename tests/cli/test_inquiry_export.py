"""`inquiry export`: the forms as files, told for people and for programs, never over others unasked."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_changing import disk

ID = "20261101-qqqqq"


@pytest.fixture
def draft(run: Run) -> str:
    """An inquiry to both departments that is not sent yet."""
    targets = 'targets:=[{department="jutaku"}, {department="korei"}]'
    made = run("new", "inquiry", "--id", ID, "title=第1次照会", "due_on=2026-12-07", targets, "--json")
    assert made.code == 0, made.err
    return ID


def test_a_folder_of_forms(run: Run, town: Path, draft: str, tmp_path: Path) -> None:
    before, place = disk(town), tmp_path / "様式"
    told = run("inquiry", "export", draft, "-o", place, "--dry-run")
    assert told.code == 0 and "まだ書いていません" in told.out and not place.exists()
    told = run("inquiry", "export", draft, "-o", place)
    assert told.code == 0, told.err
    assert "2部署の様式を書き出しました" in told.out and f"inquiry send {draft}" in told.out
    assert sorted(each.name for each in place.iterdir()) == [
        "照会_令和8年_住宅政策課.xlsx",
        "照会_令和8年_住宅政策課_依頼文.docx",
        "照会_令和8年_高齢福祉課.xlsx",
        "照会_令和8年_高齢福祉課_依頼文.docx",
    ]
    # Nothing is recorded: that the forms went out is told by `inquiry send`.
    assert disk(town) == before
    assert run("inquiry", "status", draft, "--json").json["issued_on"] is None


def test_what_is_there_is_not_written_over_unasked(run: Run, draft: str, tmp_path: Path) -> None:
    place = tmp_path / "様式.zip"
    place.write_bytes(b"mine")
    told = run("inquiry", "export", draft, "-o", place, "--json")
    assert told.code == 3 and told.json["error"]["code"] == "already-there"
    assert "--force" in told.json["error"]["cure"]
    assert place.read_bytes() == b"mine"
    told = run(
        "inquiry", "export", draft, "-o", place, "--department", "korei", "--letter", "none", "--force", "--json"
    )
    assert told.code == 0 and told.json["schema"] == 1 and told.json["written"]
    (file,) = told.json["files"]
    with zipfile.ZipFile(place) as archive:
        data = archive.read(file["file"])
    assert (file["department"], file["bytes"]) == ("korei", len(data))
    assert file["sha256"] == hashlib.sha256(data).hexdigest()


def test_wrong_use_is_said(run: Run, town: Path, draft: str, tmp_path: Path) -> None:
    for told, word in (
        (run("inquiry", "export", draft), "-o"),
        (run("inquiry", "export", draft, "-o", town / "様式"), "保管場所の中"),
        (run("inquiry", "export", draft, "-o", tmp_path / "x", "--department", "nobody"), "照会先にありません"),
        (run("inquiry", "export", draft, "-o", tmp_path / "no" / "x"), "ありません"),
        (run("inquiry", "status", draft, "--letter", "txt"), "--letter"),
    ):
        assert told.code == 2 and word in told.err
    assert not (tmp_path / "x").exists()
