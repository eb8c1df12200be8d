"""Whether a repository is fit for a save: no unfinished work of somebody's, a branch to commit to, no lock.

All of it is read from files: none of git's processes is needed, and `git status` hides half of it.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kyoju_tui.history.git import Repository
from kyoju_tui.records import errors

STALE_AFTER: Final = 5.0
"""Seconds that a lock must have lain untouched before it can be called left over."""

_SAFE: Final = "記録はしていません。これまでの記録は失われていません。"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Why a save has to wait: a sentence for staff, the way out for an administrator, the file that shows it."""

    message: str
    cure: str
    sign: str


# In this order: a rebase stops with CHERRY_PICK_HEAD or a detached HEAD of its own, and `am` is a kind of rebase.
_SIGNS: Final[tuple[tuple[str, str, str], ...]] = (
    ("rebase-merge", "変更の付け替え（リベース）", "git rebase --continue か git rebase --abort"),
    ("rebase-apply/applying", "パッチの適用", "git am --continue か git am --abort"),
    ("rebase-apply", "変更の付け替え（リベース）", "git rebase --continue か git rebase --abort"),
    ("MERGE_HEAD", "変更の統合（マージ）", "git merge --continue か git merge --abort"),
    ("CHERRY_PICK_HEAD", "変更の取り込み（チェリーピック）", "git cherry-pick --continue か git cherry-pick --abort"),
    ("REVERT_HEAD", "変更の取り消し（リバート）", "git revert --continue か git revert --abort"),
    ("sequencer", "変更の取り込み・取り消し", "git cherry-pick --abort か git revert --abort"),
    ("BISECT_LOG", "不具合の調査（バイセクト）", "git bisect reset"),
)


def unfinished(repository: Repository) -> Unfinished | None:
    """Return what keeps this working tree from taking a commit, or None. A branch without any commit is fit."""
    for name, work, way_out in _SIGNS:
        if os.path.lexists(repository.git_dir / name):
            return Unfinished(
                f"保管場所で、{work}が途中のままになっています。{_SAFE}",
                f"管理者に、途中の作業を終えるか取りやめるよう依頼してください（{way_out}）。",
                name,
            )
    if branch(repository) is None:
        return Unfinished(
            f"保管場所が、どの枝（ブランチ）にもつながっていない状態（切り離されたHEAD）です。{_SAFE}",
            "管理者に、元の枝へ戻すよう依頼してください（git switch main）。",
            "HEAD",
        )
    for lock in locks(repository):
        return Unfinished(
            f"ほかのプログラムが保管場所を使用中です（{lock.name}）。{_SAFE}",
            "少し待ってから、もう一度試してください。使っているプログラムがなければ、管理者に次のファイルの削除を"
            f"依頼してください: {lock}",
            lock.name,
        )
    return None


def require_writable(repository: Repository) -> None:
    """Do nothing where a save may begin.

    Errors: `RepositoryState` with the state in words and the way out.
    """
    found = unfinished(repository)
    if found is not None:
        raise errors.RepositoryState(found.message, cure=found.cure, detail=found.sign)


def branch(repository: Repository) -> str | None:
    """Return the full name of the branch that a commit would go to (`refs/heads/main`), or None where HEAD is detached.

    Errors: `RepositoryState` where HEAD cannot be read.
    """
    try:
        content = (repository.git_dir / "HEAD").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise errors.RepositoryState(
            f"保管場所の状態（HEAD）を読み取れません。{_SAFE}",
            cure="管理者に、保管場所の点検（git fsck）を依頼してください。",
            detail=str(error),
        ) from error
    kind, _, name = content.strip().partition(":")
    name = name.strip()
    return name if kind == "ref" and name.startswith("refs/heads/") else None


def locks(repository: Repository) -> tuple[Path, ...]:
    """Return the lock files that a commit would meet: of the index, of HEAD, of the branch."""
    name = branch(repository)
    candidates = [repository.git_dir / "index.lock", repository.git_dir / "HEAD.lock"]
    if name is not None:
        candidates.append(repository.common_dir / f"{name}.lock")
    return tuple(lock for lock in candidates if os.path.lexists(lock))


