"""The right editor for a field."""

from __future__ import annotations

from textual.widget import Widget

from kyoju_tui.records.description import Described
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.forms.candidates import candidates
from kyoju_tui.ui.forms.editors.choice import ChoiceEditor, Option
from kyoju_tui.ui.forms.editors.line import LineEditor
from kyoju_tui.ui.forms.editors.parts import PartsEditor
from kyoju_tui.ui.forms.editors.reference import ReferenceEditor
from kyoju_tui.ui.forms.editors.text import TextFieldEditor, ValuesEditor
from kyoju_tui.ui.forms.setting import Setting

# So many categories can stand side by side; more are picked from a list.
_IN_SIGHT = 12


def make_editor(field: Described, setting: Setting, value: object | None) -> Widget:
    """An `Editor` for this field, holding this value. A group of fields has no editor of its own (`ValueError`)."""
    match field.widget:
        case "choice" | "flag":
            return ChoiceEditor.of_words(field, value)
        case "reference" if field.many and _few_categories(field, setting.snapshot()):
            offered = candidates(setting.snapshot(), "category", setting.today())
            return ChoiceEditor(
                field,
                [Option(candidate.value, candidate.name) for candidate in offered],
                value,
                name=lambda text: setting.name("category", text),
            )
        case "reference":
            return ReferenceEditor(field, setting, value)
        case "text":
            return TextFieldEditor(field, value)
        case "values":
            return ValuesEditor(field, value)
        case "parts":
            return PartsEditor(field, setting, value)
        case "part":
            raise ValueError(f"{field.name} is a group of fields")
        case _:
            return LineEditor(field, setting, value)


def _few_categories(field: Described, snapshot: Snapshot) -> bool:
    return (
        field.refers is not None
        and field.refers.kind == "category"
        and 0 < len(snapshot.categories_in_use) <= _IN_SIGHT
    )
