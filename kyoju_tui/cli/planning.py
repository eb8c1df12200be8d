"""What commands that plan a change of many records do alike: show the plan, or record it."""

from __future__ import annotations

from collections.abc import Callable

from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.cli.saving import acknowledge
from kyoju_tui.records.errors import WrongUse
from kyoju_tui.workspace.saving.planned import Planned, Present


def carry_out(context: Context, plan: Callable[[Present], Planned]) -> int:
    """Record what a plan comes to; with `--dry-run` tell it and write nothing. Errors: those of plan and save."""
    workspace = context.open()
    try:
        planned = plan(Present.of(workspace))
        if not context.dry_run:
            acknowledge(context, planned.record(workspace), {"told": list(planned.told)})
            return 0
        # Whatever keeps the save from being made is said beforehand.
        message = workspace.preview(planned.changes, planned.action, subject=planned.subject)
        if context.json:
            refs = [change.ref for change in planned.changes]
            told = list(planned.told)
            print_json({"refs": refs, "message": message, "told": told, "commit": None, "dry_run": True}, context.out)
            return 0
        for line in (planned.subject, *planned.told):
            context.say(shown(line))
        context.say("（確認だけです。何も書き込んでいません。）")
        return 0
    finally:
        workspace.close()


def require(names: list[str], least: int, most: int, usage: str) -> None:
    """Refuse too few and too many words. Errors: `WrongUse` with how it is used."""
    if not least <= len(names) <= most:
        raise WrongUse("引数の数が合いません。何も変えていません。", cure=f"使い方：{usage}")
