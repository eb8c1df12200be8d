"""The Workspace: an open store. Everything above reads its Snapshot and saves through it."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from kyoju_tui.files.layout import figures_path, is_figures, owner
from kyoju_tui.files.reread import reread
from kyoju_tui.files.tree import Tree, read_figures_file, read_tree
from kyoju_tui.history.git import Repository
from kyoju_tui.history.graph import note_save
from kyoju_tui.history.identity import Author, find_author, parse_author, require_author
from kyoju_tui.records.base import Record
from kyoju_tui.records.entry import Entry, awaiting_confirmation
from kyoju_tui.records.errors import (
    HostileConfig,
    InvalidValue,
    KyojuError,
    NewerFormat,
    Refused,
    SaveFailed,
    StoreNotFound,
    UnknownRef,
)
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_named
from kyoju_tui.records.plain import to_plain
from kyoju_tui.records.problems import Problem
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.store import FORMAT, Store
from kyoju_tui.workspace.changing.moving import moving
from kyoju_tui.workspace.changing.naming import department_id, new_ref
from kyoju_tui.workspace.drafts.aside import set_aside, settle
from kyoju_tui.workspace.drafts.kept import Drafts
from kyoju_tui.workspace.ground import Ground
from kyoju_tui.workspace.past.past import Past
from kyoju_tui.workspace.requests import (
    Action,
    Base,
    Change,
    Changed,
    Listener,
    Put,
    PutBack,
    PutFigures,
    Remove,
    Request,
    Saved,
)
from kyoju_tui.workspace.saving import journal
from kyoju_tui.workspace.saving.messages import Told, commit_message, plain_of
from kyoju_tui.workspace.saving.rules import refuse_dangling, refuse_orphans, refuse_place, refuse_unsound
from kyoju_tui.workspace.saving.writer import Writer, Written
from kyoju_tui.workspace.sync import receipts

if TYPE_CHECKING:
    from kyoju_tui.workspace.watch import Watcher

_LOG: Final = logging.getLogger(__name__)


class Workspace:
    """An open store.

    `snapshot` is replaced whenever records change, here or in another process; `read_only` says why nothing can be
    saved (None: it can). All methods that save return at once; the work is done in one writer thread.
    """

    def __init__(self, root: Path, tree: Tree) -> None:
        self.root = root
        self._tree = tree
        self._snapshot = Snapshot(tree.records, tree.broken)
        self._ground = Ground(root)
        self._author: Author | None = None
        self._explicit: str | None = None
        self._environment: Mapping[str, str] = {}
        self._mutex = threading.RLock()
        self._listeners: list[Listener] = []
        self._writer_thread = ThreadPoolExecutor(1, thread_name_prefix="kyoju-writer")
        self._watcher: Watcher | None = None
        self._writing: frozenset[Ref] = frozenset()
        self._closed = False

    @classmethod
    def open(cls, root: Path, *, author: str | None = None, environ: Mapping[str, str] | None = None) -> Self:
        """Open the store in `root`, whatever state it is in: what cannot be read is among `problems`, and what keeps
        it from being saved into is `read_only`. `author` is what `--as` said. Nothing is written, and git is not asked
        before somebody wants to save or to see the history.

        Errors: `InvalidValue` for an author that cannot be used, `StoreNotFound` for a folder that cannot be read.
        """  # noqa: D205
        root = root.resolve()
        workspace = cls(root, _read(root))
        workspace._explicit = author
        workspace._environment = dict(os.environ if environ is None else environ)
        if author is not None:
            workspace._author = parse_author(author)
        return workspace

    @property
    def snapshot(self) -> Snapshot:
        """All records as they are known now."""
        return self._snapshot

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files, in the order of their paths."""
        return self._tree.problems

    @property
    def read_only(self) -> KyojuError | None:
        """Why nothing can be saved; None where it can."""
        return self._ground.fault or _newer(self._tree)

    @property
    def drafts(self) -> Drafts:
        """What this user typed and has not recorded."""
        return self._ground.drafts

    @property
    def past(self) -> Past:
        """The store's history. Errors: as `repository`."""
        return Past(self.repository)

    @property
    def repository(self) -> Repository:
        """The store's repository. Errors: why there is none (`NotARepository`, `HostileConfig`, `GitUnavailable` …)."""
        return self._ground.repository

    def author(self) -> Author | None:
        """Who is saving, or None where nobody has said so yet. Errors: `InvalidValue` for one that cannot be used."""
        if self._author is None and self._ground.fault is None:
            self._author = find_author(self._explicit, self._environment, self.repository)
        return self._author

    def set_author(self, text: str) -> None:
        """Take `氏名 <mail>` as the one who saves from now on. Errors: `InvalidValue`."""
        self._author = parse_author(text)

    def consent(self, error: HostileConfig | None = None) -> None:
        """Remember that the user accepts these very settings, and try to open the repository again.

        `error` is what a save came back with; without it those are meant that `read_only` names. Errors: `ReadOnly`.
        """
        asked = error or self.read_only
        if isinstance(asked, HostileConfig):
            self._ground.consent(asked)

    def base(self, ref: str) -> Base:
        """What an edit of this record begins from. Take it when the form opens."""
        return Base(Ref(ref), self._tree.data.get(Ref(ref)))

    def save(self, ref: str, record: Record, *, base: Base | None = None, action: Action = "update") -> Future[Saved]:
        """Save one record. Without `base` the edit is taken to have begun from what the Snapshot shows now: where time
        may have passed since the record was looked at, take the base first, then the record.
        """  # noqa: D205
        target = Ref(ref)
        base = base or self.base(target)
        return self.batch([self.putting(target, record, base)], action="create" if base.data is None else action)

    def putting(self, ref: str, record: Record, base: Base) -> Put:
        """The change that saves one record: an entry's new summary waits to be confirmed again."""
        before = self.snapshot.get(ref)
        if isinstance(record, Entry):
            record = awaiting_confirmation(before if isinstance(before, Entry) else None, record)
        return Put(Ref(ref), record, base)

    def create(
        self, kind: str, record: Record, *, today: date, record_id: str | None = None, department: str | None = None
    ) -> Future[Saved]:
        """Save a new record under a fresh id, or under `record_id`. An entry needs its department.

        Errors: `InvalidValue` where no id can be made, or it is taken.
        """
        ref = self.new_ref(kind, record, today=today, record_id=record_id, department=department)
        return self.batch([Put(ref, record, Base(ref, None))], action="create")

    def new_ref(
        self, kind: str, record: Record, *, today: date, record_id: str | None = None, department: str | None = None
    ) -> Ref:
        """The REF that a new record gets. Errors: as `create`."""
        return new_ref(self.snapshot, kind, record, today=today, record_id=record_id, department=department)

    def require_removable(self, ref: str, *, force: bool = False) -> Remove:
        """The change that takes a record away. Errors: `StillReferred` unless `force`, `UnknownRef`."""
        target = Ref(ref)
        base = self.base(target)
        if target == "store":
            raise Refused(
                "保管場所そのものの記録（store）は削除できません。何も変えていません。",
                cure="項目の値は変えられます。",
            )
        if base.data is None:
            raise UnknownRef(f"「{ref}」という記録は見つかりません。", cure="一覧で確かめてください。")
        if not force:
            refuse_orphans([target], self.snapshot)
        return Remove(target, base)

    def delete(self, ref: str, *, force: bool = False) -> Future[Saved]:
        """Take a record away. Errors: `StillReferred` where others name it, unless `force`; `UnknownRef`."""
        return self.batch(self.removing(ref, force=force), action="delete")

    def removing(self, ref: str, *, force: bool = False) -> tuple[Change, ...]:
        """The changes that take a record away, with the figures of a data set. Errors: as `delete`."""
        removed = self.require_removable(ref, force=force)
        figures = read_figures_file(self.root, figures_path(removed.ref)) if removed.ref.top == "datasets" else None
        return (removed,) if figures is None else (removed, PutFigures(removed.ref, None, figures))

    def figures(self, ref: str) -> bytes | None:
        """The bytes of the figures beside a data set; None where there are none. Errors: `BrokenRecord`."""
        return read_figures_file(self.root, figures_path(Ref(ref)))

    def moving(self, ref: str, department: str) -> tuple[Change, ...]:
        """The changes that move an entry, its new place in the second. Errors: as `move`."""
        old = Ref(ref)
        entry = self.snapshot.expect(old, Entry)
        new = kind_named("entry").ref(old.id, department_id(department))
        if new == old:
            raise InvalidValue(
                "同じ部署には移動できません。", field="department", cure="ほかの部署のidを指定してください。"
            )
        refuse_place(new, entry, self.snapshot)
        return moving(old, new, self.snapshot, self.base)

    def move(self, ref: str, department: str) -> Future[Saved]:
        """Move an entry to another department, under the same id. Errors: `InvalidValue`, `UnknownRef`."""
        return self._submit(Request(self.moving(ref, department), "move"))

    def batch(self, changes: Sequence[Change], *, action: Action, subject: str = "") -> Future[Saved]:
        """Save several changes as one commit, all or nothing. `subject` is the message's first line, if not made up.

        Errors: `InvalidValue` for a reference to nothing or a contradiction; all others come with the future.
        """
        return self.submit(Request(tuple(changes), action, subject))

    def submit(self, request: Request) -> Future[Saved]:
        """Save what was planned, as one commit, all or nothing. Errors: as `batch`."""
        refuse_dangling(request.changes, self.snapshot)
        refuse_unsound(request.changes, self.snapshot)
        return self._submit(request)

    def preview(self, changes: Sequence[Change], action: Action, *, subject: str = "", undoes: str = "") -> str:
        """The message that a save would have. Nothing is written. Errors: `InvalidValue`."""
        refuse_dangling(changes, self.snapshot)
        refuse_unsound(changes, self.snapshot)
        request = Request(tuple(changes), action, subject, undoes)
        told = [self._told(change) for change in request.changes]
        return commit_message(action, told, self._names(request), subject=subject, undoes=undoes)

    def at(self, revision: str) -> Snapshot:
        """The records as they stood at a revision. Errors: `UnknownRef`."""
        return self.past.snapshot(revision)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Be told of changes, in the thread that made or noticed them. Returns how to stop.

        Changes come one after the other; a listener passes them on and returns, waiting for no other thread. What goes
        wrong in a listener is logged, and neither undoes a save nor ends the watching.
        """
        with self._mutex:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._mutex:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe

    def watch(self) -> None:
        """Begin to notice other processes' saves, from those since the store was opened; finish what a run left."""
        from kyoju_tui.workspace.watch import Watcher

        with self._mutex:
            # The screens begin to watch after their first paint: somebody may have left by then.
            if self._watcher is None and not self._closed:
                self._watcher = Watcher(self.root, self.refresh)
                self._writer_thread.submit(self._recover)

    def refresh(self, paths: Iterable[str] | None = None) -> Changed | None:
        """Look at the files again: those of `paths`, or all. Returns what changed, after telling listeners.

        Errors: `StoreNotFound` where the store's folder cannot be read; what is known then stays.
        """
        paths = None if paths is None else frozenset(paths)
        with self._mutex:
            fresh = _read(self.root) if paths is None else reread(self.root, self._tree, paths)
            looked = None if paths is None else [Ref(path.removesuffix(".toml")) for path in paths]
            return self._take(fresh, looked)

    @property
    def has_past(self) -> bool:
        """Whether there is a history to ask."""
        return self._ground.fault is None

    @property
    def unfinished_saves(self) -> int:
        """How many saves and receives were begun and never finished; the next save, or `watch`, takes care of them."""
        if self._ground.fault is not None:
            return 0
        return len(journal.pending(self._ground.journal)) + len(receipts.pending(self._ground.journal))

    def close(self) -> None:
        """Stop watching, and wait for saves under way."""
        with self._mutex:
            self._closed = True
        if self._watcher is not None:
            self._watcher.stop()
        self._writer_thread.shutdown(wait=True)

    def _submit(self, request: Request) -> Future[Saved]:
        why = self.read_only
        if why is not None:
            set_aside(self.drafts, request, why)
            raise why
        try:
            author = self.require_author()
        except KyojuError as error:
            set_aside(self.drafts, request, error)
            raise
        return self._writer_thread.submit(self._write, request, author)

    def require_author(self) -> Author:
        """Who is saving. Errors: `NoIdentity` where nobody has said so."""
        return self.author() or require_author(self._explicit, self._environment, self.repository)

    def _told(self, change: Change) -> Told:
        before = plain_of(change.ref, self._tree.data.get(change.ref))
        if isinstance(change, Put):
            return Told(change.ref, before, to_plain(change.record))
        if isinstance(change, PutFigures):
            return Told(change.ref, before, before)
        return Told(change.ref, before, plain_of(change.ref, change.data) if isinstance(change, PutBack) else None)

    def _write(self, request: Request, author: Author) -> Saved:
        with self._mutex:
            self._writing = frozenset(change.ref for change in request.changes)
        try:
            written = self._carry_out(request, author)
            settle(self.drafts, request)
            note_save(self.repository)
            return self._acknowledge(written)
        finally:
            with self._mutex:
                self._writing = frozenset()

    def _carry_out(self, request: Request, author: Author) -> Written:
        """Write the request; where that fails, what was typed becomes drafts."""
        try:
            return self._writer().write(request, author, self._names(request))
        except KyojuError as error:
            set_aside(self.drafts, request, error)
            raise
        except OSError as error:
            failed = SaveFailed(
                "記録できませんでした。これまでの記録は失われていません。",
                cure="フォルダーの権限とディスクの状態を管理者に確かめてもらい、もう一度記録してください。",
                detail=str(error),
            )
            set_aside(self.drafts, request, failed)
            raise failed from error

    def _writer(self) -> Writer:
        return Writer(self.root, self.repository, self._ground.journal, self.drafts)

    def _recover(self) -> None:
        # What keeps an earlier run's save from being finished is said at the next save, and leaves the reading alone.
        with suppress(KyojuError):
            if self.read_only is None:
                self._writer().recover()

    def _names(self, request: Request) -> Callable[[str, str], str]:
        """Names as they are once the request is carried out."""
        records = {change.ref: change.record for change in request.changes if isinstance(change, Put)}
        return (self.snapshot.replacing(records) if len(records) > 1 else self.snapshot).full_name

    def _acknowledge(self, written: Written) -> Saved:
        refs = tuple(dict.fromkeys(owner(step.path) for step in written.steps))
        paths = [step.path for step in written.steps if not is_figures(step.path)]
        with self._mutex:
            # The save is done; should the folder be gone in this moment, the next look says so.
            with suppress(OSError):
                self._take(reread(self.root, self._tree, paths), refs)
            return Saved(refs, written.commit, written.subject, written.merged, self._snapshot)

    def _take(self, fresh: Tree, looked: Iterable[Ref] | None) -> Changed | None:
        """Replace what is known by what was read, and tell listeners what differs; only `looked` can, where given."""
        known = self._tree
        candidates = fresh.data.keys() | known.data.keys() if looked is None else looked
        refs = frozenset(ref for ref in candidates if fresh.data.get(ref) != known.data.get(ref))
        if not refs and fresh.problems == known.problems:
            return None
        # In this order: who takes a base and then a record gets one that is as new or newer, and the save merges.
        self._snapshot = self._snapshot.replacing({ref: fresh.records.get(ref) for ref in refs}, fresh.broken)
        self._tree = fresh
        # The watcher may see a file of our own save before the save has ended.
        changed = Changed(refs, self._snapshot, fresh.problems, bool(refs) and refs <= self._writing)
        for listener in tuple(self._listeners):
            try:
                listener(changed)
            except Exception:  # noqa: BLE001 - whatever it is, the save is done
                _LOG.exception("a listener failed")
        return changed


def _read(root: Path) -> Tree:
    try:
        return read_tree(root)
    except OSError as error:
        raise StoreNotFound(
            "保管場所のフォルダーを読み取れません。",
            cure="フォルダーがあるか、権限と共有の接続を確かめてください。",
            detail=str(error),
        ) from error


def _newer(tree: Tree) -> NewerFormat | None:
    store = tree.records.get(Ref("store"))
    if not isinstance(store, Store) or store.format <= FORMAT:
        return None
    return NewerFormat(
        f"この保管場所は新しい版の形式（{store.format}）で書かれています。読むことはできますが、記録はできません。",
        cure="kyoju-tui を新しい版にしてください。",
    )
