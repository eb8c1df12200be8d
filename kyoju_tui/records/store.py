"""`store.toml`: what the store is, whose it is, and the town's thresholds."""

from typing import Annotated, ClassVar

from pydantic import Field, Strict

from kyoju_tui.records.base import Count, Record, Says
from kyoju_tui.records.text import Line

FORMAT = 1


class Store(Record):
    """The store itself: format, municipality, thresholds (docs/format.md)."""

    KIND: ClassVar[str] = "store"

    format: Annotated[Annotated[int, Strict(), Field(ge=1)], Says("形式の版")]
    municipality: Annotated[Line, Says("市町村名", column=True)]
    prefecture: Annotated[Line | None, Says("都道府県名")] = None
    title: Annotated[Line | None, Says("表題", "一覧表や報告の見出しになります")] = None
    fiscal_year_starts: Annotated[Annotated[int, Strict(), Field(ge=1, le=12)], Says("年度の始まる月")] = 4
    likeness_threshold: Annotated[
        Annotated[float, Strict(), Field(ge=0.1, le=1.0)],
        Says("類似とみなす強さ", "0.1〜1.0。小さくすると候補が増えます"),
    ] = 0.5
    population_floor: Annotated[Count, Says("率を参考とする人口", "これより少ない地域の率には注記が付きます")] = 500
    retention: Annotated[Count | None, Says("保存年限（年）")] = None
