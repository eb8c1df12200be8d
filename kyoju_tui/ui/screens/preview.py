"""What will change, told before it is recorded: Ctrl+S carries it out, Esc leaves everything as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button

from kyoju_tui.ui.safe import safe
from kyoju_tui.ui.screens.dialog import Dialog, said
from kyoju_tui.ui.widgets.push_button import PushButton
from kyoju_tui.ui.widgets.story import Sentence, Story
from kyoju_tui.ui.widgets.wrapping import wrap
from kyoju_tui.workspace.saving.planned import REMARK

# The window at its largest, and what of it is frame, title and keys.
_WIDEST: Final = 130
_HIGHEST: Final = 40
_BESIDE: Final = 6
_AROUND: Final = 10
_LEAST: Final = 3


class PreviewScreen(Dialog[bool]):
    """A list of sentences, to be read with the arrows. True where it is to be carried out, None where it was left.

    Remarks (`planned.REMARK`) stand out.
    """

    DEFAULT_CSS = """
    PreviewScreen {
        #dialog { width: 100%; max-width: 130; height: 100%; max-height: 40; }
        &.-short #dialog { height: auto; }
        .keys { height: 1; color: $text-muted; margin: 1 0 0 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "take", show=False, priority=True),
        Binding("down", "read(1)", show=False),
        Binding("up", "read(-1)", show=False),
        Binding("pagedown", "read(10)", show=False),
        Binding("pageup", "read(-10)", show=False),
    ]
    AUTO_FOCUS = ""

    def __init__(self, title: str, lines: Sequence[str], taking: str = "記録する") -> None:
        """`taking` says what Ctrl+S does."""
        super().__init__()
        self.title_ja = title
        self._lines = tuple(lines)
        self._taking = taking

    @property
    def head(self) -> str:
        """How much changes, in one sentence."""
        changes = [line for line in self._lines if not line.startswith(REMARK)]
        return f"{len(changes)}件が変わります。"

    def sentences(self) -> Iterable[Sentence]:
        """The lines as they are shown."""
        return (Sentence(line, "bold" if line.startswith(REMARK) else "") for line in self._lines)

    def compose_dialog(self) -> ComposeResult:
        """How many lines, the lines, the answers."""
        yield said(f"{self.head}まだ何も記録していません。")
        yield Story()
        yield said(f"上下：読む　Ctrl+S：{self._taking}　Esc：やめる", "keys")
        with Horizontal(classes="dialog-buttons"):
            yield PushButton(self._taking, id="take")
            yield PushButton("やめる", id="cancel")

    def on_mount(self) -> None:
        """Show the lines."""
        self.query_one(Story).show(self.sentences())
        # Only what does not fit takes the focus, and that is known once it is laid out.
        self.call_after_refresh(self.query_one(Story).focus)

    def on_resize(self) -> None:
        """A few lines have a window as high as they are."""
        story = self.query_one(Story)
        width = min(self.size.width, _WIDEST) - _BESIDE
        rows = sum(len(wrap(safe(each.text), max(2, width - each.indent))) for each in self.sentences())
        short = rows <= min(self.size.height, _HIGHEST) - _AROUND
        self.set_class(short, "-short")
        story.styles.height = max(rows, _LEAST) if short else "1fr"

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer."""
        self.dismiss(True if event.button.id == "take" else None)

    def action_read(self, by: int) -> None:
        """Move the lines, wherever the focus is."""
        self.query_one(Story).action_read(by)

    def action_take(self) -> None:
        """Carry it out."""
        self.dismiss(True)
