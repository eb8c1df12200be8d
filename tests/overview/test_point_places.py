"""Where in the matrix a point belongs."""

from __future__ import annotations

from kyoju_tui.overview.findings import examine
from kyoju_tui.overview.matrix import matrix
from kyoju_tui.overview.point_places import BASE_DATA, WHOLE_ROW, by_place
from tests.building import COLUMNS, ROWS, TODAY, inquiry, issue, snapshot, target


def test_points_stand_at_their_cells_their_row_or_its_data() -> None:
    whole = matrix(
        snapshot(*ROWS, *COLUMNS, issue("fukushi", "i", "korei kosodate"), inquiry("q", targets=[target("jutaku")])),
        TODAY,
    )
    found = {place: {view.rule for view in views} for place, views in by_place(examine(whole).views, whole).items()}

    assert found["korei", WHOLE_ROW] == {"no-initiative"}
    assert found["korei", BASE_DATA] == {"no-data"}
    assert found["korei", "fukushi"] == found["kosodate", "fukushi"] == {"open-issue"}
    assert found["joho", "jutaku"] == {"overdue"}
    assert ("joho", "fukushi") not in found
