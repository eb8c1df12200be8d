"""「該当なし」 noted on the board of an inquiry, for one cell and for one kind of it (handbook 1-2(1))."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from kyoju_tui.overview.asked import rows_asked
from kyoju_tui.ui.forms.candidates import Candidate
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.screens.inquiry_acts import InquiryActs
from kyoju_tui.workspace.inquiring import answering

_KINDS: Final = {"torikumi": "取組", "kadai": "課題", "deta": "データ"}


class InquiryNothing(InquiryActs):
    """The part of the board that notes it."""

    def action_nothing(self) -> None:
        """Note for one cell that the department has nothing there, of all kinds or of one; or take it back."""
        if self.departments_here:
            self.run_worker(self._nothing(self.departments_here[0]))

    async def _nothing(self, department: str) -> None:
        name = self.snapshot.full_name("department", department)
        rows = rows_asked(self.inquiry, self.snapshot.categories_in_use)
        offered = [self._row_offered(department, row) for row in rows]
        chosen = await self.kyoju.push_screen_wait(
            Picker(f"{name}が「該当なし」と回答したカテゴリー", offered, (), many=False)
        )
        if not chosen:
            return
        row = chosen[0]
        stands = _spread(answering.nothing_of(self.inquiry, department, row))
        answers = [("all", "【すべて】" if None in stands else "すべて")]
        answers += [(key, f"【{kind}】" if kind in stands else kind) for key, kind in _KINDS.items()]
        answer = await self.kyoju.push_screen_wait(
            ChooseScreen(
                f"{name}｜{self.snapshot.name('category', row)} の「該当なし」",
                "種別を選ぶと「該当なし」になります。【　】の種別はもうそうなっていて、選ぶと外れます。",
                answers=answers,
            )
        )
        if answer is None:
            return
        kinds = _toggled(stands, _KINDS.get(answer))
        self.record_change(
            lambda now: answering.with_nothing(now, department, row, kinds, rows),
            (department,),
            f"{self.snapshot.name('category', row)}の「該当なし」",
        )
        if kinds and self._recorded(department, row, kinds):
            self.kyoju.notify("この欄には記載もあります。一覧表では記載が優先されます。")

    def _row_offered(self, department: str, row: str) -> Candidate:
        stands = answering.nothing_of(self.inquiry, department, row)
        said = "該当なし" if None in stands else f"該当なし（{'・'.join(sorted(map(str, stands)))}）" if stands else ""
        entries = self.snapshot.entries_by_cell.get((row, department), ())
        record = self.snapshot.categories[row]
        detail = said or (f"記載{len(entries)}件" if entries else "記入なし")
        return Candidate(row, record.name, detail, (record.reading or "",))

    def _recorded(self, department: str, row: str, kinds: Collection[str | None]) -> bool:
        refs = self.snapshot.entries_by_cell.get((row, department), ())
        return any(None in kinds or self.snapshot.entries[ref].kind in kinds for ref in refs)


def _spread(kinds: Collection[str | None]) -> frozenset[str | None]:
    """What stands in a cell: all of it means every kind too."""
    return frozenset([None, *_KINDS.values()]) if None in kinds else frozenset(kinds)


def _toggled(stands: frozenset[str | None], kind: str | None) -> frozenset[str | None]:
    """What stands there after one kind (None: all) was chosen: it comes or goes."""
    if kind is None:
        return frozenset() if None in stands else frozenset([None])
    left = (stands - {None}) ^ {kind}
    return frozenset([None]) if left == frozenset(_KINDS.values()) else left
