"""docs/deployment.md: what it names exists, and its recipes do what they say, run as they stand there.

The heavy test is for root on a machine of its own (as CI has): it makes a group and users and takes them away again.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from kyoju_tui.cli.main import COMMANDS
from kyoju_tui.history.process import MINIMUM
from kyoju_tui.history.trust import Setting, untrusted

REPOSITORY = Path(__file__).parents[1]
TEXT = (REPOSITORY / "docs" / "deployment.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_WORD = re.compile(r"\bkyoju-tui (?:--store \S+ |--as \"[^\"]*\" )*([a-z][a-z-]*)(?= |$|`)", re.MULTILINE)


def section(title: str) -> str:
    """The text under a heading, up to the next one."""
    found = re.search(rf"^##+ {re.escape(title)}\n(.*?)(?=^##+ |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert found is not None, title
    return found[1]


def blocks(title: str) -> list[str]:
    """The commands under a heading, block by block."""
    return _BLOCK.findall(section(title))


def test_every_command_of_ours_that_it_names_exists() -> None:
    named = {word for block in _BLOCK.findall(TEXT) for word in _WORD.findall(block)}
    assert named >= {"init", "new", "set", "check", "doctor", "sync"}
    assert named <= set(COMMANDS)


def test_the_versions_it_asks_for_are_ours() -> None:
    python = re.search(r'requires-python = ">=([\d.]+)"', (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    assert python is not None
    assert f"Python {python[1]} or newer" in TEXT
    assert f"git {MINIMUM[0]}.{MINIMUM[1]} or newer" in TEXT


def test_the_settings_it_makes_in_a_store_are_ones_that_the_program_takes() -> None:
    made = re.findall(r"git -C \S+/store config (\S+) (\S+)", TEXT)
    assert ("core.sharedRepository", "group") in made
    assert untrusted([Setting("local", key.lower(), value) for key, value in made]) == ()


def test_nothing_in_it_forces_or_trusts_everything() -> None:
    for block in _BLOCK.findall(TEXT):
        assert "--force" not in block
        assert "safe.directory *" not in block and "safe.directory '*'" not in block


def test_readme_leads_to_it_and_its_own_links_lead_somewhere() -> None:
    assert "docs/deployment.md" in (REPOSITORY / "README.md").read_text(encoding="utf-8")
    headings = {
        re.sub(r"[^\w -]", "", line.lstrip("# ")).lower().replace(" ", "-")
        for line in TEXT.splitlines()
        if line.startswith("##")
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) <= headings
    for link in re.findall(r"\]\((?!#)([^)]+)\)", TEXT):
        assert (REPOSITORY / "docs" / link).exists(), link


# -- the recipes, run -------------------------------------------------------------------------------------------------


_PLACE = re.compile(r"(?<![\w./-])/(?:opt|srv|root|home|var/backups|usr/local/bin)(?=/)")
_NAME = re.compile(r"(?<![\w./-])(?:hanako|jiro|kyoju-backup|kyoju|python3|useradd)(?![\w-])|(?<=/home/)jiro")


@dataclass(frozen=True)
class Host:
    """A host of our own below a folder: the page's names, and what stands for them here."""

    folder: Path
    names: dict[str, str]

    def read(self, commands: str) -> str:
        """The page's commands with our folders and names."""
        placed = _PLACE.sub(lambda found: f"{self.folder}{found[0]}", commands)
        return _NAME.sub(lambda found: self.names[found[0]], placed)

    def run(self, commands: str) -> str:
        """Run a block of the page as whom its first line says, stopping at the first failure; what it printed."""
        who = re.match(r"# as (\S+)\n", commands)
        home = self.folder / "root" if who is None else self.folder / "home" / self.names[who[1]]
        as_whom = [] if who is None else ["runuser", "-u", self.names[who[1]], "--"]
        finished = subprocess.run(
            [*as_whom, "bash", "-euo", "pipefail", "-c", self.read(commands)],
            cwd=home if home.exists() else "/",
            env={
                "PATH": f"{self.folder}/usr/local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                "LANG": "C.UTF-8",
                "HOME": str(home),
            },
            capture_output=True,
            encoding="utf-8",
            timeout=600,
            check=False,
        )
        assert finished.returncode == 0, f"{self.read(commands)}\n{finished.stdout}\n{finished.stderr}"
        return finished.stdout


