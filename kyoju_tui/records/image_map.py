"""`image-map.toml`: the town's own zones, and what is placed on them (handbook 1-3(2))."""

from typing import Annotated, ClassVar

from kyoju_tui.records.base import AnyRef, Count, Item, Record, Says
from kyoju_tui.records.ids import PartId
from kyoju_tui.records.text import Line


class Zone(Item):
    """One field of the picture, by row and column from 0."""

    label: Annotated[Line | None, Says("名称")] = None
    row: Annotated[Count | None, Says("行")] = None
    column: Annotated[Count | None, Says("列")] = None


class Placement(Item):
    """One record placed on a zone; for an opinion the meeting, and which of its opinions."""

    zone: Annotated[PartId | None, Says("場所")] = None
    ref: Annotated[AnyRef | None, Says("記録")] = None
    part: Annotated[PartId | None, Says("意見", "会議の意見を置くときの、その意見の番号")] = None


class ImageMap(Record):
    """The image map (イメージ図)."""

    KIND: ClassVar[str] = "image-map"

    zones: Annotated[tuple[Zone, ...], Says("場所")] = ()
    placements: Annotated[tuple[Placement, ...], Says("配置")] = ()
