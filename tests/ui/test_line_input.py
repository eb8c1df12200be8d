from __future__ import annotations

from textual import events
from textual.app import ComposeResult

from kyoju_tui.ui.widgets.line_input import LineInput
from kyoju_tui.ui.widgets.text_editor import TextEditor
from tests.ui.bare_app import BareApp


class Fields(BareApp):
    CSS = "LineInput { width: 20; margin: 1 2; } TextEditor { width: 20; margin: 0 2; }"

    def __init__(self, value: str = "") -> None:
        super().__init__()
        self.value = value
        self.joined: list[int] = []

    def compose(self) -> ComposeResult:
        yield LineInput(self.value)
        yield TextEditor("一行目\n二行目")

    def on_line_input_joined(self, message: LineInput.Joined) -> None:
        self.joined.append(message.lines)


async def test_the_first_key_adds_to_the_text() -> None:
    app = Fields("さくら")
    async with app.run_test() as pilot:
        line = app.query_one(LineInput)
        line.focus()
        await pilot.press("市")
        assert line.value == "さくら市"


async def test_pasted_lines_are_joined_and_told() -> None:
    app = Fields("前")
    async with app.run_test() as pilot:
        line = app.query_one(LineInput)
        line.focus()
        line.post_message(events.Paste("  一行目\r\n\n二行目\t終\n"))
        await pilot.pause()
        assert line.value == "前一行目 二行目 終"
        line.post_message(events.Paste("末"))
        await pilot.pause()
        assert line.value == "前一行目 二行目 終末"
        assert app.joined == [2]


async def test_empty_paste_changes_nothing() -> None:
    app = Fields("前")
    async with app.run_test() as pilot:
        line = app.query_one(LineInput)
        line.focus()
        line.post_message(events.Paste("\n\n"))
        await pilot.pause()
        assert line.value == "前"


async def test_the_reported_place_is_the_next_character_s() -> None:
    app = Fields("課a")
    async with app.run_test() as pilot:
        line = app.query_one(LineInput)
        line.focus()
        await pilot.pause()
        left = line.content_region.x
        assert line.cursor_screen_offset.x == left + 3
        await pilot.press("left")
        assert line.cursor_screen_offset.x == left + 2
        await pilot.press("home")
        assert line.cursor_screen_offset.x == left
        await pilot.press("end", *("市" * 20))
        await pilot.pause()
        assert line.cursor_screen_offset.x <= line.content_region.right


async def test_ctrl_z_takes_back_typing_in_the_line_only() -> None:
    app = Fields("さくら")
    async with app.run_test() as pilot:
        line = app.query_one(LineInput)
        line.focus()
        await pilot.press("市", "ctrl+u", "ctrl+z")
        assert line.value == "さくら市"
        await pilot.press("ctrl+z", "ctrl+z", "ctrl+z")
        assert line.value == "さくら"


async def test_tab_leaves_the_editor_and_function_keys_of_the_ime_do_nothing() -> None:
    app = Fields()
    async with app.run_test() as pilot:
        editor = app.query_one(TextEditor)
        editor.focus()
        await pilot.press("f6", "f7")
        assert editor.selection.is_empty
        await pilot.press("tab")
        assert app.focused is app.query_one(LineInput)
        assert editor.text == "一行目\n二行目"
