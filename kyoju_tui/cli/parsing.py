"""argparse, speaking Japanese: headings of the help, and what is wrong with a command line."""

from __future__ import annotations

import re
from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from collections.abc import Sequence
from typing import Final, NoReturn

from rich.cells import cell_len, chop_cells

from kyoju_tui.records.errors import WrongUse

HELP: Final = ("-h", "--help")
_HEADINGS: Final = {"positional arguments": "引数", "options": "オプション"}
_BEFORE: Final = frozenset({"--store", "--as"})
_AFTER: Final = frozenset({"--json", "--dry-run"})
_USE_HELP: Final = "--help で使い方を確かめてください。"

# What argparse says, and the sentence for it; the groups of the pattern are put into it.
_SENTENCES: Final[tuple[tuple[re.Pattern[str], str, str], ...]] = (
    (re.compile(r"the following arguments are required: (.+)"), "「{0}」が足りません。", _USE_HELP),
    (
        re.compile(r"argument (.+?): invalid choice: '(.*)' \(choose from (.+)\)", re.DOTALL),
        "「{0}」に「{1}」は選べません。",
        "使えるもの：{2}",
    ),
    (re.compile(r"argument (.+?): expected (?:one|at least one) argument"), "「{0}」の値がありません。", _USE_HELP),
    (
        re.compile(r"argument (.+?): ignored explicit argument '(.*)'", re.DOTALL),
        "「{0}」に値（{1}）は付けられません。",
        _USE_HELP,
    ),
    (re.compile(r"argument (.+?): ([^\x00-\x7f].*)", re.DOTALL), "「{0}」：{1}", _USE_HELP),
)


class Parser(ArgumentParser):
    """A parser of one command's arguments. What is wrong with them is raised as `WrongUse`, nothing is printed."""

    def __init__(self, prog: str, description: str, *, usage: str | None = None, epilog: str | None = None) -> None:
        super().__init__(
            prog=prog,
            usage=usage,
            description=description,
            epilog=epilog,
            add_help=False,
            allow_abbrev=False,
            formatter_class=_Formatter,
        )
        # Asked for before anything is parsed (`wants_help`); declared so that the help names it.
        self.add_argument(*HELP, action="store_true", help="使い方を見せて終わります")

    def error(self, message: str) -> NoReturn:
        """Raise what argparse found wrong. Errors: `WrongUse`."""
        raise in_words(message)


class _Formatter(RawDescriptionHelpFormatter):
    """The help with Japanese headings, wrapped by what a terminal shows."""

    def add_usage(self, usage, actions, groups, prefix=None) -> None:  # type: ignore[no-untyped-def]
        super().add_usage(usage, actions, groups, "使い方: " if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        super().start_section(_HEADINGS.get(heading or "", heading))

    def _split_lines(self, text: str, width: int) -> list[str]:
        lines = [""]
        for piece in re.findall(r"[^、]+、?|、", " ".join(text.split())):
            if lines[-1] and cell_len(lines[-1] + piece) > width:
                lines.append("")
            first, *more = chop_cells(lines[-1] + piece, width)
            lines[-1:] = [first, *more]
        return lines


def wants_help(arguments: Sequence[str]) -> bool:
    """Whether the help is asked for, whatever else is said."""
    return any(each in HELP for each in options(arguments))


def options(arguments: Sequence[str]) -> Sequence[str]:
    """The arguments up to `--`, after which nothing is an option."""
    return arguments[: arguments.index("--")] if "--" in arguments else arguments


def whole(text: str) -> int:
    """A number of things, 1 or more. Errors: argparse's own."""
    if not text.isdecimal() or len(text) > 9 or int(text) < 1:
        raise ArgumentTypeError("整数（1以上）で指定してください。")
    return int(text)


def in_words(message: str) -> WrongUse:
    """What argparse says, for staff."""
    unknown = re.fullmatch(r"unrecognized arguments: (.+)", message, re.DOTALL)
    if unknown is not None:
        return _unknown(unknown[1])
    for pattern, sentence, cure in _SENTENCES:
        found = pattern.fullmatch(message)
        if found is not None:
            groups = [group.replace("'", "").replace(", ", "、") for group in found.groups()]
            return WrongUse(sentence.format(*groups), cure=cure.format(*groups))
    return WrongUse("指定のしかたが正しくありません。", cure=_USE_HELP, detail=message)


def _unknown(arguments: str) -> WrongUse:
    words = {word.partition("=")[0] for word in arguments.split()}
    cure = _USE_HELP
    if words & _BEFORE:
        cure = "--store と --as は、コマンドの前に書いてください。"
    elif words & _AFTER:
        cure = "--json と --dry-run は、それを受け取るコマンドの後に書いてください。"
    return WrongUse(f"「{arguments[:80]}」は余分か、使えない指定です。", cure=cure)
