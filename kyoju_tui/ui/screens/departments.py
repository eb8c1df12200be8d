"""部署: the columns of the matrix (handbook 1-1, 1-2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from kyoju_tui.overview.category_use import department_use
from kyoju_tui.records.base import Record
from kyoju_tui.records.dates import format_date, format_short
from kyoju_tui.records.department import Department
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.screens.departments_expected import ExpectedScreen
from kyoju_tui.ui.screens.ordered import OrderedScreen
from kyoju_tui.ui.widgets.story import Sentence

_COUNT = 4


class DepartmentsScreen(OrderedScreen):
    """The list of them: from when to when they are, who follows, and what they are expected to fill in."""

    KIND = "department"
    EMPTY = "一覧表の列になる部署がここに並びます。庁外の構成員も加えられます。\n\nF4 で部署を加えます。"
    HOW_TO_CLOSE = "開いて「廃止日」を入れるか、Ctrl+R の年度替わりで引き継ぐと、記録を残したまま一覧表から外せます。"
    DETAIL = 4
    COMMANDS = (
        "open", "edit", "new", "search", "departments.expected", "departments.april", "remove", "records.up",
        "records.down", "reload", "back",
    )  # fmt: skip

    def __init__(self, record: str = "") -> None:
        """`record` is the id on which the cursor begins."""
        super().__init__(record)
        self._counted: tuple[Snapshot, Mapping[str, int]] | None = None

    def heads(self) -> Sequence[tuple[str, str]]:
        """Name, bureau, expected cells, how much there is, and the state."""
        return (
            ("name", "名称"),
            ("bureau", "部"),
            ("expected", "記入を求める"),
            ("entries", "件数"),
            ("period", "期間"),
            ("state", "状態"),
        )

    def closed(self, record: Record) -> bool:
        """Whether it is no column of today's matrix."""
        return isinstance(record, Department) and _state(record, self.today) != "使用中"

    def words(self, ref: Ref, record: Record) -> Sequence[str]:  # noqa: ARG002 - read with its own type
        """What there is to know of it."""
        department = self.snapshot.departments[ref.id]
        state = _state(department, self.today)
        return (
            department.name,
            department.bureau or "",
            self._expected(department),
            f"{self._entries.get(ref.id, 0)}".rjust(_COUNT),
            _period(department),
            "・".join(filter(None, ("庁外" if department.external else "", "" if state == "使用中" else state))),
        )

    def detail(self, ref: Ref, record: Record) -> Iterable[Sentence]:  # noqa: ARG002 - read with its own type
        """Its period in words, who follows, and the rows it is expected to fill in."""
        department = self.snapshot.departments[ref.id]
        short = f"　略称：{department.short}" if department.short else ""
        outside = "　庁外の構成員" if department.external else ""
        yield Sentence(f"{department.name}{short}{outside}", "bold")
        begins = f"{format_date(department.from_, weekday=False)}に設置" if department.from_ else ""
        ends = f"{format_date(department.until, weekday=False)}まで" if department.until else ""
        heir = self.snapshot.full_name("department", department.successor) if department.successor else ""
        said = "　".join(filter(None, (begins, ends, heir and f"引き継ぐ部署：{heir}")))
        if said:
            yield Sentence(said)
        rows = [self.snapshot.full_name("category", each) for each in department.categories]
        yield Sentence(f"記入を求めるカテゴリー：{'・'.join(rows) if rows else 'すべて'}")

    def _expected(self, department: Department) -> str:
        rows = self.snapshot.categories_in_use
        asked = [each for each in department.categories if each in rows]
        return f"{len(asked)}/{len(rows)}" if department.categories else "すべて"

    @property
    def _entries(self) -> Mapping[str, int]:
        """Counted once per moment: the list asks for every row."""
        if self._counted is None or self._counted[0] is not self.snapshot:
            self._counted = self.snapshot, department_use(self.snapshot)
        return self._counted[1]

    def action_expected(self) -> None:
        """Open the grid of what each department is expected to fill in."""
        self.kyoju.push_screen(ExpectedScreen(department=Ref(self.key_here).id))

    def action_april(self) -> None:
        """Go to the turn of the year."""
        self.kyoju.open_screen("april")


def _state(department: Department, today: date) -> str:
    if department.until is not None and department.until < today:
        return "廃止"
    return "設置前" if department.from_ is not None and department.from_ > today else "使用中"


def _period(department: Department) -> str:
    begins = f"{format_short(department.from_)}〜" if department.from_ else ""
    if department.until is None:
        return begins
    return f"{begins or '〜'}{format_short(department.until)}"
