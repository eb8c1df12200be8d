"""Where a report goes: a file of its own name in a folder, or the file that somebody names."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from kyoju_tui.exchange.documents.outside import require_outside
from kyoju_tui.records.errors import WrongUse
from kyoju_tui.workspace.workspace import Workspace

REPORT: Final = ".html"


def report_name(today: date) -> str:
    """報告書-20261123.html."""
    return f"報告書-{today:%Y%m%d}{REPORT}"


def report_place(output: Path, today: date) -> Path:
    """The file: the one that is named, else one in the folder that is named."""
    return output if output.suffix.lower() == REPORT and not output.is_dir() else output / report_name(today)


def require_place(workspace: Workspace, place: Path) -> None:
    """Whether a file can go there: not into the store, and its folder is there or can be made. Errors: `WrongUse`."""
    require_outside(workspace, place)
    folder = place.resolve().parent
    if folder.exists() and not folder.is_dir():
        raise WrongUse(
            f"「{folder.name}」はフォルダーではありません。",
            cure=f"フォルダーか、{REPORT} で終わるファイルを指定してください。",
        )
    if not folder.exists() and not folder.parent.is_dir():
        raise WrongUse(f"フォルダー「{folder.parent}」がありません。", cure="あるフォルダーを指定してください。")
