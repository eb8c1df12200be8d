"""`settle`: what was decided on a point (論点の整理); `rm findings/KEY` opens it again (handbook 1-2(2))."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date

from kyoju_tui.cli.assignments import assigned, validated
from kyoju_tui.cli.context import Context
from kyoju_tui.cli.saving import acknowledge, preview
from kyoju_tui.cli.understood import tell_corrections
from kyoju_tui.overview.findings import findings
from kyoju_tui.records.errors import InvalidValue, UnknownRef
from kyoju_tui.records.finding import NEEDED, VERDICTS, Finding
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.requests import Put


def add_arguments(parser: ArgumentParser) -> None:
    """Which point, and what was decided."""
    parser.add_argument("key", metavar="KEY", help="論点のキー（findings で見られます）")
    parser.add_argument("verdict", metavar="VERDICT", help="整理結果：必要な取組、不要、継続検討、連携する など")
    parser.add_argument(
        "assignments",
        nargs="*",
        metavar="KEY=VALUE",
        help="ほかの項目。例：reason=理由、stage=会議で整理、meeting=会議のid、needed.title=必要な取組の名前",
    )


def run(context: Context) -> int:
    """Record the settlement under the point's key."""
    arguments = context.arguments
    workspace = context.open()
    try:
        ref = Ref(f"findings/{arguments.key.removeprefix('findings/').removesuffix('.toml')}")
        # The base first: a colleague's change that comes after it is merged.
        base, recorded = workspace.base(ref), workspace.snapshot.get(ref)
        begun = to_plain(recorded) if isinstance(recorded, Finding) else _begun(workspace.snapshot, ref, context.today)
        plain = assigned({**begun, "verdict": arguments.verdict}, arguments.assignments, Finding, today=context.today)
        if arguments.verdict != NEEDED:
            # A line of the matrix that came of an earlier decision goes with it.
            plain.pop("needed", None)
        settled = validated(plain, Finding)
        if isinstance(settled, Finding):
            _refuse_verdict(settled)
        tell_corrections(context, arguments.assignments, Finding)
        if context.dry_run:
            return preview(context, workspace, [Put(ref, settled, base)], "create" if recorded is None else "update")
        acknowledge(context, workspace.save(ref, settled, base=base), {"ref": ref})
        return 0
    finally:
        workspace.close()


def _begun(snapshot: Snapshot, ref: Ref, today: date) -> Plain:
    """What a settlement begins with: the point as it is raised now. Errors: `UnknownRef`."""
    for view in findings(snapshot, today):
        if view.key == ref.id:
            return {"rule": view.rule, "subjects": [str(each) for each in view.subjects], "decided_on": today}
    raise UnknownRef(
        f"「{ref.id[:80]}」という論点はありません。何も変えていません。",
        cure="findings --open で、今の論点のキーを確かめてください。",
    )


def _refuse_verdict(settled: Finding) -> None:
    """Only the words of its rule settle a point, and a needed initiative needs a name. Errors: `InvalidValue`."""
    words = VERDICTS[settled.rule]
    if not words:
        raise InvalidValue(
            "これは確認事項なので、整理結果はありません。", field="verdict", cure="元の記録を直すと、自然に消えます。"
        )
    if settled.verdict not in words:
        raise InvalidValue(
            f"この論点の整理結果に「{settled.verdict}」はありません。何も変えていません。",
            field="verdict",
            cure=f"使える整理結果：{'、'.join(words)}",
        )
    if settled.verdict == NEEDED and (settled.needed is None or not settled.needed.title):
        raise InvalidValue(
            "必要な取組の名前がありません。何も変えていません。",
            field="needed.title",
            cure="needed.title=名前 を加えてください。一覧表にこの名前で並びます。",
        )
