"""`groups/<id>.toml` and `people/<id>.toml`: who is active, without names of persons (handbook 3-2)."""

from typing import Annotated, ClassVar, Literal

from kyoju_tui.records.base import AreaId, Day, DepartmentId, GroupId, Record, Says
from kyoju_tui.records.text import Line, Text


class Group(Record):
    """A group or business; without an area it is not bound to one."""

    KIND: ClassVar[str] = "group"

    name: Annotated[Line, Says("団体名", column=True)]
    kind: Annotated[
        Literal[
            "連合町内会", "町内会", "コミュニティ", "地域包括", "商店街", "活動団体", "NPO", "事業者", "その他"
        ] | None,
        Says("種別", column=True),
    ] = None  # fmt: skip
    areas: Annotated[tuple[AreaId, ...], Says("地域", "特定の地域に限らない団体は空", column=True)] = ()
    heard_from: Annotated[Line | None, Says("把握した先", "例：県、隣市、NPO")] = None
    contact_desk: Annotated[
        DepartmentId | None, Says("連絡先の窓口課", "氏名や電話は書かず、名簿を持つ課を選びます", column=True)
    ] = None
    structure: Annotated[Text | None, Says("活動の実施体制")] = None
    activities: Annotated[tuple[Line, ...], Says("活動内容")] = ()
    difficulties: Annotated[Text | None, Says("活動の課題")] = None
    plans: Annotated[Text | None, Says("今後の予定")] = None


class Person(Record):
    """A key person by role only: no name and no contact is kept in the store."""

    KIND: ClassVar[str] = "person"

    groups: Annotated[tuple[GroupId, ...], Says("団体", column=True)] = ()
    roles: Annotated[tuple[Line, ...], Says("役割", "役職でなく、果たしている役割", column=True)] = ()
    activities: Annotated[tuple[Line, ...], Says("活動内容")] = ()
    can_help_with: Annotated[Text | None, Says("頼めること")] = None
    areas: Annotated[tuple[AreaId, ...], Says("地域", column=True)] = ()
    until: Annotated[Day | None, Says("任期")] = None
    contact_desk: Annotated[DepartmentId | None, Says("連絡先の窓口課", column=True)] = None

    @property
    def heading(self) -> str:
        """The roles, since a person has no name here."""
        return "・".join(self.roles)
