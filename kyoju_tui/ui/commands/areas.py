"""Commands of 地域: its list and plot, the sheet of one area, indicators side by side."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

COMMANDS: Final = (
    Command(
        "areas.view",
        "ctrl+l",
        "表示切替",
        "一覧・始めたい地域から・意欲と優先度の図の順に表示を変えます",
        at("areas"),
        "地域",
        ("v",),
        15,
    ),
    Command(
        "areas.visit",
        "ctrl+r",
        "訪問",
        "訪問した日、聞いたこと、約束したことを記録します",
        at("areas"),
        "地域",
        ("t",),
        14,
    ),
    Command(
        "areas.compare",
        "ctrl+g",
        "指標比較",
        "地域を列に、指標を行に並べて見比べます",
        at("areas"),
        "地域",
        (),
        16,
    ),
    Command(
        "areas.projector",
        "f12",
        "投影用表示",
        "意欲・優先度・意向を出さない表示にします（もう一度で戻ります）",
        at("areas"),
        "地域",
        (),
        17,
    ),
    Command(
        "areas.status",
        "ctrl+e",
        "位置づけ",
        "候補・モデル・対象などの位置づけを、理由とともに変えます",
        at("areas"),
        "地域",
        (),
        16,
    ),
    Command(
        "areas.pass",
        "ctrl+n",
        "横展開",
        "分かったことを選び、渡した先の地域とともに記録します",
        at("areas"),
        "地域",
        (),
        17,
    ),
    Command(
        "areas.keep",
        "ctrl+k",
        "約束済み",
        "選んでいる訪問でした約束を、今日果たしたと記録します",
        at("areas"),
        "地域",
        (),
        18,
    ),
)
