"""Rules of priority themes: one rank each, and no practice over an open obstacle (handbook 1-3(3))."""

from __future__ import annotations

from collections.abc import Iterator

from kyoju_tui.records.ids import Ref
from kyoju_tui.records.problems import Remark
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.theme import Theme

_CLOSED = ("完了", "見送り")


def theme(ref: Ref, record: Theme, snapshot: Snapshot) -> Iterator[Remark]:
    """What staff are to mind; none of it is refused."""
    if record.rank is not None and record.status not in _CLOSED:
        others = (
            other.title
            for other_ref, other in snapshot.all(Theme).items()
            if other_ref != ref and other.rank == record.rank and other.status not in _CLOSED
        )
        for title in others:
            message = f"順位{record.rank}は「{title}」と重なっています。"
            yield Remark(ref, "rank", message, "K605", "どちらかの順位を変えてください。")
    if record.status == "実践中" and not record.override_reason:
        for index, obstacle in enumerate(record.obstacles):
            if not obstacle.response and not obstacle.alternative:
                message = "制度上の課題に対応も代替案もないまま、実践中になっています。"
                cure = "対応か代替案を書くか、「整理を待たずに進める理由」を書いてください。"
                yield Remark(ref, f"obstacles.{index}", message, "K608", cure)
