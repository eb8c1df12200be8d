"""テーマシート: one theme from what is needed to how it is done together (handbook 1-3(3))."""

from __future__ import annotations

from collections.abc import Iterable

from kyoju_tui.overview.themes import why_not_yet
from kyoju_tui.records.base import Record
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.theme import Theme
from kyoju_tui.ui.screens.sheet import SheetScreen
from kyoju_tui.ui.screens.theme_acts import ThemeActs
from kyoju_tui.ui.widgets.story import Sentence


class ThemeSheet(ThemeActs, SheetScreen):
    """The sheet: what is needed comes first, then what stands in the way."""

    title_ja = "テーマシート"
    TOLD = 3
    FIELDS = (
        "need", "title", "rank", "reason", "status", "categories", "departments", "entries", "areas", "obstacles",
        "collaboration_form", "override_reason", "note",
    )  # fmt: skip
    COMMANDS = ("open", "edit", "new", "sheet.cut", "themes.status", "themes.agenda", "reload", "back")

    def told(self, record: Record) -> Iterable[Sentence]:
        """What is to be settled before practice."""
        if isinstance(record, Theme):
            why = why_not_yet(record)
            if why and record.override_reason:
                yield Sentence(f"{why}理由を付けて進めています。")
            elif why:
                yield Sentence(f"{why}実践に移す前に整理します。", "bold")
            else:
                yield Sentence("制度上の課題は整理されています。")

    @property
    def theme_here(self) -> tuple[Ref, Theme] | None:
        """The theme of this sheet."""
        record = self.record
        return (self.ref, record) if isinstance(record, Theme) else None
