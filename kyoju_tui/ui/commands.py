"""Every command once: from this table come the bindings, the footer, the palette's rows, the help page, docs/keys.md.

Every command has a key that works while the IME is on (a function key, Ctrl, Enter, Esc, an arrow); letters are aliases
only and bring their full-width forms along. Ctrl+Shift+*, Alt+letter and F6–F11 are the IME's and the terminal's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from textual.binding import Binding

_WIDE: Final = 0xFEE0  # from an ASCII character to its full-width form
_KEY_NAMES: Final = {
    "enter": "Enter", "escape": "Esc", "delete": "Del", "insert": "Ins", "tab": "Tab", "shift+tab": "Shift+Tab",
    "space": "空白", "left": "左", "right": "右", "up": "上", "down": "下", "pageup": "PageUp", "pagedown": "PageDown",
    "home": "Home", "end": "End",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    `name` is how the key file and a screen's `COMMANDS` name it; its part after the dot is the action (`matrix.add`
    runs `action_add` of the screen). `key` works with the IME on. `label` stands in the footer and the palette, `help`
    is one sentence. `where` names the screens (keys of `SCREENS`, or `edit`); empty means every screen. `aliases` are
    letters, `also` is a second key that works with the IME on. `rank` orders the footer: small numbers come first and
    stay when the line is narrow; 0 keeps it out.
    """

    name: str
    key: str
    label: str
    help: str
    where: frozenset[str] = frozenset()
    group: str = "共通"
    aliases: tuple[str, ...] = ()
    rank: int = 50
    also: str = ""

    @property
    def action(self) -> str:
        """The name of the action method without its prefix."""
        return self.name.rpartition(".")[2].replace("-", "_")

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys as Textual names them: the key, the second one, then the letters, each with its full-width form."""
        first = (self.key, self.also) if self.also else (self.key,)
        return (*first, *(form for letter in self.aliases for form in (letter, full_width(letter))))

    @property
    def key_label(self) -> str:
        """The keys as people read them: `Ctrl+S`, `F2`, `Del・Ctrl+D`."""
        return "・".join(map(key_label, filter(None, (self.key, self.also))))


def full_width(letter: str) -> str:
    """The character that the IME sends for a letter: `m` → `ｍ`."""
    return chr(ord(letter) + _WIDE)


def key_label(key: str) -> str:
    """How a key is written on screens."""
    *modifiers, last = key.split("+")
    shown = _KEY_NAMES.get(last) or (last.upper() if len(last) == 1 or last[1:].isdigit() else last.capitalize())
    return "+".join([*(modifier.capitalize() for modifier in modifiers), shown])


def _table(*commands: Command) -> dict[str, Command]:
    return {command.name: command for command in commands}


def _at(*screens: str) -> frozenset[str]:
    return frozenset(screens)


GLOBAL: Final = ("help", "palette", "goto", "undo", "sidebar", "quit")

COMMANDS: Final[Mapping[str, Command]] = _table(
    Command("help", "f1", "説明", "この画面でできることとキーを見ます", rank=1),
    Command("open", "enter", "開く", "選んでいるものを開きます", rank=10),
    Command("edit", "f2", "編集", "選んでいる記録を直します", rank=11, aliases=("e",)),
    Command("search", "f3", "検索", "ことば・よみ・ローマ字で絞り込みます", rank=13, aliases=("/",)),
    Command("new", "f4", "新規", "新しい記録を作ります", rank=12, aliases=("n",)),
    Command("reload", "f5", "再読込", "ほかの人の変更を今すぐ読み込みます", rank=40),
    Command("save", "ctrl+s", "記録", "入力した内容を記録します", rank=9),
    Command("remove", "delete", "削除", "選んでいる記録を削除します（元に戻せます）", rank=42),
    Command(
        "matrix.layer",
        "ctrl+l",
        "表示切替",
        "記入の状況・件名・論点・意見の順に表示を変えます",
        _at("matrix"),
        "一覧表",
        ("v",),
        14,
    ),
    Command(
        "matrix.nothing",
        "ctrl+g",
        "該当なし",
        "この欄を「該当なし」と、最新の照会への回答として記録します（もう一度で取り消し）",
        _at("matrix"),
        "一覧表",
        ("x",),
        15,
    ),
    Command(
        "matrix.points",
        "ctrl+r",
        "論点",
        "この欄についての論点・確認事項を開きます",
        _at("matrix"),
        "一覧表",
        ("p",),
        16,
    ),
    Command(
        "matrix.projector",
        "f12",
        "投影用表示",
        "期限超過・個人名を出さない表示にします（もう一度で戻ります）",
        _at("matrix"),
        "一覧表",
        (),
        17,
    ),
    Command(
        "matrix.panel",
        "ctrl+e",
        "説明欄",
        "選んでいる欄の説明を広げる・しまう・戻すを切り替えます。表の「取」は取組中、「検」は検討中、「必」は必要、"
        "「終」は終了、「課」は課題の件数です",
        _at("matrix"),
        "一覧表",
        (),
        18,
    ),
    Command(
        "entries.limit",
        "ctrl+l",
        "絞り込み",
        "種別・状況・部署・カテゴリー・未確認で絞り込みます",
        _at("entries"),
        "取組・課題",
        ("v",),
        14,
    ),
    Command(
        "entries.copy",
        "ctrl+d",
        "写して新規",
        "選んでいるものを写して、新しい取組・課題を作ります",
        _at("entries"),
        "取組・課題",
        ("c",),
        15,
    ),
    Command(
        "entries.move",
        "ctrl+r",
        "所管替え",
        "選んでいるものを別の部署へ移します（履歴は続きます）",
        _at("entries"),
        "取組・課題",
        ("m",),
        16,
    ),
    Command(
        "findings.limit",
        "ctrl+l",
        "表示切替",
        "未整理の論点・確認事項・整理済み・すべての順に表示を変えます",
        _at("findings"),
        "論点・確認事項",
        ("v",),
        14,
    ),
    Command(
        "findings.reopen",
        "ctrl+r",
        "再び論点に",
        "整理した結果を取り消し、論点に戻します",
        _at("findings"),
        "論点・確認事項",
        ("r",),
        15,
    ),
    Command(
        "records.up",
        "ctrl+up",
        "上へ",
        "選んでいるものを1つ上に並べます",
        _at("departments", "categories"),
        "並び順",
        ("K",),
        43,
    ),
    Command(
        "records.down",
        "ctrl+down",
        "下へ",
        "選んでいるものを1つ下に並べます",
        _at("departments", "categories"),
        "並び順",
        ("J",),
        44,
    ),
    Command("edit.unfold", "enter", "くわしい項目", "ふだん使わない項目も出します", _at("edit"), "記録の編集", rank=15),
    Command(
        "edit.pick",
        "enter",
        "選ぶ",
        "一覧から選びます。名前・よみ・ローマ字を打っても選べます",
        _at("edit"),
        "記録の編集",
        rank=15,
    ),
    Command(
        "edit.choose",
        "enter",
        "選ぶ・外す",
        "印のある語を選びます。選んであれば外します",
        _at("edit"),
        "記録の編集",
        rank=15,
    ),
    Command("edit.drop", "delete", "消す", "選んだものを消します", _at("edit"), "記録の編集", rank=17),
    Command("edit.row", "enter", "行を開く", "表の行を開いて直します", _at("edit"), "記録の編集", rank=16),
    Command("edit.add", "f4", "行を加える", "表に行を加えます", _at("edit"), "記録の編集", rank=15),
    Command(
        "edit.cut",
        "delete",
        "行を消す",
        "表の行を消します（Ctrl+Z で戻せます）",
        _at("edit"),
        "記録の編集",
        rank=17,
        also="ctrl+d",
    ),
    Command("edit.raise", "ctrl+up", "行を上へ", "表の行を1つ上に移します", _at("edit"), "記録の編集", rank=43),
    Command("edit.lower", "ctrl+down", "行を下へ", "表の行を1つ下に移します", _at("edit"), "記録の編集", rank=44),
    Command(
        "edit.revert",
        "ctrl+z",
        "元に戻す",
        "この画面で最後に変えたところを元に戻します（記録したものは変わりません）",
        _at("edit"),
        "記録の編集",
        rank=18,
    ),
    Command("edit.next", "enter", "次の項目", "次の項目に移ります", _at("edit"), "記録の編集", rank=0),
    Command("back", "escape", "戻る", "前の画面に戻ります", rank=30),
    Command("goto", "ctrl+o", "移動", "画面を名前・よみ・ローマ字で選んで開きます", rank=20),
    Command("palette", "ctrl+p", "命令", "命令・画面・記録をことばで探して実行します", rank=21),
    Command("undo", "ctrl+z", "取り消し", "自分の直前の記録を取り消します（取り消しも履歴に残ります）", rank=41),
    Command("sidebar", "ctrl+t", "画面一覧", "左の画面一覧を出し入れします", rank=60),
    Command("quit", "ctrl+q", "終了", "終了します", rank=2),
)


def command_named(name: str) -> Command:
    """The command of this name; raises `KeyError` where the table has none (a mistake in the code)."""
    return COMMANDS[name]


def bindings(names: Iterable[str], prefix: str = "", *, priority: bool = False) -> list[Binding]:
    """Textual bindings for these commands, with their names as ids so that a key file can change them."""
    return [
        Binding(
            ",".join("comma" if key == "," else key for key in command.keys),
            prefix + command.action,
            command.label,
            show=command.rank > 0,
            id=command.name,
            priority=priority,
        )
        for command in map(command_named, names)
    ]
