"""Bad files and every word that brings files in, as real processes: words, an exit code, and nothing else happens."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from tests.cli.test_survey import survey as asked_survey
from tests.conftest import STAFF, TODAY, Git
from tests.exchange.sheets.town import book_of, golden_rows

survey = asked_survey

WORDS: Final[dict[str, tuple[str, ...]]] = {
    "inquiry": ("inquiry", "import"),
    "survey": ("survey", "import"),
    "entries": ("entries", "import"),
    "statistics": ("statistics", "import"),
}
# What reaches the terminal: no control codes, nothing that turns the direction of the text.
_STEERS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_SHEET: Final = "xl/worksheets/sheet1.xml"
_NAMES: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: what it said, how long it took, and the most memory that it and its own took together."""

    code: int
    said: str
    seconds: float
    kilobytes: int


def start(store: Path, *arguments: str | Path) -> subprocess.Popen[bytes]:
    own = {"KYOJU_TODAY": TODAY, "KYOJU_USER": STAFF, "LC_ALL": "C.UTF-8", "TMPDIR": str(_temporary(store))}
    # Whoever runs the tests in the background may have set Ctrl+C aside, for all that it starts.
    return subprocess.Popen(
        ["env", "--default-signal=INT", sys.executable, "-m", "kyoju_tui", "--store", store, *arguments],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, **own},
    )  # fmt: skip


def _temporary(store: Path) -> Path:
    folder = store.parent / "temporary"
    folder.mkdir(exist_ok=True)
    return folder


def family(pid: int) -> list[int]:
    """A process, and what it has started."""
    found = [pid]
    for told in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [each for child in told.read_text().split() for each in family(int(child))]
        except OSError:
            # It ended while it was looked at.
            continue
    return found


def memory(pid: int) -> int:
    try:
        held = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(held[1]) if held else 0


def run(store: Path, *arguments: str | Path) -> Ended:
    begun, most = time.monotonic(), 0
    with start(store, *arguments) as process:
        while process.poll() is None:
            most = max(most, sum(map(memory, family(process.pid))))
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.01)
        assert process.stdout is not None
        said = process.stdout.read().decode()
    return Ended(process.returncode, said, time.monotonic() - begun, most)


def packed(path: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    """A sound 一覧表 with other parts inside."""
    with zipfile.ZipFile(book_of(path, golden_rows())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def one_text_a_million_times(parts: dict[str, bytes]) -> None:
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s"><si><t>%s</t></si></sst>' % (_NAMES.encode(), b"z" * 30_000)
    rows = b"".join(
        b'<row r="%d">' % at + b"".join(b'<c r="%c%d" t="s"><v>0</v></c>' % (letter, at) for letter in b"ABCDEFGHIJ")
        + b"</row>"
        for at in range(1, 100_001)
    )  # fmt: skip
    parts[_SHEET] = b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (_NAMES.encode(), rows)


def styles(parts: dict[str, bytes]) -> None:
    looks = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>' * 400_000
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b"</cellXfs>", looks + b"</cellXfs>")


def far(parts: dict[str, bytes]) -> None:
    cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    parts[_SHEET] = parts[_SHEET].replace(b"</sheetData>", cell)


def laughs(parts: dict[str, bytes]) -> None:
    declared = b'<!DOCTYPE sst [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><sst>&b;</sst>'
    parts["xl/sharedStrings.xml"] = declared


def bomb(parts: dict[str, bytes]) -> None:
    parts[_SHEET] += b" " * (150 << 20)


def endless(parts: dict[str, bytes]) -> None:
    parts[_SHEET] = parts[_SHEET].replace(b"</sheetData>", b"<c " * 25_000_000)


Make = Callable[[Path], object]
BAD: Final[Mapping[str, Make]] = {
    "bomb.xlsx": lambda path: packed(path, bomb),
    "laughs.xlsx": lambda path: packed(path, laughs),
    "far.xlsx": lambda path: packed(path, far),
    "endless.xlsx": lambda path: packed(path, endless),
    "styles.xlsx": lambda path: packed(path, styles),
    "one-text.xlsx": lambda path: packed(path, one_text_a_million_times),
    "macro.xlsm": lambda path: packed(path, lambda parts: parts.update({"xl/vbaProject.bin": b"x"})),
    "outside.xlsx": lambda path: packed(path, lambda parts: parts.update({"../../x.xml": b"x"})),
    "short.xlsx": lambda path: path.write_bytes(book_of(path, golden_rows()).read_bytes()[:3_000]),
    "large.xlsx": lambda path: path.write_bytes(b"PK\x03\x04" + b"x" * (50 << 20)),
    "locked.xlsx": lambda path: path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    ),
    "large.csv": lambda path: path.write_bytes(b"a,b\n" * (13 << 20)),
    "lines.csv": lambda path: path.write_bytes("あ,い\n".encode("cp932") * (3 << 20)),
    "returns.csv": lambda path: path.write_bytes(b"a\r" * (9 << 20)),
    "commas.csv": lambda path: path.write_bytes(b"," * (19 << 20)),
    "wide.csv": lambda path: path.write_bytes(b"a," * 1_000_000 + b"\n" + b"1," * 1_000_000),
    "stray.csv": lambda path: path.write_bytes("地域,人口\n本町,1\n".encode() + b"\xff,2\n"),
    "mixed.csv": lambda path: path.write_bytes("地域,人口\n".encode("cp932") + "本町,1\n".encode()),
    "nul.csv": lambda path: path.write_bytes(b"a,b\n1,\0\n"),
    "codes.csv": lambda path: path.write_bytes(b"a,b\n1,\x1b[31m\x07\n"),
    "field.csv": lambda path: path.write_bytes(b'a,b\n1,"' + b"x" * 200_000 + b'"\n'),
    "folder.csv": lambda path: path.mkdir(),
    "pipe.csv": os.mkfifo,
    "loop.csv": lambda path: path.symlink_to(path.name),
    "改\n行\x1b[31m\u202e.csv": lambda path: path.write_bytes(b"\xff"),
}


