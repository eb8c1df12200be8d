"""What staff say of a reorganisation (組織改編), form by form. Nothing of this is stored: records come of it."""

from typing import Annotated, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from kyoju_tui.records.base import Day, DepartmentId, Part, Says
from kyoju_tui.records.text import Line

_ON = "この日から新しい組織になります。前の日までが、もとの部署です"
_READING = "検索とidに使います（ひらがな）"


class Succeeding(Part):
    """A department that takes over: one there is, or a new one by name and reading."""

    KEY = ("name",)

    department: Annotated[DepartmentId | None, Says("既にある部署", "新しくできる部署のときは空のまま", shown=True)] = (
        None
    )
    name: Annotated[Line | None, Says("新しい部署の名称", shown=True)] = None
    reading: Annotated[Line | None, Says("よみ", _READING, shown=True)] = None
    short: Annotated[Line | None, Says("略称", "一覧表の見出しに使います（4文字程度）", shown=True)] = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if self.department is None and not (self.name and self.reading):
            raise PydanticCustomError("no_successor", "既にある部署を選ぶか、新しい部署の名称とよみを入れてください。")
        if self.department is not None and self.name:
            raise PydanticCustomError("two_successors", "既にある部署と新しい部署のどちらかだけにしてください。")
        return self


class Renaming(Part):
    """A department goes on under another name (改称)."""

    department: Annotated[DepartmentId, Says("改称する部署")]
    name: Annotated[Line, Says("新しい名称")]
    reading: Annotated[Line, Says("よみ", _READING)]
    short: Annotated[Line | None, Says("略称", "一覧表の見出しに使います（4文字程度）", shown=True)] = None
    on: Annotated[Day, Says("施行日", _ON)]


class Splitting(Part):
    """A department's work is shared out (分割)."""

    department: Annotated[DepartmentId, Says("分割する部署")]
    successors: Annotated[
        tuple[Succeeding, ...], Says("引き継ぐ部署", "2つ以上。はじめの部署が主です", shown=True)
    ] = ()
    on: Annotated[Day, Says("施行日", _ON)]


class Uniting(Succeeding):
    """Departments become one (統合)."""

    departments: Annotated[tuple[DepartmentId, ...], Says("統合する部署", "2つ以上", shown=True)] = ()
    on: Annotated[Day, Says("施行日", _ON)]


class Abolishing(Part):
    """A department ends (廃止); another one may take its work over."""

    department: Annotated[DepartmentId, Says("廃止する部署")]
    successor: Annotated[
        DepartmentId | None, Says("引き継ぐ部署", "空のときは、取組・課題は履歴として残ります", shown=True)
    ] = None
    on: Annotated[Day, Says("施行日", "この日から部署がなくなります")]
