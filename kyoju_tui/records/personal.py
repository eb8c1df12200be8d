"""Telephone numbers and mail addresses in texts, where none ought to be (docs/security.md).

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
