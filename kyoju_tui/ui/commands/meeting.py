"""Commands of meetings: list, sheet, attendance, the mode, minutes, 対応事項."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

_LISTS: Final = at("meetings", "series")
_MEETING: Final = at("meetings")

COMMANDS: Final = (
    Command(
        "meeting.mode",
        "ctrl+r",
        "会議進行",
        "次第と一覧表を並べ、意見・対応事項・決まったことを書き足します（後から紙を見て入れるときも使えます）",
        _MEETING,
        "会議",
        rank=13,
    ),
    Command(
        "meeting.attendance", "ctrl+a", "出欠", "部署ごとの出欠と資料の送付を記録します", _MEETING, "会議", rank=14
    ),
    Command(
        "meeting.minutes",
        "ctrl+e",
        "会議概要",
        "会議概要を読み、段階を進め、ファイルに書き出します",
        _MEETING,
        "会議",
        rank=15,
    ),
    Command(
        "meeting.following",
        "ctrl+n",
        "次の会議",
        "回数・日・場所・構成部署を引き継いで、次の会議を作ります",
        _LISTS,
        "会議",
        rank=16,
    ),
    Command("attendance.turn", "enter", "出欠", "出席・代理・欠席・未入力の順に変えます", _MEETING, "出欠", rank=10),
    Command(
        "attendance.sent",
        "ctrl+d",
        "資料送付",
        "資料を送ったことを記録します（もう一度で取り消し）",
        _MEETING,
        "出欠",
        ("s",),
        14,
    ),
    Command("attendance.rest", "ctrl+e", "残り欠席", "未入力の部署をすべて欠席にします", _MEETING, "出欠", rank=15),
    Command(
        "attendance.projector",
        "f12",
        "投影用表示",
        "資料の送付を出さない表示にします（もう一度で戻ります）",
        _MEETING,
        "出欠",
        rank=17,
    ),
    Command(
        "mode.opinion",
        "f4",
        "意見",
        "カーソルのある欄や行に意見・考え方等を書き足します",
        _MEETING,
        "会議進行",
        rank=10,
        also="enter",
    ),
    Command(
        "mode.action", "ctrl+e", "対応事項", "担当と期日を付けて対応事項を書き足します", _MEETING, "会議進行", rank=11
    ),
    Command("mode.decision", "ctrl+d", "決定", "決まったことを書き足します", _MEETING, "会議進行", rank=12),
    Command("mode.remark", "ctrl+n", "要点", "会議の要点を1行書き足します", _MEETING, "会議進行", rank=13),
    Command(
        "mode.lens",
        "ctrl+r",
        "視点",
        "意見に付ける視点を、なし・課題・充実が必要・連携の可能性の順に変えます",
        _MEETING,
        "会議進行",
        rank=14,
    ),
    Command("mode.next", "ctrl+g", "次の議題", "今の議題を済みにして、次に進みます", _MEETING, "会議進行", rank=15),
    Command(
        "mode.mark",
        "enter",
        "議題",
        "選んでいる議題を今の議題にします（今の議題なら済みにして次へ）",
        _MEETING,
        "会議進行",
        rank=10,
    ),
    Command(
        "mode.layer",
        "ctrl+l",
        "表示切替",
        "記入の状況・件名・論点・意見の順に表示を変えます",
        _MEETING,
        "会議進行",
        rank=18,
    ),
    Command(
        "mode.projector",
        "f12",
        "投影用表示",
        "期限超過を出さない表示を切り替えます（会議進行は投影用で始まります）",
        _MEETING,
        "会議進行",
        rank=19,
    ),
    Command(
        "mode.end", "ctrl+w", "終える", "会議概要の案を用意して、会議進行を終えます", _MEETING, "会議進行", rank=20
    ),
    Command(
        "minutes.step",
        "ctrl+r",
        "段階",
        "会議概要の段階を進めます（戻すこともできます）",
        _MEETING,
        "会議概要",
        rank=10,
    ),
    Command("minutes.write", "ctrl+w", "書き出し", "会議概要をファイルに書き出します", _MEETING, "会議概要", rank=11),
    Command(
        "actions.done",
        "ctrl+d",
        "済み",
        "今日済んだこととして記録します（もう一度で取り消し）",
        at("actions"),
        "対応事項",
        ("x",),
        14,
    ),
    Command("actions.limit", "ctrl+l", "部署", "担当の部署で絞り込みます", at("actions"), "対応事項", rank=15),
)
