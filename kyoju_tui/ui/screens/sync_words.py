"""What stands above the list of 送受信: how things are, in a few sentences, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from kyoju_tui.records.dates import format_month_day, format_time
from kyoju_tui.ui.widgets.story import Sentence

if TYPE_CHECKING:
    from kyoju_tui.records.errors import KyojuError
    from kyoju_tui.ui.marks import Marks
    from kyoju_tui.ui.sending import Sending
    from kyoju_tui.workspace.sync.syncing import Standing, Synced

NOT_SET: Final = (
    "離れた場所の写しと記録をやり取りするための画面です。まだ、送り先が決まっていません。\n"
    "送受信すると、ほかの人の記録を受け取り、自分の記録を送ります。同じ記録は項目ごとに合わせます。\n"
    "1つの保管場所をみんなで使っているなら、送り先はなくてかまいません。\n\n"
    "F2 で送り先を決めます。送り先の書き方は、管理者に聞いてください。"
)
NOTHING_WAITS: Final = "送っていない記録はありません。"
LOOKING: Final = "調べています。"
_KEPT: Final = "記録はすべてここに残っています。つながるときに、もう一度 Ctrl+R で送受信してください。"


def running_words(sending: Sending) -> Iterator[Sentence]:
    """While an exchange is under way."""
    yield Sentence(f"{sending.words}", "bold")
    if sending.stopping:
        yield Sentence("きりのよいところで止まります。記録は失われません。")
    else:
        yield Sentence("この画面を離れても続きます。そのあいだも、ほかの画面で記録できます。")
        yield Sentence("Ctrl+K で中止できます。")


def standing_words(standing: Standing, conflicts: int, left: int, today: date, marks: Marks) -> Iterator[Sentence]:
    """At rest: what waits for whom, and the partner. Of so many `conflicts` so many are `left` to be decided."""
    if left:
        yield Sentence(f"食い違いが{left}件あります。Enter で開いて、どちらを残すかを決めてください。", marks.strong)
        yield Sentence("決めるまで、記録は何も変わりません。決めたことは、その場で保管します。")
    elif conflicts:
        yield Sentence("すべて決まりました。Ctrl+R で、合わせて送ります。", marks.strong)
    elif standing.to_send:
        yield Sentence(f"送っていない記録が{standing.to_send}件あります。Ctrl+R で送受信します。", "bold")
    else:
        yield Sentence(NOTHING_WAITS, "bold")
    yield Sentence(_received_words(standing, today))
    yield Sentence(f"送り先　{standing.remote}", "dim")


def outcome_words(synced: Synced | None, refused: KyojuError | None, marks: Marks) -> Iterator[Sentence]:
    """How the last exchange ended."""
    if refused is not None:
        yield Sentence(refused.message, marks.strong)
        if refused.cure:
            yield Sentence(refused.cure)
    elif synced is not None:
        yield Sentence(f"送受信が終わりました（{synced_words(synced)}）。", "bold")


def trouble_words(trouble: str, marks: Marks) -> Iterator[Sentence]:
    """Why the last exchange, perhaps one of an earlier day, did not come through."""
    if trouble:
        yield Sentence(f"前回は送受信できませんでした：{trouble}", marks.strong)
        yield Sentence(_KEPT)


def synced_words(synced: Synced) -> str:
    """What an exchange did, counted."""
    parts = [f"受信 {synced.received}件", f"送信 {synced.sent}件"]
    if synced.merged:
        parts.append(f"合わせた記録 {len(synced.merged)}件")
    return "・".join(parts)


def _received_words(standing: Standing, today: date) -> str:
    if standing.looked_at is None:
        return "受信待ちの件数は、まだ確かめていません。"
    at = f"{_when(standing.looked_at, today)}に確かめました"
    if not standing.to_receive:
        return f"受信待ちはありません（{at}）。"
    return f"受信待ちは{standing.to_receive}件です（{at}）。"


def _when(at: datetime, today: date) -> str:
    here = at.astimezone()
    day = "今日の" if here.date() == today else f"{format_month_day(here.date())} "
    return f"{day}{format_time(here.time())}"
