"""`categories/<id>.toml`: a category, a row of the matrix (handbook 1-2(1))."""

from typing import Annotated, ClassVar

from kyoju_tui.records.base import CategoryId, Day, Flag, Part, Record, Says, Whole
from kyoju_tui.records.text import Line, Text


class Digest(Part):
    """The short digest (整理文) of the opinions on a category."""

    text: Annotated[Text | None, Says("整理文")] = None
    as_of: Annotated[Day | None, Says("時点")] = None


class Category(Record):
    """A row of the matrix. A category is retired or merged, never deleted."""

    KIND: ClassVar[str] = "category"

    name: Annotated[Line, Says("名称", column=True)]
    short: Annotated[Line | None, Says("略称")] = None
    order: Annotated[Whole | None, Says("並び順", "小さい数から上に並びます", column=True)] = None
    description: Annotated[Text | None, Says("説明", "何を書くかを回答する部署に伝えます", shown=True)] = None
    retired: Annotated[Flag, Says("廃止", "一覧表から外します。記録は残ります", column=True)] = False
    merged_into: Annotated[CategoryId | None, Says("統合先")] = None
    reading: Annotated[Line | None, Says("よみ", "検索とidに使います（ひらがな）", shown=True)] = None
    digest: Annotated[Digest | None, Says("意見の整理")] = None
