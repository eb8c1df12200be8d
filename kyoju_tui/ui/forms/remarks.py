"""What a form says under a field that is no fault: names and numbers that should not stand there, and prompts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from kyoju_tui.records.base import Part
from kyoju_tui.records.description import Described
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.personal import has_mail, has_phone

# Official contact fields: an extension or a section's number belongs there.
_CONTACT_FIELDS: Final = frozenset({"extension", "contact", "document", "sender", "addressee", "via", "sha256", "file"})
# 皆さん, お子さん … name nobody; 氏名 and 氏神 are words of their own.
_SAN: Final = re.compile(
    r"(?<![皆みな客子母父兄姉嫁隣])(?<!お)(?P<found>[一-龠々ァ-ヴー]{1,6}(?:さん|様))(?!格|式|子|々|な)"
)
_EVERYBODY: Final = re.compile(r"^(?:皆|各|お?客|お?子|患者|利用者|学生|住民|市民|町民|村民|業者)(?:さん|様)$")
_SHI: Final = re.compile(r"(?P<found>[一-龠々]{1,6}氏)(?![名神子])")
_CHAIR: Final = re.compile(r"(?P<found>(?:副|前|元)?会長)")


def caution(field: Described, text: str) -> str:
    """A warning where free text looks as if it named a person or held a number to call; else the empty string.

    A role in a named group can already identify a person (handbook 3-2); it is a hint, and nothing is refused.
    """
    if field.widget not in ("line", "text", "values") or field.name in _CONTACT_FIELDS or not text:
        return ""
    plain = unicodedata.normalize("NFKC", text)
    if match := next((m for m in _SAN.finditer(plain) if not _EVERYBODY.match(m["found"])), None):
        return f"「{match['found']}」は個人が分かる書き方かもしれません。氏名は書かず、窓口課や役割で表してください。"
    if match := _SHI.search(plain) or _CHAIR.search(plain):
        return f"「{match['found']}」は個人が分かる書き方かもしれません。氏名は書かず、窓口課や役割で表してください。"
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
