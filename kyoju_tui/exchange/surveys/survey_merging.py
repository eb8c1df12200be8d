"""One answer in its versions: as the form was filled in, as earlier forms changed it, as it is now, as it came back."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from kyoju_tui.exchange.bringing import Outcome
from kyoju_tui.exchange.inquiries.answer_values import shorten, tidy
from kyoju_tui.records.merge import Conflicts, merge
from kyoju_tui.records.survey import Answer

_TOOK_BACK: Final = (
    "前に届いた回答で変わった質問が、このファイルでは様式を出したときのままです。どちらが正しいか確かめてください。"
)
_NOT_KNOWN: Final = "様式を出したときの内容が残っていないため、どちらが新しいか決められません。"


@dataclass(frozen=True, slots=True)
class Versions:
    """Texts of one answer; the empty text where there is none.

    `sent` is what the form showed (None: not known), `earlier` what the last form that changed it made of it.
    """

    sent: str | None
    now: str
    earlier: str | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What becomes of an answer: `text` is what it is to be."""

    outcome: Outcome
    text: str
    why: str = ""


def decide(versions: Versions, came: str) -> Decided:
    """What the answer that came back does to the one that is there. Nothing that changed on both sides is guessed."""
    now, sent, earlier = versions.now, versions.sent, versions.earlier
    if same(came, now):
        return Decided("同じ", now)
    if sent is not None and same(came, sent):
        if earlier is not None and not same(earlier, came) and same(earlier, now):
            return Decided("食い違い", now, _TOOK_BACK)
        return Decided("同じ", now)
    if earlier is not None and same(came, earlier):
        # Said before, and put right here since.
        return Decided("同じ", now)
    if sent is None and now:
        return Decided("食い違い", now, _NOT_KNOWN)
    base = earlier if earlier is not None else sent or ""
    merged = merge(_table(base), _table(now), _table(came), Answer)
    if isinstance(merged, Conflicts):
        why = f"様式を出したときは「{shorten(base) or '（空）'}」でした。そのあと、こちらでも変わっています。"
        return Decided("食い違い", now, f"{why}取り込まないので、どちらにするか決めて画面で直してください。")
    text = str((merged.plain or {}).get("text") or "")
    outcome: Outcome = "追加" if not now else "消去" if not text else "変更"
    return Decided(outcome, text, "" if same(text, came) else "様式を出したあとの変更と合わせました。")


def same(left: str, right: str) -> bool:
    """Whether two texts say the same: white space at the ends of lines does not count."""
    return unicodedata.normalize("NFC", tidy(left)) == unicodedata.normalize("NFC", tidy(right))


def _table(text: str) -> dict[str, object]:
    return {"text": text} if text else {}
