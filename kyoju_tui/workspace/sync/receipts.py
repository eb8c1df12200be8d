"""Taking over a commit that is already made: files, index, branch, in that order and under the store's lock.

What is to be done is on the disk before the first file is touched: two commits say all of it. So whatever ends the
program in between, the next one to come finishes the work, or takes it back where somebody has changed a file since.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar, Final

from kyoju_tui.files import atomic
from kyoju_tui.files.private import forget, read_private, write_private
from kyoju_tui.files.together import Look, Replacement, Rewritten, contents, looks, replace_all
from kyoju_tui.history import commits
from kyoju_tui.history.exchange import tip
from kyoju_tui.history.git import Repository
from kyoju_tui.history.state import branch
from kyoju_tui.history.trees import Difference, File, advance, differences, set_index
from kyoju_tui.records.errors import GitFailed, KyojuError, Refused, SaveFailed

_SUFFIX: Final = ".receive.json"
_SCHEMA: Final = 1
_REASON: Final = "kyoju: receive"
_SHOWN: Final = 3
_LARGEST: Final = 65_536


class HandEdited(Refused):
    """Files that are to be replaced hold something that is not recorded. `paths` names them."""

    code: ClassVar[str] = "hand-edited"

    def __init__(self, paths: tuple[str, ...]) -> None:
        more = f"ほか{len(paths) - _SHOWN}件" if len(paths) > _SHOWN else ""
        super().__init__(
            "受信する内容と同じファイルに、まだ記録されていない変更があるため、受信していません"
            f"（{'、'.join(paths[:_SHOWN])}{more}）。何も変えていません。",
            cure="ファイルの直接編集を記録するか元に戻してから、もう一度送受信してください。",
        )
        self.paths = paths


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receive: the branch is to go on from one commit to another, and index and files with it."""

    branch: str
    before: str
    after: str


