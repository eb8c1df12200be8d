"""What Ctrl+Z takes back, in a few lines: the save, then what each field goes back to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from kyoju_tui.records.changes import describe_all
from kyoju_tui.workspace.past.undoing import REDO, UNDO
from kyoju_tui.workspace.saving.request_changes import RequestChange, request_changes

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Request
    from kyoju_tui.workspace.workspace import Workspace

_LINES: Final = 6


def undone(workspace: Workspace, request: Request) -> str:
    """取り消す記録：取組「…」を更新, and what will change; the first few lines, the others counted."""
    found = request_changes(workspace, request)
    lines = [line for each in found for line in _lines(workspace, each, several=len(found) > 1)]
    more = [f"ほか{len(lines) - _LINES}行"] if len(lines) > _LINES else []
    subject = request.subject.removeprefix(UNDO).removeprefix(REDO)
    return "\n".join([f"取り消す記録：{subject}", *lines[:_LINES], *more])


def _lines(workspace: Workspace, each: RequestChange, *, several: bool) -> Iterator[str]:
    title = f"「{workspace.snapshot.title(each.ref)}」" if several and each.ref in workspace.snapshot else ""
    if each.turn == "削除":
        yield f"・{title}加えた記録はなくなります"
    elif each.turn == "追加":
        yield f"・{title}削除した記録が戻ります"
    else:
        for line in describe_all(each.changes, workspace.snapshot.full_name):
            yield f"・{title}{line.replace(': ', '：', 1)}"
