"""How far an initiative is and when it began, as the words beside it say: （検討中）, 予定, 廃止, H30～, R5～R8."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from kyoju_tui.records.dates import Period, format_date, parse_period
from kyoju_tui.records.entry import Status
from kyoju_tui.records.errors import InvalidValue

_PLANNED: Final = r"検討|予定|計画中|準備中|調整中|構想"
_ENDED: Final = r"終了|廃止|完了|休止|中止"
_GOING: Final = r"実施中|取組中|継続|運用中"
# In brackets anywhere, or at the end of the first sentence.
_BRACKETS: Final = re.compile(
    rf"[（(【［\[]([^（(【［\[）)】］\]]*?(?:(?P<ended>{_ENDED}|済み?$|済み?(?=[）)】］\]]))|(?P<planned>{_PLANNED})|(?P<going>{_GOING}))"
    r"[^（(【［\[）)】］\]]*)[）)】］\]]"
)
_END: Final = re.compile(
    rf"(?:(?P<ended>(?:{_ENDED})(?:済み?|した|しました|している|予定)?|実施済み?)|(?P<planned>検討(?:中|している|する|を行う|予定)?|"
    r"(?:実施|開始|導入|開設|設置|整備)?予定|計画中|準備中|調整中)|(?P<going>実施中|取組中|継続中?))[。．]?$"
)
_WORDS: Final[dict[str, Status]] = {
    **dict.fromkeys(("検討", "検討中", "検討予定", "計画", "計画中", "予定", "準備中", "調整中"), "検討中"),
    **dict.fromkeys(("構想", "実施予定", "未実施"), "検討中"),
    **dict.fromkeys(("取組", "取組中", "実施", "実施中", "継続", "継続中", "新規", "拡充", "運用中", "縮小"), "取組中"),
    **dict.fromkeys(("終了", "廃止", "完了", "済", "実施済", "休止", "中止"), "終了"),
    "必要": "必要",
}  # fmt: skip
_ERA: Final = (
    r"(?:明治|大正|昭和|平成|令和|[MTSHRＭＴＳＨＲmtshr]|[㍻㋿㍼])[.．]?[ 　]?(?:[0-9０-９]{1,2}|元)|(?:19|20)[0-9]{2}"
)
_MOMENT: Final = (
    rf"(?:{_ERA})(?:年度?|[./．・][0-9０-９]{{1,2}}(?:[./．・][0-9０-９]{{1,2}})?)?(?:[0-9０-９]{{1,2}}月)?"
)
_SPAN: Final = re.compile(
    rf"(?P<from>{_MOMENT})[ 　]*(?:[～~〜\-－–—―]|から)[ 　]*(?P<to>{_MOMENT})?|[～~〜][ 　]*(?P<only_to>{_MOMENT})"
    rf"|(?P<begun>{_MOMENT})[ 　]*(?:より|以降|に?開始|に?開設|に?設置)"
)


@dataclass(frozen=True, slots=True)
class Told:
    """What the words of an initiative tell; `why` has a sentence for each."""

    status: Status | None = None
    since: date | None = None
    until: date | None = None
    why: tuple[str, ...] = ()


def told_by(text: str, today: date) -> Told:
    """What the words of a text tell of an initiative."""
    status, word = _status(text)
    why = [f"「{word}」とあるため、状況を{status}としました。"] if status is not None and status != word else []
    since = until = None
    for found in _SPAN.finditer(text):
        since = _day(found["from"] or found["begun"], today, first=True)
        until = _day(found["to"] or found["only_to"], today, first=False)
        if since is not None and until is not None and until < since:
            since = until = None
        if since is None and until is None:
            continue
        days = "、".join(
            filter(
                None,
                (
                    f"開始を{format_date(since, weekday=False)}" if since else "",
                    f"終了予定を{format_date(until, weekday=False)}" if until else "",
                ),
            )
        )
        why.append(f"「{found[0].strip()}」から、{days}としました。")
        break
    return Told(status, since, until, tuple(why))


def status_named(text: str) -> Status | None:
    """The status that a cell of its own says, such as 検討中, 実施, 廃止; None for other words."""
    bare = "".join(text.split()).strip("（）()。")
    return _WORDS.get(bare) or _WORDS.get(bare.removesuffix("み"))


def span_of(text: str, today: date) -> tuple[date | None, date | None] | None:
    """The first and the last day that a cell of its own tells: H30～, R5～R8, 平成30年度; None where it tells none.

    A year alone tells when something began, and no end.
    """
    bare = text.strip()
    found = _SPAN.search(bare)
    if found is not None:
        first = _day(found["from"] or found["begun"], today, first=True)
        last = _day(found["to"] or found["only_to"], today, first=False)
        if (first is None and last is None) or (first is not None and last is not None and last < first):
            return None
        return first, last
    alone = re.fullmatch(rf"({_MOMENT})", bare)
    period = _period(bare, today) if alone is not None else None
    return None if period is None else (period.first, None)


def _status(text: str) -> tuple[Status | None, str]:
    first = text.partition("\n")[0].partition("。")[0].strip()
    bracket = _BRACKETS.search(text)
    if bracket is not None:
        return _of(bracket), bracket[1]
    end = _END.search(first)
    return (_of(end), end[0]) if end is not None else (None, "")


def _of(found: re.Match[str]) -> Status:
    return "終了" if found["ended"] else "検討中" if found["planned"] else "取組中"


def _day(text: str | None, today: date, *, first: bool) -> date | None:
    if not text:
        return None
    period = _period(text, today)
    return None if period is None else period.first if first else period.last


def _period(text: str, today: date) -> Period | None:
    """H30 stands for the fiscal year, as it does wherever offices list their work."""
    years = re.fullmatch(rf"(?:{_ERA})年?", text.strip())
    for written in (f"{text.strip().removesuffix('年')}年度", text) if years else (text,):
        try:
            return parse_period(written, today=today)
        except InvalidValue:
            continue
    return None
