"""What a new survey begins with: the questions of its method (handbook 3-2)."""

from __future__ import annotations

from kyoju_tui.overview.surveys import GUIDES
from kyoju_tui.records.ids import new_part_id


def guide(method: str) -> list[dict[str, object]]:
    """The questions that a survey of this method begins with, as tables."""
    rows: list[dict[str, object]] = []
    for section, text, _ in GUIDES[method]:
        taken = {str(row["id"]) for row in rows}
        rows.append({"id": new_part_id(taken), "section": section, "text": text, "type": "記述"})
    return rows
