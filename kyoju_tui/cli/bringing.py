"""What bringing a file in would change, told to people and programs, then recorded as one commit."""

from __future__ import annotations

from typing import Final

from kyoju_tui.cli.answers import print_json, print_table, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.exchange.bringing import Bringing, Outcome
from kyoju_tui.workspace.requests import Saved
from kyoju_tui.workspace.workspace import Workspace

_ORDER: Final[tuple[Outcome, ...]] = ("不明", "食い違い", "消去", "変更", "追加", "該当なし", "同じ")
_MOST: Final = 40


def carry_out(context: Context, workspace: Workspace, bringing: Bringing) -> int:
    """Tell what would change; unless `--dry-run` is said or nothing changes, record it. Errors: those of the save."""
    saved: Saved | None = None
    if not context.json:
        tell(context, bringing)
    if bringing.changes and not context.dry_run:
        saved = workspace.batch(bringing.changes, action="import", subject=bringing.subject).result()
    if context.json:
        print_json(as_data(context, bringing, saved), context.out)
    elif not bringing.changes:
        context.say(_nothing_to_do(bringing))
    elif saved is None:
        context.say(shown(f"記録の件名: {bringing.subject}"))
        context.say("（確認だけです。何も書き込んでいません。）")
    else:
        context.say(f"記録しました: {shown(saved.subject)}")
    return 0


def tell(context: Context, bringing: Bringing) -> None:
    """Print the remarks, what needs an eye first, and how many values have each outcome."""
    for remark in bringing.remarks:
        context.say(shown(remark))
    told = sorted(
        (each for each in bringing.placed if each.outcome != "同じ"), key=lambda each: _ORDER.index(each.outcome)
    )
    print_table(
        [
            (each.outcome, each.where, each.title, each.label, _value(each.before, each.after), each.why)
            for each in told[:_MOST]
        ],
        context.out,
    )
    if len(told) > _MOST:
        context.say(f"ほか{len(told) - _MOST}件（--json ですべて見られます）")
    counts = "・".join(f"{outcome}{bringing.counts[outcome]}" for outcome in _ORDER if bringing.counts[outcome])
    if counts:
        context.say(counts)


def _nothing_to_do(bringing: Bringing) -> str:
    """Why nothing is recorded: what was left out is not said to be there."""
    if not bringing.of("不明", "食い違い"):
        return "同じ内容がもう入っています。記録はそのままです。"
    if not bringing.counts["同じ"]:
        return "取り込めるものがありません。記録はそのままです。"
    return "取り込めるものは、もう入っています。記録はそのままです。"


def _value(before: str, after: str) -> str:
    return f"{before} → {after}" if before and after else after or before


def as_data(context: Context, bringing: Bringing, saved: Saved | None) -> dict[str, object]:
    """The whole of a file for programs, with what was recorded of it."""
    return {
        "file": bringing.file,
        "sha256": bringing.sha256,
        "refs": list(dict.fromkeys(change.ref for change in bringing.changes)),
        "commit": None if saved is None else saved.commit,
        "subject": bringing.subject,
        "dry_run": context.dry_run,
        "counts": dict(bringing.counts),
        "remarks": list(bringing.remarks),
        "placed": [
            {
                "where": each.where,
                "outcome": each.outcome,
                "ref": each.ref,
                "title": each.title,
                "label": each.label,
                "before": each.before,
                "after": each.after,
                "why": each.why,
            }
            for each in bringing.placed
        ],
    }
