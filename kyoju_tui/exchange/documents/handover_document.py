"""引継書: what a successor takes over, as a document to be read, printed, and amended by hand."""

from __future__ import annotations

from collections.abc import Iterator

from kyoju_tui.exchange.documents.document import Document, Part, listed, one_line
from kyoju_tui.overview.due import Duty
from kyoju_tui.overview.handover import Handover
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.store import Store

_NO_DAY = "期日なし"


def handover_document(content: Handover, snapshot: Snapshot) -> Document:
    """The whole document. It is for the office alone: it names what is late."""
    store = snapshot.get("store")
    town = store.municipality if isinstance(store, Store) else ""
    fact = f"{format_date(content.today)}時点。記録から作成しました。庁内限り。"
    return Document(one_line(f"引継書　{town}"), fact, tuple(_parts(content, snapshot)))


def _parts(content: Handover, snapshot: Snapshot) -> Iterator[Part]:
    yield listed("回答を待っている照会", _inquiries(content, snapshot))
    yield listed("対応事項", (_duty(each, content, snapshot) for each in content.duties))
    yield listed("地域への約束", _promises(content, snapshot))
    yield listed("担当部局の役割", (_duty(each, content, snapshot) for each in content.roles))
    yield listed("これからの会議", _meetings(content, snapshot))
    yield listed("整理していない論点", (f"{view.name}：{one_line(view.why)}" for view in content.points))
    yield listed("所管課の確認が済んでいない記載", (_entry(ref, snapshot) for ref in content.unconfirmed))


def _inquiries(content: Handover, snapshot: Snapshot) -> Iterator[str]:
    for each in content.inquiries:
        due = f"（回答期限 {format_date(each.due_on, weekday=False)}）" if each.due_on else ""
        told = [
            f"{word}：{_names(departments, snapshot)}"
            for word, departments in (("期限超過", each.late), ("回答待ち", each.waiting))
            if departments
        ]
        yield f"{one_line(snapshot.title(each.inquiry))}{due}　{'　'.join(told)}"


def _duty(duty: Duty, content: Handover, snapshot: Snapshot) -> str:
    day = format_date(duty.due_on, weekday=False) if duty.due_on else _NO_DAY
    late = "（期日超過）" if duty.late(content.today) else ""
    who = one_line(snapshot.full_name("department", duty.department)) if duty.department else "担当未定"
    origin = "" if duty.origin == "policy" else f"　［{one_line(snapshot.title(duty.origin))}］"
    return f"{day}{late}　{who}　{one_line(duty.text) or '（内容の記入なし）'}{origin}"


def _promises(content: Handover, snapshot: Snapshot) -> Iterator[str]:
    for each in content.promises:
        day = format_date(each.on, weekday=False) if each.on else "日付なし"
        who = _names(each.departments, snapshot) or "部署の記入なし"
        yield f"{one_line(snapshot.title(each.area))}　{day}　{who}　{one_line(each.text)}"


def _meetings(content: Handover, snapshot: Snapshot) -> Iterator[str]:
    for each in content.meetings:
        day = format_date(each.on) if each.on else "日程未定"
        title = one_line(snapshot.title(each.meeting))
        yield f"{day}　「{title}」で決めた次回" if each.announced else f"{day}　{title}"
    for ref in content.late_series:
        yield f"日程未定　{one_line(snapshot.title(ref))}（間隔を過ぎています）"


def _entry(ref: Ref, snapshot: Snapshot) -> str:
    department = one_line(snapshot.full_name("department", ref.department)) if ref.department else ""
    return f"{department}　{one_line(snapshot.title(ref))}（{snapshot.entries[ref].confirmed}）"


def _names(departments: tuple[str, ...], snapshot: Snapshot) -> str:
    return "、".join(one_line(snapshot.full_name("department", each)) for each in departments)
