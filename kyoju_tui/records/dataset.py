"""`datasets/<id>.toml` with a tidy `.csv` beside it: existing data with its source (handbook 1-2(1))."""

from typing import Annotated, ClassVar, Literal

from kyoju_tui.records.base import CategoryId, Day, DepartmentId, Item, Record, Says
from kyoju_tui.records.entry import DataKind
from kyoju_tui.records.text import Line, Text


class Column(Item):
    """One indicator of the table, as its source names it."""

    indicator: Annotated[Line | None, Says("指標")] = None
    unit: Annotated[Line | None, Says("単位")] = None
    denominator: Annotated[Line | None, Says("分母")] = None
    text: Annotated[Text | None, Says("説明")] = None


class Dataset(Record):
    """A data set. Its figures are in the CSV of the same name."""

    KIND: ClassVar[str] = "dataset"

    title: Annotated[Line, Says("名称", column=True)]
    publisher: Annotated[Line | None, Says("公表元", column=True)] = None
    survey: Annotated[Line | None, Says("調査名")] = None
    data_kind: Annotated[DataKind | None, Says("データの種類")] = None
    as_of: Annotated[Day | None, Says("時点", column=True)] = None
    unit: Annotated[Line | None, Says("単位")] = None
    licence: Annotated[Line | None, Says("利用条件")] = None
    attribution: Annotated[Line | None, Says("出典の表示")] = None
    categories: Annotated[tuple[CategoryId, ...], Says("カテゴリー", column=True)] = ()
    department: Annotated[DepartmentId | None, Says("持っている部署", column=True)] = None
    columns: Annotated[tuple[Column, ...], Says("指標")] = ()


ValueStatus = Literal["値", "秘匿", "欠損", "推計"]
CSV_HEADER = ("area_code", "area", "indicator", "value", "value_status", "raw")
