"""A folder that becomes a new store: nobody else knows it yet, so its files are written plainly."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from kyoju_tui.files.private import sync_folder
from kyoju_tui.records.errors import WrongUse


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
    """Write files by relative path, and see them onto the disk folder by folder. Raises OSError."""
    for name, data in files.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    for folder in {(root / name).parent for name in files}:
        sync_folder(folder)


def remove_new(root: Path) -> None:
    """Take away what was begun in a folder that was vacant. Raises OSError."""
    if root.is_dir():
        shutil.rmtree(root)
