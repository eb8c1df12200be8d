"""`inquiry`: how an inquiry (照会) stands, and what is noted of it: sent, received, asked again, compiled."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final, cast, get_args

from kyoju_tui.cli.answers import print_json, print_table, shown
from kyoju_tui.cli.commands import inquiry_export, inquiry_import
from kyoju_tui.cli.context import Context
from kyoju_tui.cli.parsing import whole
from kyoju_tui.cli.saving import acknowledge, preview
from kyoju_tui.exchange.documents.outside import write_outside
from kyoju_tui.exchange.inquiries.compilation_paper import COMPILATION_FORMS, compilation_file, compilation_paper
from kyoju_tui.exchange.inquiries.inquiry_json import inquiry_json
from kyoju_tui.exchange.papers.as_markdown import paper_markdown
from kyoju_tui.exchange.papers.paper_file import require_form
from kyoju_tui.overview.inquiry_status import board, latest, progress
from kyoju_tui.overview.sending import concerns
from kyoju_tui.records.base import EntryKind
from kyoju_tui.records.dates import format_short, parse_date
from kyoju_tui.records.errors import InvalidValue, KyojuError, UnknownRef, WrongUse
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.kinds import kind_named
from kyoju_tui.workspace.inquiring import answering
from kyoju_tui.workspace.inquiring.compiling import close, compilation, compiling, mark_compilation
from kyoju_tui.workspace.inquiring.compiling import subject as compiling_subject
from kyoju_tui.workspace.inquiring.nothing import is_nothing, turned
from kyoju_tui.workspace.requests import Put
from kyoju_tui.workspace.workspace import Workspace

# What each of them takes beside the inquiry; anything else is a mistake.
_TAKES: Final[Mapping[str, frozenset[str]]] = {
    "status": frozenset(),
    "send": frozenset({"on"}),
    "receive": frozenset({"department", "on", "version", "confirmed", "reason"}),
    "remind": frozenset({"department", "on", "how", "reply"}),
    "nothing": frozenset({"department", "category", "kind", "undo"}),
    "compile": frozenset({"number", "output"}),
    "export": frozenset({"output", "only", "letter", "force"}),
    "import": inquiry_import.TAKES,
}
_NAMES: Final = {
    "department": "DEPARTMENT",
    "category": "CATEGORY",
    "output": "-o",
    "only": "--department",
    "of": "--inquiry",
    "more": "FILE",
}


def add_arguments(parser: ArgumentParser) -> None:
    """What is to be done, with which inquiry, and with what."""
    parser.add_argument(
        "what", choices=tuple(_TAKES), metavar="WHAT",
        help="status（状況）、send（発出）、receive（受付）、remind（再依頼）、nothing（該当なし）、"
        "compile（取りまとめ）、export（様式の書き出し）、import（回答の取り込み）",
    )  # fmt: skip
    parser.add_argument("inquiry", metavar="ID", help="照会のid、または場所")
    parser.add_argument("department", metavar="DEPARTMENT", nargs="?", help="部署のid（receive、remind、nothing）")
    parser.add_argument("category", metavar="CATEGORY", nargs="?", help="カテゴリーのid（nothing）")
    parser.add_argument(
        "--kind", choices=get_args(EntryKind), metavar="KIND", help="取組、課題、データのどれかだけの該当なし。nothing"
    )
    parser.add_argument("--undo", action="store_const", const=True, help="該当なしを取り消します。nothing")
    parser.add_argument("--on", metavar="DATE", help="その日（省くと今日）。send、receive、remind、import")
    parser.add_argument("--version", metavar="N", type=whole, help="回答の版（省くと次の版）。receive")
    parser.add_argument(
        "--confirmed", choices=("担当者案", "課長確認済", "未確認"), metavar="WORD",
        help="所管課の確認：担当者案、課長確認済、未確認。receive、import",
    )  # fmt: skip
    parser.add_argument("--reason", metavar="TEXT", help="差替の理由（2回目から要ります）。receive")
    parser.add_argument("--how", metavar="WORD", help="方法：電話、メール、文書など。remind")
    parser.add_argument("--reply", metavar="TEXT", help="返事。remind")
    parser.add_argument("--number", metavar="N", type=whole, help="閉じてある第n回を書き出します。compile")
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path,
        help="取りまとめの内容（FILE.md、.xlsx、.html）、様式の一式（フォルダーかFILE.zip）を書き出します。compile、export",
    )  # fmt: skip
    inquiry_export.add_arguments(parser)
    inquiry_import.add_arguments(parser)


def run(context: Context) -> int:
    """Do what was asked for."""
    arguments = context.arguments
    if arguments.what == "import":
        return inquiry_import.run(context)
    _refuse_strangers(arguments)
    act = _ACTS[arguments.what]
    workspace = context.open()
    try:
        return act(context, workspace, _found(workspace, arguments.inquiry))
    finally:
        workspace.close()


def _status(context: Context, workspace: Workspace, ref: Ref) -> int:
    inquiry = workspace.snapshot.expect(ref, Inquiry)
    if context.json:
        print_json(inquiry_json(workspace.snapshot, ref, context.today), context.out)
        return 0
    done = progress(inquiry, context.today)
    left = f"　{done.left.full_words}" if done.left is not None else ""
    due = format_short(inquiry.due_on) if inquiry.due_on else "未記入"
    context.say(shown(f"{inquiry.title}　回答 {done.answered}/{done.expected}　期限 {due}{left}"))
    rows = [["部署", "状況", "受付", "延長", "再依頼", "記入", "該当なし"]]
    for line in board(workspace.snapshot, inquiry, context.today):
        receipt = latest(line.target)
        told = "" if receipt is None else f"第{receipt.version}版 {receipt.confirmed or ''}".rstrip()
        extended = format_short(line.target.extended_due) if line.target.extended_due else ""
        reminded = f"{len(line.target.reminders)}回" if line.target.reminders else ""
        name = workspace.snapshot.full_name("department", line.department)
        rows.append(
            [name, line.state, told, extended, reminded, f"{line.filled}/{line.asked}", str(line.nothing or "")]
        )
    print_table(rows, context.out)
    return 0


def _send(context: Context, workspace: Workspace, ref: Ref) -> int:
    on = _day(context)
    for each in concerns(workspace.snapshot, ref, on):
        print(shown(f"注意: {each}"), file=context.err)
    return _record(context, workspace, ref, lambda now: answering.sent(now, on, context.today), "発出")


def _receive(context: Context, workspace: Workspace, ref: Ref) -> int:
    arguments, on = context.arguments, _day(context)

    def change(now: Inquiry) -> Inquiry:
        return answering.received(
            now,
            [arguments.department],
            on,
            context.today,
            confirmed=arguments.confirmed,
            reason=arguments.reason,
            version=arguments.version,
        )

    return _record(context, workspace, ref, change, "受付")


def _remind(context: Context, workspace: Workspace, ref: Ref) -> int:
    arguments, on = context.arguments, _day(context)
    if arguments.how is None:
        raise WrongUse("「--how」が足りません。", cure=f"例：--how {answering.BY_TELEPHONE}")

    def change(now: Inquiry) -> Inquiry:
        return answering.reminded(now, [arguments.department], on, context.today, arguments.how, arguments.reply)

    return _record(context, workspace, ref, change, "再依頼")


def _nothing(context: Context, workspace: Workspace, ref: Ref) -> int:
    arguments = context.arguments
    kind, wanted = cast("EntryKind | None", arguments.kind), not arguments.undo
    department = workspace.snapshot.find(f"departments/{arguments.department}").id
    category = workspace.snapshot.find(f"categories/{arguments.category}").id

    if wanted:
        _refuse_answered(workspace, ref, department, category, kind)

    def change(now: Inquiry) -> Inquiry:
        stands = is_nothing(now, department, category, kind)
        return now if stands == wanted else turned(now, department, category, kind)

    return _record(context, workspace, ref, change, "該当なし" if wanted else "該当なしの取消し")


def _refuse_answered(workspace: Workspace, ref: Ref, department: str, category: str, kind: EntryKind | None) -> None:
    """Nothing to report is no answer where something stands, nor where nobody asked. Errors: `InvalidValue`."""
    snapshot = workspace.snapshot
    inquiry = snapshot.expect(ref, Inquiry)
    asked = inquiry.categories or snapshot.categories_in_use
    if category not in asked or not any(target.department == department for target in inquiry.targets):
        raise InvalidValue(
            "この照会は、その部署のそのカテゴリーをたずねていません。何も変えていません。",
            cure="照会先とカテゴリーを確かめてください（show で見られます）。",
        )
    held = [snapshot.entries[each] for each in snapshot.entries_by_cell.get((category, department), ())]
    standing = [entry.title for entry in held if kind is None or entry.kind == kind]
    if standing:
        raise InvalidValue(
            f"この欄には記載があります（{'、'.join(standing[:3])}）。何も変えていません。",
            cure="--kind で記載のない種別を選ぶか、無くなったものを「終了」にするか削除してください。",
        )


def _compile(context: Context, workspace: Workspace, ref: Ref) -> int:
    number, output = context.arguments.number, context.arguments.output
    if output is not None:
        require_form(output.suffix, COMPILATION_FORMS)
    if number is not None:
        return _write_closed(context, workspace, ref, number, output)
    plan = compiling(workspace, ref, context.today)
    if context.dry_run:
        return preview(context, workspace, [plan.put], "update", subject=compiling_subject(workspace, plan))
    closed = plan.put.record
    if output is not None and isinstance(closed, Inquiry):
        # Before anything is recorded: a place that cannot be written to is better known now.
        write_outside(workspace, output, compilation_file(plan.then, ref, closed.compilations[-1], output.suffix))
    late = [workspace.snapshot.full_name("department", each) for each in plan.late]
    acknowledge(context, close(workspace, plan), {"number": plan.number, "at": plan.commit, "late": plan.late})
    try:
        mark_compilation(workspace, ref, plan.number, plan.as_of, plan.commit)
    except KyojuError as error:
        print(
            shown(f"注意: 取りまとめは記録しましたが、履歴の印は付けられませんでした。{error.message}"),
            file=context.err,
        )
    if not context.json:
        context.say(shown(f"{plan.title}　まだ届いていない部署：{'・'.join(late) or 'なし'}"))
        if output is not None:
            context.say(shown(f"書き出しました: {output}"))
    return 0


def _write_closed(context: Context, workspace: Workspace, ref: Ref, number: int, output: Path | None) -> int:
    found, then = compilation(workspace, ref, number)
    text = paper_markdown(compilation_paper(then, ref, found))
    if output is not None and not context.dry_run:
        write_outside(workspace, output, compilation_file(then, ref, found, output.suffix))
    if context.json:
        print_json({"number": number, "at": found.commit, "late": found.late, "text": text}, context.out)
    elif output is None or context.dry_run:
        for line in text.rstrip("\n").split("\n"):
            context.say(shown(line))
    else:
        context.say(shown(f"書き出しました: {output}"))
    return 0


_ACTS: Final[Mapping[str, Callable[[Context, Workspace, Ref], int]]] = {
    "status": _status,
    "send": _send,
    "receive": _receive,
    "remind": _remind,
    "nothing": _nothing,
    "compile": _compile,
    "export": inquiry_export.run,
}


def _record(context: Context, workspace: Workspace, ref: Ref, change: Callable[[Inquiry], Inquiry], act: str) -> int:
    # The base first: a colleague's change that comes after it is merged.
    base = workspace.base(ref)
    put = Put(ref, change(workspace.snapshot.expect(ref, Inquiry)), base)
    departments = [context.arguments.department] if context.arguments.department else []
    subject = answering.subject(workspace.snapshot, ref, departments, act)
    if context.dry_run:
        return preview(context, workspace, [put], "update", subject=subject)
    acknowledge(context, workspace.batch([put], action="update", subject=subject), {"ref": ref})
    return 0


def _found(workspace: Workspace, text: str) -> Ref:
    """The inquiry that a person names. Errors: `UnknownRef`."""
    ref = Ref(text.removesuffix(".toml"))
    ref = ref if ref.top == "inquiries" else kind_named("inquiry").ref(text)
    if ref not in workspace.snapshot.inquiries:
        known = "、".join(each.id for each in workspace.snapshot.inquiries) or "（まだありません）"
        raise UnknownRef(f"「{text[:80]}」という照会は見つかりません。", cure=f"照会のid：{known}")
    return ref


def _day(context: Context) -> date:
    text: str | None = context.arguments.on
    return context.today if text is None else parse_date(text, today=context.today).value


def _refuse_strangers(arguments: Namespace) -> None:
    takes = _TAKES[arguments.what]
    for name in sorted(frozenset[str]().union(*_TAKES.values()) - takes):
        if getattr(arguments, name) not in (None, []):
            raise WrongUse(
                f"「{_NAMES.get(name, f'--{name}')}」は inquiry {arguments.what} には付けられません。",
                cure="--help で使い方を確かめてください。",
            )
    if "department" in takes and arguments.department is None:
        raise WrongUse("「DEPARTMENT」が足りません。", cure="部署のidを照会のidの次に書いてください。")
    if "category" in takes and arguments.category is None:
        raise WrongUse("「CATEGORY」が足りません。", cure="カテゴリーのidを部署のidの次に書いてください。")
