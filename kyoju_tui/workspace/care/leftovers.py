"""Doctor's look at what earlier runs left: unfinished saves, temporary files, drafts that others can read, presence."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from kyoju_tui.files import atomic
from kyoju_tui.files.modes import close_to_others, older, seen_by_others
from kyoju_tui.files.ownership import login_name
from kyoju_tui.files.private import forget, make_folder
from kyoju_tui.history.git import Repository
from kyoju_tui.workspace.care.look import Check, Look
from kyoju_tui.workspace.presence.open_records import place_of
from kyoju_tui.workspace.presence.presence_file import listed, read, take_away
from kyoju_tui.workspace.saving import journal
from kyoju_tui.workspace.saving.lock import store_lock
from kyoju_tui.workspace.saving.writer import Writer
from kyoju_tui.workspace.workspace import Workspace

# A write takes milliseconds; what lies there for an hour has no writer any more.
_OLD: Final = 3600.0
_NAMED: Final = 3
_Item = TypeVar("_Item")


def _journal(workspace: Workspace) -> Iterator[Check]:
    folder = workspace.repository.state_dir() / "journal"
    waiting = journal.pending(folder)
    readable = [path for path in waiting if os.access(path, os.R_OK)]
    told = "、".join(_dated(path) for path in waiting[:_NAMED])
    repository = workspace.repository
    writer = Writer(workspace.root, repository, folder, workspace.drafts)
    yield Check(
        "途中の記録",
        not waiting,
        f"{len(waiting)}件（{told}）" if waiting else "0件",
        "画面を開くか次に記録すると、続きが行われます。ほかの利用者だけが読めるものは、その人が開いたときに行われます。",
        "途中の記録の続きを行います。続けられないものは下書きにします" if readable else "",
        writer.recover if readable else None,
    )
    unreadable = sorted(folder.glob("*.unreadable")) if folder.is_dir() else []
    if unreadable:
        yield Check(
            "読めない途中の記録",
            False,
            f"{len(unreadable)}件（{unreadable[0]}）",
            "新しい版の kyoju-tui が書いたものなら、その版で開いてください。",
            "読めるようになったものは続きに戻し、ほかは控えのフォルダーに移します",
            partial(_sort_unreadable, repository, unreadable),
        )


def _sort_unreadable(repository: Repository, files: Iterable[Path]) -> None:
    """A journal that this version can read waits for its end again; another one is kept where it warns no more."""
    with store_lock(repository.common_dir, shared=repository.shared):
        kept = repository.state_dir() / "unreadable"
        make_folder(kept, shared=repository.shared)
        for path in files:
            try:
                journal.read(path)
            except ValueError:
                path.rename(kept / path.name)
            else:
                path.rename(path.with_suffix(".json"))


def _temporary(workspace: Workspace) -> Iterator[Check]:
    repository = workspace.repository
    before = time.time() - _OLD
    ours = older((workspace.root / ".kyoju" / "tmp").glob("*.tmp"), before)
    state = older(repository.state_dir().rglob(".*.tmp"), before)
    objects = repository.common_dir / "objects"
    gits = older((*objects.glob("??/tmp_obj_*"), *objects.glob("pack/tmp_*"), *objects.glob("pack/.tmp-*")), before)
    number = len(ours) + len(state) + len(gits)
    yield Check(
        "書きかけのファイル",
        not number,
        f"{number}件",
        "記録には影響ありません。",
        f"途中で止まった書き込みの一時ファイル{number}件を片付けます" if number else "",
        partial(_clear, workspace, repository, (*state, *gits)) if number else None,
    )


def _clear(workspace: Workspace, repository: Repository, files: Iterable[Path]) -> None:
    with store_lock(repository.common_dir, shared=repository.shared):
        atomic.clear(workspace.root)
        for path in files:
            forget(path)


def _private(workspace: Workspace) -> Iterator[Check]:
    state, user = workspace.repository.state_dir(), str(os.geteuid())
    exposed = seen_by_others(state / name / user for name in ("drafts", "aside", "visits"))
    yield Check(
        "下書きの権限",
        not exposed,
        "自分だけが読めます" if not exposed else f"ほかの利用者に見えるもの{len(exposed)}件（{exposed[0]}）",
        "自分だけが読めるようにしてください。",
        "下書きと控えを、自分だけが読めるようにします" if exposed else "",
        partial(_each, close_to_others, exposed) if exposed else None,
    )


def _presence(workspace: Workspace) -> Iterator[Check]:
    place = place_of(workspace)
    if place is None:
        return
    sessions = {name: read(place, name) for name in listed(place)}
    gone = [name for name, found in sessions.items() if found is not None and found[0].process.lives is False]
    yield Check(
        "開いている人の表示",
        not gone,
        f"終わったあとに残ったもの{len(gone)}件" if gone else f"{len(sessions)}件",
        "しばらくすると消えます。",
        "終わった画面の表示を片付けます" if gone else "",
        partial(_each, partial(take_away, place), gone) if gone else None,
    )


def _each(act: Callable[[_Item], object], items: Iterable[_Item]) -> None:
    for item in items:
        act(item)


def _dated(path: Path) -> str:
    try:
        status = path.stat()
    except OSError:
        return path.name
    return f"{login_name(status.st_uid)} {datetime.fromtimestamp(status.st_mtime).astimezone():%Y-%m-%d %H:%M}"


LOOKS: Final[Mapping[str, Look]] = {
    "途中の記録": _journal,
    "書きかけのファイル": _temporary,
    "下書きの権限": _private,
    "開いている人の表示": _presence,
}
