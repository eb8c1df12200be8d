"""引継書 as Markdown, to be read, printed, and amended by hand."""

from __future__ import annotations

from collections.abc import Iterator

from kyoju_tui.exchange.markdown import as_text, section
from kyoju_tui.overview.due import Duty
from kyoju_tui.overview.handover import Handover
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.store import Store

_NO_DAY = "期日なし"


def handover_markdown(content: Handover, snapshot: Snapshot) -> str:
    """The whole document. It is for the office alone: it names what is late."""
    return "\n".join(_lines(content, snapshot)) + "\n"


def _lines(content: Handover, snapshot: Snapshot) -> Iterator[str]:
    store = snapshot.get("store")
    town = store.municipality if isinstance(store, Store) else ""
    yield f"# 引継書　{as_text(town)}"
    yield ""
    yield f"{format_date(content.today)}時点。記録から作成しました。庁内限り。"
    yield ""
    yield from section("回答を待っている照会", _inquiries(content, snapshot))
    yield from section("対応事項", (_duty(each, content, snapshot) for each in content.duties))
    yield from section("地域への約束", _promises(content, snapshot))
    yield from section("担当部局の役割", (_duty(each, content, snapshot) for each in content.roles))
    yield from section("これからの会議", _meetings(content, snapshot))
    yield from section("整理していない論点", (f"{view.name}：{as_text(view.why)}" for view in content.points))
    yield from section("所管課の確認が済んでいない記載", (_entry(ref, snapshot) for ref in content.unconfirmed))


def _inquiries(content: Handover, snapshot: Snapshot) -> Iterator[str]:
    for each in content.inquiries:
        due = f"（回答期限 {format_date(each.due_on, weekday=False)}）" if each.due_on else ""
        told = [
            f"{word}：{_names(departments, snapshot)}"
            for word, departments in (("期限超過", each.late), ("回答待ち", each.waiting))
            if departments
        ]
        yield f"{as_text(snapshot.title(each.inquiry))}{due}　{'　'.join(told)}"


def _duty(duty: Duty, content: Handover, snapshot: Snapshot) -> str:
    day = format_date(duty.due_on, weekday=False) if duty.due_on else _NO_DAY
    late = "（期日超過）" if duty.late(content.today) else ""
    who = as_text(snapshot.full_name("department", duty.department)) if duty.department else "担当未定"
    origin = "" if duty.origin == "policy" else f"　［{as_text(snapshot.title(duty.origin))}］"
    return f"{day}{late}　{who}　{as_text(duty.text) or '（内容の記入なし）'}{origin}"


def _promises(content: Handover, snapshot: Snapshot) -> Iterator[str]:
    for each in content.promises:
        day = format_date(each.on, weekday=False) if each.on else "日付なし"
        who = _names(each.departments, snapshot) or "部署の記入なし"
        yield f"{as_text(snapshot.title(each.area))}　{day}　{who}　{as_text(each.text)}"


def _meetings(content: Handover, snapshot: Snapshot) -> Iterator[str]:
    for each in content.meetings:
        day = format_date(each.on) if each.on else "日程未定"
        title = as_text(snapshot.title(each.meeting))
        yield f"{day}　「{title}」で決めた次回" if each.announced else f"{day}　{title}"
    for ref in content.late_series:
        yield f"日程未定　{as_text(snapshot.title(ref))}（間隔を過ぎています）"


def _entry(ref: Ref, snapshot: Snapshot) -> str:
    department = as_text(snapshot.full_name("department", ref.department)) if ref.department else ""
    return f"{department}　{as_text(snapshot.title(ref))}（{snapshot.entries[ref].confirmed}）"


def _names(departments: tuple[str, ...], snapshot: Snapshot) -> str:
    return "、".join(as_text(snapshot.full_name("department", each)) for each in departments)
