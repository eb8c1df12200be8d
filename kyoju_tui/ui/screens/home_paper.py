"""A document that was made from the records: read before it leaves, then written where somebody says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Final

from textual.widget import Widget

from kyoju_tui.exchange.documents.document import Document
from kyoju_tui.exchange.documents.document_file import DOCUMENT_FORMS, document_file
from kyoju_tui.exchange.documents.document_markdown import document_markdown
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.ui.screens.write_out import write_out
from kyoju_tui.ui.widgets.story import Sentence, Story

_ESCAPED: Final = re.compile(r"\\(.)")


class PaperScreen(KyojuScreen):
    """A document as text. Nothing is written before a place was named."""

    COMMANDS = ("home.write", "back")
    AUTO_FOCUS = "Story"
    DEFAULT_CSS = """
    PaperScreen Story, PaperScreen Story:focus { height: 1fr; background: $background; }
    """

    def __init__(self, title: str, document: Document, name: str) -> None:
        """`name` is the file that is proposed, in the folder in which the program was started."""
        super().__init__()
        self.title_ja = title
        self._document = document
        self._name = name

    def compose_body(self) -> Iterable[Widget]:
        """The text."""
        yield Story()

    def on_mount(self) -> None:
        """Show it; the arrows read on as soon as its size is known."""
        story = self.query_one(Story)
        story.show(_readable(document_markdown(self._document)))
        self.call_after_refresh(story.focus)

    @property
    def title_detail(self) -> str:
        """That it is only looked at so far."""
        return "まだ書き出していません（Ctrl+E で書き出します）"

    def action_write(self) -> None:
        """Ask where to, and write."""
        detail = f"使える形式は {'・'.join(DOCUMENT_FORMS)} です。あとから文書作成ソフトなどで直せます。"
        self.run_worker(
            write_out(
                self,
                f"{self.title_ja}を書き出すファイル",
                detail,
                self._name,
                lambda ending: document_file(self._document, ending),
                DOCUMENT_FORMS,
            )
        )


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
