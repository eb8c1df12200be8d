"""A real Chromium that looks at pages. Where it or npm is missing these tests fail: without them they say nothing."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

# Pinned, and fetched into a temporary folder: nothing of them is part of the program.
PACKAGES = ("playwright-core@1.65.1", "axe-core@4.14.1")
# Whom Chromium itself would ask, with no page open; they reach the proxy of the test and no further.
_ITS_OWN = frozenset({"accounts.google.com", "update.googleapis.com", "clients2.google.com", "www.google.com"})
_SCRIPT = Path(__file__).with_name("look.mjs")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a browser saw of a page, and the PDF that it printed."""

    console: list[str]
    errors: list[str]
    requests: list[str]
    scripts: int
    violations: list[str]
    passes: int
    cut: list[str]
    wide: int
    pdf: Path
    outside: list[str]
    """What it asked of the network, but for what a browser asks for itself."""


Look = Callable[[Path], Seen]


@pytest.fixture(scope="session")
def look(tmp_path_factory: pytest.TempPathFactory) -> Look:
    """`look(page)` opens a page, prints it, and asks axe about it. Every connection would go to a proxy that counts."""
    chromium, node, npm = (shutil.which(each) for each in ("chromium", "node", "npm"))
    assert chromium, "Chromium がありません：apt-get install chromium"
    assert node, "node がありません：apt-get install nodejs npm"
    assert npm, "npm がありません：apt-get install nodejs npm"
    modules = tmp_path_factory.mktemp("npm")
    fetch = [npm, "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(modules)]
    subprocess.run([*fetch, *PACKAGES], check=True, capture_output=True, timeout=300)

    def seen(page: Path) -> Seen:
        folder = tmp_path_factory.mktemp("page")
        with socket.create_server(("127.0.0.1", 0)) as proxy:
            proxy.setblocking(False)
            where = f"127.0.0.1:{proxy.getsockname()[1]}"
            command = [node, str(_SCRIPT), str(modules), chromium, str(folder / "profile"), where, str(page)]
            ran = subprocess.run(
                [*command, str(folder / "page.pdf")], capture_output=True, text=True, timeout=180, check=False
            )
            assert ran.returncode == 0, ran.stderr
            outside = _asked_for(proxy)
        told: dict[str, Any] = json.loads(ran.stdout)
        return Seen(**told, pdf=folder / "page.pdf", outside=outside)

    return seen


def pages(pdf: Path) -> list[tuple[float, float]]:
    """Width and height of every page, in points."""
    told = subprocess.run(["pdfinfo", "-l", "-1", str(pdf)], check=True, capture_output=True, text=True).stdout
    sizes = [line.split(":")[1].split() for line in told.splitlines() if line.startswith("Page") and " size:" in line]
    return [(float(words[0]), float(words[2])) for words in sizes]


def text_of(pdf: Path, page: int) -> str:
    """The words of a page, as they stand on it."""
    command = ["pdftotext", "-f", str(page), "-l", str(page), "-layout", str(pdf), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def _asked_for(server: socket.socket) -> list[str]:
    """The first line of every connection that waits: `CONNECT example.jp:443 HTTP/1.1`."""
    found: list[str] = []
    while True:
        try:
            connection = server.accept()[0]
        except BlockingIOError:
            return found
        with connection:
            connection.settimeout(5)
            asked = connection.recv(4096).decode("latin-1").partition("\r\n")[0]
            if asked.removeprefix("CONNECT ").partition(":")[0] not in _ITS_OWN:
                found.append(asked)
