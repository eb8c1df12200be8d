"""Two people changed the same: what stood there, what I typed, what they recorded, and whose is to stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from kyoju_tui.records.merge import Conflict
from kyoju_tui.records.wording import NOTHING, Namer, shown
from kyoju_tui.ui.forms.editors.choice import ChoiceEditor, Option
from kyoju_tui.ui.forms.field_row import FieldRow
from kyoju_tui.ui.forms.own_field import own_field
from kyoju_tui.ui.screens.dialog import Dialog, said

MINE, THEIRS = "mine", "theirs"
_LONGEST = 400


class ClashScreen(Dialog[dict[str, object]]):
    """Gives the value that is to stand by dotted field, or None where somebody goes back to the form."""

    DEFAULT_CSS = """
    ClashScreen {
        #dialog { width: 100; }
        VerticalScroll { height: auto; max-height: 70vh; }
        .versions { height: auto; margin: 1 0 0 0; padding: 0 1; }
        .keys { height: 1; color: $text-muted; margin: 1 0 0 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "decide", "決定", show=False, priority=True)]
    AUTO_FOCUS = "ChoiceEditor"
    title_ja = "ほかの人が同じ項目を変更していました。入力した内容は残っています。"

    def __init__(self, conflicts: Sequence[Conflict], name: Namer) -> None:
        super().__init__()
        self._conflicts = tuple(conflicts)
        self._namer = name

    def compose_dialog(self) -> ComposeResult:
        """Each field with its three versions and the choice."""
        with VerticalScroll(can_focus=False):
            for number, conflict in enumerate(self._conflicts):
                yield said(
                    "\n".join(
                        f"{word}：{_version(conflict, value, self._namer)}"
                        for word, value in (
                            ("もとの記録", conflict.base),
                            ("自分の入力", conflict.ours),
                            ("ほかの人の記録", conflict.theirs),
                        )
                    ),
                    "versions",
                )
                field = own_field(f"conflict-{number}", conflict.label or "記録の有無", choices=(MINE, THEIRS))
                options = (Option(MINE, "自分の入力"), Option(THEIRS, "ほかの人の記録"))
                yield FieldRow((field.name,), ChoiceEditor(field, options, MINE), required=False)
        yield said("左右：選ぶ　上下：次の項目　Ctrl+S：この内容で記録　Esc：入力に戻る", "keys")

    def action_decide(self) -> None:
        """Give the choices."""
        chosen: dict[str, object] = {}
        for conflict, row in zip(self._conflicts, self.query(FieldRow), strict=True):
            chosen[conflict.field] = conflict.ours if row.editor.read() == MINE else conflict.theirs
        self.dismiss(chosen)


def _version(conflict: Conflict, value: object | None, name: Namer) -> str:
    if value is None:
        return NOTHING
    if not conflict.field:
        return "あり"
    text = str(value) if isinstance(value, str) and conflict.about is None else shown(value, conflict.about, name)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}（以下略）"
