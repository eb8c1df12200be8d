"""What a user has chosen for this program: theme, first screen, keys. One TOML file in the user's own configuration.

theme = "明るい"            # 標準, 明るい, 簡素
first_screen = "findings"   # a name of screens.SCREENS

[keys]
reload = "f9"               # a command's name and its key; letters stay aliases
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import tomli
import tomli_w

from kyoju_tui.files.private import write_private
from kyoju_tui.ui.commands import COMMANDS
from kyoju_tui.ui.themes import BY_NAME


@dataclass(frozen=True, slots=True)
class Preferences:
    """The choices; `faults` says in words what the file has that cannot be used."""

    theme: str = ""
    first_screen: str = ""
    keys: Mapping[str, str] = field(default_factory=dict[str, str])
    faults: tuple[str, ...] = ()
    path: Path | None = None

    def keymap(self) -> dict[str, str]:
        """Keys by command name as Textual takes them: the chosen key, and the command's letters."""
        return {name: ",".join([key, *COMMANDS[name].keys[1:]]) for name, key in self.keys.items()}

    def choosing(self, *, theme: str | None = None, first_screen: str | None = None) -> Preferences:
        """The same with what is given changed, written to the file where there is one. Raises `OSError`."""
        chosen = replace(
            self,
            theme=self.theme if theme is None else theme,
            first_screen=self.first_screen if first_screen is None else first_screen,
        )
        if chosen.path is not None:
            wanted = {"theme": chosen.theme, "first_screen": chosen.first_screen}
            # What else stands in the file, keys among it, is somebody's own and stays.
            content = {name: value for name, value in _content(chosen.path).items() if name not in wanted}
            if chosen.keys:
                content.setdefault("keys", dict(chosen.keys))
            write_private(
                chosen.path,
                tomli_w.dumps({**{name: value for name, value in wanted.items() if value}, **content}).encode(),
            )
        return chosen


def _content(path: Path) -> dict[str, Any]:
    """What stands in the file; nothing where there is none. Raises `OSError`, where it cannot be read too."""
    try:
        return tomli.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise OSError(f"{path} cannot be read") from error


def preferences_path(environ: Mapping[str, str]) -> Path:
    """Where the file lies: `kyoju-tui/screen.toml` in the user's configuration folder."""
    from platformdirs import user_config_path

    base = environ.get("XDG_CONFIG_HOME")
    return (Path(base) / "kyoju-tui" if base else user_config_path("kyoju-tui")) / "screen.toml"


def read_preferences(path: Path) -> Preferences:
    """The choices in the file; without a file none. What cannot be read is named in `faults`, never fatal."""
    try:
        content: dict[str, Any] = tomli.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Preferences(path=path)
    except (OSError, ValueError):
        return Preferences(faults=(f"画面の設定ファイルを読めないため、標準の設定で始めます。（{path}）",))
    faults: list[str] = []
    theme = content.get("theme", "")
    if theme not in ("", *BY_NAME):
        faults.append(f"配色「{theme}」はありません。使えるのは{'・'.join(BY_NAME)}です。")
        theme = ""
    keys: dict[str, str] = {}
    chosen = content.get("keys", {})
    for name, key in chosen.items() if isinstance(chosen, dict) else ():  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
        if name in COMMANDS and isinstance(key, str) and key:
            keys[name] = key
        else:
            faults.append(f"キーの設定「{name}」は使えません。")
    return Preferences(str(theme), str(content.get("first_screen", "")), keys, tuple(faults), path)
