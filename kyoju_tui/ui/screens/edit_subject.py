"""What a form is about: which record, the bytes its edit began from, and the way back into the store."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import date
from typing import TYPE_CHECKING

from kyoju_tui.files.codec import read_record
from kyoju_tui.overview.leading import with_lead_kept
from kyoju_tui.records.base import Record
from kyoju_tui.records.ids import COMMON, Ref, is_id, new_id
from kyoju_tui.records.kinds import Kind
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.records.policy import Policy
from kyoju_tui.ui.screens.edit_head import COMMON_NAME
from kyoju_tui.workspace.drafts.kept import Draft
from kyoju_tui.workspace.requests import Base

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Saved
    from kyoju_tui.workspace.workspace import Workspace


class Subject:
    """One record being edited. `ref` is None while it is new; `base` moves on when somebody else's save is taken in."""

    def __init__(self, workspace: Workspace, kind: Kind, ref: Ref | None, draft: Draft | None, today: date) -> None:
        """With a `draft` the edit goes on from the bytes that the draft began from."""
        self._workspace = workspace
        self._today = today
        self.kind = kind
        self.ref = ref
        if ref is None:
            # A new record keeps one id from its first draft to its save, so that saving twice makes no second one.
            taken = workspace.snapshot.taken_ids(kind.word)
            self._own_id = draft.ref.id if draft is not None else new_id(today, taken)
            self.base = Base(self.target(None, ""), None)
        else:
            self._own_id = ref.id
            self.base = workspace.base(ref) if draft is None else Base(ref, draft.base)

    @property
    def name(self) -> str:
        """What the record is called and whose it is; empty while it is new."""
        if self.ref is None:
            return ""
        snapshot, department = self._workspace.snapshot, self.ref.department
        where = COMMON_NAME if department == COMMON else snapshot.name("department", department or "")
        return "　".join(filter(None, (snapshot.title(self.ref), where)))

    def given(self) -> Plain | None:
        """What the edit began from, as TOML has it; None where there is nothing that can be read.

        Read from the very bytes that the save is compared with, not from a Snapshot that may be newer or older.
        """
        return self.parsed(self.base)

    def parsed(self, base: Base) -> Plain | None:
        """What a file of this record holds, as TOML has it; None where there is none, or none that can be read."""
        record = self._read(base)
        return None if record is None else to_plain(record)

    def latest(self) -> Base:
        """The file as it is known now."""
        return self._workspace.base(self.base.ref)

    def look(self) -> Base:
        """The file as it is on disk now."""
        self._workspace.refresh([self.base.ref.path])
        return self.latest()

    def target(self, department: str | None, record_id: str) -> Ref:
        """Where the record lies, or will lie as far as can be told; drafts are kept under this name."""
        if self.ref is not None:
            return self.ref
        own = record_id if is_id(record_id) else self._own_id
        return self.kind.ref(own, department or COMMON)

    def save(self, record: Record, department: str | None, record_id: str) -> Future[Saved]:
        """Begin to save. Errors: as `Workspace.save` and `Workspace.create`."""
        if self.ref is not None:
            return self._workspace.save(self.ref, self._followed(record), base=self.base)
        own = self._own_id if self.kind.word == "entry" else record_id or None
        return self._workspace.create(self.kind.word, record, today=self._today, record_id=own, department=department)

    def _followed(self, record: Record) -> Record:
        """The record with what its change brings about: a policy keeps the department that led before."""
        before = self._read(self.base)
        if not isinstance(before, Policy) or not isinstance(record, Policy):
            return record
        old = before.lead.department if before.lead is not None else None
        name = self._workspace.snapshot.full_name("department", old) if old else ""
        return with_lead_kept(before, record, name, self._today)

    @property
    def before(self) -> Record | None:
        """The record that the edit began from; None where it is new."""
        return self._read(self.base)

    def _read(self, base: Base) -> Record | None:
        return None if base.data is None else read_record(base.data, base.ref.path, self.kind.model).record
