"""Recording 「該当なし」 from a place on the screen: for all of a cell, or for 取組, 課題, データ alone."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from kyoju_tui.overview.matrix import Cell
from kyoju_tui.records.base import EntryKind
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.workspace.inquiring.nothing import is_nothing, turned

if TYPE_CHECKING:
    from kyoju_tui.ui.screens.data import DataScreen

_ALL: Final = "すべて"
_STOP: Final = "stop"
_NAMES: Final[dict[str, EntryKind | None]] = {"all": None, "initiative": "取組", "issue": "課題", "data": "データ"}


async def answer_nothing(screen: DataScreen, cell: Cell, kinds: Collection[EntryKind], *, whole: bool) -> None:
    """Ask which 「該当なし」 is meant, and record it as the answer to the newest inquiry; or take it back.

    `kinds` can be answered one by one; `whole` offers the cell as a whole.
    """
    if cell.asked is None:
        screen.kyoju.notify(
            "この欄をたずねている照会がないため、「該当なし」を記録できません。「照会」の画面で照会を作ってから使います。"
        )
        return
    # What is asked here is about the inquiry as it is now: a colleague's change in the meantime is merged.
    ref, base = cell.asked.inquiry, screen.workspace.base(cell.asked.inquiry)
    inquiry = screen.snapshot.get(ref)
    if not isinstance(inquiry, Inquiry):
        return
    here = cell.department, cell.category
    if whole and cell.state == "該当なし" and not is_nothing(inquiry, *here, None):
        screen.kyoju.notify("この部署は照会の全体に「該当なし」と回答しています。変えるときは照会の記録を直します。")
        return
    row, column = screen.snapshot.name("category", cell.category), screen.snapshot.name("department", cell.department)
    offered: dict[str, EntryKind | None] = {
        name: kind for name, kind in _NAMES.items() if (kind in kinds if kind else whole)
    }
    answers = [(name, _label(kind, back=is_nothing(inquiry, *here, kind))) for name, kind in offered.items()]
    question = ChooseScreen(
        f"{row}｜{column} を「該当なし」とする範囲",
        f"照会「{inquiry.title}」への回答として記録します。",
        answers=[*answers, (_STOP, "やめる")],
    )
    answer = await screen.kyoju.push_screen_wait(question)
    if answer in offered:
        changed = turned(inquiry, *here, offered[answer])
        screen.kyoju.save(lambda: screen.workspace.save(ref, changed, base=base))


def _label(kind: EntryKind | None, *, back: bool) -> str:
    name = f"{kind}だけ" if kind else _ALL
    return f"{name}（取り消す）" if back else name
