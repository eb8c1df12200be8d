"""Opening files from outside: spreadsheets in a limited process of their own, text tables here, values only."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kyoju_tui.exchange.books.delimited import read_delimited
from kyoju_tui.exchange.books.gate import TEXT_LIMIT, require_plain, shown_name
from kyoju_tui.exchange.books.reader import Reader
from kyoju_tui.exchange.books.values import Book, UnreadableFile
from kyoju_tui.exchange.bringing import never


def read_book(path: Path, cancelled: Callable[[], bool] = never) -> Book:
    """Read one file: .xlsx, .ods, .xls, or a text table (.csv, .tsv), told apart by its bytes.

    Errors: `UnreadableFile` with what is wrong and what to do; nothing but the file was looked at. `Stopped`.
    """
    found = next(read_books([path], cancelled))
    if isinstance(found, UnreadableFile):
        raise found
    return found


def read_books(paths: Iterable[Path], cancelled: Callable[[], bool] = never) -> Iterator[Book | UnreadableFile]:
    """Read many files with one process, in their order; what cannot be read comes back as its error.

    Errors: `Stopped` as soon as `cancelled` says so, in the middle of a file too.
    """
    with Reader(cancelled) as reader:
        for path in paths:
            try:
                yield _read(path, reader)
            except UnreadableFile as error:
                yield error


def _read(path: Path, reader: Reader) -> Book:
    data = _bytes(path)
    form = require_plain(data, path.name)
    digest = hashlib.sha256(data).hexdigest()
    if form == "text":
        sheet, remarks = read_delimited(data, path.name)
        return Book(path.name, digest, (sheet,), remarks)
    return Book(path.name, digest, reader.read(form, data, path.name))


def _bytes(path: Path) -> bytes:
    """A regular file's bytes, no more than a gate will take."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableFile(
                f"「{shown_name(path.name or str(path))}」はファイルではありません。何も取り込んでいません。",
                cure="取り込むファイルを選んでください。",
            )
        # Without waiting: what has become a pipe since would hold us for ever.
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as opened:
            # None where it calls itself a file and has nothing to tell now, as some of the kernel's do.
            return opened.read(TEXT_LIMIT + 1) or b""
    except FileNotFoundError as error:
        raise UnreadableFile(
            f"「{shown_name(path.name)}」が見つかりません。何も取り込んでいません。",
            cure="ファイルの場所と名前を確かめてください。",
        ) from error
    except OSError as error:
        raise UnreadableFile(
            f"「{shown_name(path.name)}」を開けません。何も取り込んでいません。",
            cure="ファイルの場所と名前、読み取りの権限を確かめてください。",
            detail=str(error),
        ) from error
