"""The user's own git settings (`git config --global`): read, and set where the user asks for it.

Nothing here looks at a repository; what is set applies to the one user who asked.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from kyoju_tui.history.process import run_git, said
from kyoju_tui.records.errors import GitFailed

# git's exit codes of `git config`: nothing of this name is set.
_ABSENT: Final = 1


def own_setting(name: str) -> str | None:
    """The user's own value, None where there is none. Errors: `GitFailed`, `GitUnavailable`."""
    return _asked("--get", name)


def set_own_setting(name: str, value: str) -> None:
    """Set a value in the user's own settings, in place of all there are. Errors: `GitFailed`, `GitUnavailable`."""
    found = run_git(["config", "--global", "--replace-all", name, value], folder=Path("/"))
    if found.code:
        raise GitFailed(
            "自分用のgitの設定に書き込めませんでした。前からある設定はそのままです。",
            cure="ホームフォルダーの権限と空きを確かめてください。",
            detail=said(found.stderr),
        )


def own_attributes_file() -> Path:
    """The user's own file of attributes, whether it is there or not. Errors: as `own_setting`."""
    named = _asked("--type=path", "--get", "core.attributesFile")
    if named:
        return Path(named)
    home = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(home) / "git" / "attributes"


def _asked(*what: str) -> str | None:
    found = run_git(["config", "--global", "-z", *what], folder=Path("/"))
    if found.code == _ABSENT:
        return None
    if found.code:
        raise GitFailed(
            "自分用のgitの設定を読み取れません。",
            cure="設定のファイル（~/.gitconfig）の書き方を確かめてください。",
            detail=said(found.stderr),
        )
    return found.stdout.split(b"\0")[0].decode("utf-8", "surrogateescape")
