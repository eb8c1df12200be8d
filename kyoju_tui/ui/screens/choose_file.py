"""Which file to bring in: the files of a folder, the newest first, or a path that is typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kyoju_tui.ui.safe import one_line, plain
from kyoju_tui.ui.screens.dialog import Dialog, said
from kyoju_tui.ui.widgets.line_input import LineInput
from kyoju_tui.ui.widgets.reading import Reading

_MOST: Final = 300
_UP: Final = ".."


class ChooseFile(Dialog["tuple[Path, ...]"]):
    """Gives the chosen file, or with `many` all that were marked. Nothing but names and times is looked at.

    `suffixes` are lower case, with the dot. The line takes a path to a file or to another folder.
    """

    DEFAULT_CSS = """
    ChooseFile {
        #dialog { width: 100%; max-width: 110; height: 100%; max-height: 32; }
        OptionList, OptionList:focus { height: 1fr; border: none; background: $surface; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "take", show=False, priority=True),
        Binding("space", "mark", show=False),
    ]
    AUTO_FOCUS = "OptionList"
    _last: ClassVar[Path | None] = None

    def __init__(self, title: str, suffixes: Sequence[str], folder: Path, *, many: bool = False) -> None:
        """`folder` is looked into first, unless a file was taken from another one since the program began."""
        super().__init__()
        self.title_ja = title
        self._suffixes = tuple(suffixes)
        self._folder = ChooseFile._last or folder
        self._many = many
        self._found: list[Path] = []
        self._marked: list[Path] = []

    def compose_dialog(self) -> ComposeResult:
        """The folder, the files, the line."""
        yield Reading(id="folder", classes="dialog-detail")
        yield OptionList()
        yield LineInput(placeholder="ファイルかフォルダーの場所を入れることもできます", id="path")
        yield Reading(id="fault", classes="dialog-fault")
        keys = "スペース：選ぶ・外す　Ctrl+S：取り込む　" if self._many else ""
        yield said(f"Enter：{'開く・選ぶ' if self._many else '選ぶ'}　{keys}Tab：場所　Esc：やめる")

    def on_mount(self) -> None:
        """Look into the folder."""
        self._choose(self._folder)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Into the folder, or this file."""
        event.stop()
        self._choose(self._found[event.option_index])

    def on_input_submitted(self, event: LineInput.Submitted) -> None:
        """The path that was typed."""
        event.stop()
        self._choose((self._folder / Path(event.value.strip()).expanduser()).resolve())

    def action_mark(self) -> None:
        """Mark the file under the cursor, or take the mark away."""
        here = self.query_one(OptionList).highlighted
        if not self._many or here is None or not self._found[here].is_file():
            return
        path = self._found[here]
        if path in self._marked:
            self._marked.remove(path)
        else:
            self._marked.append(path)
        self.query_one(OptionList).replace_option_prompt_at_index(here, plain(self._line(path)))

    def action_take(self) -> None:
        """Give what is marked, or the file under the cursor."""
        here = self.query_one(OptionList).highlighted
        if self._marked:
            self._give(tuple(self._marked))
        elif here is not None:
            self._choose(self._found[here])

    def _choose(self, path: Path) -> None:
        try:
            if path.is_dir():
                self._look(path.resolve())
            elif path.is_file():
                self._give((*(each for each in self._marked if each != path), path))
            else:
                self._fault("ファイルが見つかりません。場所と名前を確かめてください。")
        except (OSError, ValueError):
            self._fault("この場所は開けません。権限を確かめてください。")

    def _give(self, paths: tuple[Path, ...]) -> None:
        ChooseFile._last = paths[0].parent
        self.dismiss(paths)

    def _fault(self, words: str) -> None:
        fault = self.query_one("#fault", Reading)
        fault.update(words)
        fault.display = bool(words)

    def _look(self, folder: Path) -> None:
        folders: list[Path] = []
        files: list[tuple[float, Path]] = []
        for path in folder.iterdir():
            if path.name.startswith("."):
                continue
            if path.is_dir():
                folders.append(path)
            elif path.suffix.lower() in self._suffixes and path.is_file():
                files.append((path.stat().st_mtime, path))
        newest = [path for _, path in sorted(files, reverse=True)]
        self._folder = folder
        self._found = [*newest[:_MOST], folder / _UP, *sorted(folders)]
        self._fault("")
        self.query_one("#folder", Reading).update(f"{folder}　{len(newest)}件")
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(plain(self._line(path))) for path in self._found])
        options.highlighted = 0

    def _line(self, path: Path) -> str:
        if path.name == _UP:
            return "［上のフォルダーへ］"
        if path.is_dir():
            return f"［{one_line(path.name)}］"
        told = path.stat()
        mark = "選択 " if path in self._marked else ""
        when = datetime.fromtimestamp(told.st_mtime).strftime("%m/%d %H:%M")
        return f"{mark}{one_line(path.name)}　{when}　{max(1, told.st_size // 1024):,}KB"
