"""The command line: the table of commands, and from arguments to an exit code.

Exit codes: 0 done, 1 problems found, 2 wrong use, 3 refused to protect data.
"""

from __future__ import annotations

import os
import sys
from argparse import REMAINDER, ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Final, Protocol, cast

from kyoju_tui import __version__
from kyoju_tui.cli.answers import print_error
from kyoju_tui.cli.context import Context
from kyoju_tui.cli.ending import STOPPED, Ended, ended_by_signals
from kyoju_tui.cli.parsing import Parser, options, wants_help
from kyoju_tui.records.errors import KyojuError, Refused, WrongUse

PROGRAM: Final = "kyoju-tui"
INTERRUPTED: Final = 130


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
    "mv": Word("mv", "取組・課題・データを別の部署へ移します", writes=True),
    "rm": Word("rm", "記録を削除します（履歴には残ります）", writes=True),
    "category": Word("category", "カテゴリーを統合・廃止し、型を加えます", writes=True),
    "department": Word("department", "部署の改称・分割・統合・廃止と、引き継ぎを記録します", writes=True),
    "matrix": Word("matrix", "一覧表を見せます"),
    "image-map": Word("image_map", "イメージ図を見せます（図のファイルにも書き出せます）"),
    "findings": Word("findings", "論点と確認事項を見せます"),
    "settle": Word("settle", "論点を整理した結果を記録します", writes=True),
    "inquiry": Word("inquiry", "照会の状況を見せ、発出・受付・再依頼・該当なし・取りまとめを記録します", writes=True),
    "entries": Word("entries", "今ある一覧表・事務事業一覧（Excel）を取組・課題に取り込みます", writes=True),
    "minutes": Word("minutes", "会議概要を見せます"),
    "figures": Word("figures", "基礎データの数値を見せる・CSVから取り込みます", writes=True),
    "statistics": Word("statistics", "統計の表（CSV、Excel）を基礎データに取り込みます", writes=True),
    "progress": Word("progress", "手引きのどこまで進んだかと、今日することを見せます"),
    "handover": Word("handover", "引継書を作ります"),
    "case-sheet": Word("case_sheet", "県の窓口に送る事例票を作ります"),
    "report": Word("report", "報告書を1つのHTMLファイルに書き出します"),
    "causes": Word("causes", "課題のつながりを、原因から結果への木で見せます"),
    "care": Word("care", "地域包括ケアの支えを、日常生活圏域ごとに見せます"),
    "survey": Word(
        "survey",
        "アンケート・ヒアリングの様式を書き出し、回答を取り込み、集まり方と聞き取りの候補を見せます",
        writes=True,
    ),
    "log": Word("log", "履歴を見せます"),
    "diff": Word("diff", "2つの時点の記録を比べます"),
    "restore": Word("restore", "記録か項目を、過去の時点の内容に戻します（削除した記録も）", writes=True),
    "undo": Word("undo", "自分の直前の記録を元に戻します", writes=True),
    "redo": Word("redo", "元に戻した自分の記録を、もう一度行います", writes=True),
    "edits": Word("edits", "ファイルに直接書かれた変更を見せ、記録する・元に戻します", writes=True),
    "sync": Word("sync", "送り先と送受信します（ほかの人の記録を、項目ごとに合わせて受け取ります）", writes=True),
    "merge-driver": Word("merge_driver", "gitの統合の際に、1件の記録の3つの版を項目ごとに合わせます", writes=True),
    "doctor": Word("doctor", "端末・文字・git・権限などを調べ、直せるところを直します", writes=True),
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


