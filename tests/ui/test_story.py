"""Paragraphs in a box: what does not fit is said, keys reach it, only lines that differ are drawn again."""

from __future__ import annotations

import pytest
from textual.app import ComposeResult
from textual.geometry import Region

from kyoju_tui.ui.widgets.story import Sentence, Story
from tests.ui.bare_app import BareApp
from tests.ui.screen_text import screen_text

LONG = [Sentence(f"{number}番目の文です。") for number in range(1, 21)]


class StoryApp(BareApp):
    """A box of six lines, and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.story = Story()

    def compose(self) -> ComposeResult:
        """The box."""
        yield self.story


async def test_what_fits_is_shown_whole_and_takes_no_focus() -> None:
    app = StoryApp()
    async with app.run_test(size=(40, 12)) as pilot:
        app.story.show([Sentence("題", "bold"), Sentence("文", "", 2)])
        await pilot.pause()
        assert screen_text(app).split("\n")[:3] == [" 題", "   文", ""]
        assert not app.story.allow_focus()


async def test_what_does_not_fit_is_counted_and_reached_by_keys() -> None:
    app = StoryApp()
    async with app.run_test(size=(40, 12)) as pilot:
        app.story.show(LONG)
        await pilot.pause()
        lines = screen_text(app).split("\n")
        assert lines[4:6] == [" 5番目の文です。", " ほか15行（Tabで移ると読めます）"]
        await pilot.press("tab", "down", "end")
        await pilot.pause()
        assert screen_text(app).split("\n")[5] == " 20番目の文です。"
        await pilot.press("home")
        await pilot.pause()
        assert screen_text(app).split("\n")[0] == " 1番目の文です。"
        assert "ほか15行（下矢印で読めます）" in screen_text(app)


async def test_only_lines_that_differ_are_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    app = StoryApp()
    async with app.run_test(size=(40, 12)) as pilot:
        app.story.show([Sentence("同じ行"), Sentence("前の行"), Sentence("同じ行")])
        await pilot.pause()
        drawn: list[Region] = []

        def refresh(*regions: Region) -> None:
            drawn.extend(regions)

        monkeypatch.setattr(app.story, "refresh", refresh)
        app.story.show([Sentence("同じ行"), Sentence("後の長い行"), Sentence("同じ行")])
        assert drawn == [Region(0, 1, 10, 1)]
