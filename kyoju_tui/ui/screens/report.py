"""報告書・書き出し: what, for whom, since when and where to; then it is made beside the screen, and written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kyoju_tui.exchange.papers.paper_file import FORMS
from kyoju_tui.exchange.report.publishing import Audience
from kyoju_tui.exchange.report.report_file import REPORT, report_name
from kyoju_tui.files.output import replace as put
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.ui.forms.candidates import Candidate
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.matrix_moment import NOW, offered
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.screens.comparison_moments import ask_day
from kyoju_tui.ui.screens.report_making import REPORT_WORD, WORDS, Wanted, made
from kyoju_tui.ui.screens.working import WorkingScreen
from kyoju_tui.ui.screens.write_out import asked_place

if TYPE_CHECKING:
    from kyoju_tui.exchange.bringing import Cancelled, Told
    from kyoju_tui.ui.screens.data import DataScreen
    from kyoju_tui.workspace.past.moments import Moment

_READERS: Final[tuple[tuple[Audience, str], ...]] = (
    ("庁内", "庁内の会議"),
    ("事務局", "事務局だけ"),
    ("公開", "庁外にも公開"),
)
_READERS_TOLD: Final = (
    "庁内の会議：期限超過と、地域の意欲は載せません。\n"
    "事務局だけ：それらも載せます。\n"
    "庁外にも公開：公開区分が「公開可」の記録だけで作ります。\n"
    "キーパーソンと連絡先は、どれにも載せません。"
)


async def write_papers(screen: DataScreen, *, discreet: bool = False) -> None:
    """Ask what, for whom, since when and where to, then make and write it; Esc anywhere leaves. In a worker.

    `discreet` keeps who is late out of the matrix, as the projector does.
    """
    wanted = await _asked(screen, discreet=discreet)
    if wanted is None:
        return
    is_report = wanted.what == REPORT_WORD
    forms = (REPORT,) if is_report else FORMS
    name = report_name(screen.today) if is_report else f"{WORDS[wanted.what]}-{screen.today:%Y%m%d}.xlsx"
    detail = "どのブラウザーでも開け、A3横で印刷できます。" if is_report else f"使える形式は {'・'.join(forms)} です。"
    place = await asked_place(screen, f"{WORDS[wanted.what]}を書き出すファイル", detail, name, forms)
    if place is None:
        return

    def work(told: Told, cancelled: Cancelled) -> bytes:
        return made(wanted, place.suffix.lower(), told, cancelled)

    result = await screen.kyoju.push_screen_wait(WorkingScreen(f"{WORDS[wanted.what]}を作っています。", work))
    if result is None:
        return
    try:
        if isinstance(result, KyojuError):
            raise result
        await asyncio.to_thread(put, place, result)
    except KyojuError as error:
        screen.kyoju.tell(error)
    else:
        screen.kyoju.notify(f"書き出しました。\n{place}", timeout=10)


async def _asked(screen: DataScreen, *, discreet: bool) -> Wanted | None:
    """What is wanted; None where somebody left."""
    choices = [Candidate(f"@{what}", label) for what, label in WORDS.items()]
    chosen = await screen.kyoju.push_screen_wait(Picker("書き出すもの", choices, (), many=False))
    if not chosen:
        return None
    what = chosen[0].removeprefix("@")
    wanted = Wanted(what, screen.workspace, screen.snapshot, screen.today, discreet=discreet)
    if what != REPORT_WORD:
        return wanted
    readers = await screen.kyoju.push_screen_wait(
        ChooseScreen("だれが読む報告書ですか。", _READERS_TOLD, answers=_READERS)
    )
    if readers is None:
        return None
    since = await _since(screen)
    if since is None:
        return None
    audience = next(each for each, _ in _READERS if each == readers)
    return replace(wanted, audience=audience, since=since())


async def _since(screen: DataScreen) -> Callable[[], Moment | None] | None:
    """The moment from which changes are told, which may be none; None where the question was left."""
    choices = {each.value: (each, moment) for each, moment in offered(screen.snapshot, screen.today)}
    shown = [
        replace(each, name="載せない", search=("のせない",)) if each.value == NOW else each
        for each, _ in choices.values()
    ]
    chosen = await screen.kyoju.push_screen_wait(Picker("変わったところを載せる始まりの時点", shown, (), many=False))
    if not chosen:
        return None
    if chosen[0] == NOW:
        return lambda: None
    moment = choices[chosen[0]][1] or await ask_day(screen)
    return None if moment is None else lambda: moment
