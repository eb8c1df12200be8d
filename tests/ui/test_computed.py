"""What screens share of the matrix and the findings: the same as made from nothing, and made once."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from kyoju_tui.overview.findings import findings
from kyoju_tui.overview.matrix import matrix
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.computed import Computed, differing
from kyoju_tui.ui.matrix_words import count_lines, count_sentence
from tests.building import COLUMNS, ROWS, TODAY, initiative, inquiry, issue, snapshot, target, with_records

FIRST = snapshot(
    *ROWS,
    *COLUMNS,
    initiative("fukushi", "e1", "korei", title="見守り訪問"),
    issue("jutaku", "e2", "kosodate joho", title="住み替え先がない"),
)


def test_after_any_change_it_is_as_if_made_from_nothing() -> None:
    computed = Computed()
    moments = [FIRST]
    moments.append(
        with_records(moments[-1], initiative("jutaku", "e3", "joho", title="住み替え相談", addresses=["e2"]))
    )
    moments.append(with_records(moments[-1], inquiry("q1", targets=[target("jutaku")])))
    moments.append(moments[-1].replacing({Ref("entries/jutaku/e3"): None}))
    # Back in time too: a worker may still ask for an older moment.
    for moment in (*moments, moments[0]):
        assert computed.matrix(moment, TODAY) == matrix(moment, TODAY)
        assert computed.findings(moment, TODAY).views == findings(moment, TODAY)
        known = computed.known_findings(moment, TODAY)
        assert known is not None and known.views == findings(moment, TODAY)
    tomorrow = TODAY + timedelta(days=1)
    assert computed.known_findings(moments[0], tomorrow) is None
    assert computed.matrix(moments[-1], tomorrow) == matrix(moments[-1], tomorrow)


def test_nothing_is_made_twice_for_the_same_records() -> None:
    computed = Computed()
    assert computed.matrix(FIRST, TODAY) is computed.matrix(FIRST, TODAY)
    assert computed.known_findings(FIRST, TODAY) is None
    assert computed.findings(FIRST, TODAY) is computed.findings(FIRST, TODAY)


def test_what_differs_is_found_by_identity() -> None:
    changed = with_records(FIRST, issue("jutaku", "e2", "kosodate", title="住み替え先がない"))
    gone = changed.replacing({Ref("entries/fukushi/e1"): None})
    assert differing(FIRST, FIRST) == frozenset()
    assert differing(FIRST, changed) == {"entries/jutaku/e2"}
    assert differing(FIRST, gone) == {"entries/jutaku/e2", "entries/fukushi/e1"}


def test_counts_stand_close_together_before_they_take_another_line() -> None:
    assert count_lines(Counter({"課題": 1, "取組中": 2}), 9) == ["取2 課1"]
    assert count_lines(Counter({"取組中": 2, "検討中": 1, "課題": 3}), 9) == ["取2検1課3"]
    assert count_lines(Counter({"取組中": 12, "検討中": 1, "終了": 1, "課題": 10}), 9) == ["取12 検1", "終1 課10"]
    assert count_lines(Counter(), 9) == []
    assert count_sentence(Counter({"課題": 1, "必要": 1, "取組中": 2})) == "取組中2件・必要1件・課題1件"
