"""キーパーソン: who does what, by role only; names belong into no record (handbook 3-2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kyoju_tui.records.base import Record
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.group import Person
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.area_limit import AreaLimited
from kyoju_tui.ui.widgets.matrix_table import Marked
from kyoju_tui.ui.widgets.story import Sentence


class PeopleScreen(AreaLimited):
    """The list: role, group, area, contact desk, end of term."""

    KIND = "person"
    DETAIL = 5
    EMPTY = (
        "地域で役割を果たしている人を、氏名を書かずに役割で記録します。\n\n"
        "F4 で記録します。連絡先は窓口課の名簿にあります。"
    )  # fmt: skip
    COMMANDS = ("open", "edit", "new", "search", "groups.limit", "remove", "reload", "back")

    def heads(self) -> Sequence[tuple[str, str]]:
        """Role, groups, areas, contact desk, term."""
        return (
            ("roles", "役割"), ("groups", "団体"), ("areas", "地域"), ("contact_desk", "窓口課"), ("until", "任期"),
        )  # fmt: skip

    def cells(self, ref: Ref, record: Record) -> Sequence[str | Marked]:  # noqa: ARG002
        """In words; a term that is over stands out."""
        person, marks = _person(record), marks_for(self.kyoju.current_theme)
        over = person.until is not None and person.until < self.today
        until = format_date(person.until, weekday=False) if person.until else ""
        desk = self.snapshot.name("department", person.contact_desk) if person.contact_desk else ""
        return (
            person.heading or "（役割なし）",
            "・".join(self.snapshot.name("group", group) for group in person.groups),
            self.area_words(person.areas),
            desk or Marked.of(("未定", marks.strong)),
            Marked.of((f"{until}（満了）", marks.strong)) if over else until,
        )

    def detail(self, ref: Ref, record: Record) -> Iterable[Sentence]:  # noqa: ARG002
        """Activities, and what one can ask for."""
        person = _person(record)
        yield Sentence("・".join(person.activities) or "活動内容がまだ書かれていません", "bold")
        yield Sentence(f"頼めること　{person.can_help_with or '（まだ書かれていません）'}")
        if person.until is not None and person.until < self.today:
            over = f"任期は{format_date(person.until, weekday=False)}で満了しています。次の人を確かめてください。"
            yield Sentence(over, marks_for(self.kyoju.current_theme).strong)
        yield Sentence("氏名と連絡先は、窓口課の名簿にあります。", "dim")

    def action_open(self) -> None:
        """Open the form: a person's record is short."""
        self.action_edit()


def _person(record: Record) -> Person:
    if not isinstance(record, Person):
        raise TypeError(f"no person: {type(record)}")
    return record