def every_lock(repository: Repository) -> tuple[Path, ...]:
    """Return all lock files of this repository: of any branch, of the packed references, of its settings too.

    A save waits for those of `locks` alone; another one keeps an administrator's git, or an exchange, from working.
    """
    names = ("packed-refs.lock", "shallow.lock", "config.lock", "objects/info/commit-graphs/commit-graph-chain.lock")
    candidates = [
        *(repository.git_dir / name for name in ("index.lock", "HEAD.lock", "ORIG_HEAD.lock", "config.worktree.lock")),
        *(repository.common_dir / name for name in names),
        *sorted((repository.common_dir / "refs").rglob("*.lock")),
    ]
    return tuple(lock for lock in dict.fromkeys(candidates) if os.path.lexists(lock))


def in_use(repository: Repository, lock: Path) -> str:
    """Return why a lock may belong to a program at work (in English, for `detail`), or "" where it is left over."""
    try:
        return _doubt(repository, lock.lstat())
    except FileNotFoundError:
        return ""


def remove_stale_lock(repository: Repository) -> tuple[Path, ...]:
    """Remove those locks of a git that was killed which a commit would meet, and return them.

    Errors: as `remove_left_over`.
    """
    return remove_left_over(repository, locks(repository))


def remove_left_over(repository: Repository, among: Iterable[Path]) -> tuple[Path, ...]:
    """Remove these locks of a git that was killed, and return them. Call it under the store's own lock only.

    A lock goes when it has lain for `STALE_AFTER` seconds, no live process holds it open, and no git is at work in
    this repository. Where that cannot be known, it stays.

    Errors: `RepositoryState` where a lock may be in use, `ReadOnly`.
    """
    found: dict[Path, os.stat_result] = {}
    for lock in among:
        with suppress(FileNotFoundError):
            found[lock] = lock.lstat()
    for lock, seen in found.items():
        doubt = _doubt(repository, seen)
        if doubt:
            raise errors.RepositoryState(
                f"ほかのプログラムが保管場所を使用中のようです（{lock.name}）。{_SAFE}",
                cure="少し待ってから、もう一度試してください。続くときは管理者に知らせてください。",
                detail=f"{lock}: {doubt}",
            )
    for lock, seen in found.items():
        try:
            if lock.lstat().st_ino == seen.st_ino:
                lock.unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise errors.ReadOnly(
                f"残っていたロックファイル（{lock.name}）を片付けられませんでした。{_SAFE}",
                cure=f"管理者に、次のファイルの削除を依頼してください: {lock}",
                detail=str(error),
            ) from error
    return tuple(found)


def _doubt(repository: Repository, seen: os.stat_result) -> str:
    """Return why this lock may be alive, or ""."""
    if not stat.S_ISREG(seen.st_mode):
        return "no regular file"
    age = time.time() - seen.st_mtime
    if age < STALE_AFTER:
        return f"{age:.1f} s old"
    if not Path("/proc/self/fd").is_dir():
        return "no /proc to ask"
    for process in _processes():
        if _holds(process, seen):
            return f"open in process {process.name}"
        if _is_git(process) and _is_here(repository, process):
            return f"git at work, process {process.name}"
    return ""


def _processes() -> list[Path]:
    own = str(os.getpid())
    return [entry for entry in Path("/proc").iterdir() if entry.name.isdigit() and entry.name != own]


def _holds(process: Path, lock: os.stat_result) -> bool:
    try:
        descriptors = list((process / "fd").iterdir())
    except OSError:
        # Another user's process, or one that has just ended: `_is_here` judges the first by its name.
        return False
    for descriptor in descriptors:
        with suppress(OSError):
            found = descriptor.stat()
            if (found.st_dev, found.st_ino) == (lock.st_dev, lock.st_ino):
                return True
    return False


def _is_git(process: Path) -> bool:
    with suppress(OSError):
        name = (process / "comm").read_bytes().strip()
        return name == b"git" or name.startswith(b"git-")
    return False


def _is_here(repository: Repository, process: Path) -> bool:
    """Tell whether a git process works in this repository; another user's might, since we are not shown where it is."""
    try:
        folder = (process / "cwd").readlink()
    except PermissionError:
        return True
    except OSError:
        return False
    return any(folder.is_relative_to(place) for place in (repository.top, repository.git_dir, repository.common_dir))
