"""Rules of joint work: it takes two (handbook 1-2(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kyoju_tui.records.collaboration import Collaboration
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.problems import Remark
from kyoju_tui.records.snapshot import Snapshot


def collaboration(ref: Ref, record: Collaboration, _snapshot: Snapshot) -> Iterator[Remark]:
    """Two departments at least."""
    if len({share.department for share in record.departments}) < 2:
        message = "連携協働には、2つ以上の部署が必要です。"
        yield Remark(ref, "departments", message, "K604", "いっしょに行う部署を加えてください。")
