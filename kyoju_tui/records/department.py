"""`departments/<id>.toml`: a department, or an external member of the process (handbook 1-1, 1-2)."""

from typing import Annotated, ClassVar

from kyoju_tui.records.base import CategoryId, Day, DepartmentId, Flag, Record, Says, Whole
from kyoju_tui.records.text import Line


class Department(Record):
    """A column of the matrix. `categories` are the rows it is expected to fill; none named means all."""

    KIND: ClassVar[str] = "department"

    name: Annotated[Line, Says("名称", column=True)]
    short: Annotated[Line | None, Says("略称", "一覧表の見出しに使います（4文字程度）", column=True)] = None
    bureau: Annotated[Line | None, Says("部", column=True)] = None
    order: Annotated[Whole | None, Says("並び順", "小さい数から左に並びます", column=True)] = None
    categories: Annotated[
        tuple[CategoryId, ...], Says("記入を求めるカテゴリー", "空のときはすべてのカテゴリーです")
    ] = ()
    external: Annotated[Flag, Says("庁外", "社会福祉協議会など、庁外の構成員", column=True)] = False
    from_: Annotated[Day | None, Says("設置日")] = None
    until: Annotated[Day | None, Says("廃止日", "この日まで一覧表に並びます")] = None
    successor: Annotated[DepartmentId | None, Says("引き継ぐ部署")] = None
    reading: Annotated[Line | None, Says("よみ", "検索とidに使います（ひらがな）", shown=True)] = None
