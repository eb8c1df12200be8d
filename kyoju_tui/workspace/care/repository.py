"""Doctor's look at the repository: locks, index, marks on files, group permissions, the history's shape."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from shlex import quote
from typing import Final

from kyoju_tui.files.modes import closed_to_group, open_to_group
from kyoju_tui.history import commits, graph
from kyoju_tui.history.git import Repository
from kyoju_tui.history.graph_care import graph_is_sound, is_shallow, renew_graph
from kyoju_tui.history.recorded import look_again, overlooked, recorded_blobs, staged_paths
from kyoju_tui.history.state import every_lock, in_use, remove_left_over
from kyoju_tui.records.errors import GitFailed
from kyoju_tui.workspace.care.look import Check, Look
from kyoju_tui.workspace.hand_edits.differing import belongs, read_now
from kyoju_tui.workspace.saving.lock import store_lock
from kyoju_tui.workspace.saving.working_copy import WorkingCopy
from kyoju_tui.workspace.workspace import Workspace


def _locks(workspace: Workspace) -> Iterator[Check]:
    repository = workspace.repository
    doubts = {lock: in_use(repository, lock) for lock in every_lock(repository)}
    left = [lock for lock, doubt in doubts.items() if not doubt]
    used = [lock for lock, doubt in doubts.items() if doubt]
    words = [
        f"残ったもの{len(left)}件（{left[0]}）" if left else "",
        f"使用中{len(used)}件（{used[0]}）" if used else "",
    ]
    yield Check(
        "ロック",
        not doubts,
        "、".join(filter(None, words)) or "ありません",
        "使用中のものは、少し待つと消えます。使っているプログラムがなければ、管理者に削除を依頼してください。",
        f"止まったプログラムが残したロックファイル{len(left)}件を片付けます" if left else "",
        partial(_unlock, repository, left) if left else None,
    )


def _unlock(repository: Repository, left: Iterable[Path]) -> None:
    with store_lock(repository.common_dir, shared=repository.shared):
        remove_left_over(repository, left)


def _index(workspace: Workspace) -> Iterator[Check]:
    lagging = _lagging(workspace)
    yield Check(
        "記録の索引",
        not lagging,
        f"履歴に遅れているファイル{len(lagging)}件（{lagging[0]}）" if lagging else "履歴と合っています",
        "このままでも記録はできますが、gitを手で使うと記録が取り消されることがあります。",
        f"索引の{len(lagging)}件を履歴に合わせます（ファイルは変えません）" if lagging else "",
        partial(_follow, workspace) if lagging else None,
    )


def _lagging(workspace: Workspace) -> tuple[str, ...]:
    """Files that are as in HEAD while the index says otherwise. What somebody staged on purpose differs on the disk."""
    repository = workspace.repository
    staged = [path for path in staged_paths(repository) if belongs(path)]
    if not staged:
        return ()
    _, blobs = recorded_blobs(repository)
    return tuple(path for path in staged if _blob(repository, read_now(workspace.root, path)) == blobs.get(path))


def _blob(repository: Repository, data: bytes | None) -> str | None:
    return None if data is None else commits.blob_id(repository, data)


def _follow(workspace: Workspace) -> None:
    repository = workspace.repository
    copy = WorkingCopy(workspace.root, repository)
    with store_lock(repository.common_dir, shared=repository.shared):
        copy.make_fit()
        copy.match_index(_lagging(workspace))


def _marks(workspace: Workspace) -> Iterator[Check]:
    repository = workspace.repository
    found = {path: mark for path, mark in overlooked(repository).items() if belongs(path)}
    first = next(iter(found), "")
    yield Check(
        "見落としの印",
        not found,
        f"gitが変更を見ないファイル{len(found)}件（{first}：{found[first]}）" if found else "ありません",
        "gitを手で使うときに、変更が見えません。",
        f"{len(found)}件の印を外します" if found else "",
        partial(_look_again, workspace, tuple(found)) if found else None,
    )


def _look_again(workspace: Workspace, paths: tuple[str, ...]) -> None:
    repository = workspace.repository
    copy = WorkingCopy(workspace.root, repository)
    with store_lock(repository.common_dir, shared=repository.shared):
        copy.make_fit()
        look_again(repository, paths)


def _group(workspace: Workspace) -> Iterator[Check]:
    repository = workspace.repository
    if not repository.shared:
        return
    state = repository.state_dir()
    private = {folder for name in ("drafts", "aside", "visits") for folder in (state / name).glob("*")}
    closed = closed_to_group([workspace.root], {*private, repository.git_dir, repository.common_dir})
    closed += tuple(
        path for path in closed_to_group([repository.common_dir], private) if path.is_dir() or path.parent == state
    )
    mine = tuple(path for path in closed if _is_mine(path))
    everything = quote(str(repository.top))
    yield Check(
        "共有の権限",
        not closed,
        f"グループの人が書けないもの{len(closed)}件（{closed[0]}）" if closed else "グループの人が書けます",
        "自分のものでない分は、管理者に次の1行の実行を依頼してください: "
        f"chmod -R g+rwX {everything} && find {everything} -type d -exec chmod g+s {{}} +",
        f"自分の{len(mine)}件を、グループの人が書けるようにします" if mine else "",
        partial(_open_to_group, mine) if mine else None,
    )


def _is_mine(path: Path) -> bool:
    try:
        return path.lstat().st_uid == os.geteuid()
    except OSError:
        return False


def _open_to_group(paths: Iterable[Path]) -> None:
    for path in paths:
        open_to_group(path)


def _shape(workspace: Workspace) -> Iterator[Check]:
    repository = workspace.repository
    sound = graph_is_sound(repository)
    due = sound and graph.is_due(repository)
    yield Check(
        "履歴の早見表",
        sound and not due,
        "壊れています" if not sound else "古くなっています" if due else "よい状態です",
        "履歴を見るのが遅くなることがあります。記録は失われていません。",
        "" if sound and not due else "履歴の早見表を作り直します",
        None if sound and not due else partial(_renew, repository),
    )
    if is_shallow(repository):
        yield Check(
            "履歴の長さ",
            False,
            "新しい部分だけの複製です。それより前の記録は、ここでは見られません",
            "管理者に次の1行の実行を依頼してください: git fetch --unshallow",
        )


def _renew(repository: Repository) -> None:
    if not renew_graph(repository):
        raise GitFailed("履歴の早見表を作れませんでした。記録は失われていません。", cure="管理者に知らせてください。")


LOOKS: Final[Mapping[str, Look]] = {
    "ロック": _locks,
    "記録の索引": _index,
    "見落としの印": _marks,
    "共有の権限": _group,
    "履歴の早見表": _shape,
}
