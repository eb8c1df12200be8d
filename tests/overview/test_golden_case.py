"""The handbook's own example of a matrix, with the figures that follow from it."""

from __future__ import annotations

from kyoju_tui.overview.figures import figures
from kyoju_tui.overview.findings import findings
from kyoju_tui.overview.matrix import matrix
from kyoju_tui.records.snapshot import Snapshot
from tests.building import TODAY, Built, category, department, initiative, issue, snapshot

DEPARTMENTS = {
    "jutaku": "住宅課", "korei": "高齢福祉課", "kosodate": "子育て支援課",
    "shimin": "市民課", "shoko": "商工課", "kankyo": "環境課",
}  # fmt: skip
CATEGORIES = {
    "a-korei": "高齢者",
    "b-kosodate": "子育て",
    "c-sumai": "住まい",
    "d-shotengai": "商店街",
    "e-jumin": "住民活動",
}
# T = an initiative, I = an issue, in the order of the departments.
TABLE = {
    "a-korei": "I TI - TI I -",
    "b-kosodate": "I - TI - - -",
    "c-sumai": "TI TI I I - TI",
    "d-shotengai": "- - - - TI -",
    "e-jumin": "- I TI TI - TI",
}


def golden() -> Snapshot:
    records: list[Built] = [
        *(category(key, name) for key, name in CATEGORIES.items()),
        *(department(key, name, order=order) for order, (key, name) in enumerate(DEPARTMENTS.items())),
    ]
    for row, line in TABLE.items():
        for column, marks in zip(DEPARTMENTS, line.split(), strict=True):
            if "T" in marks:
                records.append(initiative(column, f"t-{row}-{column}", row))
            if "I" in marks:
                records.append(issue(column, f"i-{row}-{column}", row))
    return snapshot(*records)


def test_figures_are_those_of_the_handbook() -> None:
    found = figures(matrix(golden(), TODAY))

    assert (found.filled, found.empty, found.gaps) == (16, 14, 14)
    assert (found.with_initiative, found.issues_only) == (10, 6)
    assert (found.shared, found.single) == (3, 2)
    assert found.without_data == 5


def test_the_table_reads_back_as_it_was_written() -> None:
    whole = matrix(golden(), TODAY)

    def marks(row: str, column: str) -> str:
        counts = whole.cells[row, column].counts
        return ("T" if counts.under_way else "") + ("I" if counts.issues else "") or "-"

    assert {row: " ".join(marks(row, column) for column in DEPARTMENTS) for row in CATEGORIES} == TABLE
    assert [axis.name for axis in whole.departments] == list(DEPARTMENTS.values())


def test_every_row_lacks_data_and_none_lacks_an_initiative() -> None:
    rules = [view.rule for view in findings(golden(), TODAY)]

    assert rules.count("no-data") == 5
    assert "no-initiative" not in rules
    assert "planned-only" not in rules
    assert rules.count("open-issue") == 16
