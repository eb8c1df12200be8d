from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from kyoju_tui.ui.safe import one_line, paragraph, plain, safe

OSC_52 = "\x1b]52;c;cm0gLXJmIH4=\x07"
HOSTILE = f"見守り{OSC_52}\x9b31m\u202e訪問\u2066\x00\x7f\U000e0041[/][b]太[/b]"


def test_controls_are_taken_away_and_text_stays() -> None:
    assert safe(HOSTILE) == "見守り]52;c;cm0gLXJmIH4=31m訪問[/][b]太[/b]"


def test_line_ends_stay_only_where_lines_are_shown() -> None:
    assert safe("一\r\n二\t三") == "一\n二  三"
    assert one_line("一\n二\r三") == "一 二三"


def test_lone_surrogates_cannot_stop_the_terminal() -> None:
    assert safe("名\udc80前").encode() == "名前".encode()


def test_none_of_it_is_markup() -> None:
    for text in (plain(HOSTILE), paragraph(HOSTILE)):
        assert text.plain == safe(HOSTILE)
        assert not text.spans


@given(st.text())
def test_nothing_that_steers_a_terminal_passes(text: str) -> None:
    console = Console(width=200, color_system=None, force_terminal=False)
    with console.capture() as captured:
        console.print(paragraph(text), soft_wrap=True, end="")
    for shown in (safe(text), one_line(text), captured.get()):
        assert not [letter for letter in shown if letter != "\n" and unicodedata.category(letter) in ("Cc", "Cs")]
        assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


@pytest.mark.parametrize("value", [None, 12, 3.5, True])
def test_other_values_are_shown_as_text(value: object) -> None:
    assert safe(value) == str(value)
