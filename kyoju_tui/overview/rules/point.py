"""What a rule raises, and the table of all rules (handbook 1-2(2), docs/format.md)."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from kyoju_tui.records.finding import VERDICTS, RuleName
from kyoju_tui.records.ids import Ref

PointKind = Literal["論点", "確認事項"]


class Rule(NamedTuple):
    """A rule: what staff call it, whether meetings settle it or it closes itself, and its place in lists."""

    name: str
    kind: PointKind
    place: int
    verdicts: tuple[str, ...]


class Point(NamedTuple):
    """Something raised: by which rule, about which records, why, and what would settle it.

    The subjects of each rule, from which its key is made:

    no-initiative, planned-only, no-data   the category
    open-issue                             the issue
    alike                                  the two initiatives
    joint                                  the issue, and the issue or initiative of another department
    area-idle                              the area
    overdue                                the inquiry, the department
    stale, ending, unconfirmed             the entry

    `strong` marks what a meeting should not pass over. `score` is the likeness, 0 to 1, of two texts.
    """

    rule: RuleName
    subjects: tuple[Ref, ...]
    why: str
    cure: str
    strong: bool = False
    score: float | None = None


_NAMES: Final[dict[RuleName, str]] = {
    "no-initiative": "取組のないカテゴリー",
    "planned-only": "検討中の取組のみ",
    "open-issue": "対応する取組が未確認の課題",
    "alike": "重複・類似の可能性",
    "joint": "連携の可能性",
    "no-data": "基礎データ未整理",
    "area-idle": "候補地域に取組なし",
    "overdue": "回答期限超過",
    "stale": "時点が古い",
    "ending": "今年度で終了予定",
    "unconfirmed": "所管課未確認",
}

RULES: Final[dict[str, Rule]] = {
    rule: Rule(name, "論点" if VERDICTS[rule] else "確認事項", place, VERDICTS[rule])
    for place, (rule, name) in enumerate(_NAMES.items())
}
