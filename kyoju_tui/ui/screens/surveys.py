"""アンケート・ヒアリング: what was asked of groups (handbook 3-2)."""

from __future__ import annotations

from kyoju_tui.ui.screens.records import RecordsScreen


class SurveysScreen(RecordsScreen):
    """The list of them."""

    KIND = "survey"
    EMPTY = "団体などへのアンケートとヒアリングがここに並びます。\n\nF4 で作ります。"
