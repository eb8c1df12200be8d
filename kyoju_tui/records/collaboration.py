"""`collaborations/<id>.toml`: joint work of departments (handbook 1-2(2), 1-3(1))."""

from typing import Annotated, ClassVar, Literal

from kyoju_tui.records.base import CategoryId, DepartmentId, EntryId, Part, Record, Says, ThemeId
from kyoju_tui.records.text import Line, Text


class Share(Part):
    """What one department contributes."""

    KEY: ClassVar[tuple[str, ...]] = ("department",)

    department: Annotated[DepartmentId, Says("部署")]
    share: Annotated[Text | None, Says("分担")] = None


class Collaboration(Record):
    """Joint work of two or more departments over one or more categories."""

    KIND: ClassVar[str] = "collaboration"

    title: Annotated[Line, Says("名称", column=True)]
    departments: Annotated[tuple[Share, ...], Says("部署と分担", shown=True)] = ()
    categories: Annotated[tuple[CategoryId, ...], Says("カテゴリー", column=True)] = ()
    entries: Annotated[tuple[EntryId, ...], Says("関係する取組・課題")] = ()
    direction: Annotated[Text | None, Says("方向性", shown=True)] = None
    form: Annotated[Line | None, Says("連携のかたち")] = None
    status: Annotated[Literal["案", "協議中", "実施中", "終了"] | None, Says("状況", column=True)] = None
    theme: Annotated[ThemeId | None, Says("テーマ")] = None
