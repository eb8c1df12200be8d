"""The top line: what screen this is, and what it is limited to."""

from __future__ import annotations

from textual.widgets import Static

from kyoju_tui.ui.safe import one_line, plain


class TitleLine(Static):
    """The screen's title and, dimmer, what it is limited to."""

    DEFAULT_CSS = """
    TitleLine {
        height: 1;
        padding: 0 1;
        background: $primary;
        color: $title-foreground;
        text-style: bold;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    def show(self, title: str, detail: str = "") -> None:
        """Replace the line."""
        text = plain(title)
        if detail:
            text.append(f"　{one_line(detail)}", style="not bold")
        self.update(text)
