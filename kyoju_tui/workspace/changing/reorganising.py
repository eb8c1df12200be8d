"""A reorganisation (組織改編) as one commit: departments end and begin on a day, and their entries go along.

Entries keep their ids, and with them their history; what names them by their place follows. Until the day has come the
entries stay where they are, since the matrix of today needs them there: `handing_over` moves them then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from kyoju_tui.files import codec
from kyoju_tui.overview.april import entries_of
from kyoju_tui.overview.asked import answer_state
from kyoju_tui.records.base import Record
from kyoju_tui.records.collaboration import Collaboration
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.department import Department
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import InvalidValue, UnknownRef
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.plain import to_plain
from kyoju_tui.records.policy import Policy
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.changing.following import followers
from kyoju_tui.workspace.changing.moving import moving_all
from kyoju_tui.workspace.requests import Change, PutBack
from kyoju_tui.workspace.saving.planned import Planned, Present, told

Sort = Literal["改称", "分割", "統合", "廃止"]
_NOTHING_DONE = "何も変えていません。"
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Successor:
    """A department that takes over: its id, and what it is called where it is new (`department` None: it exists)."""

    id: str
    department: Department | None = None


@dataclass(frozen=True, slots=True)
class Reorganisation:
    """What happens on a day. The first successor is the main one: what is not an entry goes to it.

    `placed` says by REF which successor an entry goes to; with one successor it may stay empty.
    """

    sort: Sort
    on: date
    old: tuple[str, ...]
    successors: tuple[Successor, ...] = ()
    placed: Mapping[Ref, str] = field(default_factory=dict[Ref, str])


def reorganising(present: Present, wanted: Reorganisation, today: date) -> Planned:
    """The commit of a reorganisation. Errors: `InvalidValue` for wrong dates, for a department that succeeds itself,
    for entries that nobody takes over; `UnknownRef`.
    """  # noqa: D205
    snapshot = present.snapshot
    refuse(snapshot, wanted)
    main = wanted.successors[0].id if wanted.successors else None
    changes: list[Change] = [
        present.putting(Ref(f"departments/{each.id}"), begun(each.department, wanted, snapshot))
        for each in wanted.successors
        if each.department is not None
    ]
    for old in wanted.old:
        ended = {"until": wanted.on - timedelta(days=1), "successor": main}
        changes.append(present.putting(Ref(f"departments/{old}"), snapshot.departments[old].but(**ended)))
    remarks = list(_remarks(snapshot, wanted, today))
    if main is not None and wanted.on <= today:
        places = _places(snapshot, wanted.old, [each.id for each in wanted.successors], wanted.placed)
        new = dict.fromkeys(wanted.old, main)
        changes += _handed_over(present, places, new)
        remarks += _joined(snapshot, new)
    return Planned(tuple(changes), "move", _subject(snapshot, wanted), tuple(told(changes, snapshot)), tuple(remarks))


def handing_over(
    present: Present, old: str, successors: Sequence[str], placed: Mapping[Ref, str], today: date
) -> Planned:
    """The commit that moves what still lies with a department that has ended to those that succeed it.

    Errors: `InvalidValue` for a department that has not ended, for successors that cannot take over, for entries that
    nobody takes over; `UnknownRef`.
    """
    snapshot = present.snapshot
    department = snapshot.expect(f"departments/{old}", Department)
    if department.until is None or department.until >= today:
        raise InvalidValue(
            f"「{department.name}」は、まだ廃止されていません。{_NOTHING_DONE}",
            field="until",
            cure="廃止日を過ぎてから、取組・課題を移してください。",
        )
    if not successors:
        raise InvalidValue(
            f"「{department.name}」を引き継ぐ部署が決まっていません。{_NOTHING_DONE}",
            field="successor",
            cure="引き継ぐ部署を選んでください。",
        )
    for each in successors:
        _refuse_successor(snapshot, each, (old,), today)
    new = {old: successors[0]}
    changes = _handed_over(present, _places(snapshot, (old,), successors, placed), new)
    names = "・".join(snapshot.full_name("department", each) for each in successors)
    subject = f"{department.name}の取組・課題を{names}へ引き継ぎ"
    remarks = tuple(_joined(snapshot, new))
    return Planned(tuple(changes), "move", subject, tuple(told(changes, snapshot)), remarks)


def begun(new: Department, wanted: Reorganisation, snapshot: Snapshot) -> Department:
    """A new department as it begins: what it does not say itself it has from those that it succeeds."""
    olds = [snapshot.departments[each] for each in wanted.old]
    rows = () if any(not each.categories for each in olds) else tuple(row for each in olds for row in each.categories)
    inherited = {
        "bureau": new.bureau or olds[0].bureau,
        "order": new.order if new.order is not None else olds[0].order,
        "categories": new.categories or tuple(dict.fromkeys(rows)),
        "external": new.external or all(each.external for each in olds),
    }
    return new.but(**inherited, **{"from": wanted.on})


def _handed_over(present: Present, places: Mapping[Ref, Ref], new: Mapping[str, str]) -> list[Change]:
    """Entries to their new places, and what follows a department; each file once."""
    following = followers(present.snapshot, new)
    moves = moving_all(places, present.snapshot.replacing(dict(following)), present.base)
    moved = {change.ref for change in moves}
    kept = [present.putting(ref, record) for ref, record in following.items() if ref not in moved]
    arrived = {new_ref: following[old] for old, new_ref in places.items() if old in following}
    return [*(_reworded(change, arrived) for change in moves), *kept]


def _reworded(change: Change, arrived: Mapping[Ref, Record]) -> Change:
    """An entry that moves and changes at once: its file as it was, but for what follows."""
    record = arrived.get(change.ref)
    if record is None or not isinstance(change, PutBack) or change.data is None:
        return change
    own = change.ref.department
    if isinstance(record, Entry) and own in record.related_departments:
        record = record.but(related_departments=[each for each in record.related_departments if each != own])
    return replace(change, data=codec.render(to_plain(record), change.data, type(record)))


def _places(
    snapshot: Snapshot, olds: Iterable[str], successors: Sequence[str], placed: Mapping[Ref, str]
) -> dict[Ref, Ref]:
    """Where every entry goes. Errors: `InvalidValue`, `UnknownRef`."""
    entries = [ref for old in olds for ref in entries_of(snapshot, old)]
    for ref, successor in placed.items():
        if ref not in entries:
            raise UnknownRef(f"「{ref}」は、再編する部署の取組・課題ではありません。", cure=_NOTHING_DONE)
        if successor not in successors:
            raise InvalidValue(
                f"「{snapshot.title(ref)}」の移る先「{successor}」は、引き継ぐ部署ではありません。{_NOTHING_DONE}",
                field="placed",
                cure=f"選べる部署：{'、'.join(successors)}",
            )
    left = [ref for ref in entries if ref not in placed] if len(successors) > 1 else []
    if left:
        names = "、".join(f"「{snapshot.title(ref)}」" for ref in left[:_SHOWN]) + ("ほか" if left[_SHOWN:] else "")
        raise InvalidValue(
            f"移る先の決まっていない取組・課題が{len(left)}件あります（{names}）。{_NOTHING_DONE}",
            field="placed",
            cure="それぞれの移る先を決めてください。",
        )
    return {ref: Ref(f"entries/{placed.get(ref, successors[0])}/{ref.id}") for ref in entries}


def refuse(snapshot: Snapshot, wanted: Reorganisation) -> None:
    """Refuse what cannot be, whatever becomes of the entries. Errors: `InvalidValue`, `UnknownRef`."""
    needed = {"改称": (1, 1), "分割": (1, 2), "統合": (2, 1), "廃止": (1, 0)}[wanted.sort]
    olds, successors = len(set(wanted.old)), len({each.id for each in wanted.successors})
    most = {"改称": 1, "統合": 1, "廃止": 1}.get(wanted.sort, successors)
    if (olds < needed[0] or (olds > 1 and wanted.sort != "統合")) or not needed[1] <= successors <= most:
        raise InvalidValue(
            f"{wanted.sort}の部署の数が合いません。{_NOTHING_DONE}",
            field="successors",
            cure={
                "改称": "改称する部署と新しい名称を、1つずつ決めてください。",
                "分割": "分割する部署を1つ、引き継ぐ部署を2つ以上決めてください。",
                "統合": "統合する部署を2つ以上、引き継ぐ部署を1つ決めてください。",
                "廃止": "廃止する部署を1つ選んでください。引き継ぐ部署は1つまでです。",
            }[wanted.sort],
        )
    for old in wanted.old:
        _refuse_old(snapshot, old, wanted.on)
    for each in wanted.successors:
        if each.department is None and wanted.sort == "改称":
            raise InvalidValue(
                f"改称先の「{each.id}」は、もうある部署です。{_NOTHING_DONE}",
                field="successors",
                cure="新しいidと名称にするか、統合か廃止を選んでください。",
            )
        if each.department is None:
            _refuse_successor(snapshot, each.id, wanted.old, wanted.on)
        elif each.id in snapshot.taken_ids("department"):
            raise InvalidValue(
                f"部署のid「{each.id}」は、もう使われています。{_NOTHING_DONE}",
                field="id",
                cure="別のidにするか、既にある部署として選んでください。",
            )


def _refuse_old(snapshot: Snapshot, old: str, on: date) -> None:
    department = snapshot.expect(f"departments/{old}", Department)
    if department.from_ is not None and on <= department.from_:
        raise InvalidValue(
            f"施行日が「{department.name}」の設置日（{format_date(department.from_)}）より後になっていません。"
            f"{_NOTHING_DONE}",
            field="on",
            cure="施行日を確かめてください。",
        )
    if department.until is not None and department.until < on - timedelta(days=1):
        raise InvalidValue(
            f"「{department.name}」は{format_date(department.until)}までです。{_NOTHING_DONE}",
            field="department",
            cure="廃止された部署に残る取組・課題は、引き継ぎで移せます。",
        )


def _refuse_successor(snapshot: Snapshot, record_id: str, olds: Sequence[str], on: date) -> None:
    department = snapshot.expect(f"departments/{record_id}", Department)
    if record_id in olds:
        raise InvalidValue(
            f"「{department.name}」が「{department.name}」自身を引き継ぐことはできません。{_NOTHING_DONE}",
            field="successor",
            cure="ほかの部署を選んでください。一部だけを移すときは、取組・課題の所管替えを使います。",
        )
    if record_id not in snapshot.departments_in_use(on):
        raise InvalidValue(
            f"「{department.name}」は、{format_date(on)}には置かれていません。{_NOTHING_DONE}",
            field="successor",
            cure="設置日と廃止日を確かめるか、ほかの部署を選んでください。",
        )


def _subject(snapshot: Snapshot, wanted: Reorganisation) -> str:
    olds = "・".join(snapshot.departments[old].name for old in wanted.old)
    news = "・".join(
        each.department.name if each.department is not None else snapshot.departments[each.id].name
        for each in wanted.successors
    )
    to = f"し、{news}に引き継ぎ" if news else ""
    done = f"を廃止{to}" if wanted.sort == "廃止" else f"を{news}に{wanted.sort}"
    return f"{olds}{done}（{format_date(wanted.on, weekday=False)}から）"


def _remarks(snapshot: Snapshot, wanted: Reorganisation, today: date) -> Iterable[str]:
    entries = [ref for old in wanted.old for ref in entries_of(snapshot, old)]
    if entries and not wanted.successors:
        yield f"取組・課題など{len(entries)}件は廃止する部署に残り、廃止日の後は一覧表に出ません。"
    elif entries and wanted.on > today:
        yield (
            f"取組・課題など{len(entries)}件は、{format_date(wanted.on, weekday=False)}になってから、"
            "年度替わりの画面で移します。"
        )
    policy = snapshot.get("policy")
    if isinstance(policy, Policy) and policy.lead is not None and policy.lead.department in wanted.old:
        yield "担当部局の決定は、もとの部署の名称で残ります。改めて決めたときに記録してください。"
    for inquiry in snapshot.inquiries.values():
        for target in inquiry.targets:
            waiting = answer_state(inquiry, target, today) in ("回答待ち", "期限超過")
            if target.department in wanted.old and waiting and inquiry.issued_on is not None:
                name = snapshot.departments[target.department].name
                yield f"「{inquiry.title}」への{name}の回答がまだです。照会先はもとの部署のままです。"


def _joined(snapshot: Snapshot, new: Mapping[str, str]) -> Iterable[str]:
    """Joint work of departments that have become one."""
    for collaboration in snapshot.all(Collaboration).values():
        old = {share.department for share in collaboration.departments}
        if len(old) > 1 and len({new.get(each, each) for each in old}) == 1:
            yield f"連携協働「{collaboration.title}」は1つの部署の仕事になるため、もとの部署の名称で残ります。"
