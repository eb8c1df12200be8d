"""`edits`: files that somebody wrote past this program: listed, recorded as they are, or put back."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Final

from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.cli.saving import acknowledge
from kyoju_tui.records.errors import WrongUse
from kyoju_tui.workspace.hand_edits.listing import HandEdit, chosen, hand_edits, record, recording
from kyoju_tui.workspace.hand_edits.putting_back import put_back
from kyoju_tui.workspace.workspace import Workspace

_USAGE: Final = "edits、edits record PATH…（または --all）、edits restore PATH…（または --all）"
_ACTS: Final = ("list", "record", "restore")


def add_arguments(parser: ArgumentParser) -> None:
    """What is done, and with which files."""
    parser.add_argument(
        "act", nargs="?", default="list", metavar="ACT", help="list（一覧）、record（記録）、restore（元に戻す）"
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="ファイルの場所（.toml は省けます）")
    parser.add_argument("--all", action="store_true", help="一覧にあるもの全部")
    parser.add_argument("--force", action="store_true", help="参照されている記録の削除も記録します")


def run(context: Context) -> int:
    """List, record, or put back."""
    arguments = context.arguments
    act: str = arguments.act
    wanted: list[str] = arguments.paths
    if act not in _ACTS or (act == "list" and (wanted or arguments.all)):
        raise WrongUse("引数を読み取れません。何も変えていません。", cure=f"使い方：{_USAGE}")
    if act != "list" and bool(wanted) == bool(arguments.all):
        raise WrongUse("ファイルを指定するか、--all を付けてください。何も変えていません。", cure=f"使い方：{_USAGE}")
    workspace = context.open()
    try:
        found = hand_edits(workspace)
        edits = found if act == "list" or arguments.all else chosen(found, wanted)
        if act == "list":
            return _list(context, edits)
        if not edits:
            return _nothing(context)
        return (_record if act == "record" else _restore)(context, workspace, edits)
    finally:
        workspace.close()


def _list(context: Context, edits: Sequence[HandEdit]) -> int:
    if context.json:
        print_json({"edits": [_as_json(edit) for edit in edits]}, context.out)
        return 0
    if not edits:
        context.say("記録されていない直接の変更はありません。")
    for edit in edits:
        context.say(shown(f"{edit.state}　{edit.path}{_whose(edit)}"))
        for line in told(edit):
            context.say(f"　{shown(line)}")
    return 0


def told(edit: HandEdit) -> tuple[str, ...]:
    """What is said of one file below its name."""
    return (
        *edit.changes,
        *(f"{each.line}行目：{each.message}" if each.line else each.message for each in edit.problems),
        *(("読み取れないため、このままでは記録できません。",) if edit.broken is not None else ()),
        *(("エディターで開かれているようです。",) if edit.being_edited else ()),
        *((f"git に、変更を見ないよう印が付いています（{edit.overlooked}）。",) if edit.overlooked else ()),
    )


def _whose(edit: HandEdit) -> str:
    if edit.at is None:
        return ""
    whose = f"{edit.owner}、" if edit.owner else ""
    return f"（{whose}{edit.at.astimezone():%Y-%m-%d %H:%M}）"


def _record(context: Context, workspace: Workspace, edits: Sequence[HandEdit]) -> int:
    force: bool = context.arguments.force
    if not context.dry_run:
        acknowledge(context, record(workspace, edits, force=force), {"paths": [edit.path for edit in edits]})
        return 0
    _, _, subject = recording(workspace, edits, force=force)
    return _preview(context, subject, edits)


def _restore(context: Context, workspace: Workspace, edits: Sequence[HandEdit]) -> int:
    if context.dry_run:
        return _preview(context, "", edits)
    done = put_back(workspace, edits)
    if context.json:
        print_json({"paths": list(done.paths), "kept": None if done.kept is None else str(done.kept)}, context.out)
        return 0
    for path in done.paths:
        context.say(f"元に戻しました: {shown(path)}")
    if done.kept is not None:
        context.say(f"戻す前の内容の控え: {shown(str(done.kept))}")
    return 0


def _preview(context: Context, subject: str, edits: Sequence[HandEdit]) -> int:
    """What would be recorded (`subject` is then the message's first line) or put back."""
    if context.json:
        content = {"paths": [edit.path for edit in edits], "message": subject, "commit": None, "dry_run": True}
        print_json(content, context.out)
        return 0
    if subject:
        context.say(shown(subject))
    for edit in edits:
        context.say(shown(f"{edit.state}　{edit.path}"))
        for line in told(edit):
            context.say(f"　{shown(line)}")
    context.say("（確認だけです。何も書き込んでいません。）")
    return 0


def _nothing(context: Context) -> int:
    if context.json:
        print_json({"paths": [], "commit": None}, context.out)
    else:
        context.say("記録されていない直接の変更はありません。")
    return 0


def _as_json(edit: HandEdit) -> dict[str, object]:
    return {
        "path": edit.path,
        "ref": edit.ref,
        "state": edit.state,
        "owner": edit.owner or None,
        "at": None if edit.at is None else edit.at.isoformat(),
        "recordable": edit.broken is None,
        "overlooked": edit.overlooked or None,
        "changes": list(edit.changes),
        "problems": [
            {"line": each.line, "column": each.column, "code": each.code, "severity": each.severity,
             "message": each.message, "cure": each.cure}
            for each in edit.problems
        ],
    }  # fmt: skip
