"""2つのタイプ: merits and demerits of both, beside what the town found itself (handbook 2-2)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from textual.widget import Widget

from kyoju_tui.overview.framing import COMPARED, TYPES, Compared
from kyoju_tui.overview.leading import only
from kyoju_tui.records.framework import Framework
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.record_table import Row
from kyoju_tui.ui.widgets.wide_table import WideTable
from kyoju_tui.ui.widgets.wrapping import wrap

_REF: Final = "framework"
_HEAD: Final = 16
_OWN: Final = {"メリット": "merits", "デメリット": "demerits", "進め方": "reason"}
_NOT_YET: Final = "（Enter で書けます）"


class TypesScreen(DataScreen):
    """The comparison, to be read; Enter opens what the town wrote of the aspect."""

    title_ja = "2つのタイプ"
    COMMANDS = ("open", "reload", "back")
    AUTO_FOCUS = "WideTable"

    def compose_body(self) -> Iterable[Widget]:
        """The table."""
        yield WideTable(id="types")

    def on_mount(self) -> None:
        """Show it."""
        self.show()

    @property
    def framework(self) -> Framework:
        """The framework as it is now."""
        return only(self.snapshot, Framework)

    def show(self) -> None:
        """Both types, and the town's own words in the last column."""
        table = self.query_one(WideTable)
        each = (table.room - _HEAD) // 3
        chosen = self.framework.type
        heads = [f"{name}タイプ{'（選択中）' if name == chosen else ''}" for name in TYPES]
        columns = (
            column("aspect", "", _HEAD),
            column("meetings", heads[0], each, 2),
            column("unit", heads[1], each, 2),
            column("own", "このまちの考え", each),
        )
        table.set_rows(columns, [self._row(compared, each - 1) for compared in COMPARED])
        self.show_title()

    def _row(self, compared: Compared, width: int) -> Row:
        calm = marks_for(self.kyoju.current_theme).calm
        own = self._own(compared.aspect)
        cells = [
            [(compared.aspect, "bold")],
            [(line, "") for line in wrap(compared.by_meetings, width)],
            [(line, "") for line in wrap(compared.by_unit, width)],
            [(line, calm if own == _NOT_YET else "") for line in wrap(own, width)],
        ]
        # A blank line below keeps the aspects apart.
        return Row(compared.aspect, tuple(Marked.of(*cell) for cell in cells), max(map(len, cells)) + 1)

    def _own(self, aspect: str) -> str:
        framework = self.framework
        match _OWN.get(aspect):
            case "merits":
                return "\n".join(f"・{each}" for each in framework.merits) or _NOT_YET
            case "demerits":
                return "\n".join(f"・{each}" for each in framework.demerits) or _NOT_YET
            case "reason":
                return framework.reason or _NOT_YET
            case _:
                return ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only some aspects have words of the town."""
        if action == "open" and self.is_mounted:
            return self.query_one(WideTable).row_key in _OWN
        return super().check_action(action, parameters)

    def action_open(self) -> None:
        """Open the form in the town's own words on this aspect."""
        field = _OWN.get(self.query_one(WideTable).row_key)
        if field is not None:
            self.kyoju.open_record(_REF, field)
