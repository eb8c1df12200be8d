"""A document that was made from the records: read before it leaves, then written where somebody says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import Final

from textual.widget import Widget

from kyoju_tui.files.output import replace
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.widgets.story import Sentence, Story

_ESCAPED: Final = re.compile(r"\\(.)")


class PaperScreen(KyojuScreen):
    """A Markdown document as text. Nothing is written before a place was named."""

    COMMANDS = ("home.write", "back")
    AUTO_FOCUS = "Story"
    DEFAULT_CSS = """
    PaperScreen Story, PaperScreen Story:focus { height: 1fr; background: $background; }
    """

    def __init__(self, title: str, text: str, name: str) -> None:
        """`name` is the file that is proposed, in the folder in which the program was started."""
        super().__init__()
        self.title_ja = title
        self._text = text
        self._name = name

    def compose_body(self) -> Iterable[Widget]:
        """The text."""
        yield Story()

    def on_mount(self) -> None:
        """Show it; the arrows read on as soon as its size is known."""
        story = self.query_one(Story)
        story.show(_readable(self._text))
        self.call_after_refresh(story.focus)

    @property
    def title_detail(self) -> str:
        """That it is only looked at so far."""
        return "まだ書き出していません（Ctrl+E で書き出します）"

    def action_write(self) -> None:
        """Ask where to, and write."""
        self.run_worker(self._write())

    async def _write(self) -> None:
        question = AskScreen(
            f"{self.title_ja}を書き出すファイル",
            "文書は、あとから文書作成ソフトなどで直せます。",
            value=str(self.kyoju.start_folder / self._name),
            check=self._fault,
            take="書き出す",
        )
        answer = await self.kyoju.push_screen_wait(question)
        if answer is None:
            return
        path = self._path(answer)
        if path.exists() and not await self.kyoju.push_screen_wait(
            ConfirmScreen(
                f"「{path.name}」はもうあります。置き換えますか。",
                f"{path}\n\nいまの内容は失われます。",
                yes="置き換える",
                no="やめる",
            )
        ):
            return
        try:
            replace(path, self._text.encode())
        except KyojuError as error:
            self.kyoju.tell(error)
            return
        self.kyoju.notify(f"書き出しました。\n{path}", timeout=10)

    def _path(self, answer: str) -> Path:
        """The file that a person names; without a folder it is in the one of the start."""
        return (self.kyoju.start_folder / Path(answer).expanduser()).resolve()

    def _fault(self, answer: str) -> str:
        try:
            path = self._path(answer)
            if path.is_dir():
                return "フォルダーです。ファイルの名前まで入れてください。"
            return "" if path.parent.is_dir() else f"フォルダー「{path.parent}」がありません。"
        except (OSError, RuntimeError, ValueError):
            return "この名前は使えません。"


def _readable(text: str) -> Iterator[Sentence]:
    """The lines without what only Markdown needs: headings stand out, tables keep their bars."""
    below_heading = False
    for line in text.splitlines():
        shown = unescape(_ESCAPED.sub(r"\1", line))
        if line.startswith("#"):
            yield Sentence(shown.lstrip("#").strip(), "bold")
        elif line.startswith("- "):
            yield Sentence(f"・{shown[2:]}")
        elif (not line and not below_heading) or not set(line) <= {"|", "-", " "}:
            yield Sentence(shown.replace("<br>", " "))
        below_heading = line.startswith("#")
