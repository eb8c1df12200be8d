"""The save protocol, from the lock to the commit (docs/architecture.md, "How a save works").

Runs in one thread, under one lock over all processes. Either every file of a request is written and committed, or
every file is as it was; what nobody saw the end of is finished or set aside at the next save.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from kyoju_tui.files import atomic, codec
from kyoju_tui.files.private import forget
from kyoju_tui.files.tree import read_paths
from kyoju_tui.history import commits, log
from kyoju_tui.history.git import Repository
from kyoju_tui.history.identity import Author
from kyoju_tui.history.state import locks, remove_stale_lock, require_writable
from kyoju_tui.records.base import Record
from kyoju_tui.records.errors import (
    BrokenRecord,
    Clash,
    GitFailed,
    GitTimeout,
    KyojuError,
    RepositoryState,
    SaveFailed,
    UnknownRef,
    UnsafePath,
)
from kyoju_tui.records.explain import faults
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.merge import Conflicts, merge
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.records.wording import Namer
from kyoju_tui.workspace import journal
from kyoju_tui.workspace.drafts import Draft, Drafts
from kyoju_tui.workspace.lock import store_lock
from kyoju_tui.workspace.messages import Told, commit_message
from kyoju_tui.workspace.requests import Change, Put, PutBack, Request

HAND_EDIT: Final = "ファイルの直接編集を記録"
# Seconds that another program's lock, such as that of a `git status`, is waited for.
_PATIENCE: Final = 2.0
_STEP: Final = 0.05


@dataclass(frozen=True, slots=True)
class Written:
    """What a save did: the files, the commit (None: nothing differed), the message's first line, whether it merged."""

    steps: tuple[journal.Step, ...]
    commit: str | None
    subject: str
    merged: bool


