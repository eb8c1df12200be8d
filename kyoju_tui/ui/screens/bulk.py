"""Changing one field of the chosen entries: which field, to what, a preview, one save (handbook 1-2(1))."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from kyoju_tui.records.dates import parse_date
from kyoju_tui.records.description import field_map
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.ids import COMMON, Ref
from kyoju_tui.ui.forms.candidates import Candidate, candidates
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.edit_head import COMMON_NAME
from kyoju_tui.workspace.changing.bulk import MANY, SINGLE, How, Plan, Wish, planned
from kyoju_tui.workspace.requests import Base

if TYPE_CHECKING:
    from kyoju_tui.ui.screens.data import DataScreen
    from kyoju_tui.workspace.requests import Saved

_SHOWN: Final = 8
_EMPTY: Final = "空にする"
_REFERS: Final = {"categories": "category", "areas": "area"}


async def change_in_bulk(screen: DataScreen, refs: Sequence[Ref], done: Callable[[Saved], None]) -> None:
    """Ask what is to become of these entries, show what would change, and record it as one save."""
    # The bases first: what a colleague changes after this is merged.
    bases = {ref: screen.workspace.base(ref) for ref in refs}
    wish = await _ask_wish(screen, len(refs))
    if wish is None:
        return

    def base(ref: str) -> Base:
        return bases.get(Ref(ref)) or screen.workspace.base(ref)

    plan = await asyncio.to_thread(planned, screen.snapshot, refs, wish, base)
    if plan.refused:
        await screen.kyoju.push_screen_wait(
            ConfirmScreen(
                f"{len(plan.refused)}件は「{wish.label}」をそのように変えられないため、何も変えていません。",
                f"{_lines(screen, plan.refused)}\n\n変えられないものを選択から外して、もう一度行ってください。",
                yes="わかりました",
                no="閉じる",
            )
        )
    elif not plan.changes:
        screen.kyoju.notify("選んだものは、すでにすべてその内容です。")
    elif await screen.kyoju.push_screen_wait(_preview(screen, plan)):
        screen.kyoju.save(
            lambda: screen.workspace.batch(plan.changes, action=plan.action, subject=plan.subject), done=done
        )


def _preview(screen: DataScreen, plan: Plan) -> ConfirmScreen:
    same = f"\n変わらないもの：{len(plan.same)}件" if plan.same else ""
    return ConfirmScreen(
        f"{plan.subject}します。よろしいですか。",
        f"{_lines(screen, plan.told)}{same}\n\n一つの記録になります。直後なら Ctrl+Z でまとめて元に戻せます。",
        yes="変更する",
        no="やめる",
    )


def _lines(screen: DataScreen, told: Sequence[tuple[Ref, str]]) -> str:
    shown = [f"・{screen.snapshot.title(ref)}　{words}" for ref, words in told[:_SHOWN]]
    more = [f"ほか{len(told) - _SHOWN}件"] if len(told) > _SHOWN else []
    return "\n".join([*shown, *more])


async def _ask_wish(screen: DataScreen, count: int) -> Wish | None:
    fields = field_map(Entry)
    kinds: list[tuple[str, How, str]] = [
        *((fields[name].label, "set", name) for name in SINGLE),
        *((f"{fields[name].label}を加える", "add", name) for name in MANY),
        *((f"{fields[name].label}を外す", "remove", name) for name in MANY),
        ("別の部署へ移す（所管替え）", "move", "department"),
    ]
    offered = [Candidate(str(number), label) for number, (label, _, _) in enumerate(kinds, 1)]
    chosen = await screen.kyoju.push_screen_wait(Picker(f"{count}件について変える項目", offered, (), many=False))
    if not chosen:
        return None
    label, how, field = kinds[int(chosen[0]) - 1]
    if how == "move":
        places = [*candidates(screen.snapshot, "department", screen.today), Candidate(COMMON, COMMON_NAME)]
        values = await screen.kyoju.push_screen_wait(Picker("移す先", places, (), many=False))
    elif field in _REFERS:
        members = candidates(screen.snapshot, _REFERS[field], screen.today)
        values = await screen.kyoju.push_screen_wait(Picker(label, members, (), many=True))
    else:
        return await _ask_value(screen, field, label)
    return Wish(how, field, tuple(values)) if values else None


async def _ask_value(screen: DataScreen, field: str, label: str) -> Wish | None:
    """A value for a field that holds one: a word of its list, a date, or a line. It can be made empty, too."""
    described = field_map(Entry)[field]
    if described.choices:
        words = [*described.choices, *([] if field == "status" else [_EMPTY])]
        offered = [Candidate(str(number), word) for number, word in enumerate(words)]
        chosen = await screen.kyoju.push_screen_wait(Picker(label, offered, (), many=False))
        if not chosen:
            return None
        word = words[int(chosen[0])]
        return Wish("set", field, () if word == _EMPTY else (word,))
    dated, today = described.widget == "date", screen.today
    text = await screen.kyoju.push_screen_wait(
        AskScreen(
            f"「{label}」を何にしますか。",
            f"空にするときは「{_EMPTY}」と入れます。",
            placeholder="例：R8.11.23、11/23" if dated else "",
            check=lambda text: _fault(text, today) if dated and text != _EMPTY else "",
        )
    )
    if text is None:
        return None
    if text == _EMPTY:
        return Wish("set", field, ())
    return Wish("set", field, (parse_date(text, today=today).value if dated else text,))


def _fault(text: str, today: date) -> str:
    try:
        parse_date(text, today=today)
    except InvalidValue as error:
        return f"{error.message}{error.cure}"
    return ""
