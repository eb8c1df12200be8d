"""Reading a store: every record, the bytes it came from, every problem, and which files are broken.

Folders and files are opened relative to their folder and never through a symbolic link, so nothing outside the store
is read, whatever somebody puts into it.
"""

from __future__ import annotations

import gc
import os
import stat
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from kyoju_tui.files.codec import read_record
from kyoju_tui.files.faulty import safe
from kyoju_tui.files.layout import (
    RECORD_FOLDERS,
    STORE_FILE,
    Misplaced,
    duplicate_ids,
    is_companion,
    is_ignored,
    locate,
    path_parts,
)
from kyoju_tui.files.lines import locate_problem, place_of
from kyoju_tui.files.reading import RECORD_LIMIT, too_large
from kyoju_tui.records.base import Record
from kyoju_tui.records.errors import BrokenRecord
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.problems import Problem, Remark
from kyoju_tui.records.store import FORMAT, Store

_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# Not every system knows it.
_NO_TRACE: Final = getattr(os, "O_NOATIME", 0)
FIGURES_LIMIT: Final = 16 * 1024 * 1024
# Opening a FIFO must not wait for a writer.
_FILE: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@dataclass(slots=True)
class Tree:
    """What was read. `data` has the bytes of every file with a place, broken ones too (where they could be read).

    `broken` names the REFs whose file gave no record, with the first thing that is wrong with it; their ids stay taken.
    """

    records: dict[Ref, Record] = field(default_factory=dict[Ref, Record])
    data: dict[Ref, bytes] = field(default_factory=dict[Ref, bytes])
    problems: tuple[Problem, ...] = ()
    broken: dict[Ref, Problem] = field(default_factory=dict[Ref, Problem])


def read_tree(root: Path) -> Tree:
    """Read the whole store below `root`, in the order of paths. Raises `OSError` only for `root` itself."""
    reader = _Reader()
    with _no_collection():
        handle = _open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            reader.folder(handle, "")
        finally:
            os.close(handle)
        _look_at_whole(reader)
    return reader.result()


def tree_of(files: Mapping[str, bytes], others: Iterable[str] = ()) -> Tree:
    """The tree that these files, by path, would be: a revision, or what is staged.

    `others` are the paths of what is no regular file (a symbolic link).
    """
    reader = _Reader()
    with _no_collection():
        for path in sorted(files):
            if not is_ignored(path):
                reader.file(path, files[path])
        for path in others:
            if not is_ignored(path):
                reader.no_file(path)
        _look_at_whole(reader)
    return reader.result()


def read_paths(root: Path, paths: Iterable[str]) -> Tree:
    """Read some files only, given relative to `root`; one that is not there is simply absent from the outcome.

    Ids that two departments' folders share show only in a whole store: see `layout.duplicate_ids`.
    """
    reader = _Reader()
    for path in sorted(set(paths)):
        if is_ignored(path):
            continue
        try:
            with _folder_of(root, path) as (handle, name):
                reader.entry(handle, name, path, _mode(handle, name))
        except FileNotFoundError:
            continue
        except OSError as error:
            reader.refuse(path, _not_regular(path) if isinstance(error, NotADirectoryError) else _no_access(path))
    return reader.result()


def located(remarks: Iterable[Remark], data: Mapping[Ref, bytes]) -> tuple[Problem, ...]:
    """What the checks over all records remark, as problems with lines in the files they are about."""
    problems: list[Problem] = []
    for remark in remarks:
        line, column = locate_problem(data[remark.ref], place_of(remark.field)) if remark.ref in data else (1, 1)
        message = safe(remark.message)
        problems.append(Problem(remark.ref.path, line, column, remark.code, message, remark.cure, remark.field))
    return tuple(problems)


def read_figures_file(root: Path, path: str) -> bytes | None:
    """The bytes of a data set's figures; None where there are none. Raises `BrokenRecord` for what is no such file."""
    try:
        with _folder_of(root, path) as (handle, name):
            data = _read(handle, name, FIGURES_LIMIT)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BrokenRecord(
            f"「{safe(path)}」を読み取れません。",
            cure="通常のファイルか、権限があるかを管理者に確かめてください。",
            detail=str(error),
        ) from error
    if isinstance(data, int):
        raise BrokenRecord(
            f"「{safe(path)}」は大きすぎるため読みません（{data:,}バイト）。",
            cure=f"{FIGURES_LIMIT // 1024 // 1024}MBまでに分けてください。",
        )
    return data


