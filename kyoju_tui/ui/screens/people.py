"""キーパーソン: by role only (handbook 3-2)."""

from __future__ import annotations

from kyoju_tui.ui.screens.records import RecordsScreen


class PeopleScreen(RecordsScreen):
    """The list of them."""

    KIND = "person"
    EMPTY = (
        "地域で役割を果たしている人を、氏名を書かずに役割で記録します。\n\n"
        "F4 で記録します。連絡先は窓口課の名簿にあります。"
    )
