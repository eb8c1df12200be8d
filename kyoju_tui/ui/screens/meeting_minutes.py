"""会議概要: a meeting as it is read afterwards, its step forward, and its file (handbook 1-3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.widget import Widget

from kyoju_tui.exchange.documents.minutes_file import FORMS, minutes_file
from kyoju_tui.overview.minutes import MEANING, NOTHING, STEPS, Minutes, minutes, step_after, step_before
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.screens.write_out import write_out
from kyoju_tui.ui.widgets.story import Sentence, Story

_BACK = "back"
_ON = "on"


class MinutesScreen(DataScreen):
    """The minutes to be read."""

    title_ja = "会議概要"
    COMMANDS = ("minutes.step", "minutes.write", "edit", "reload", "back")
    AUTO_FOCUS = "Story"
    DEFAULT_CSS = """
    MinutesScreen Story { height: 1fr; background: $background; }
    MinutesScreen Story:focus { background: $background; }
    """

    def __init__(self, ref: str) -> None:
        super().__init__()
        self.ref = Ref(ref)

    def compose_body(self) -> Iterable[Widget]:
        """The text."""
        yield Story()

    def on_mount(self) -> None:
        """Show it."""
        self.show()

    def show(self) -> None:
        """Show the minutes as the records are now."""
        if self.meeting is None:
            self.kyoju.notify("この会議は削除されました。")
            self.kyoju.go_back()
            return
        self.query_one(Story).show(_sentences(minutes(self.snapshot, self.ref)))
        self.show_title()

    @property
    def meeting(self) -> Meeting | None:
        """The meeting, as long as there is one."""
        found = self.snapshot.get(self.ref)
        return found if isinstance(found, Meeting) else None

    @property
    def title_detail(self) -> str:
        """The meeting, and all steps with the present one in brackets."""
        status = self.meeting.minutes_status if self.meeting is not None else None
        steps = " → ".join(f"【{step}】" if step == status else step for step in STEPS)
        return f"{self.snapshot.title(self.ref)}　{steps}"

    def action_edit(self) -> None:
        """The form of the meeting."""
        self.edit(self.ref)

    # -- the steps -----------------------------------------------------------------------------------------------

    def action_step(self) -> None:
        """Ask what the next step means, then take it; or go back, after asking again."""
        self.run_worker(self._step())

    async def _step(self) -> None:
        status = self.meeting.minutes_status if self.meeting is not None else None
        after, before = step_after(status), step_before(status)
        answers = [(_ON, f"「{after}」に進める")] if after else []
        answers += [(_BACK, f"「{before}」に戻す")] if before else []
        now = f"今は「{status}」です。{MEANING[status]}" if status else "まだ会議概要の段階がありません。"
        following = f"次は「{after}」です。{MEANING[after]}" if after else "これが最後の段階です。"
        answer = await self.kyoju.push_screen_wait(
            ChooseScreen("会議概要の段階", f"{now}\n{following}", answers=[*answers, ("stay", "やめる")])
        )
        if answer == _ON and after:
            self.change(self.ref, {"minutes_status": after})
        elif answer == _BACK and before and await self.kyoju.push_screen_wait(_going_back(status or "", before)):
            self.change(self.ref, {"minutes_status": before})

    # -- the file ------------------------------------------------------------------------------------------------

    def action_write(self) -> None:
        """Ask where to, then write the file."""
        meeting = self.meeting
        if meeting is None:
            return
        day = f"{meeting.held_on:%Y%m%d}-" if meeting.held_on else ""
        name = f"{day}会議概要-{meeting.title}".replace("/", "／").replace("\\", "＼")[:60]
        snapshot, ref = self.snapshot, self.ref
        self.run_worker(
            write_out(
                self,
                "会議概要を書き出すファイル",
                f"使える形式は {'・'.join(FORMS)} です。",
                f"{name}.docx",
                lambda ending: minutes_file(minutes(snapshot, ref), ending),
                FORMS,
            )
        )


def _sentences(made: Minutes) -> Iterator[Sentence]:
    yield Sentence(f"{made.title}　会議概要（{made.status}）", "bold")
    yield Sentence("")
    for label, value in made.facts:
        yield Sentence(f"{label}：{value or NOTHING}")
    for section in made.sections:
        yield Sentence("")
        yield Sentence(section.heading, "bold")
        if not section.lines and not section.groups:
            yield Sentence(NOTHING, "dim", 2)
        for line in section.lines:
            yield Sentence(line, "", 2)
        for heading, lines in section.groups:
            yield Sentence(heading, "underline", 2)
            for line in lines:
                yield Sentence(f"・{line}", "", 4)


def _going_back(status: str, before: str) -> ConfirmScreen:
    return ConfirmScreen(
        f"会議概要を「{status}」から「{before}」に戻しますか。",
        "すでに見てもらった課があれば、直したことを伝えてください。",
        yes="戻す",
        no="やめる",
    )
