"""`progress`: the process map of the handbook, and what to do today."""

from __future__ import annotations

from argparse import ArgumentParser

from kyoju_tui.cli.answers import print_json, print_table, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.overview.findings import examine
from kyoju_tui.overview.matrix import matrix
from kyoju_tui.overview.opening import Opening
from kyoju_tui.overview.progress import progress_of
from kyoju_tui.overview.tasks import tasks, todays_three


def add_arguments(parser: ArgumentParser) -> None:
    """Whether to list everything that there is to do."""
    parser.add_argument("--all", action="store_true", help="今日することを3つに絞らず、すべて並べます")


def run(context: Context) -> int:
    """Print every step with its state and reason, then the tasks."""
    workspace = context.open()
    try:
        whole = matrix(workspace.snapshot, context.today)
        found = examine(whole).views
        steps = progress_of(whole, found)
        todo = tasks(whole, steps, found)
        if context.json:
            answer: dict[str, object] = {
                "steps": [
                    {
                        "key": step.key,
                        "label": step.label,
                        "place": step.place,
                        "state": step.state,
                        "reason": step.reason,
                        **_opening(step.opening),
                    }
                    for step in steps
                ],
                "tasks": [
                    {"key": task.key, "sort": task.sort, "sentence": task.sentence, **_opening(task.opening)}
                    for task in todo
                ],
            }
            print_json(answer, context.out)
            return 0
        print_table([[step.state, step.place, step.label, step.reason] for step in steps], context.out)
        chosen = todo if context.arguments.all else todays_three(todo)
        context.say("")
        context.say(f"今日すること（{len(chosen)}件／全{len(todo)}件）")
        for number, task in enumerate(chosen, start=1):
            context.say(shown(f"{number}. {task.sentence}"))
        return 0
    finally:
        workspace.close()


def _opening(opening: Opening) -> dict[str, object]:
    return {"screen": opening.screen, "record": opening.record or None}
