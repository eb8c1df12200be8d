from __future__ import annotations

import pytest
from pydantic import ValidationError

from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.minuting import with_action, with_decision, with_note, with_opinion

BEFORE = Meeting.model_validate({"title": "会議", "opinions": [{"id": "aaaaa", "text": "前の意見"}], "memo": "手で"})


def test_an_opinion_is_appended_and_nothing_else_touched() -> None:
    after = with_opinion(BEFORE, "坂が急だ", category="korei", department="jutaku", lens="課題")
    assert after.opinions[0] == BEFORE.opinions[0]
    added = after.opinions[1]
    assert (added.category, added.department, added.lens, added.text) == ("korei", "jutaku", "課題", "坂が急だ")
    assert added.id and added.id != "aaaaa"
    assert after.model_extra == {"memo": "手で"}


def test_actions_decisions_and_notes_grow_at_the_end() -> None:
    after = with_action(BEFORE, {"text": "送る", "department": None})
    assert after.actions[0].text == "送る" and after.actions[0].id
    assert with_decision(with_decision(BEFORE, "決めた"), "決めた").decisions == ("決めた",)
    assert with_note(with_note(BEFORE, "一"), "二").notes == "一\n二"


def test_what_no_record_may_hold_is_refused() -> None:
    with pytest.raises(ValidationError):
        with_opinion(BEFORE, "\x1b]52;c;x\x07")