def main(arguments: Sequence[str], open_screen: OpenScreen, environ: Mapping[str, str] | None = None) -> int:
    """Run one command line and return its exit code. `open_screen(store, author)` shows the screens."""
    as_json = "--json" in options(arguments)
    _prepare(as_json=as_json)
    code = 0
    try:
        try:
            with ended_by_signals():
                code = _run(arguments, open_screen, dict(os.environ if environ is None else environ))
        except KyojuError as error:
            code = error.exit_code
            print_error(error, as_json=as_json, out=sys.stdout, err=sys.stderr)
        print(end="", flush=True)
    except BrokenPipeError:
        # The reader of our output has seen enough.
        _say_no_more()
    except OSError as error:
        _say_no_more()
        refused = _refused(error)
        print_error(refused, as_json=False, out=sys.stdout, err=sys.stderr)
        return refused.exit_code
    except KeyboardInterrupt:
        print(STOPPED, file=sys.stderr)
        return INTERRUPTED
    except Ended as ended:
        print(STOPPED, file=sys.stderr)
        return ended.code
    return code


def _run(arguments: Sequence[str], open_screen: OpenScreen, environ: Mapping[str, str]) -> int:
    try:
        return _carry_out(arguments, open_screen, environ)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _refused(error) from error


def _refused(error: OSError) -> Refused:
    return Refused(
        "ファイルかフォルダーを読み書きできませんでした。",
        cure="場所、権限、ディスクの空きを確かめてください。",
        detail=str(error),
    )


def _say_no_more() -> None:
    """What is still to be written to standard output would fail again, at the very end too."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _carry_out(arguments: Sequence[str], open_screen: OpenScreen, environ: Mapping[str, str]) -> int:
    first = _first_parser()
    parsed = first.parse_args(arguments)
    store, author = cast("Path | None", parsed.store), cast("str | None", parsed.author)
    if parsed.help or parsed.version:
        print(f"{PROGRAM} {__version__}" if parsed.version else first.format_help().rstrip())
        return 0
    if parsed.command is None:
        return open_screen(store, author)
    word = COMMANDS.get(parsed.command)
    if word is None:
        raise WrongUse(
            f"「{parsed.command[:40]}」というコマンドはありません。", cure=f"使えるコマンド：{'、'.join(COMMANDS)}"
        )
    module = cast("Command", import_module(f"kyoju_tui.cli.commands.{word.module}"))
    parser = _parser(parsed.command, word)
    module.add_arguments(parser)
    rest = cast("list[str]", parsed.rest)
    if wants_help(rest):
        print(parser.format_help().rstrip())
        return 0
    # Options and other arguments may stand in any order.
    told = parser.parse_intermixed_args(rest)
    return module.run(Context(told, lambda path: open_screen(path, author), store, author, environ))


def _first_parser() -> Parser:
    """What stands before the command, the command itself, and the rest as it is."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {word.help}" for name, word in COMMANDS.items()]
    epilog = "\n".join(["コマンド:", *lines, "", f"コマンドごとの使い方: {PROGRAM} COMMAND --help"])
    parser = Parser(
        PROGRAM,
        "居住コミュニティ一覧表。コマンドがなければ画面を開きます。",
        usage=f'{PROGRAM} [--store PATH] [--as "氏名 <mail>"] [COMMAND …]',
        epilog=epilog,
    )
    parser.add_argument("--version", action="store_true", help="版を見せて終わります")
    parser.add_argument(
        "--store", metavar="PATH", type=Path, help="保管場所のフォルダー（省くと KYOJU_STORE、今の場所）"
    )
    parser.add_argument("--as", dest="author", metavar="WHO", help='だれが記録するか（"氏名 <mail>"）')
    parser.add_argument("command", metavar="COMMAND", nargs="?", help="下のコマンドのどれか")
    parser.add_argument("rest", metavar="…", nargs=REMAINDER, help="コマンドに渡すもの")
    return parser


def _parser(name: str, word: Word) -> Parser:
    parser = Parser(f"{PROGRAM} {name}", word.help)
    parser.add_argument("--json", action="store_true", help="プログラム向けにJSONで答えます")
    if word.writes:
        parser.add_argument("--dry-run", action="store_true", help="変わる内容を見せるだけで、書き込みません")
    return parser


def _prepare(*, as_json: bool) -> None:
    """JSON is UTF-8 whatever the terminal is; what a terminal's encoding lacks must not end the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8" if as_json else None, errors="replace")
