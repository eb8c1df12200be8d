"""`sync`: receive from the remote, merge by field, send; or settle what both sides changed."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Final, cast

from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.records.errors import WrongUse
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.matching import is_table
from kyoju_tui.records.merge import Conflict
from kyoju_tui.records.wording import Namer
from kyoju_tui.records.wording import shown as in_words
from kyoju_tui.workspace.sync import syncing
from kyoju_tui.workspace.sync.syncing import NeedsDecision, Rehearsal, Standing, Synced, Undecided
from kyoju_tui.workspace.sync.undecided import SIDES
from kyoju_tui.workspace.workspace import Workspace

WHOLE: Final = "-"
"""How the whole record is named as a field on the command line."""


def add_arguments(parser: ArgumentParser) -> None:
    """Where to, only looking, and what was decided."""
    parser.add_argument("--remote", metavar="ADDRESS", help="送り先を決めます（パス、ssh、https。空なら外します）")
    parser.add_argument("--status", action="store_true", help="送り先に問い合わせず、今わかっている状況を見せます")
    parser.add_argument(
        "--take",
        nargs=3,
        action="append",
        metavar=("REF", "FIELD", "SIDE"),
        help="食い違いを決めます。SIDEは ours（自分）、theirs（相手）、base（元の版）。記録全体のFIELDは -",
    )


def run(context: Context) -> int:
    """Carry it out; 3 where something waits to be decided."""
    arguments = context.arguments
    workspace = context.open()
    try:
        if arguments.remote is not None:
            if context.dry_run:
                raise WrongUse("--remote と --dry-run は一緒に使えません。", cure="どちらか1つにしてください。")
            syncing.set_remote(workspace, arguments.remote)
            if not arguments.remote.strip():
                return _tell_standing(context, syncing.standing(workspace))
        if arguments.status:
            return _tell_standing(context, syncing.standing(workspace))
        for ref, field, side in cast("Sequence[tuple[str, str, str]]", arguments.take or ()):
            _take(workspace, Ref(ref.removesuffix(".toml")), "" if field == WHOLE else field, side)
        if context.dry_run:
            return _tell_rehearsal(context, workspace, syncing.rehearsal(workspace))
        return _exchange(context, workspace)
    finally:
        workspace.close()


def _exchange(context: Context, workspace: Workspace) -> int:
    def told(step: syncing.Step) -> None:
        if not context.json:
            print(f"{step.words} …", file=context.err)

    try:
        done = syncing.sync(workspace, told=told)
    except NeedsDecision as error:
        if context.json:
            content = {"code": error.code, "message": error.message, "cure": error.cure}
            print_json({"error": content, "undecided": [_undecided_json(each) for each in error.records]}, context.out)
            return error.exit_code
        _tell_undecided(context, workspace, error.records)
        raise
    return _tell_done(context, done)


def _take(workspace: Workspace, ref: Ref, field: str, side: str) -> None:
    """Decide one field for one of the sides."""
    if side not in SIDES:
        raise WrongUse(f"「{shown(side)[:40]}」は選べません。", cure="ours、theirs、base のどれかにしてください。")
    waiting = next((each for each in syncing.undecided(workspace) if each.ref == ref), None)
    conflicts: tuple[Conflict, ...] = () if waiting is None else waiting.conflicts
    conflict = next((each for each in conflicts if each.field == field), None)
    if conflict is None:
        raise WrongUse(
            f"「{shown(ref)}」の「{shown(field) or '記録全体'}」に、決めることは残っていません。",
            cure="sync で、食い違っているところを確かめてください。",
        )
    values = {"ours": conflict.ours, "theirs": conflict.theirs, "base": conflict.base}
    syncing.decide(workspace, ref, {field: values[side]})


def _tell_done(context: Context, done: Synced) -> int:
    if context.json:
        print_json(
            {
                "received": done.received,
                "sent": done.sent,
                "commit": done.commit,
                "merged": list(done.merged),
                "taken": list(done.taken),
                "attempts": done.attempts,
            },
            context.out,
        )
    elif not (done.received or done.sent):
        context.say("送り先と同じ内容です。")
    else:
        context.say(f"受信 {done.received}件・送信 {done.sent}件を終えました。")
        if done.merged:
            context.say(f"双方の変更を合わせた記録: {len(done.merged)}件")
    return 0


def _tell_standing(context: Context, found: Standing) -> int:
    if context.json:
        print_json(
            {
                "remote": found.remote,
                "to_send": found.to_send,
                "to_receive": found.to_receive,
                "looked_at": found.looked_at,
                "trouble": found.trouble,
                "undecided": found.undecided,
            },
            context.out,
        )
        return 0
    if not found.remote:
        context.say("送り先は決まっていません。")
        return 0
    context.say(f"送り先: {shown(found.remote)}")
    context.say(f"送信待ち {found.to_send}・受信待ち {found.to_receive}")
    if found.looked_at is not None:
        context.say(f"最後に確かめた日時: {found.looked_at.astimezone():%Y-%m-%d %H:%M}")
    if found.undecided:
        context.say(f"決めるのを待っている記録: {found.undecided}件")
    if found.trouble:
        context.say(f"前回: {shown(found.trouble)}")
    return 0


def _tell_rehearsal(context: Context, workspace: Workspace, found: Rehearsal) -> int:
    if context.json:
        print_json(
            {
                "to_receive": found.to_receive,
                "to_send": found.to_send,
                "merged": list(found.merged),
                "taken": list(found.taken),
                "undecided": [_undecided_json(each) for each in found.undecided],
                "dry_run": True,
            },
            context.out,
        )
        return 0
    context.say(f"受信するもの {found.to_receive}件・送信するもの {found.to_send}件")
    for ref in (*found.merged, *found.taken):
        context.say(f"　{shown(ref)}")
    _tell_undecided(context, workspace, found.undecided)
    context.say("（確認だけです。何も変えていません。）")
    return 0


def _tell_undecided(context: Context, workspace: Workspace, records: Sequence[Undecided]) -> None:
    """Each field in words: base, ours, theirs, and how it is decided."""
    name = workspace.snapshot.name
    for each in records:
        by = "、".join(dict.fromkeys(author for author, _ in each.theirs_by))
        context.say(shown(f"{each.title}　{each.ref}{f'（相手: {by}）' if by else ''}"))
        if each.why:
            context.say(f"　{shown(each.why)}")
        for conflict in each.conflicts:
            context.say(f"　{shown(conflict.label)}")
            for word, value in (("元", conflict.base), ("自分", conflict.ours), ("相手", conflict.theirs)):
                context.say(f"　　{word}: {_value(conflict, value, name)}")
            context.say(f"　　→ sync --take {each.ref} {shown(conflict.field) or WHOLE} ours|theirs|base")


def _value(conflict: Conflict, value: object | None, name: Namer) -> str:
    text = "（記録あり）" if is_table(value) and not conflict.field else in_words(value, conflict.about, name)
    return shown(text if len(text) <= 200 else f"{text[:199]}…")


def _undecided_json(each: Undecided) -> dict[str, object]:
    return {
        "ref": each.ref,
        "title": each.title,
        "why": each.why,
        "theirs_by": [{"author": author, "at": at} for author, at in each.theirs_by],
        "conflicts": [
            {
                "field": conflict.field,
                "label": conflict.label,
                "base": conflict.base,
                "ours": conflict.ours,
                "theirs": conflict.theirs,
            }
            for conflict in each.conflicts
        ],
    }
