"""The command line: options, the table of commands, exit codes.

Exit codes: 0 done, 1 problems found, 2 wrong use, 3 refused to protect data.
"""

from __future__ import annotations

import os
import sys
from argparse import SUPPRESS, ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final, NoReturn, Protocol, cast

from kyoju_tui import __version__
from kyoju_tui.cli.answers import print_error
from kyoju_tui.cli.context import Context
from kyoju_tui.records.errors import KyojuError, WrongUse


@dataclass(frozen=True, slots=True)
class Word:
    """A command: the module that carries it out, its line of help, and whether it writes (and so takes `--dry-run`)."""

    module: str
    help: str
    writes: bool = False


COMMANDS: Final[dict[str, Word]] = {
    "init": Word("init", "新しい保管場所を作ります", writes=True),
    "demo": Word("demo", "見本の市の保管場所を作って開きます", writes=True),
    "check": Word("check", "保管場所を点検します（何も書き込みません）"),
    "fmt": Word("fmt", "ファイルの書き方を整えます", writes=True),
    "list": Word("list_records", "種類ごとに記録を並べます"),
    "show": Word("show", "1件の記録を見せます"),
    "new": Word("new", "新しい記録を作ります", writes=True),
    "set": Word("set_fields", "記録の項目を変えます", writes=True),
    "mv": Word("mv", "取組・課題を別の部署へ移します", writes=True),
    "rm": Word("rm", "記録を削除します（履歴には残ります）", writes=True),
    "matrix": Word("matrix", "一覧表を見せます"),
    "findings": Word("findings", "論点と確認事項を見せます"),
    "log": Word("log", "履歴を見せます"),
    "undo": Word("undo", "自分の直前の記録を元に戻します", writes=True),
    "merge-driver": Word("merge_driver", "gitの統合の際に、1件の記録の3つの版を項目ごとに合わせます", writes=True),
    "doctor": Word("doctor", "端末・文字・git・権限などを調べます"),
}

OpenScreen = Callable[[Path | None, str | None], int]


class Command(Protocol):
    """What a command's module offers."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what the command takes."""
        ...

    def run(self, context: Context) -> int:
        """Carry it out and return the exit code."""
        ...


class _Parser(ArgumentParser):
    """argparse, saying what is wrong as every other error is said."""

    def error(self, message: str) -> NoReturn:
        raise WrongUse(
            "指定のしかたが正しくありません。", cure=f"{self.prog} --help で使い方を確かめてください。", detail=message
        )


def main(arguments: Sequence[str], open_screen: OpenScreen, environ: Mapping[str, str] | None = None) -> int:
    """Run one command line and return its exit code. `open_screen(store, author)` shows the screens."""
    environ = dict(os.environ if environ is None else environ)
    as_json = "--json" in arguments
    try:
        parsed = _parser(_named(arguments)).parse_args(arguments)
        store, author = cast("Path | None", parsed.store), cast("str | None", parsed.author)
        if parsed.command is None:
            return open_screen(store, author)
        context = Context(parsed, lambda path: open_screen(path, author), store, author, environ)
        return _module(parsed.command).run(context)
    except KyojuError as error:
        print_error(error, as_json=as_json, out=sys.stdout, err=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        # The reader of our output has seen enough; nothing more can be said there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _named(arguments: Sequence[str]) -> str | None:
    """The command's word, so that one command's module is imported and not all of them."""
    return next((each for each in arguments if each in COMMANDS), None)


def _parser(named: str | None) -> ArgumentParser:
    parser = _Parser(
        prog="kyoju-tui", description="居住コミュニティ一覧表。指定がなければ画面を開きます。", add_help=False
    )
    parser.add_argument("-h", "--help", action="help", default=SUPPRESS, help="使い方を見せて終わります")
    parser.add_argument("--version", action="version", version=f"kyoju-tui {__version__}", help="版を見せて終わります")
    parser.add_argument("--store", metavar="PATH", type=Path, help="保管場所のフォルダー")
    parser.add_argument("--as", dest="author", metavar="氏名 <mail>", help="だれが記録するか")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser, title="コマンド")
    for word, command in COMMANDS.items():
        inner = commands.add_parser(word, help=command.help, description=command.help, add_help=False)
        inner.add_argument("-h", "--help", action="help", default=SUPPRESS, help="使い方を見せて終わります")
        inner.add_argument("--json", action="store_true", help="プログラム向けにJSONで答えます")
        if command.writes:
            inner.add_argument("--dry-run", action="store_true", help="変わる内容を見せるだけで、書き込みません")
        if named == word:
            _module(word).add_arguments(inner)
    return parser


def _module(word: str) -> Command:
    return cast("Command", import_module(f"kyoju_tui.cli.commands.{COMMANDS[word].module}"))
