"""Several files that somebody asked for outside the store: all of them, or none."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from kyoju_tui.records.errors import ReadOnly


def replace_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files into a folder by their names, making the folder where there is none.

    Where one of them cannot be written, all is as it was before. Errors: `ReadOnly`.
    """
    target = folder.resolve()
    mark = secrets.token_hex(4)
    made = not target.exists()
    begun = {name: target / f".{mark}.{number}.tmp" for number, name in enumerate(files)}
    kept = {name: target / f".{mark}.{number}.old" for number, name in enumerate(files)}
    put: list[str] = []
    try:
        try:
            target.mkdir(exist_ok=True)
            for name, data in files.items():
                begun[name].write_bytes(data)
            for name in files:
                put.append(name)
                _set_aside(target / name, kept[name])
                begun[name].replace(target / name)
        except BaseException:
            # Also where somebody stops the program: all or nothing.
            for name in put:
                _put_back(target / name, kept[name], begun[name])
            raise
        else:
            _clear(kept.values())
        finally:
            _clear(begun.values())
            if made:
                # It goes only where nothing is in it.
                with suppress(OSError):
                    target.rmdir()
    except OSError as error:
        raise ReadOnly(
            f"{folder} に書き込めませんでした。前からある内容はそのままです。",
            cure="書き込める場所か、空きのあるディスクを指定してください。",
            detail=str(error),
        ) from error


def _clear(files: Iterable[Path]) -> None:
    """What cannot be cleared away is hidden, and in nobody's way."""
    for left in files:
        with suppress(OSError):
            left.unlink(missing_ok=True)


def _set_aside(file: Path, aside: Path) -> None:
    if file.exists():
        file.rename(aside)


def _put_back(file: Path, aside: Path, new: Path) -> None:
    if aside.exists():
        aside.replace(file)
    elif not new.exists():
        # It has taken the place where nothing stood.
        file.unlink(missing_ok=True)
