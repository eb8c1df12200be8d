"""推進体制: the type, the stage, what came of it, and the periodic review (handbook 2-1, 2-2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, cast

from kyoju_tui.overview.framing import TYPES, framework_prompts, wants_override
from kyoju_tui.overview.leading import only
from kyoju_tui.records.base import Record
from kyoju_tui.records.dates import format_date, parse_date
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.framework import Framework
from kyoju_tui.records.plain import to_plain
from kyoju_tui.ui.forms.candidates import candidates
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.ask_text import AskTextScreen
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.screens.framework_types import TypesScreen
from kyoju_tui.ui.screens.sheet import SheetScreen
from kyoju_tui.ui.widgets.story import Sentence

_DATED: Final = ("results", "problems", "reviews")


class FrameworkScreen(SheetScreen):
    """The sheet of the framework."""

    title_ja = "推進体制"
    TOLD = 3
    COMMANDS = (
        "open", "edit", "new", "framework.compare", "framework.decide", "framework.joint", "sheet.cut", "reload",
        "back",
    )  # fmt: skip

    def __init__(self, ref: str = "framework") -> None:
        super().__init__(ref)

    @property
    def framework(self) -> Framework:
        """The framework as it is now."""
        return only(self.snapshot, Framework)

    @property
    def title_detail(self) -> str:
        """The present type and stage."""
        type_ = f"{self.framework.type}タイプ" if self.framework.type else "タイプ未定"
        return "　".join(filter(None, (type_, self.framework.stage)))

    def told(self, record: Record) -> Iterable[Sentence]:
        """What the framework asks for next."""
        if not isinstance(record, Framework):
            return ()
        strong = marks_for(self.kyoju.current_theme).strong
        return [
            Sentence(prompt.text, strong if prompt.urgent else "") for prompt in framework_prompts(record, self.today)
        ]

    def add_to(self, field: str) -> None:
        """What is logged is of today."""
        if field in _DATED:
            self.add_row(self.ref, field, {"on": self.today})
        else:
            super().add_to(field)

    async def settle(self, before: Record, after: Record) -> Record | None:
        """Moving without any review before asks for a reason, which is kept with the move."""
        if not isinstance(before, Framework) or not isinstance(after, Framework):
            return after
        untouched = (before.reviews, before.transition) == (after.reviews, after.transition)
        if untouched or not wants_override(after):
            return after
        question = AskTextScreen(
            "検証の記録がないまま、新しい部署へ移ることになります。",
            "まず会議での連携で実績を積み、検証してから移ることが勧められています。それでも移るときは、検証を経ずに移る"
            "理由を書いてください。「やめる」で入力に戻ります。",
            placeholder="理由",
            take="理由を付けて記録",
        )
        reason = await self.kyoju.push_screen_wait(question)
        if reason is None:
            return None
        move = {} if after.transition is None else to_plain(after.transition)
        return after.but(transition={**move, "override_reason": reason})

    # -- acting --------------------------------------------------------------------------------------------------

    @property
    def foremost(self) -> tuple[str, ...]:
        """The decision until it is there, then the step to joint work."""
        if self.framework.type is None:
            return ("framework.compare", "framework.decide")
        return () if self.framework.stage == "連携協働" else ("open", "new", "framework.joint")

    def action_compare(self) -> None:
        """Both types side by side."""
        self.kyoju.push_screen(TypesScreen())

    def action_decide(self) -> None:
        """Decide the type with reason, name and members; nothing is recorded before the last answer."""
        self.run_worker(self._decide())

    async def _decide(self) -> None:
        framework = self.framework
        answers = [(f"type-{number}", f"{name}タイプ") for number, name in enumerate(TYPES)]
        chosen = await self.kyoju.push_screen_wait(
            ChooseScreen(
                "どちらのタイプで進めますか。",
                "はじめは今の組織のまま会議で連携し、実績と課題を見てから、部署を置くかを判断します。",
                answers=answers,
            )
        )
        if chosen is None:
            return
        type_ = TYPES[int(chosen.rpartition("-")[2])]
        reason = await self.kyoju.push_screen_wait(self._why(type_))
        if reason is None:
            return
        body = await self.kyoju.push_screen_wait(
            AskScreen("会議や組織の名称", value=framework.body or "", take="次へ", placeholder="例：庁内連携会議")
        )
        if body is None:
            return
        offered = candidates(self.snapshot, "department", self.today)
        members = cast(
            "Sequence[str] | None",
            await self.kyoju.push_screen_wait(Picker("構成部署", offered, framework.members, many=True)),
        )
        if members is None:
            return
        fields: dict[str, object] = {"type": type_, "reason": reason, "body": body, "members": list(members)}
        stage = framework.stage or "意見交換"
        self.change(self.ref, {**fields, "decided_on": self.today, "stage": stage})

    def _why(self, type_: str) -> AskTextScreen:
        """Asks why this type; of a unit without any review before it says that."""
        unreviewed = type_ == TYPES[1] and not self.framework.reviews
        return AskTextScreen(
            f"{type_}タイプを選ぶ理由",
            "実績の検証がまだ記録されていません。会議での連携から始めずに部署を置く理由を残します。"
            if unreviewed
            else "",
            value=self.framework.reason or "",
            take="次へ",
        )

    def action_joint(self) -> None:
        """The exchange of views became joint work on a day."""
        self.run_worker(self._joint())

    async def _joint(self) -> None:
        since = self.framework.joint_since or self.today

        def check(text: str) -> str:
            try:
                parse_date(text, today=self.today)
            except InvalidValue as error:
                return error.message
            return ""

        question = AskScreen(
            "意見交換の場が連携協働の場になったのは、いつですか。",
            "段階を「連携協働」とし、この日を記録します。",
            value=format_date(since, weekday=False),
            check=check,
            take="記録する",
        )
        answer = await self.kyoju.push_screen_wait(question)
        if answer is not None:
            day = parse_date(answer, today=self.today).value
            self.change(self.ref, {"stage": "連携協働", "joint_since": day})
