"""What the columns of a table count, as far as their heads say so beyond doubt: people, ages, households."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

from kyoju_tui.exchange.statistics.cells import folded
from kyoju_tui.exchange.statistics.layout import ValueColumn

Concept: TypeAlias = Literal[
    "人口", "15歳未満", "15〜64歳", "65歳以上", "75歳以上", "年齢不詳", "世帯数", "一般世帯数", "高齢単身世帯",
    "子どものいる世帯", "人口の増減",
]  # fmt: skip

_WHOLE: Final = r"(?:年齢(?:3区分)?別)?(?:人口)?(?:の)?(?:総数|総計|男女計|計)?[_/・(]*"
_END: Final = r"(?:の)?(?:人口|人数|者数|者)?[)]?(?:[(]?総数[)]?)?"
_PATTERNS: Final[tuple[tuple[Concept, re.Pattern[str]], ...]] = (
    (
        "人口",
        re.compile(
            r"(?:住民基本台帳|総|常住)?人口(?:[_/・(]?(?:総数|総計|男女計|合計|計)[)]?)?|人口総数|総数[、,(]?年齢[「]?不詳[」]?(?:を)?含む[)]?|総人口"
        ),
    ),
    (
        "15歳未満",
        re.compile(
            _WHOLE + r"(?:年少人口|(?:年少人口[(]?)?(?:0[~〜-])?(?:15歳未満|14歳以下|(?:0[~〜-])14歳)" + _END + ")"
        ),
    ),
    ("15〜64歳", re.compile(_WHOLE + r"(?:生産年齢人口|(?:生産年齢人口[(]?)?15(?:歳)?[~〜-]64歳" + _END + ")")),
    ("65歳以上", re.compile(_WHOLE + r"(?:老年人口|(?:(?:老年|高齢者)人口[(]?)?65歳以上" + _END + ")")),
    ("75歳以上", re.compile(_WHOLE + r"(?:後期高齢者人口[(]?)?75歳以上" + _END)),
    ("年齢不詳", re.compile(_WHOLE + r"年齢[「]?不詳[」]?" + _END)),
    ("世帯数", re.compile(r"(?:総)?世帯(?:数|総数)?(?:[(]総数[)])?")),
    ("一般世帯数", re.compile(r"一般世帯(?:数|総数)?")),
    (
        "高齢単身世帯",
        re.compile(
            r"(?:高齢(?:者)?(?:単身|単独|独居)世帯|65歳以上(?:の)?(?:単身|単独|高齢単身)世帯|高齢単身者世帯)(?:数)?"
        ),
    ),
    (
        "子どものいる世帯",
        re.compile(
            r"(?:子ども|子供|こども|(?:18|15|6)歳未満(?:の)?(?:世帯員|者|親族|子ども)?)のいる(?:一般)?世帯(?:数)?"
        ),
    ),
    ("人口の増減", re.compile(r"人口(?:の)?増減(?:数)?|(?:.*増減の人口)")),
)


# Thousands of people are not taken for people.
_UNITS: Final = frozenset({"", "人", "世帯"})


def concepts(columns: Sequence[ValueColumn]) -> Mapping[Concept, int]:
    """The place of the column for each concept; a concept that two columns could be is left out.

    So is a column whose unit is none of people or households as such.
    """
    found: dict[Concept, list[int]] = {}
    for number, column in enumerate(columns):
        if folded(column.unit) not in _UNITS:
            continue
        name = folded(column.indicator).replace(" ", "").replace("～", "~")
        for concept, pattern in _PATTERNS:
            if pattern.fullmatch(name):
                found.setdefault(concept, []).append(number)
    return {concept: places[0] for concept, places in found.items() if len(places) == 1}
