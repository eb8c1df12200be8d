"""意見・考え方等 from the matrix: add one, write the digest, choose what is printed (handbook 1-3(2))."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kyoju_tui.records.base import Lens
from kyoju_tui.records.dates import format_short
from kyoju_tui.records.ids import Ref, new_part_id
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.plain import to_plain
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.forms.candidates import Candidate
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.screens.ask_text import AskTextScreen
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.workspace.changing.printing import opinions_on, ticking

if TYPE_CHECKING:
    from kyoju_tui.ui.screens.data import DataScreen

_NO_LENS: Final = "none"
_LENSES: Final[dict[str, Lens]] = {"issue": "課題", "insufficient": "充実が必要", "joint": "連携の可能性"}


async def add_opinion(screen: DataScreen, category: str, department: str = "") -> None:
    """Which meeting, the words, the lens: the opinion is appended, and no other record is touched."""
    meetings = sorted(screen.snapshot.meetings.items(), key=_newest_first)
    if not meetings:
        screen.kyoju.notify("意見は会議に記録します。先に「会議」の画面で会議を記録してください。")
        return
    offered = [
        Candidate(ref.id, meeting.title, format_short(meeting.held_on) if meeting.held_on else "")
        for ref, meeting in meetings
    ]
    chosen = await screen.kyoju.push_screen_wait(Picker("会議", offered, (), many=False))
    if not chosen:
        return
    ref = Ref(f"meetings/{chosen[0]}")
    about = [screen.snapshot.name("category", category)]
    about += [screen.snapshot.name("department", department)] if department else []
    text = await screen.kyoju.push_screen_wait(
        AskTextScreen(
            f"「{'｜'.join(about)}」への意見・考え方等",
            f"{screen.snapshot.title(ref)}に書き足します。前の意見は変わりません。",
            take="次へ",
        )
    )
    if not text:
        return
    lens = await screen.kyoju.push_screen_wait(
        ChooseScreen("この意見の視点", text, answers=[(_NO_LENS, "決めない"), *_LENSES.items()])
    )
    if lens is None:
        return
    base = screen.workspace.base(ref)
    meeting = screen.snapshot.get(ref)
    if isinstance(meeting, Meeting):
        fields = {"category": category, "department": department, "lens": _LENSES.get(lens), "text": text}
        plain = {name: value for name, value in fields.items() if value}
        taken = {each.id for each in meeting.opinions if each.id}
        opinions = [*map(to_plain, meeting.opinions), {"id": new_part_id(taken), **plain}]
        changed = meeting.but(opinions=opinions)
        screen.kyoju.save(lambda: screen.workspace.save(ref, changed, base=base))


def edit_digest(screen: DataScreen, category: str) -> None:
    """The category's digest in its small form, as of today."""
    name = screen.snapshot.name("category", category)
    screen.edit_row(
        f"categories/{category}", "digest", None, {"as_of": screen.today}, title=f"「{name}」の意見の整理（整理文）"
    )


async def choose_printed(screen: DataScreen, category: str) -> None:
    """Which of the category's opinions go onto paper: on and off in one list, one save."""
    workspace = screen.workspace
    # The bases first, then what they hold: a colleague's change that comes after them is merged.
    bases = {ref: workspace.base(ref) for ref in screen.snapshot.meetings}
    snapshot = screen.snapshot
    before = opinions_on(snapshot, category)
    if not before:
        screen.kyoju.notify("このカテゴリーには、まだ意見がありません。")
        return
    numbered = {str(number): place for number, place in enumerate(before, 1)}
    offered = [Candidate(number, _words(snapshot, *place)) for number, place in numbered.items()]
    chosen = [number for number, place in numbered.items() if before[place]]
    answer = await screen.kyoju.push_screen_wait(Picker("印刷する意見", offered, chosen, many=True))
    if answer is None:
        return
    puts = ticking(snapshot, category, [numbered[number] for number in answer], bases)
    if not puts:
        screen.kyoju.notify("印刷する意見は変わっていません。")
        return
    name = snapshot.full_name("category", category)
    screen.kyoju.save(lambda: workspace.batch(puts, action="update", subject=f"印刷する意見を選択（{name}）"))


def _words(snapshot: Snapshot, ref: Ref, place: int) -> str:
    meeting = snapshot.meetings[ref]
    opinion = meeting.opinions[place]
    day = format_short(meeting.held_on) if meeting.held_on else meeting.title
    who = snapshot.name("department", opinion.department) if opinion.department else ""
    return f"{' '.join(filter(None, (day, who)))}：{opinion.text}"


def _newest_first(item: tuple[Ref, Meeting]) -> tuple[int, Ref]:
    ref, meeting = item
    return -(meeting.held_on.toordinal() if meeting.held_on else 0), ref
