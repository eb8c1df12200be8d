"""The side panel of the 一覧表: the place under the cursor in sentences, and who changed it last."""

from __future__ import annotations

from kyoju_tui.ui.widgets.story import Story

BESIDE = 110  # columns from which the panel may stand at the right of the table


class CellPanel(Story):
    """At the right of a tall table where there is room, below it otherwise."""

    DEFAULT_CSS = """
    CellPanel { width: 1fr; height: 5; }
    """
