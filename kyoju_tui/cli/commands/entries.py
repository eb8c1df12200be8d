"""`entries`: a sheet that a town already has (一覧表, 事務事業一覧) into entries (handbook 1-2(1), 1-2(2))."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kyoju_tui.cli.bringing import carry_out
from kyoju_tui.cli.context import Context
from kyoju_tui.exchange.books.reading import read_book
from kyoju_tui.exchange.sheets.assistant import open_book
from kyoju_tui.exchange.sheets.bringing_in import Brings, bring
from kyoju_tui.exchange.sheets.creating import creating
from kyoju_tui.exchange.sheets.grid import NotASheet
from kyoju_tui.exchange.sheets.names import LEFT_OUT, Decisions, Named
from kyoju_tui.exchange.sheets.own_matrix import bring_own, is_own
from kyoju_tui.records.errors import InvalidValue, UnknownRef
from kyoju_tui.records.snapshot import Snapshot

_SHOWN: Final = 12


def add_arguments(parser: ArgumentParser) -> None:
    """The file, and what its sheet does not say itself."""
    parser.add_argument("act", metavar="ACT", choices=("import",), help="import（取り込み）")
    parser.add_argument("file", metavar="FILE", type=Path, help="取り込む .xlsx、.xls、.ods、.csv のファイル")
    parser.add_argument(
        "--mapping", metavar="NAME", default="", help="前に残した読み取り方の名称かid（省くと見出しで探します）"
    )
    parser.add_argument(
        "--sheet",
        metavar="SHEET",
        default="",
        help="読むシート（省くと見出しの分かる最初のシートと、同じ見出しのシート）",
    )
    parser.add_argument("--department", metavar="ID", default="", help="部署の書かれていない行の部署")
    parser.add_argument("--category", metavar="ID", default="", help="カテゴリーの書かれていない行のカテゴリー")
    parser.add_argument(
        "--map", dest="maps", metavar="WORD=ID", action="append", default=[],
        help="表の書き方と、部署・カテゴリーのid（=の後を空けると取り込みません）。何度でも",
    )  # fmt: skip
    parser.add_argument(
        "--create", action="store_true", help="表にあってまだない部署・カテゴリーを、同じ記録で作ります"
    )


def run(context: Context) -> int:
    """Tell what would come in, and record it as one commit."""
    arguments = context.arguments
    workspace = context.open()
    try:
        snapshot = workspace.snapshot
        decisions = _decisions(snapshot, arguments.department, arguments.category, arguments.maps)
        book = read_book(arguments.file)
        if is_own(book):
            return carry_out(context, workspace, bring_own(workspace, book, context.today))
        opened = open_book(
            book,
            snapshot,
            context.today,
            decisions,
            sheet=arguments.sheet,
            mapping=arguments.mapping,
        )
        brings = bring(workspace, opened.book, opened.layout, opened.decisions, context.today)
        if arguments.create and any(word for _, word in brings.unknown):
            decided = creating(opened.decisions, brings.unknown, snapshot)
            brings = bring(workspace, opened.book, opened.layout, decided, context.today)
        _require_something(brings)
        return carry_out(context, workspace, brings.bringing)
    finally:
        workspace.close()


def _require_something(brings: Brings) -> None:
    """Refuse a sheet of which nothing is understood: nobody should take silence for success."""
    if brings.found:
        return
    if not brings.unknown:
        raise NotASheet(
            f"「{brings.bringing.file}」に、取り込める取組・課題が見つかりません。何も取り込んでいません。",
            cure="見出しの行とシートを確かめてください（--sheet で選べます）。"
            "画面の「表を取り込む」では、列ごとに選べます。",
        )
    raise NotASheet(
        f"「{brings.bringing.file}」の{_words(brings.unknown)}が分かりません。何も取り込んでいません。",
        cure=_cure(brings.unknown),
    )


def _words(unknown: Mapping[tuple[Named, str], int]) -> str:
    named = [f"「{' '.join(word.split())[:40]}」" for _, word in unknown if word]
    labels = dict.fromkeys("部署" if kind == "department" else "カテゴリー" for kind, _ in unknown)
    more = f"ほか{len(named) - _SHOWN}件" if len(named) > _SHOWN else ""
    return "・".join(labels) + (f"（{'、'.join(named[:_SHOWN])}{more}）" if named else "")


def _cure(unknown: Mapping[tuple[Named, str], int]) -> str:
    ways: list[str] = []
    if any(word for _, word in unknown):
        ways.append("--create で新しく作るか、--map 表の書き方=id で読み替えを指定してください")
    if ("department", "") in unknown:
        ways.append("部署の列がないときは --department ID を指定してください")
    if ("category", "") in unknown:
        ways.append("カテゴリーの列がないときは --category ID を指定してください")
    return "。".join(ways) + "。画面の「表を取り込む」では、選びながら進められます。"


def _decisions(snapshot: Snapshot, department: str, category: str, maps: list[str]) -> Decisions:
    """What was said beside the file. Errors: `UnknownRef`, `InvalidValue`."""
    for kind, record_id in (("department", department), ("category", category)):
        if record_id and snapshot.by_id(kind, record_id) is None:
            raise _unknown(kind, record_id, snapshot)
    decisions = Decisions(department=department, category=category)
    for told in maps:
        word, equals, record_id = told.rpartition("=")
        if not equals or not word.strip():
            raise InvalidValue(
                f"「{told[:80]}」は読み替えとして読めません。", cure="--map 福祉課=korei のように書いてください。"
            )
        kinds: list[Named] = [
            kind for kind in ("department", "category") if snapshot.by_id(kind, record_id) is not None
        ]
        if record_id == LEFT_OUT:
            kinds = ["department", "category"]
        if not kinds:
            raise _unknown("department", record_id, snapshot)
        for kind in kinds:
            decisions = decisions.meaning(kind, word, record_id)
    return decisions


def _unknown(kind: str, record_id: str, snapshot: Snapshot) -> UnknownRef:
    label, known = ("部署", snapshot.departments) if kind == "department" else ("カテゴリー", snapshot.categories)
    return UnknownRef(
        f"「{record_id[:80]}」という{label}はありません。何も取り込んでいません。",
        cure=f"使える{label}：{'、'.join(known) or '（まだありません。--create で作れます）'}",
    )
