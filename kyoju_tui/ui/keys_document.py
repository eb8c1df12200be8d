"""docs/keys.md, from the command table."""

from __future__ import annotations

from collections.abc import Iterator

from kyoju_tui.ui.commands import COMMANDS, Command
from kyoju_tui.ui.screens import SCREENS

_HEAD = """# キーの一覧

どの命令にも、かな漢字変換がオンのままで使えるキー（ファンクションキー、Ctrl、Enter、Esc など）があります。
英字は補助で、全角のままでも働きます（入力欄の中では文字として入ります）。
表では h j k l で左・下・上・右に、g と G で先頭と末尾に移ります。

キーは、利用者の設定フォルダーの `kyoju-tui/screen.toml` で命令の名前ごとに変えられます。

```toml
[keys]
reload = "f9"
```

この文書は命令の表から作っています（`python docs/generate.py`）。
"""


def keys_document() -> str:
    """The whole document: a table per group, in the order of the command table."""
    groups = dict.fromkeys(command.group for command in COMMANDS.values())
    return _HEAD + "".join(f"\n## {group}\n\n{_table(group)}" for group in groups)


def _table(group: str) -> str:
    head = "| キー | 英字 | 命令 | はたらき | 使える画面 | 名前 |\n|---|---|---|---|---|---|\n"
    return head + "".join(_row(command) for command in COMMANDS.values() if command.group == group)


def _row(command: Command) -> str:
    letters = "・".join(f"`{letter}`" for letter in command.aliases)
    return (
        f"| {command.key_label} | {letters} | {command.label} | {command.help} | {'・'.join(_places(command))} "
        f"| `{command.name}` |\n"
    )


def _places(command: Command) -> Iterator[str]:
    if not command.where:
        yield "共通"
    for name in sorted(command.where, key=[*SCREENS, "edit"].index):
        yield SCREENS[name].label if name in SCREENS else "編集"
