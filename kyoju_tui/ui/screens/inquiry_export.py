"""Writing the forms of an inquiry out, and what was written. Nothing is marked as sent."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from kyoju_tui.exchange.bringing import Cancelled, Told
from kyoju_tui.exchange.forms.form_set import FormSet
from kyoju_tui.exchange.inquiries.inquiry_export import make_forms
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.ui.screens.write_set import write_set_out

_NAMED: Final = 3


async def export_forms(screen: KyojuScreen, ref: Ref, departments: Collection[str]) -> None:
    """Ask where to, make the forms of these departments (of none: of all), and write them. In a worker."""
    inquiry = screen.snapshot.expect(ref, Inquiry)

    def make(told: Told, cancelled: Cancelled) -> FormSet:
        return make_forms(screen.workspace, ref, screen.today, departments, told=told, cancelled=cancelled)

    names = [screen.snapshot.full_name("department", each) for each in departments]
    more = f"ほか{len(names) - _NAMED}部署" if len(names) > _NAMED else ""
    whom = f"{'・'.join(names[:_NAMED])}{more}" if names else f"照会先のすべて（{len(inquiry.targets)}部署）"
    day = format_date(screen.today, weekday=False)
    await write_set_out(
        screen,
        f"{whom}の回答様式と依頼文を、部署ごとに書き出します。",
        f"{inquiry.form or '照会'}様式_{day}",
        make,
        lambda made: _told(screen, inquiry, made),
    )


def _told(screen: KyojuScreen, inquiry: Inquiry, made: FormSet) -> str:
    lines = [f"{made.forms}部署の様式を書き出しました。"]
    if made.left_out:
        names = [f"{screen.snapshot.name('department', each)}（{why}）" for each, why in made.left_out]
        lines.append(f"様式なし：{'・'.join(names)}")
    if inquiry.issued_on is None or any(each.sent_on is None for each in inquiry.targets):
        lines.append("送ったら、照会の状況で Ctrl+Y を押して発出を記録してください。")
    return "\n".join(lines)
