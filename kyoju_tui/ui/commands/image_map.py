"""Commands of イメージ図."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

_WHERE: Final = at("image-map")
_GROUP: Final = "イメージ図"

COMMANDS: Final = (
    Command("map.place", "ctrl+g", "置く", "記録や意見を、選んでいる場所に置きます", _WHERE, _GROUP, ("p",), 10),
    Command("map.shift", "ctrl+r", "移す", "選んでいる場所のものを、別の場所に移します", _WHERE, _GROUP, (), 15),
    Command(
        "map.take",
        "ctrl+e",
        "外す",
        "選んでいる場所から外します（記録そのものは残ります）",
        _WHERE,
        _GROUP,
        (),
        16,
    ),
    Command(
        "map.layer",
        "ctrl+l",
        "表示切替",
        "すべて・取組・課題・データ・論点と意見・その他の順に、出すものを変えます",
        _WHERE,
        _GROUP,
        ("v",),
        14,
    ),
    Command(
        "map.write",
        "ctrl+w",
        "図を保存",
        "今の表示を、印刷や資料に使える図（SVG）のファイルに書き出します",
        _WHERE,
        _GROUP,
        (),
        17,
    ),
    Command("map.up", "ctrl+up", "上へ", "場所を1つ上に動かします", _WHERE, _GROUP, ("K",), 43),
    Command("map.down", "ctrl+down", "下へ", "場所を1つ下に動かします", _WHERE, _GROUP, ("J",), 44),
    Command("map.left", "ctrl+left", "左へ", "場所を1つ左に動かします", _WHERE, _GROUP, ("H",), 45),
    Command("map.right", "ctrl+right", "右へ", "場所を1つ右に動かします", _WHERE, _GROUP, ("L",), 46),
)
