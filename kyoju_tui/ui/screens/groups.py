"""団体: groups and businesses, bound to an area or not, with their key persons by role (handbook 3-2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kyoju_tui.overview.surveys import key_persons
from kyoju_tui.records.base import Record
from kyoju_tui.records.group import Group
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.area_limit import AreaLimited
from kyoju_tui.ui.screens.sheet import SheetScreen
from kyoju_tui.ui.widgets.matrix_table import Marked
from kyoju_tui.ui.widgets.story import Sentence


class GroupsScreen(AreaLimited):
    """The list: area and contact desk are seen first."""

    KIND = "group"
    DETAIL = 8
    EMPTY = (
        "町内会、商店街、活動団体、事業者などがここに並びます。\n\n"
        "F4 で団体を記録します。地域に限らない団体は、地域を空のままにします。"
    )
    COMMANDS = ("open", "edit", "new", "search", "groups.limit", "remove", "reload", "back")

    def heads(self) -> Sequence[tuple[str, str]]:
        """Name, areas, contact desk, kind, key persons."""
        return (
            ("name", "団体名"),
            ("areas", "地域"),
            ("contact_desk", "窓口課"),
            ("kind", "種別"),
            ("people", "キーパーソン"),
        )

    def cells(self, ref: Ref, record: Record) -> Sequence[str | Marked]:
        """In words; a missing contact desk stands out."""
        group, marks = _group(record), marks_for(self.kyoju.current_theme)
        desk = self.snapshot.name("department", group.contact_desk) if group.contact_desk else ""
        people = len(key_persons(self.snapshot, ref.id))
        return (
            group.name,
            self.area_words(group.areas),
            desk or Marked.of(("未定", marks.strong)),
            group.kind or "",
            f"{people}人" if people else "",
        )

    def detail(self, ref: Ref, record: Record) -> Iterable[Sentence]:
        """What it does, how, with what difficulties and plans, and who in it does what."""
        group = _group(record)
        heard = f"（{group.heard_from}から把握）" if group.heard_from else ""
        yield Sentence(f"{'・'.join(group.activities) or '活動内容がまだ書かれていません'}{heard}", "bold")
        told = (("実施体制", group.structure), ("活動の課題", group.difficulties), ("今後の予定", group.plans))
        for label, text in told:
            if text:
                yield Sentence(f"{label}　{text}")
        for _, person in key_persons(self.snapshot, ref.id):
            yield Sentence(f"キーパーソン　{person.heading}　{person.can_help_with or ''}")

    def action_open(self) -> None:
        """Open the sheet."""
        if self.key_here:
            self.kyoju.push_screen(SheetScreen(self.key_here))


def _group(record: Record) -> Group:
    if not isinstance(record, Group):
        raise TypeError(f"no group: {type(record)}")
    return record
