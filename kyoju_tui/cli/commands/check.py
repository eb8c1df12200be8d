"""`check`: every problem of every file, and the state of the repository."""

from __future__ import annotations

from argparse import ArgumentParser

from kyoju_tui.cli.answers import print_json, problem_json, shown
from kyoju_tui.cli.context import Context


def add_arguments(parser: ArgumentParser) -> None:
    """What to look at."""
    parser.add_argument("--staged", action="store_true", help="次に記録される内容（ステージ済み）を点検します")
    parser.add_argument("--since", metavar="REV", help="この時点から変わったファイルだけを点検します")


def run(context: Context) -> int:
    """Print the problems; exit code 1 where one is an error."""
    from kyoju_tui.workspace.care.checking import check_store

    arguments = context.arguments
    result = check_store(context.root, staged=arguments.staged, since=arguments.since, environ=context.environ)
    if context.json:
        print_json(
            {"problems": [problem_json(each) for each in result.problems], "records": result.records}, context.out
        )
    else:
        for problem in result.problems:
            context.say(shown(f"{problem.path or '（保管場所）'}:{problem.line}: {problem.code}: {problem.message}"))
            if problem.cure:
                context.say(f"　→ {shown(problem.cure)}")
        found = [problem.severity for problem in result.problems]
        context.say(f"記録{result.records}件。誤り{found.count('error')}件、注意{found.count('warning')}件。")
    return 1 if result.failed else 0
