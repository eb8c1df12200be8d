"""イメージ図: the matrix's content over the town's own zones; the empty zones are seen first (handbook 1-3(2))."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from textual.widget import Widget

from kyoju_tui.overview.image_map import LAYERS, Box, Content, Layer, Picture, picture
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.image_map_acts import ImageMapActs
from kyoju_tui.ui.widgets.empty_note import EmptyNote
from kyoju_tui.ui.widgets.map_grid import Look, MapGrid
from kyoju_tui.ui.widgets.story import Sentence, Story

_AROUND: Final = 3  # title, status line, keys
_STORY: Final = 5
_EMPTY: Final = (
    "まちの場所を枠に並べ、取組・課題・意見などを置いて見る図です。\n\n"
    "F4 で場所を作ります。呼び名は自由に付けられます。\n3×3の枠から始めることもできます。"
)


class ImageMapScreen(ImageMapActs):
    """The grid of zones, and a box on the one under the cursor."""

    title_ja = "イメージ図"
    COMMANDS = (
        "open", "edit", "new", "map.place", "map.layer", "map.shift", "map.take", "map.write", "remove", "map.up",
        "map.down", "map.left", "map.right", "reload", "back",
    )  # fmt: skip
    AUTO_FOCUS = "MapGrid"
    DEFAULT_CSS = f"""
    ImageMapScreen Story {{ height: {_STORY}; }}
    """

    def __init__(self) -> None:
        super().__init__()
        self._layer: Layer | None = None
        self._picture = Picture((), 0, 0, ())
        self._begun = False

    def compose_body(self) -> Iterable[Widget]:
        """The grid, and what stands on the zone under the cursor."""
        yield EmptyNote(_EMPTY)
        yield MapGrid()
        yield Story()

    def on_mount(self) -> None:
        """Show the map."""
        self.show()

    @property
    def layers(self) -> tuple[Layer, ...]:
        """What is shown."""
        return LAYERS if self._layer is None else (self._layer,)

    def show(self) -> None:
        """Draw the map, touching only what differs."""
        self._picture = picture(self.snapshot, self.layers)
        filled, marks = bool(self._picture.boxes), marks_for(self.kyoju.current_theme)
        grid = self.query_one(MapGrid)
        grid.display = self.query_one(Story).display = filled
        self.query_one(EmptyNote).display = not filled
        theme = self.kyoju.current_theme
        bar = "bold reverse" if theme.ansi else f"bold #FFFFFF on {theme.primary}"
        styles: dict[Layer, str] = {"課題": "bold", "データ": marks.calm, "論点・意見": marks.waiting}

        # With one layer only, a zone may hold something else.
        nothing = ("空き", marks.gap) if self._layer is None else ("－", marks.calm)

        def style(content: Content) -> str:
            return styles.get(content.layer, "")

        grid.show_picture(self._picture, self.size.height - _AROUND - _STORY, Look(bar, nothing, style))
        if filled and not self._begun:
            self._begun = True
            empty = next((box for box in self._picture.boxes if not box.contents), self._picture.boxes[0])
            grid.go_to(empty.row, empty.column)
        self.show_title()
        self.explain()

    @property
    def title_detail(self) -> str:
        """How many zones are empty, and which layer is shown."""
        boxes = self._picture.boxes
        if not boxes:
            return ""
        empty = sum(1 for box in boxes if not box.contents)
        count = sum(len(box.contents) for box in boxes)
        if self._layer is not None:
            return f"{self._layer}だけを表示・{count}件"
        return f"場所{len(boxes)}・空き{empty}・配置{count}"

    @property
    def box_here(self) -> Box | None:
        """The zone under the cursor."""
        return self._picture.at(*self.query_one(MapGrid).place)

    @property
    def picture_here(self) -> Picture:
        """The map as it is shown."""
        return self._picture

    @property
    def place_here(self) -> tuple[int, int]:
        """Row and column of the grid under the cursor."""
        return self.query_one(MapGrid).place

    def follow(self, number: int) -> None:
        """Put the cursor on a zone."""
        box = next((each for each in self._picture.boxes if each.number == number), None)
        if box is not None:
            self.query_one(MapGrid).go_to(box.row, box.column)

    def explain(self) -> None:
        """Say what the cursor is on."""
        self.query_one(Story).show(self._told())
        self.refresh_bindings()

    def _told(self) -> Iterable[Sentence]:
        marks, box = marks_for(self.kyoju.current_theme), self.box_here
        if self._picture.loose:
            yield Sentence(
                f"場所のなくなった配置が{len(self._picture.loose)}件あります。「移す」で場所を選べます。", marks.strong
            )
        if box is None:
            if self._picture.boxes:
                yield Sentence("ここには場所がありません。F4 でこの位置に加えられます。", marks.calm)
            return
        yield Sentence(f"{box.label}（{len(box.contents)}件）", "bold")
        if not box.contents:
            here = "まだ何も置かれていません" if self._layer is None else f"{self._layer}は置かれていません"
            yield Sentence(f"{here}。Enter で置けます。", marks.strong)
        for content in box.contents:
            yield Sentence(f"{content.word}：{content.title}")

    def refs_here(self) -> Sequence[Ref]:
        """What stands on the zone; on an empty one the map itself."""
        box = self.box_here
        return [content.ref for content in box.contents] if box is not None and box.contents else [Ref("image-map")]

    def action_layer(self) -> None:
        """The next layer; all of them after the last."""
        order: tuple[Layer | None, ...] = (None, *LAYERS)
        self._layer = order[(order.index(self._layer) + 1) % len(order)]
        self.show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Most things need a zone under the cursor."""
        if not self.is_mounted:
            return super().check_action(action, parameters)
        if action in ("open", "edit", "remove", "place", "up", "down", "left", "right"):
            return self.box_here is not None
        if action in ("shift", "take"):
            return bool(self.movable)
        if action in ("layer", "write"):
            return bool(self._picture.boxes)
        return super().check_action(action, parameters)
