"""`mappings/<id>.toml`: how another office's sheet is read, so that the next one of its kind needs no questions."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, Strict

from kyoju_tui.records.base import CategoryId, DepartmentId, Item, Record, Says
from kyoju_tui.records.text import Line, Text

Rows = Annotated[int, Strict(), Field(ge=0, le=100)]


class MappedColumn(Item):
    """What one column of the sheet is. Without `field` it is left out."""

    heading: Annotated[Line | None, Says("見出し", "何段かあるときは「／」でつなぎます")] = None
    field: Annotated[Line | None, Says("入れる項目", "空のときは読み飛ばします")] = None
    department: Annotated[DepartmentId | None, Says("部署", "列が1つの部署のものであるとき")] = None
    category: Annotated[CategoryId | None, Says("カテゴリー", "列が1つのカテゴリーのものであるとき")] = None
    indicator: Annotated[Line | None, Says("指標", "数値の列の名前")] = None
    unit: Annotated[Line | None, Says("単位")] = None
    denominator: Annotated[Line | None, Says("分母", "割合を出すときの、分母になる指標")] = None


class MappedValue(Item):
    """A word of the sheet and what it stands for here: a department, a category, an area, a state."""

    written: Annotated[Line | None, Says("表の書き方")] = None
    means: Annotated[Line | None, Says("読み替え", "部署・カテゴリー・地域のid、または選択肢のことば")] = None


class Mapping(Record):
    """How the sheets of one origin are laid out."""

    KIND: ClassVar[str] = "mapping"

    title: Annotated[Line, Says("名称", column=True)]
    form: Annotated[Literal["一覧表", "事務事業一覧", "統計表", "回答"] | None, Says("表の種類", column=True)] = None
    publisher: Annotated[Line | None, Says("作成元", "統計の公表元、または表を作った部署", column=True)] = None
    sheet: Annotated[Line | None, Says("シート", "空のときは最初のシート")] = None
    head_from: Annotated[Rows | None, Says("見出しの始まり", "何行目から見出しか")] = None
    head_rows: Annotated[Rows | None, Says("見出しの行数")] = None
    level_column: Annotated[Line | None, Says("階層の列", "市・大字・丁目などの段階を示す列の見出し")] = None
    leaves: Annotated[tuple[Line, ...], Says("取り込む階層", "合計すると全体になる、いちばん細かい段階")] = ()
    zero: Annotated[tuple[Line, ...], Says("ゼロの書き方")] = ()
    suppressed: Annotated[tuple[Line, ...], Says("秘匿の書き方")] = ()
    missing: Annotated[tuple[Line, ...], Says("欠損の書き方")] = ()
    columns: Annotated[tuple[MappedColumn, ...], Says("列")] = ()
    values: Annotated[tuple[MappedValue, ...], Says("読み替え")] = ()
    text: Annotated[Text | None, Says("説明")] = None