class Writer:
    """Writes requests into one store."""

    def __init__(self, root: Path, repository: Repository, folder: Path, drafts: Drafts) -> None:
        """`folder` is the journal's; `drafts` take what cannot be finished."""
        self._root = root
        self._repository = repository
        self._journal = folder
        self._drafts = drafts

    def write(self, request: Request, author: Author, name: Namer) -> Written:
        """Carry out one request. `name` gives names for the message.

        Errors: `Clash`, `BrokenRecord`, `InvalidValue`, `RepositoryState`, `HostileConfig`, `GitFailed`, `ReadOnly`,
        `SaveFailed`, `LockBusy`; after each of them the files are as they were.
        """
        with store_lock(self._repository.common_dir, shared=self._repository.shared):
            self._make_fit()
            self._recover()
            planned = [self._plan(change, name) for change in request.changes]
            steps = tuple(step for step, _ in planned)
            merged = any(was_merged for _, was_merged in planned)
            recorded = self._recorded(steps)
            edited = tuple(step for step in steps if recorded.get(step.path) != self._blob(step.before))
            by_hand = tuple(step for step in edited if step.before is not None and step.before != step.after)
            if by_hand:
                self._record_hand_edits(by_hand, recorded, author, name)
            effective = tuple(step for step in steps if step.before != step.after or step in edited)
            if not effective:
                return Written(steps, None, request.subject, merged)
            message = commit_message(
                request.action, _told(effective), name, subject=request.subject, undoes=request.undoes
            )
            entry = journal.Entry(effective, message, author, commits.head(self._repository))
            commit = self._carry_out(entry, frozenset(recorded))
            return Written(steps, commit, message.partition("\n")[0], merged)

    def recover(self) -> None:
        """Finish or set aside the saves whose end nobody saw. Errors: as `write`."""
        if not journal.pending(self._journal):
            return
        with store_lock(self._repository.common_dir, shared=self._repository.shared):
            self._make_fit()
            self._recover()

    def _make_fit(self) -> None:
        """See that a commit can be made, clearing the locks that a killed git left behind."""
        self._repository.recheck()
        deadline = time.monotonic() + _PATIENCE
        while locks(self._repository):
            try:
                remove_stale_lock(self._repository)
            except RepositoryState:
                if time.monotonic() > deadline:
                    raise
                time.sleep(_STEP)
        require_writable(self._repository)

    def _plan(self, change: Change, name: Namer) -> tuple[journal.Step, bool]:
        """The bytes a change leads to, and whether somebody else's change was merged into them."""
        path = change.ref.path
        current = self._current(path)
        if isinstance(change, PutBack):
            if current != change.expected:
                raise Clash(
                    f"「{change.ref}」はその後に変更されているため、記録していません。何も変えていません。",
                    fields=(),
                    cure="今の内容を確かめ、必要なところだけ直してください。",
                )
            return journal.Step(path, current, change.data), False
        if isinstance(change, Put):
            return self._plan_put(change, current, name)
        if current is not None and current != change.base.data:
            raise Clash(
                f"「{change.ref}」はほかの人が変更したため、削除しませんでした。何も変えていません。",
                fields=(),
                cure="今の内容を確かめてから、もう一度削除してください。",
            )
        return journal.Step(path, current, None), False

    def _current(self, path: str) -> bytes | None:
        """What a file holds now, None where there is none. Errors: `BrokenRecord` where it cannot be read."""
        tree = read_paths(self._root, [path])
        ref = Ref(path.removesuffix(".toml"))
        if ref in tree.broken and ref not in tree.data:
            raise BrokenRecord(
                f"「{path}」を読み取れないため、記録していません。ファイルはそのまま残っています。",
                cure=tree.broken[ref].cure,
                detail=tree.broken[ref].message,
            )
        return tree.data.get(ref)

    def _plan_put(self, change: Put, current: bytes | None, name: Namer) -> tuple[journal.Step, bool]:
        path, model = change.ref.path, type(change.record)
        ours = to_plain(change.record)
        if current == change.base.data:
            if current is not None and self._readable(path, current, model) == ours:
                return journal.Step(path, current, current), False
            return journal.Step(path, current, codec.render(ours, current, model)), False
        base = None if change.base.data is None else self._readable(path, change.base.data, model)
        theirs = None if current is None else self._readable(path, current, model)
        result = merge(base, ours, theirs, model, name=name)
        if isinstance(result, Conflicts):
            places = "、".join(conflict.label or "記録の有無" for conflict in result.fields)
            raise Clash(
                f"ほかの人が同じ項目を変更していたため、記録していません（{places}）。入力した内容は下書きに残っています。",
                fields=tuple(conflict.field for conflict in result.fields),
                cure="両方の内容を見比べて、どちらにするか選んでください。",
            )
        if result.plain is None:
            return journal.Step(path, current, None), True
        self._validate(result.plain, model)
        return journal.Step(path, current, codec.render(result.plain, current, model)), True

    def _readable(self, path: str, data: bytes, model: type[Record]) -> Plain:
        read = codec.read_record(data, path, model)
        if read.record is None:
            first = read.problems[0].message if read.problems else ""
            raise BrokenRecord(
                f"「{path}」を読み取れないため、記録していません。ファイルはそのまま残っています。",
                cure="点検（check）で場所を確かめ、ファイルを直してからもう一度記録してください。",
                detail=first,
            )
        return to_plain(read.record)

    def _validate(self, plain: Plain, model: type[Record]) -> None:
        try:
            model.model_validate(plain)
        except ValidationError as error:
            fault = faults(error, model)[0]
            raise Clash(
                "ほかの人の変更と合わせると、内容が規則に合わなくなります。記録していません。"
                f"（{fault.label or '全体'}：{fault.message}）",
                fields=(fault.field,),
                cure="今の内容を開き直して、もう一度入力してください。入力した内容は下書きに残っています。",
            ) from error

    def _recorded(self, steps: Sequence[journal.Step]) -> dict[str, str]:
        head = commits.head(self._repository)
        if head is None:
            return {}
        return commits.blob_ids(self._repository, head, [step.path for step in steps])

    def _blob(self, data: bytes | None) -> str | None:
        return None if data is None else commits.blob_id(self._repository, data)

    def _record_hand_edits(
        self, steps: Sequence[journal.Step], recorded: Mapping[str, str], author: Author, name: Namer
    ) -> None:
        """What somebody wrote into a file by hand becomes a commit of its own, so that a save holds the save alone.

        It names no action: it is nobody's save, so no undo of one's own saves takes it back.
        """
        blobs = [recorded[step.path] for step in steps if step.path in recorded]
        known = dict(zip(blobs, commits.contents(self._repository, blobs), strict=True))
        refs = [Ref(step.path.removesuffix(".toml")) for step in steps]
        told = [
            Told(ref, _plain_of(ref, known.get(recorded.get(step.path, ""))), _plain_of(ref, step.before))
            for ref, step in zip(refs, steps, strict=True)
        ]
        paths = [step.path for step in steps]
        more = f" ほか{len(paths) - 3}件" if len(paths) > 3 else ""
        message = commit_message(None, told, name, subject=f"{HAND_EDIT}（{'、'.join(paths[:3])}{more}）")
        new = [path for path in paths if path not in recorded]
        commits.commit_paths(self._repository, paths, new, message, author)

    def _carry_out(self, entry: journal.Entry, known: Collection[str]) -> str:
        """Journal, files, commit, proof; or everything back as it was. `known` are the paths that HEAD has."""
        try:
            noted = journal.write(self._journal, entry, shared=self._repository.shared)
        except OSError as error:
            raise SaveFailed(
                "記録の準備ができなかったため、何も変えていません。",
                cure="ディスクの空きと権限を管理者に確かめてもらい、もう一度記録してください。",
                detail=str(error),
            ) from error
        try:
            for step in entry.steps:
                self._require_unchanged(step)
                self._put(step.path, step.after)
            commit = self._commit(entry, known)
        except BaseException as error:
            try:
                landed = self._landed(entry)
                if landed is None:
                    self._put_back(entry, known)
            except KyojuError as failed:
                raise SaveFailed(
                    "記録の途中で止まりました。"
                    "内容は控え（ジャーナル）に残っていて、次に記録するときに続きを行います。",
                    cure="ディスクの空きを管理者に確かめてもらい、もう一度記録してください。",
                    detail=f"{error} / {failed.message} {failed.detail}",
                ) from error
            if landed is None:
                _forget(noted)
                raise
            commit = landed
        _forget(noted)
        return commit

    def _require_unchanged(self, step: journal.Step) -> None:
        """Somebody may write into a file by hand at any moment; this is the last one at which that can be seen."""
        if self._current(step.path) != step.before:
            raise Clash(
                f"「{step.path}」がちょうど書き換えられたため、記録していません。何も変えていません。",
                fields=(),
                cure="今の内容を確かめてから、もう一度記録してください。",
            )

    def _put(self, path: str, data: bytes | None) -> None:
        if data is None:
            atomic.remove(self._root, path)
        else:
            atomic.write(self._root, path, data, shared=self._repository.shared)

    def _commit(self, entry: journal.Entry, known: Collection[str]) -> str:
        new = [step.path for step in entry.steps if step.after is not None and step.path not in known]
        commit = commits.commit_paths(self._repository, entry.paths, new, entry.message, entry.author)
        if not self._holds(commit, entry):
            raise GitFailed(
                "記録した内容を確かめられませんでした。入力した内容は下書きに残っています。",
                cure="もう一度記録してください。続くときは管理者に知らせてください。",
                detail=f"{commit} does not hold what was written",
            )
        return commit

    def _landed(self, entry: journal.Entry) -> str | None:
        """The commit, where git made it although its call failed: a time limit can strike at the very end.

        Errors: where git cannot say.
        """
        head = commits.head(self._repository)
        return head if head is not None and head != entry.parent and self._holds(head, entry) else None

    def _holds(self, commit: str, entry: journal.Entry) -> bool:
        found = commits.blob_ids(self._repository, commit, entry.paths)
        return all(found.get(step.path) == self._blob(step.after) for step in entry.steps)

    def _put_back(self, entry: journal.Entry, known: Collection[str]) -> None:
        """Undo the files of a save that did not come about. What somebody has written there since stays.

        Errors: where a file or the index cannot be put back.
        """
        for step in entry.steps:
            if self._is_written(step):
                self._put(step.path, step.before)
        self._match_index([step.path for step in entry.steps if step.before is None and step.path not in known])

    def _is_written(self, step: journal.Step) -> bool:
        """Whether the file holds what the save put there, and nothing that somebody wrote since."""
        if step.before == step.after:
            return False
        try:
            return self._current(step.path) == step.after
        except BrokenRecord:
            return False

    def _match_index(self, paths: Sequence[str]) -> None:
        """Let git's index say of these paths what HEAD says."""
        if paths:
            listed = "\0".join(paths).encode()
            self._repository.run("reset", "-q", "--pathspec-from-file=-", "--pathspec-file-nul", data=listed)

    def _recover(self) -> None:
        for path in journal.pending(self._journal):
            try:
                entry = journal.read(path)
            except ValueError:
                # Not ours, or written by another version: it is kept for a person to look at, and not tried again.
                path.rename(path.with_suffix(".unreadable"))
                continue
            except PermissionError:
                # Another user's, in a repository that is not shared: it waits for that user.
                continue
            atomic.clear(self._root)
            if self._finish(entry) or self._set_aside(entry, path):
                forget(path)

    def _finish(self, entry: journal.Entry) -> bool:
        """Whether a save whose end nobody saw is recorded now; not where a file was changed since, or git declines."""
        if self._made(entry):
            # A git that was ended between its commit and its index leaves the old bytes staged.
            self._match_index(entry.paths)
            return True
        try:
            current = {step.path: self._current(step.path) for step in entry.steps}
            if any(current[step.path] not in (step.before, step.after) for step in entry.steps):
                return False
            for step in entry.steps:
                if current[step.path] != step.after:
                    self._put(step.path, step.after)
            self._commit(entry, self._recorded(entry.steps))
        except (BrokenRecord, UnsafePath):
            return False
        except GitTimeout:
            raise
        except GitFailed:
            # One save that git will not take must not keep all others from being recorded.
            return False
        return True

    def _made(self, entry: journal.Entry) -> bool:
        """Whether its commit was made before the end: it is in HEAD, or was, before others followed."""
        head = commits.head(self._repository)
        if head is None or head == entry.parent:
            return False
        try:
            since = log.commits(self._repository, path=entry.paths, since=entry.parent)
        except UnknownRef:
            # The history was rewritten; what counts is what it holds now.
            return self._holds(head, entry)
        return any(self._holds(each.commit, entry) for each in since)

    def _set_aside(self, entry: journal.Entry, path: Path) -> bool:
        """The text of an unfinished save becomes drafts, and its files as they were. Whether that is done.

        Drafts are one user's: another user's save waits for that user.
        """
        if path.stat().st_uid != os.geteuid():
            return False
        moved = {step.before for step in entry.steps}
        for step in entry.steps:
            ref = Ref(step.path.removesuffix(".toml"))
            plain = None if step.after in moved else _plain_of(ref, step.after)
            if plain is not None:
                self._drafts.save(Draft(ref, plain, step.before, "前回の記録が途中で止まりました"))
        recorded = self._recorded(entry.steps)
        for step in entry.steps:
            if self._is_written(step) and recorded.get(step.path) == self._blob(step.before):
                self._put(step.path, step.before)
        self._match_index([step.path for step in entry.steps if step.path not in recorded])
        return True


def _forget(noted: Path) -> None:
    """Take a journal away. One that stays is harmless: it is found done, or as it was, at the next save."""
    with suppress(OSError):
        forget(noted)


def _told(steps: Sequence[journal.Step]) -> list[Told]:
    refs = [(Ref(step.path.removesuffix(".toml")), step) for step in steps]
    return [Told(ref, _plain_of(ref, step.before), _plain_of(ref, step.after)) for ref, step in refs]


def _plain_of(ref: Ref, data: bytes | None) -> Plain | None:
    """A record's mapping, as far as it can be read."""
    if data is None:
        return None
    return codec.read_record(data, ref.path, kind_of(ref).model).plain
