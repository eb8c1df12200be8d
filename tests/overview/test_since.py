"""What became of a place of the matrix since an earlier moment."""

from __future__ import annotations

from kyoju_tui.overview.since import since
from kyoju_tui.records.ids import Ref
from tests.building import initiative, issue, snapshot, with_records

VISITS, HOUSES, LONELY = (
    Ref(f"entries/korei/{name}") for name in ("20260401-aaaaa", "20260401-bbbbb", "20260401-ccccc")
)


def test_what_came_went_and_changed() -> None:
    then = snapshot(initiative("korei", VISITS.id, "koreisha"), issue("korei", LONELY.id, "koreisha"))
    now = with_records(
        then,
        initiative("korei", VISITS.id, "koreisha", difficulties="人手が足りない"),
        initiative("korei", HOUSES.id, "koreisha"),
    )
    found = since([VISITS, LONELY], then, [VISITS, HOUSES], now)
    assert (found.added, found.gone, found.changed) == ((HOUSES,), (LONELY,), (VISITS,))
    assert found


def test_the_same_records_did_not_change() -> None:
    then = snapshot(initiative("korei", VISITS.id, "koreisha"))
    now = with_records(then, initiative("korei", HOUSES.id, "sumai"))
    assert not since([VISITS], then, [VISITS], now)
