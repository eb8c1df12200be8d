"""`log`: what happened, in the domain's words; who last changed a value; what was deleted."""

from __future__ import annotations

from argparse import ArgumentParser

from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.cli.history import asked_field, entry_json, origin_json, past_ref, wanted_of
from kyoju_tui.cli.parsing import whole
from kyoju_tui.records.changes import describe_all
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.errors import UnknownRef, WrongUse
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import KINDS
from kyoju_tui.records.wording import shown as in_words
from kyoju_tui.workspace.past.origins import Origin
from kyoju_tui.workspace.past.past import DETAILED, LogEntry
from kyoju_tui.workspace.workspace import Workspace

_ALL = 10**9
_FILTERS = ("field", "category", "department", "by", "since", "until", "meeting", "text")


def add_arguments(parser: ArgumentParser) -> None:
    """Of which record, cell, person and time, and how many."""
    parser.add_argument("ref", nargs="?", metavar="REF", help="この記録の履歴だけ")
    parser.add_argument("--field", metavar="F", help="REFのこの項目（status、状況 など）を、だれがいつ何から変えたか")
    parser.add_argument("--category", metavar="C", help="一覧表のこの行（カテゴリー）にある取組・課題・データだけ")
    parser.add_argument("--department", metavar="D", help="一覧表のこの列（部署）にある取組・課題・データだけ")
    parser.add_argument("--author", dest="by", metavar="A", help="この人の記録だけ（氏名の一部か、メールアドレス）")
    parser.add_argument("--since", metavar="WHEN", help="この日から（令和8年10月7日、R8.10.7、10/7 など）")
    parser.add_argument("--until", metavar="WHEN", help="この日まで")
    parser.add_argument("--meeting", metavar="REF", help="同じ系列の前の会議から、この会議まで")
    parser.add_argument("--text", metavar="T", help="見出しにこのことばがあるものだけ")
    parser.add_argument("-n", "--limit", type=whole, metavar="N", help="新しいほうからN件")
    parser.add_argument("--after", metavar="COMMIT", help="前の答えの続きを、この番号の次から")
    parser.add_argument("--deleted", action="store_true", help="削除されて今はない記録を見せます")


def run(context: Context) -> int:
    """Print commits with the fields they changed, newest first."""
    arguments = context.arguments
    workspace = context.open()
    try:
        if arguments.deleted:
            if arguments.ref is not None or any(getattr(arguments, name) is not None for name in _FILTERS):
                raise WrongUse("--deleted は、--limit と --after のほかの指定と一緒に使えません。")
            return _deleted(context, workspace)
        ref = None if arguments.ref is None else past_ref(workspace, arguments.ref)
        if ref is not None and not _ever(workspace, ref):
            raise UnknownRef(f"「{ref}」という記録は、今も過去にもありません。", cure="履歴（log）で確かめてください。")
        field = asked_field(ref, arguments.field)
        wanted = wanted_of(workspace, arguments, ref, field, context.today)
        name = workspace.snapshot.name
        size = arguments.limit or _ALL
        detailed = _ALL if context.json else DETAILED
        page = workspace.past.page(wanted, after=arguments.after or "", size=size, name=name, detailed=detailed)
        origin = workspace.past.origins(ref, name).get(field) if ref is not None and field else None
        if context.json:
            answer: dict[str, object] = {"commits": [entry_json(entry) for entry in page.entries], "next": page.next}
            print_json(answer | ({"origin": origin_json(origin)} if field else {}), context.out)
            return 0
        if field:
            _tell_origin(context, origin, workspace)
        for entry in page.entries:
            _tell(context, entry, workspace)
        _tell_next(context, page.next)
        return 0
    finally:
        workspace.close()


def _ever(workspace: Workspace, ref: Ref) -> bool:
    """Whether there is or was such a record."""
    snapshot = workspace.snapshot
    return ref in snapshot or ref in snapshot.broken or workspace.past.last(ref) is not None


def _tell(context: Context, entry: LogEntry, workspace: Workspace) -> None:
    context.say(shown(f"{format_date(entry.at.date())} {entry.at:%H:%M}　{entry.author}　{entry.commit[:10]}"))
    context.say(f"　{shown(entry.subject)}")
    if len(entry.records) == 1 and entry.action == "update":
        for line in describe_all([each.change for each in entry.changes], workspace.snapshot.name):
            context.say(f"　　{shown(line)}")


def _tell_origin(context: Context, origin: Origin | None, workspace: Workspace) -> None:
    """Who last changed the value, when, from what."""
    if origin is None:
        context.say("この項目には、今は値がないか、まだ記録されていません。")
        return
    name = workspace.snapshot.name
    before, after = (in_words(value, origin.about, name) for value in (origin.before, origin.after))
    context.say(shown(f"今の値: {origin.label} {after}"))
    when = f"{format_date(origin.at.date())} {origin.at:%H:%M}"
    how = "はじめて記録しました" if origin.before is None else f"「{before}」から変えました"
    context.say(shown(f"{when}に {origin.author} が{how}（{origin.subject}　{origin.commit[:10]}）。"))
    context.say("")


def _tell_next(context: Context, following: str | None) -> None:
    if following is not None:
        print(f"続きがあります: --after {following[:10]}", file=context.err)


def _deleted(context: Context, workspace: Workspace) -> int:
    arguments = context.arguments
    page = workspace.past.deleted(after=arguments.after or "", size=arguments.limit or _ALL)
    if context.json:
        records = [
            {
                "ref": each.ref,
                "kind": each.kind,
                "title": each.title,
                "at": each.at.isoformat(),
                "author": each.author,
                "commit": each.commit,
            }
            for each in page.records
        ]
        print_json({"deleted": records, "next": page.next}, context.out)
        return 0
    if not page.records:
        context.say("削除されたままの記録はありません。")
    for each in page.records:
        context.say(shown(f"{KINDS[each.kind].label}「{each.title}」　{each.ref}"))
        context.say(shown(f"　{format_date(each.at.date())} {each.at:%H:%M}　{each.author}が削除　{each.commit[:10]}"))
    if page.records:
        first = page.records[0]
        context.say(f"元に戻すには: kyoju-tui restore {first.ref} --at {first.commit[:10]}^")
    _tell_next(context, page.next)
    return 0
