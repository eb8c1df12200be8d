"""The local half of an exchange: what was fetched becomes part of the store, merged by field, in one commit.

Runs under the store's lock and needs no network. Either branch, index and files go on to the joined history, or
everything stays as it was and a person is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from kyoju_tui.files import codec
from kyoju_tui.history import log
from kyoju_tui.history.bearable import LARGEST_SUM, too_much
from kyoju_tui.history.commits import blob_id, head
from kyoju_tui.history.git import Repository
from kyoju_tui.history.identity import require_author
from kyoju_tui.history.process import Cancelled
from kyoju_tui.history.remote_words import RemoteDiffers
from kyoju_tui.history.trees import Difference, File, differences, merge_bases, staged, write_commit
from kyoju_tui.records.errors import RepositoryState
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.plain import Plain
from kyoju_tui.workspace.saving.lock import store_lock
from kyoju_tui.workspace.saving.recovery import Recovery
from kyoju_tui.workspace.saving.working_copy import WorkingCopy
from kyoju_tui.workspace.sync.combined import Combined, what
from kyoju_tui.workspace.sync.combining import combine
from kyoju_tui.workspace.sync.meeting_points import record_at
from kyoju_tui.workspace.sync.receipts import Plan, read_blobs, take_over
from kyoju_tui.workspace.sync.several_bases import against_all
from kyoju_tui.workspace.sync.undecided import Decided, NeedsDecision, Undecided

if TYPE_CHECKING:
    from kyoju_tui.workspace.workspace import Workspace

_NAMED: Final = 20
_ASKED: Final = 200


@dataclass(frozen=True, slots=True)
class Received:
    """What a receive did: the commit that stands now, the merge commit if one was made, the paths that changed."""

    head: str
    commit: str | None
    paths: tuple[str, ...]
    merged: tuple[Ref, ...]
    taken: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """Both sides of a receive: our commit, theirs, and the one that they have in common.

    `others` are further ones, where each side has merged the other's before.
    """

    ours: str
    theirs: str
    base: str
    others: tuple[str, ...] = ()

    @property
    def nothing_new(self) -> bool:
        """Whether we have all of theirs."""
        return self.theirs == self.base

    @property
    def only_behind(self) -> bool:
        """Whether they have all of ours."""
        return self.ours == self.base


def meeting(repository: Repository, theirs: str | None) -> Meeting:
    """How our commit and theirs (None: the remote is empty) stand to each other.

    Errors: `RemoteDiffers` for a history that has nothing in common with ours.
    """
    ours = head(repository)
    if ours is None:
        raise RepositoryState(
            "この保管場所にはまだ記録がないため、送受信できません。何も変えていません。",
            cure="最初の記録をしてから試すか、管理者に送り先からの複製（git clone）を依頼してください。",
        )
    if theirs is None or theirs == ours:
        return Meeting(ours, ours, ours)
    bases = merge_bases(repository, ours, theirs)
    if not bases:
        raise RemoteDiffers(
            "送り先は別の保管場所のもので、この保管場所と共通の記録がありません。受信も送信もしていません。",
            cure="送り先の場所が正しいか確かめてください。何も失われていません。",
            detail=f"no merge base of {ours} and {theirs}",
        )
    return Meeting(ours, theirs, bases[0], bases[1:])


def receive(
    workspace: Workspace,
    branch: str,
    theirs: str | None,
    decided: Callable[[], Decided],
    cancelled: Callable[[], bool],
) -> Received:
    """Join the fetched commit `theirs` with the store's `branch` (a full name).

    Errors: `NeedsDecision`, `HandEdited`, `RemoteDiffers`, `NewerFormat`, `NoIdentity`, `Cancelled`, those of a save.
    """
    repository = workspace.repository
    folder = repository.state_dir() / "journal"
    with store_lock(repository.common_dir, shared=repository.shared):
        copy = WorkingCopy(workspace.root, repository)
        copy.make_fit()
        Recovery(copy, folder, workspace.drafts).recover()
        copy.clear()
        sides = meeting(repository, theirs)
        if sides.nothing_new:
            return Received(sides.ours, None, (), (), ())
        with ThreadPoolExecutor(1) as beside:
            # git looks through its index while the records are merged.
            others = beside.submit(staged, repository, sides.ours)
            combined, ours, incoming = _combined(workspace, repository, sides, decided())
            if combined.undecided:
                raise _undecided(repository, sides, combined)
            after = _contents(repository, combined)
            if cancelled():
                raise Cancelled("受信を取りやめました。何も変えていません。", cure="いつでも、もう一度始められます。")
            files = {
                path: (_before(path, ours, incoming), _file(repository, change))
                for path, change in combined.changes.items()
            }
            make = _maker(workspace, repository, sides, combined, after)
            now = take_over(repository, folder, Plan(branch, sides.ours, files, after, make), others.result())
    commit = None if sides.only_behind else now
    return Received(now, commit, tuple(files), tuple(combined.merged), tuple(combined.taken))


def rehearse(workspace: Workspace, theirs: str | None, decided: Decided) -> tuple[Meeting, Combined]:
    """What a receive would do now. Nothing is written. Errors: as `receive`, but for `NeedsDecision`."""
    repository = workspace.repository
    sides = meeting(repository, theirs)
    if sides.nothing_new:
        return sides, Combined()
    combined, _, _ = _combined(workspace, repository, sides, decided)
    combined.undecided = list(with_authors(repository, sides, combined.undecided))
    return sides, combined


def with_authors(repository: Repository, sides: Meeting, waiting: Sequence[Undecided]) -> tuple[Undecided, ...]:
    """The same with who changed each record on the other side. One process."""
    from dataclasses import replace

    paths = {each.ref: _paths(each) for each in waiting[:_ASKED]}
    wanted = sorted({path for named in paths.values() for path in named})
    found = log.commits(repository, path=wanted, since=sides.base, until=sides.theirs) if wanted else ()
    by_path: dict[str, dict[str, datetime]] = {}
    for commit in found:
        for _, path in commit.paths:
            by_path.setdefault(path, {}).setdefault(commit.author, commit.at)
    return tuple(
        replace(each, theirs_by=tuple(by for path in paths.get(each.ref, ()) for by in by_path.get(path, {}).items()))
        for each in waiting
    )


def _paths(waiting: Undecided) -> list[str]:
    """The places of the versions that a question is about, as its key names them."""
    versions = (version for version in waiting.key.split("|") if version != "-")
    return list(dict.fromkeys(version.rsplit(":", 2)[0] for version in versions))


def _combined(
    workspace: Workspace, repository: Repository, sides: Meeting, decided: Decided
) -> tuple[Combined, Difference, Difference]:
    ours, theirs = _apart(repository, sides)

    def read(blobs: Sequence[str]) -> dict[str, bytes]:
        return read_blobs(repository, list(blobs))

    snapshot = workspace.snapshot
    return combine(ours, theirs, read, snapshot, decided, snapshot.full_name), ours, theirs


def _apart(repository: Repository, sides: Meeting) -> tuple[Difference, Difference]:
    """What each side has changed since they were one."""
    wanted = (sides.theirs,) if sides.only_behind else (sides.ours, sides.theirs, *sides.others)
    found = differences(repository, [(sides.base, each) for each in wanted])
    if sides.only_behind:
        return {}, found[0]
    ours, theirs, *others = found
    return against_all(ours, theirs, others) if others else (ours, theirs)


def _undecided(repository: Repository, sides: Meeting, combined: Combined) -> NeedsDecision:
    waiting = with_authors(repository, sides, combined.undecided)
    places = "、".join(each.title for each in waiting[:3]) + (f"ほか{len(waiting) - 3}件" if len(waiting) > 3 else "")
    return NeedsDecision(
        f"自分の記録とほかの人の記録が食い違っているところがあります（{places}）。まだ何も変えていません。",
        records=waiting,
        cure="どちらにするかを選んでから、もう一度送受信してください。ほかの変更はそのまま合わせられます。",
    )


def _before(path: str, ours: Difference, theirs: Difference) -> File | None:
    """A file as our commit has it."""
    if path in ours:
        return ours[path][1]
    return theirs[path][0] if path in theirs else None


def _contents(repository: Repository, combined: Combined) -> dict[str, bytes | None]:
    wanted = [change.blob for change in combined.changes.values() if isinstance(change, File)]
    found = read_blobs(repository, list(dict.fromkeys(wanted)))
    total = sum(len(found[blob]) for blob in wanted)
    if total > LARGEST_SUM:
        raise too_much(f"{total} bytes to write")
    return {
        path: found[change.blob] if isinstance(change, File) else change for path, change in combined.changes.items()
    }


def _file(repository: Repository, change: File | bytes | None) -> File | None:
    return File("100644", blob_id(repository, change)) if isinstance(change, bytes) else change


def _maker(
    workspace: Workspace, repository: Repository, sides: Meeting, combined: Combined, after: dict[str, bytes | None]
) -> Callable[[], str]:
    """What makes the commit that joins both sides; theirs is enough where we have nothing of our own.

    Errors: `NoIdentity` where nobody has said who merges.
    """
    if sides.only_behind:
        return lambda: sides.theirs
    author = workspace.author() or require_author(None, {}, repository)
    message = _message(combined, after)
    at = datetime.now().astimezone()
    return lambda: write_commit(repository, (sides.ours, sides.theirs), combined.changes, message, author, at)


def _message(combined: Combined, after: dict[str, bytes | None]) -> str:
    """The merge commit's message: what came, which records were brought together, and a line for each record."""
    refs = list(dict.fromkeys((*combined.merged, *combined.taken)))

    def title(ref: Ref) -> str:
        data = after.get(ref.path)
        plain: Plain | None = combined.plains.get(ref)
        if plain is None and data is not None:
            try:
                plain = codec.parse(data, ref.path)
            except codec.Unreadable:
                plain = None
        return what(ref, plain)

    others = [path for path in combined.changes if record_at(path) is None]
    first = title(refs[0]) if refs else others[0] if others else "変更なし"
    count = len(refs) + len(others)
    lines = [f"受信：{first}{f'ほか{count - 1}件' if count > 1 else ''}", ""]
    if combined.merged:
        lines += [f"合わせた記録: {title(ref)}" for ref in combined.merged[:_NAMED]]
        if len(combined.merged) > _NAMED:
            lines.append(f"ほか{len(combined.merged) - _NAMED}件")
        lines.append("")
    lines += [f"Kyoju-Record: {ref}" for ref in refs]
    return "\n".join([*lines, "Kyoju-Action: merge", ""])
