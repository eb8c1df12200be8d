"""原因と結果: issues that chain, across departments, as a tree (handbook 1-1(2))."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, cast

from textual.widget import Widget

from kyoju_tui.overview.causes import Branch, Causes, causes, of_area
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.folding import SearchText
from kyoju_tui.records.ids import COMMON, Ref
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.forms.candidates import Candidate, candidates
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.list_screen import ListScreen
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.record_table import Column, Row
from kyoju_tui.ui.widgets.story import Sentence, Story
from kyoju_tui.workspace.requests import Base

_EVERYWHERE: Final = "@all"
_DEEPEST: Final = 8
_DEPARTMENT, _AREA, _MARK = 18, 16, 8
_WIDE, _WIDE_AREA = 110, 26


class CausesScreen(ListScreen):
    """The tree; below it what stands behind the issue under the cursor and what it leads to."""

    title_ja = "原因と結果"
    COMMANDS = (
        "open", "edit", "new", "search", "causes.link", "causes.effect", "causes.unlink", "causes.limit", "reload",
        "back",
    )  # fmt: skip
    EMPTY = (
        "課題がどうつながっているかを、原因から結果への木で見ます。\n\n"
        "課題がまだありません。F4 で課題を書き、Ctrl+R で背景にある課題と結びます。"
    )
    DEFAULT_CSS = """
    CausesScreen Story { height: 6; }
    """

    def __init__(self, area: str = "") -> None:
        """`area` is the id of the area that the tree is limited to."""
        super().__init__()
        self._area = area
        self._known: tuple[Snapshot, str] | None = None
        self._causes = Causes((), {}, {})
        self._branches: Mapping[str, Branch] = {}
        self._texts: dict[str, tuple[Entry, SearchText]] = {}

    def compose_body(self) -> Iterable[Widget]:
        """The tree and the box below it."""
        yield from super().compose_body()
        yield Story()

    # -- the tree ------------------------------------------------------------------------------------------------

    def show(self) -> None:
        """Show the tree; it is made once per change."""
        if self._known is None or self._known[0] is not self.snapshot or self._known[1] != self._area:
            self._make()
        super().show()
        self.explain()

    def _make(self) -> None:
        if self._area and f"areas/{self._area}" not in self.snapshot:
            self._area = ""
        self._known = (self.snapshot, self._area)
        self._causes = causes(self.snapshot)
        within = self._causes.around(of_area(self.snapshot, self._area)) if self._area else None
        places: dict[str, Branch] = {}
        for branch in self._causes.tree(within):
            # An issue may stand in several places; below the same cause it stands once.
            places[f"{branch.ref} {branch.cause}" if branch.cause is not None else str(branch.ref)] = branch
        self._branches = places

    def nothing_yet(self) -> bool:
        """Whether there is no issue at all."""
        return not self._causes.issues

    def keys(self) -> Iterable[str]:
        """The places of the tree in reading order."""
        return self._branches

    def columns(self) -> Sequence[Column]:
        """The issue takes what the others leave."""
        area = _WIDE_AREA if self.room >= _WIDE else _AREA
        rest = max(24, self.room - _DEPARTMENT - area - _MARK)
        return (
            column("issue", "課題（原因 ＞ 結果）", rest),
            column("department", "部署", _DEPARTMENT),
            column("area", "地域", area),
            column("mark", "印", _MARK),
        )

    def row(self, key: str) -> Row:
        """The issue moved in below its cause."""
        branch, marks = self._branches[key], marks_for(self.kyoju.current_theme)
        entry = self.snapshot.expect(branch.ref, Entry)
        step = "　" * min(branch.depth, _DEEPEST) + "＞" if branch.depth else ""
        linked = branch.ref in self._causes.linked
        areas = "・".join(self.snapshot.name("area", area) for area in entry.areas)
        style = "bold" if not branch.depth and linked else marks.calm if branch.mark == "再掲" else ""
        cells = (
            Marked.of((f"{step}{entry.title}", style)),
            Marked.of((self._department(branch.ref), "")),
            Marked.of((areas, "")),
            Marked.of(
                (branch.mark or ("" if linked else "単独"), marks.strong if branch.mark == "循環" else marks.calm)
            ),
        )
        return Row(key, cells)

    def _department(self, ref: Ref) -> str:
        return "共通" if ref.department == COMMON else self.snapshot.name("department", ref.department or "")

    def search_text(self, key: str) -> SearchText:
        """Found by title, outline, department and area."""
        ref = self._branches[key].ref
        entry = self.snapshot.expect(ref, Entry)
        known = self._texts.get(ref)
        if known is None or known[0] is not entry:
            areas = (self.snapshot.name("area", area) for area in entry.areas)
            known = entry, SearchText.of(entry.title, entry.outline or "", self._department(ref), *areas)
            self._texts[ref] = known
        return known[1]

    def limit_words(self) -> str:
        """The area, and how many chain."""
        links = sum(map(len, self._causes.behind.values()))
        rings = sum(1 for branch in self._branches.values() if branch.mark == "循環")
        area = f"{self.snapshot.name('area', self._area)}の課題とそのつながり" if self._area else ""
        return "　".join(filter(None, (f"結び{links}", area, f"循環{rings}か所" if rings else "")))

    # -- the box -------------------------------------------------------------------------------------------------

    @property
    def branch_here(self) -> Branch | None:
        """The place under the cursor."""
        return self._branches.get(self.key_here)

    def explain(self) -> None:
        """Say what the cursor is on."""
        branch, story = self.branch_here, self.query_one(Story)
        story.display = branch is not None
        if branch is not None:
            story.show(self._told(branch))
        self.refresh_bindings()

    def _told(self, branch: Branch) -> Iterable[Sentence]:
        title = self.snapshot.title
        yield Sentence(title(branch.ref), "bold")
        if branch.ring:
            ring = " ＞ ".join(title(ref) for ref in (*branch.ring, branch.ring[0]))
            strong = marks_for(self.kyoju.current_theme).strong
            yield Sentence(f"循環しています：{ring}。どこかの結びを外してください（Del）。", strong)
        elif branch.mark == "再掲":
            yield Sentence("この課題が招くことは、上のほうの同じ課題の下に出ています。")
        behind, effects = self._causes.behind.get(branch.ref, ()), self._causes.effects.get(branch.ref, ())
        if behind:
            yield Sentence(f"背景にある課題：{'、'.join(map(title, behind))}")
        if effects:
            yield Sentence(f"招いている課題：{'、'.join(map(title, effects))}")
        if not behind and not effects:
            yield Sentence("ほかの課題とまだ結ばれていません。")
        entry = self.snapshot.expect(branch.ref, Entry)
        if entry.outline:
            yield Sentence(entry.outline, "", 2)

    # -- acting --------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A root has no cause to be taken from."""
        if self.is_mounted and action in ("link", "effect", "unlink"):
            branch = self.branch_here
            return branch is not None and (action != "unlink" or branch.cause is not None)
        return super().check_action(action, parameters)

    def action_open(self) -> None:
        """Open the issue."""
        if self.branch_here is not None:
            self.edit(self.branch_here.ref)

    def action_new(self) -> None:
        """Write a new issue, of the area if the tree is limited to one."""
        preset: dict[str, object] = {"kind": "課題"}
        self.add("entry", preset={**preset, "areas": [self._area]} if self._area else preset)

    def action_link(self) -> None:
        """Choose what stands behind the issue."""
        if self.branch_here is not None:
            self.run_worker(self._link(self.branch_here.ref))

    async def _link(self, ref: Ref) -> None:
        base, entry = self.workspace.base(ref), self.snapshot.expect(ref, Entry)
        # What follows from it cannot stand behind it.
        offered = self._issues(without=self._causes.led_to(ref) - set(self._causes.behind.get(ref, ())) | {ref})
        picker = Picker(f"「{entry.title}」の背景にある課題", offered, entry.causes, many=True)
        chosen = cast("Sequence[str] | None", await self.kyoju.push_screen_wait(picker))
        if chosen is not None and tuple(chosen) != entry.causes:
            self._record(ref, entry, chosen, base)

    def action_effect(self) -> None:
        """Choose an issue that this one leads to."""
        if self.branch_here is not None:
            self.run_worker(self._lead_to(self.branch_here.ref))

    async def _lead_to(self, ref: Ref) -> None:
        # What stands behind it cannot follow from it.
        offered = self._issues(without={*self._causes.led_from(ref), *self._causes.effects.get(ref, ()), ref})
        picker = Picker(f"「{self.snapshot.title(ref)}」が招いている課題", offered, (), many=False)
        chosen = cast("Sequence[str] | None", await self.kyoju.push_screen_wait(picker))
        effect = self.snapshot.by_id("entry", chosen[0]) if chosen else None
        if effect is not None:
            base, entry = self.workspace.base(effect), self.snapshot.expect(effect, Entry)
            self._record(effect, entry, (*entry.causes, ref.id), base)

    def action_unlink(self) -> None:
        """Take the issue from the cause above it, after asking."""
        branch = self.branch_here
        if branch is not None and branch.cause is not None:
            self.run_worker(self._unlink(branch.ref, branch.cause))

    async def _unlink(self, ref: Ref, cause: Ref) -> None:
        base, entry = self.workspace.base(ref), self.snapshot.expect(ref, Entry)
        question = ConfirmScreen(
            f"「{entry.title}」の背景から「{self.snapshot.title(cause)}」を外しますか。",
            "課題はどちらも残ります。直後なら Ctrl+Z で元に戻せます。",
            yes="外す",
            no="やめる",
        )
        if await self.kyoju.push_screen_wait(question):
            self._record(ref, entry, [each for each in entry.causes if each != cause.id], base)

    def _record(self, ref: Ref, entry: Entry, chosen: Sequence[str], base: Base) -> None:
        changed = entry.but(causes=list(chosen) or None)
        self.kyoju.save(lambda: self.workspace.save(ref, changed, base=base))

    def _issues(self, without: Iterable[Ref]) -> list[Candidate]:
        left_out = {ref.id for ref in without}
        issues = {ref.id for ref, entry in self.snapshot.entries.items() if entry.kind == "課題"}
        return [
            each
            for each in candidates(self.snapshot, "entry", self.today)
            if each.value in issues and each.value not in left_out
        ]

    def action_limit(self) -> None:
        """Choose the area."""
        everywhere = Candidate(_EVERYWHERE, "すべての地域", "", ("すべて", "ぜんぶ"))
        choices = [everywhere, *candidates(self.snapshot, "area", self.today)]
        self.kyoju.push_screen(Picker("地域", choices, (self._area or _EVERYWHERE,), many=False), self._limit)

    def _limit(self, values: Sequence[str] | None) -> None:
        if values:
            self._area = "" if values[0] == _EVERYWHERE else values[0]
            self.show()
