"""Commands of アンケート・ヒアリング, 団体 and キーパーソン."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

_SURVEYS: Final = at("surveys")
_GROUP: Final = "アンケート・ヒアリング"

COMMANDS: Final = (
    Command(
        "surveys.hear",
        "ctrl+g",
        "聞取り候補",
        "聞き取りに行くとよい団体を、その理由と一緒に見ます",
        _SURVEYS,
        _GROUP,
        ("h",),
        15,
    ),
    Command(
        "surveys.ask",
        "ctrl+l",
        "相手を追加",
        "たずねる団体やキーパーソンを選んで加えます",
        _SURVEYS,
        _GROUP,
        ("a",),
        14,
    ),
    Command(
        "surveys.received",
        "ctrl+r",
        "受付",
        "選んでいる相手の回答を、今日受け付けたと記録します（もう一度で取り消し）",
        _SURVEYS,
        _GROUP,
        ("r",),
        12,
    ),
    Command(
        "surveys.sent",
        "ctrl+e",
        "送付",
        "まだ送っていない相手に、今日送付したと記録します",
        _SURVEYS,
        _GROUP,
        ("s",),
        16,
    ),
    Command(
        "surveys.forms",
        "f12",
        "様式",
        "相手ごとの回答の様式（Excel）と、配る用紙を書き出します",
        _SURVEYS,
        _GROUP,
        (),
        13,
    ),
    Command(
        "surveys.bring",
        "insert",
        "取り込み",
        "届いた様式や、フォームの回答（CSV）を読み取り、確かめて記録します",
        _SURVEYS,
        _GROUP,
        ("i",),
        11,
    ),
    Command(
        "surveys.follow", "ctrl+n", "その後", "その後の対応を、担当と期日を付けて加えます", _SURVEYS, _GROUP, (), 17
    ),
    Command(
        "surveys.transfer",
        "ctrl+d",
        "団体に反映",
        "回答を団体の記録の空いている項目に写します（確かめてから）",
        _SURVEYS,
        _GROUP,
        (),
        18,
    ),
    Command(
        "groups.limit",
        "ctrl+l",
        "絞り込み",
        "地域で絞り込みます",
        at("groups", "people"),
        "団体・キーパーソン",
        ("v",),
        14,
    ),
)
