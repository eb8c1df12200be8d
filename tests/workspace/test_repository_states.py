"""Every state that a repository can be found in: read always; saved, taken back, recorded by hand only where it may be.

A state in which nothing may be written is told with the way out, and leaves files, index and history as they were.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.workspace.care.doctor import checks
from kyoju_tui.workspace.hand_edits.listing import hand_edits, record
from kyoju_tui.workspace.hand_edits.putting_back import put_back
from kyoju_tui.workspace.past.undoing import undoing
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF, Git
from tests.history.conftest import program
from tests.workspace.conftest import HOUSES, VISITS

OTHER = 65534


@dataclass(frozen=True)
class Place:
    """A store to be spoilt: its folder, plain git, an empty folder aside."""

    root: Path
    git: Git
    aside: Path
    monkeypatch: pytest.MonkeyPatch

    def run(self, *arguments: str, ok: tuple[int, ...] = (0,), data: bytes | None = None) -> str:
        return self.git(self.root, *arguments, ok=ok, data=data)


Arrange = Callable[[Place], Path | None]
"""Bring the store into a state; another folder where the store is to be opened, or None for the same."""


def stopped(*arguments: str, ok: tuple[int, ...] = (1, 128)) -> Arrange:
    def arrange(place: Place) -> None:
        place.run(*arguments, ok=ok)

    return arrange


def patch(place: Place) -> None:
    place.run("am", "-q", data=place.run("format-patch", "-1", "--stdout", "side").encode(), ok=(128,))


def live_lock(place: Place) -> None:
    place.monkeypatch.setattr("kyoju_tui.workspace.saving.working_copy._PATIENCE", 0.05)
    (place.root / ".git/index.lock").write_bytes(b"")


def left_lock(name: str) -> Arrange:
    def arrange(place: Place) -> None:
        lock = place.root / ".git" / name
        lock.write_bytes(b"")
        os.utime(lock, (1_700_000_000, 1_700_000_000))

    return arrange


def foreign(place: Place) -> None:
    if os.geteuid():
        pytest.skip("only root gives a repository to somebody else")
    for path in (place.root, *place.root.rglob("*")):
        os.chown(path, OTHER, OTHER)


def setting(*pairs: str) -> Arrange:
    def arrange(place: Place) -> None:
        runs = program(place.aside / "runs", f"touch '{place.aside / 'ran'}'", "cat")
        for key, value in zip(pairs[::2], pairs[1::2], strict=True):
            place.run("config", key, value.format(runs=runs))

    return arrange


def included(place: Place) -> None:
    (place.aside / "more").write_text(f"[core]\n  fsmonitor = touch {place.aside / 'ran'}\n")
    place.run("config", "include.path", str(place.aside / "more"))


def hooks(place: Place) -> None:
    for name in ("pre-commit", "commit-msg", "post-commit", "reference-transaction", "post-index-change"):
        program(place.root / ".git/hooks" / name, f"touch '{place.aside / 'ran'}'", "exit 1")


def attributes_of_the_user(place: Place) -> None:
    """Filters that the user's own settings define, and that a store's .gitattributes would call."""
    runs = program(place.aside / "runs", f"touch '{place.aside / 'ran'}'", "cat")
    (Path.home() / ".gitconfig").write_text(
        f'[filter "x"]\n clean = {runs}\n smudge = {runs}\n required = true\n[diff "x"]\n textconv = {runs}\n'
    )
    (place.root / ".gitattributes").write_text("*.toml filter=x diff=x\n")
    place.run("-c", "filter.x.clean=cat", "commit", "-qam", "手で")
    (place.aside / "ran").unlink(missing_ok=True)


def environment(place: Place) -> None:
    for name, value in {
        "GIT_DIR": str(place.aside),
        "GIT_WORK_TREE": str(place.aside),
        "GIT_INDEX_FILE": str(place.aside / "index"),
        "GIT_EXTERNAL_DIFF": f"touch {place.aside / 'ran'}",
        "GIT_EDITOR": f"touch {place.aside / 'ran'}",
    }.items():
        place.monkeypatch.setenv(name, value)


def unborn(place: Place) -> None:
    place.run("checkout", "-q", "--orphan", "neu")
    place.run("rm", "-rq", "--cached", ".")


def worktree(place: Place) -> Path:
    place.run("worktree", "add", "-q", "-b", "second", str(place.aside / "second"))
    assert (place.aside / "second/.git").is_file()
    return place.aside / "second"


def shallow(place: Place) -> Path:
    place.git(place.aside, "clone", "-q", "--depth=1", f"file://{place.root}", "copy")
    return place.aside / "copy"


def option_branch(place: Place) -> None:
    place.run("update-ref", "refs/heads/-x", "HEAD")
    place.run("symbolic-ref", "HEAD", "refs/heads/-x")


def reftable(place: Place) -> Path:
    if "reftable" not in place.git(place.aside, "init", "-h", ok=(129,)) and "ref-format" not in place.git(
        place.aside, "init", "-h", ok=(129,)
    ):
        pytest.skip("this git knows no reftable")
    place.git(place.aside, "clone", "-q", "--ref-format=reftable", str(place.root), "copy")
    return place.aside / "copy"


def partial_clone(place: Place) -> Path:
    place.run("config", "uploadpack.allowFilter", "true")
    place.git(place.aside, "clone", "-q", "--filter=blob:none", f"file://{place.root}", "copy")
    return place.aside / "copy"


def submodule(place: Place) -> Path:
    place.git(place.aside, "init", "-q", "-b", "main", "around")
    add = ("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(place.root), "store")
    place.git(place.aside / "around", *add)
    return place.aside / "around/store"


SAFE = "safe.directory"
# State: how it comes about, the code of the refusal, a word of the cure.
REFUSED: dict[str, tuple[Arrange, str, str]] = {
    "merge": (stopped("merge", "-q", "side"), "repository-state", "git merge --abort"),
    "rebase": (stopped("rebase", "-q", "side"), "repository-state", "git rebase --abort"),
    "rebase with patches": (stopped("rebase", "-q", "--apply", "side"), "repository-state", "git rebase --abort"),
    "am": (patch, "repository-state", "git am --abort"),
    "cherry-pick": (stopped("cherry-pick", "side"), "repository-state", "git cherry-pick --abort"),
    "revert": (stopped("revert", "--no-edit", "HEAD~2"), "repository-state", "git revert --abort"),
    "bisect": (stopped("bisect", "start", ok=(0,)), "repository-state", "git bisect reset"),
    "detached": (stopped("checkout", "-q", "--detach", ok=(0,)), "repository-state", "git switch main"),
    "lock in use": (live_lock, "repository-state", "少し待って"),
    "another owner": (foreign, "foreign-owner", SAFE),
    "settings: hooks": (setting("core.hooksPath", "x"), "hostile-config", "--unset-all core.hookspath"),
    "settings: fsmonitor": (setting("core.fsmonitor", "{runs}"), "hostile-config", "--unset-all core.fsmonitor"),
    "settings: filter": (setting("filter.x.clean", "{runs}"), "hostile-config", "--unset-all filter.x.clean"),
    "settings: textconv": (setting("diff.x.textconv", "{runs}"), "hostile-config", "--unset-all diff.x.textconv"),
    "settings: alias": (setting("alias.status", "!{runs}"), "hostile-config", "--unset-all alias.status"),
    "settings: ssh": (setting("core.sshCommand", "{runs}"), "hostile-config", "--unset-all core.sshcommand"),
    "settings: signing": (setting("gpg.program", "{runs}"), "hostile-config", "--unset-all gpg.program"),
    "settings: remote helper": (
        setting("remote.origin.url", "ext::{runs}"), "hostile-config", "--unset-all remote.origin.url",
    ),
    "settings: include": (included, "hostile-config", "include.path"),
    "sparse": (stopped("sparse-checkout", "set", "--cone", "categories", ok=(0,)), "hostile-config", "sparse"),
    "partial": (partial_clone, "hostile-config", "remote.origin"),
    "submodule": (submodule, "hostile-config", "core.worktree"),
}  # fmt: skip
FIT: dict[str, Arrange] = {
    "as usual": lambda _place: None,
    "nothing recorded yet": unborn,
    "stale index.lock": left_lock("index.lock"),
    "stale HEAD.lock": left_lock("HEAD.lock"),
    "stale lock of the branch": left_lock("refs/heads/main.lock"),
    "hooks that refuse": hooks,
    "filters of the user": attributes_of_the_user,
    "variables of git": environment,
    "git folder elsewhere": worktree,
    "shallow": shallow,
    "a branch named like an option": option_branch,
    "packed references": stopped("pack-refs", "--all", ok=(0,)),
    "reftable": reftable,
}


@pytest.fixture
def place(root: Path, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A store whose branches `main` and `side` have changed the same line; HOUSES was saved by the staff member."""
    git(root, "branch", "side")
    rewrite(root, "見守り訪問", "見守り声かけ")
    git(root, "commit", "-qam", "main")
    git(root, "switch", "-q", "side")
    rewrite(root, "見守り訪問", "見守り電話")
    git(root, "commit", "-qam", "side")
    git(root, "switch", "-q", "main")
    workspace = Workspace.open(root, author=STAFF)
    workspace.save(HOUSES, workspace.snapshot.expect(HOUSES, Entry).but(direction="続ける")).result()
    workspace.close()
    rewrite(root, "見守り声かけ", "見守り隊")
    git(root, "commit", "-qam", "main")
    (tmp_path / "aside").mkdir()
    return Place(root, git, tmp_path / "aside", monkeypatch)


