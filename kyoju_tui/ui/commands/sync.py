"""Commands of 送受信."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

COMMANDS: Final = (
    Command(
        "sync.exchange",
        "ctrl+r",
        "送受信",
        "ほかの人の記録を受け取って合わせ、自分の記録を送ります（git の fetch・merge・push に当たります）",
        at("sync"),
        "送受信",
        rank=8,
    ),
    Command("sync.stop", "ctrl+k", "中止", "送受信をやめます。記録は失われません", at("sync"), "送受信", rank=7),
    Command(
        "sync.look",
        "f5",
        "確認",
        "受信待ちの件数を、送り先に聞きます（受け取りはしません）",
        at("sync"),
        "送受信",
        rank=14,
    ),
    Command(
        "sync.address",
        "f2",
        "送り先",
        "記録をやり取りする送り先（git のリモート）を決めます",
        at("sync"),
        "送受信",
        rank=15,
    ),
    Command(
        "sync.forget",
        "delete",
        "外す",
        "送り先を外します。ここにある記録はそのまま残ります",
        at("sync"),
        "送受信",
        rank=42,
    ),
)
