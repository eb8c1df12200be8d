"""The save protocol, from the lock to the commit (docs/architecture.md, "How a save works").

Runs in one thread, under one lock over all processes. Either every file of a request is written and committed, or
every file is as it was; what nobody saw the end of is finished or set aside at the next save.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kyoju_tui.files.layout import figures_path
from kyoju_tui.files.private import forget
from kyoju_tui.history import commits
from kyoju_tui.history.git import Repository
from kyoju_tui.history.identity import Author
from kyoju_tui.records.errors import KyojuError, SaveFailed
from kyoju_tui.records.wording import Namer
from kyoju_tui.workspace.drafts.kept import Drafts
from kyoju_tui.workspace.hand_edits.words import NOT_TYPED, hand_edit_subject, owners
from kyoju_tui.workspace.requests import PutBack, PutFigures, Request
from kyoju_tui.workspace.saving import journal
from kyoju_tui.workspace.saving.lock import store_lock
from kyoju_tui.workspace.saving.messages import commit_message, told_of
from kyoju_tui.workspace.saving.planning import plan
from kyoju_tui.workspace.saving.recovery import Recovery
from kyoju_tui.workspace.saving.working_copy import WorkingCopy
from kyoju_tui.workspace.sync import receipts


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
        self._copy = WorkingCopy(root, repository)
        self._recovery = Recovery(self._copy, folder, drafts)

    def write(self, request: Request, author: Author, name: Namer) -> Written:
        """Carry out one request. `name` gives names for the message.

        Errors: `Clash`, `BrokenRecord`, `InvalidValue`, `RepositoryState`, `HostileConfig`, `GitFailed`, `ReadOnly`,
        `SaveFailed`, `LockBusy`; after each of them the files are as they were.
        """
        with store_lock(self._repository.common_dir, shared=self._repository.shared):
            self._copy.make_fit()
            self._recovery.recover()
            planned = plan(self._copy, request, name)
            steps = tuple(step for step, _ in planned)
            merged = any(was_merged for _, was_merged in planned)
            recorded = self._copy.recorded(steps)
            edited = tuple(step for step in steps if recorded.get(step.path) != self._copy.blob(step.before))
            gone = tuple(step for step in edited if step.before is step.after is None)
            asked = tuple(step for step in edited if step.path in _asked_for(request))
            by_hand = tuple(step for step in edited if step not in (*gone, *asked))
            done = Written(steps, None, request.subject, merged)
            if by_hand:
                done = Written(steps, *self._record_hand_edits(by_hand, recorded, author, name), merged)
                recorded = self._copy.recorded(steps)
            effective = tuple(step for step in steps if step.before != step.after or step in (*gone, *asked))
            if not effective:
                return done
            earlier = {step.path: step.before for step in effective}
            earlier |= self._recorded_contents((*gone, *asked), recorded)
            message = commit_message(
                request.action,
                told_of((step.path, earlier[step.path], step.after) for step in effective),
                name,
                subject=request.subject,
                undoes=request.undoes,
                notes=owners(self._root, [step.path for step in asked], foreign_only=True),
            )
            entry = journal.Entry(effective, message, author, commits.head(self._repository))
            commit = self._carry_out(entry, frozenset(recorded))
            return Written(steps, commit, message.partition("\n")[0], merged)

    def recover(self) -> None:
        """Finish or set aside the saves whose end nobody saw. Errors: as `write`."""
        if not journal.pending(self._journal) and not receipts.pending(self._journal):
            return
        with store_lock(self._repository.common_dir, shared=self._repository.shared):
            self._copy.make_fit()
            self._recovery.recover()

    def _record_hand_edits(
        self, steps: Sequence[journal.Step], recorded: Mapping[str, str], author: Author, name: Namer
    ) -> tuple[str, str]:
        """What somebody wrote into files by hand becomes a commit of its own, so that a save holds the save alone.

        It names no action: it is nobody's save, so no undo of one's own saves takes it back. Its words say that it
        was not typed here, and whose files they are. Returns commit and subject.
        """
        earlier = self._recorded_contents(steps, recorded)
        told = told_of((step.path, earlier[step.path], step.before) for step in steps)
        subject = hand_edit_subject([step.path for step in steps])
        notes = (NOT_TYPED, *owners(self._root, [step.path for step in steps]))
        message = commit_message(None, told, name, subject=subject, notes=notes)
        as_they_are = tuple(journal.Step(step.path, step.before, step.before) for step in steps)
        entry = journal.Entry(as_they_are, message, author, commits.head(self._repository))
        return self._carry_out(entry, frozenset(recorded)), subject

    def _recorded_contents(self, steps: Sequence[journal.Step], recorded: Mapping[str, str]) -> dict[str, bytes | None]:
        """What HEAD holds of the steps' files, by path."""
        blobs = {step.path: recorded[step.path] for step in steps if step.path in recorded}
        found = dict(zip(blobs, commits.contents(self._repository, list(blobs.values())), strict=True))
        return {step.path: found.get(step.path) for step in steps}

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
                self._copy.require_unchanged(step)
                # What is only recorded stays the file that somebody wrote, and theirs.
                if step.before != step.after:
                    self._copy.put(step.path, step.after)
            commit = self._copy.commit(entry, known)
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

    def _landed(self, entry: journal.Entry) -> str | None:
        """The commit, where git made it although its call failed: a time limit can strike at the very end.

        Errors: where git cannot say.
        """
        head = commits.head(self._repository)
        return head if head is not None and head != entry.parent and self._copy.holds(head, entry) else None

    def _put_back(self, entry: journal.Entry, known: Collection[str]) -> None:
        """Undo the files of a save that did not come about. What somebody has written there since stays.

        Errors: where a file or the index cannot be put back.
        """
        for step in entry.steps:
            if self._copy.is_written(step):
                self._copy.put(step.path, step.before)
        self._copy.match_index([step.path for step in entry.steps if step.path not in known])


def _asked_for(request: Request) -> frozenset[str]:
    """The files that somebody asks to be recorded just as they are: a hand edit, taken for one's own save."""
    return frozenset(
        figures_path(change.ref) if isinstance(change, PutFigures) else change.ref.path
        for change in request.changes
        if isinstance(change, PutBack | PutFigures) and change.data == change.expected
    )


def _forget(noted: Path) -> None:
    """Take a journal away. One that stays is harmless: it is found done, or as it was, at the next save."""
    with suppress(OSError):
        forget(noted)
