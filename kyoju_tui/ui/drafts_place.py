"""Where in a form somebody was typing, kept with the draft so that it opens there again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget
from textual.widgets import Input, TextArea

from kyoju_tui.ui.forms.field_row import FieldRow

if TYPE_CHECKING:
    from kyoju_tui.ui.forms.record_form import RecordForm
    from kyoju_tui.workspace.drafts.kept import Draft


def place_of(focused: Widget | None) -> tuple[str, tuple[int, int] | None]:
    """The field that has the focus, dotted ("" where it is none), and line and column in what is typed into it."""
    rows = [] if focused is None else [node for node in focused.ancestors if isinstance(node, FieldRow)]
    if not rows:
        return "", None
    place = ".".join(rows[-1].path)
    if isinstance(focused, TextArea):
        return place, focused.cursor_location
    return place, (0, focused.cursor_position) if isinstance(focused, Input) else None


async def go_on_in(form: RecordForm, draft: Draft) -> None:
    """Go where the draft was typed, as far as the form still has such a place."""
    await form.begin_in(draft.place)
    row = next((row for row in form.query(FieldRow) if ".".join(row.path) == draft.place), None)
    if row is not None and draft.cursor is not None:
        move_cursor(row.editor_widget, draft.cursor)


def move_cursor(editor: Widget, cursor: tuple[int, int]) -> None:
    """Put the cursor of an editor at line and column, or as near to it as its text allows."""
    line, column = max(cursor[0], 0), max(cursor[1], 0)
    if isinstance(editor, TextArea):
        line = min(line, editor.document.line_count - 1)
        editor.move_cursor((line, min(column, len(editor.document.get_line(line)))))
    elif isinstance(editor, Input):
        editor.cursor_position = min(column, len(editor.value))