def pending(folder: Path) -> tuple[Path, ...]:
    """The receives whose end nobody saw."""
    return tuple(sorted(folder.glob(f"*{_SUFFIX}")))


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be taken over: the branch and where it stands, what differs in which files, and what they hold then.

    `commit` makes the commit, while the files' new contents are written.
    """

    branch: str
    before: str
    files: Difference
    after: Mapping[str, bytes | None]
    commit: Callable[[], str]


def take_over(repository: Repository, folder: Path, plan: Plan, staged: Collection[str]) -> str:
    """Let branch, index and files go on to the plan's commit, and return it. `folder` is the journal's.

    `staged` are the paths of which git's index holds something that HEAD does not.

    Errors: `HandEdited`, `UnsafePath`, `ReadOnly`, `SaveFailed`, `RepositoryState`, `GitFailed`; all is as it was
    then, unless the error says that it is finished later.
    """
    looked = looks(repository.store, plan.files)
    _require_untouched(repository, plan.files, staged)
    with ThreadPoolExecutor(1) as beside:
        committing = beside.submit(plan.commit)
        with _ready(repository, plan.files, plan.after, looked) as ready:
            receipt = Receipt(plan.branch, plan.before, committing.result())
            note = _noted(repository, folder, receipt)
            try:
                _put(repository, ready, plan.files)
                advance(repository, receipt.branch, receipt.before, receipt.after, _REASON)
            except BaseException as error:
                try:
                    _match_head(repository, plan.files)
                except KyojuError as failed:
                    raise SaveFailed(
                        "受信の途中で止まりました。続きは、次に記録や送受信をするときに行います。何も失われていません。",
                        cure="ディスクの空きを管理者に確かめてもらい、もう一度送受信してください。",
                        detail=f"{error} / {failed.message} {failed.detail}",
                    ) from error
                _done(note)
                if isinstance(error, Rewritten):
                    raise HandEdited((error.path,)) from error
                raise
    _done(note)
    return receipt.after


def _ready(
    repository: Repository, files: Difference, after: Mapping[str, bytes | None], looked: Mapping[str, Look]
) -> Replacement:
    executable = [path for path, (_, new) in files.items() if new is not None and new.mode == "100755"]
    return Replacement(repository.store, after, shared=repository.shared, executable=executable, looked=looked)


def _put(repository: Repository, ready: Replacement, files: Difference) -> None:
    """Files and index at once: in whatever order they follow, the note says where they lead."""
    with ThreadPoolExecutor(1) as beside:
        indexed = beside.submit(set_index, repository, _after_files(files))
        ready.put()
        indexed.result()


def finish(repository: Repository, folder: Path) -> None:
    """Finish each receive whose end nobody saw, or take it back where a file was changed since. Under the lock only.

    Errors: `Rewritten`, then it is tried again the next time, and what keeps files or git from being written at all.
    """
    for path in pending(folder):
        try:
            receipt = _read(path)
        except ValueError:
            path.rename(path.with_suffix(".unreadable"))
            continue
        except PermissionError:
            continue  # another user's, in a repository that is not shared: it waits for that user
        if tip(repository, receipt.after) is None or tip(repository, receipt.before) is None:
            path.rename(path.with_suffix(".unreadable"))
            continue
        atomic.clear(repository.store)
        (files,) = differences(repository, [(receipt.before, receipt.after)])
        looked = looks(repository.store, files)
        if _may_go_on(repository, receipt, files):
            with _ready(repository, files, _after(repository, files), looked) as ready:
                ready.put()
            set_index(repository, _after_files(files))
            advance(repository, receipt.branch, receipt.before, receipt.after, _REASON)
        else:
            _match_head(repository, files)
        _done(path)


def _noted(repository: Repository, folder: Path, receipt: Receipt) -> Path:
    try:
        path = folder / f"{secrets.token_hex(8)}{_SUFFIX}"
        data = json.dumps({"schema": _SCHEMA, **asdict(receipt)}).encode()
        write_private(path, data, shared=repository.shared)
    except OSError as error:
        raise SaveFailed(
            "受信の準備ができなかったため、何も変えていません。",
            cure="ディスクの空きと権限を管理者に確かめてもらい、もう一度送受信してください。",
            detail=str(error),
        ) from error
    return path


def _after_files(files: Difference) -> dict[str, File | None]:
    return {path: new for path, (_, new) in files.items()}


def _require_untouched(repository: Repository, files: Difference, staged: Collection[str]) -> None:
    """Refuse where a file holds anything but what is recorded of it, in the working copy or in the index."""
    current = _blobs(repository, files)
    touched = [
        path
        for path, (old, _) in files.items()
        if path in staged or current[path] != (None if old is None else old.blob)
    ]
    if touched:
        raise HandEdited(tuple(touched))


def _may_go_on(repository: Repository, receipt: Receipt, files: Difference) -> bool:
    """Whether nothing has happened since but the receive itself."""
    if commits.head(repository) != receipt.before or branch(repository) != receipt.branch:
        return False
    current = _blobs(repository, files)
    return all(current[path] in _known(*versions) for path, versions in files.items())


def _match_head(repository: Repository, files: Difference) -> None:
    """Let the files of a receive hold what HEAD has of them; what somebody else wrote into one of them stays."""
    head = commits.head(repository)
    recorded = {} if head is None else commits.blob_ids(repository, head, list(files))
    current = _blobs(repository, files)
    wanted = {
        path: recorded.get(path)
        for path, versions in files.items()
        if current[path] in _known(*versions) and current[path] != recorded.get(path)
    }
    found = _read_blobs(repository, [blob for blob in wanted.values() if blob is not None])
    replace_all(
        repository.store,
        {path: None if blob is None else found[blob] for path, blob in wanted.items()},
        shared=repository.shared,
    )
    set_index(repository, {path: _as_recorded(recorded.get(path), *versions) for path, versions in files.items()})


def _as_recorded(blob: str | None, old: File | None, new: File | None) -> File | None:
    if blob is None:
        return None
    return next((file for file in (old, new) if file is not None and file.blob == blob), File("100644", blob))


def _known(old: File | None, new: File | None) -> tuple[str | None, str | None]:
    return (None if old is None else old.blob, None if new is None else new.blob)


def _blobs(repository: Repository, paths: Iterable[str]) -> dict[str, str | None]:
    """What the files hold now, as the ids of blobs."""
    found = contents(repository.store, paths)
    return {path: None if data is None else commits.blob_id(repository, data) for path, data in found.items()}


def _after(repository: Repository, files: Difference) -> dict[str, bytes | None]:
    found = _read_blobs(repository, [new.blob for _, new in files.values() if new is not None])
    return {path: None if new is None else found[new.blob] for path, (_, new) in files.items()}


def _read_blobs(repository: Repository, blobs: Iterable[str]) -> dict[str, bytes]:
    return read_blobs(repository, list(dict.fromkeys(blobs)))


def read_blobs(repository: Repository, blobs: list[str]) -> dict[str, bytes]:
    """The bytes of blobs by id, with one process. Errors: `GitFailed` where one is missing."""
    found = dict(zip(blobs, commits.contents(repository, blobs), strict=True))
    missing = [blob for blob, data in found.items() if data is None]
    if missing:
        raise GitFailed(
            "履歴の一部が欠けているため、受信を終えられません。何も変えていません。",
            cure="管理者に、保管場所の点検（git fsck）を依頼してください。",
            detail=f"missing {missing[0]}",
        )
    return {blob: data for blob, data in found.items() if data is not None}


def _read(path: Path) -> Receipt:
    """The receipt in a file. Raises ValueError where it is none that this version writes, OSError."""
    try:
        content: Any = json.loads(read_private(path, _LARGEST))
        if content["schema"] != _SCHEMA:
            raise ValueError(f"{path.name}: schema {content['schema']!r}")
        return Receipt(str(content["branch"]), str(content["before"]), str(content["after"]))
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"{path.name}: {error}") from error


def _done(path: Path) -> None:
    """Take the note away. One that stays is found done at the next save."""
    with suppress(OSError):
        forget(path)
