"""The content of the image map: placed, moved, taken off, opened; the picture written to a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kyoju_tui.exchange.image_map_svg import image_map_svg
from kyoju_tui.overview.image_map import Box, Content, Layer, offers
from kyoju_tui.overview.image_zones import placed, shifted, taken_off
from kyoju_tui.ui.forms.candidates import Candidate
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.screens.image_map_zones import ImageMapZones
from kyoju_tui.ui.screens.write_out import write_out

_FILE: Final = "イメージ図.svg"


class ImageMapActs(ImageMapZones):
    """The half of the screen that changes what stands on the zones."""

    @property
    def layers(self) -> tuple[Layer, ...]:
        """What is shown."""
        raise NotImplementedError

    @property
    def movable(self) -> Sequence[Content]:
        """What stands on the zone under the cursor; what has lost its zone can be moved from anywhere."""
        box = self.box_here
        return (*(box.contents if box is not None else ()), *self.picture_here.loose)

    def action_open(self) -> None:
        """Open what stands here: the only one at once, one of several by choice; on an empty zone place something."""
        box = self.box_here
        if box is None:
            return
        if not box.contents:
            self.action_place()
        elif len(box.contents) == 1:
            self._open(box.contents[0])
        else:
            self.run_worker(self._open_one(box))

    async def _open_one(self, box: Box) -> None:
        chosen = await self.kyoju.push_screen_wait(Picker("開くもの", _candidates(box.contents), (), many=False))
        if chosen:
            self._open(next(each for each in box.contents if str(each.number) == chosen[0]))

    def _open(self, content: Content) -> None:
        if content.ref in self.snapshot:
            self.edit(content.ref)
        else:
            self.kyoju.notify("元の記録が見つかりません。「外す」で図から外せます。")

    def action_place(self) -> None:
        """Choose what to put on the zone."""
        self.run_worker(self._place())

    async def _place(self) -> None:
        (base, image_map), box = self.held(), self.box_here
        if box is None:
            return
        offered = offers(self.snapshot, image_map.zones[box.number].id)
        if not offered:
            self.kyoju.notify("置けるものがまだありません。取組・課題や意見を記録すると、ここで選べます。")
            return
        by_key = {f"{offer.ref}#{offer.part}" if offer.part else str(offer.ref): offer for offer in offered}
        choices = [
            Candidate(
                key,
                offer.title,
                "　".join(filter(None, (offer.word, offer.detail, "ほかの場所に配置済" if offer.placed else ""))),
            )
            for key, offer in by_key.items()
        ]
        picker = Picker(f"「{box.label}」に置くもの", choices, (), many=True)
        chosen = await self.kyoju.push_screen_wait(picker)
        if chosen:
            refs = [(str(by_key[key].ref), by_key[key].part) for key in chosen]
            self.record_map(base, placed(image_map, box.number, refs))

    def action_take(self) -> None:
        """Choose what to take off the zone."""
        self.run_worker(self._take())

    async def _take(self) -> None:
        base, image_map = self.held()
        chosen = await self.kyoju.push_screen_wait(Picker("図から外すもの", _candidates(self.movable), (), many=True))
        if chosen:
            self.record_map(base, taken_off(image_map, {int(key) for key in chosen}))

    def action_shift(self) -> None:
        """Choose what to move, then where to."""
        self.run_worker(self._shift())

    async def _shift(self) -> None:
        (base, image_map), here, content = self.held(), self.box_here, self.movable
        chosen: tuple[str, ...] | None = tuple(str(each.number) for each in content)
        if len(content) > 1:
            chosen = await self.kyoju.push_screen_wait(Picker("移すもの", _candidates(content), (), many=True))
        if not chosen:
            return
        zones = [Candidate(str(box.number), box.label) for box in self.picture_here.boxes if box != here]
        zone = await self.kyoju.push_screen_wait(Picker("移す先の場所", zones, (), many=False))
        if zone:
            self.record_map(base, shifted(image_map, {int(key) for key in chosen}, int(zone[0])))

    # -- the picture as a file -----------------------------------------------------------------------------------

    def action_write(self) -> None:
        """Ask for a place and write the picture there."""
        snapshot, layers = self.snapshot, self.layers
        detail = "今の表示のまま書き出します。ブラウザーで開いて印刷したり、資料に貼ったりできます。"
        self.run_worker(
            write_out(
                self, "図の保存先", detail, _FILE, lambda _ending: image_map_svg(snapshot, layers).encode(), (".svg",)
            )
        )


def _candidates(contents: Sequence[Content]) -> list[Candidate]:
    return [Candidate(str(each.number), f"{each.word}：{each.title}") for each in contents]
