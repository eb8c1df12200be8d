"""居住コミュニティ政策: the lead, purpose and direction, roles, arguments (handbook 1-1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, cast, get_args

from kyoju_tui.overview.leading import FIRST_ROLES, only, policy_prompts, role_state, with_lead_kept
from kyoju_tui.records.base import Part, Record
from kyoju_tui.records.plain import to_plain
from kyoju_tui.records.policy import Policy, Position, Role
from kyoju_tui.ui.forms.candidates import candidates
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.screens.policy_arguments import ArgumentsScreen
from kyoju_tui.ui.screens.rows import Place, fill_table
from kyoju_tui.ui.screens.sheet import SheetScreen
from kyoju_tui.ui.screens.versions import VersionsScreen
from kyoju_tui.ui.widgets.story import Sentence

_COMPARED: Final = ("position", "purpose", "direction")
# A new lead is decided anew: nothing of the decision before is carried over.
_UNDECIDED: Final = {"drafted_on": None, "decided_on": None, "effective_on": None, "document": None}


class PolicyScreen(SheetScreen):
    """The sheet of the policy."""

    title_ja = "居住コミュニティ政策"
    TOLD = 4
    COMMANDS = (
        "open", "edit", "new", "policy.decide", "policy.position", "policy.versions", "policy.arguments",
        "policy.done", "sheet.cut", "reload", "back",
    )  # fmt: skip

    def __init__(self, ref: str = "policy") -> None:
        super().__init__(ref)

    @property
    def policy(self) -> Policy:
        """The policy as it is now."""
        return only(self.snapshot, Policy)

    def told(self, record: Record) -> Iterable[Sentence]:  # noqa: ARG002 - it asks the framework too
        """What is late or missing."""
        strong = marks_for(self.kyoju.current_theme).strong
        return [
            Sentence(prompt.text, strong if prompt.urgent else "")
            for prompt in policy_prompts(self.snapshot, self.today)
        ]

    def line_of(self, part: Part) -> tuple[str, str]:
        """A role is headed by how it stands."""
        if isinstance(part, Role):
            told = super().line_of(part)
            return role_state(part, self.today), "　".join(filter(None, told))
        return super().line_of(part)

    # -- adding --------------------------------------------------------------------------------------------------

    def add_to(self, field: str) -> None:
        """Talks are of today; roles begin with the two of every lead department; an argument has its place."""
        if field == "consultations":
            self.add_row(self.ref, field, {"on": self.today})
        elif field == "arguments":
            self.action_arguments()
        elif field == "roles":
            self.run_worker(self._add_role())
        else:
            super().add_to(field)

    async def _add_role(self) -> None:
        if self.policy.roles:
            self.add_row(self.ref, "roles")
            return
        answers = (("both", "この2つから始める"), ("own", "自分で書く"))
        listed = "\n".join(f"・{text}" for text in FIRST_ROLES)
        question = ChooseScreen(
            "担当部局の役割は、次の2つから始められます。",
            f"{listed}\n\nあとで担当と期日を入れてください。行を加えることも消すこともできます。",
            answers=answers,
        )
        answer = await self.kyoju.push_screen_wait(question)
        lead = self.policy.lead
        owner = {"department": lead.department} if lead is not None and lead.department else {}
        if answer == "both":
            rows = [{"id": f"role{number}", "text": text, **owner} for number, text in enumerate(FIRST_ROLES, start=1)]
            self.change(self.ref, {"roles": rows})
        elif answer == "own":
            self.add_row(self.ref, "roles", owner)

    # -- acting --------------------------------------------------------------------------------------------------

    @property
    def foremost(self) -> tuple[str, ...]:
        """The decision of a lead until it is there, then what is looked at again and again."""
        if self.policy.lead is None or self.policy.lead.department is None:
            return ("open", "new", "policy.decide")
        return ("open", "new", "policy.done", "policy.position", "policy.arguments", "policy.versions")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a role is done."""
        if action == "done" and self.is_mounted:
            line = self.line_here
            return line is not None and line.field.name == "roles" and line.number is not None
        return super().check_action(action, parameters)

    def action_decide(self) -> None:
        """Choose the lead department, candidates first, and write the decision down."""
        self.run_worker(self._decide())

    async def _decide(self) -> None:
        proposed = [each.department for each in self.policy.candidates if each.department]
        offered = [
            replace(each, detail="候補") if each.value in proposed else each
            for each in candidates(self.snapshot, "department", self.today)
        ]
        offered.sort(key=lambda each: each.value not in proposed)
        chosen = cast(
            "Sequence[str] | None", await self.kyoju.push_screen_wait(Picker("担当部局", offered, (), many=False))
        )
        if not chosen:
            return
        lead = self.policy.lead
        same = lead is not None and lead.department == chosen[0]
        preset: dict[str, object] = {"department": chosen[0]} if same else {"department": chosen[0], **_UNDECIDED}
        await fill_table(self, Place(self.ref, "lead"), preset, title="担当部局を決める", settle=self.settle)

    async def settle(self, before: Record, after: Record) -> Record | None:
        """The department that led before is kept among the earlier ones."""
        if not isinstance(before, Policy) or not isinstance(after, Policy):
            return after
        old = before.lead.department if before.lead is not None else None
        name = self.snapshot.full_name("department", old) if old else ""
        return with_lead_kept(before, after, name, self.today)

    def action_position(self) -> None:
        """Record where purpose and direction stand, looked at today."""
        self.run_worker(self._position())

    async def _position(self) -> None:
        question = ChooseScreen(
            "目的と方向性は、どの段階ですか。",
            f"今の位置づけ：{self.policy.position or '未記入'}　今日を見直した日として記録します。",
            answers=[(f"position-{number}", word) for number, word in enumerate(get_args(Position))],
        )
        answer = await self.kyoju.push_screen_wait(question)
        if answer is not None:
            position = get_args(Position)[int(answer.rpartition("-")[2])]
            self.change(self.ref, {"position": position, "reviewed_on": self.today})

    def action_versions(self) -> None:
        """Earlier versions of purpose and direction."""
        self.kyoju.push_screen(VersionsScreen(self.ref, _COMPARED))

    def action_arguments(self) -> None:
        """Arguments by viewpoint and audience."""
        self.kyoju.push_screen(ArgumentsScreen())

    def action_done(self) -> None:
        """A role is done today; again takes that back."""
        line = self.line_here
        if line is not None and line.field.name == "roles" and line.number is not None:
            rows = [to_plain(role) for role in self.policy.roles]
            if rows[line.number].pop("done_on", None) is None:
                rows[line.number]["done_on"] = self.today
            self.change(self.ref, {"roles": rows})
