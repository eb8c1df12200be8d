"""Commands of the window in which a 食い違い is settled."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

_GROUP: Final = "食い違いの整理"
_WHERE: Final = at("edit")

COMMANDS: Final = (
    Command("clash.base", "f12", "元のまま", "この項目を、変える前の内容にします", _WHERE, _GROUP, ("1",), rank=10),
    Command("clash.mine", "f3", "自分", "この項目を、自分の内容にします", _WHERE, _GROUP, ("2",), rank=11),
    Command("clash.theirs", "f4", "相手", "この項目を、ほかの人の内容にします", _WHERE, _GROUP, ("3",), rank=12),
    Command("clash.both", "f5", "両方", "この項目に、両方の内容を並べます", _WHERE, _GROUP, ("4",), rank=13),
    Command("clash.rewrite", "f2", "書き直す", "この項目の文章を書き直します", _WHERE, _GROUP, ("5",), rank=14),
    Command("clash.previous", "ctrl+left", "前の項目", "前の項目に移ります", _WHERE, _GROUP, rank=30),
    Command("clash.next", "ctrl+right", "次の項目", "次の項目に移ります", _WHERE, _GROUP, rank=31),
)
