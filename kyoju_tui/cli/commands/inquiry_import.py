"""`inquiry import`: answers that came back as spreadsheets, each file a save of its own."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.exchange.bringing import Bringing, Outcome, Placed
from kyoju_tui.exchange.inquiries.answer_json import answer_json, turned_json
from kyoju_tui.exchange.inquiries.inquiry_answers import (
    Arrived,
    DepartmentUnclear,
    EarlierInquiry,
    Expected,
    InquiryUnclear,
    Renamed,
    Turned,
    bring,
    read_answers,
)
from kyoju_tui.overview.inquiry_status import progress
from kyoju_tui.records.dates import parse_date
from kyoju_tui.records.errors import KyojuError, Refused, UnknownRef, WrongUse
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.kinds import kind_named
from kyoju_tui.workspace.requests import Saved
from kyoju_tui.workspace.workspace import Workspace

TAKES: Final = frozenset({"department", "category", "more", "on", "confirmed", "only", "of"})
"""The first three are files too."""
_ORDER: Final[tuple[Outcome, ...]] = ("追加", "変更", "消去", "該当なし", "食い違い", "不明")
_LEFT: Final[tuple[Outcome, ...]] = ("食い違い", "不明")


@dataclass(frozen=True, slots=True)
class _Done:
    """One file: what it changes, and what was recorded of it (None: nothing, or only looked at)."""

    arrived: Arrived
    bringing: Bringing
    saved: Saved | None


def add_arguments(parser: ArgumentParser) -> None:
    """The files, and what the person who brings them in says of them."""
    parser.add_argument("more", metavar="FILE", nargs="*", help="回答のファイル（ID の位置から、いくつでも）。import")
    parser.add_argument(
        "--inquiry", dest="of", metavar="ID", help="どの照会への回答か（省くと様式の番号から読みます）。import"
    )


def run(context: Context) -> int:
    """Bring the files in, one save each. 0 also where values were left out; 3 where a file was not taken."""
    arguments = context.arguments
    _refuse_strangers(arguments)
    told = (arguments.inquiry, arguments.department, arguments.category, *arguments.more)
    paths = [Path(each) for each in told if each is not None]
    on = parse_date(arguments.on, today=context.today).value if arguments.on else None
    workspace = context.open()
    try:
        expected = _expected(workspace, arguments)
        answers = read_answers(workspace, paths, context.today, expected)
        done = [_one(context, workspace, each, on) for each in answers]
        if context.json:
            _as_json(context, workspace, done)
    finally:
        workspace.close()
    return Refused.exit_code if any(isinstance(each, Turned) for each in done) else 0


def _one(context: Context, workspace: Workspace, answer: Arrived | Turned, on: date | None) -> _Done | Turned:
    """One file, told and recorded; an error of one keeps no other from being recorded."""
    if isinstance(answer, Arrived):
        try:
            confirmed = context.arguments.confirmed
            bringing = bring(workspace, answer, context.today, on=on, confirmed=confirmed)
            if not context.json:
                _tell(context, workspace, answer, bringing)
            saved = None
            if bringing.changes and not context.dry_run:
                saved = workspace.batch(bringing.changes, action="import", subject=bringing.subject).result()
            elif bringing.changes:
                workspace.preview(bringing.changes, "import", subject=bringing.subject)
        except KyojuError as error:
            answer = Turned(answer.path, error)
        else:
            _acknowledge(context, workspace, answer, bringing, saved)
            return _Done(answer, bringing, saved)
    answer.error.cure += _option(answer.error)
    if not context.json:
        print(shown(f"{answer.path.name}: {answer.error.message}"), file=context.err)
        if answer.error.cure:
            print(f"　→ {shown(answer.error.cure)}", file=context.err)
    return answer


def _option(error: KyojuError) -> str:
    """How the person can say here what the file does not."""
    match error:
        case EarlierInquiry():
            return f"（--inquiry {error.inquiry.id}）"
        case InquiryUnclear():
            return "（--inquiry ID）"
        case DepartmentUnclear() | Renamed():
            return "または、部署を --department で指定してください。"
        case _:
            return ""


def _tell(context: Context, workspace: Workspace, answer: Arrived, bringing: Bringing) -> None:
    """The whole preview, value by value, with sheet and cell."""
    name = workspace.snapshot.full_name("department", answer.department)
    counts = "・".join(f"{each}{bringing.counts[each]}" for each in (*_ORDER, "同じ") if bringing.counts[each])
    context.say(shown(f"{bringing.file}　{name}　{counts or '変わるところはありません'}"))
    for placed in bringing.of(*_ORDER):
        context.say(shown(f"  {_line(placed)}"))
        if placed.why:
            context.say(shown(f"      {placed.why}"))
    for remark in bringing.remarks:
        context.say(shown(f"  ※ {remark}"))


def _line(placed: Placed) -> str:
    head = "　".join(filter(None, (placed.outcome, placed.where, placed.title, placed.label)))
    if placed.before and placed.after:
        return f"{head}: {placed.before} → {placed.after}"
    value = placed.after or placed.before
    return f"{head}: {value}" if value else head


def _acknowledge(
    context: Context, workspace: Workspace, answer: Arrived, bringing: Bringing, saved: Saved | None
) -> None:
    if context.json:
        return
    left = len(bringing.of(*_LEFT))
    if left:
        words = f"注意: 「{bringing.file}」の{left}か所は取り込みません。場所と理由は上のとおりです。"
        print(shown(words), file=context.err)
    if context.dry_run:
        context.say("  （確認だけです。何も書き込んでいません。）")
    elif saved is not None and saved.commit is not None:
        inquiry = workspace.snapshot.expect(answer.inquiry, Inquiry)
        standing = progress(inquiry, context.today)
        context.say(shown(f"  記録しました: {saved.subject}"))
        context.say(f"  回答 {standing.answered}/{standing.expected}")


def _as_json(context: Context, workspace: Workspace, done: list[_Done | Turned]) -> None:
    files: list[Mapping[str, object]] = [
        turned_json(each)
        if isinstance(each, Turned)
        else answer_json(workspace.snapshot, each.arrived, each.bringing, each.saved)
        for each in done
    ]
    print_json({"files": files, "dry_run": context.dry_run}, context.out)


def _expected(workspace: Workspace, arguments: Namespace) -> Expected:
    only: list[str] = list(arguments.only or ())
    if len(only) > 1:
        raise WrongUse("「--department」は1つだけ指定してください。", cure="部署ごとに分けて取り込んでください。")
    department = workspace.snapshot.find(f"departments/{only[0]}").id if only else None
    if arguments.of is None:
        return Expected(None, department)
    ref = Ref(arguments.of.removesuffix(".toml"))
    ref = ref if ref.top == "inquiries" else kind_named("inquiry").ref(arguments.of)
    if ref not in workspace.snapshot.inquiries:
        known = "、".join(each.id for each in workspace.snapshot.inquiries) or "（まだありません）"
        raise UnknownRef(f"「{arguments.of[:80]}」という照会は見つかりません。", cure=f"照会のid：{known}")
    return Expected(ref, department)


def _refuse_strangers(arguments: Namespace) -> None:
    strangers = ("version", "reason", "how", "reply", "number", "output", "kind", "undo", "letter", "force")
    for name in strangers:
        if getattr(arguments, name, None) is not None:
            raise WrongUse(
                f"「--{name}」は inquiry import には付けられません。", cure="--help で使い方を確かめてください。"
            )
