"""What a form says under a field that is no fault: names and numbers that should not stand there, and prompts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kyoju_tui.records.base import Part
from kyoju_tui.records.description import Described
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.personal import has_mail, has_phone, named

# Official contact fields: an extension or a section's number belongs there.
_CONTACT_FIELDS: Final = frozenset({"extension", "contact", "document", "sender", "addressee", "via", "sha256", "file"})


def caution(field: Described, text: str) -> str:
    """A warning where free text looks as if it named a person or held a number to call; else the empty string.

    A role in a named group can already identify a person (handbook 3-2); it is a hint, and nothing is refused.
    """
    if field.widget not in ("line", "text", "values") or field.name in _CONTACT_FIELDS or not text:
        return ""
    if found := named(text):
        return f"「{found}」は個人が分かる書き方かもしれません。氏名は書かず、窓口課や役割で表してください。"
    if has_phone(text):
        return "電話番号のようです。連絡先は書かず、名簿を持つ窓口課を示してください。"
    if has_mail(text):
        return "メールアドレスのようです。連絡先は書かず、名簿を持つ窓口課を示してください。"
    return ""


def prompt(model: type[Part], field: Described, values: Mapping[str, object]) -> str:
    """A question that helps to fill a field in; the empty string where there is none.

    Departments are asked for the difficulties of their work, not for results alone (handbook 1-3(1)).
    """
    if model is Entry and field.name == "difficulties" and values.get("results") and not values.get("difficulties"):
        return "実績があります。進めるうえで困っていることも書いてください（空のままでも記録できます）。"
    return ""
