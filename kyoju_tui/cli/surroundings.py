"""What `doctor` looks at: terminal, locale, git, the store, its repository, who is saving, what an earlier run left."""

from __future__ import annotations

import locale
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from kyoju_tui.cli.context import Context
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.workspace.care.doctor import checks
from kyoju_tui.workspace.care.look import Check
from kyoju_tui.workspace.workspace import Workspace

NARROWEST = (80, 24)


def surroundings(context: Context, workspace: Workspace | KyojuError) -> tuple[Check, ...]:
    """Look at everything; a thing that cannot be looked at is told as such. `workspace` may be why there is none."""
    return (*_terminal(context), *_store(workspace))


def _terminal(context: Context) -> Iterator[Check]:
    size = shutil.get_terminal_size()
    yield Check(
        "端末の大きさ",
        size.columns >= NARROWEST[0] and size.lines >= NARROWEST[1],
        f"{size.columns}×{size.lines}",
        "80×24以上に広げてください。",
    )
    term = context.environ.get("TERM", "")
    yield Check(
        "端末の種類",
        term not in ("", "dumb"),
        f"TERM={term}",
        "接続ソフトの端末の種類を xterm-256color にしてください。",
    )
    encoding = locale.getpreferredencoding(do_setlocale=False)
    yield Check(
        "文字コード",
        encoding.upper().replace("-", "") == "UTF8",
        encoding,
        "LANG=ja_JP.UTF-8 か C.UTF-8 にしてください。",
    )
    yield Check("Python", sys.version_info >= (3, 11), sys.version.split()[0], "3.11以上を入れてください。")
    yield _looked("git", _git_version)


def _git_version() -> str:
    from kyoju_tui.history.process import executable, run_git

    executable()
    return run_git(["version"], folder=Path("/")).stdout.decode("utf-8", "replace").strip()


def _store(workspace: Workspace | KyojuError) -> Iterator[Check]:
    if isinstance(workspace, KyojuError):
        yield Check("保管場所", False, workspace.message, workspace.cure)
        return
    yield Check("保管場所", True, str(workspace.root))
    broken = len(workspace.snapshot.broken)
    yield Check(
        "記録",
        not broken,
        f"{len(workspace.snapshot)}件、読み取れないもの{broken}件",
        "check で場所を確かめてください。",
    )
    reason = workspace.read_only
    yield Check(
        "履歴",
        reason is None,
        "記録できます" if reason is None else reason.message,
        "" if reason is None else reason.cure,
    )
    yield _looked("利用者", lambda: _author(workspace))
    writable = os.access(workspace.root, os.W_OK | os.X_OK)
    yield Check(
        "書き込み", writable, "できます" if writable else "できません", "管理者に権限を確かめてもらってください。"
    )
    if reason is None:
        yield _looked("リポジトリの状態", lambda: _state(workspace))
        yield from checks(workspace)
    drafts = len(workspace.drafts.all())
    yield Check("下書き", not drafts, f"{drafts}件", "画面を開くと、続きから入力できます。")


def _author(workspace: Workspace) -> str:
    author = workspace.author()
    return "まだ決まっていません（最初の記録のときに聞きます）" if author is None else str(author)


def _state(workspace: Workspace) -> str:
    from kyoju_tui.history.state import require_writable

    require_writable(workspace.repository)
    return "途中の作業はありません"


def _looked(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except KyojuError as error:
        return Check(name, False, error.message, error.cure)
