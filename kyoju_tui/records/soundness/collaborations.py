"""Rules of joint work: it takes two (handbook 1-2(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kyoju_tui.records.collaboration import Collaboration
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.problems import Remark
from kyoju_tui.records.snapshot import Snapshot


def collaboration(ref: Ref, record: Collaboration, _snapshot: Snapshot) -> Iterator[Remark]:
    """Two departments at least; where none is named yet, the record is only begun."""
    named = len({share.department for share in record.departments})
    if named == 1:
        message = "連携協働には、2つ以上の部署が必要です。"
        yield Remark(ref, "departments", message, "K604", "いっしょに行う部署を加えてください。")
    elif named == 0:
        message = "連携協働の部署が、まだ書かれていません。"
        yield Remark(ref, "departments", message, "K608", "いっしょに行う部署を2つ以上加えてください。")
