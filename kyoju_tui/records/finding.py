"""`findings/<key>.toml`: a point that a person has settled (handbook 1-2(2)); all others are computed."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Annotated, ClassVar, Final, Literal

from kyoju_tui.records.base import AnyRef, CategoryId, Day, DepartmentId, MeetingId, Part, Record, Says
from kyoju_tui.records.text import Line, Text

RuleName = Literal[
    "no-initiative", "planned-only", "open-issue", "alike", "joint", "no-data", "area-idle",
    "overdue", "stale", "ending", "unconfirmed",
]  # fmt: skip

NEEDED: Final = "必要な取組"

# 整理結果 that a rule allows; a rule without any is a reminder (確認事項) that closes itself.
VERDICTS: Final[dict[str, tuple[str, ...]]] = {
    "no-initiative": (NEEDED, "不要", "継続検討"),
    "planned-only": ("具体化を図る", "検討継続", "見送り"),
    "open-issue": (NEEDED, "既存の取組で対応", "不要", "継続検討"),
    "alike": ("調整が必要", "役割分担済", "統合を検討", "別事業（目的が異なる）"),
    "joint": ("連携する", "不要", "検討中"),
    "no-data": ("既往データを確認", "不要"),
    "area-idle": (NEEDED, "継続検討", "不要"),
    "overdue": (),
    "stale": (),
    "ending": (),
    "unconfirmed": (),
}


class Needed(Part):
    """A needed initiative (必要な取組) that came out of a point: a line of its own until a department takes it."""

    title: Annotated[Line | None, Says("必要な取組")] = None
    department: Annotated[DepartmentId | None, Says("所管", "決まるまでは空のまま（所管未定）")] = None
    categories: Annotated[tuple[CategoryId, ...], Says("カテゴリー", "空のときは論点のカテゴリー")] = ()


class Finding(Record):
    """What a person decided on a point."""

    KIND: ClassVar[str] = "finding"

    rule: Annotated[RuleName, Says("規則", column=True)]
    subjects: Annotated[tuple[AnyRef, ...], Says("対象")]
    verdict: Annotated[Line | None, Says("整理結果", column=True)] = None
    stage: Annotated[Literal["事務局案", "所管課確認", "会議で整理"] | None, Says("段階", column=True)] = None
    reason: Annotated[Text | None, Says("理由")] = None
    decided_on: Annotated[Day | None, Says("整理した日", column=True)] = None
    meeting: Annotated[MeetingId | None, Says("会議")] = None
    needed: Annotated[Needed | None, Says("必要な取組")] = None

    @property
    def heading(self) -> str:
        """The needed initiative that came of it, else how it was settled."""
        return (self.needed.title if self.needed is not None else None) or self.verdict or ""


def finding_key(rule: str, subjects: Iterable[str]) -> str:
    """The id of a finding: the rule and 12 hex digits over its sorted subjects, the same on every machine."""
    digest = sha256("\n".join(sorted(subjects)).encode()).hexdigest()
    return f"{rule}-{digest[:12]}"
