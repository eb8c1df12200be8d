"""Bringing a table of figures in by hand: the file, how it is read, its day, its places, what it changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from kyoju_tui.exchange.bringing import Bringing, Cancelled
from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.dates import format_date, parse_date
from kyoju_tui.records.errors import InvalidValue, KyojuError
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.mapping import Mapping
from kyoju_tui.ui.forms.candidates import Candidate, candidates
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.bringing import BringingScreen
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.screens.choose_file import ChooseFile
from kyoju_tui.ui.screens.working import WorkingScreen
from kyoju_tui.workspace.requests import Put, PutFigures

if TYPE_CHECKING:
    from kyoju_tui.exchange.books.values import Book
    from kyoju_tui.exchange.statistics.drafting import Draft
    from kyoju_tui.exchange.statistics.importing import Wish
    from kyoju_tui.ui.screens.data import DataScreen

T = TypeVar("T")
SUFFIXES: Final = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods")
# More places than these are another town's: they are told, not asked about.
_MOST_PLACES: Final = 60
_FIRST_TIME: Final = "はじめての形の表です。どの列が地域の名前で、どの列が数値かを確かめてください。"


async def take_table(screen: DataScreen, ref: Ref | None) -> None:
    """Ask for a file and bring it to the data set `ref`, or to a new one."""
    from kyoju_tui.exchange.books.reading import read_book
    from kyoju_tui.exchange.statistics.importing import Wish

    title = f"「{screen.snapshot.title(ref)}」に取り込む表" if ref else "新しい資料にする表"
    paths = await screen.kyoju.push_screen_wait(ChooseFile(title, SUFFIXES, screen.kyoju.start_folder))
    if not paths:
        return
    path: Path = paths[0]
    book = await _worked(screen, "ファイルを読み取っています", lambda off: read_book(path, off))
    if book is not None:
        await _go_on(screen, book, Wish(ref))


async def _go_on(screen: DataScreen, book: Book, wish: Wish) -> None:
    """Show what it would change; where it is not known how the table is read, ask for that first."""
    from kyoju_tui.exchange.statistics.importing import bring

    work = WorkingScreen(
        "何が変わるかを調べています", lambda _told, _off: bring(screen.workspace, book, wish, screen.today)
    )
    found = await screen.kyoju.push_screen_wait(work)
    if isinstance(found, KyojuError):
        await _asked(screen, book, wish, found)
        return
    if found is None:
        return
    dated = await _with_day(screen, wish, found)
    if dated != wish:
        await _go_on(screen, book, dated)
        return
    connected = await _with_places(screen, book, wish)
    if connected is None:
        return
    if connected != wish:
        await _go_on(screen, book, connected)
        return
    screen.kyoju.push_screen(BringingScreen(found))


async def _asked(screen: DataScreen, book: Book, wish: Wish, error: KyojuError) -> None:
    """Ask for what the table itself does not tell; what no answer helps is told."""
    from kyoju_tui.exchange.statistics.mapped import UnfitMapping
    from kyoju_tui.exchange.statistics.unknown import SeveralDays, SeveralMappings, UnknownLayout, UnreadTable

    if isinstance(error, SeveralDays):
        offered = [Candidate(f"@{day}", format_date(day, weekday=False)) for day in reversed(error.days)]
        chosen = await screen.kyoju.push_screen_wait(Picker("取り込む時点", offered, (), many=False))
        if chosen:
            await _go_on(screen, book, replace(wish, as_of=date.fromisoformat(chosen[0].removeprefix("@"))))
    elif isinstance(error, SeveralMappings):
        offered = [Candidate(ref, screen.snapshot.title(ref)) for ref in error.refs]
        chosen = await screen.kyoju.push_screen_wait(Picker("この表の読み方", offered, (), many=False))
        if chosen:
            ref = Ref(chosen[0])
            await _go_on(screen, book, replace(wish, mapping=(ref, screen.snapshot.expect(ref, Mapping))))
    elif isinstance(error, UnknownLayout | UnfitMapping):
        _teach(screen, book, wish, _FIRST_TIME)
    elif isinstance(error, UnreadTable) and error.teachable:
        _teach(screen, book, wish, f"読み取れない所があります：{error.why}")
    else:
        screen.kyoju.tell(error)


def _teach(screen: DataScreen, book: Book, wish: Wish, why: str) -> None:
    from kyoju_tui.exchange.statistics import mapped
    from kyoju_tui.exchange.statistics.drafting import of_mapping, proposed
    from kyoju_tui.ui.screens.statistics_assistant import AssistantScreen

    known = wish.mapping or next((pair[:2] for pair in mapped.fitting(book, screen.snapshot)), None)
    if known is not None and known[1].columns:
        wish, draft = replace(wish, mapping=known), of_mapping(book, known[1])
    else:
        draft = proposed(book)

    def taught(draft: Draft) -> None:
        screen.run_worker(_with_mapping(screen, book, wish, draft))

    screen.kyoju.push_screen(AssistantScreen(book, draft, taught, why))


async def _with_mapping(screen: DataScreen, book: Book, wish: Wish, draft: Draft) -> None:
    """Give what was chosen a name, so that the next table of its kind needs no questions."""
    from kyoju_tui.exchange.statistics.drafting import mapping_for

    name = await screen.kyoju.push_screen_wait(
        AskScreen(
            "この読み方の名称",
            "対応表として残り、次から同じ形の表はそのまま読めます。",
            value=wish.mapping[1].title if wish.mapping else book.file.rpartition(".")[0] or book.file,
        )
    )
    if name is None:
        return
    publisher = await screen.kyoju.push_screen_wait(
        AskScreen(
            "表の作成元（公表元）",
            "分からないときは Esc を押します。",
            value=(wish.mapping[1].publisher or "") if wish.mapping else "",
            placeholder="例：総務省統計局、市民課",
        )
    )
    try:
        ref, record = mapping_for(screen.workspace, draft, name, publisher or "", screen.today)
    except KyojuError as error:
        screen.kyoju.tell(error)
        return
    await _go_on(screen, book, replace(wish, mapping=(ref, record)))


async def _with_day(screen: DataScreen, wish: Wish, found: Bringing) -> Wish:
    """Ask for the day of the figures where neither the table nor the data set tells it."""
    if wish.as_of is not None or _day_known(screen, wish, found):
        return wish
    said = await screen.kyoju.push_screen_wait(
        AskScreen(
            "いつの時点の数値ですか。",
            "分からないときは Esc を押します（地域の指標は、時点が分かるときだけ計算します）。",
            placeholder="例：R2.10.1",
            check=lambda text: _fault(text, screen),
        )
    )
    return wish if said is None else replace(wish, as_of=parse_date(said, today=screen.today).value)


def _day_known(screen: DataScreen, wish: Wish, found: Bringing) -> bool:
    made = next(
        (each.record for each in found.changes if isinstance(each, Put) and isinstance(each.record, Dataset)), None
    )
    kept = next((each.ref for each in found.changes if isinstance(each, PutFigures)), wish.dataset)
    dataset = made if made is not None else screen.snapshot.get(kept) if kept else None
    return not isinstance(dataset, Dataset) or dataset.as_of is not None


async def _with_places(screen: DataScreen, book: Book, wish: Wish) -> Wish | None:
    """Offer to tie names of the table to areas of the store; they are remembered. None where it was called off."""
    from kyoju_tui.exchange.statistics.places import strangers, with_alias

    if wish.mapping is not None and wish.mapping[1].values:
        return wish
    unknown: tuple[str, ...] = await asyncio.to_thread(strangers, screen.workspace, book, wish, screen.today)
    if not unknown or len(unknown) > _MOST_PLACES:
        return wish
    answer = await screen.kyoju.push_screen_wait(
        ChooseScreen(
            f"{len(unknown)}行の名前は、この保管場所のどの地域でもありません。",
            f"{'、'.join(unknown[:6])}{' など' if len(unknown) > 6 else ''}\n\n"
            "地域に結び付けると覚えておき、人口や割合を地域の指標として計算します。数値はどちらでも取り込めます。",
            answers=(("on", "このまま"), ("tie", "結び付ける")),
        )
    )
    if answer is None:
        return None
    left: list[str] = list(unknown)
    while answer == "tie" and left:
        rows = await screen.kyoju.push_screen_wait(
            Picker("1つの地域になる行", [Candidate(f"@{n}", name) for n, name in enumerate(left)], (), many=True)
        )
        if not rows:
            break
        names = [left[int(each.removeprefix("@"))] for each in rows]
        area = await screen.kyoju.push_screen_wait(
            Picker("その地域", candidates(screen.snapshot, "area", screen.today), (), many=False)
        )
        if area:
            wish = with_alias(screen.workspace, book, wish, names, area[0], screen.today)
            left = [each for each in left if each not in names]
    return wish


async def _worked(screen: DataScreen, words: str, work: Callable[[Cancelled], T]) -> T | None:
    found = await screen.kyoju.push_screen_wait(WorkingScreen[T](words, lambda _told, off: work(off)))
    if isinstance(found, KyojuError):
        screen.kyoju.tell(found)
        return None
    return found


def _fault(text: str, screen: DataScreen) -> str:
    try:
        parse_date(text, today=screen.today)
    except InvalidValue as error:
        return f"{error.message}{error.cure}"
    return ""
