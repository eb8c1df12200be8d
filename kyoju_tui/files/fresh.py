"""A folder that becomes a new store: nobody else knows it yet, so its files are written plainly."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kyoju_tui.files.private import sync_folder
from kyoju_tui.records.errors import ReadOnly, WrongUse


def require_vacant(path: Path) -> Path:
    """`path`, absolute, if nothing is there or it is an empty folder; else `WrongUse`."""
    root = path.expanduser().absolute()
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise WrongUse(
            f"{root} には既にファイルがあります。何も変えていません。",
            cure="新しいフォルダーか、空のフォルダーを指定してください。",
        )
    return root


def write_files(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files by relative path, and see them onto the disk. Raises OSError."""
    for name, data in files.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    for folder in {(root / name).parent for name in files}:
        sync_folder(folder)


@contextmanager
def begun(root: Path, sorry: str) -> Generator[None]:
    """While something is made in the vacant folder `root`: where that fails, all that came is taken away again.

    A folder that was there before stays. Errors: those of the work; `ReadOnly` saying `sorry` for an OSError.
    """
    first = next((folder for folder in reversed((root, *root.parents)) if not folder.exists()), None)
    try:
        yield
    except BaseException as error:
        for path in (first,) if first is not None else tuple(root.iterdir()):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif os.path.lexists(path):
                path.unlink()
        if isinstance(error, OSError):
            cure = "書き込める場所を指定してください。"
            raise ReadOnly(sorry, cure=cure, detail=str(error)) from error
        raise
