"""A set of files made from the records: where to, how far it is, and whether what is there may be replaced."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from kyoju_tui.exchange.bringing import Cancelled, Told
from kyoju_tui.exchange.forms.file_set import FileSet, require_place, standing, write_set
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.working import WorkingScreen

SetT = TypeVar("SetT", bound=FileSet)
_NAMED: Final = 3


async def write_set_out(
    screen: KyojuScreen,
    detail: str,
    name: str,
    make: Callable[[Told, Cancelled], SetT],
    said: Callable[[SetT], str],
) -> None:
    """Ask where to, make the set, and write it, all or nothing. In a worker.

    `name` is the folder that is proposed; `said` tells what was written. What goes wrong is told.
    """
    place = await _asked_place(screen, detail, name)
    if place is None:
        return
    made = await screen.kyoju.push_screen_wait(WorkingScreen("様式を作っています。", make))
    if made is None:
        return
    if isinstance(made, KyojuError):
        screen.kyoju.tell(made)
        return
    if not await _may_replace(screen, made, place):
        return
    try:
        await asyncio.to_thread(write_set, made, place)
    except KyojuError as error:
        screen.kyoju.tell(error)
        return
    screen.kyoju.notify(f"{said(made)}\n{place}", timeout=15)


async def _asked_place(screen: KyojuScreen, detail: str, name: str) -> Path | None:
    def fault(answer: str) -> str:
        try:
            require_place(screen.workspace, _path(screen, answer))
        except KyojuError as error:
            return f"{error.message}{error.cure}"
        except (OSError, RuntimeError, ValueError):
            return "この名前は使えません。"
        return ""

    answer = await screen.kyoju.push_screen_wait(
        AskScreen(
            "様式を書き出すフォルダー",
            f"{detail}\n終わりを「.zip」にすると、1つのファイルにまとめます。",
            value=str(_start(screen) / name),
            check=fault,
            take="書き出す",
        )
    )
    return None if answer is None else _path(screen, answer)


async def _may_replace(screen: KyojuScreen, made: FileSet, place: Path) -> bool:
    found = standing(made, place)
    if not found:
        return True
    more = f"ほか{len(found) - _NAMED}件" if len(found) > _NAMED else ""
    question = ConfirmScreen(
        "同じ名前のファイルがあります。置き換えますか。",
        f"{'、'.join(found[:_NAMED])}{more}\n{place}\n\nいまの内容は失われます。",
        yes="置き換える",
        no="やめる",
    )
    return bool(await screen.kyoju.push_screen_wait(question))


def _start(screen: KyojuScreen) -> Path:
    """Where the program was started; the user's own folder where that is in the store, which holds records only."""
    start = screen.kyoju.start_folder.resolve()
    return Path.home() if start.is_relative_to(screen.workspace.root.resolve()) else start


def _path(screen: KyojuScreen, answer: str) -> Path:
    return (_start(screen) / Path(answer.strip()).expanduser()).resolve()
