"""Commands that write a paper: where to, in which form, in which encoding."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Final

from kyoju_tui.cli.context import Context
from kyoju_tui.exchange.papers.as_csv import CP932, UTF8
from kyoju_tui.exchange.papers.paper_file import CSV, FORMS, require_form
from kyoju_tui.records.errors import WrongUse

_ENCODINGS: Final = {"utf-8": UTF8, "cp932": CP932}


def add_file(parser: ArgumentParser) -> None:
    """The options that name the file and, of a CSV, the encoding."""
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help=f"ファイルに書き出します（{'、'.join(FORMS)}）"
    )
    parser.add_argument(
        "--encoding", choices=tuple(_ENCODINGS), metavar="NAME",
        help=f"CSVの文字コード：{'、'.join(_ENCODINGS)}（省くと、ExcelがそのままひらけるUTF-8）",
    )  # fmt: skip


def asked_encoding(context: Context) -> str:
    """The encoding that was asked for. Errors: `WrongUse` for a form that is not written, or has no encoding."""
    output: Path | None = context.arguments.output
    name: str | None = context.arguments.encoding
    if output is not None:
        require_form(output.suffix)
    if name is not None and (output is None or output.suffix.lower() != CSV):
        raise WrongUse(
            "「--encoding」は、CSVに書き出すときだけ使えます。", cure=f"例：-o 一覧表{CSV} --encoding {name}"
        )
    return UTF8 if name is None else _ENCODINGS[name]