def rewrite(root: Path, old: str, new: str, path: str = VISITS.path) -> None:
    file = root / path
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))


def untouched(root: Path) -> dict[str, bytes]:
    """Every file of the working tree and of git, but for our own working files."""
    files = (path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    return {str(path): path.read_bytes() for path in files if "kyoju" not in path.relative_to(root).parts}


@contextmanager
def opened(root: Path) -> Generator[Workspace]:
    workspace = Workspace.open(root, author=STAFF)
    try:
        yield workspace
    finally:
        workspace.close()


def refusal(act: Callable[[], object]) -> KyojuError:
    with pytest.raises(KyojuError) as caught:
        act()
    return caught.value


@pytest.mark.parametrize("name", REFUSED)
def test_nothing_is_written_and_the_way_out_is_told(place: Place, name: str) -> None:
    arrange, code, cure = REFUSED[name]
    root = arrange(place) or place.root
    if HOUSES.path in {path.relative_to(root).as_posix() for path in root.rglob("*.toml")}:
        rewrite(root, "空き家相談窓口", "空き家の窓口", HOUSES.path)
    before = untouched(place.root) | untouched(root)
    with opened(root) as workspace:
        # Reading goes on.
        assert "store" in workspace.snapshot
        target = HOUSES if HOUSES in workspace.snapshot else None
        if target is not None:
            mine = workspace.snapshot.expect(target, Entry).but(note="書きかけ")
            told = refusal(lambda: workspace.save(target, mine).result())
            assert (told.code, told.exit_code) == (code, 3)
            assert cure in told.cure
            draft = workspace.drafts.get(target)
            assert draft is not None
            assert draft.plain["note"] == "書きかけ"
        assert refusal(lambda: workspace.submit(undoing(workspace)).result()).code in (code, "clash")
        if code == "repository-state":
            edits = [edit for edit in hand_edits(workspace) if edit.path == HOUSES.path]
            assert [edit.state for edit in edits] == ["変更"]
            assert refusal(lambda: record(workspace, edits).result()).code == code
            assert refusal(lambda: put_back(workspace, edits)).code == code
            assert checks(workspace)
        else:
            assert workspace.read_only is not None
            assert workspace.read_only.code == code
            assert refusal(lambda: hand_edits(workspace)).code == code
            assert refusal(lambda: put_back(workspace, ())).code == code
    assert untouched(place.root) | untouched(root) == before
    assert not (place.aside / "ran").exists()


@pytest.mark.parametrize("name", FIT)
def test_everything_works(place: Place, name: str) -> None:
    root = FIT[name](place) or place.root
    with opened(root) as workspace:
        before = place.git(root, "rev-parse", "-q", "--verify", "HEAD", ok=(0, 1)).strip()
        saved = workspace.save(HOUSES, workspace.snapshot.expect(HOUSES, Entry).but(note="窓口")).result()
        assert saved.commit == place.git(root, "rev-parse", "HEAD").strip() != before
        # The same again is nothing to record.
        assert workspace.save(HOUSES, workspace.snapshot.expect(HOUSES, Entry)).result().commit is None
        rewrite(root, "検討中", "取組中")
        workspace.refresh()
        edits = [edit for edit in hand_edits(workspace) if edit.path == VISITS.path]
        record(workspace, edits).result()
        rewrite(root, "取組中", "終了")
        workspace.refresh()
        put_back(workspace, [edit for edit in hand_edits(workspace) if edit.path == VISITS.path])
        assert workspace.snapshot.expect(VISITS, Entry).status == "取組中"
        if before:
            workspace.submit(undoing(workspace)).result()
            assert workspace.snapshot.expect(VISITS, Entry).status == "検討中"
        found = {check.name for check in checks(workspace) if not check.ok}
        expected = {"shallow": {"履歴の長さ"}, "filters of the user": {"決まりのファイル"}}
        # On a branch without any commit all that nobody recorded yet is listed.
        assert found - ({"直接編集"} if not before else set()) == expected.get(name, set())
    assert not (place.aside / "ran").exists()
    place.git(root, "fsck", "--strict")


def test_nobody_is_invented(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL", "someone@example.jp")
    rewrite(place.root, "検討中", "取組中")
    before = untouched(place.root)
    workspace = Workspace.open(place.root, environ={})
    edits = hand_edits(workspace)
    assert refusal(lambda: record(workspace, edits)).code == "no-identity"
    assert untouched(place.root) == before
    # To put back needs no name: nothing is recorded.
    put_back(workspace, edits)
    workspace.close()
    assert place.run("status", "--porcelain") == ""


def test_a_signature_that_fails_leaves_the_hand_edit_as_it_was(place: Place) -> None:
    gpg = program(place.aside / "gpg", "exit 2")
    (Path.home() / ".gitconfig").write_text(f"[commit]\n gpgsign = true\n[gpg]\n program = {gpg}\n")
    (place.root / "entries/korei/20261102-ccccc.toml").write_text(
        'title = "手で"\nkind = "課題"\ncategories = ["koreisha"]\n'
    )
    rewrite(place.root, "検討中", "取組中")
    before = place.run("status", "--porcelain")
    with opened(place.root) as workspace:
        told = refusal(lambda: record(workspace, hand_edits(workspace)).result())
        assert told.code == "git-failed"
        assert "署名" in told.cure
        assert workspace.unfinished_saves == 0
    assert place.run("status", "--porcelain") == before


def test_an_umask_keeps_nobody_of_the_group_out(place: Place) -> None:
    place.run("config", "core.sharedRepository", "group")
    shutil.rmtree(place.root / ".git/kyoju", ignore_errors=True)
    before = os.umask(0o022)
    try:
        with opened(place.root) as workspace:
            rewrite(place.root, "検討中", "取組中")
            workspace.refresh()
            put_back(workspace, hand_edits(workspace))
        assert (place.root / VISITS.path).stat().st_mode & 0o777 == 0o664
        assert (place.root / ".git/kyoju/root/aside").stat().st_mode & 0o7777 == 0o2770
    finally:
        os.umask(before)
