"""A document made from the records, written where somebody says: asked for, never over another file unasked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from kyoju_tui.files.output import replace
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen


async def write_out(
    screen: KyojuScreen,
    question: str,
    detail: str,
    name: str,
    make: Callable[[str], bytes],
    suffixes: tuple[str, ...] = (),
) -> None:
    """Ask where to, make the document beside the screen's own work, and write it. In a worker.

    `make` is given the file's ending; all else is as in `asked_place`. What goes wrong is told.
    """
    path = await asked_place(screen, question, detail, name, suffixes)
    if path is None:
        return

    def write() -> None:
        replace(path, make(path.suffix.lower()))

    try:
        await asyncio.to_thread(write)
    except KyojuError as error:
        screen.kyoju.tell(error)
        return
    screen.kyoju.notify(f"書き出しました。\n{path}", timeout=10)


async def asked_place(
    screen: KyojuScreen, question: str, detail: str, name: str, suffixes: tuple[str, ...] = ()
) -> Path | None:
    """Ask where to, and whether what stands there may go; None where somebody left. In a worker.

    `name` is the file that is proposed; its ending is one of `suffixes` where there are any.
    """

    def fault(answer: str) -> str:
        if suffixes and Path(answer).suffix.lower() not in suffixes:
            return f"ファイル名の終わりを{'か'.join(f'「{each}」' for each in suffixes)}にしてください。"
        return _fault(screen, answer)

    proposed = str(_folder(screen) / name)
    answer = await screen.kyoju.push_screen_wait(
        AskScreen(question, detail, value=proposed, check=fault, take="書き出す")
    )
    if answer is None:
        return None
    path = _path(screen, answer)
    if path.exists() and not await screen.kyoju.push_screen_wait(
        ConfirmScreen(
            f"「{path.name}」はもうあります。置き換えますか。",
            f"{path}\n\nいまの内容は失われます。",
            yes="置き換える",
            no="やめる",
        )
    ):
        return None
    return path


def _folder(screen: KyojuScreen) -> Path:
    """Where the program was started; the user's own folder where that is in the store, which holds records only."""
    start = screen.kyoju.start_folder.resolve()
    return Path.home() if start.is_relative_to(screen.workspace.root.resolve()) else start


def _path(screen: KyojuScreen, answer: str) -> Path:
    """The file that a person names; without a folder it is in the proposed one."""
    return (_folder(screen) / Path(answer).expanduser()).resolve()


def _fault(screen: KyojuScreen, answer: str) -> str:
    try:
        path = _path(screen, answer)
        if path.is_dir():
            return "フォルダーです。ファイルの名前まで入れてください。"
        if path.is_relative_to(screen.workspace.root.resolve()):
            return "保管場所の中です。ほかのフォルダーにしてください。"
        return "" if path.parent.is_dir() else f"フォルダー「{path.parent}」がありません。"
    except (OSError, RuntimeError, ValueError):
        return "この名前は使えません。"
