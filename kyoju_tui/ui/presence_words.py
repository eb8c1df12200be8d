"""Who else has something open, in a sentence: kind, short, and without names where the room looks on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from kyoju_tui.records.dates import format_month_day, format_time
from kyoju_tui.workspace.presence.open_records import Present

_NAMED: Final = 2
SOMEBODY: Final = "ほかの人"


def sentence(present: Iterable[Present], me: str, now: datetime, *, names: bool = True) -> str:
    """子育て支援課 担当 さんも開いています（10:32から）; empty where nobody has it open.

    `me` is the name of this session: another session of that name is told apart. `now` has the zone to tell times in.
    """
    since: dict[str, datetime] = {}
    for each in present:
        since[each.who] = min(each.since, since.get(each.who, each.since))
    if not since:
        return ""
    first = f"（{_when(min(since.values()), now)}から）"
    if not names:
        return f"ほかの画面でも開いています{first}"
    mine = since.pop(me, None) if me else None
    own = f"ご自分の名前の別の画面でも開いています（{_when(mine, now)}から）" if mine is not None else ""
    if not since:
        return own
    whose = [person(who) for who in sorted(since, key=lambda who: (not who, since[who]))]
    return "　".join(filter(None, (f"{_people(whose)}も開いています（{_when(min(since.values()), now)}から）", own)))


def at_work(present: Iterable[Present], what: str, me: str, now: datetime, *, names: bool = True) -> str:
    """子育て支援課 担当 さんが「見守り訪問」を開いています（10:32から）; for a list that shows what they have open."""
    found = tuple(present)
    if not found:
        return ""
    since = min(each.since for each in found)
    whose = list(dict.fromkeys("別の画面のご自分" if me and each.who == me else person(each.who) for each in found))
    people = _people(whose) if names else "ほかの画面"
    return f"{people}{'が' if names else 'で'}「{what}」を開いています（{_when(since, now)}から）"


def person(who: str) -> str:
    """高齢福祉課 担当 さん; in general words where there is no name."""
    return f"{who} さん" if who else SOMEBODY


def _people(whose: list[str]) -> str:
    return "と".join(whose) if len(whose) <= _NAMED else f"{whose[0]}ほか{len(whose) - 1}人"


def _when(at: datetime, now: datetime) -> str:
    here = at.astimezone(now.tzinfo)
    day = "" if here.date() == now.date() else f"{format_month_day(here.date())} "
    return f"{day}{format_time(here.time())}"
