"""関係者への説明: one argument per viewpoint and audience, as a table of both (handbook 2-2)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from textual.widget import Widget

from kyoju_tui.overview.leading import AUDIENCES, VIEWPOINTS, arguments_by_pair, only
from kyoju_tui.records.policy import Policy
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.widgets.matrix_table import Marked, MatrixTable, column
from kyoju_tui.ui.widgets.record_table import Row
from kyoju_tui.ui.widgets.story import Sentence, Story
from kyoju_tui.ui.widgets.wrapping import wrap

_REF: Final = "policy"
_HEAD: Final = 14
_LINES: Final = 3
_VIEWPOINT: Final = "@viewpoint"


class ArgumentsScreen(DataScreen):
    """Rows are viewpoints, columns audiences; Enter writes the one of a cell."""

    title_ja = "関係者への説明"
    COMMANDS = ("open", "reload", "back")
    AUTO_FOCUS = "MatrixTable"
    DEFAULT_CSS = """
    ArgumentsScreen Story { height: 5; }
    """

    def compose_body(self) -> Iterable[Widget]:
        """The table, and the argument under the cursor in full."""
        yield MatrixTable()
        yield Story()

    def on_mount(self) -> None:
        """Begin in the first cell that is an argument's."""
        self.show()
        self.query_one(MatrixTable).move_to(VIEWPOINTS[0], AUDIENCES[0])

    @property
    def policy(self) -> Policy:
        """The policy as it is now."""
        return only(self.snapshot, Policy)

    def show(self) -> None:
        """Every pair with the beginning of its argument."""
        found, marks = arguments_by_pair(self.policy), marks_for(self.kyoju.current_theme)
        table = self.query_one(MatrixTable)
        each = max(11, (table.room - _HEAD) // len(AUDIENCES))
        rows: list[Row] = []
        for viewpoint in VIEWPOINTS:
            cells = [Marked.of(*((line, "bold") for line in wrap(viewpoint, _HEAD - 1)))]
            for audience in AUDIENCES:
                several = found.get((viewpoint, audience), ())
                if not several:
                    cells.append(Marked.of(("－", marks.calm)))
                    continue
                lines = [(line, "") for line in wrap((several[0][1].text or "（未記入）").replace("\n", ""), each - 1)]
                if len(several) > 1:
                    lines.insert(0, (f"{len(several)}件あり", marks.gap))
                cells.append(Marked.of(*lines))
            rows.append(Row(viewpoint, tuple(cells), _LINES))
        heads = [column(_VIEWPOINT, "視点｜相手", _HEAD), *(column(name, name, each) for name in AUDIENCES)]
        table.set_rows(tuple(heads), rows)
        self.show_title()
        self.explain()

    @property
    def title_detail(self) -> str:
        """How many of the pairs have one."""
        return f"{len(arguments_by_pair(self.policy))}／{len(VIEWPOINTS) * len(AUDIENCES)}"

    def _here(self) -> tuple[str, str]:
        table = self.query_one(MatrixTable)
        audience = table.column_key
        return table.row_key or VIEWPOINTS[0], audience if audience in AUDIENCES else AUDIENCES[0]

    def explain(self) -> None:
        """Say what the cursor is on."""
        viewpoint, audience = self._here()
        several = arguments_by_pair(self.policy).get((viewpoint, audience), ())
        said = [Sentence(f"{viewpoint}｜{audience}への説明", "bold")]
        if len(several) > 1:
            strong = marks_for(self.kyoju.current_theme).strong
            said.append(
                Sentence("同じ視点と相手の説明が2つ以上あります。Enter で1つ目を開き、まとめてください。", strong)
            )
        said += [Sentence(argument.text or "（未記入）") for _, argument in several]
        if not several:
            said.append(Sentence("まだありません。Enter で書きます。"))
        self.query_one(Story).show(said)

    def action_open(self) -> None:
        """Open the argument of the cell, or write it."""
        viewpoint, audience = self._here()
        several = arguments_by_pair(self.policy).get((viewpoint, audience), ())
        if several:
            self.edit_row(_REF, "arguments", several[0][0])
        else:
            self.add_row(_REF, "arguments", {"viewpoint": viewpoint, "audience": audience})
