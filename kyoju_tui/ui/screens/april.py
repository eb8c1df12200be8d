"""年度替わり: departments reorganised, work handed over, the ended year's results asked for (handbook 1-1, 1-3(1))."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kyoju_tui.overview.april import left_behind, without_results
from kyoju_tui.records.dates import fiscal_year, format_fiscal_year, format_short
from kyoju_tui.records.folding import SearchText
from kyoju_tui.records.ids import COMMON
from kyoju_tui.ui.screens.april_acts import REORGANISATIONS, AprilActs
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.record_table import Column, Row

_SORT, _WHERE, _STATE = 11, 15, 22


class AprilScreen(AprilActs):
    """What there is to do, one thing a line: reorganise, hand over, fill in results. Enter begins it."""

    title_ja = "年度替わり"
    COMMANDS = ("open", "edit", "search", "april.year", "reload", "back")

    def __init__(self) -> None:
        super().__init__()
        self._years_back = 1
        self._lines: dict[str, tuple[str, str, str, str]] = {}

    def show(self) -> None:
        """Work out what there is to do, and show it."""
        self._lines = dict(self._told())
        super().show()

    def columns(self) -> Sequence[Column]:
        """What sort of thing, what it is about, whose, how it stands."""
        rest = max(20, self.room - _SORT - _WHERE - _STATE)
        return (
            column("sort", "区分", _SORT),
            column("subject", "すること", rest),
            column("where", "部署", _WHERE),
            column("state", "状況", _STATE),
        )

    def keys(self) -> Iterable[str]:
        """In the order of the work."""
        return self._lines

    def row(self, key: str) -> Row:
        """One thing to do."""
        sort, subject, where, state = self._lines[key]
        return Row(key, tuple(Marked.of((word, "")) for word in (sort, subject, where, state)))

    def search_text(self, key: str) -> SearchText:
        """Found by all that is shown."""
        return SearchText.of(*self._lines[key])

    @property
    def title_detail(self) -> str:
        """Which year's results are asked for, and how many are lacking."""
        count = sum(1 for key in self._lines if key.startswith("result:"))
        return f"{format_fiscal_year(self.year)}の実績がない取組{count}件"

    def _told(self) -> Iterable[tuple[str, tuple[str, str, str, str]]]:
        snapshot = self.snapshot
        for sort, (_, what) in REORGANISATIONS.items():
            yield f"sort:{sort}", ("再編", f"{sort}：{what}", "", "Enterで始めます")
        for record_id, refs in left_behind(snapshot, self.today).items():
            heir = snapshot.departments[record_id].successor
            to = f"{snapshot.name('department', heir)}へ" if heir else "引き継ぐ部署が未定"
            name = snapshot.name("department", record_id)
            yield f"left:{record_id}", ("引き継ぎ", f"残っている取組・課題など{len(refs)}件を移す", name, to)
        for record_id, department in snapshot.departments.items():
            if department.until is not None and department.until >= self.today:
                heir = f"（{snapshot.name('department', department.successor)}へ）" if department.successor else ""
                state = f"{format_short(department.until)}まで{heir}"
                yield (
                    f"ends:{record_id}",
                    ("再編の予定", "廃止日を確かめる", department.short or department.name, state),
                )
        lacking = without_results(snapshot, self.year, self.starts)
        if not lacking:
            yield "none", ("実績", f"{format_fiscal_year(self.year)}の分はそろっています", "", "")
        for ref in lacking:
            where = "共通" if ref.department == COMMON else snapshot.name("department", ref.department or "")
            yield f"result:{ref}", ("実績", snapshot.title(ref), where, f"{format_fiscal_year(self.year)}の実績なし")

    def nothing_yet(self) -> bool:
        """There is always something that can be done here."""
        return False

    def action_year(self) -> None:
        """The results of the other year: the one that has ended, or the present one."""
        self._years_back = 1 - self._years_back
        self.show()

    @property
    def year(self) -> int:
        """The fiscal year whose results are asked for, by its western number."""
        return fiscal_year(self.today, self.starts) - self._years_back
