"""What is said in an open form when somebody else has changed its record."""

from __future__ import annotations

from kyoju_tui.records.plain import Plain
from kyoju_tui.ui.forms.remark import Said
from kyoju_tui.workspace.requests import Base


def news_of(latest: Base, theirs: Plain | None, *, dirty: bool) -> Said:
    """The sentence. `latest` is the file as it is now, `theirs` what could be read of it."""
    if latest.data is None:
        return Said("caution", "この記録は削除されました。記録すると、どちらにするか選べます。")
    if theirs is None:
        broken = (
            "この記録のファイルが読み取れなくなりました。入力した内容は残っています。点検で場所を確かめてください。"
        )
        return Said("caution", broken)
    if dirty:
        return Said("caution", "ほかの人がこの記録を更新しました。記録するときに項目ごとに合わせます。")
    return Said("reading", "最新の内容に更新しました。")
