"""Telephone numbers, mail addresses and words that name somebody, in texts where none ought to be (docs/security.md).

A hint, made for few false alarms: a number counts by its groups of digits as Japanese numbering has them, so dates,
postal codes, document numbers and amounts do not.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_DASHES: Final = re.compile(r"(?<=[0-9)])[‐‑‒–—―−ー](?=[0-9(])")
_LABEL: Final = re.compile(r"(TEL|FAX)(?=[0-9(])", re.IGNORECASE)
_GROUPS: Final = re.compile(
    r"(?<![0-9A-Za-z_.\-/(])(?:\((0[0-9]{1,4})\)-?|(0[0-9]{1,4})[-(])([0-9]{1,4})[-)]([0-9]{3,4})(?![0-9A-Za-z_\-])"
)
# Digits in each group: area code, exchange, subscriber; free numbers; mobiles.
_SHAPES: Final = frozenset({(2, 4, 4), (3, 3, 4), (4, 2, 4), (5, 1, 4), (4, 3, 3), (4, 3, 4), (3, 4, 4)})
_MOBILE: Final = re.compile(r"(?<![0-9A-Za-z\-])0[5789]0[0-9]{8}(?![0-9\-])")
_ABROAD: Final = re.compile(r"(?<![0-9A-Za-z])\+81[- ]?[0-9]{1,4}[- ]?[0-9]{1,4}[- ]?[0-9]{4}(?![0-9])")
# After a word for telephone, shorter and unseparated numbers count too.
_NAMED: Final = re.compile(
    r"(?:電話|携帯|TEL|FAX|☎|📞)(?:番号)?[ :.は]{0,3}(?:\(?0[0-9]{9,10}|[0-9]{2,4}-[0-9]{4})(?![0-9\-])", re.IGNORECASE
)
_MAIL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}")

# 皆さん, お子さん … name nobody; 氏名 and 氏神 are words of their own.
_SAN: Final = re.compile(
    r"(?<![皆みな客子母父兄姉嫁隣])(?<!お)(?P<found>[一-龠々ァ-ヴー]{1,6}(?:さん|様))(?!格|式|子|々|な)"
)
_EVERYBODY: Final = re.compile(r"^(?:皆|各|お?客|お?子|患者|利用者|学生|住民|市民|町民|村民|業者)(?:さん|様)$")
_SHI: Final = re.compile(r"(?P<found>[一-龠々]{1,6}氏)(?![名神子])")
_CHAIR: Final = re.compile(r"(?P<found>(?:副|前|元)?会長)")
# What a question asks for, at its end, before 「を教えてください」 and the like; the name of a group is nobody's.
_ASKED: Final = re.compile(
    r"(?:氏名|(?<!団体の)(?<!会の)(?<!店の)お名前|(?:者|方|人|長|員)の名前|ふりがな|フリガナ|メール(?:アドレス)?"
    r"|(?:電話|携帯|FAX)(?:番号)?|連絡先|生年月日|(?:ご|ご自宅の|自宅の|お住まいの)住所)"
    r"(?:等|など)?(?:を|は)?(?:お?(?:教え|聞かせ|書き|知らせ|示し)|ご?(?:記入|入力|回答|記載))?"
    r"(?:て|願い|お願い|し)?(?:ください|下さい|いただけますか|願います|お願いします|します)?[。.?!\s]*$",
    re.IGNORECASE,
)
_BESIDE: Final = re.compile(r"\s*\([^()]{0,40}\)\s*$")


def named(text: str) -> str:
    """The words of a text that seem to name somebody (a role in a named group can, too); the empty text without."""
    plain = unicodedata.normalize("NFKC", text)
    found = next((each for each in _SAN.finditer(plain) if not _EVERYBODY.match(each["found"])), None)
    found = found or _SHI.search(plain) or _CHAIR.search(plain)
    return "" if found is None else found["found"]


def asks_for_people(question: str) -> bool:
    """Whether a question asks who somebody is or how to reach them: 「代表者のお名前を教えてください（任意）」."""
    plain = _BESIDE.sub("", unicodedata.normalize("NFKC", question)[-300:])
    return _ASKED.search(plain) is not None


def has_phone(text: str) -> bool:
    """Whether a text seems to hold a telephone number."""
    if not any(digit in text for digit in "0０") and "電話" not in text:
        return False
    folded = _LABEL.sub(r"\1 ", _DASHES.sub("-", unicodedata.normalize("NFKC", text)))
    if _MOBILE.search(folded) or _ABROAD.search(folded) or _NAMED.search(folded):
        return True
    for found in _GROUPS.finditer(folded):
        area = found.group(1) or found.group(2)
        shape = (len(area), len(found.group(3)), len(found.group(4)))
        # Three, four and four digits is a mobile or an internet telephone, whose code ends in 0.
        if shape in _SHAPES and (shape != (3, 4, 4) or area.endswith("0")):
            return True
    return False


def has_mail(text: str) -> bool:
    """Whether a text seems to hold a mail address."""
    if "@" not in text and "＠" not in text:
        return False
    return _MAIL.search(unicodedata.normalize("NFKC", text)) is not None
