"""今ある表を取り込む: from the file that is chosen to the assistant, to the preview, to one save."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kyoju_tui.records.errors import KyojuError
from kyoju_tui.ui.screens.choose_file import ChooseFile
from kyoju_tui.ui.screens.working import WorkingScreen

if TYPE_CHECKING:
    from kyoju_tui.exchange.bringing import Cancelled, Told
    from kyoju_tui.exchange.sheets.assistant import Opened
    from kyoju_tui.ui.screens.data import DataScreen

SUFFIXES: Final = (".xlsx", ".xls", ".ods", ".csv", ".tsv")


async def bring_sheet(screen: DataScreen) -> None:
    """Ask for a file, read it beside the screen's work, and show how it is understood."""
    # Reading spreadsheets is nothing that every start should pay for.
    from kyoju_tui.exchange.books.reading import read_book
    from kyoju_tui.exchange.bringing import Bringing
    from kyoju_tui.exchange.sheets.assistant import proposed
    from kyoju_tui.exchange.sheets.own_matrix import bring_own, is_own
    from kyoju_tui.ui.screens.bringing import BringingScreen
    from kyoju_tui.ui.screens.existing_sheet import ExistingSheetScreen

    title = "取り込む一覧表・事務事業一覧"
    paths = await screen.kyoju.push_screen_wait(ChooseFile(title, SUFFIXES, screen.kyoju.start_folder))
    if not paths:
        return

    def work(told: Told, cancelled: Cancelled) -> Opened | Bringing:
        told("読み取っています", 0, 0)
        book = read_book(paths[0], cancelled)
        if is_own(book):
            return bring_own(screen.workspace, book, screen.today)
        return proposed(book, screen.snapshot, screen.today)

    found = await screen.kyoju.push_screen_wait(WorkingScreen("表を読み取っています。", work))
    if isinstance(found, KyojuError):
        screen.kyoju.tell(found)
    elif isinstance(found, Bringing):
        # Our own 一覧表 leaves nothing to be settled.
        screen.kyoju.push_screen(BringingScreen(found))
    elif found is not None:
        screen.kyoju.push_screen(ExistingSheetScreen(found))
