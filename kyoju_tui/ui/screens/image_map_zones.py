"""The zones of the image map: made, named, moved, taken away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kyoju_tui.overview.image_map import MAP, Box, Picture, image_map_of
from kyoju_tui.overview.image_zones import label_fault, moved, renamed, with_zones, without_zone
from kyoju_tui.records.image_map import ImageMap
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.workspace.requests import Base

_FRAME: Final = 9


class ImageMapZones(DataScreen):
    """The half of the screen that changes the zones."""

    @property
    def box_here(self) -> Box | None:
        """The zone under the cursor."""
        raise NotImplementedError

    @property
    def picture_here(self) -> Picture:
        """The map as it is shown."""
        raise NotImplementedError

    @property
    def place_here(self) -> tuple[int, int]:
        """Row and column of the grid under the cursor."""
        raise NotImplementedError

    def follow(self, number: int) -> None:
        """Put the cursor on a zone."""
        raise NotImplementedError

    @property
    def image_map(self) -> ImageMap:
        """The record as it is now."""
        return image_map_of(self.snapshot)

    def held(self) -> tuple[Base, ImageMap]:
        """The map to begin from. The base first: a colleague's change that comes after it is merged."""
        base = self.workspace.base(MAP)
        return base, self.image_map

    def record_map(self, base: Base, after: ImageMap, done: Callable[[], None] = lambda: None) -> None:
        """Record the map as it is to be, then call `done`."""
        self.kyoju.save(lambda: self.workspace.save(MAP, after, base=base), done=lambda _saved: done())

    def action_new(self) -> None:
        """Add a zone; on an empty map several at once."""
        self.run_worker(self._new() if self.image_map.zones else self._begin())

    async def _new(self) -> None:
        base, image_map = self.held()
        place = self.place_here
        asked = AskScreen("加える場所の名前", check=lambda text: label_fault(image_map, text))
        label = await self.kyoju.push_screen_wait(asked)
        if label is not None:
            number = len(image_map.zones)
            self.record_map(base, with_zones(image_map, [label], place), lambda: self.follow(number))

    async def _begin(self) -> None:
        base, image_map = self.held()
        question = ChooseScreen(
            "イメージ図の場所をどう作りますか。",
            "あとから加える・名前を変える・動かす・消すことができます。",
            answers=(("names", "名前を入れて作る"), ("frame", "3×3の枠から始める")),
        )
        answer = await self.kyoju.push_screen_wait(question)
        labels: list[str] = []
        if answer == "frame":
            labels = [f"場所{number + 1}" for number in range(_FRAME)]
        elif answer == "names":
            asked = AskScreen("場所の名前", "「、」で区切ると、まとめて作れます。", check=_labels_fault)
            labels = _labels(await self.kyoju.push_screen_wait(asked) or "")
        if labels:
            self.record_map(base, with_zones(image_map, labels))

    def action_edit(self) -> None:
        """Give the zone under the cursor another name."""
        self.run_worker(self._rename())

    async def _rename(self) -> None:
        (base, image_map), box = self.held(), self.box_here
        if box is None:
            return
        asked = AskScreen(
            "場所の名前",
            value=box.label,
            check=lambda text: label_fault(image_map, text, renaming=box.number),
        )
        label = await self.kyoju.push_screen_wait(asked)
        if label is not None:
            self.record_map(base, renamed(image_map, box.number, label))

    def action_up(self) -> None:
        """The zone one place up."""
        self._move(-1, 0)

    def action_down(self) -> None:
        """The zone one place down."""
        self._move(1, 0)

    def action_left(self) -> None:
        """The zone one place to the left."""
        self._move(0, -1)

    def action_right(self) -> None:
        """The zone one place to the right."""
        self._move(0, 1)

    def _move(self, down: int, right: int) -> None:
        (base, image_map), box = self.held(), self.box_here
        if box is None:
            return
        after = moved(image_map, box.number, down, right)
        if after is None:
            self.kyoju.notify("この向きには、これより先へ動かせません。")
        else:
            self.record_map(base, after, lambda: self.follow(box.number))

    def action_remove(self) -> None:
        """Take a zone away; asked where something stands on it."""
        self.run_worker(self._remove())

    async def _remove(self) -> None:
        (base, image_map), box = self.held(), self.box_here
        if box is None:
            return
        zone = image_map.zones[box.number]
        held = sum(1 for each in image_map.placements if zone.id is not None and each.zone == zone.id)
        question = ConfirmScreen(
            f"場所「{box.label}」を消しますか。",
            (f"置かれている{held}件は図から外れます（記録そのものは残ります）。\n" if held else "")
            + "直後なら Ctrl+Z で元に戻せます。",
            yes="消す",
            no="やめる",
        )
        if not held or await self.kyoju.push_screen_wait(question):
            self.record_map(base, without_zone(image_map, box.number))


def _labels(text: str) -> list[str]:
    """The names in what was typed, each once."""
    return list(dict.fromkeys(filter(None, map(str.strip, text.replace(",", "、").split("、")))))


def _labels_fault(text: str) -> str:
    return next(filter(None, (label_fault(ImageMap(), label) for label in _labels(text))), "")
