"""Saves whose end nobody saw: finished, where that can still be done, or else set aside as drafts.

Used under the store's lock only.
"""

from __future__ import annotations

import os
from pathlib import Path

from kyoju_tui.files.layout import is_figures, owner
from kyoju_tui.files.private import forget
from kyoju_tui.history import commits, log
from kyoju_tui.records.errors import BrokenRecord, GitFailed, GitTimeout, UnknownRef, UnsafePath
from kyoju_tui.workspace.drafts.kept import Draft, Drafts
from kyoju_tui.workspace.saving import journal
from kyoju_tui.workspace.saving.messages import plain_of
from kyoju_tui.workspace.saving.working_copy import WorkingCopy
from kyoju_tui.workspace.sync import receipts


class Recovery:
    """Takes care of the journal in `folder`; `drafts` take what cannot be finished."""

    def __init__(self, copy: WorkingCopy, folder: Path, drafts: Drafts) -> None:
        self._copy = copy
        self._journal = folder
        self._drafts = drafts

    def recover(self) -> None:
        """Finish or set aside each save in the journal. Errors: what keeps git from being asked at all."""
        receipts.finish(self._copy.repository, self._journal)
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
            self._copy.clear()
            if self._finish(entry) or self._set_aside(entry, path):
                forget(path)

    def _finish(self, entry: journal.Entry) -> bool:
        """Whether a save whose end nobody saw is recorded now; not where a file was changed since, or git declines."""
        if self._made(entry):
            # A git that was ended between its commit and its index leaves the old bytes staged.
            self._copy.match_index(entry.paths)
            return True
        try:
            current = {step.path: self._copy.current(step.path) for step in entry.steps}
            if any(current[step.path] not in (step.before, step.after) for step in entry.steps):
                return False
            for step in entry.steps:
                if current[step.path] != step.after:
                    self._copy.put(step.path, step.after)
            self._copy.commit(entry, self._copy.recorded(entry.steps))
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
        head = commits.head(self._copy.repository)
        if head is None or head == entry.parent:
            return False
        try:
            since = log.commits(self._copy.repository, path=entry.paths, since=entry.parent)
        except UnknownRef:
            # The history was rewritten; what counts is what it holds now.
            return self._copy.holds(head, entry)
        return any(self._copy.holds(each.commit, entry) for each in since)

    def _set_aside(self, entry: journal.Entry, path: Path) -> bool:
        """The text of an unfinished save becomes drafts, and its files as they were. Whether that is done.

        Drafts are one user's: another user's save waits for that user.
        """
        if path.stat().st_uid != os.geteuid():
            return False
        moved = {step.before for step in entry.steps}
        for step in entry.steps:
            ref = owner(step.path)
            # Nobody typed figures: they come from a file that is still there.
            plain = None if step.after in moved or is_figures(step.path) else plain_of(ref, step.after)
            if plain is not None:
                self._drafts.add(Draft(ref, plain, step.before, "前回の記録が途中で止まりました"))
        recorded = self._copy.recorded(entry.steps)
        for step in entry.steps:
            if self._copy.is_written(step) and recorded.get(step.path) == self._copy.blob(step.before):
                self._copy.put(step.path, step.before)
        self._copy.match_index([step.path for step in entry.steps if step.path not in recorded])
        return True
