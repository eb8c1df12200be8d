"""`themes/<id>.toml`: a priority theme, from what is needed to how it is done (handbook 1-3(3))."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, Strict

from kyoju_tui.records.base import AreaId, CategoryId, DepartmentId, EntryId, Item, Record, Says
from kyoju_tui.records.text import Line, Text


class Obstacle(Item):
    """An institutional problem (制度上の課題) with a response, or an alternative."""

    issue: Annotated[Text | None, Says("制度上の課題")] = None
    response: Annotated[Text | None, Says("対応")] = None
    alternative: Annotated[Text | None, Says("代替案")] = None


class Theme(Record):
    """A theme, ranked with a stated reason."""

    KIND: ClassVar[str] = "theme"

    title: Annotated[Line, Says("テーマ", column=True)]
    need: Annotated[Text | None, Says("必要なこと")] = None
    rank: Annotated[Annotated[int, Strict(), Field(ge=1, le=999)] | None, Says("順位", column=True)] = None
    reason: Annotated[Text | None, Says("順位の理由")] = None
    status: Annotated[Literal["候補", "議論中", "実践中", "完了", "見送り"] | None, Says("状況", column=True)] = None
    categories: Annotated[tuple[CategoryId, ...], Says("カテゴリー")] = ()
    departments: Annotated[tuple[DepartmentId, ...], Says("部署")] = ()
    entries: Annotated[tuple[EntryId, ...], Says("関係する取組・課題")] = ()
    areas: Annotated[tuple[AreaId, ...], Says("地域")] = ()
    obstacles: Annotated[tuple[Obstacle, ...], Says("制度上の課題")] = ()
    collaboration_form: Annotated[Text | None, Says("連携協働のあり方")] = None
    override_reason: Annotated[Text | None, Says("整理を待たずに進める理由")] = None