class _Reader:
    """Gathers a tree folder by folder."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.problems: list[Problem] = []
        self.models: dict[str, type[Record]] = {}

    def result(self) -> Tree:
        self.tree.problems = tuple(sorted(self.problems))
        return self.tree

    def folder(self, handle: int, prefix: str) -> None:
        with os.scandir(handle) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        for entry in entries:
            if is_ignored(entry.name):
                continue
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False) and not path.endswith(".toml"):
                self._subfolder(handle, entry.name, path)
            elif entry.is_file(follow_symlinks=False):
                self.entry(handle, entry.name, path, stat.S_IFREG)
            else:
                self.entry(handle, entry.name, path, 0)

    def _subfolder(self, handle: int, name: str, path: str) -> None:
        try:
            inner = _open(name, _FOLDER, handle)
        except OSError:
            self.refuse(path, _no_access(path))
            return
        try:
            self.folder(inner, f"{path}/")
        finally:
            os.close(inner)

    def entry(self, handle: int, name: str, path: str, mode: int) -> None:
        """Take what is no folder to go into; `mode` is its file type, 0 for anything but a regular file."""
        if not stat.S_ISREG(mode):
            self.no_file(path)
            return
        ref = self._place(path)
        if ref is None:
            return
        try:
            data = _read(handle, name)
        except OSError:
            self.refuse(path, _no_access(path))
            return
        if isinstance(data, int):
            self.refuse(path, too_large(path, data))
            return
        self._record(ref, path, data)

    def _place(self, path: str) -> Ref | None:
        """The REF of the record that lies at a path; None for a file that is none, told where it ought not to be."""
        if is_companion(path):
            return None
        try:
            return locate(path)
        except Misplaced as error:
            self.refuse(path, error.problem)
            return None

    def no_file(self, path: str) -> None:
        """Take what is neither a folder nor a regular file."""
        if path.partition("/")[0] in RECORD_FOLDERS or path.endswith(".toml"):
            self.refuse(path, _not_regular(path))

    def file(self, path: str, data: bytes) -> None:
        """Take a file that is not on the disk."""
        ref = self._place(path)
        if ref is None:
            return
        if len(data) > RECORD_LIMIT:
            self.refuse(path, too_large(path, len(data)))
        else:
            self._record(ref, path, data)

    def _record(self, ref: Ref, path: str, data: bytes) -> None:
        self.tree.data[ref] = data
        model = self.models.get(ref.top)
        if model is None:
            model = self.models[ref.top] = kind_of(ref).model
        read = read_record(data, path, model)
        if read.problems:
            self.problems += read.problems
        if read.record is None:
            self.tree.broken[ref] = next(problem for problem in read.problems if problem.severity == "error")
            return
        self.tree.records[ref] = read.record
        if isinstance(read.record, Store) and read.record.format > FORMAT:
            self.problems.append(_newer(path, data, read.record.format))

    def refuse(self, path: str, problem: Problem) -> None:
        """Note a file that is not read; where a record could lie there, its REF is taken."""
        self.problems.append(replace(problem, path=safe(path)))
        try:
            self.tree.broken[locate(path)] = problem
        except Misplaced:
            return


@contextmanager
def _no_collection() -> Generator[None]:
    """No garbage collection while many small objects come into being that all stay: a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _folder_of(root: Path, path: str) -> Generator[tuple[int, str]]:
    """The open folder that a path lies in, entered part by part without following links, and the file's name."""
    *folders, name = path_parts(path)
    handle = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for folder in folders:
            inner = os.open(folder, _FOLDER, dir_fd=handle)
            os.close(handle)
            handle = inner
        yield handle, name
    finally:
        os.close(handle)


def _mode(handle: int, name: str) -> int:
    return os.stat(name, dir_fd=handle, follow_symlinks=False).st_mode


def _open(name: str | Path, flags: int, folder: int | None = None) -> int:
    """Open for reading without a trace in the time of last access; only a file's owner may ask for that."""
    try:
        return os.open(name, flags | _NO_TRACE, dir_fd=folder)
    except PermissionError:
        return os.open(name, flags, dir_fd=folder)


def _read(handle: int, name: str, limit: int = RECORD_LIMIT) -> bytes | int:
    """The bytes of a file, or its size where that is over the limit."""
    file = _open(name, _FILE, handle)
    try:
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(f"not a regular file: {name}")
        if status.st_size > limit:
            return status.st_size
        data = os.read(file, limit + 1)
        # A file that grows while it is read is caught here; the rest of it is not needed to refuse it.
        while len(data) < status.st_size and (more := os.read(file, limit + 1)):
            data += more
        return data if len(data) <= limit else len(data)
    finally:
        os.close(file)


def _look_at_whole(reader: _Reader) -> None:
    """What shows only in a whole store."""
    if Ref("store") not in reader.tree.data and Ref("store") not in reader.tree.broken:
        cure = "消してしまったときは、履歴から戻してください。"
        reader.problems.append(Problem(STORE_FILE, 0, 0, "K112", f"{STORE_FILE} がありません。", cure))
    _quarantine_duplicates(reader)


def _quarantine_duplicates(reader: _Reader) -> None:
    tree = reader.tree
    for ref, holder in duplicate_ids((*tree.records, *tree.broken)).items():
        cure = "どちらかのファイル名を付け直してください。"
        for here, other in ((holder, ref), (ref, holder)):
            message = f"id「{ref.id}」が「{other.path}」と重なっています。"
            if here == ref:
                message += "こちらは読んでいません。"
            reader.problems.append(Problem(here.path, 0, 0, "K110", message, cure))
        tree.records.pop(ref, None)
        tree.broken.setdefault(ref, reader.problems[-1])


def _newer(path: str, data: bytes, found: int) -> Problem:
    line, column = locate_problem(data, ("format",))
    message = f"新しい版の形式（{found}）の保管場所です。読むことだけできます（このプログラムの形式は{FORMAT}）。"
    return Problem(path, line, column, "K111", message, "プログラムを新しい版にしてください。")


def _not_regular(path: str) -> Problem:
    message = "通常のファイルではない（リンクなど）ので読みません。"
    return Problem(safe(path), 0, 0, "K106", message, "ファイルそのものを置いてください。")


def _no_access(path: str) -> Problem:
    return Problem(safe(path), 0, 0, "K112", "読み取れません。", "ファイルの権限を管理者に確かめてください。")
