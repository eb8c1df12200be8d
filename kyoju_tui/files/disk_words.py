"""What a disk or a folder that refuses means, in words for staff."""

from __future__ import annotations

import errno
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from kyoju_tui.records.errors import ReadOnly, SaveFailed, UnsafePath

UNCHANGED: Final = "ファイルは元のままです。"

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_FORBIDDEN: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_FOREIGN: Final = frozenset({errno.ELOOP, errno.ENOTDIR, errno.EISDIR})


@contextmanager
def in_words(path: str, state: str) -> Generator[None]:
    """Say of what the system refuses what it is; `state` says how things stand then. An empty `path`: some file.

    Errors: `SaveFailed`, `ReadOnly`, `UnsafePath`.
    """
    try:
        yield
    except OSError as error:
        raise _explained(path, error, state) from error


def _explained(path: str, error: OSError, state: str) -> ReadOnly | SaveFailed | UnsafePath:
    what = f"「{path}」" if path else "ファイル"
    if error.errno in _FULL:
        cure = "不要なファイルを消すか、管理者に空きを増やしてもらい、もう一度試してください。"
        return SaveFailed(f"ディスクに空きがないため{what}を書けません。{state}", cure=cure, detail=str(error))
    if error.errno in _FORBIDDEN:
        cure = "フォルダーの権限を管理者に確かめてください。"
        return ReadOnly(f"{what}を読み書きする権限がありません。{state}", cure=cure, detail=str(error))
    if error.errno in _FOREIGN:
        cure = "その場所にあるリンクなどを取り除いてください。"
        message = f"{what}の場所に通常のファイルやフォルダーでないものがあります。{state}"
        return UnsafePath(message, cure=cure, detail=str(error))
    cure = "ディスクの状態を管理者に確かめ、もう一度試してください。"
    return SaveFailed(f"{what}を読み書きできませんでした。{state}", cure=cure, detail=str(error))
