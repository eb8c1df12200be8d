"""A screen as screens are written, for tests of what all screens share."""

from __future__ import annotations

from textual.app import ComposeResult

from kyoju_tui.records.department import Department
from kyoju_tui.ui.screens import ScreenEntry
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.ui.widgets.line_input import LineInput
from kyoju_tui.ui.widgets.record_table import Cell, Column, RecordTable, Row
from kyoju_tui.ui.widgets.text_editor import TextEditor
from kyoju_tui.workspace.requests import Changed

COLUMNS = (Column("name", "名称", 20), Column("reading", "よみ", 20), Column("id", "記号"))


class TrialScreen(KyojuScreen):
    """Departments, a line and an editor; Ctrl+S gives the first department the name in the line."""

    title_ja = "試し"
    COMMANDS = ("save", "search", "back")

    def compose_body(self) -> ComposeResult:
        yield RecordTable(id="table")
        yield LineInput("さくら課", id="line")
        yield TextEditor("一\n二", id="text")

    def on_mount(self) -> None:
        self.show_rows()

    def show_rows(self) -> None:
        rows = (
            Row(name, (department.name, department.reading or "", Cell(name, "bold")))
            for name, department in self.snapshot.departments.items()
        )
        self.query_one(RecordTable).set_rows(COLUMNS, rows)

    def records_changed(self, changed: Changed) -> None:  # noqa: ARG002
        self.show_rows()

    @property
    def holds_changes(self) -> bool:
        return self.query_one("#line", LineInput).value == "未記録"

    def action_save(self) -> None:
        name = self.query_one("#line", LineInput).value
        first = self.snapshot.expect("departments/jutaku", Department)
        self.kyoju.save(lambda: self.workspace.save("departments/jutaku", first.but(name=name)))

    def action_search(self) -> None:
        self.query_one("#line").focus()


ENTRY = ScreenEntry("試し", "ためし", "tameshi", f"{__name__}:TrialScreen", "どの画面にも共通することを確かめます")