def python_for_all() -> str:
    """A Python that other users can run too, with what makes environments."""
    for candidate in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        real = Path(candidate).resolve()
        open_to_all = all(each.stat().st_mode & 0o001 for each in (*real.parents, real)) if real.exists() else False
        if open_to_all:
            probe = "import sys, ensurepip; sys.exit(sys.version_info < (3, 11))"
            if subprocess.run([str(real), "-c", probe], check=False, capture_output=True).returncode == 0:
                return str(real)
    pytest.skip("no Python that other users could run")


@pytest.fixture
def host() -> Iterator[Host]:
    """Names for the page's users, group and folders that nobody uses; all of it goes with the test."""
    if os.geteuid() != 0 or shutil.which("useradd") is None:
        pytest.skip("only root can make users")
    python = python_for_all()
    folder = Path(tempfile.mkdtemp(prefix="kyoju-host-", dir="/tmp"))
    folder.chmod(0o755)
    mark = f"kt{os.getpid()}"
    users = {name: f"{mark}{name[0]}" for name in ("hanako", "jiro", "kyoju-backup")}
    for place in ("root", "home", "srv", "opt", "var/backups", "usr/local/bin"):
        (folder / place).mkdir(parents=True)
    names = {**users, "kyoju": mark, "python3": python, "useradd": f"useradd --base-dir {folder}/home"}
    yield Host(folder, names)
    for name in users.values():
        with suppress(KeyError):
            pwd.getpwnam(name)
            subprocess.run(["userdel", name], check=False, capture_output=True)
    subprocess.run(["groupdel", mark], check=False, capture_output=True)
    for place in ("store", "store.git"):
        trusted = f"^{re.escape(f'{folder}/srv/kyoju/{place}')}$"
        subprocess.run(["git", "config", "--system", "--unset-all", "safe.directory", trusted], check=False)
    shutil.rmtree(folder, ignore_errors=True)


def as_staff(host: Host, name: str, commands: str) -> str:
    """Run a line that is not on the page as one of its users."""
    return host.run(f"# as {name}\n{commands}")


@pytest.mark.heavy
def test_the_recipes_do_what_they_say(host: Host) -> None:
    # The connected machine is a checkout; the host knows only the folder of wheels.
    collect, _other_machine, install, update = blocks("Installing without a network")
    checkout = host.folder / "checkout"
    shutil.copytree(REPOSITORY, checkout, ignore=shutil.ignore_patterns(".*", "__pycache__", "tests"))
    subprocess.run(["bash", "-euc", collect.replace("python3", sys.executable)], cwd=checkout, check=True, timeout=600)
    shutil.move(checkout / "wheels", host.folder / "root" / "wheels")
    assert "kyoju-tui" in host.run(install)
    host.run(update)
    assert (host.folder / "usr/local/bin/kyoju-tui").resolve().is_relative_to(host.folder / "opt/kyoju-tui-next")

    make, begin, share = blocks("1. One host, one copy")[:3]
    host.run(make)
    host.run(begin)
    with pytest.raises(AssertionError, match=r"safe\.directory"):
        as_staff(host, "jiro", 'kyoju-tui --store /srv/kyoju/store --as "佐藤 次郎 <jiro@example.jp>" set store note=x')
    host.run(share)
    save, save_too = blocks("1. One host, one copy")[3:]
    assert "記録しました" in host.run(save)
    told = host.run(save_too)
    assert "山田 花子 部署「住宅課」を更新" in told and "佐藤 次郎 部署「住宅課」を追加" in told
    # A user's own umask takes nothing from the others, and who is not in the group sees nothing.
    strict = "umask 077; kyoju-tui --store /srv/kyoju/store set departments/jutaku note=2"
    as_staff(host, "jiro", strict)
    as_staff(
        host,
        "hanako",
        'kyoju-tui --store /srv/kyoju/store --as "山田 花子 <hanako@example.jp>" set departments/jutaku note=3',
    )
    assert as_staff(host, "hanako", "git -C /srv/kyoju/store status --porcelain; git -C /srv/kyoju/store fsck") == ""
    outsider = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "ls", f"{host.folder}/srv/kyoju"]
    assert subprocess.run(outsider, check=False, capture_output=True).returncode != 0

    for block in blocks("2. Clones and a bare repository"):
        host.run(block)
    sent = host.run("# as hanako\ngit -C /srv/kyoju/store.git log --format='%an %s' -2 main")
    assert sent.splitlines()[0].startswith("佐藤 次郎")

    for block in blocks("Backups"):
        told = host.run(block)
    assert "山田 花子" in told
    newest = as_staff(host, "hanako", "git -C /srv/kyoju/store rev-parse HEAD")
    assert as_staff(host, "hanako", "git -C /srv/kyoju/restored rev-parse HEAD") == newest

    for block in blocks("When something breaks"):
        host.run(block)
