"""Commands that make one document: printed, or written to the file that `-o` names."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Final

from kyoju_tui.cli.answers import shown
from kyoju_tui.cli.context import Context
from kyoju_tui.files.output import replace
from kyoju_tui.records.errors import WrongUse

_FORM: Final = ".md"


def add_output(parser: ArgumentParser) -> None:
    """The option that names the file."""
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help=f"ファイルに書き出します（{_FORM}）")


def give(context: Context, text: str) -> bool:
    """Write or print a Markdown document. False where a program asked instead, and nothing was printed.

    Errors: `WrongUse` for a file of another form, `ReadOnly` where it cannot be written.
    """
    output: Path | None = context.arguments.output
    if output is not None:
        if output.suffix.lower() != _FORM:
            raise WrongUse(f"「{output.suffix}」の形式では書き出せません。", cure=f"使える形式：{_FORM}")
        replace(output, text.encode())
    if context.json:
        return False
    if output is not None:
        context.say(shown(f"書き出しました: {output}"))
    else:
        for line in text.splitlines():
            context.say(shown(line))
    return True