@pytest.mark.heavy
@pytest.mark.parametrize("word", WORDS)
def test_a_bad_file_is_refused_in_words_within_seconds_and_300_mb(
    word: str, town: Path, survey: str, tmp_path: Path, git: Git
) -> None:
    """Whatever the file, for every word: design 6's exit code, the store as it was, nothing left behind."""
    before = git(town, "rev-parse", "HEAD")
    extra = ("--survey", survey) if word == "survey" else ()
    wrong: dict[str, object] = {}
    for name, make in BAD.items():
        path = tmp_path / name
        make(path)
        ended = run(town, *WORDS[word], path, *extra)
        refused = ended.code in {2, 3} or (ended.code == 0 and name == "styles.xlsx")
        plain = re.search("[ぁ-ん]", ended.said) and not _STEERS.search(ended.said) and "Traceback" not in ended.said
        if not (refused and plain and ended.seconds < 20 and ended.kilobytes < 300_000):
            wrong[name] = ended
        if path.is_file() and not path.is_symlink():
            path.unlink()
        if name != "styles.xlsx" and git(town, "rev-parse", "HEAD") != before:
            wrong[f"{name}, recorded"] = ended
        before = git(town, "rev-parse", "HEAD")
    assert not wrong
    assert not git(town, "status", "--porcelain")
    assert not any(_temporary(town).iterdir())


def held_reader(process: subprocess.Popen[bytes]) -> int:
    """The process that reads the file, held where it is: it can neither end before the signal comes, nor by itself."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        for each in family(process.pid):
            with suppress(OSError):
                # At work, not only begun: what is ended between the two ends by itself, its input being gone.
                if b"books.child" in Path(f"/proc/{each}/cmdline").read_bytes() and memory(each) > 14_000:
                    os.kill(each, signal.SIGSTOP)
                    return each
    raise AssertionError("nothing was read")


def alive(pid: int) -> bool:
    """Whether a process runs still; one that has ended may be listed until its parent has asked for it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.mark.heavy
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_command_that_is_stopped_while_it_reads_leaves_nothing(
    number: signal.Signals, town: Path, tmp_path: Path, git: Git
) -> None:
    path = tmp_path / "回答.xlsx"
    packed(path, one_text_a_million_times)
    before = git(town, "rev-parse", "HEAD")
    with start(town, *WORDS["entries"], path) as process:
        reader = held_reader(process)
        process.send_signal(number)
        begun = time.monotonic()
        assert process.stdout is not None
        said = process.stdout.read().decode()
    assert process.returncode == 128 + number
    assert time.monotonic() - begun < 2
    assert said.startswith("中断しました。")
    assert not alive(reader)
    assert git(town, "rev-parse", "HEAD") == before
    assert not git(town, "status", "--porcelain")
    assert not any(_temporary(town).iterdir())
