"""Drafts of several sessions of one user: none overwrites another's, and what is being typed is not left over."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kyoju_tui.workspace.drafts.kept import Draft, Drafts
from kyoju_tui.workspace.presence.living import Process, this_process
from tests.workspace.conftest import HOUSES, VISITS

_TYPE = """
import sys
from pathlib import Path
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.drafts.kept import Draft, Drafts
Drafts(Path(sys.argv[1])).save(Draft(Ref(sys.argv[2]), {"title": sys.argv[3]}, None))
print("kept", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "drafts" / "0"


@pytest.fixture
def other(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another session, which types into the same record and waits."""
    command = [sys.executable, "-c", _TYPE, str(folder), VISITS, "よその入力"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "kept\n"
        yield process
        process.kill()


def titles(drafts: tuple[Draft, ...]) -> list[object]:
    return [draft.plain["title"] for draft in drafts]


def test_what_another_session_types_is_neither_left_over_nor_overwritten(
    folder: Path, other: subprocess.Popen[str]
) -> None:
    drafts = Drafts(folder)
    assert drafts.all() == () and drafts.get(VISITS) is None
    assert titles(drafts.held()) == ["よその入力"]

    drafts.save(Draft(VISITS, {"title": "こちらの入力"}, None))
    drafts.discard(VISITS)
    assert titles(drafts.held()) == ["よその入力"]

    other.kill()
    other.wait()
    assert titles(drafts.all()) == ["よその入力"] and drafts.held() == ()
    left = drafts.get(VISITS)
    assert left is not None and left.by is not None and left.by.pid == other.pid


def test_a_left_draft_stays_beside_what_is_typed_now(folder: Path, other: subprocess.Popen[str]) -> None:
    other.kill()
    other.wait()
    drafts = Drafts(folder)
    drafts.save(Draft(VISITS, {"title": "あたらしい入力"}, None))
    assert sorted(map(str, titles(drafts.all()))) == ["あたらしい入力", "よその入力"]
    drafts.discard(VISITS)
    left = drafts.get(VISITS)
    assert left is not None and left.plain["title"] == "よその入力"
    drafts.discard_file(left)
    assert drafts.all() == ()


def test_two_forms_of_one_session_keep_their_own(folder: Path) -> None:
    drafts = Drafts(folder)
    drafts.save(Draft(VISITS, {"title": "一"}, None, slot="f1"))
    drafts.save(Draft(VISITS, {"title": "二"}, None, slot="f2"))
    drafts.save(Draft(VISITS, {"title": "一つ"}, None, slot="f1"))
    assert sorted(map(str, titles(drafts.all()))) == ["一つ", "二"]
    drafts.discard(VISITS, "f1")
    assert titles(drafts.all()) == ["二"]


def test_what_a_run_left_unfinished_is_added_once(folder: Path) -> None:
    drafts = Drafts(folder)
    drafts.save(Draft(VISITS, {"title": "入力中"}, None))
    for _ in range(2):
        drafts.add(Draft(VISITS, {"title": "途中で止まった"}, None, "前回の記録が途中で止まりました"))
    assert sorted(map(str, titles(drafts.all()))) == ["入力中", "途中で止まった"]


def test_when_where_and_by_whom_it_was_typed_is_kept(folder: Path) -> None:
    drafts = Drafts(folder)
    before = datetime.now(UTC).replace(microsecond=0)
    drafts.save(Draft(HOUSES, {"outline": "一行\n二行"}, b"base", place="outline", cursor=(1, 2), form="論点の整理"))
    (kept,) = drafts.all()
    assert (kept.place, kept.cursor, kept.form, kept.by) == ("outline", (1, 2), "論点の整理", this_process())
    assert kept.at is not None and before <= kept.at <= datetime.now(UTC)
    assert drafts.get(HOUSES) is None and drafts.get(HOUSES, "論点の整理") == kept


def test_a_number_that_was_given_to_another_process_is_not_taken_for_the_writer() -> None:
    here = this_process()
    assert here.lives is True
    assert replace(here, start="0-1").lives is False
    assert replace(here, host="よその端末").lives is None
    assert Process(2**22 + 1, here.host, "").lives is False


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00",
        b"version = 99\nref = 'x'\nreason = ''\n[plain]\n",
        b"ref = 1\nreason = ''\n[plain]\n",
        b"ref = 'store'\nreason = ''\nplain = 3\n",
        b"ref = 'store'\nreason = ''\n[by]\npid = 'x'\nhost = ''\nstart = ''\n[plain]\n",
        b"ref = 'store'\nreason = ''\ncursor = ['a']\n[plain]\n",
        b"a" * 9_000_000,
        b"[" * 20_000,
    ],
    ids=["bytes", "newer", "number", "no-table", "process", "cursor", "large", "deep"],
)
def test_what_is_no_draft_is_left_alone_and_told(folder: Path, content: bytes) -> None:
    drafts = Drafts(folder)
    drafts.save(Draft(VISITS, {"title": "書きかけ"}, None))
    odd = folder / "odd.draft.toml"
    odd.write_bytes(content)
    assert titles(drafts.all()) == ["書きかけ"]
    assert [each.path for each in drafts.unreadable()] == [odd]
    drafts.save(Draft(VISITS, {"title": "書きかけ2"}, None))
    drafts.discard(VISITS)
    assert odd.read_bytes() == content and drafts.all() == ()


def test_a_link_or_a_folder_among_the_drafts_is_not_followed(folder: Path, tmp_path: Path) -> None:
    drafts = Drafts(folder)
    drafts.save(Draft(VISITS, {"title": "書きかけ"}, None))
    elsewhere = tmp_path / "elsewhere.draft.toml"
    next(folder.iterdir()).rename(elsewhere)
    (folder / "link.draft.toml").symlink_to(elsewhere)
    (folder / "folder.draft.toml").mkdir()
    (folder / "gone.draft.toml").symlink_to(tmp_path / "nowhere")
    assert drafts.all() == ()
    assert len(drafts.unreadable()) == 3


def test_a_draft_of_the_version_before_is_still_read(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "0123456789abcdef01234567.draft.toml").write_text(
        f'ref = "{VISITS}"\nreason = ""\nbase = "a\\\\n"\n[plain]\ntitle = "古い版の下書き"\n'
    )
    (kept,) = Drafts(folder).all()
    assert (kept.plain["title"], kept.base, kept.by) == ("古い版の下書き", b"a\n", None)
    assert kept.at is not None
