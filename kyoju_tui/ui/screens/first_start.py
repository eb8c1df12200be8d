"""No store yet: three questions and a store, or the sample."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from kyoju_tui.records.errors import KyojuError, NoIdentity
from kyoju_tui.ui.app_of import kyoju
from kyoju_tui.ui.safe import plain
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.dialog import said
from kyoju_tui.ui.widgets.footer import CommandLine
from kyoju_tui.ui.widgets.line_input import LineInput
from kyoju_tui.ui.widgets.push_button import PushButton
from kyoju_tui.ui.widgets.reading import Reading
from kyoju_tui.ui.widgets.title_line import TitleLine
from kyoju_tui.ui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp

# What stands before the names of the categories of each preset; the names come from the presets themselves.
_PRESET_LABELS = {
    "handbook-7": "7分野",
    "handbook-5": "5分野",
    "danchi-9": "9分野（団地再生）",
}
FOLDER = "kyoju"
_LINE = 72  # cells of a line that fits 80 columns together with what stands beside it


class FirstStartScreen(Screen[None]):
    """Asks for 市町村名, カテゴリーの型, 保存する場所 and makes the store; or makes the sample. Opens either."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "make", show=False)]

    DEFAULT_CSS = """
    FirstStartScreen {
        #body { height: 1fr; padding: 0 2; scrollbar-size-vertical: 1; }
        .question { height: 1; margin: 1 0 0 0; text-style: bold; }
        #preset {
            height: auto;
            border: none;
            padding: 0;
            background: $surface;
            &:focus { border: none; background-tint: transparent; }
            & > .option-list--option-highlighted { background: $panel; color: $foreground; text-style: bold; }
            &:ansi > .option-list--option-highlighted { text-style: bold underline; }
            &:focus > .option-list--option-highlighted {
                background: $cursor-background;
                color: $cursor-foreground;
                text-style: bold;
            }
        }
        #buttons { height: 1; margin: 1 0; }
        #fault { height: auto; color: $text-error; text-style: bold; }
    }
    """

    def compose(self) -> ComposeResult:
        """Welcome, three questions, two buttons."""
        yield TitleLine()
        with VerticalScroll(id="body", can_focus=False):
            yield said(
                "このフォルダーには、まだ保管場所がありません。\n"
                "3つの質問に答えると始められます。見本の市で試すこともできます。"
            )
            yield Static(plain("1　市町村名"), classes="question")
            yield LineInput(placeholder="例：さくら市", id="municipality")
            yield Static(plain("2　カテゴリーの型（あとから追加・変更できます。上下で選びます）"), classes="question")
            yield OptionList(*_presets(), id="preset", markup=False)
            yield Static(plain("3　保存する場所（新しいフォルダー）"), classes="question")
            yield LineInput(str(self._kyoju.start_folder / FOLDER), id="place")
            with Horizontal(id="buttons"):
                yield PushButton("この内容で始める（Ctrl+S）", id="make")
                yield PushButton("見本で試す", id="sample")
            yield Reading(id="fault")
        yield CommandLine()

    def on_mount(self) -> None:
        """Say what this is."""
        self.query_one(TitleLine).show("はじめに")

    def on_input_submitted(self) -> None:
        """Enter goes to the next question."""
        self.focus_next()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter goes to the next question."""
        event.stop()
        self.focus_next()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Make what was asked for."""
        if event.button.id == "make":
            self.action_make()
        else:
            self._begin("見本を用意しています。")
            self.run_worker(self._make(self._sample), exclusive=True)

    def action_make(self) -> None:
        """Make the store that the answers describe."""
        if not self.query_one("#municipality", LineInput).value.strip():
            self._fault("市町村名を入れてください。")
            self.query_one("#municipality").focus()
            return
        self._begin("保管場所を作っています。")
        self.run_worker(self._make(self._new), exclusive=True)

    @property
    def _kyoju(self) -> KyojuApp:
        return kyoju(self)

    def _begin(self, text: str) -> None:
        self._fault(text)
        for button in self.query(Button):
            button.disabled = True

    def _fault(self, text: str) -> None:
        self.query_one("#fault", Reading).update(text)

    async def _make(self, make: Callable[[str | None], Path]) -> None:
        """Make a store off the screen's thread and open it; whoever is not known is asked for once."""
        author: str | None = self._kyoju.explicit_author
        while True:
            try:
                path = await asyncio.to_thread(make, author)
                self._kyoju.open_store(path, author)
            except NoIdentity:
                author = await self._kyoju.push_screen_wait(
                    AskScreen(
                        "だれの記録として残しますか。",
                        "氏名 <メールアドレス> の形で入れてください。",
                        placeholder="住宅課 担当 <jutaku@city.example.jp>",
                    )
                )
                if author is not None:
                    continue
                self._fault("だれの記録か分からないため、まだ何も作っていません。")
            except KyojuError as error:
                self._fault("\n".join(filter(None, (error.message, error.cure))))
            break
        for button in self.query(Button):
            button.disabled = False

    def _new(self, author: str | None) -> Path:
        from kyoju_tui.workspace.new_store.start import init_store

        highlighted = self.query_one(OptionList).highlighted_option
        preset = highlighted.id if highlighted is not None else None
        return init_store(
            Path(self.query_one("#place", LineInput).value.strip()).expanduser(),
            self.query_one("#municipality", LineInput).value.strip(),
            preset,
            author=author,
            environ=self._kyoju.environ,
        )

    def _sample(self, _author: str | None) -> Path:
        from kyoju_tui.workspace.new_store.demo import make_demo

        return make_demo(None, self._kyoju.today())


def _presets() -> list[Option]:
    from kyoju_tui.workspace.new_store.presets import PRESETS

    return [
        Option("\n　　　　".join(wrap(f"{_PRESET_LABELS[name]}：{'、'.join(row[1] for row in rows)}", _LINE)), id=name)
        for name, rows in PRESETS.items()
    ]
