"""Two people changed the same: what stood there, what each of them made of it, and which is to stand.

sides = Sides("自分", "佐藤 次郎", "11月23日 10:15")
chosen = await app.push_screen_wait(ClashScreen("取組「見守り訪問」", conflicts, name, sides=sides))

Gives the value that stands by dotted field, as `records.merge` takes its choices; None where nothing is decided now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from kyoju_tui.records.disagreement import Sides, Way, both, long_text, sentence, version, ways
from kyoju_tui.records.marking import marked, marks_for
from kyoju_tui.records.merge import Conflict
from kyoju_tui.records.wording import Namer
from kyoju_tui.ui.app_of import kyoju
from kyoju_tui.ui.commands import bindings, command_named
from kyoju_tui.ui.safe import plain
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.clash_ways import COMMANDS, LOW, WAYS, key_line, room_for, text_to_begin_with, way_to
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.dialog import Dialog
from kyoju_tui.ui.screens.rewrite import RewriteScreen
from kyoju_tui.ui.widgets.reading import Reading
from kyoju_tui.ui.widgets.version_text import VersionText
from kyoju_tui.ui.widgets.way_line import WayLine

_LOST: Final = "書き直した文章が、まだ記録されていません。"
KEPT: Final = "まだ何も記録していません。入力した内容は下書きに残っています。"


class ClashScreen(Dialog[dict[str, object | None]]):
    """Every place in turn: base above, mine and theirs side by side; one key decides. Nothing is saved here.

    It closes with the choices once all are decided and Ctrl+S says so; Esc gives None.
    """

    DEFAULT_CSS = """
    ClashScreen {
        #dialog { width: 100%; max-width: 130; height: 100%; max-height: 40; }
        #head { height: 1; }
        #what { text-style: bold; width: 1fr; }
        #progress { width: auto; text-style: bold; }
        #why { margin: 0 0 1 0; color: $text-muted; }
        #place { text-style: bold; }
        .part-name { height: 1; padding: 0 1; background: $panel; }
        #base-part { height: auto; margin: 1 0 0 0; }
        #base { height: auto; max-height: 5; }
        #sides { height: 1fr; min-height: 3; margin: 1 0; }
        #sides Vertical { width: 1fr; }
        #mine-part { margin: 0 1 0 0; }
        .keys { color: $text-muted; }
        &.-short #dialog { height: auto; }
        &.-low #why { display: none; }
        &.-low #base { max-height: 1; }
        &.-low #base-part, &.-low #sides { margin: 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings((*COMMANDS.values(), "clash.previous", "clash.next")),
        Binding("ctrl+s", "take", show=False, priority=True),
        Binding("down", "read(1)", show=False),
        Binding("up", "read(-1)", show=False),
        Binding("pagedown", "read(8)", show=False),
        Binding("pageup", "read(-8)", show=False),
    ]
    AUTO_FOCUS = ""

    def __init__(
        self,
        what: str,
        conflicts: Sequence[Conflict],
        name: Namer,
        *,
        sides: Sides = Sides(),  # noqa: B008 - it is frozen
        why: str = KEPT,
        later: str = "入力に戻る",
        taking: str = "記録する",
        before: Mapping[str, object | None] = MappingProxyType({}),
    ) -> None:
        """`what` names the record (取組「見守り訪問」), `sides` who the two are; there is at least one conflict.

        `why` says that nothing is lost, `later` what Esc leads to, `taking` what Ctrl+S does, `before` what was decided
        already and can still be changed.
        """
        super().__init__()
        self._what = what
        self._conflicts = tuple(conflicts)
        self._namer = name
        self._sides = sides
        self._why = why
        self._later = later
        self._taking, self._number = taking, 0
        # The fields whose text was typed in this window, and is kept nowhere else yet.
        self._rewritten: set[str] = set()
        self._marks = marks_for()
        self._chosen: dict[str, tuple[Way, object | None]] = {
            each.field: (way_to(each, before[each.field]), before[each.field])
            for each in self._conflicts
            if each.field in before
        }

    @property
    def conflict(self) -> Conflict:
        """The one in sight."""
        return self._conflicts[self._number]

    @property
    def decided(self) -> int:
        """How many are decided."""
        return len(self._chosen)

    def compose_dialog(self) -> ComposeResult:
        """Head, place, the three versions, the ways, the keys."""
        with Horizontal(id="head"):
            yield Static(plain(f"食い違い　{self._what}"), id="what")
            yield Static(id="progress")
        yield Reading(self._why, id="why")
        yield Reading(id="place")
        yield Reading(id="sentence")
        with Vertical(id="base-part"):
            yield Static(id="base-name", classes="part-name")
            yield VersionText(id="base")
        with Horizontal(id="sides"):
            with Vertical(id="mine-part"):
                yield Static(id="mine-name", classes="part-name")
                yield VersionText(id="mine")
            with Vertical():
                yield Static(id="theirs-name", classes="part-name")
                yield VersionText(id="theirs")
        yield WayLine()
        yield Reading(id="keys", classes="keys")

    def on_mount(self) -> None:
        """Begin with the first that nobody decided about."""
        self._go(self._waiting() or 0)

    def on_resize(self) -> None:
        """Where all are short, the window is as high as the longest of them; on very few lines the keys come first."""
        room = room_for(self._conflicts, self._namer, self.size)
        self.set_class(room is not None, "-short")
        self.set_class(self.size.height < LOW, "-low")
        self.query_one("#base").styles.min_height = 1 if room is None else room.base
        self.query_one("#sides").styles.height = "1fr" if room is None else room.sides

    # -- what is in sight ----------------------------------------------------------------------------------------

    def _go(self, number: int) -> None:
        """Show one of them."""
        self._number = number
        conflict = self.conflict
        self.query_one("#place", Reading).update(f"{number + 1}/{len(self._conflicts)}　{conflict.label}")
        self.query_one("#sentence", Reading).update(sentence(conflict, self._sides, self._namer))
        base, mine, theirs = (
            version(conflict, value, self._namer) for value in (conflict.base, conflict.ours, conflict.theirs)
        )
        self._marks = marks = marks_for(base, mine, theirs)
        self.query_one("#mine", VersionText).show(marked(mine, base, marks), marks)
        self.query_one("#theirs", VersionText).show(marked(theirs, base, marks), marks)
        self._follow()

    def _follow(self) -> None:
        """Say what is decided."""
        conflict = self.conflict
        way, value = self._chosen.get(conflict.field, (None, None))
        self.query_one("#progress", Static).update(plain(f"{self.decided}/{len(self._conflicts)} 決めた"))
        self._name_part("#mine-name", self._sides.mine, taken=way in (Way.MINE, Way.BOTH))
        theirs = "　".join(filter(None, (self._sides.theirs, self._sides.when)))
        self._name_part("#theirs-name", theirs, taken=way in (Way.THEIRS, Way.BOTH))
        base, marks = version(conflict, conflict.base, self._namer), self._marks
        if way in (Way.BOTH, Way.REWRITE):
            # What nobody had before is shown in the place of what stood there.
            decided = version(conflict, value, self._namer)
            self._name_part("#base-name", way.value, taken=True)
            self.query_one("#base", VersionText).show(marked(decided, base, marks), marks)
        else:
            legend = f"　（{marks.around('')}の中が、これと違うところ）"
            self._name_part("#base-name", f"元の記録{legend}", taken=way is Way.BASE)
            self.query_one("#base", VersionText).show(base, marks)
        keys = [(each, command_named(COMMANDS[each]).key_label) for each in ways(conflict)]
        self.query_one(WayLine).show(keys, way)
        taking = self._taking if self.decided == len(self._conflicts) else ""
        self.query_one("#keys", Reading).update(key_line(len(self._conflicts), taking, self._later))
        self.refresh_bindings()

    def _name_part(self, part: str, name: str, *, taken: bool) -> None:
        self.query_one(part, Static).update(plain(f"決定　{name}" if taken else name, "bold" if taken else ""))

    def action_read(self, by: int) -> None:
        """Move all three versions together."""
        for text in self.query(VersionText):
            text.read(by)

    def on_mouse_scroll_down(self) -> None:
        """Read on."""
        self.action_read(2)

    def on_mouse_scroll_up(self) -> None:
        """Read back."""
        self.action_read(-2)

    # -- deciding ------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only the ways that this conflict allows; no next one where there is one only."""
        way = WAYS.get(action)
        if way is not None:
            return way in ways(self.conflict)
        return action not in ("next", "previous") or len(self._conflicts) > 1

    def action_base(self) -> None:
        """What stood there before is to stand."""
        self._decide(Way.BASE, self.conflict.base)

    def action_mine(self) -> None:
        """What I made of it is to stand."""
        self._decide(Way.MINE, self.conflict.ours)

    def action_theirs(self) -> None:
        """What the other made of it is to stand."""
        self._decide(Way.THEIRS, self.conflict.theirs)

    def action_both(self) -> None:
        """Both are to stand."""
        self._decide(Way.BOTH, both(self.conflict))

    def action_rewrite(self) -> None:
        """Write the text anew, beginning from both where they can stand together."""
        self.run_worker(self._rewrite())

    async def _rewrite(self) -> None:
        conflict = self.conflict
        start = text_to_begin_with(conflict)
        title = f"{conflict.label}を書き直す"
        if long_text(conflict):
            detail = "両方の内容を並べてあります。" if both(conflict) is not None else ""
            text = await kyoju(self).push_screen_wait(RewriteScreen(title, detail, start))
        else:
            text = await kyoju(self).push_screen_wait(AskScreen(title, value=start))
        if text is not None and conflict is self.conflict:
            self._rewritten.add(conflict.field)
            self._decide(Way.REWRITE, text or None)

    def on_way_line_wanted(self, event: WayLine.Wanted) -> None:
        """A way was clicked."""
        event.stop()
        getattr(self, f"action_{event.way.name.lower()}")()

    def _decide(self, way: Way, value: object | None) -> None:
        """Keep what is to stand, and go on to the next that waits."""
        self._chosen[self.conflict.field] = (way, value)
        waiting = self._waiting()
        if waiting is None:
            self._follow()
        else:
            self._go(waiting)

    def action_next(self) -> None:
        """Look at the next one."""
        self._go((self._number + 1) % len(self._conflicts))

    def action_previous(self) -> None:
        """Look at the one before."""
        self._go((self._number - 1) % len(self._conflicts))

    def action_close(self) -> None:
        """Leave; where a text was written anew, after asking."""
        if self._rewritten:
            lost = f"{self._later}と、書き直した文章は残りません。"
            kyoju(self).push_screen(ConfirmScreen(_LOST, lost, yes=self._later, no="続ける"), self._left)
        else:
            self.dismiss(None)

    def _left(self, leave: bool | None) -> None:
        if leave:
            self.dismiss(None)

    def action_take(self) -> None:
        """Give the choices, or go to what is not decided yet."""
        waiting = self._waiting()
        if waiting is None:
            self.dismiss({field: value for field, (_, value) in self._chosen.items()})
            return
        self._go(waiting)
        self.notify(f"あと{len(self._conflicts) - self.decided}項目を決めると、記録できます。")

    def _waiting(self) -> int | None:
        """The next that is not decided, from the one in sight on."""
        count = len(self._conflicts)
        order = [(self._number + step) % count for step in range(count)]
        return next((number for number in order if self._conflicts[number].field not in self._chosen), None)
