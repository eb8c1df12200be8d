"""What is done on the sheet of an area: its place, visits and promises, lessons passed on (handbook 3-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kyoju_tui.records.area import Area, Lesson, Visit
from kyoju_tui.records.ids import new_part_id
from kyoju_tui.records.plain import to_plain
from kyoju_tui.ui.forms.candidates import Candidate, candidates
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.screens.area_compare import AreaCompareScreen
from kyoju_tui.ui.screens.ask_text import AskTextScreen
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.screens.sheet import SheetScreen

if TYPE_CHECKING:
    from kyoju_tui.ui.screens.sheet import Line

_DATED: Final = ("visits", "talks", "proposals", "lessons")
_STATUS: Final = {"candidate": "候補", "model": "モデル", "target": "対象", "not-now": "今回は対象外"}


class AreaActs(SheetScreen):
    """The acting half of the sheet."""

    @property
    def area(self) -> Area:
        """The area as it is now."""
        raise NotImplementedError

    @property
    def visit_here(self) -> Visit | None:
        """The visit under the cursor."""
        line: Line | None = self.line_here
        if line is None or line.field.name != "visits" or line.number is None:
            return None
        return self.area.visits[line.number]

    def action_open(self) -> None:
        """Open what the line shows; the place of an area is changed with its reason."""
        line = self.line_here
        if line is not None and line.field.name == "status":
            self.action_status()
        else:
            super().action_open()

    def add_to(self, field: str) -> None:
        """What happens on a day begins with today."""
        if field == "passed_to":
            self.action_pass()
        else:
            self.add_row(self.ref, field, {"on": self.today} if field in _DATED else None)

    def action_visit(self) -> None:
        """Record a visit of today."""
        self.add_row(self.ref, "visits", {"on": self.today}, title="訪問を記録")

    def action_keep(self) -> None:
        """The promise of the visit under the cursor was kept today."""
        kept = self.visit_here
        if kept is not None:
            visits = [
                to_plain(visit) | ({"kept_on": self.today} if visit is kept else {}) for visit in self.area.visits
            ]
            self.change(self.ref, {"visits": visits})

    def action_compare(self) -> None:
        """Indicators of all areas side by side."""
        self.kyoju.push_screen(AreaCompareScreen(self.ref))

    def action_status(self) -> None:
        """Change the place of the area."""
        self.run_worker(self._change_status())

    async def _change_status(self) -> None:
        now = self.area.status
        question = ChooseScreen(
            f"「{self.area.name}」の位置づけ（今は{now or '未定'}）",
            "統計だけで選ばず、判断材料と地域との話を理由に書きます。",
            answers=tuple(_STATUS.items()),
        )
        answer = await self.kyoju.push_screen_wait(question)
        if answer is None or _STATUS[answer] == now:
            return
        status, reason = _STATUS[answer], self.area.status_reason or ""
        fields: dict[str, object] = {"status": status}
        if status != "候補":
            several = "\n" in reason
            asked = AskTextScreen(
                f"「{status}」とする理由",
                f"これまでの理由：\n{reason}" if several else "どのように選んだかを、後任にも分かるように書きます。",
                value="" if several else reason,
            )
            said = await self.kyoju.push_screen_wait(asked)
            if said is None:
                return
            fields["status_reason"] = f"{reason}\n{said}" if several else said
        self.change(self.ref, fields)

    def action_pass(self) -> None:
        """Record that lessons were passed on to another area."""
        self.run_worker(self._pass_on())

    async def _pass_on(self) -> None:
        lessons = {str(number): lesson for number, lesson in enumerate(self.area.lessons) if lesson.text}
        if not lessons:
            self.kyoju.notify("渡すには、まず「分かったこと」を記録します。", timeout=8)
            self.add_row(self.ref, "lessons", {"on": self.today}, title="分かったことを記録")
            return
        chosen: tuple[str, ...] | None = tuple(lessons)
        if len(lessons) > 1:
            offered = [Candidate(key, _words(lesson)) for key, lesson in lessons.items()]
            chosen = await self.kyoju.push_screen_wait(Picker("渡す「分かったこと」", offered, (), many=True))
        if not chosen:
            return
        # An area never passes on to itself: it is not offered.
        others = [each for each in candidates(self.snapshot, "area", self.today) if each.value != self.ref.id]
        if not others:
            self.kyoju.notify("渡す先の地域がまだありません。地域の一覧で F4 を押すと記録できます。", timeout=8)
            return
        target = await self.kyoju.push_screen_wait(Picker("渡した先の地域", others, (), many=False))
        if not target:
            return
        text = "\n".join(_words(lessons[key]) for key in sorted(chosen, key=int))
        passed = [to_plain(each) for each in self.area.passed_to]
        taken = {str(each["id"]) for each in passed if each.get("id")}
        row = {"id": new_part_id(taken), "area": target[0], "on": self.today, "text": text}
        self.change(self.ref, {"passed_to": [*passed, row]})


def _words(lesson: Lesson) -> str:
    return " ".join((lesson.text or "").split())
