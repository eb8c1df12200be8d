"""What every command that saves does alike: show what would change, or save and say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import Final

from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.records.base import Record
from kyoju_tui.records.errors import BrokenRecord
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.requests import Action, Change, Put, Request, Saved
from kyoju_tui.workspace.workspace import Workspace

UNCHANGED: Final = "変わったところがないので、記録はそのままです。"


def readable(workspace: Workspace, ref: Ref) -> Record:
    """The record that is to be changed. Errors: `BrokenRecord` where its file cannot be read."""
    record = workspace.snapshot.get(ref)
    if record is None:
        raise BrokenRecord(
            f"「{ref}」のファイルを読み取れないため、変更していません。",
            cure="点検（check）で場所を確かめて直してください。",
        )
    return record


def preview(
    context: Context,
    workspace: Workspace,
    changes: Sequence[Change],
    action: Action,
    *,
    subject: str = "",
    undoes: str = "",
) -> int:
    """Print the message that the save would have, and write nothing."""
    message = workspace.preview(changes, action, subject=subject, undoes=undoes)
    if all(isinstance(change, Put) and workspace.snapshot.get(change.ref) == change.record for change in changes):
        message = UNCHANGED
    if context.json:
        refs = [change.ref for change in changes]
        print_json({"refs": refs, "message": message, "commit": None, "dry_run": True}, context.out)
    else:
        for line in message.strip().split("\n"):
            context.say(shown(line))
        context.say("（確認だけです。何も書き込んでいません。）")
    return 0


def carry_out(context: Context, workspace: Workspace, request: Request) -> int:
    """Record what was planned, or with `--dry-run` show it and write nothing. Errors: those of the save."""
    if context.dry_run:
        how = {"subject": request.subject, "undoes": request.undoes}
        return preview(context, workspace, request.changes, request.action, **how)
    acknowledge(context, workspace.submit(request))
    return 0


def acknowledge(context: Context, future: Future[Saved], more: Mapping[str, object] | None = None) -> Saved:
    """Wait for the save and say what was recorded. Errors: those of the save."""
    saved = future.result()
    if context.json:
        content: dict[str, object] = {
            "refs": list(saved.refs),
            "commit": saved.commit,
            "subject": saved.subject,
            "merged": saved.merged,
        }
        print_json({**content, **(more or {})}, context.out)
    elif saved.commit is None:
        context.say(UNCHANGED)
    else:
        if saved.merged:
            context.say("ほかの人の変更と合わせました。")
        context.say(f"記録しました: {shown(saved.subject)}")
    return saved
